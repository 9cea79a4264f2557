"""Holdings and payments of a scope, cut to parks: what AL01–AL11 are worked out from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from dashboard.readings.industries.piece_cutter import AlignedPiece, PaidPiece, PieceCutter
from dashboard.readings.industries.tag_parts import TagMode, Weigher, main_tag, weigh
from dashboard.readings.lasting_answers import keep_firms_of_city, keep_of_firms
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ScopeName

__all__ = [
    "AlignedPiece",
    "PaidPiece",
    "TagMode",
    "WholeCity",
    "aligned_pieces",
    "main_tag",
    "paid_pieces",
    "weigh",
    "whole_city",
]


@dataclass(frozen=True)
class WholeCity:
    """The pieces of every fund: worked out once, and shared by the slices narrowed from one another."""

    held: tuple[AlignedPiece, ...]
    paid: tuple[PaidPiece, ...]

    @cached_property
    def held_of(self) -> Mapping[int, Sequence[int]]:
        """The places of each fund's holdings."""
        return _find_places(piece.firm.fund for piece in self.held)

    @cached_property
    def paid_of(self) -> Mapping[int, Sequence[int]]:
        """The places of each fund's payments."""
        return _find_places(piece.fund for piece in self.paid)


@keep_of_firms
def aligned_pieces(slice_: LedgerSlice, mode: TagMode) -> tuple[AlignedPiece, ...]:
    """Every holding of the scope that still has cost or value, cut to the parks that own its fund."""
    in_scope = _scope_test(slice_)
    found = whole_city(slice_, mode, industry_of(slice_))
    pieces = (found.held[at] for at in _pick(slice_, found.held_of))
    return tuple(piece for piece in pieces if in_scope(piece.firm.fund, piece.park, piece.firm.company))


@keep_of_firms
def paid_pieces(slice_: LedgerSlice, mode: TagMode) -> tuple[PaidPiece, ...]:
    """Every payment of the scope's funds into firms, cut to the parks that own the fund."""
    in_scope = _scope_test(slice_)
    found = whole_city(slice_, mode, industry_of(slice_))
    pieces = (found.paid[at] for at in _pick(slice_, found.paid_of))
    return tuple(piece for piece in pieces if in_scope(piece.fund, piece.park, piece.company))


def _find_places(funds: Iterable[int]) -> Mapping[int, Sequence[int]]:
    found: dict[int, list[int]] = {}
    for at, fund in enumerate(funds):
        found.setdefault(fund, []).append(at)
    return found


def _pick(slice_: LedgerSlice, places: Mapping[int, Sequence[int]]) -> list[int]:
    """The places of the scope's funds in the order of the whole city."""
    return sorted(chain.from_iterable(places.get(fund, ()) for fund in slice_.members))


@keep_firms_of_city
def whole_city(slice_: LedgerSlice, mode: TagMode, industry: int | None = None) -> WholeCity:
    """The pieces of the whole city, perhaps of one branch of industries; they depend on no other scope."""
    cutter = PieceCutter(slice_, mode, industry)
    return WholeCity(tuple(cutter.held()), tuple(cutter.paid()))


def industry_of(slice_: LedgerSlice) -> int | None:
    """The industry that the scope is of."""
    if slice_.scope.name is not ScopeName.INDUSTRY:
        return None
    (found,) = [one.id for one in slice_.facts.industries.values() if one.code in slice_.scope.codes]
    return found


def park_id_of(slice_: LedgerSlice) -> int | None:
    """The park that the scope is of."""
    if slice_.scope.name is not ScopeName.PARK:
        return None
    (found,) = [park.id for park in slice_.facts.parks.values() if park.code in slice_.scope.codes]
    return found


def _scope_test(slice_: LedgerSlice) -> Callable[[int, int | None, int], bool]:
    """Whether a fund's piece of some park in some firm belongs to the scope."""
    members, facts = slice_.members, slice_.facts
    if slice_.scope.name is ScopeName.PARK:
        own = park_id_of(slice_)
        return lambda fund, park, _firm: fund in members and park == own
    if slice_.scope.name is ScopeName.COMPANY:
        asked = {firm.id for firm in facts.companies.values() if firm.code in slice_.scope.codes}
        return lambda fund, _park, firm: fund in members and firm in asked
    if slice_.scope.name is ScopeName.INDUSTRY:
        weigher = Weigher(facts, TagMode.MULTI_TAG, industry_of(slice_))
        return lambda fund, _park, firm: fund in members and bool(weigher.parts(firm))
    return lambda fund, _park, _firm: fund in members
