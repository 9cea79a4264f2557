"""Each invariant of the whole book reports the row that was written past the verbs."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from funds.book import WHOLE, Book
from funds.kinds import EntryKind
from funds.models import (
    BookRow,
    CommitmentMovement,
    DealFact,
    Document,
    Entry,
    Exit,
    FundPark,
    ImportBatch,
)
from funds.queries.invariants import check_invariants
from tests.builders import build_book, day, open_book, record, rows_of, wan, whole_city
from tests.engines import Databases
from tests.funds.book.sample_book import build_sample

Found = set[tuple[str, str]]


def build_city(url: str) -> None:
    """One of everything (for `databases.copy_of`)."""
    build_book(url)
    book = open_book(url)
    record(book, *whole_city())
    book.close()


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """A sound book with one of everything, on each engine in turn."""
    book = open_book(databases.copy_of("whole city", build_city))
    yield book
    book.close()


def found_in(book: Book, version: int | None = None) -> Found:
    """Codes and rows of what does not hold."""
    with book.look() as look:
        problems = check_invariants(look.connection, version or look.version)
    return {(problem.code, problem.where) for problem in problems}


def add(book: Book, model: type[BookRow], row: dict[str, Any], **values: Any) -> str:
    """Write a row like another past every verb; its name."""
    like = {column: value for column, value in row.items() if column not in {"id", "revision_id"}}
    with book.change("local", "past the verbs") as change:
        (row_id,) = change.add(model, [like | values])
    return f"{model.__tablename__}#{row_id}"


def replace(book: Book, model: type[BookRow], row: dict[str, Any], **values: Any) -> str:
    """Write a row in another's place past every verb; its name."""
    return add(book, model, row, replaces_id=row["id"], **values)


def test_the_sample_book_breaks_none(databases: Databases) -> None:
    book = open_book(databases.copy_of("sample city", build_sample))
    try:
        assert found_in(book) == set()
    finally:
        book.close()


def test_a_city_with_one_of_everything_breaks_none(book: Book) -> None:
    assert found_in(book) == set()


def test_two_lines_of_a_movement_that_do_not_sum_to_nothing(book: Book) -> None:
    [stake] = rows_of(book, Entry, kind=EntryKind.STAKE_PAYMENT)
    [paid] = [
        row for row in rows_of(book, Entry, movement_id=stake["movement_id"]) if row["id"] != stake["id"]
    ]
    lowered = replace(book, Entry, stake, amount_fen=stake["amount_fen"] + 1)
    assert found_in(book) == {
        ("invariant.transfer_sum", f"entry#{paid['id']}"),
        ("invariant.mirror", f"entry#{paid['id']}"),
        ("invariant.mirror", lowered),
    }


def test_a_third_line_of_a_movement(book: Book) -> None:
    [stake] = rows_of(book, Entry, kind=EntryKind.STAKE_PAYMENT)
    third = add(book, Entry, stake, kind=EntryKind.FEE)
    first = min(row["id"] for row in rows_of(book, Entry, movement_id=stake["movement_id"]))
    assert third != f"entry#{first}"
    assert found_in(book) == {("invariant.transfer_sum", f"entry#{first}")}


def test_halves_of_a_transferred_commitment_that_do_not_sum_to_nothing(book: Book) -> None:
    halves = [row for row in rows_of(book, CommitmentMovement) if row["kind"] == "transfer"]
    replace(book, CommitmentMovement, halves[1], amount_fen=halves[1]["amount_fen"] + 1)
    assert ("invariant.transfer_sum", f"commitment_movement#{halves[0]['id']}") in found_in(book)


def test_a_mother_who_paid_on_another_day_than_the_child_was_paid(book: Book) -> None:
    [stake] = rows_of(book, Entry, kind=EntryKind.STAKE_PAYMENT)
    later = replace(book, Entry, stake, moved_on=day("2020-03-02"))
    paid = f"entry#{stake['movement_id']}"
    assert found_in(book) == {("invariant.mirror", paid), ("invariant.mirror", later)}


def test_a_child_paid_by_a_mother_without_her_line(book: Book) -> None:
    [receipt] = rows_of(book, Entry, kind=EntryKind.STAKE_RECEIPT)
    replace(book, Entry, receipt, withdrawn=True)
    assert found_in(book) == {("invariant.mirror", f"entry#{receipt['movement_id']}")}


def test_more_paid_in_than_committed(book: Book) -> None:
    paid = next(row for row in rows_of(book, Entry, kind=EntryKind.PAID_IN) if row["notice_no"] == "N1")
    more = replace(book, Entry, paid, amount_fen=wan(5_000))
    assert found_in(book) == {("invariant.commitment", more)}


def test_a_commitment_below_nothing(book: Book) -> None:
    given = next(row for row in rows_of(book, CommitmentMovement) if row["kind"] == "new")
    less = replace(book, CommitmentMovement, given, amount_fen=-given["amount_fen"])
    assert ("invariant.commitment", less) in found_in(book)


def test_cash_below_nothing_on_one_day_only(book: Book) -> None:
    [fee] = rows_of(book, Entry, kind=EntryKind.FEE)
    early = replace(book, Entry, fee, moved_on=day("2020-02-28"))
    assert found_in(book) == {("invariant.cash", early)}


def test_more_cost_given_up_than_there_was(book: Book) -> None:
    [sale] = [row for row in rows_of(book, Exit) if row["kind"] == "transfer"]
    more = replace(book, Exit, sale, cost_out_fen=wan(1_001))
    assert found_in(book) == {("invariant.cost", more)}


def test_parks_that_do_not_make_a_whole(book: Book) -> None:
    share = rows_of(book, FundPark)[0]
    less = replace(book, FundPark, share, share_ppm=share["share_ppm"] - 1)
    [(code, where)] = found_in(book)
    assert (code, where.split("#")[0]) == ("invariant.park_shares", "fund_park")
    assert less


def test_a_file_that_is_not_what_its_hash_says(book: Book) -> None:
    file = {"sha256": "0" * 64, "name": "a.xlsx", "size": 3, "content": b"abc", "origin": None}
    assert found_in(book) | {("invariant.document", add(book, Document, file))} == found_in(book)


def test_an_import_that_counted_wrong(book: Book) -> None:
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    file = {"sha256": digest, "name": "a.xlsx", "size": 3, "content": b"abc", "origin": None}
    with book.change("local", "past the verbs", action="import") as change:
        (document_id,) = change.add(Document, [file])
        batch = {"document_id": document_id, "rows_read": 2, "rows_new": 1, "total_fen": 0, "origin": None}
        (batch_id,) = change.add(ImportBatch, [batch])
    assert found_in(book) == {("invariant.batch", f"import_batch#{batch_id}")}


def test_an_import_without_its_batch(book: Book) -> None:
    with book.change("local", "past the verbs", action="import") as change:
        pass
    assert found_in(book) == {("invariant.no_batch", f"revision#{change.version}")}


def test_a_column_for_fractions(book: Book) -> None:
    with book.engine.begin() as connection:
        connection.execute(text("ALTER TABLE entry ADD COLUMN rate DOUBLE PRECISION"))
        connection.execute(text("ALTER TABLE mark ADD COLUMN share NUMERIC(12, 4)"))
    columns = {("invariant.fraction_column", "entry.rate"), ("invariant.fraction_column", "mark.share")}
    assert found_in(book) == columns


def test_something_before_its_fund_was_set_up(book: Book) -> None:
    [income] = rows_of(book, Entry, kind=EntryKind.OTHER_INCOME)
    early = replace(book, Entry, income, moved_on=day("2019-12-31"))
    assert found_in(book) == {("invariant.life", early)}


def test_a_revision_by_nobody(book: Book) -> None:
    with book.engine.connect().execution_options(sight=WHOLE, writing=True) as connection, connection.begin():
        connection.execute(
            text(
                "INSERT INTO revision (id, recorded_at, person_id, action, reason) "
                "VALUES (99, '2026-01-16T00:00:00.000000Z', 77, 'record', 'x')"
            )
        )
    assert found_in(book, 99) == {("invariant.reference", "revision#99")}


def test_a_movement_called_after_a_line_that_is_not(book: Book) -> None:
    [fee] = rows_of(book, Entry, kind=EntryKind.FEE)
    lost = replace(book, Entry, fee, movement_id=4_000)
    assert found_in(book) == {("invariant.reference", lost)}


@pytest.mark.parametrize("column", ["movement_id", "paid_on"])
def test_a_deal_whose_payment_says_something_else(book: Book, column: str) -> None:
    deals = rows_of(book, DealFact)
    value = deals[1]["movement_id"] if column == "movement_id" else day("2021-07-01")
    moved = replace(book, DealFact, deals[0], **{column: value})
    payment = f"entry#{deals[0]['movement_id']}"
    assert found_in(book) == {("invariant.counterpart", moved), ("invariant.counterpart", payment)}


@pytest.mark.parametrize("values", [{"amount_fen": 1}, {"movement_id": None}])
def test_an_exit_whose_proceeds_say_something_else(book: Book, values: dict[str, Any]) -> None:
    [sale] = [row for row in rows_of(book, Exit) if row["kind"] == "transfer"]
    other = replace(book, Exit, sale, **values)
    proceeds = f"entry#{sale['movement_id']}"
    assert found_in(book) == {("invariant.counterpart", other), ("invariant.counterpart", proceeds)}


def test_what_was_written_later_is_not_held_against_an_earlier_version(book: Book) -> None:
    before = book.head().version
    [fee] = rows_of(book, Entry, kind=EntryKind.FEE)
    replace(book, Entry, fee, amount_fen=-wan(90_000))
    assert found_in(book, before) == set()
    assert found_in(book) != set()
