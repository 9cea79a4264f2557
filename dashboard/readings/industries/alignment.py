"""How well money serves the leading industry: AL01–AL12 of a scope, directly and looked through."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from dashboard.readings.answers import Figure, Reading, absent, ratio
from dashboard.readings.definitions import stamp_figures, with_definitions
from dashboard.readings.industries.alignment_bases import periods
from dashboard.readings.industries.alignment_pieces import industry_of, park_id_of
from dashboard.readings.industries.alignment_shares import Commitments, Measures, measure_parts, share_figures
from dashboard.readings.industries.alignment_through import Parts, direct_parts, reached_parts, through_parts
from dashboard.readings.industries.breakdown import breakdown_rows
from dashboard.readings.industries.chain_coverage import coverage_figures
from dashboard.readings.industries.likeness import (
    concentration_figures,
    likeness_figures,
    overlap_rows,
    read_pairs,
)
from dashboard.readings.industries.output_share import output_share_figures
from dashboard.readings.industries.piece_cutter import AlignedPiece
from dashboard.readings.industries.tag_parts import TagMode, weigh
from dashboard.readings.industries.through_rows import through_rows
from dashboard.readings.kept_answers import keep_answer
from dashboard.readings.kept_by_lines import keep_by_lines
from dashboard.readings.lasting_answers import keep_of_firms, timeless
from dashboard.readings.money.capital import capital_by_investor
from funds.kinds import Basis
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ACROSS_FUNDS, ScopeName

__all__ = [
    "AlignmentView",
    "TagMode",
    "commitment_figures",
    "direct_figures",
    "direct_measures",
    "measure_figures",
    "read_alignment",
    "view_alignment",
    "weigh",
]

Rows = tuple[Mapping[str, object], ...]


@dataclass(frozen=True)
class AlignmentView:
    """How it is looked at: how tags count, looked through or not, and since when a chosen period runs."""

    mode: TagMode = TagMode.PRIMARY
    look_through: bool = False
    since: date | None = None


def read_alignment(
    slice_: LedgerSlice,
    mode: TagMode = TagMode.PRIMARY,
    *,
    look_through: bool = False,
    since: date | None = None,
) -> Reading:
    """Every measure of the scope, as `view_alignment` gives it."""
    return view_alignment(slice_, AlignmentView(mode, look_through, since))


def view_alignment(slice_: LedgerSlice, view: AlignmentView) -> Reading:
    """Every measure of the scope; looked through, the same measures stand beside under bases of their own.

    The rows are the holdings, then the tables `overlap`, `looked_through` and the breakdowns, which are those of
    what is looked through where that was asked for.
    """
    return replace(_view(timeless(slice_), view), version=slice_.version)


@keep_answer
def _view(slice_: LedgerSlice, view: AlignmentView) -> Reading:
    mode, own = view.mode, _direct(slice_, view)
    figures = [*direct_figures(slice_, view), *own.likeness]
    pairs, broken_down = own.overlap, own.broken_down
    more: Rows = ()
    if view.look_through:
        shown = through_parts(slice_, mode)
        found, reason = read_pairs(slice_, mode, is_through=True)
        figures += measure_figures(slice_, view, shown, is_through=True)
        figures += likeness_figures(slice_, found, reason, is_through=True)
        pairs, more = tuple(overlap_rows(slice_, found)), tuple(through_rows(slice_, shown))
        broken_down = _break_down(slice_, mode, shown)
    figures += own.of_scope
    rows = (*own.rows, *pairs, *more, *broken_down)
    reading = Reading("alignment", slice_.scope.label, slice_.as_of, slice_.version, tuple(figures), rows)
    return with_definitions(reading, slice_.facts)


def _break_down(slice_: LedgerSlice, mode: TagMode, shown: Parts) -> Rows:
    """What is looked through, by each dimension."""
    if shown.reason:
        return tuple(breakdown_rows(slice_, mode, shown))
    return _break_down_reached(slice_, mode, tuple(shown.shares.items()))


@keep_of_firms
def _break_down_reached(slice_: LedgerSlice, mode: TagMode, shares: tuple[tuple[int, float], ...]) -> Rows:
    return tuple(breakdown_rows(slice_, mode, reached_parts(slice_, mode, shares)))


@dataclass(frozen=True)
class Direct:
    """What of a scope's alignment rests on what its own funds hold in firms: all but its measures."""

    likeness: tuple[Figure, ...]
    of_scope: tuple[Figure, ...]
    rows: Rows
    overlap: Rows
    broken_down: Rows


@keep_of_firms
def _direct(slice_: LedgerSlice, view: AlignmentView) -> Direct:
    mode = view.mode
    own = direct_parts(slice_, mode)
    pairs, reason = read_pairs(slice_, mode, is_through=False)
    of_scope = (_presence(slice_), *output_share_figures(slice_, mode), *coverage_figures(slice_))
    return Direct(
        stamp_figures(likeness_figures(slice_, pairs, reason, is_through=False), slice_.facts),
        stamp_figures(of_scope, slice_.facts),
        tuple(_row(slice_, piece) for piece in own.held),
        tuple(overlap_rows(slice_, pairs)),
        tuple(breakdown_rows(slice_, mode, own)),
    )


@dataclass(frozen=True)
class Held:
    """AL01–AL05 and AL11 of what a scope's own funds hold, and what AL06 is told from."""

    measures: Measures
    by_parts: tuple[Figure, ...]
    concentration: tuple[Figure, ...]


@keep_of_firms
def direct_measures(slice_: LedgerSlice, view: AlignmentView) -> Held:
    """The measures of what is held directly."""
    own = direct_parts(slice_, view.mode)
    measures = measure_parts(own, periods(slice_.as_of, view.since), slice_.facts.policies)
    concentration = concentration_figures(slice_, view.mode, own, is_through=False)
    facts = slice_.facts
    return Held(measures, stamp_figures(measures.by_parts(), facts), stamp_figures(concentration, facts))


def direct_figures(slice_: LedgerSlice, view: AlignmentView) -> Iterator[Figure]:
    """AL01–AL06 and AL11 of what is held directly."""
    held = direct_measures(slice_, view)
    yield from held.by_parts
    yield from commitment_figures(slice_, view)
    yield from held.concentration


@keep_by_lines
def commitment_figures(slice_: LedgerSlice, view: AlignmentView) -> tuple[Figure, ...]:
    """AL06 of what is held directly."""
    figures = direct_measures(slice_, view).measures.of_commitment(_commitments(slice_))
    return stamp_figures(figures, slice_.facts)


def measure_figures(
    slice_: LedgerSlice, view: AlignmentView, parts: Parts, *, is_through: bool
) -> Iterator[Figure]:
    """AL01–AL06 and AL11 of what is held directly, or of what is looked through."""
    yield from share_figures(
        parts,
        periods(slice_.as_of, view.since),
        slice_.facts.policies,
        _commitments(slice_),
        is_through=is_through,
    )
    yield from concentration_figures(slice_, view.mode, parts, is_through=is_through)


def _commitments(slice_: LedgerSlice) -> Commitments:
    """What is committed to the scope's funds from outside it; money is committed to no industry and to no firm."""
    if slice_.scope.name in ACROSS_FUNDS:
        return Commitments(reason="alignment.no_commitment_to_industry")
    capital = capital_by_investor(slice_, Basis.COMMITTED)
    return Commitments(sum(line.outside for line in capital.lines), capital.entries())


def _presence(slice_: LedgerSlice) -> Figure:
    """AL12: parks of the scope that have a fund (设立) declaring one of their leading industries."""
    if slice_.scope.name is ScopeName.COMPANY:
        return absent("AL12", "count", "alignment.not_of_a_firm")
    led = {park: leading for park in _parks(slice_) if (leading := _leading(slice_, park))}
    if not led:
        return absent("AL12", "count", "alignment.no_leading_industry")
    served, rows = set(), set()
    for fund in slice_.readable_funds:
        for park in led.keys() & {park for park, share in fund.shares.items() if share and park is not None}:
            if any(slice_.facts.with_ancestors(field) & led[park] for field in fund.fields):
                served.add(park)
                rows.add(f"fund:{fund.id}")
    return ratio("AL12", "count", len(served), len(led), "alignment.no_leading_industry", sorted(rows))


def _leading(slice_: LedgerSlice, park: int) -> frozenset[int]:
    """What leads in a park; for an industry, as far as it belongs to that."""
    leading, industry = slice_.facts.leading_on(park, slice_.as_of), industry_of(slice_)
    if industry is None:
        return leading
    return frozenset(one for one in leading if industry in slice_.facts.with_ancestors(one))


def _parks(slice_: LedgerSlice) -> set[int]:
    """The city's parks, the park asked for, or the parks that own the funds asked for."""
    if slice_.scope.name is ScopeName.CITY:
        return set(slice_.facts.parks)
    own = park_id_of(slice_)
    if own is not None:
        return {own}
    return {park for fund in slice_.members for park in slice_.owners(fund) if park is not None}


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
        "is_inside": piece.is_inside,
    }
