"""Records the links of industries' chains, and what leaves one link for the next."""

from collections.abc import Sequence

from funds.book import Change
from funds.drafts import SegmentDraft, SegmentEdgeDraft
from funds.errors import NotFound
from funds.models import Segment, SegmentEdge, SegmentFact
from funds.permissions import Action, read_rights
from funds.queries.codes import known_segments
from funds.recording.chains import content_columns, read_row, read_successors
from funds.recording.facts import Line, Noun, keep_facts, plan_facts
from funds.recording.lookups import NOBODY, look_up_industries, look_up_segments
from funds.recording.sieve import Recorded, Sieve
from funds.recording.whole import check_whole
from funds.rules.rows import check_row

SEGMENT = Noun(SegmentFact, ("segment_id",), fields={"segment_id": "code"})
SEGMENT_EDGE = Noun(
    SegmentEdge, ("source_id", "target_id"), fields={"source_id": "source", "target_id": "target"}
)


def record_segments(change: Change, drafts: Sequence[SegmentDraft]) -> Recorded:
    """The links of industries' chains."""
    sieve = Sieve(change, drafts)
    sieve.rights.require(Action.RECORD_CODE_BOOK)
    industries = look_up_industries(sieve, "industry")
    ids = _found_segments(sieve, {code: industry.id for code, industry in industries.items()})
    for draft in sieve.sound():
        if draft.parent is not None and (industries[draft.industry].id, draft.parent) not in ids:
            suspicion = f"segment/{draft.industry}/{draft.parent}"
            sieve.report_unknown(draft, "parent", {"code": draft.parent}, suspicion)

    def id_behind(draft: SegmentDraft, code: str | None) -> int | None:
        return None if code is None else ids.get((industries[draft.industry].id, code), NOBODY)

    lines = [
        Line(
            draft,
            {
                "segment_id": id_behind(draft, draft.code),
                "name": draft.name,
                "parent_id": id_behind(draft, draft.parent),
                "position": draft.position,
            },
        )
        for draft in drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, SEGMENT, lines))


def record_segment_edges(change: Change, drafts: Sequence[SegmentEdgeDraft]) -> Recorded:
    """What leaves a link goes into another, of the same chain unless the draft names a second industry."""
    sieve = Sieve(change, drafts)
    sieve.rights.require(Action.RECORD_CODE_BOOK)
    industries = look_up_industries(sieve, "industry", "target_industry")
    segments = look_up_segments(sieve, industries, ("industry", "source"), ("target_industry", "target"))
    lines = [
        Line(
            draft,
            {
                "source_id": segments.get((industries[draft.industry].id, draft.source), NOBODY),
                "target_id": segments.get(
                    (industries[draft.target_industry or draft.industry].id, draft.target), NOBODY
                ),
                "basis": draft.basis,
            },
        )
        for draft in sieve.drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, SEGMENT_EDGE, lines))


def withdraw_segment_edges(change: Change, ids: Sequence[int]) -> None:
    """Take lines of the graph back; what was known of them before stays known."""
    read_rights(change.connection, change.person_id, change.on, change.version).require(
        Action.RECORD_CODE_BOOK
    )
    for row_id in dict.fromkeys(ids):
        row = read_row(change, SegmentEdge, row_id)
        if row is None or row["withdrawn"] or read_successors(change, SegmentEdge, row_id):
            raise NotFound("segment_edge.not_standing")
        copy = {column: row[column] for column in content_columns(SegmentEdge)}
        change.add(SegmentEdge, [{**copy, "withdrawn": True, "replaces_id": row_id}])
    check_whole(change)


def _found_segments(sieve: Sieve[SegmentDraft], industries: dict[str, int]) -> dict[tuple[int, str], int]:
    change = sieve.change
    known = known_segments(change.connection, change.version, list(industries.values()))
    ids = {pair: segment.id for pair, segment in known.items() if segment.is_visible}
    rows: dict[tuple[int, str], dict[str, object]] = {}
    for draft in sieve.drafts:
        pair = (industries[draft.industry], draft.code)
        for fault in check_row(Segment, {"code": draft.code}, change.on):
            sieve.report(draft, "code", fault.code, fault.params)
        if pair in known:
            ids[pair] = known[pair].id
        elif sieve.is_sound(draft):
            row = {"industry_id": pair[0], "code": pair[1], "origin": draft.place.origin}
            rows.setdefault(pair, row)
    return ids | dict(zip(rows, change.add(Segment, list(rows.values())), strict=True))
