"""One fund's quarter: its value put together item by item, and the bridge from its opening, proved to the fen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.readings.returns.earlier_ledgers import last_quarter_end, slice_own_until
from dashboard.readings.returns.nav_roll import measure_steps
from dashboard.readings.returns.net_assets import SIGNS, NetAssets, NetAssetValues
from funds.kinds import BalanceItem
from funds.queries.ledger_slice import LedgerSlice
from valuation import NavBridge, nav_bridge


@dataclass(frozen=True)
class StakeValue:
    """A stake in another fund of the book, as the derived value takes it."""

    code: str
    name: str
    value: int
    source: str


@dataclass(frozen=True)
class QuarterRoll:
    """The derived value of a quarter's two ends with everything it is made of, and the reported one beside it.

    `bridge` runs over derived values: every step is a line of the ledger or a change of a mark, so it ties or
    something is wrong. `headline` runs over the values that count (reported, else derived); what the steps do
    not explain of a reported value is its difference.
    """

    opening_day: date
    closing_day: date
    marks: int
    stakes: tuple[StakeValue, ...]
    cash: int
    balances: Mapping[BalanceItem, int]
    derived: int
    reported: NetAssets | None
    opening_reported: NetAssets | None
    bridge: NavBridge
    headline: NavBridge

    @property
    def parts(self) -> int:
        """The sum of the items, taken by themselves."""
        signed = sum(SIGNS[item] * amount for item, amount in self.balances.items())
        return self.marks + sum(stake.value for stake in self.stakes) + self.cash + signed

    @property
    def parts_left(self) -> int:
        """What the items leave of the derived value unexplained: nothing, or something is wrong."""
        return self.derived - self.parts

    @property
    def difference(self) -> int | None:
        """By how much the reported value is higher than the derived one."""
        return None if self.reported is None else self.reported.value - self.derived

    @property
    def ties(self) -> bool:
        """Whether items and steps both come out to the fen."""
        return self.parts_left == 0 and self.bridge.difference == 0


def read_quarter(slice_: LedgerSlice) -> QuarterRoll:
    """The quarter that ends on the slice's day, of the one fund in its scope."""
    (fund,) = slice_.member_funds
    opening = last_quarter_end(slice_.as_of)
    before = NetAssetValues.of_slice(slice_own_until(slice_, opening))
    after = NetAssetValues.of_slice(slice_)
    steps = measure_steps(before, after, opening, fund.id)
    first, last = before.derived(fund.id), after.derived(fund.id)
    return QuarterRoll(
        opening_day=opening,
        closing_day=slice_.as_of,
        marks=after.held(fund.id),
        stakes=tuple(_stake(slice_, after, fund.id, child) for child in after.children(fund.id)),
        cash=after.cash(fund.id),
        balances=after.balances(fund.id),
        derived=last.value,
        reported=after.reported(fund.id),
        opening_reported=before.reported(fund.id),
        bridge=nav_bridge(first.value, steps, last.value),
        headline=nav_bridge(before.of(fund.id).value, steps, after.of(fund.id).value),
    )


def _stake(slice_: LedgerSlice, values: NetAssetValues, mother: int, child: int) -> StakeValue:
    fund, found = slice_.facts.funds[child], values.stake(mother, child)
    return StakeValue(fund.code, fund.name, found.value, found.source)


def quarter_roll_row(slice_: LedgerSlice) -> Mapping[str, object]:
    """The one fund of the scope as a row of the report; the steps are those of the derived value."""
    (fund,) = slice_.member_funds
    roll = read_quarter(slice_)
    return {
        "table": "quarter_roll",
        "fund": fund.code,
        "name": fund.name,
        "from": roll.opening_day.isoformat(),
        "to": roll.closing_day.isoformat(),
        "opening": roll.bridge.opening,
        **dict(roll.bridge.steps),
        "expected": roll.bridge.expected,
        "closing": roll.derived,
        "difference": roll.bridge.difference,
        "parts_left": roll.parts_left,
        "ties": roll.ties,
        "nav_reported": None if roll.reported is None else roll.reported.value,
        "nav_difference": roll.difference,
    }
