"""Sums by account and quarter are the sums of the lines, to the fen, whether worked out at once or kept up."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random

import numpy as np
import pytest

from funds.book import Book
from funds.kinds import EntryKind
from funds.queries.column_sources import Arrays
from funds.queries.columns import ENTRY_KINDS, NOBODY, EntryColumns
from funds.queries.ledger_slice import slice_ledger
from funds.queries.memory import kept_sums
from funds.queries.memory.flow_sums import FlowSums, quarter_number, sum_rows
from funds.queries.memory.kept_sums import sum_lines
from funds.queries.scopes import CITY, fund_scope, park_scope
from tests.builders import PERSON, prepared_book, whole_city
from tests.engines import Databases
from tests.funds.queries.memory.shaken_books import shake

LATE = date(2100, 1, 1)
Cells = Counter[tuple[int, int, int, bool, int]]


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """A city with rows in every table."""
    with prepared_book(databases, "kept-columns", whole_city) as made:
        yield made


def cells_of(sums: FlowSums) -> tuple[Cells, Cells]:
    """Amount and count of each account and quarter that has lines."""
    amounts: Cells = Counter()
    counts: Cells = Counter()
    for row, account in enumerate(sums.accounts()):
        for at, quarter in enumerate(sums.quarters):
            if sums.lines[row, at]:
                amounts[*account, quarter] = int(sums.amounts[row, at])
                counts[*account, quarter] = int(sums.lines[row, at])
    return amounts, counts


def add_up(lines: EntryColumns) -> tuple[Cells, Cells]:
    """The same by going through the lines one by one."""
    amounts: Cells = Counter()
    counts: Cells = Counter()
    columns = (lines.fund, lines.counterparty, lines.kind, lines.inside, lines.day, lines.amount)
    for *account, on, amount in zip(*(column.tolist() for column in columns), strict=True):
        key = (*account, quarter_number(date.fromordinal(on)))
        amounts[key] += amount
        counts[key] += 1
    return amounts, counts


def lines_of(*given: tuple[int, int, int]) -> EntryColumns:
    """Calls by fund, counterparty and amount."""
    kind, rest = ENTRY_KINDS[EntryKind.PAID_IN], (NOBODY, NOBODY, True, False, NOBODY)
    return EntryColumns.of(
        [
            (at, fund, kind, amount, 737_000 + at, party, *rest)
            for at, (fund, party, amount) in enumerate(given)
        ]
    )


def test_they_follow_every_change_and_are_the_sums_of_the_lines(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    random, anew = Random(3), []

    def count(rows: Arrays) -> FlowSums:
        anew.append(rows)
        return sum_rows(rows)

    monkeypatch.setattr(kept_sums, "sum_rows", count)
    for _ in range(12):
        shake(book, random)
        slice_ = slice_ledger(book, PERSON, CITY, LATE)
        assert cells_of(slice_.flow_sums) == add_up(slice_.entries)
    assert len(anew) == 1


def test_a_scope_a_day_and_a_version_have_their_own(book: Book) -> None:
    shake(book, Random(1))
    for scope in (park_scope("P1"), park_scope("P2"), fund_scope("F1"), fund_scope("F1", "M")):
        for version in (None, 2):
            for on in (date(2020, 5, 15), LATE):
                slice_ = slice_ledger(book, PERSON, scope, on, version)
                assert cells_of(slice_.flow_sums) == add_up(slice_.entries)


def test_lines_that_are_only_supposed_are_in(book: Book) -> None:
    entries = slice_ledger(book, PERSON, CITY, LATE).entries
    more = lines_of((77, 78, 5))
    joined = entries.followed_by(more)

    assert cells_of(sum_lines(joined)) == add_up(joined)
    assert sum_lines(joined).of(EntryKind.PAID_IN, funds=[77]).by_pair() == {(77, 78): 5}


def test_amounts_beyond_what_floats_hold_are_exact() -> None:
    big = 2**53 + 1
    lines = lines_of((1, NOBODY, big), (1, NOBODY, big), (1, NOBODY, -1))

    assert sum_lines(lines).by_fund() == {1: 2 * big - 1}


def test_ids_far_apart_are_summed_all_the_same() -> None:
    lines = lines_of(*((fund, fund + 5, 10) for fund in (1, 2**40 + 1, 2**50, 1)))

    assert sum_lines(lines).by_fund() == {1: 20, 2**40 + 1: 10, 2**50: 10}
    assert np.array_equal(sum(sum_lines(lines).by_quarter().values()), sum_lines(lines).amounts.sum(axis=0))


def test_of_nothing_there_is_no_account() -> None:
    assert sum_lines(EntryColumns.of([])).by_fund() == {}
