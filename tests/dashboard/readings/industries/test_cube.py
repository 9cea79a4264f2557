"""The cube's cells are those worked out by hand, and its margins add up to the fen in both modes that promise it."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.readings.industries.alignment import read_alignment
from dashboard.readings.industries.alignment_pieces import aligned_pieces
from dashboard.readings.industries.cube import AMOUNTS, CUBE_SUM, cube_rows
from dashboard.readings.industries.cube_cell import cell_rows
from dashboard.readings.industries.cube_grid import CubeFilter, CubeGrid, open_cube
from dashboard.readings.industries.tag_parts import TagMode
from funds.book import Book
from funds.queries.ledger_slice import LedgerSlice
from tests.builders import wan
from tests.dashboard.readings.industries.small_books import slices
from tests.dashboard.readings.park_book import park_book, slice_of
from tests.engines import SqliteDatabases

ALL = CubeFilter()
MEASURES = {"cost": ("AL01", "cost"), "fair_value": ("AL02", "fair_value"), "flow": ("AL03", "flow_ytd")}
ADDING = st.sampled_from([TagMode.PRIMARY, TagMode.FRACTIONAL])


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with park_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def grid_of(slice_: LedgerSlice, mode: TagMode, measure: str = "cost", chosen: CubeFilter = ALL) -> CubeGrid:
    return open_cube(cube_rows(slice_, mode), measure, chosen)


def cells_of(grid: CubeGrid, park: str) -> dict[str, int]:
    """What a park holds by industry, in 万元."""
    return {
        industry: amount // wan(1) for (one, industry), amount in grid.cells.items() if one == park and amount
    }


def test_the_cells_of_a_park_are_those_worked_out_by_hand(book: Book) -> None:
    city = slice_of(book)

    primary, fractional = (grid_of(city, mode) for mode in (TagMode.PRIMARY, TagMode.FRACTIONAL))
    # C4's 120 are MAT by the main tag, and 72 of MAT and 48 of IC by weights.
    assert cells_of(primary, "P1") == {"IC": 650, "EV": 500, "BIO": 300, "-": 100, "MAT": 120}
    assert cells_of(fractional, "P1") == {"IC": 698, "EV": 500, "BIO": 300, "-": 100, "MAT": 72}
    assert (primary.by_park["P1"], primary.by_park["P2"]) == (wan(1_670), wan(80))
    assert primary.total == wan(1_670 + 80 + 5 * 400)


def test_by_any_tag_a_firm_is_whole_in_each_industry_and_once_in_the_total(book: Book) -> None:
    grid = grid_of(slice_of(book), TagMode.MULTI_TAG)

    assert cells_of(grid, "P1") == {"IC": 770, "EV": 500, "BIO": 300, "-": 100, "MAT": 120}
    assert grid.by_park["P1"] == wan(1_670)
    assert sum(grid.cells.values()) > grid.total == sum(grid.by_park.values())


def test_this_years_flow_and_the_number_of_holdings_are_cut_alike(book: Book) -> None:
    city = slice_of(book)
    flow, count = (grid_of(city, TagMode.PRIMARY, measure) for measure in ("flow", "count_ppm"))

    assert cells_of(flow, "P1") == {"IC": 50, "-": 100, "MAT": 120}
    # F2's holding is 60 % P1's and 40 % P2's.
    assert (count.cells["P1", "MAT"], count.cells["P2", "MAT"]) == (600_000, 400_000)
    assert count.total == 25_000_000


def test_what_leads_is_marked_and_stands_there_even_with_nothing(book: Book) -> None:
    grid = grid_of(slice_of(book), TagMode.PRIMARY)

    assert {place for place in grid.leading if place[0] in ("P1", "P2")} == {
        ("P1", "IC"),
        ("P1", "BIO"),
        ("P2", "MAT"),
    }
    assert grid.unserved == [("P3", "IC")]
    assert grid.largest() == (("P1", "IC"), wan(650))
    assert "P8" in grid.parks, "a park without a fund has a row"


def test_funds_are_chosen_by_code_and_by_type(book: Book) -> None:
    city = slice_of(book)

    one = grid_of(city, TagMode.PRIMARY, chosen=CubeFilter(fund="F2"))
    assert (one.total, one.by_park["P2"]) == (wan(200), wan(80))
    assert grid_of(city, TagMode.PRIMARY, chosen=CubeFilter(fund_type="sub_fund")).total == wan(3_750)
    mothers = grid_of(city, TagMode.PRIMARY, chosen=CubeFilter(fund_type="city_mother"))
    assert (mothers.total, mothers.largest()) == (0, None)


@pytest.mark.parametrize("mode", [TagMode.PRIMARY, TagMode.FRACTIONAL])
@pytest.mark.parametrize("measure", MEASURES)
def test_what_leads_is_the_numerator_and_all_of_it_the_denominator(
    book: Book, mode: TagMode, measure: str
) -> None:
    city = slice_of(book)
    grid, figure = grid_of(city, mode, measure), read_alignment(city, mode).figure(*MEASURES[measure])

    assert (grid.leading_total, grid.total) == (figure.numerator, figure.denominator)


@pytest.mark.parametrize("mode", TagMode)
def test_the_holdings_behind_a_cell_are_the_cell(book: Book, mode: TagMode) -> None:
    city = slice_of(book)
    grid = grid_of(city, mode)

    for (park, industry), amount in grid.cells.items():
        rows = cell_rows(city, mode, park, industry, ALL)
        assert sum(int(str(row["cost"])) for row in rows) == amount
    assert cell_rows(city, mode, "P1", "MAT", CubeFilter(fund="F1")) == []


@given(slices(), ADDING)
def test_margins_add_up_to_the_fen_in_whatever_book(city: LedgerSlice, mode: TagMode) -> None:
    rows = cube_rows(city, mode)
    told = {row["of"]: row for row in rows if row["table"] == CUBE_SUM and row["of"] == "whole"}
    for measure in AMOUNTS:
        grid = open_cube(rows, measure, ALL)
        assert sum(grid.cells.values()) == sum(grid.by_industry.values()) == grid.total
        assert told["whole"][measure] == grid.total
        for park in grid.by_park:
            assert sum(one for place, one in grid.cells.items() if place[0] == park) == grid.by_park[park]
    assert open_cube(rows, "cost", ALL).total == sum(piece.cost for piece in aligned_pieces(city, mode))


@given(slices(), st.sampled_from(TagMode))
def test_the_rows_of_sums_are_the_sums_of_the_cells(city: LedgerSlice, mode: TagMode) -> None:
    rows = cube_rows(city, mode)
    grid = open_cube(rows, "cost", ALL)

    sums = [row for row in rows if row["table"] == CUBE_SUM]
    assert {(row["park"], row["industry"]): row["cost"] for row in sums if row["of"] == "cell"} == {
        **{place: 0 for place in grid.leading if place[0] != "-" and place not in grid.cells},
        **grid.cells,
    }
    assert {row["park"]: row["cost"] for row in sums if row["of"] == "park"} == {
        **dict.fromkeys(grid.parks, 0),
        **grid.by_park,
    }
