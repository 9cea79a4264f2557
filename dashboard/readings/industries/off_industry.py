"""Holdings outside a park's leading industries, each with the reason why it does not count or once did not."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dashboard.readings.industries.alignment_pieces import AlignedPiece, TagMode, aligned_pieces, main_tag
from dashboard.readings.lasting_answers import keep_of_firms
from funds.queries.attribution import WHOLE
from funds.queries.facts import Facts, LeadingIndustry, Tag
from funds.queries.ledger_slice import LedgerSlice

OFF_INDUSTRY = "off_industry"
HERE, ELSEWHERE, NOWHERE = "park.registered_here", "park.registered_elsewhere", "park.registered_nowhere"


@keep_of_firms
def off_industry_rows(
    slice_: LedgerSlice, park: int, mode: TagMode = TagMode.PRIMARY
) -> Sequence[Mapping[str, object]]:
    """The park's holdings that do not count in full, today's first, larger cost before smaller.

    `industries` are those of the tags that speak in this mode, `other_leading` what leads among the others;
    `off_cost` is the cost that does not count today; a holding that counts today and did not when it was
    decided has none.
    """
    pieces = [
        piece for piece in aligned_pieces(slice_, mode) if min(piece.weight_ppm, piece.decided_ppm) < WHOLE
    ]
    pieces.sort(key=lambda piece: (piece.weight_ppm == WHOLE, -piece.cost, piece.firm.holding))
    return tuple(_row(slice_.facts, park, piece, mode) for piece in pieces)


def _row(facts: Facts, park: int, piece: AlignedPiece, mode: TagMode) -> dict[str, object]:
    firm = facts.companies[piece.firm.company]
    tags = facts.tags.get(piece.firm.company, ())
    speaking = _speaking(tags, mode)
    reason, day = _explain(facts, park, piece, speaking)
    leading = facts.leading_on(park, facts.as_of)
    silent = [tag for tag in tags if tag not in speaking and facts.with_ancestors(tag.industry_id) & leading]
    registered = HERE if firm.park_id == park else NOWHERE if firm.park_id is None else ELSEWHERE
    return {
        "table": OFF_INDUSTRY,
        "fund": facts.funds[piece.firm.fund].code,
        "company": firm.code,
        "name": firm.name,
        "industries": _codes(facts, speaking),
        "other_leading": _codes(facts, silent),
        "reason": reason,
        "since": day.isoformat() if day else None,
        "registered_reason": registered,
        "decided": piece.decided.isoformat(),
        "is_off": piece.weight_ppm < WHOLE,
        "cost": piece.cost,
        "off_cost": piece.cost - piece.cost * piece.weight_ppm // WHOLE,
        "fair_value": piece.value,
        "weight": piece.weight_ppm,
        "weight_at_decision": piece.decided_ppm,
    }


def _codes(facts: Facts, tags: Iterable[Tag]) -> list[str]:
    return [facts.industries[tag.industry_id].code for tag in tags if tag.industry_id in facts.industries]


def _speaking(tags: Sequence[Tag], mode: TagMode) -> Sequence[Tag]:
    main = main_tag(tags)
    return tags if mode is not TagMode.PRIMARY else [main] if main else []


def _explain(facts: Facts, park: int, piece: AlignedPiece, tags: Sequence[Tag]) -> tuple[str, date | None]:
    """The reason as a message code, and the day that belongs to it."""
    if not tags:
        return "park.off_untagged", None
    served = [row for row in facts.leading if row.park_id == park and _serves(facts, tags, row)]
    if piece.weight_ppm == WHOLE:
        since = [row.from_date for row in served if row.holds_on(facts.as_of)]
        return "park.off_at_decision", min(since, default=None)
    if piece.weight_ppm:
        return "park.off_partly", None
    ended = [row.to_date for row in served if row.to_date is not None and row.to_date <= facts.as_of]
    if ended:
        return "park.off_ended", max(ended)
    coming = [row.from_date for row in served if row.from_date > facts.as_of]
    return ("park.off_not_yet", min(coming)) if coming else ("park.off_not_leading", None)


def _serves(facts: Facts, tags: Iterable[Tag], row: LeadingIndustry) -> bool:
    return any(row.industry_id in facts.with_ancestors(tag.industry_id) for tag in tags)
