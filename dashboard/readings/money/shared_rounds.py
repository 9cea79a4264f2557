"""The rounds of the scope's firms, each once, with whose money is in them: its own and what came beside or later."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from dashboard.readings.kept_answers import keep_answer
from dashboard.readings.lasting_answers import keep_of_commitments
from dashboard.readings.money.capital import CapitalClass, InvestorClasses, cut_to
from dashboard.readings.money.industry_firms import scope_firms
from dashboard.readings.money.sources import fund_sources
from funds.kinds import Basis, ShareOrigin
from funds.queries.capital_facts import RoundFacts
from funds.queries.ledger_slice import LedgerSlice

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


# A round, what the scope's funds put into it, and the same before any cut to the scope.
_Own = tuple[RoundFacts, int, int]
# What a fund of the book put into a round: which of the rounds, the fund, the amount.
_OfFund = tuple[int, int, int]


@dataclass(frozen=True)
class _Chosen:
    """The rounds that count, first the `same` ones, with the money of investors that are no funds by its nature."""

    rounds: tuple[_Own, ...]
    same: int
    named: tuple[Mapping[CapitalClass, int], ...]
    of_funds: tuple[_OfFund, ...]
    months: int | None
    old_shares: int


@keep_answer
def gather_rounds(slice_: LedgerSlice) -> ScopeRounds:
    """The rounds of the scope; later ones are those without its money that closed within the months of policy."""
    chosen = _choose(slice_)
    money = _measure(slice_, chosen)
    return ScopeRounds(money[: chosen.same], money[chosen.same :], chosen.months, chosen.old_shares)


@keep_of_commitments
def _choose(slice_: LedgerSlice) -> _Chosen:
    """The rounds that count, and what is known of their money before funds are looked through: no line tells of it."""
    firms = scope_firms(slice_)
    every = [one for one in slice_.facts.capital.rounds.values() if firms is None or one.company_id in firms]
    own = {one.id: _own(slice_, one, ShareOrigin.PRIMARY) for one in every}
    old = sum(_own(slice_, one, ShareOrigin.SECONDARY)[0] for one in every)
    same = [(one, *own[one.id]) for one in every if own[one.id][0] > 0]
    months = later_months(slice_)
    rounds = (*same, *([] if months is None else _later(every, same, months)))
    classes = InvestorClasses(slice_)
    named: list[Mapping[CapitalClass, int]] = []
    of_funds: list[_OfFund] = []
    for at, (one, _, _) in enumerate(rounds):
        sums = dict.fromkeys(CLASSES, 0)
        for part in one.parts:
            if part.origin is not ShareOrigin.PRIMARY:
                continue
            fund = classes.fund_of(part.investor_id)
            if fund is None:
                sums[classes.of(part.investor_id)[0]] += part.amount
            else:
                of_funds.append((at, fund, part.amount))
        named.append(sums)
    return _Chosen(rounds, len(same), tuple(named), tuple(of_funds), months, old)


def later_months(slice_: LedgerSlice) -> int | None:
    """For how many months after the first round a later one counts, as policy has it."""
    policy = slice_.facts.policies.get(LATER_MONTHS)
    return None if policy is None or policy.value_e6 is None else policy.value_e6 // MILLION


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _later(every: list[RoundFacts], same: Sequence[_Own], months: int) -> Iterator[_Own]:
    """Each with what the scope put into the first round of the firm with its money."""
    own = {one.id for one, _, _ in same}
    lead: dict[int, _Own] = {}
    for mine in same:  # rounds come by closing day
        lead.setdefault(mine[0].company_id, mine)
    for one in every:
        first, amount, whole = lead.get(one.company_id, (one, 0, 0))
        if one.id in own or one.closed_on <= first.closed_on:
            continue
        if one.closed_on <= add_months(first.closed_on, months):
            yield one, amount, whole


def _own(slice_: LedgerSlice, one: RoundFacts, origin: ShareOrigin) -> tuple[int, int]:
    """What funds of the scope put into a round: their pieces, and the whole."""
    known = slice_.fund_of_party
    parts = [
        (known[part.investor_id], part.amount)
        for part in one.parts
        if part.origin is origin and known.get(part.investor_id) in slice_.members
    ]
    return sum(cut_to(slice_, fund, amount) for fund, amount in parts), sum(amount for _, amount in parts)


def _measure(slice_: LedgerSlice, chosen: _Chosen) -> tuple[RoundMoney, ...]:
    """The money of some rounds; that of funds is split for all of them at once."""
    found, sums = fund_sources(slice_, Basis.PAID_IN), [dict(known) for known in chosen.named]
    split = list[_OfFund]()
    for at, fund, amount in chosen.of_funds:
        if found.reason_of([fund]):
            sums[at][CapitalClass.UNDETERMINED] += amount
        else:
            split.append((at, fund, amount))
    cells = found.split([fund for _, fund, _ in split], [amount for _, _, amount in split])
    kinds = np.array([CLASSES.index(source.capital_class) for source in found.sources])
    for number, kind in enumerate(CLASSES):
        for (at, _, _), amount in zip(split, cells[:, kinds == number].sum(axis=1).tolist(), strict=True):
            sums[at][kind] += amount
    for (one, _, _), known in zip(chosen.rounds, sums, strict=True):
        known[CapitalClass.UNDETERMINED] += max(0, one.total - (one.secondary or 0) - sum(known.values()))
    return tuple(
        RoundMoney(one, own, whole, known, one.loan or 0)
        for (one, own, whole), known in zip(chosen.rounds, sums, strict=True)
    )
