"""What of a scope's figures is not certain: natures unconfirmed, marks grown old, values derived or at odds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from dashboard.readings.answers import Reading
from dashboard.readings.money.capital import CapitalClass, capital_by_investor
from dashboard.readings.portfolio.holdings import HeldFirm, held_firms
from dashboard.readings.portfolio.mark_age import oldest_fresh_day
from dashboard.readings.returns.fund_returns import compare_values
from dashboard.readings.returns.net_assets import NetAssetValues
from funds.kinds import Basis
from funds.queries.ledger_slice import LedgerSlice

UNDETERMINED, STALE, DERIVED, AT_ODDS = (
    "certainty.undetermined",
    "certainty.stale_mark",
    "certainty.derived_nav",
    "certainty.nav_at_odds",
)
KINDS = (UNDETERMINED, STALE, DERIVED, AT_ODDS)


@dataclass(frozen=True)
class Doubt:
    """One thing that is not certain: of which kind, in which fund, whose, how much, and since when."""

    kind: str
    fund: int
    thing: str
    amount: int
    day: date | None = None


def read_certainty(slice_: LedgerSlice) -> Reading:
    """Tables `certainty_sum` (each kind with its count and amount) and `certainty` (one row for each thing).

    Amounts: what an unconfirmed investor committed (cut to the scope), what an old mark is worth now, a derived
    value, and by how much a reported value is higher than the derived one (these of whole funds).
    """
    doubts = list(_doubts(slice_))
    rows = (*_sum_rows(slice_, doubts), *(_row(slice_, doubt) for doubt in doubts))
    return Reading("certainty", slice_.scope.label, slice_.as_of, slice_.version, (), rows)


def last_recorded_day(slice_: LedgerSlice) -> date | None:
    """The day of the newest movement, mark or report of the scope's funds."""
    ledger = slice_.ledger
    held = ledger.holdings.id[slice_.holds(ledger.holdings.fund)]
    days = (
        slice_.uncut_entries.day,
        slice_.uncut_commitments.day,
        ledger.marks.day[np.isin(ledger.marks.holding, held)],
        ledger.navs.day[slice_.holds(ledger.navs.fund)],
    )
    newest = max((int(column.max()) for column in days if len(column)), default=None)
    return None if newest is None else date.fromordinal(newest)


def _doubts(slice_: LedgerSlice) -> Iterator[Doubt]:
    values = NetAssetValues.of_slice(slice_)
    yield from _undetermined(slice_)
    yield from _stale(slice_)
    for fund in slice_.member_funds:
        found = values.of(fund.id)
        if found.source == "derived" and found.value:
            yield Doubt(DERIVED, fund.id, fund.name, found.value)
        difference = compare_values(values, fund)["nav_difference"]
        if difference:
            yield Doubt(AT_ODDS, fund.id, fund.name, difference)


def _undetermined(slice_: LedgerSlice) -> Iterator[Doubt]:
    for line in capital_by_investor(slice_, Basis.COMMITTED).of(CapitalClass.UNDETERMINED):
        if line.amount:
            party = slice_.facts.parties.get(line.investor)
            yield Doubt(UNDETERMINED, line.fund, "" if party is None else party.name, line.amount)


def _stale(slice_: LedgerSlice) -> Iterator[Doubt]:
    """Holdings with a value whose last mark (without one: whose first payment) is older than policy allows."""
    limit = oldest_fresh_day(slice_)
    if limit is None:
        return
    valued = _last_values(slice_)
    for firm in held_firms(slice_):
        day = date.fromordinal(valued.get(firm.holding, 0) or 1)
        if firm.course.value and day < limit:
            yield Doubt(STALE, firm.fund, _name_firm(slice_, firm), firm.course.value, day)


def _last_values(slice_: LedgerSlice) -> Mapping[int, int]:
    """The day of each holding's last mark, or of its first payment where it was never marked."""
    ledger = slice_.ledger
    paid = zip(ledger.decisions.holding.tolist(), ledger.decisions.paid.tolist(), strict=True)
    last: dict[int, int] = {}
    for holding, day in paid:
        last[holding] = min(day, last.get(holding, day))
    marked = zip(ledger.marks.holding.tolist(), ledger.marks.day.tolist(), strict=True)
    return last | dict(marked)  # marks come by rising day


def _name_firm(slice_: LedgerSlice, firm: HeldFirm) -> str:
    company = slice_.facts.companies.get(firm.company)
    return "" if company is None else company.name


def _sum_rows(slice_: LedgerSlice, doubts: list[Doubt]) -> Iterator[dict[str, object]]:
    for kind in KINDS:
        found = [doubt for doubt in doubts if doubt.kind == kind]
        # An investor in several funds is one investor.
        things = {doubt.thing if kind == UNDETERMINED else (doubt.fund, doubt.thing) for doubt in found}
        is_known = kind != STALE or oldest_fresh_day(slice_) is not None
        yield {
            "table": "certainty_sum",
            "reason": kind,
            "count": len(things) if is_known else None,
            "amount": sum(doubt.amount for doubt in found) if is_known else None,
        }


def _row(slice_: LedgerSlice, doubt: Doubt) -> dict[str, object]:
    fund = slice_.facts.funds[doubt.fund]
    return {
        "table": "certainty",
        "reason": doubt.kind,
        "fund": fund.code,
        "fund_name": fund.name,
        "name": doubt.thing,
        "amount": doubt.amount,
        "day": None if doubt.day is None else doubt.day.isoformat(),
    }
