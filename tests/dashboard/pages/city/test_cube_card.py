"""The heat map says where the money lies, its cells open, and what the address cannot mean is refused."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from dashboard.pages.city.city_view import CityView, load_city
from dashboard.pages.city.cube_card import (
    draw_cube_card,
    load_cube,
    make_cube_table,
    write_count,
    write_finding,
    write_note,
)
from dashboard.pages.city.cube_cell_card import draw_cell_panel, make_cell_table
from dashboard.pages.context import BadAddress
from dashboard.reports.question import Question, answer
from dashboard.tables.shown import ShownTable
from funds.book import Book
from tests.builders import wan
from tests.dashboard.pages.visiting import find_links, text_below, visit_page
from tests.dashboard.readings.park_book import AS_OF, park_book
from tests.engines import SqliteDatabases


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with park_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def city(book: Book, search: str = "") -> CityView:
    return load_city(visit_page(book, "/", f"as_of={AS_OF}&{search}"))


def cell(table: ShownTable, park: str, industry: str) -> Any:
    """The cell of a park's row."""
    (row,) = [row for row in table.rows if row[0].text == park]
    return row[table.column(industry)]


def test_the_finding_is_the_whole_the_leading_share_the_largest_cell_and_what_has_nothing(book: Book) -> None:
    assert write_finding(load_cube(city(book))) == (
        "在投成本 3,750.00 万元；54.1% 在各园区的主导产业；最多的一格是园区P1 × 产业IC，650.00 万元；"
        "1 个“园区 × 主导产业”还是零"
    )


def test_by_any_tag_no_share_is_told_and_the_note_says_that_parts_overlap(book: Book) -> None:
    cube = load_cube(city(book, "mode=multi_tag"))

    assert "主导产业；" not in write_finding(cube)
    assert "多标签是覆盖面" in write_note(cube)
    assert "精确到分" in write_note(load_cube(city(book, "mode=fractional")))


@pytest.mark.parametrize(
    ("search", "finding"),
    [
        ("fund_type=city_mother", "所选基金没有在投成本"),
        ("fund=F9&measure=count", "所选基金没有在投项目"),
        ("fund=F9&measure=flow", "所选基金 2025 年还没有投资"),
        ("as_of=2020-01-15", "所选基金没有在投成本"),
    ],
)
def test_where_nothing_is_held_the_finding_says_so(book: Book, search: str, finding: str) -> None:
    assert write_finding(load_cube(city(book, search))) == finding


def test_cells_say_how_much_by_ground_and_what_leads_by_an_outline(book: Book) -> None:
    table = make_cube_table(city(book))
    leading, other, nothing = (cell(table, "园区P1", one) for one in ("IC", "EV", "MAT"))

    assert (leading.text, leading.tone) == ("650.00", "heat-5 heat-leading")
    assert (other.text, other.tone) == ("500.00", "heat-5")
    assert nothing.tone == "heat-3"
    assert (cell(table, "园区P2", "IC").text, cell(table, "园区P2", "IC").link) == ("0", None)
    assert leading.hover == "园区P1 × 产业IC（主导产业）： 6,500,000.00 元"


def test_a_leading_industry_with_nothing_still_opens(book: Book) -> None:
    empty = cell(make_cube_table(city(book)), "园区P3", "IC")

    assert (empty.text, empty.value, empty.tone) == ("0", 0, "heat-0 heat-leading")
    assert "cell=P3%7EIC" in str(empty.link) or "cell=P3~IC" in str(empty.link)


def test_the_margins_are_those_of_the_report(book: Book) -> None:
    table = make_cube_table(city(book))
    report = answer(book, "local", Question("city", AS_OF))
    sums = {
        (row["of"], row.get("park"), row.get("industry")): int(str(row["cost"]))
        for row in report.table("cube_sum")
    }

    assert table.total is not None
    for place, column in enumerate(table.columns[1:-1], 1):
        assert table.total[place].value == Fraction(sums["industry", None, column.key], wan(1))
    assert table.total[-1].value == Fraction(sums["whole", None, None], wan(1)) == 3_750
    assert sum(row[-1].value for row in table.rows) == 3_750  # type: ignore[misc]


def test_shared_holdings_are_told_with_their_parts(book: Book) -> None:
    table = make_cube_table(city(book, "measure=count"))

    assert (cell(table, "园区P1", "MAT").text, cell(table, "园区P2", "MAT").text) == ("0.60", "0.40")
    assert (write_count(25_000_000), write_count(1_666_667)) == ("25", "1.67")


def test_an_open_cell_shows_its_holdings_and_the_ways_on(book: Book) -> None:
    view = city(book, "cell=P1~MAT&mode=fractional")
    table, panel = make_cell_table(view), draw_cell_panel(view)

    assert [[one.text for one in row] for row in table.rows] == [
        ["企业C4", "基金F2", "72.00", "72.00", "72.00", "0.36"]
    ]
    assert table.title == "园区P1 × 产业MAT：在投成本 72.00 万元"
    ways = dict(find_links(panel))
    assert ways["去园区P1"] == f"/parks/P1?as_of={AS_OF}"
    assert ways["去产业“产业MAT”"] == f"/industries/MAT?as_of={AS_OF}"
    assert ways["企业C4"].startswith("/companies/C4")
    assert "cell=" not in ways["收起"]
    assert draw_cell_panel(city(book)) is None
    assert make_cell_table(city(book)).rows == ()


def test_an_empty_cell_says_that_it_is_empty(book: Book) -> None:
    assert "这一格没有项目" in text_below(draw_cell_panel(city(book, "cell=P3~IC")))


def test_choices_keep_the_rest_of_the_address(book: Book) -> None:
    links = dict(find_links(draw_cube_card(city(book, "mode=fractional&fund=F1"))))

    assert links["公允价值"] == f"/?as_of={AS_OF}&mode=fractional&fund=F1&measure=fair_value"
    assert links["子基金"] == f"/?as_of={AS_OF}&mode=fractional&fund_type=sub_fund"
    assert links["全部基金"] == f"/?as_of={AS_OF}&mode=fractional"
    assert links["基金F2"].endswith("fund=F2")


@pytest.mark.parametrize(
    "search",
    ["measure=weight", "fund=NOPE", "fund_type=sub", "cell=P1", "cell=~IC", "cell=P99~IC", "cell=P1~XX"],
)
def test_what_the_address_cannot_mean_is_refused(book: Book, search: str) -> None:
    with pytest.raises(BadAddress):
        make_cell_table(city(book, search))
