"""The parks beside one another, for whoever may see more than one of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.auth.identity import Identity
from dashboard.auth.visit import Visit
from dashboard.pages.context import read_context
from dashboard.pages.parks.parks_list import PAGE, make_table, open_parks, write_finding
from funds.book import Book, find_person
from funds.errors import NotAllowed
from funds.kinds import Role, ScopeKind
from tests.browser.city import build_empty, serve_city
from tests.builders import membership, person
from tests.dashboard.pages.drawn import draw_as, links, text_of
from tests.dashboard.readings.park_book import AS_OF, OFFICIAL, park_book
from tests.dashboard.serving import Served
from tests.engines import SqliteDatabases

MORE = (
    person("two"),
    membership("two", Role.PARK_OFFICIAL, ScopeKind.PARK, "P1"),
    membership("two", Role.PARK_OFFICIAL, ScopeKind.PARK, "P3"),
    person("manager"),
    membership("manager", Role.FUND_MANAGER, ScopeKind.FUND, "F1"),
)


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with park_book(sqlite, MORE) as made:
        yield made
    sqlite.drop_made()


@pytest.fixture
def city(still_city: Served) -> Served:
    """The made-up city, served; nobody changes it."""
    return still_city


def asked(book: Book, login: str = "local", search: str = "") -> Any:
    """What the address asks for, by whom."""
    with book.look() as look:
        who = Identity(find_person(look.connection, login, look.version), login, login, ())
    return read_context(Visit(book, who, "zh", "light"), f"?as_of={AS_OF}&{search}", path="/parks")


def test_the_finding_is_the_median_the_most_and_the_least(book: Book) -> None:
    assert write_finding(open_parks(asked(book))) == (
        "7 个园区在投成本投向主导产业的比例：中位数 56.9%；最高 园区P7 100.0%，最低 园区P3 0.0%"
    )


def test_before_any_project_there_is_nothing_to_compare(book: Book) -> None:
    assert write_finding(open_parks(asked(book, search="as_of=2020-06-30"))) == "还没有园区有在投项目"


def test_a_row_is_shaded_by_its_share_and_links_to_the_park(book: Book) -> None:
    table = make_table(open_parks(asked(book, search="mode=multi_tag")))
    place = table.column("AL01.cost")

    assert [row[place].tone for row in table.rows[:4]] == ["shade-3", "shade-4", "shade-0", "shade-1"]
    assert table.rows[7][place].tone == ""
    assert "/parks/P1?" in str(table.rows[0][0].link)
    assert "mode=multi_tag" in str(table.rows[0][0].link)


def test_the_median_row_opens_no_passport(book: Book) -> None:
    table = make_table(open_parks(asked(book)))

    assert table.total is not None
    assert [cell.figure for cell in table.total] == [None] * len(table.columns)
    assert table.total[table.column("AL01.cost")].text == "56.9%"


def test_an_official_of_two_parks_compares_these_two(book: Book) -> None:
    table = make_table(open_parks(asked(book, "two")))

    assert [row[0].text for row in table.rows] == ["园区P1", "园区P3"]


def test_an_official_of_one_park_gets_its_page(book: Book) -> None:
    text = str(PAGE.layout(asked(book, OFFICIAL)))

    assert "园区P1" in text
    assert "园区P3" not in text


def test_a_manager_has_no_park_and_no_export(book: Book) -> None:
    assert "没有可看的园区" in str(PAGE.layout(asked(book, "manager")))
    with pytest.raises(NotAllowed):
        PAGE.tables["parks"](asked(book, "manager"))


def test_the_commission_sees_every_park_and_a_way_into_each(city: Served) -> None:
    content = draw_as(city, "commission", "/parks")["content.children"]

    ways = [address for _, address in links(content) if address.startswith("/parks/P")]
    # the map below leads to the same parks
    assert list(dict.fromkeys(ways)) == [f"/parks/P0{number}" for number in range(1, 5)]
    assert "示例市东原园区" in text_of(content)


def test_a_book_without_parks_says_what_to_do(sqlite: SqliteDatabases, tmp_path: Path) -> None:
    with serve_city(sqlite.copy_of("empty city", build_empty), tmp_path) as served:
        text = text_of(draw_as(served, "commission", "/parks")["content.children"])
    sqlite.drop_made()

    assert "还没有园区" in text
    assert "《园区》" in text
