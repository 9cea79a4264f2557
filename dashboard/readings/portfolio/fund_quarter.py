"""The quarter of each fund in the report: its marks, its value item by item, the bridge, and its capital accounts."""

from collections.abc import Iterator, Mapping

from dashboard.readings.money.capital_accounts import capital_account_rows
from dashboard.readings.portfolio.quarter_marks import valuation_rows
from dashboard.readings.returns.quarter_roll import quarter_roll_row
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import fund_scope


def fund_quarter_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """`valuation mark_trigger` as at the slice's day; `quarter_roll capital_account` from its quarter's opening."""
    yield from valuation_rows(slice_)
    alone = [slice_.narrow(fund_scope(fund.code)) for fund in slice_.member_funds]
    for part in alone:
        yield quarter_roll_row(part)
    for part in alone:
        yield from capital_account_rows(part)
