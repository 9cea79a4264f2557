"""A city's drafts as lists by kind, with the small sums that every check needs."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, TypeVar, cast

from dashboard.sample import make_city
from dashboard.sample.sizes import FULL
from funds.drafts import (
    ContributionDraft,
    DistributionDraft,
    Draft,
    ExitDraft,
    FeeDraft,
    FundDraft,
    InvestmentDraft,
)
from funds.kinds import FeeKind

D = TypeVar("D", bound=Draft)
Lines = list[tuple[date, int]]


@dataclass(frozen=True)
class CityDrafts:
    """What `make_city` gave."""

    by_kind: Mapping[type[Draft], list[Draft]]

    def all(self, kind: type[D]) -> list[D]:
        """The drafts of one kind."""
        return cast("list[D]", self.by_kind.get(kind, []))

    @cached_property
    def funds(self) -> dict[str, FundDraft]:
        """The funds by code."""
        return {draft.code: draft for draft in self.all(FundDraft)}

    @cached_property
    def _by_fund(self) -> dict[tuple[type[Draft], str], list[Any]]:
        found: dict[tuple[type[Draft], str], list[Any]] = defaultdict(list)
        for kind, rows in self.by_kind.items():
            for row in rows:
                found[kind, getattr(row, "fund", "")].append(row)
        return found

    def of(self, kind: type[D], fund: str) -> list[D]:
        """The drafts of one kind that belong to one fund."""
        return self._by_fund.get((kind, fund), [])

    @cached_property
    def ledger(self) -> dict[str, Lines]:
        """Signed lines of every fund, a transfer between two funds on both sides."""
        lines: dict[str, Lines] = defaultdict(list)
        for fund, day, amount in self._moves():
            lines[fund].append((day, amount))
        return {fund: sorted(rows) for fund, rows in lines.items()}

    def _moves(self) -> Iterator[tuple[str, date, int]]:
        for paid in self.all(ContributionDraft):
            yield paid.fund, paid.received_on, paid.amount_fen
            if paid.investor in self.funds:
                yield paid.investor, paid.received_on, -paid.amount_fen
        for given in self.all(DistributionDraft):
            yield given.fund, given.paid_on, -given.amount_fen
            if given.investor in self.funds:
                yield given.investor, given.paid_on, given.amount_fen
        for deal in self.all(InvestmentDraft):
            yield deal.fund, deal.paid_on, -deal.amount_fen
        for back in self.all(ExitDraft):
            yield back.fund, back.exited_on, back.amount_fen
        for fee in self.all(FeeDraft):
            sign = 1 if fee.kind is FeeKind.OTHER_INCOME else -1
            yield fee.fund, fee.paid_on, sign * fee.amount_fen

    def cash_on(self, fund: str, day: date) -> int:
        """What the lines leave in a fund's account at the end of a day."""
        return sum(amount for moved, amount in self.ledger.get(fund, []) if moved <= day)


@cache
def make_whole_city() -> CityDrafts:
    """The whole city, drawn once for all tests that only look at it."""
    return CityDrafts(make_city(size=FULL))
