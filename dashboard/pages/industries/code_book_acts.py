"""What who keeps the code book can do about industries, chains and national codes: each is one revision."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import select

from dashboard.auth.callbacks import BadValues
from dashboard.auth.visit import Visit
from funds.book import Change, visible
from funds.drafts import CrosswalkDraft, IndustryDraft, SegmentDraft, SegmentEdgeDraft
from funds.errors import RulesBroken
from funds.kinds import Confirmation, IndustryCategory, SegmentPosition
from funds.models import (
    Industry,
    IndustryCrosswalk,
    IndustryFact,
    Replaceable,
    Segment,
    SegmentCrosswalk,
    SegmentFact,
)
from funds.problems import fatal
from funds.recording import (
    record_crosswalks,
    record_industries,
    record_segment_edges,
    record_segments,
    withdraw_segment_edges,
)
from funds.recording.corrections import Correction, correct_rows

K = TypeVar("K")
Fields = Mapping[str, str]
LONGEST_REASON = 2_000
CROSSWALKS: Mapping[str, type[Replaceable]] = {
    "industry_crosswalk": IndustryCrosswalk,
    "segment_crosswalk": SegmentCrosswalk,
}


def add_industry(visit: Visit, fields: Fields) -> str:
    """A new industry of the city's list."""
    _require(fields, "code", "name", "category", "from", "reason")
    draft = _industry(fields, _read_day(fields["from"]))

    def act(change: Change) -> None:
        if not record_industries(change, [draft]).new:
            raise RulesBroken([fatal("industry.known_already", "form:code", code=draft.code)])

    _change(visit, fields, act)
    return visit.say("industry.added", name=draft.name)


def change_industry(visit: Visit, row_id: int, fields: Fields) -> str:
    """Put an edition right, or let another begin: a new day of beginning makes a new edition."""
    _require(fields, "code", "name", "category", "from", "reason")
    begins = _read_day(fields["from"])
    draft = _industry(fields, begins)

    def act(change: Change) -> None:
        query = select(IndustryFact.from_date).where(IndustryFact.id == row_id)
        if change.connection.execute(query).scalar() not in (begins, None):
            record_industries(change, [draft])
            return
        values = {
            "name": draft.name,
            "parent_id": _id_of_industry(change, draft.parent),
            "category": draft.category,
            "aliases": draft.aliases,
            "from_date": begins,
            "to_date": draft.to_date,
            "basis": draft.basis,
        }
        correct_rows(change, [Correction(IndustryFact, row_id, values)])

    _change(visit, fields, act)
    return visit.say("industry.changed", name=draft.name)


def keep_segment(visit: Visit, industry: str, fields: Fields) -> str:
    """Add a segment, or put a known one right."""
    _require(fields, "code", "name", "reason")
    draft = SegmentDraft(
        industry=industry,
        code=fields["code"],
        name=fields["name"],
        parent=fields.get("parent") or None,
        position=_choose(SegmentPosition, fields.get("position")),
    )

    def act(change: Change) -> None:
        row = _find_segment(change, industry, draft.code)
        if row is None:
            record_segments(change, [draft])
            return
        parent = None if draft.parent is None else _find_segment(change, industry, draft.parent)
        if draft.parent is not None and parent is None:
            raise RulesBroken([fatal("code.unknown", "form:parent", code=draft.parent)])
        values = {
            "name": draft.name,
            "parent_id": parent[1] if parent else None,
            "position": draft.position,
        }
        correct_rows(change, [Correction(SegmentFact, row[0], values)])

    _change(visit, fields, act)
    return visit.say("industry.segment_kept", name=draft.name)


def add_edge(visit: Visit, fields: Fields) -> str:
    """A line from one segment to another."""
    _require(fields, "source", "target", "reason")
    (industry, source), (other, target) = (_read_segment(fields[end]) for end in ("source", "target"))
    draft = SegmentEdgeDraft(
        industry=industry,
        source=source,
        target=target,
        target_industry=other,
        basis=fields.get("basis") or None,
    )
    _change(visit, fields, lambda change: record_segment_edges(change, [draft]))
    return visit.say("industry.edge_added", source=source, target=target)


def withdraw_edge(visit: Visit, row_id: int, fields: Fields) -> str:
    """Take a line back."""
    _require(fields, "reason")
    _change(visit, fields, lambda change: withdraw_segment_edges(change, [row_id]))
    return visit.say("industry.edge_withdrawn")


def add_code(visit: Visit, industry: str, fields: Fields) -> str:
    """A national code of the industry, or of one of its segments; whether it was checked is said apart."""
    _require(fields, "national_code", "reason")
    draft = CrosswalkDraft(
        industry=industry,
        national_code=fields["national_code"],
        segment=fields.get("segment") or None,
        is_partial=fields.get("is_partial") == "yes",
        basis=fields.get("basis") or None,
    )
    _change(visit, fields, lambda change: record_crosswalks(change, [draft]))
    return visit.say("industry.code_added", code=draft.national_code)


def confirm_code(visit: Visit, table: str, row_id: int, fields: Fields) -> str:
    """A national code was checked against its source."""
    _require(fields, "reason")
    model = CROSSWALKS[table]
    correction = Correction(model, row_id, {"confirmation": Confirmation.CONFIRMED})
    _change(visit, fields, lambda change: correct_rows(change, [correction]))
    return visit.say("industry.code_confirmed")


def _change(visit: Visit, fields: Fields, act: Callable[[Change], object]) -> None:
    reason = "".join(sign if sign.isprintable() else " " for sign in fields["reason"].strip())
    with visit.book.change(visit.person.login, reason[:LONGEST_REASON], action="code_book") as change:
        act(change)


def _require(fields: Fields, *names: str) -> None:
    """Refuse a form that lacks something, all of it at once."""
    missing: Sequence[str] = [name for name in names if not fields.get(name, "").strip()]
    if missing:
        raise RulesBroken([fatal(f"industry.missing_{name}", f"form:{name}") for name in missing])


def _industry(fields: Fields, begins: date) -> IndustryDraft:
    return IndustryDraft(
        code=fields["code"],
        name=fields["name"],
        parent=fields.get("parent") or None,
        category=_choose(IndustryCategory, fields["category"]) or IndustryCategory.OTHER,
        aliases=fields.get("aliases") or None,
        from_date=begins,
        to_date=_read_day(fields["to"]) if fields.get("to") else None,
        basis=fields.get("basis") or None,
    )


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise BadValues("request.bad_values") from fault


def _choose(kind: Callable[[str], K], text: str | None) -> K | None:
    try:
        return kind(text) if text else None
    except ValueError as fault:
        raise BadValues("request.bad_values") from fault


def _read_segment(text: str) -> tuple[str, str]:
    industry, _, code = text.partition("/")
    return industry, code


def _id_of_industry(change: Change, code: str | None) -> int | None:
    if code is None:
        return None
    found = change.connection.execute(select(Industry.id).where(Industry.code == code)).scalar()
    if found is None:
        raise RulesBroken([fatal("code.unknown", "form:parent", code=code)])
    return int(found)


def _find_segment(change: Change, industry: str, code: str) -> tuple[int, int] | None:
    """The standing facts of a segment, and the segment."""
    query = (
        select(SegmentFact.id, SegmentFact.segment_id)
        .join(Segment, Segment.id == SegmentFact.segment_id)
        .join(Industry, Industry.id == Segment.industry_id)
        .where(visible(SegmentFact, change.version), Industry.code == industry, Segment.code == code)
    )
    row = change.connection.execute(query).first()
    return None if row is None else (row.id, row.segment_id)
