"""Everything about a fund that is told in tables: its life, investors, composition, holdings, stakes and terms."""

from collections.abc import Iterator, Mapping

from dashboard.readings.money.composition import composition_rows
from dashboard.readings.money.investors import investor_rows, investor_sum_rows
from dashboard.readings.portfolio.contract_terms import term_rows
from dashboard.readings.portfolio.fund_holdings import holding_rows, holding_sum_rows, stake_rows
from dashboard.readings.portfolio.fund_life import life_rows, pace_rows
from dashboard.readings.portfolio.fund_list import fund_list_rows
from dashboard.readings.returns.index_account import index_account_rows
from funds.queries.ledger_slice import LedgerSlice


def fund_file_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """The tables `life pace investor composition holding stake index_account term` with their sums.

    A selection of several funds also has `funds`, a line for each.
    """
    if len(slice_.members) > 1:
        yield from fund_list_rows(slice_)
    yield from life_rows(slice_)
    yield from pace_rows(slice_)
    yield from investor_rows(slice_)
    yield from investor_sum_rows(slice_)
    yield from composition_rows(slice_)
    yield from holding_rows(slice_)
    yield from holding_sum_rows(slice_)
    yield from stake_rows(slice_)
    yield from index_account_rows(slice_)
    yield from term_rows(slice_)
