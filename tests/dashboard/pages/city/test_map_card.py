"""The map colours every park by one measure, prints the value, and leads to the park."""

from collections.abc import Iterator

import pytest

from dashboard.pages.city.city_view import load_city
from dashboard.pages.city.map_card import draw_map_card
from dashboard.pages.city.map_view import ParkMap, make_map, open_map, write_finding, write_note
from dashboard.pages.context import BadAddress
from dashboard.pages.parks.parks_list import PAGE, open_parks
from funds.book import Book
from tests.builders import policy
from tests.dashboard.pages.visiting import find_links, text_below, visit_page, walk
from tests.dashboard.readings.park_book import AS_OF, OFFICIAL, park_book
from tests.engines import SqliteDatabases

LAYOUT = policy("park_map.layout", words="P1 0,0; P2 1,0; P3 what", document="示例布局")


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with park_book(sqlite, (LAYOUT,)) as made:
        yield made
    sqlite.drop_made()


def shown(book: Book, search: str = "") -> ParkMap:
    context = visit_page(book, "/", f"as_of={AS_OF}&{search}")
    view = load_city(context)
    return open_map(context, view.slice, view.rows("park"))


def test_the_finding_names_the_most_and_the_least(book: Book) -> None:
    assert write_finding(shown(book)) == "主导产业契合度：最高 园区P7 100.0%，最低 园区P3 0.0%"
    assert write_finding(shown(book, "map=paid_in")).startswith(
        "实缴：最高 园区P1 3,600.00 万元，最低 园区P8 0.00"
    )


def test_before_any_project_there_is_nothing_to_colour(book: Book) -> None:
    early = shown(book, "as_of=2020-01-15")

    assert write_finding(early) == "主导产业契合度：还没有园区有数"
    assert {early.shade(row) for row in early.rows} == {0}
    assert {early.write(row) for row in early.rows} == {"—"}


def test_the_note_says_where_the_layout_comes_from(book: Book) -> None:
    assert "布局取自：示例布局。布局里有 1 行无法识别" in write_note(shown(book))
    assert "不是地理位置" in write_note(shown(book, "as_of=2022-01-15"))


def test_every_tile_is_a_link_with_its_name_and_value_in_the_order_of_the_codes(book: Book) -> None:
    one = shown(book)
    card = draw_map_card(one.context, one.slice, one.rows)
    tiles = [part for part in walk(card) if "tile tile-" in str(getattr(part, "className", ""))]

    assert [tile.href for tile in tiles] == [f"/parks/P{number}?as_of={AS_OF}" for number in range(1, 9)]
    assert text_below(tiles[0]) == "园区P156.9%"
    assert tiles[6].className == "tile tile-leading tile-5"
    assert tiles[7].className == "tile tile-leading tile-0"
    assert tiles[7].title == "园区P8 · 主导产业契合度 没有投资成本，无法计算" or "—" in text_below(tiles[7])


def test_the_table_holds_every_measure_with_its_passport(book: Book) -> None:
    table = make_map(shown(book))
    first = table.rows[0]

    assert [cell.text for cell in first] == ["园区P1", "", "56.9%", "3,600.00", "57.5%"]
    assert [(cell.figure.code, cell.figure.scope) for cell in first[2:] if cell.figure] == [
        ("AL01", "park:P1"),
        ("PF02", "park:P1"),
        ("PF16", "park:P1"),
    ]


def test_the_list_of_parks_has_the_same_map(book: Book) -> None:
    context = visit_page(book, "/parks", f"as_of={AS_OF}&map=deployed")
    table = PAGE.tables["map"](context)

    assert [row[3].text for row in table.rows] == [row[3].text for row in make_map(shown(book)).rows]
    assert ("对比两个园区", f"/compare?as_of={AS_OF}") in find_links(PAGE.layout(context))


def test_an_official_sees_the_own_park_alone(book: Book) -> None:
    opened = open_parks(visit_page(book, "/parks", f"as_of={AS_OF}", OFFICIAL))
    one = open_map(opened.context, opened.slice, opened.reading.table("parks"))

    assert [place.code for place in one.layout.places] == ["P1"]


def test_an_unknown_measure_is_refused(book: Book) -> None:
    with pytest.raises(BadAddress):
        shown(book, "map=beauty")
