"""Tables and charts on a page: what is read, what sorts, what opens, and what has no number."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import orjson
import pytest
from dash.development.base_component import Component

from dashboard.auth.identity import Identity
from dashboard.auth.visit import Visit
from dashboard.pages.cells import CellMaker
from dashboard.pages.chart_card import Chart, draw_chart_card, draw_empty_card
from dashboard.pages.context import BadAddress, PageContext, read_context
from dashboard.pages.shown_table import MOST_ROWS, draw_table_card, is_asked_for, sort_as_asked
from dashboard.pages.switcher import draw_switcher
from dashboard.tables.shown import Column, FigureKey, ShownTable
from dashboard.words.numbers import MoneyUnit
from funds.book import Book, find_person
from tests.dashboard.pages.opening import open_text
from tests.dashboard.serving import Clock

PAID = FigureKey("PF02", "paid_in", "fund:A")


@pytest.fixture
def visit(own_url: str) -> Iterator[Visit]:
    """The visit of a fund manager on 30 June 2026."""
    book = Book(own_url, clock=Clock())
    with book.look() as look:
        person_id = find_person(look.connection, "manager", look.version)
    yield Visit(book, Identity(person_id, "manager", "name", ()), "zh", "light")
    book.close()


def make_context(visit: Visit, search: str = "") -> PageContext:
    return read_context(visit, search, {"code": "A"}, "/funds/A")


@pytest.fixture
def table(visit: Visit) -> ShownTable:
    """Two firms under two headings."""
    cells = CellMaker(visit, MoneyUnit.WAN)
    return ShownTable(
        name="firms",
        title="持仓",
        columns=(
            Column("name", "企业"),
            Column("cost", "成本（万元）", is_number=True, group="金额"),
            Column("paid", "实缴（万元）", is_number=True, group="金额"),
        ),
        rows=(
            (cells.text("甲", link="/x"), cells.money(150_000_000), cells.figure(PAID, 1_234_567)),
            (
                cells.text("乙", tone="near"),
                cells.money(None, "multiple.no_cost"),
                cells.figure(PAID, None, "multiple.no_cost"),
            ),
        ),
        note="单位 万元",
    )


def walk(node: object) -> Iterator[Component]:
    node = open_text(node)
    if isinstance(node, list | tuple):
        for one in node:
            yield from walk(one)
    elif isinstance(node, Component):
        yield node
        yield from walk(getattr(node, "children", None))


def of_kind(node: object, kind: str) -> list[Any]:
    return [part for part in walk(node) if type(part).__name__ == kind]


def test_cells_say_what_they_hold_and_give_a_file_the_exact_value(visit: Visit) -> None:
    cells = CellMaker(visit, MoneyUnit.WAN)

    money = cells.money(1_234_567)
    assert (money.text, money.value, money.hover) == ("1.23", Fraction(1_234_567, 1_000_000), "12,345.67 元")
    assert cells.share(Fraction(1, 3)).text == "33.3%"
    assert cells.share(None, "multiple.no_cost").text == "—"
    assert cells.count(1234).text == "1,234"
    assert cells.count(None).value is None
    assert cells.day(date(2024, 1, 2)).text == "2024-01-02"
    assert cells.day(None).text == "—"
    assert cells.absent().hover == ""
    assert cells.absent("multiple.no_cost").hover == visit.say("multiple.no_cost")


def test_figures_are_written_by_their_code(visit: Visit) -> None:
    cells = CellMaker(visit, MoneyUnit.YI)

    def written(code: str, value: int | str | None, parts: tuple[int, int] | None = None) -> tuple[str, str]:
        cell = cells.figure(FigureKey(code, "b", "city"), value, "multiple.no_cost", parts)
        return cell.text, cell.number_format

    assert written("PF01", 123_000_000_000) == ("12.30", "#,##0.00")
    assert written("PF09", "0.0786712874") == ("7.87%", "#,##0.00%")
    assert written("AL01", "0.5")[0] == "50.0%"
    assert written("PF08", "1.28587") == ("1.29×", '#,##0.00"×"')
    assert written("AL12", "0.75", (3, 4))[0] == "3 / 4"
    assert written("PF08", None) == ("—", "")


def test_headings_sort_both_ways_and_say_which_holds(visit: Visit, table: ShownTable) -> None:
    def headings(search: str) -> list[tuple[str, str | None]]:
        card = draw_table_card(make_context(visit, search), table)
        return [
            (of_kind(head, "Link")[0].href, getattr(head, "aria-sort", None))
            for head in of_kind(card, "Th")
            if of_kind(head, "Link") and getattr(head, "scope", "") == "col"
        ]

    assert headings("as_of=2026-03-31") == [
        ("/funds/A?as_of=2026-03-31&sort=firms.name", None),
        ("/funds/A?as_of=2026-03-31&sort=firms.-cost", None),
        ("/funds/A?as_of=2026-03-31&sort=firms.-paid", None),
    ]
    assert headings("sort=firms.-cost")[1] == ("/funds/A?sort=firms.cost", "descending")
    assert headings("sort=firms.cost")[1] == ("/funds/A?sort=firms.-cost", "ascending")


def test_the_address_of_another_table_does_not_sort_this_one(visit: Visit, table: ShownTable) -> None:
    assert sort_as_asked(make_context(visit, "sort=others.cost"), table) is table
    with pytest.raises(BadAddress):
        sort_as_asked(make_context(visit, "sort=firms.nothing"), table)


def test_numbers_open_their_passport_and_rows_have_their_heading(visit: Visit, table: ShownTable) -> None:
    card = draw_table_card(make_context(visit), table)
    (button, other) = of_kind(card, "Button")

    assert button.id == {
        "type": "figure",
        "code": "PF02",
        "basis": "paid_in",
        "scope": "fund:A",
        "place": "firms",
    }
    assert (button.children, other.children) == ("1.23", "—")
    rows = [head for head in of_kind(card, "Th") if head.scope == "row"]
    assert len(rows) == 2
    assert rows[1].className == "tone-near"
    (group,) = [head for head in of_kind(card, "Th") if head.scope == "colgroup"]
    assert (group.children, group.colSpan) == ("金额", 2)


def test_a_row_that_says_the_same_is_written_once_and_any_other_anew(visit: Visit, table: ShownTable) -> None:
    def rows(shown: ShownTable) -> list[Any]:
        (body,) = of_kind(draw_table_card(make_context(visit), shown), "Tbody")
        return list(body.children)

    first = rows(table)
    assert [one is other for one, other in zip(rows(table), first, strict=True)] == [True, True]
    name, cost, paid = table.rows[0]
    others = [
        replace(cost, text="1.50 "),
        replace(cost, hover="more"),
        replace(cost, tone="near"),
        replace(cost, link="/y"),
        replace(cost, figure=PAID),
    ]
    for other in others:
        (drawn, same) = rows(replace(table, rows=((name, other, paid), table.rows[1])))
        assert orjson.dumps(drawn) != orjson.dumps(first[0])
        assert same is first[1]
    (elsewhere, _) = rows(replace(table, name="others"))
    assert orjson.dumps(elsewhere) != orjson.dumps(first[0])


def test_the_export_carries_the_state_of_the_page(visit: Visit, table: ShownTable) -> None:
    card = draw_table_card(make_context(visit, "as_of=2026-03-31&sort=firms.-cost"), table)
    (link,) = [one for one in of_kind(card, "A") if one.className == "export"]

    assert link.href == "/export?as_of=2026-03-31&sort=firms.-cost&page=%2Ffunds%2FA&table=firms"


def test_a_chart_stands_with_its_finding_and_its_table(visit: Visit, table: ShownTable) -> None:
    chart = Chart(
        "firms", "成本集中在一家", "AL01 · 万元", {"data": []}, table, legend=[("leading", "主导产业")]
    )
    card = draw_chart_card(make_context(visit), chart)

    assert of_kind(card, "H2")[0].children == "成本集中在一家"
    assert of_kind(card, "Graph")[0].id == "chart-firms"
    (holder,) = [one for one in of_kind(card, "Div") if getattr(one, "role", "") == "img"]
    assert "成本集中在一家" in holder.to_plotly_json()["props"]["aria-label"]
    assert of_kind(card, "Details")[0].open is True
    assert len(of_kind(card, "Table")) == 1


def test_a_chart_of_many_rows_keeps_its_table_closed(visit: Visit, table: ShownTable) -> None:
    many = ShownTable(table.name, table.title, table.columns, (*table.rows,) * 5, total=table.rows[0])
    wide = Chart("firms", "f", "n", {}, many, is_wide=True)
    card = draw_chart_card(make_context(visit), wide)

    assert of_kind(card, "Details")[0].open is False
    assert of_kind(card, "Tfoot")
    assert of_kind(draw_empty_card("标题", "原因"), "P")[0].children == "原因"


def test_the_switcher_keeps_the_day_and_forgets_the_sorting(visit: Visit) -> None:
    context = make_context(visit, "as_of=2026-03-31&sort=firms.cost&mode=fractional")
    select: Any = draw_switcher(context, "基金", [("/funds/A", "甲"), ("/funds/B", "乙")])

    assert select.value == "/funds/A?as_of=2026-03-31&mode=fractional"
    assert [one["label"] for one in select.data] == ["甲", "乙"]


def test_a_long_table_comes_sheet_by_sheet_in_the_order_asked_for(visit: Visit, table: ShownTable) -> None:
    cells = CellMaker(visit, MoneyUnit.WAN)
    rows = tuple(
        (cells.text(f"{number:04}"), cells.money(number * 10**6), cells.money(None))
        for number in range(2 * MOST_ROWS + 25)
    )
    long = replace(table, rows=rows)

    def shown(search: str) -> tuple[list[object], list[str]]:
        card = draw_table_card(make_context(visit, search), long)
        names = [of_kind(row, "Th")[0].children for row in of_kind(of_kind(card, "Tbody")[0], "Tr")]
        (steps,) = of_kind(card, "Nav")
        return names, [link.href for link in of_kind(steps, "Link")]

    first, ways = shown("")
    assert (len(first), first[0]) == (MOST_ROWS, "0000")
    assert ways == ["/funds/A?rows=firms.2"]
    last, ways = shown("sort=firms.-cost&rows=firms.3")
    assert (len(last), last[-1]) == (25, "0000")
    assert ways == ["/funds/A?sort=firms.-cost&rows=firms.2"]
    assert shown("rows=firms.99")[0] == shown("rows=firms.3")[0]
    assert shown("rows=others.2")[0] == first
    assert len(long.rows) == 2 * MOST_ROWS + 25
    with pytest.raises(BadAddress):
        shown("rows=firms.x")


def test_what_the_address_asks_of_a_charts_table_leaves_it_open(visit: Visit, table: ShownTable) -> None:
    assert is_asked_for(make_context(visit, "rows=firms.2"), table)
    assert is_asked_for(make_context(visit, "sort=firms.-cost"), table)
    assert not is_asked_for(make_context(visit, "sort=others.cost"), table)
