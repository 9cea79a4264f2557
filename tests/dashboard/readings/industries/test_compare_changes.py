"""The parts of a difference are those worked out by hand, and add up to it to the fen whatever happened."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.readings.industries.alignment import read_alignment
from dashboard.readings.industries.compare_changes import (
    Amounts,
    ChangeKind,
    list_changes,
    sum_kinds,
    total_of,
)
from dashboard.readings.industries.tag_parts import TagMode
from funds.book import Book
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import park_scope
from tests.builders import wan
from tests.dashboard.readings.industries.compare_book import LEFT, RIGHT, compare_book
from tests.dashboard.readings.industries.small_books import FIRMS, FUNDS, days, shares, slices, tags
from tests.dashboard.readings.park_book import slice_of
from tests.engines import SqliteDatabases

P1, P3 = park_scope("P1"), park_scope("P3")


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with compare_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def amounts(cost: int, aligned: int, value: int, aligned_value: int) -> Amounts:
    """Amounts in 万元."""
    return Amounts(*map(wan, (cost, aligned, value, aligned_value)))


def test_every_kind_of_change_has_the_part_worked_out_by_hand(book: Book) -> None:
    left, right = slice_of(book, P1, LEFT), slice_of(book, P1, RIGHT)

    assert total_of(left, TagMode.PRIMARY) == amounts(1_620, 900, 1_620, 900)
    assert dict(sum_kinds(list_changes(left, right, TagMode.PRIMARY))) == {
        ChangeKind.NEW_DEAL: amounts(70, 0, 70, 0),
        ChangeKind.FOLLOW_ON: amounts(50, 50, 50, 50),
        ChangeKind.EXIT: amounts(-120, -120, -120, -120),
        ChangeKind.WRITE_OFF: amounts(0, 0, -500, -500),
        ChangeKind.MARK: amounts(0, 0, 350, 350),
        ChangeKind.LEADING: amounts(0, 500, 0, 500),
        ChangeKind.TAG: amounts(0, 100, 0, 100),
        ChangeKind.SHARE: amounts(60, 0, 60, 0),
    }
    assert total_of(right, TagMode.PRIMARY) == amounts(1_680, 1_430, 1_530, 1_280)


@pytest.mark.parametrize("mode", TagMode)
def test_both_ends_are_what_the_measures_divide(book: Book, mode: TagMode) -> None:
    for day in (LEFT, RIGHT):
        part = slice_of(book, P1, day)
        whole, reading = total_of(part, mode), read_alignment(part, mode)
        cost, value = reading.figure("AL01", "cost"), reading.figure("AL02", "fair_value")
        assert (whole.aligned, whole.cost) == (cost.numerator, cost.denominator)
        assert (whole.aligned_value, whole.value) == (value.numerator, value.denominator)


@pytest.mark.parametrize("mode", TagMode)
def test_the_way_back_is_the_same_with_the_signs_turned(book: Book, mode: TagMode) -> None:
    left, right = slice_of(book, P1, LEFT), slice_of(book, P1, RIGHT)
    there, back = (sum_kinds(list_changes(*pair, mode)) for pair in ((left, right), (right, left)))

    assert {kind: Amounts() - one for kind, one in there.items()} == dict(back)


def test_the_marks_of_a_holding_are_one_change_and_the_largest_change_stands_first(book: Book) -> None:
    changes = list_changes(slice_of(book, P1, LEFT), slice_of(book, P1, RIGHT), TagMode.PRIMARY)
    marks = [one for one in changes if one.kind is ChangeKind.MARK]

    assert changes[0].kind is ChangeKind.LEADING
    assert [one.count for one in marks] == [1]
    assert sum((one.amounts for one in changes), Amounts()) == amounts(60, 530, -90, 380)


def test_of_two_parks_every_holding_is_a_part_and_a_shared_one_is_on_both_sides(book: Book) -> None:
    mine, theirs = slice_of(book, P1, RIGHT), slice_of(book, park_scope("P2"), RIGHT)
    changes = list_changes(mine, theirs, TagMode.PRIMARY)

    assert {one.kind for one in changes} == {ChangeKind.ONLY_LEFT, ChangeKind.BOTH}
    # F2's 200 in C4: 20 are P2's, 180 are P1's; MAT leads in P2.
    (shared,) = [one for one in changes if one.kind is ChangeKind.BOTH]
    assert shared.amounts == amounts(-160, 20, -160, 20)
    assert total_of(mine, TagMode.PRIMARY) + sum((one.amounts for one in changes), Amounts()) == total_of(
        theirs, TagMode.PRIMARY
    )


def test_the_same_park_on_the_same_day_has_no_changes(book: Book) -> None:
    assert list_changes(slice_of(book, P3), slice_of(book, P3), TagMode.PRIMARY) == []


@given(slices(), st.sampled_from(TagMode), st.data())
def test_whatever_happened_the_parts_are_the_difference(
    whole: LedgerSlice, mode: TagMode, data: st.DataObject
) -> None:
    """Tags, shares and leading industries of the earlier day are other ones, drawn at random."""
    day = data.draw(days.filter(lambda one: one <= whole.as_of))
    earlier = _as_it_was(whole, data, day).narrow(P1)
    later = whole.narrow(P1)
    changes = list_changes(earlier, later, mode)

    assert total_of(earlier, mode) + sum((one.amounts for one in changes), Amounts()) == total_of(later, mode)


def _as_it_was(whole: LedgerSlice, data: st.DataObject, day: date) -> LedgerSlice:
    facts, ledger = whole.facts, whole.ledger
    until = day.toordinal()
    funds = {fund: replace(facts.funds[fund], shares=data.draw(shares())) for fund in FUNDS}
    tagged = {firm: data.draw(tags()) for firm in FIRMS}
    was = replace(facts, as_of=day, funds=funds, tags=tagged)
    entries = ledger.entries.take(ledger.entries.day <= until)
    marks = ledger.marks.take(ledger.marks.day <= until)
    return replace(
        whole, as_of=day, facts=was, ledger=replace(ledger, entries=entries, marks=marks), shelf={}
    )
