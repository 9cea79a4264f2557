"""AL07 by hand, from a workbook, on both engines: which firms, which figure, which year, by which tags."""

from collections.abc import Iterator
from datetime import date

import pytest

from dashboard.readings.answers import Figure
from dashboard.readings.industries.alignment import read_alignment
from dashboard.readings.industries.output_share import fen_of, output_share_figures, output_share_rows
from dashboard.readings.industries.tag_parts import TagMode
from dashboard.readings.single import read_single
from funds.book import Book
from funds.queries.filed_figures import CompanyFigureFacts
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import CITY, fund_scope, park_scope
from tests.builders import policy, record
from tests.dashboard.readings.six_ones_book import own_park, six_ones_book, slice_of
from tests.engines import Databases

YI = 10_000_000_000  # fen in a hundred million yuan


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    with six_ones_book(databases) as made:
        yield made


def share_of(slice_: LedgerSlice, mode: TagMode = TagMode.PRIMARY) -> Figure:
    (figure,) = output_share_figures(slice_, mode)
    return figure


# Scope, how tags count, leading output and all output in hundred million yuan, and the share.
CASES = (
    # A 30 and B 12 of A, B and C 18; D filed nothing, E is below designated size
    (park_scope("P1"), TagMode.PRIMARY, 42, 60, "0.7"),
    # 30 + 12 × 60 % + 18 × 10 %
    (park_scope("P1"), TagMode.FRACTIONAL, 39, 60, "0.65"),
    (park_scope("P1"), TagMode.MULTI_TAG, 60, 60, "1"),
    (park_scope("P2"), TagMode.PRIMARY, 105, 105, "1"),
    # each park by its own leading industry; X lies in no park
    (CITY, TagMode.PRIMARY, 147, 165, "0.890909090909"),
)


def test_the_share_is_leading_output_over_all_output(book: Book) -> None:
    for scope, mode, leading, whole, value in CASES:
        figure = share_of(slice_of(book, scope), mode)
        assert (figure.numerator, figure.denominator, figure.value) == (leading * YI, whole * YI, value)
        assert figure.definition_version == 1


def test_a_year_counts_once_it_is_over(book: Book) -> None:
    """On 2025-06-30 the last year is 2024, for which A alone filed."""
    figure = share_of(slice_of(book, park_scope("P1"), date(2025, 6, 30)))
    assert (figure.numerator, figure.denominator) == (20 * YI, 20 * YI)


def test_what_counts_as_output_is_policy(book: Book) -> None:
    """By revenue A has 10 and C 30; before the row held it was output."""
    record(book, policy("AL07.output", "2026-01-01", words="营业收入", pack="tracker"))
    figure = share_of(slice_of(book, park_scope("P1")))
    assert (figure.numerator, figure.denominator, figure.value) == (10 * YI, 40 * YI, "0.25")
    assert share_of(slice_of(book, park_scope("P1"), date(2025, 12, 31))).value == "0.7"


def test_what_cannot_be_worked_out_has_its_reason(book: Book) -> None:
    for park, day, reason in (
        ("P3", date(2026, 9, 30), "alignment.no_leading_industry"),
        ("P1", date(2022, 12, 31), "output.none_filed"),
        ("P1", date(1999, 12, 31), "output.no_definition"),
    ):
        figure = share_of(slice_of(book, park_scope(park), day))
        assert (figure.value, figure.reason) == (None, reason)


def test_the_filed_share_stands_beside_with_the_difference(book: Book) -> None:
    (row,) = output_share_rows(own_park(book))
    assert (row["year"], row["firms"], row["lacking"]) == ("2025", 4, 1)
    assert (row["AL07"], row["S02"], row["apart"]) == ("0.7", "0.625", "0.075")
    rows = {row["park"]: row for row in output_share_rows(slice_of(book))}
    assert (rows["P3"]["AL07"], rows["P3"]["apart"]) == (None, None)


def test_no_other_scope_has_a_share_and_the_alignment_tells_the_same(book: Book) -> None:
    assert output_share_figures(slice_of(book, fund_scope("F1"))) == ()
    part = slice_of(book, park_scope("P1"))
    assert read_alignment(part).figure("AL07").value == share_of(part).value
    single = read_single(part, "AL07", "output", mode=TagMode.FRACTIONAL)
    assert single.figure.value == "0.65"


@pytest.mark.parametrize(
    ("value_e6", "unit", "fen"),
    [
        (1_500_000, "亿元", 15_000_000_000),
        (1_500_000, "万元", 1_500_000),
        (1_500_000, "元", 150),
        (5_000, "元", 1),  # half a fen, up
        (1_500_000, "吨", None),
        (1_500_000, None, None),
    ],
)
def test_amounts_are_brought_to_fen(value_e6: int, unit: str | None, fen: int | None) -> None:
    assert fen_of(CompanyFigureFacts(1, 1, "年产值", "2025", value_e6, unit, None)) == fen
