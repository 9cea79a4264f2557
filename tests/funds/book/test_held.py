"""Rows that wait are written before anything could miss them, in the order and with the ids they were given."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select, text

from funds.book import Book, Change
from funds.book.held import BESIDE_HELD
from funds.book.verify import verify_chain
from funds.kinds import EntryKind
from funds.models import Commitment, Entry
from tests.builders import base_city, record, rows_of


def _lines(change: Change, amounts: Sequence[int]) -> dict[str, Sequence[object]]:
    row = change.connection.execute(select(Commitment.fund_id, Commitment.investor_id)).first()
    assert row is not None
    count = len(amounts)
    first = change.next_id(Entry)
    return {
        "fund_id": [row.fund_id] * count,
        "kind": [EntryKind.PAID_IN] * count,
        "amount_fen": amounts,
        "moved_on": [date(2021, 1, 1)] * count,
        "counterparty_id": [row.investor_id] * count,
        "movement_id": list(range(first, first + count)),
        "is_inside_commitment": [True] * count,
        "is_recallable": [False] * count,
        "is_in_kind": [False] * count,
        "occurrence": list(range(1, count + 1)),
        "origin": [f"实缴!{place}" for place in range(2, count + 2)],
    }


def _count(change: Change) -> int:
    """Lines in the database itself, whatever waits."""
    query = text("SELECT count(*) FROM entry").execution_options(**BESIDE_HELD)
    return int(change.connection.execute(query).scalar_one())


def test_rows_wait_until_a_statement_names_their_table(book: Book) -> None:
    record(book, *base_city())
    with book.change("local", "x") as change:
        before = _count(change)
        change.hold(Entry, _lines(change, [100, 200]))
        change.connection.execute(select(Commitment.id)).all()
        assert _count(change) == before
        own = select(Entry.amount_fen).where(Entry.revision_id == change.revision_id).order_by(Entry.id)
        assert change.connection.execute(own).scalars().all() == [100, 200]
        assert _count(change) == before + 2


def test_rows_that_still_wait_at_the_end_are_sealed_with_the_others(book: Book) -> None:
    record(book, *base_city())
    with book.change("local", "x") as change:
        change.hold(Entry, _lines(change, [100, 200, 300]))
        change.hold(Entry, _lines(change, []))
    found = [row for row in rows_of(book, Entry) if row["revision_id"] == change.revision_id]
    assert [(row["amount_fen"], row["origin"], row["withdrawn"]) for row in found] == [
        (100, "实缴!2", False),
        (200, "实缴!3", False),
        (300, "实缴!4", False),
    ]
    assert [row["id"] for row in found] == [row["movement_id"] for row in found]
    with book.look() as look:
        assert verify_chain(look.connection, None) == []


def test_a_rehearsal_within_a_change_takes_its_waiting_rows_back(book: Book) -> None:
    record(book, *base_city())
    with book.change("local", "x") as change:
        change.hold(Entry, _lines(change, [100]))
        with change.rehearsing():
            change.hold(Entry, _lines(change, [200]))
        assert change.list_origins() >= {"实缴!2"}
        change.hold(Entry, _lines(change, [300]))
    found = [row["amount_fen"] for row in rows_of(book, Entry) if row["revision_id"] == change.revision_id]
    assert found == [100, 300]


def test_the_rows_of_some_funds_can_be_written_alone(book: Book) -> None:
    record(book, *base_city())
    with book.change("local", "x", dry_run=True) as change:
        lines = _lines(change, [100, 200])
        change.hold(Entry, lines)
        change.held.write({-1})
        change.held.write(set())
        assert [len(part) for part in change.held.of("entry")] == [2]
        before = _count(change)
        change.held.write({lines["fund_id"][0]})  # type: ignore[arg-type]
        assert _count(change) == before + 2
        assert change.list_origins() >= {"实缴!2", "实缴!3"}


def test_what_is_abandoned_was_never_written(book: Book) -> None:
    record(book, *base_city())
    before = len(rows_of(book, Entry))
    with book.change("local", "x", dry_run=True) as change:
        change.hold(Entry, _lines(change, [100]))
    assert len(rows_of(book, Entry)) == before
