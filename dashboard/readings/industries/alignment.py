"""How well money serves the leading industry: AL01–AL04 on direct holdings, AL12 on declared fields."""

from dashboard.readings.answers import Figure, Reading, absent, ratio
from dashboard.readings.definitions import with_definitions
from dashboard.readings.industries.alignment_pieces import (
    AlignedPiece,
    TagMode,
    aligned_pieces,
    paid_pieces,
    weigh,
)
from dashboard.readings.industries.alignment_shares import share_figures
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ScopeName

__all__ = ["AlignedPiece", "TagMode", "aligned_pieces", "read_alignment", "weigh"]


def read_alignment(slice_: LedgerSlice, mode: TagMode = TagMode.PRIMARY) -> Reading:
    """The scope's alignment by cost, fair value, this year's payments and count, and whether parks have a fund."""
    pieces, paid = aligned_pieces(slice_, mode), paid_pieces(slice_, mode)
    shares = share_figures(pieces, paid, slice_.as_of.year, slice_.facts.policies)
    figures = (*shares, _presence(slice_))
    rows = tuple(_row(slice_, piece) for piece in pieces)
    reading = Reading("alignment", slice_.scope.label, slice_.as_of, slice_.version, figures, rows)
    return with_definitions(reading, slice_.facts)


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
