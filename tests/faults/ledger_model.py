"""What a ledger may hold, thought of once more without the program: lines in plain Python, and the rules about them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby


class Deed(StrEnum):
    """What somebody does with money."""

    COMMIT = "commit"
    PAY = "pay"
    GIVE_BACK = "give back"
    INVEST = "invest"
    EXIT = "exit"
    FEE = "fee"


@dataclass(frozen=True)
class Act:
    """One deed: in a fund, on a day, of an amount, with an investor or a firm; an exit also gives up cost."""

    deed: Deed
    fund: str
    day: int
    amount: int
    other: str = ""
    cost_out: int = 0


@dataclass
class Model:
    """The acts that stand, in the order in which they were done; `funds` are investors of other funds too."""

    funds: frozenset[str]
    acts: list[Act] = field(default_factory=list)

    def allows(self, act: Act) -> bool:
        """Whether the ledger may hold it beside all the others."""
        tried = Model(self.funds, [*self.acts, act])
        return not any([*tried.short_days(), *tried.overpaid(), *tried.oversold()])

    def short_days(self) -> Iterator[str]:
        """Funds that end a day with less than nothing."""
        cash: dict[str, int] = defaultdict(int)
        for _, acts in groupby(sorted(self.acts, key=lambda act: act.day), key=lambda act: act.day):
            for act in acts:
                for fund, amount in self.flows(act):
                    cash[fund] += amount
            yield from [fund for fund, left in cash.items() if left < 0]

    def flows(self, act: Act) -> Iterator[tuple[str, int]]:
        """The money of an act, by fund: what one fund pays another leaves the one and reaches the other."""
        sign = {Deed.PAY: 1, Deed.EXIT: 1, Deed.COMMIT: 0}.get(act.deed, -1)
        yield act.fund, sign * act.amount
        if act.other in self.funds:
            yield act.other, -sign * act.amount

    def overpaid(self) -> Iterator[str]:
        """Investors that end a day having paid more than they committed."""
        room: dict[tuple[str, str], int] = defaultdict(int)
        acts = [act for act in self.acts if act.deed in (Deed.COMMIT, Deed.PAY)]
        for _, today in groupby(sorted(acts, key=lambda act: act.day), key=lambda act: act.day):
            for act in today:
                room[act.fund, act.other] += act.amount if act.deed is Deed.COMMIT else -act.amount
            yield from [investor for (_, investor), left in room.items() if left < 0]

    def oversold(self) -> Iterator[str]:
        """Firms of which more cost is given up than was paid by then."""
        cost: dict[tuple[str, str], int] = defaultdict(int)
        acts = [act for act in self.acts if act.deed in (Deed.INVEST, Deed.EXIT)]
        for _, today in groupby(sorted(acts, key=lambda act: act.day), key=lambda act: act.day):
            for act in today:
                cost[act.fund, act.other] += act.amount if act.deed is Deed.INVEST else -act.cost_out
            yield from [firm for (_, firm), left in cost.items() if left < 0]

    def totals(self) -> dict[tuple[str, str], int]:
        """What every fund committed, moved and has, by kind."""
        sums: dict[tuple[str, str], int] = defaultdict(int)
        for act in self.acts:
            sums[act.fund, act.deed] += act.amount
            for fund, amount in self.flows(act):
                sums[fund, "cash"] += amount
        return {key: amount for key, amount in sums.items() if amount}
