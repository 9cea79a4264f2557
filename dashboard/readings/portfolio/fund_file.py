"""Everything about a fund that is told in tables: its life, investors, composition, holdings, stakes and terms."""

from collections.abc import Iterator, Mapping

from dashboard.readings.money.composition import composition_rows
from dashboard.readings.money.investors import investor_rows, investor_sum_rows
from dashboard.readings.portfolio.calls_due import call_line_rows, call_rows
from dashboard.readings.portfolio.contract_terms import term_rows
from dashboard.readings.portfolio.exits import exit_rows
from dashboard.readings.portfolio.expiring import expiring_rows
from dashboard.readings.portfolio.fund_holdings import holding_rows, holding_sum_rows, stake_rows
from dashboard.readings.portfolio.fund_life import life_rows, pace_rows
from dashboard.readings.portfolio.fund_list import fund_list_rows
from dashboard.readings.portfolio.fund_quarter import fund_quarter_rows
from dashboard.readings.portfolio.local_firms import local_firm_rows
from dashboard.readings.portfolio.overdue import overdue_rows
from dashboard.readings.portfolio.payouts import payout_line_rows, payout_rows, unfunded_rows
from dashboard.readings.portfolio.project_life import project_rows
from dashboard.readings.returns.index_account import index_account_rows
from funds.queries.ledger_slice import LedgerSlice


def fund_file_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """The tables `life pace investor composition holding stake index_account term` with their sums, then
    `call overdue unfunded payout local_firm project valuation mark_trigger quarter_roll capital_account`.

    A selection of several funds also has `funds`, a line for each; a single one `call_line` and `payout_line`.
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
    yield from expiring_rows(slice_)
    yield from call_rows(slice_)
    yield from overdue_rows(slice_)
    yield from unfunded_rows(slice_)
    yield from payout_rows(slice_)
    if len(slice_.members) == 1:
        yield from call_line_rows(slice_)
        yield from payout_line_rows(slice_)
    yield from exit_rows(slice_)
    yield from local_firm_rows(slice_)
    yield from project_rows(slice_)
    yield from fund_quarter_rows(slice_)
