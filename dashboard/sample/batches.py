"""Cuts the city's drafts by the day on which each would have come to be recorded, whole at every cut."""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from funds.drafts import (
    BalanceDraft,
    CallNoticeDraft,
    ClaimDraft,
    CommitmentDraft,
    CompanyFigureDraft,
    ContributionDraft,
    DistributionDraft,
    Draft,
    ExitDraft,
    FeeDraft,
    IndexLevelDraft,
    InvestmentDraft,
    LocalInvestmentDraft,
    MarkDraft,
    NavDraft,
    ParkFigureDraft,
    ReportedFigureDraft,
    RoundDraft,
    RoundInvestorDraft,
)

Drafts = Mapping[type[Draft], Sequence[Draft]]
DayOf = Callable[[Any], date]
REPORTED_IN = (4, 30)


@dataclass(frozen=True)
class Batch:
    """What is recorded in one revision: everything up to `until` that was not in the batch before."""

    until: date
    drafts: Drafts

    @property
    def rows(self) -> int:
        """All drafts of the batch."""
        return sum(len(rows) for rows in self.drafts.values())

    @property
    def longest(self) -> int:
        """The drafts of its longest sheet."""
        return max(len(rows) for rows in self.drafts.values())


def cut_city(drafts: Drafts, cuts: Sequence[date]) -> list[Batch]:
    """One batch for each cut; what has no day of its own (parks, institutions, firms, funds) is in the first."""
    days = _days_by_kind(drafts)
    batches: list[dict[type[Draft], list[Draft]]] = [{} for _ in cuts]
    for kind, rows in drafts.items():
        day_of = days.get(kind)
        for row in rows:
            place = 0 if day_of is None else min(bisect_left(cuts, day_of(row)), len(cuts) - 1)
            batches[place].setdefault(kind, []).append(row)
    return [Batch(until, found) for until, found in zip(cuts, batches, strict=True) if found]


def _days_by_kind(drafts: Drafts) -> dict[type[Draft], DayOf]:
    """When each kind is known; a round and its payments together, with the last of them."""
    rounds = _days_of_rounds(drafts)
    holdings = _days_of_holdings(drafts, rounds)

    def held_since(row: Any, day: date) -> date:
        return max(day, holdings.get((row.fund, row.company), day))

    return {
        CommitmentDraft: lambda row: row.signed_on,
        CallNoticeDraft: lambda row: row.noticed_on,
        ContributionDraft: lambda row: row.received_on,
        DistributionDraft: lambda row: row.paid_on,
        FeeDraft: lambda row: row.paid_on,
        RoundDraft: lambda row: rounds[row.code],
        RoundInvestorDraft: lambda row: rounds[row.round],
        InvestmentDraft: lambda row: rounds[row.round],
        ExitDraft: lambda row: held_since(row, row.exited_on),
        MarkDraft: lambda row: held_since(row, row.valued_on),
        LocalInvestmentDraft: lambda row: held_since(row, row.recognised_on),
        BalanceDraft: lambda row: row.filed_on,
        NavDraft: lambda row: row.valued_on,
        IndexLevelDraft: lambda row: row.quoted_on,
        ReportedFigureDraft: lambda row: row.stated_on,
        ClaimDraft: lambda row: _end_of_quarter(row.quarter),
        CompanyFigureDraft: lambda row: date(int(row.period) + 1, *REPORTED_IN),
        ParkFigureDraft: lambda row: date(int(row.period) + 1, *REPORTED_IN),
    }


def _days_of_rounds(drafts: Drafts) -> dict[str, date]:
    found: dict[str, date] = {row.code: row.closed_on for row in _of(drafts, RoundDraft)}
    for row in _of(drafts, InvestmentDraft):
        found[row.round] = max(found[row.round], row.paid_on)
    return found


def _days_of_holdings(drafts: Drafts, rounds: Mapping[str, date]) -> dict[tuple[str, str], date]:
    """The day from which a fund's holding of a firm is known."""
    found: dict[tuple[str, str], date] = {}
    for row in _of(drafts, InvestmentDraft):
        key = row.fund, row.company
        found[key] = min(found.get(key, date.max), rounds[row.round])
    return found


def _of(drafts: Drafts, kind: type[Draft]) -> Sequence[Any]:
    return drafts.get(kind, ())


def _end_of_quarter(quarter: str) -> date:
    year, month = int(quarter[:4]), int(quarter[-1]) * 3
    return date(year, month, monthrange(year, month)[1])
