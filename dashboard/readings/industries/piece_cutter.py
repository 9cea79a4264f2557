"""Cuts holdings and payments to the parks that own their funds, and says what counts for the leading industries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dashboard.readings.industries.tag_parts import EVERYTHING, Serving, Spans, TagMode, Weigher, take
from dashboard.readings.portfolio.holdings import HeldFirm, held_firms
from funds.kinds import EntryKind
from funds.queries.attribution import ALL, Interval
from funds.queries.columns import EntryColumns
from funds.queries.ledger_slice import LedgerSlice


@dataclass(frozen=True)
class Counted:
    """An amount in fen, and what of it counts for the leading industries of today and of the decision's day.

    `whole` is the amount before it was narrowed to a branch of industries; it is cut by tags.
    """

    whole: int
    amount: int
    leading: int
    decided: int


@dataclass(frozen=True)
class AlignedPiece:
    """The piece of a holding that belongs to one park (or the city), with its weight in the leading industries.

    `weight_ppm` counts today's leading industries, `decided_ppm` those of `decided`, the first decision's day;
    `is_inside` says whether the firm lies in that park.
    """

    firm: HeldFirm
    park: int | None
    by_cost: Counted
    by_value: Counted
    share_ppm: int
    weight_ppm: int
    decided_ppm: int
    decided: date
    is_inside: bool

    @property
    def cost(self) -> int:
        """The remaining cost."""
        return self.by_cost.amount

    @property
    def value(self) -> int:
        """The fair value."""
        return self.by_value.amount


@dataclass(frozen=True)
class PaidPiece:
    """The piece of one payment into a firm that belongs to one park (or the city), weighted like a holding.

    `decided_ppm` counts the leading industries of the day on which this very deal was decided.
    """

    fund: int
    company: int
    park: int | None
    entry: int
    day: date
    paid: Counted
    weight_ppm: int
    decided_ppm: int
    is_inside: bool

    @property
    def amount(self) -> int:
        """What was paid."""
        return self.paid.amount


@dataclass(frozen=True)
class Portion:
    """What of a fund's lines is meant: all of it, or the part that came through other funds.

    `reduce` takes whole amounts to the part; `park` is set where all of it is judged by one park.
    """

    reduce: Callable[[Sequence[int]], Sequence[int]] = list
    park: int | None = None


class PieceCutter:
    """Cuts holdings and payments of some funds to parks, and weighs each firm once for every park and day."""

    def __init__(self, whole: LedgerSlice, mode: TagMode, industry: int | None = None) -> None:
        self.slice = whole
        self.weigher = Weigher(whole.facts, mode, industry)

    def held(self, portions: Mapping[int, Portion] | None = None) -> Iterable[AlignedPiece]:
        """Holdings that still have cost or value, of every fund or of those with a portion."""
        standing = [
            firm for firm in held_firms(self.slice, portions) if firm.course.cost or firm.course.value
        ]
        whole: dict[int, list[int]] = {}
        for firm in standing:
            whole.setdefault(firm.fund, []).extend((firm.course.cost, firm.course.value))
        # All amounts of a fund at once: one by one took most of the time.
        left = {
            fund: iter((portions[fund] if portions else Portion()).reduce(amounts))
            for fund, amounts in whole.items()
        }
        for firm in standing:
            portion = portions[firm.fund] if portions else Portion()
            cost, value = next(left[firm.fund]), next(left[firm.fund])
            for park, piece in self._owners(firm.fund, portion).items():
                spans = ((piece.start, piece.end),)
                yield self._piece(firm, park, piece, take(spans, cost), take(spans, value))

    def paid(self, portions: Mapping[int, Portion] | None = None) -> Iterable[PaidPiece]:
        """Payments into firms, of every fund or of those with a portion."""
        lines = self.slice.ledger.entries.of_kind(EntryKind.INVESTMENT)
        for fund in self.slice.members if portions is None else portions:
            portion = portions[fund] if portions else Portion()
            own = lines.take(lines.fund == fund)
            amounts = portion.reduce((-own.amount).tolist())
            for park, piece in self._owners(fund, portion).items():
                yield from self._payments(fund, park, ((piece.start, piece.end),), own, amounts)

    def _payments(
        self, fund: int, park: int | None, piece: Spans, own: EntryColumns, amounts: Sequence[int]
    ) -> Iterable[PaidPiece]:
        columns = (own.id, own.day, own.holding, own.deal)
        told = zip(*(column.tolist() for column in columns), amounts, strict=True)
        for row, day, holding, deal, amount in told:
            company, paid = self._firms[holding], date.fromordinal(day)
            now, then = self._serving(company, park, self._deal_decisions.get(deal, paid))
            counted = self._count(company, take(piece, amount), now, then)
            inside = self.weigher.lies_in(company, park)
            weights = now.weight_ppm, then.weight_ppm
            yield PaidPiece(fund, company, park, row, paid, counted, *weights, inside)

    def _piece(
        self, firm: HeldFirm, park: int | None, piece: Interval, cost: int, value: int
    ) -> AlignedPiece:
        decided = self._first_decisions[firm.holding]
        now, then = self._serving(firm.company, park, decided)
        return AlignedPiece(
            firm,
            park,
            self._count(firm.company, cost, now, then),
            self._count(firm.company, value, now, then),
            piece.end - piece.start,
            now.weight_ppm,
            then.weight_ppm,
            decided,
            self.weigher.lies_in(firm.company, park),
        )

    def _serving(self, company: int, park: int | None, decided: date) -> tuple[Serving, Serving]:
        days = (self.slice.as_of, decided)
        now, then = (self.weigher.serving(company, park, day) for day in days)
        return now, then

    def _count(self, company: int, amount: int, now: Serving, then: Serving) -> Counted:
        within = self.weigher.within(company)
        narrowed = amount if within is EVERYTHING else take(within, amount)
        return Counted(amount, narrowed, take(now.spans, amount), take(then.spans, amount))

    def _owners(self, fund: int, portion: Portion) -> Mapping[int | None, Interval]:
        if portion.park is not None:
            return {portion.park: ALL}
        if fund not in self._intervals:
            self._intervals[fund] = self.slice.owners(fund)
        return self._intervals[fund]

    @cached_property
    def _intervals(self) -> dict[int, dict[int | None, Interval]]:
        return {}

    @cached_property
    def _firms(self) -> Mapping[int, int]:
        holdings = self.slice.ledger.holdings
        return dict(zip(holdings.id.tolist(), holdings.company.tolist(), strict=True))

    @cached_property
    def _first_decisions(self) -> Mapping[int, date]:
        decisions = self.slice.ledger.decisions
        return _earliest(decisions.holding.tolist(), decisions.decided.tolist())

    @cached_property
    def _deal_decisions(self) -> Mapping[int, date]:
        decisions = self.slice.ledger.decisions
        return _earliest(decisions.deal.tolist(), decisions.decided.tolist())


def _earliest(keys: list[int], days: list[int]) -> dict[int, date]:
    first: dict[int, int] = {}
    for key, day in zip(keys, days, strict=True):
        first[key] = min(day, first.get(key, day))
    return {key: date.fromordinal(day) for key, day in first.items()}
