"""What is kept while a fund's lines stay the same is what would be worked out anew."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from dashboard.readings.kept_by_lines import keep_by_lines
from dashboard.readings.money.leverage import LeverageOptions, read_leverage
from dashboard.readings.portfolio.fund_list import list_funds
from dashboard.readings.reached_funds import reach
from dashboard.readings.returns.earlier_ledgers import slice_until
from dashboard.readings.returns.performance import read_performance
from dashboard.readings.returns.returns import read_returns
from funds.book import Book
from funds.kinds import Basis
from funds.models import Balance, CommitmentMovement, Entry, Exit, FundNav, IndexLevel, Mark
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.memory.known_lines import KNOWN
from funds.queries.scopes import CITY, Scope, fund_scope
from tests.builders import contribution, fee, park_figure, record, whole_city
from tests.dashboard.readings.return_books import YEAR_END, book_of
from tests.engines import SqliteDatabases
from tests.funds.queries.memory import shaken_books

READINGS: tuple[Callable[[LedgerSlice], object], ...] = (
    read_performance,
    read_leverage,
    lambda slice_: read_leverage(slice_, LeverageOptions(basis=Basis.PAID_IN)),
    list_funds,
    read_returns,
)

# A firm or a deal that is taken back while its payments stay is no book that a figure can be asked of.
LINES = (Entry,) * 4
SHAKEN = (Entry, CommitmentMovement, Exit, Mark, FundNav, Balance, IndexLevel)


def slice_of(book: Book, scope: Scope = CITY, version: int | None = None) -> LedgerSlice:
    return slice_ledger(book, "local", scope, YEAR_END, version)


def worked_out(slice_: LedgerSlice) -> LedgerSlice:
    """The same with nothing kept of it and nothing to keep it by."""
    found = replace(slice_, facts=replace(slice_.facts), ledger=replace(slice_.ledger))
    assert KNOWN not in vars(found.ledger)
    return found


@keep_by_lines
def count_lines(slice_: LedgerSlice, /, *_more: object) -> list[int]:
    """A fresh answer each time that it is worked out."""
    return [len(slice_.entries)]


@pytest.mark.parametrize("seed", [1, 2])
def test_after_any_change_every_answer_is_as_if_worked_out_anew(
    sqlite: SqliteDatabases, seed: int, counts: Callable[[int, int], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(seed)
    with book_of(sqlite, *whole_city()) as book:
        scopes = [CITY, fund_scope("F1"), fund_scope("M"), fund_scope("F1", "M")]
        for _ in range(counts(4, 60)):
            monkeypatch.setattr(shaken_books, "SHAKEN", random.choice((SHAKEN, LINES)))
            shaken_books.shake(book, random)
            last = book.head().version
            for scope in scopes:
                slice_ = slice_of(book, scope, random.choice((None, last, last - 1)))
                # The last of them takes long; every fund and both together are enough.
                for read in READINGS if scope != CITY else READINGS[:-1]:
                    assert read(slice_) == read(worked_out(slice_))


def test_a_line_of_one_fund_makes_old_what_rests_on_it_and_nothing_else(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *whole_city()) as book:
        below = reach(slice_of(book), slice_of(book, fund_scope("M")).members)
        assert below == set(slice_of(book).members)
        before = {code: count_lines(slice_of(book, fund_scope(code))) for code in ("F1", "M")}
        record(book, fee("M", 5, "2021-01-01"))
        assert count_lines(slice_of(book, fund_scope("F1"))) is before["F1"]
        assert count_lines(slice_of(book, fund_scope("M"))) == [before["M"][0] + 1]
        record(book, contribution("F1", "LP2", 1, "2022-01-01"))
        after = {code: count_lines(slice_of(book, fund_scope(code))) for code in ("F1", "M")}
        assert all(after[code] is not before[code] for code in after)


def test_what_was_paid_into_a_fund_changes_the_figures_of_the_fund_above_it(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *whole_city()) as book:
        before = read_leverage(slice_of(book, fund_scope("M"))).figure("LV01", "paid_in")
        record(book, contribution("F1", "LP2", 1, "2022-01-01"))
        after = slice_of(book, fund_scope("M"))
        assert read_leverage(after).figure("LV01", "paid_in") != before
        assert read_leverage(after) == read_leverage(worked_out(after))


def test_what_a_park_files_leaves_every_answer_as_it_is(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *whole_city()) as book:
        before = count_lines(slice_of(book))
        record(book, park_figure(None, "S02", "2020"))
        assert count_lines(slice_of(book)) is before


def test_another_question_or_another_ground_has_an_answer_of_its_own(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *whole_city()) as book:
        slice_ = slice_of(book, fund_scope("F1"))
        asked: list[Any] = [
            slice_of(book),
            replace(slice_, readable=replace(slice_.readable, is_city=False)),
            replace(slice_, facts=replace(slice_.facts, funds=dict(slice_.facts.funds))),
            replace(slice_, ledger=replace(slice_.ledger)),
            slice_until(slice_, YEAR_END),
        ]
        first = count_lines(slice_)
        assert count_lines(slice_of(book, fund_scope("F1"))) is first
        assert count_lines(slice_, 1) is not first
        assert all(count_lines(one) is not first for one in asked)


def test_readings_tell_the_version_that_was_asked_for(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *whole_city()) as book:
        earlier = book.head().version
        for read in (read_performance, read_leverage):
            read(slice_of(book, fund_scope("F1")))
        record(book, fee("M", 5, "2021-01-01"))
        for read in (read_performance, read_leverage):
            assert read(slice_of(book, fund_scope("F1"))).version == book.head().version > earlier
