"""Holdings and payments cut to the parks that own their funds, each with its weight in the leading industries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

import numpy as np

from dashboard.readings.portfolio.holdings import HeldFirm, held_firms
from funds.kinds import EntryKind
from funds.queries.attribution import WHOLE, Interval, cut
from funds.queries.facts import Facts, Tag
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ScopeName


class TagMode(StrEnum):
    """Which of a firm's tags speak: its main one (0 or 1), each by its weight, or any of them (coverage only)."""

    PRIMARY = "primary"
    FRACTIONAL = "fractional"
    MULTI_TAG = "multi_tag"


@dataclass(frozen=True)
class AlignedPiece:
    """The piece of a holding that belongs to one park (or the city), with its weight in the leading industries.

    `weight_ppm` counts today's leading industries, `decided_ppm` those of `decided`, the first decision's day.
    """

    firm: HeldFirm
    park: int | None
    cost: int
    value: int
    share_ppm: int
    weight_ppm: int
    decided_ppm: int
    decided: date


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
    amount: int
    weight_ppm: int
    decided_ppm: int


@dataclass(frozen=True)
class WholeCity:
    """The pieces of every fund: worked out once, and shared by the slices narrowed from one another."""

    held: tuple[AlignedPiece, ...]
    paid: tuple[PaidPiece, ...]


def aligned_pieces(slice_: LedgerSlice, mode: TagMode) -> list[AlignedPiece]:
    """Every holding of the scope that still has cost or value, cut to the parks that own its fund."""
    in_scope = _scope_test(slice_)
    return [piece for piece in whole_city(slice_, mode).held if in_scope(piece.firm.fund, piece.park)]


def paid_pieces(slice_: LedgerSlice, mode: TagMode) -> list[PaidPiece]:
    """Every payment of the scope's funds into firms, cut to the parks that own the fund."""
    in_scope = _scope_test(slice_)
    return [piece for piece in whole_city(slice_, mode).paid if in_scope(piece.fund, piece.park)]


def whole_city(slice_: LedgerSlice, mode: TagMode) -> WholeCity:
    """The pieces of the whole city; they depend on no scope."""
    key = f"aligned_pieces.{mode}"
    if key not in slice_.shelf:
        cutter = _Cutter(slice_.whole(), mode)
        slice_.shelf[key] = WholeCity(tuple(cutter.held()), tuple(cutter.paid()))
    found: WholeCity = slice_.shelf[key]
    return found


def weigh(tags: Sequence[Tag], leading: frozenset[int], mode: TagMode, facts: Facts) -> int:
    """How much of a firm counts for some leading industries, in millionths; what lies below them counts too."""
    serving = [tag for tag in tags if facts.with_ancestors(tag.industry_id) & leading]
    if mode is TagMode.FRACTIONAL:
        return sum(tag.weight_ppm for tag in serving)
    if mode is TagMode.MULTI_TAG:
        return WHOLE if serving else 0
    return WHOLE if main_tag(tags) in serving else 0


def main_tag(tags: Sequence[Tag]) -> Tag | None:
    """The tag that speaks for a firm: the one marked 主标签, else the heaviest."""
    return max(tags, key=lambda tag: (tag.is_primary, tag.weight_ppm), default=None)


def _scope_test(slice_: LedgerSlice) -> Callable[[int, int | None], bool]:
    """Whether a fund's piece of some park belongs to the scope."""
    members = slice_.members
    if slice_.scope.name is not ScopeName.PARK:
        return lambda fund, _park: fund in members
    (own,) = [park.id for park in slice_.facts.parks.values() if park.code in slice_.scope.codes]
    return lambda fund, park: fund in members and park == own


class _Cutter:
    """Cuts the city's holdings and payments, and weighs each firm once for every park and day."""

    def __init__(self, whole: LedgerSlice, mode: TagMode) -> None:
        self.slice, self.facts, self.mode = whole, whole.facts, mode
        self._leading: dict[tuple[int | None, date], frozenset[int]] = {}
        self._weights: dict[tuple[int, frozenset[int]], int] = {}

    def held(self) -> Iterable[AlignedPiece]:
        for firm in held_firms(self.slice):
            if not firm.course.cost and not firm.course.value:
                continue
            amounts = np.array([firm.course.cost, firm.course.value], dtype=np.int64)
            decided = self._first_decisions[firm.holding]
            for park, piece in self._owners[firm.fund].items():
                cost, value = cut(amounts, piece.start, piece.end).tolist()
                now = self._weigh(firm.company, park, self.slice.as_of)
                then = self._weigh(firm.company, park, decided)
                yield AlignedPiece(firm, park, cost, value, piece.end - piece.start, now, then, decided)

    def paid(self) -> Iterable[PaidPiece]:
        holdings = self.slice.ledger.holdings
        firms = dict(zip(holdings.id.tolist(), holdings.company.tolist(), strict=True))
        lines = self.slice.ledger.entries.of_kind(EntryKind.INVESTMENT)
        for fund in self.slice.members:
            own = lines.take(lines.fund == fund)
            for park, piece in self._owners[fund].items():
                amounts = cut(-own.amount, piece.start, piece.end)
                columns = (own.id, own.day, own.holding, own.deal, amounts)
                for row, day, holding, deal, amount in zip(*(c.tolist() for c in columns), strict=True):
                    company, paid = firms[holding], date.fromordinal(day)
                    now = self._weigh(company, park, self.slice.as_of)
                    then = self._weigh(company, park, self._deal_decisions.get(deal, paid))
                    yield PaidPiece(fund, company, park, row, paid, amount, now, then)

    @cached_property
    def _owners(self) -> Mapping[int, dict[int | None, Interval]]:
        return {fund: self.slice.owners(fund) for fund in self.slice.members}

    @cached_property
    def _first_decisions(self) -> Mapping[int, date]:
        decisions = self.slice.ledger.decisions
        return _earliest(decisions.holding.tolist(), decisions.decided.tolist())

    @cached_property
    def _deal_decisions(self) -> Mapping[int, date]:
        decisions = self.slice.ledger.decisions
        return _earliest(decisions.deal.tolist(), decisions.decided.tolist())

    def _weigh(self, company: int, park: int | None, day: date) -> int:
        if (park, day) not in self._leading:
            self._leading[park, day] = self.facts.leading_on(park, day)
        key = company, self._leading[park, day]
        if key not in self._weights:
            self._weights[key] = weigh(self.facts.tags.get(company, ()), key[1], self.mode, self.facts)
        return self._weights[key]


def _earliest(keys: list[int], days: list[int]) -> dict[int, date]:
    first: dict[int, int] = {}
    for key, day in zip(keys, days, strict=True):
        first[key] = min(day, first.get(key, day))
    return {key: date.fromordinal(day) for key, day in first.items()}
