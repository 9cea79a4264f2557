"""How well money serves the leading industry: AL01, AL02, AL04 on direct holdings, AL12 on declared fields."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from dashboard.readings.answers import Figure, Reading, absent, ratio
from dashboard.readings.definitions import with_definitions
from dashboard.readings.holdings import HeldFirm, held_firms
from funds.queries.attribution import WHOLE, cut
from funds.queries.facts import Facts, Tag
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ScopeName

# The policy row that says from which weight on a holding counts; a weight of 1 is 1e6 there as here.
COUNTED_FROM = "AL04.weight"


class TagMode(StrEnum):
    """Which of a firm's tags speak: its main one (0 or 1), each by its weight, or any of them (coverage only)."""

    PRIMARY = "primary"
    FRACTIONAL = "fractional"
    MULTI_TAG = "multi_tag"


@dataclass(frozen=True)
class AlignedPiece:
    """The piece of a holding that belongs to one park (or the city), with its weight in the leading industries.

    `weight_ppm` counts today's leading industries, `decided_ppm` those of the day of the first decision.
    """

    firm: HeldFirm
    park: int | None
    cost: int
    value: int
    share_ppm: int
    weight_ppm: int
    decided_ppm: int


def read_alignment(slice_: LedgerSlice, mode: TagMode = TagMode.PRIMARY) -> Reading:
    """The scope's alignment by cost, fair value and count, and whether each park has a fund for its industry."""
    pieces = aligned_pieces(slice_, mode)
    figures = (*_alignment_figures(pieces), _counted(slice_, pieces), _presence(slice_))
    rows = tuple(_row(slice_, piece) for piece in pieces)
    reading = Reading("alignment", slice_.scope.label, slice_.as_of, slice_.version, figures, rows)
    return with_definitions(reading, slice_.facts)


def aligned_pieces(slice_: LedgerSlice, mode: TagMode) -> list[AlignedPiece]:
    """Every holding of the scope that still has cost or value, cut to the parks that own its fund."""
    decided = _first_decisions(slice_)
    pieces = []
    for firm in held_firms(slice_):
        if not firm.course.cost and not firm.course.value:
            continue
        tags = slice_.facts.tags.get(firm.company, ())
        amounts = np.array([firm.course.cost, firm.course.value], dtype=np.int64)
        for park, piece in slice_.owners(firm.fund).items():
            cost, value = cut(amounts, piece.start, piece.end).tolist()
            now = weigh(tags, slice_.facts.leading_on(park, slice_.as_of), mode, slice_.facts)
            then_day = date.fromordinal(decided[firm.holding])
            then = weigh(tags, slice_.facts.leading_on(park, then_day), mode, slice_.facts)
            pieces.append(AlignedPiece(firm, park, cost, value, piece.end - piece.start, now, then))
    return pieces


def weigh(tags: Iterable[Tag], leading: frozenset[int], mode: TagMode, facts: Facts) -> int:
    """How much of a firm counts for some leading industries, in millionths; what lies below them counts too."""
    serving = [tag for tag in tags if facts.with_ancestors(tag.industry_id) & leading]
    if mode is TagMode.FRACTIONAL:
        return sum(tag.weight_ppm for tag in serving)
    if mode is TagMode.MULTI_TAG:
        return WHOLE if serving else 0
    main = max(tags, key=lambda tag: (tag.is_primary, tag.weight_ppm), default=None)
    return WHOLE if main in serving else 0


def _first_decisions(slice_: LedgerSlice) -> dict[int, int]:
    decisions = slice_.ledger.decisions
    first: dict[int, int] = {}
    for holding, day in zip(decisions.holding.tolist(), decisions.decided.tolist(), strict=True):
        first[holding] = min(day, first.get(holding, day))
    return first


def _alignment_figures(pieces: list[AlignedPiece]) -> Iterable[Figure]:
    rows = _row_names(pieces)
    cost, value = sum(piece.cost for piece in pieces), sum(piece.value for piece in pieces)
    aligned = _weighted((piece.cost, piece.weight_ppm) for piece in pieces)
    decided = _weighted((piece.cost, piece.decided_ppm) for piece in pieces)
    by_value = _weighted((piece.value, piece.weight_ppm) for piece in pieces)
    yield ratio("AL01", "cost", aligned, cost, "alignment.no_holdings", rows)
    yield ratio("AL01", "cost_at_decision", decided, cost, "alignment.no_holdings", rows)
    yield ratio("AL02", "fair_value", by_value, value, "alignment.no_value", rows)


def _weighted(parts: Iterable[tuple[int, int]]) -> int:
    """Σ amount × weight, rounded half up to the fen once for the whole sum."""
    return (2 * sum(amount * weight for amount, weight in parts) + WHOLE) // (2 * WHOLE)


def _row_names(pieces: list[AlignedPiece]) -> tuple[str, ...]:
    return tuple(sorted({name for piece in pieces for name in piece.firm.row_names()}))


def _counted(slice_: LedgerSlice, pieces: list[AlignedPiece]) -> Figure:
    """AL04: holdings whose weight, over the parks that share them, reaches what policy asks; and all holdings."""
    asked = slice_.facts.policies.get(COUNTED_FROM)
    rows = _row_names(pieces)
    if asked is None or asked.value_e6 is None:
        return absent("AL04", "count", "alignment.no_threshold", rows)
    weights: dict[int, list[tuple[int, int]]] = {}
    for piece in pieces:
        weights.setdefault(piece.firm.holding, []).append((piece.share_ppm, piece.weight_ppm))
    serving = 0
    for shares in weights.values():
        held = sum(share for share, _ in shares)
        serving += sum(share * weight for share, weight in shares) >= asked.value_e6 * held
    named = (*rows, f"policy:{asked.id}")
    return ratio("AL04", "count", serving, len(weights), "alignment.no_holdings", named)


def _presence(slice_: LedgerSlice) -> Figure:
    """AL12: parks of the scope that have a fund (设立) declaring one of their leading industries."""
    parks = _parks(slice_)
    led = {park for park in parks if slice_.facts.leading_on(park, slice_.as_of)}
    if not led:
        return absent("AL12", "count", "alignment.no_leading_industry")
    served, rows = set(), set()
    for fund in slice_.facts.funds.values():
        for park in led & {park for park, share in fund.shares.items() if share and park is not None}:
            leading = slice_.facts.leading_on(park, slice_.as_of)
            if any(slice_.facts.with_ancestors(field) & leading for field in fund.fields):
                served.add(park)
                rows.add(f"fund:{fund.id}")
    return ratio("AL12", "count", len(served), len(led), "alignment.no_leading_industry", sorted(rows))


def _parks(slice_: LedgerSlice) -> set[int]:
    """The city's parks, the park asked for, or the parks that own the funds asked for."""
    if slice_.scope.name is ScopeName.CITY:
        return set(slice_.facts.parks)
    owners = {park for fund in slice_.members for park in slice_.owners(fund)}
    if slice_.scope.name is ScopeName.PARK:
        owners |= {park.id for park in slice_.facts.parks.values() if park.code in slice_.scope.codes}
    return {park for park in owners if park is not None}


def _row(slice_: LedgerSlice, piece: AlignedPiece) -> dict[str, object]:
    facts = slice_.facts
    tags = facts.tags.get(piece.firm.company, ())
    return {
        "fund": facts.funds[piece.firm.fund].code,
        "company": facts.companies[piece.firm.company].code,
        "name": facts.companies[piece.firm.company].name,
        "park": facts.parks[piece.park].code if piece.park is not None else None,
        "industries": [
            facts.industries[tag.industry_id].code for tag in tags if tag.industry_id in facts.industries
        ],
        "cost": piece.cost,
        "fair_value": piece.value,
        "weight": piece.weight_ppm,
        "weight_at_decision": piece.decided_ppm,
    }
