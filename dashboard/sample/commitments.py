"""Who is bound to a fund for how much, how much of that was called, and how calls are shared out."""

from collections.abc import Iterable
from datetime import date, timedelta

from dashboard.sample.amounts import WAN, down_to_wan
from dashboard.sample.history import Change
from dashboard.sample.plan import ChangePlan, FundPlan, InvestorPlan
from funds.kinds import CommitmentChange

MONTH = 30


class Commitments:
    """The state of a fund's commitments while its story is told from day to day."""

    def __init__(self, fund: FundPlan) -> None:
        self.fund = fund
        self.plans = {row.party: row for row in fund.investors}
        self.committed: dict[str, int] = {}
        self.called: dict[str, int] = {}
        self.per_cent = 0

    def openings(self) -> Iterable[tuple[date, InvestorPlan]]:
        """When each investor signs: at the start, or some months later."""
        for row in self.fund.investors:
            yield self.fund.established + timedelta(MONTH * row.months_later), row

    def sign(self, day: date, row: InvestorPlan) -> Change:
        """A first commitment."""
        self.committed[row.party] = row.amount * WAN
        self.called.setdefault(row.party, 0)
        return Change(CommitmentChange.NEW, row.party, day, row.amount * WAN)

    def change(self, plan: ChangePlan) -> Change | None:
        """A later change; what was called already can be neither cut nor passed on."""
        amount = plan.amount * WAN
        kind = CommitmentChange(plan.kind)
        if kind is CommitmentChange.INCREASE:
            self.committed[plan.party] += amount
            return Change(kind, plan.party, plan.on, amount, basis=plan.basis)
        amount = min(amount, down_to_wan(self.committed[plan.party] - self.called[plan.party]))
        if amount <= 0:
            return None
        self.committed[plan.party] -= amount
        if plan.to is not None:
            self.plans.setdefault(plan.to, InvestorPlan(plan.to, 0))
            self.committed[plan.to] = self.committed.get(plan.to, 0) + amount
            self.called.setdefault(plan.to, 0)
        return Change(kind, plan.party, plan.on, amount, plan.to, plan.basis)

    def call(self, need: int) -> dict[str, int]:
        """What to ask of whom, so that the prompt ones alone cover a need; nobody beyond their promise."""
        for per_cent in range(max(self.per_cent, self.fund.first_call), 101):
            asked = self._asked(per_cent)
            if sum(amount for party, amount in asked.items() if self.plans[party].is_prompt) >= need:
                self.per_cent = per_cent
                for party, amount in asked.items():
                    self.called[party] += amount
                return asked
        raise ValueError(f"{self.fund.code} promised more than its investors cover")

    def _asked(self, per_cent: int) -> dict[str, int]:
        """What each investor lacks to the same part of its promise; one that never pays is not asked."""
        asked = {
            party: down_to_wan(amount * per_cent // 100) - self.called[party]
            for party, amount in self.committed.items()
            if self.plans[party].pays > 0
        }
        return {party: amount for party, amount in asked.items() if amount > 0}
