"""The flow into links of chains is every payment to the fen, also when small firms are put together."""

from collections.abc import Iterator
from datetime import date

import pytest

from dashboard.readings.industries.alignment import read_alignment
from dashboard.readings.industries.segments_flow import (
    ALL_TIME,
    THIS_YEAR,
    group_small,
    segment_flow_rows,
    total_links,
)
from funds.book import Book
from funds.kinds import EntryKind
from tests.builders import wan
from tests.dashboard.readings.park_book import own_park, park_book
from tests.engines import SqliteDatabases


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with park_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def test_all_of_it_is_what_the_funds_paid_into_firms(book: Book) -> None:
    slice_ = own_park(book)
    paid = slice_.entries.of_kind(EntryKind.INVESTMENT)

    assert sum(int(str(row[ALL_TIME])) for row in segment_flow_rows(slice_)) == -int(paid.amount.sum())


def test_this_years_part_is_what_al03_counts(book: Book) -> None:
    slice_ = own_park(book)
    figure = read_alignment(slice_).figure("AL03", "flow_ytd")
    rows = segment_flow_rows(slice_)

    assert sum(int(str(row[THIS_YEAR])) for row in rows) == figure.denominator
    assert sum(int(str(row[THIS_YEAR])) for row in rows if row["is_leading"]) == figure.numerator


def test_a_firm_flows_into_the_link_of_its_main_tag(book: Book) -> None:
    links = {
        row["company"]: (row["industry"], row["segment"], row["is_leading"])
        for row in segment_flow_rows(own_park(book))
    }

    assert links == {
        "C1": ("IC", "IC-1", True),
        "C2": ("EV", None, False),
        "C3": ("BIO", None, True),
        "C4": ("MAT", None, False),
        "C5": (None, None, False),
    }


def test_small_firms_are_put_together_and_nothing_is_lost(book: Book) -> None:
    rows = segment_flow_rows(own_park(book))
    bands, grouped = group_small(rows, ALL_TIME, 2)

    assert grouped == 3
    assert {band.company for band in bands} == {"C1", "C2", None}
    assert sum(band.amount for band in bands) == sum(int(str(row[ALL_TIME])) for row in rows)
    assert [(band.industry, band.amount) for band in bands if band.company is None] == [
        ("BIO", wan(300)),
        ("MAT", wan(120)),
        (None, wan(100)),
    ]


def test_one_firm_too_many_stands_for_itself(book: Book) -> None:
    _, grouped = group_small(segment_flow_rows(own_park(book)), ALL_TIME, 4)

    assert grouped == 0


def test_links_are_added_up_the_largest_first(book: Book) -> None:
    links = total_links(segment_flow_rows(own_park(book)), ALL_TIME)

    assert [(link.industry, link.amount) for link in links] == [
        ("IC", wan(1_050)),
        ("EV", wan(500)),
        ("BIO", wan(300)),
        ("MAT", wan(120)),
        (None, wan(100)),
    ]


def test_a_year_without_payments_has_no_bands(book: Book) -> None:
    rows = segment_flow_rows(own_park(book, date(2023, 12, 31)))

    assert group_small(rows, THIS_YEAR, 20) == ([], 0)
    assert total_links(rows, THIS_YEAR) == []
