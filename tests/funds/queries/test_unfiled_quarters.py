"""Which funds have not filed a quarter, and by when each step of a quarter is due."""

from collections.abc import Iterator

import pytest

from funds.book import Book
from funds.drafts import FundDraft
from funds.kinds import FundStatus
from funds.measures import MICRO
from funds.queries.unfiled_quarters import Unfiled, read_due_days, read_unfiled
from funds.recording import record_reminders
from tests.builders import day, fund, policy, prepared_book, record
from tests.engines import SqliteDatabases
from tests.funds.recording.period_city import END, QUARTER, closing_city, file, filing, fund_id_of, reminder


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "closing", closing_city) as made:
        yield made
    sqlite.drop_made()


def unfiled(book: Book, on: str = "2026-01-20", version: int | None = None) -> list[Unfiled]:
    with book.look(version) as look:
        return read_unfiled(look.connection, look.version, QUARTER, day(END), day(on))


def due(book: Book, step: str, end: str = END) -> str | None:
    with book.look() as look:
        found = read_due_days(look.connection, look.version).of(step, day(end))
    return None if found is None else found.isoformat()


def closed(code: str, status: FundStatus, **more: str) -> FundDraft:
    return fund(code, f"基金{code}", status=status, **more)


def test_a_fund_is_missing_until_it_files_and_its_reminders_are_counted(book: Book) -> None:
    m, f1 = fund_id_of(book, "M"), fund_id_of(book, "F1")
    before = book.head().version
    assert unfiled(book) == [Unfiled(m, 0, None), Unfiled(f1, 0, None)]
    for _ in range(2):
        with book.change("analyst", "催报") as change:
            record_reminders(change, [reminder()])
    assert unfiled(book)[1] == Unfiled(f1, 2, day("2026-01-15"))
    file(book, filing())
    assert [one.fund_id for one in unfiled(book)] == [m]
    file(book, filing("M"), person="local")
    assert unfiled(book) == []
    assert [one.reminders for one in unfiled(book, version=before)] == [0, 0]


def test_funds_that_were_not_there_yet_or_are_over_file_nothing(book: Book) -> None:
    record(book, fund("NEW", on="2026-01-05"), closed("OVER", FundStatus.CLOSED))
    record(book, closed("GONE", FundStatus.ABANDONED), closed("LAST", FundStatus.LIQUIDATING))
    assert [one.fund_id for one in unfiled(book)] == [fund_id_of(book, code) for code in ("M", "F1", "LAST")]


def test_of_several_due_days_the_one_in_force_that_began_last_speaks(book: Book) -> None:
    assert due(book, "filed") is None
    rows = [("2000-01-01", 15, None), ("2024-01-01", 20, None), ("2025-01-01", 30, "2025-06-30")]
    record(
        book,
        *(
            policy(
                "quarter.due_filed",
                on=on,
                value_e6=days * MICRO,
                unit="天",
                pack=f"p{days}",
                to_date=None if to is None else day(to),
            )
            for on, days, to in rows
        ),
    )
    assert due(book, "filed", "2023-12-31") == "2024-01-15"
    assert due(book, "filed", "2024-03-31") == "2024-04-20"
    assert due(book, "filed", "2025-03-31") == "2025-04-30"
    assert due(book, "filed", "2025-06-30") == "2025-07-20"
    assert due(book, "locked") is None
