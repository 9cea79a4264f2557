"""The comparison tells what differs and through what; nobody compares a park that is not theirs."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from dashboard.pages.context import BadAddress
from dashboard.pages.parks.compare_bridge import make_part_table
from dashboard.pages.parks.compare_changes import make_changes_table, make_events_table
from dashboard.pages.parks.compare_figures import make_figures_table
from dashboard.pages.parks.compare_page import PAGE, write_finding
from dashboard.pages.parks.compare_state import CompareState, open_compare
from dashboard.pages.parks.compare_way import a_year_before, draw_compare_way
from dashboard.pages.passports.passport import draw_passport
from funds.book import Book
from funds.errors import NotAllowed, NotFound
from tests.builders import day
from tests.dashboard.pages.visiting import find_links, text_below, visit_page, walk
from tests.dashboard.readings.industries.compare_book import compare_book
from tests.engines import SqliteDatabases

P1_THEN, P1_NOW = "park:P1@2025-04-30", "park:P1@2025-12-31"
YEAR = "as_of=2025-12-31"


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with compare_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def opened(book: Book, left: str = P1_THEN, right: str = P1_NOW, more: str = "") -> CompareState:
    state = open_compare(visit_page(book, "/compare", f"{YEAR}&left={left}&right={right}{more}"))
    assert state is not None
    return state


def test_the_finding_is_both_shares_the_gap_and_the_largest_part(book: Book) -> None:
    assert write_finding(opened(book)) == (
        "主导产业契合度（按成本）：园区P1（2025年4月30日） 55.6%，园区P1（2025年12月31日） 85.1%；高 29.6 个百分点；"
        "影响最大的是企业C2（基金F1，主导产业调整，主导产业在投成本 +500.00 万元）。"
    )


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        (P1_NOW, P1_NOW, "两侧相同"),
        ("park:P8@2025-12-31", "park:P8@2024-12-31", "都没有在投项目，契合度无从计算"),
        (
            "park:P8@2025-12-31",
            P1_NOW,
            "园区P8（2025年12月31日） 没有在投项目，园区P1（2025年12月31日） 85.1%",
        ),
        (P1_NOW, P1_THEN, "低 29.6 个百分点"),
    ],
)
def test_awkward_pairs_are_told_plainly(book: Book, left: str, right: str, told: str) -> None:
    assert told in write_finding(opened(book, left, right))


def test_figures_stand_side_by_side_with_their_signed_difference(book: Book) -> None:
    rows = {(row[0].text, row[1].text): row for row in make_figures_table(opened(book)).rows}
    aligned = rows["投向主导产业比例（成本） AL01", "成本"]
    paid = next(row for (name, _), row in rows.items() if "PF16" in name)

    assert [cell.text for cell in aligned[2:]] == ["55.6%", "85.1%", "+29.6 个百分点"]
    assert aligned[4].value == Fraction("0.295634920635")
    assert [cell.figure.scope for cell in aligned[2:4] if cell.figure] == [P1_THEN, P1_NOW]
    assert paid[4].text.startswith("+")


def test_a_figure_that_one_side_lacks_has_no_difference(book: Book) -> None:
    table = make_figures_table(opened(book, "park:P8@2025-12-31"))
    (row,) = [row for row in table.rows if row[0].text.endswith("AL01") and row[1].text == "成本"]

    assert (row[4].text, row[4].hover) == ("—", "有一侧没有数值，无法相减")


def test_the_same_side_twice_names_no_number_twice(book: Book) -> None:
    table = make_figures_table(opened(book, P1_NOW, P1_NOW))
    keys = [cell.figure for row in table.rows for cell in row if cell.figure]

    assert len(keys) == len(set(keys)) > 10


def test_the_bridge_runs_from_side_to_side(book: Book) -> None:
    rows = make_part_table(opened(book), "cost").rows

    assert [(row[0].text, row[1].text, row[2].text) for row in rows[:3]] == [
        ("园区P1（2025年4月30日）", "1,620.00", "1,620.00"),
        ("新投资", "70.00", "70.00"),
        ("追加投资", "50.00", "50.00"),
    ]
    assert sum(row[1].value for row in rows[:-1]) == rows[-1][1].value  # type: ignore[misc]


def test_the_changes_add_up_under_their_columns(book: Book) -> None:
    table = make_changes_table(opened(book))

    assert table.total is not None
    assert [cell.text for cell in table.total[3:7]] == ["530.00", "60.00", "380.00", "-90.00"]
    assert [cell.text for cell in table.rows[0][:4]] == ["企业C2", "主导产业调整", "—", "500.00"]
    assert "不是某一天的收付" in table.rows[0][2].hover


def test_decisions_say_what_was_and_what_is(book: Book) -> None:
    told = {row[0].text: [cell.text for cell in row[1:]] for row in make_events_table(opened(book)).rows}

    assert told["设立份额变动"] == ["2025-08-01", "基金F2", "60.0% → 90.0%"]
    assert told["列为主导产业"] == ["2025-07-01", "产业EV", ""]
    assert told["企业标签调整"] == ["—", "企业C5", "— → 产业IC 100%"]


def test_two_parks_have_no_list_of_decisions(book: Book) -> None:
    page = PAGE.layout(visit_page(book, "/compare", f"{YEAR}&left={P1_NOW}&right=park:P2@2025-12-31"))

    assert "两个日期之间" not in text_below(page)
    assert "只在左侧" in text_below(page)


def test_without_sides_it_is_the_first_park_a_year_ago_and_today(book: Book) -> None:
    state = open_compare(visit_page(book, "/compare", YEAR, "two"))

    assert state is not None
    assert [(side.code, str(side.day)) for side in (state.left, state.right)] == [
        ("P1", "2024-12-31"),
        ("P1", "2025-12-31"),
    ]
    assert [code for code, _ in state.offered] == ["P1", "P3"]


def test_each_side_offers_ones_own_parks_and_days_and_both_can_be_changed_round(book: Book) -> None:
    context = visit_page(book, "/compare", f"{YEAR}&left={P1_THEN}&right={P1_NOW}", "two")
    links = find_links(PAGE.layout(context))

    assert sum(name == "园区P3" for name, _ in links) == 2
    assert not [name for name, _ in links if name in ("园区P2", "园区P4")]
    swapped = dict(links)["左右互换"]
    assert "left=park%3AP1%402025-12-31&right=park%3AP1%402025-04-30" in swapped


@pytest.mark.parametrize("login", ["two", "official"])
def test_a_park_of_others_is_refused(book: Book, login: str) -> None:
    context = visit_page(book, "/compare", f"{YEAR}&left={P1_NOW}&right=park:P4@2025-12-31", login)

    with pytest.raises(NotAllowed):
        PAGE.layout(context)
    for make in PAGE.tables.values():
        with pytest.raises(NotAllowed):
            make(context)


def test_whoever_has_no_park_is_told_so_and_gets_no_table(book: Book) -> None:
    context = visit_page(book, "/compare", YEAR, "manager")

    assert "没有可看的园区" in text_below(PAGE.layout(context))
    for make in PAGE.tables.values():
        with pytest.raises(NotAllowed):
            make(context)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P1",
        "park:P1",
        "park:P1@",
        "park:P1@today",
        "fund:F1@2025-12-31",
        "park:P1@0001-01-01",
        "city@2025-12-31",
    ],
)
def test_a_side_that_cannot_be_read_is_refused(book: Book, text: str) -> None:
    with pytest.raises(BadAddress):
        opened(book, left=text or "@")


def test_an_unknown_park_is_not_found(book: Book) -> None:
    with pytest.raises(NotFound):
        opened(book, left="park:P99@2025-12-31")


def test_a_passport_stands_at_the_day_of_its_side(book: Book) -> None:
    context: Any = visit_page(book, "/compare", YEAR)
    sheet = draw_passport(context, "AL01", "cost", P1_THEN)

    assert "55.6%" in text_below(sheet)
    assert "2025年4月30日" in text_below(sheet)
    with pytest.raises(NotAllowed):
        draw_passport(visit_page(book, "/compare", YEAR, "two"), "AL01", "cost", "park:P4@2025-12-31")


def test_every_export_of_the_page_is_one_of_its_tables(book: Book) -> None:
    context = visit_page(book, "/compare", f"{YEAR}&left={P1_THEN}&right={P1_NOW}")
    drawn = {
        part.id for part in walk(PAGE.layout(context)) if str(getattr(part, "id", "")).startswith("table-")
    }

    assert {f"table-{name}" for name in PAGE.tables} == drawn


def test_the_way_from_a_park_leads_to_its_year(book: Book) -> None:
    (link,) = find_links(draw_compare_way(visit_page(book, "/parks/P1", YEAR), "P1"))

    assert link == (
        "与一年前对比",
        "/compare?as_of=2025-12-31&left=park%3AP1%402024-12-31&right=park%3AP1%402025-12-31",
    )
    assert (a_year_before(day("2024-02-29")), a_year_before(day("1900-05-01"))) == (
        day("2023-02-28"),
        day("1900-05-01"),
    )
