"""The sample goes into a book through either door without a fault, and the book knows which city it holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.cli.opening import record_packs
from dashboard.sample import recording
from dashboard.sample.batches import Batch
from dashboard.sample.recording import is_up_to_date, name_batch, plan_batches, record_city
from dashboard.sample.sizes import CORE, EDITION, FULL, CitySize, enlarge_city
from funds.book import LOCAL, Book, found_book
from funds.book.verify import verify_chain
from funds.drafts import ContributionDraft
from funds.errors import RulesBroken
from funds.kinds import BookKind
from funds.models import Commitment, Entry, Fund, ImportBatch, Mark
from funds.queries.invariants import check_invariants
from migrations import upgrade
from tests.builders import rows_of
from tests.engines import Databases, SqliteDatabases


def found(url: str) -> None:
    with Book(url) as book:
        upgrade(book.engine)
        found_book(book, BookKind.DEMO, "示例市")
        record_packs(book)


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    with Book(databases.copy_of("founded for a demo", found)) as book:
        yield book


def record(book: Book, size: CitySize, folder: Path) -> list[tuple[int, int]]:
    told: list[tuple[int, int]] = []

    def tell(_batch: Batch, number: int, count: int) -> None:
        told.append((number, count))

    record_city(book, LOCAL, size, plan_batches(size), folder, tell)
    return told


def faults_of(book: Book) -> list[str]:
    with book.look() as look:
        problems = verify_chain(look.connection, book.anchor) + check_invariants(
            look.connection, look.version
        )
    return [f"{problem.code} {problem.where}" for problem in problems]


@pytest.mark.full
def test_the_core_comes_in_two_workbooks_and_says_which_city_it_is(book: Book, tmp_path: Path) -> None:
    assert not is_up_to_date(book, None)
    assert record(book, CORE, tmp_path) == [(1, 2), (2, 2)]
    assert [row["rows_new"] for row in rows_of(book, ImportBatch)] == [
        batch.rows for batch in plan_batches(CORE)
    ]
    assert faults_of(book) == []
    assert is_up_to_date(book, None)
    assert is_up_to_date(book, CORE)
    assert not is_up_to_date(book, FULL)


@pytest.mark.full
def test_both_doors_leave_the_same_ledger(
    sqlite: SqliteDatabases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledgers = []
    for longest in (recording.LONGEST_SHEET, 100):
        monkeypatch.setattr(recording, "LONGEST_SHEET", longest)
        with Book(sqlite.copy_of("founded for a demo", found)) as book:
            batches = record(book, CORE, tmp_path)
            assert len(batches) == (2 if longest > 100 else 7)
            assert bool(rows_of(book, ImportBatch)) is (longest > 100)
            assert faults_of(book) == []
            assert is_up_to_date(book, CORE)
            ledgers.append(sorted((row["moved_on"], row["amount_fen"]) for row in rows_of(book, Entry)))
    assert ledgers[0] == ledgers[1] != []


def test_the_whole_city_comes_in_without_a_fault(sqlite: SqliteDatabases, tmp_path: Path) -> None:
    with Book(sqlite.copy_of("founded for a demo", found)) as book:
        record(book, FULL, tmp_path)
        assert faults_of(book) == []
        assert len(rows_of(book, Fund)) == 45
        assert len(rows_of(book, Mark)) > 3_000
        assert len(rows_of(book, Entry)) > 5_000


def test_a_batch_that_breaks_a_rule_leaves_nothing_behind(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "LONGEST_SHEET", 100)
    batches = plan_batches(CORE)
    rows = [row for row in batches[0].drafts[ContributionDraft] if row.fund != "F03"]  # type: ignore[attr-defined]
    broken = Batch(batches[0].until, {**batches[0].drafts, ContributionDraft: rows})
    before = book.head()
    with pytest.raises(RulesBroken):
        record_city(book, LOCAL, CORE, [broken, *batches[1:]], tmp_path, lambda *_: None)
    assert book.head() == before
    assert rows_of(book, Commitment) == []


@pytest.mark.full
def test_a_book_of_another_edition_is_not_up_to_date(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(book, CORE, tmp_path)
    monkeypatch.setattr("dashboard.sample.recording.EDITION", EDITION + 1)
    assert not is_up_to_date(book, None)


def test_a_batch_is_named_after_edition_size_and_day() -> None:
    size = enlarge_city(60, 20_000)
    [first, *_] = plan_batches(CORE)
    assert name_batch(size, first).endswith("60.20000-2025-12-31")
