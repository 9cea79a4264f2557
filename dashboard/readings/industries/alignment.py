"""How well money serves the leading industry: AL01–AL12 of a scope, directly and looked through."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dashboard.readings.answers import Figure, Reading, absent, ratio
from dashboard.readings.definitions import with_definitions
from dashboard.readings.industries.alignment_bases import periods
from dashboard.readings.industries.alignment_pieces import industry_of, park_id_of
from dashboard.readings.industries.alignment_shares import Commitments, share_figures
from dashboard.readings.industries.alignment_through import Parts, direct_parts, through_parts
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
from dashboard.readings.money.capital import capital_by_investor
from funds.kinds import Basis
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ACROSS_FUNDS, ScopeName

__all__ = ["AlignmentView", "TagMode", "measure_figures", "read_alignment", "view_alignment", "weigh"]


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


@keep_answer
def view_alignment(slice_: LedgerSlice, view: AlignmentView) -> Reading:
    """Every measure of the scope; looked through, the same measures stand beside under bases of their own.

    The rows are the holdings, then the tables `overlap`, `looked_through` and the breakdowns, which are those of
    what is looked through where that was asked for.
    """
    mode = view.mode
    own = direct_parts(slice_, mode)
    pairs, reason = read_pairs(slice_, mode, is_through=False)
    figures = [
        *measure_figures(slice_, view, own, is_through=False),
        *likeness_figures(slice_, pairs, reason, is_through=False),
    ]
    shown, more = own, []
    if view.look_through:
        shown = through_parts(slice_, mode)
        pairs, reason = read_pairs(slice_, mode, is_through=True)
        figures += measure_figures(slice_, view, shown, is_through=True)
        figures += likeness_figures(slice_, pairs, reason, is_through=True)
        more = list(through_rows(slice_, shown))
    figures += (_presence(slice_), *output_share_figures(slice_, mode), *coverage_figures(slice_))
    rows = (
        *(_row(slice_, piece) for piece in own.held),
        *overlap_rows(slice_, pairs),
        *more,
        *breakdown_rows(slice_, mode, shown),
    )
    reading = Reading("alignment", slice_.scope.label, slice_.as_of, slice_.version, tuple(figures), rows)
    return with_definitions(reading, slice_.facts)


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
