"""Columns with a source say what plain ones say, whichever way they were picked, found, replaced or joined."""

from collections.abc import Iterator
from datetime import date
from random import Random

import numpy as np
import pytest

from funds.book import Book
from funds.kinds import EntryKind
from funds.queries import read_columns
from funds.queries.attribution import ALL, Interval, cut
from funds.queries.column_sources import Arrays, Source
from funds.queries.columns import NOBODY, Columns, EntryColumns, HoldingColumns, Int
from funds.queries.id_map import IdMap
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.pieces import Pieces
from funds.queries.scopes import CITY, Scope, fund_scope, park_scope
from tests.builders import PERSON, fee, prepared_book, record, whole_city
from tests.engines import Databases

LATE = date(2100, 1, 1)


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """A city with rows in every table."""
    with prepared_book(databases, "kept-columns", whole_city) as made:
        yield made


def cut_out(book: Book, scope: Scope = CITY, on: date = LATE) -> LedgerSlice:
    return slice_ledger(book, PERSON, scope, on)


def plain(columns: EntryColumns) -> EntryColumns:
    """The same rows as arrays that lie there."""
    return EntryColumns(**{name: getattr(columns, name) for name in EntryColumns.__dataclass_fields__})


def assert_alike(found: Columns, wanted: Columns) -> None:
    assert len(found) == len(wanted)
    for name in type(wanted).__dataclass_fields__:
        assert getattr(found, name).tolist() == getattr(wanted, name).tolist(), name


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_done_to_them_they_stay_alike(book: Book, seed: int) -> None:
    random = Random(seed)
    mine = cut_out(book, CITY, random.choice((LATE, date(2021, 7, 1)))).ledger.entries
    theirs = plain(mine)
    for _ in range(6):
        count = len(theirs)
        way = random.choice(("mask", "places", "kind", "fund", "amount", "join"))
        if way == "mask":
            mask = np.array([random.random() < 0.8 for _ in range(count)], dtype=np.bool_)
            mine, theirs = mine.take(mask), theirs.take(mask)
        elif way == "places":
            places = np.array(random.choices(range(count), k=count) if count else [], dtype=np.int64)
            mine, theirs = mine.take(places), theirs.take(places)
        elif way == "kind":
            kinds = random.sample(list(EntryKind), 5)
            mine, theirs = mine.of_kind(*kinds), theirs.of_kind(*kinds)
        elif way == "fund":
            funds = random.sample(sorted(set(theirs.fund.tolist())), min(count, 1))
            mine, theirs = mine.where("fund", funds), theirs.where("fund", funds)
        elif way == "amount":
            amounts = np.arange(count)
            mine, theirs = mine.replaced("amount", amounts), theirs.replaced("amount", amounts)
        else:
            more = theirs.take(np.arange(min(2, count)))
            mine, theirs = mine.followed_by(more), theirs.followed_by(more)
        assert_alike(mine, theirs)


def test_what_nobody_asks_for_is_not_read() -> None:
    class Watched(Arrays):
        def pick(self, name: str, places: Int) -> Int:
            asked.append(name)
            return super().pick(name, places)

    asked: list[str] = []
    source: Source = Watched({"id": np.arange(5), "fund": np.arange(5), "company": np.arange(5)})
    columns = HoldingColumns.from_source(source).take(np.array([1, 3]))

    assert (len(columns), asked) == (2, [])
    assert columns.fund.tolist() == columns.fund.tolist() == [1, 3]
    assert asked == ["fund"]
    with pytest.raises(AttributeError):
        columns.amount  # noqa: B018


def test_the_whole_city_shares_what_is_kept(book: Book) -> None:
    first = cut_out(book)
    record(book, fee("F1", 2, "2021-01-01"))
    second = cut_out(book)

    assert first.entries is first.ledger.entries
    assert len(second.entries) == len(first.entries) + 1
    assert np.shares_memory(first.entries.amount, second.entries.amount)


def test_a_park_and_a_fund_take_their_own_lines(book: Book) -> None:
    city = cut_out(book)
    for scope in (fund_scope("F1"), fund_scope("M"), park_scope("P1"), park_scope("P2")):
        own = cut_out(book, scope)
        lines = plain(city.entries).take(np.isin(city.entries.fund, list(own.members)))
        assert_alike(own.uncut_entries, lines)
        parts = [own.members[fund] for fund in lines.fund.tolist()]
        pieces = [
            int(cut(np.array([amount]), part.start, part.end)[0])
            for amount, part in zip(lines.amount.tolist(), parts, strict=True)
        ]
        assert own.entries.amount.tolist() == pieces
        assert own.holds(city.entries.fund).tolist() == [
            fund in own.members for fund in city.entries.fund.tolist()
        ]


def test_only_so_many_bytes_of_read_columns_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_columns, "MOST", 3 * 8 * 20_000)
    numbers = np.arange(20_000)
    base = HoldingColumns.from_source(Arrays({"id": numbers, "fund": numbers, "company": numbers}))
    rows = [base.take(np.arange(20_000)) for _ in range(6)]
    first = [one.fund for one in rows]

    assert rows[-1].fund is first[-1]
    assert rows[0].fund is not first[0]
    assert [one.tolist()[-1] for one in first] == [19_999] * 6


@pytest.mark.parametrize("ids", [[5, 9, 7], [2**40 + 3, 2**40 + 1], [1, 2**50]])
def test_many_ids_are_looked_up_at_once(ids: list[int]) -> None:
    found = IdMap({one: at for at, one in enumerate(ids)})
    asked = [*ids, NOBODY, 0, max(ids) + 1, max(ids) + 2, min(ids) - 1, 2**60, *ids]

    assert found.find(np.array(asked)).tolist() == [ids.index(one) if one in ids else NOBODY for one in asked]
    assert IdMap({}).find(np.array([1, 2])).tolist() == [NOBODY, NOBODY]


def test_a_fund_outside_the_scope_has_no_piece() -> None:
    for members in ({1: ALL}, {1: Interval(0, 10)}):
        with pytest.raises(KeyError):
            Pieces(members).cut(np.array([1, 2]), np.array([10, 10]))
