"""What a deal would do before it is recorded: the figures that it moves, as they are and as they would be."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.readings.answers import Figure, money, ratio
from dashboard.readings.industries.alignment import AlignmentView, TagMode, direct_figures
from dashboard.readings.money.capital import capital_by_investor
from dashboard.readings.money.deployed_money import DEPLOYED
from dashboard.readings.money.leverage import LeverageOptions
from dashboard.readings.money.leverage_whole import read_leverage_figures
from dashboard.readings.portfolio.holdings import held_firms
from dashboard.readings.returns.performance import read_performance
from funds.drafts import Draft
from funds.kinds import Basis
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import fund_scope, park_scope
from funds.queries.what_if import in_order, suppose

FUND, PARK = "fund", "park"
DRY_POWDER, UNFUNDED, LARGEST, FIRM = "dry_powder", "unfunded", "largest_holding", "firm_share"
PERFORMANCE = (("PF16", "paid_in"), ("PF17", "paid_in"))
PROJECT = ("LV10", "LV11")
ALIGNED = (("AL01", "cost"), ("AL02", "fair_value"), ("AL03", "flow_ytd"))


@dataclass(frozen=True)
class Moved:
    """A figure of the fund, or of a park it serves, before and after; `place` is the park's code, else the fund's."""

    level: str
    place: str
    before: Figure
    after: Figure

    @property
    def is_changed(self) -> bool:
        """Whether the deal moves it."""
        return (self.before.value, self.before.reason) != (self.after.value, self.after.reason)


@dataclass(frozen=True)
class WhatIf:
    """The figures that a deal may move, and the park codes whose figures this person may not see."""

    moved: tuple[Moved, ...]
    version: int

    @property
    def changed(self) -> tuple[Moved, ...]:
        """Those that it does move."""
        return tuple(one for one in self.moved if one.is_changed)


def read_what_if(slice_: LedgerSlice, drafts: Sequence[Draft], fund: str, company: str) -> WhatIf:
    """The figures of a fund, and of those of its parks that are this person's to see, without and with the drafts."""
    then = suppose(slice_, in_order(drafts))
    moved = [*_compare(FUND, fund, _measure_fund(slice_, fund, company), _measure_fund(then, fund, company))]
    for park in readable_parks(slice_, fund):
        before, after = (measure_alignment(one.narrow(park_scope(park))) for one in (slice_, then))
        moved += _compare(PARK, park, before, after)
    return WhatIf(tuple(moved), slice_.version)


def readable_parks(slice_: LedgerSlice, fund: str) -> list[str]:
    """The parks that set the fund up, as far as the person reads them whole."""
    facts = next(one for one in slice_.facts.funds.values() if one.code == fund)
    readable = slice_.readable
    found = [park for park, share in facts.shares.items() if park is not None and share]
    seen = [park for park in found if readable.is_city or park in readable.park_ids]
    return sorted(slice_.facts.parks[park].code for park in seen)


def measure_deals(part: LedgerSlice, company: str) -> list[Figure]:
    """What a deal moves in a fund: leverage at the firms, alignment, money put to work, and how much lies in one firm."""
    options = LeverageOptions()
    leverage = read_leverage_figures(part, options).figures
    kept = [one for one in leverage if one.code in PROJECT or one.basis.startswith(DEPLOYED)]
    kept += [one for one in leverage if (one.code, one.basis) == ("LV12", "paid_in")]
    performance = read_performance(part)
    return [
        *kept,
        *measure_alignment(part),
        *(performance.figure(code, basis) for code, basis in PERFORMANCE),
        *_measure_money(part),
        *_measure_weight(part, company),
    ]


def measure_alignment(part: LedgerSlice) -> list[Figure]:
    """AL01–AL03 of a scope by the leading industries of its day, a firm counting where its main tag is."""
    view = AlignmentView(TagMode.PRIMARY)
    found = direct_figures(part, view)
    return [one for one in found if (one.code, one.basis) in ALIGNED]


def _measure_fund(slice_: LedgerSlice, fund: str, company: str) -> list[Figure]:
    return measure_deals(slice_.narrow(fund_scope(fund)), company)


def _measure_money(part: LedgerSlice) -> Iterator[Figure]:
    """Cash at hand, and what investors have promised and not paid in yet."""
    yield money(DRY_POWDER, "paid_in", int(part.entries.amount.sum()))
    promised, paid = (capital_by_investor(part, basis).total() for basis in Basis)
    yield money(UNFUNDED, "committed", promised - paid)


def _measure_weight(part: LedgerSlice, company: str) -> Iterator[Figure]:
    """The largest holding's part of the cost of all, and what this firm's is of what was committed."""
    costs: dict[str, int] = {}
    for firm in held_firms(part):
        code = part.facts.companies[firm.company].code
        costs[code] = costs.get(code, 0) + firm.course.cost
    whole, committed = sum(costs.values()), capital_by_investor(part, Basis.COMMITTED).total()
    yield ratio(LARGEST, "cost", max(costs.values(), default=0), whole, "multiple.no_cost")
    yield ratio(FIRM, "committed", costs.get(company, 0), committed, "multiple.no_commitment")


def _compare(level: str, place: str, before: Iterable[Figure], after: Iterable[Figure]) -> Iterator[Moved]:
    for one, other in zip(before, after, strict=True):
        yield Moved(level, place, one, other)
