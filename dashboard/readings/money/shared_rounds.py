"""The rounds of the scope's firms, each once, with whose money is in them: its own and what came beside or later."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from dashboard.readings.kept_answers import keep_answer
from dashboard.readings.money.capital import CapitalClass, InvestorClasses, cut_to
from dashboard.readings.money.industry_firms import scope_firms
from dashboard.readings.money.sources import fund_sources
from funds.kinds import Basis, ShareOrigin
from funds.queries.capital_facts import RoundFacts
from funds.queries.ledger_slice import LedgerSlice
from valuation import attribute

LATER_MONTHS = "LV10.later_round_months"
MILLION = 1_000_000
CLASSES = (
    CapitalClass.FISCAL,
    CapitalClass.STATE_OWNED,
    CapitalClass.SOCIAL,
    CapitalClass.UNDETERMINED,
)


@dataclass(frozen=True)
class RoundMoney:
    """New money of one round in fen, cut to the scope where its funds belong to several parks.

    `own` is what the scope's funds put in; `by_class` is all new money by whose it is, funds looked through;
    what no investor was named for is 待定. `lead` is the scope's first fund in the firm where the round came later.
    """

    facts: RoundFacts
    own: int
    own_whole: int
    by_class: Mapping[CapitalClass, int]
    loan: int

    def of(self, kind: CapitalClass) -> int:
        """What of the round is of one nature, in proportion to the scope's part of its own funds' money."""
        return self.cut(self.by_class[kind])

    def cut(self, amount: int) -> int:
        """An amount of the round in the same proportion."""
        return amount * self.own // self.own_whole if self.own_whole > 0 else amount


@dataclass(frozen=True)
class ScopeRounds:
    """Rounds with new money of the scope's funds, rounds of the same firms that came after, and what fits neither."""

    same: tuple[RoundMoney, ...]
    later: tuple[RoundMoney, ...]
    months: int | None
    old_shares: int


@keep_answer
def gather_rounds(slice_: LedgerSlice) -> ScopeRounds:
    """The rounds of the scope; later ones are those without its money that closed within the months of policy."""
    firms = scope_firms(slice_)
    every = [one for one in slice_.facts.capital.rounds.values() if firms is None or one.company_id in firms]
    own = {one.id: _own(slice_, one, ShareOrigin.PRIMARY) for one in every}
    old = sum(_own(slice_, one, ShareOrigin.SECONDARY)[0] for one in every)
    same = tuple(_money(slice_, one, *own[one.id]) for one in every if own[one.id][0] > 0)
    months = later_months(slice_)
    later = () if months is None else tuple(_later(slice_, every, same, months))
    return ScopeRounds(same, later, months, old)


def later_months(slice_: LedgerSlice) -> int | None:
    """For how many months after the first round a later one counts, as policy has it."""
    policy = slice_.facts.policies.get(LATER_MONTHS)
    return None if policy is None or policy.value_e6 is None else policy.value_e6 // MILLION


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _later(
    slice_: LedgerSlice, every: list[RoundFacts], same: tuple[RoundMoney, ...], months: int
) -> Iterator[RoundMoney]:
    own = {one.facts.id for one in same}
    lead: dict[int, RoundMoney] = {}
    for mine in same:  # rounds come by closing day
        lead.setdefault(mine.facts.company_id, mine)
    for one in every:
        first = lead.get(one.company_id)
        if first is None or one.id in own or one.closed_on <= first.facts.closed_on:
            continue
        if one.closed_on <= add_months(first.facts.closed_on, months):
            yield _money(slice_, one, first.own, first.own_whole)


def _own(slice_: LedgerSlice, one: RoundFacts, origin: ShareOrigin) -> tuple[int, int]:
    """What funds of the scope put into a round: their pieces, and the whole."""
    known = slice_.fund_of_party
    parts = [
        (known[part.investor_id], part.amount)
        for part in one.parts
        if part.origin is origin and known.get(part.investor_id) in slice_.members
    ]
    return sum(cut_to(slice_, fund, amount) for fund, amount in parts), sum(amount for _, amount in parts)


def _money(slice_: LedgerSlice, one: RoundFacts, own: int, own_whole: int) -> RoundMoney:
    return RoundMoney(one, own, own_whole, _by_class(slice_, one), one.loan or 0)


def _by_class(slice_: LedgerSlice, one: RoundFacts) -> Mapping[CapitalClass, int]:
    classes, found = InvestorClasses(slice_), fund_sources(slice_, Basis.PAID_IN)
    sums: Counter[CapitalClass] = Counter(dict.fromkeys(CLASSES, 0))
    for part in one.parts:
        if part.origin is not ShareOrigin.PRIMARY:
            continue
        fund = classes.fund_of(part.investor_id)
        if fund is None:
            sums[classes.of(part.investor_id)[0]] += part.amount
        elif found.reason_of([fund]):
            sums[CapitalClass.UNDETERMINED] += part.amount
        else:
            shares = np.maximum(found.found.shares[found.place[fund]], 0.0)
            for source, amount in zip(found.sources, attribute(part.amount, shares).tolist(), strict=True):
                sums[source.capital_class] += amount
    named = sum(sums.values())
    sums[CapitalClass.UNDETERMINED] += max(0, one.total - (one.secondary or 0) - named)
    return sums
