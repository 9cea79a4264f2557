"""The lines of each fund are the same ones with an index of funds and without, and so are their sums."""

import gc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from weakref import ref

import pytest

from dashboard.readings.returns.earlier_ledgers import slice_until
from dashboard.readings.returns.fund_lines import FundLines
from dashboard.readings.returns.net_assets import NetAssetValues
from funds.book import Book
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.memory.known_lines import known_rows
from funds.queries.scopes import CITY
from tests.builders import wan
from tests.dashboard.readings.return_books import YEAR_END, book_of, worked_city
from tests.engines import SqliteDatabases


@pytest.fixture
def slice_(sqlite: SqliteDatabases) -> Iterator[LedgerSlice]:
    with book_of(sqlite, *worked_city()) as book:
        yield slice_of(book)


def slice_of(book: Book) -> LedgerSlice:
    return slice_ledger(book, "local", CITY, YEAR_END)


def test_lines_cut_from_the_book_and_others_are_found_alike(slice_: LedgerSlice) -> None:
    copied = slice_until(slice_, YEAR_END).ledger
    assert known_rows(slice_.ledger) is not None
    assert known_rows(copied) is None
    kept, other = FundLines(slice_.ledger), FundLines(copied)
    entries = slice_.ledger.entries
    assert len(slice_.facts.funds) == 2
    for fund in slice_.facts.funds:
        own = entries.id[entries.fund == fund].tolist()
        assert kept.of(fund).id.tolist() == other.of(fund).id.tolist() == own
        assert kept.cash.get(fund, 0) == other.cash.get(fund, 0) == int(kept.of(fund).amount.sum())
    assert kept.paid_in_by_investor == other.paid_in_by_investor
    assert kept.stakes == other.stakes
    assert not len(other.of(-7))


def test_flows_after_a_day_are_those_of_investors_of_the_funds_that_have_one(slice_: LedgerSlice) -> None:
    code = {fund.code: fund.id for fund in slice_.facts.funds.values()}
    lines = FundLines(slice_.ledger)
    found = lines.flows_after({code["F1"]: date(2024, 2, 1).toordinal()})
    assert set(found) == {code["F1"]}
    assert int(found[code["F1"]].amounts.sum()) == -wan(300)
    assert (found[code["F1"]].days > date(2024, 2, 1).toordinal()).all()
    assert lines.flows_after({code["F1"]: YEAR_END.toordinal()}) == {}


def test_a_value_holds_on_to_its_rows_and_not_to_the_ledger(slice_: LedgerSlice) -> None:
    """Answers outlive many versions: with the ledgers they were found in, a server would only grow."""
    values = NetAssetValues(replace(slice_, shelf={}))
    found = [values.of(fund) for fund in slice_.facts.funds] + [
        values.derived(fund) for fund in slice_.facts.funds
    ]
    named = [one.rows for one in found]
    gone = ref(values)
    del values
    gc.collect()
    assert gone() is None
    assert any(named)
    assert [one.rows for one in found] == named
