"""The life of a fund: the days that its contract sets, what happened when, and how its money was used along it."""

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np

from dashboard.readings.answers import print_ratio
from dashboard.readings.portfolio.mark_age import months_before
from dashboard.readings.returns.earlier_ledgers import quarter_ends
from funds.kinds import EntryKind
from funds.queries.columns import EntryColumns, Int
from funds.queries.facts import FundFacts
from funds.queries.ledger_slice import LedgerSlice

YOUNG = "irr.young_years"
MONTHS_E6 = 12e-6
BOUGHT = (EntryKind.INVESTMENT, EntryKind.STAKE_PAYMENT)
SOLD = (EntryKind.PROCEEDS, EntryKind.STAKE_RECEIPT)


def life_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """The milestones of each fund of the scope by day; those that the contract sets may lie ahead."""
    for fund in slice_.member_funds:
        days = sorted(_milestones(slice_, fund), key=lambda one: one[1])
        for event, day in days:
            yield {
                "table": "life",
                "fund": fund.code,
                "event": event,
                "day": day.isoformat(),
                "is_ahead": day > slice_.as_of,
            }


def pace_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """What each fund had been promised, paid and had invested by every quarter end, as a whole."""
    for fund in slice_.member_funds:
        lines = _lines_of(slice_, fund.id)
        paid, bought = lines.of_kind(EntryKind.PAID_IN), lines.of_kind(*BOUGHT)
        paid = paid.take(np.flatnonzero(paid.inside))
        changes = slice_.ledger.commitments
        changes = changes.take(changes.fund == fund.id)
        for day in quarter_ends(fund.established, slice_.as_of):
            committed = _until(changes.day, changes.amount, day)
            paid_in, invested = _until(paid.day, paid.amount, day), -_until(bought.day, bought.amount, day)
            yield {
                "table": "pace",
                "fund": fund.code,
                "day": day.isoformat(),
                "committed": committed,
                "paid_in": paid_in,
                "invested": invested,
                "paid_share": print_ratio(paid_in, committed) if committed > 0 else None,
                "invested_share": print_ratio(invested, committed) if committed > 0 else None,
            }


def is_young(slice_: LedgerSlice, fund: FundFacts) -> bool:
    """Whether the fund was set up so lately that policy takes its rate for a hint only."""
    policy = slice_.facts.policies.get(YOUNG)
    if policy is None or policy.value_e6 is None:
        return False
    return fund.established > months_before(slice_.as_of, round(policy.value_e6 * MONTHS_E6))


def _milestones(slice_: LedgerSlice, fund: FundFacts) -> Iterator[tuple[str, date]]:
    yield "established", fund.established
    for event, end in (
        ("invest_end", fund.invest_end),
        ("exit_end", fund.exit_end),
        ("extension_end", fund.extension_end),
    ):
        if end is not None:
            yield event, end
    lines = _lines_of(slice_, fund.id)
    paid = lines.of_kind(EntryKind.PAID_IN)
    firsts = {
        "first_call": paid,
        "first_investment": lines.of_kind(*BOUGHT),
        "first_exit": lines.of_kind(*SOLD),
        "first_distribution": lines.of_kind(EntryKind.DISTRIBUTION),
    }
    for event, happened in firsts.items():
        if len(happened):
            yield event, date.fromordinal(int(happened.day.min()))
    if len(np.unique(paid.day)) > 1:
        yield "last_call", date.fromordinal(int(paid.day.max()))


def _lines_of(slice_: LedgerSlice, fund: int) -> EntryColumns:
    entries = slice_.ledger.entries
    return entries.take(entries.fund == fund)


def _until(days: Int, amounts: Int, day: date) -> int:
    return int(amounts[days <= day.toordinal()].sum())
