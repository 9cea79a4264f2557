"""What a proposal would change, field by field: as it was when it was made, as it is now, as it would be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import select

from funds.book import Look, visible
from funds.drafts import CompanyTagDraft, Draft
from funds.drafts.periods import QuarterDraft
from funds.drafts.proposals import CorrectionDraft
from funds.models import CompanyTag, table_of
from funds.queries.codes import known_industries, known_segments
from funds.queries.trail_names import targets_of
from funds.queries.trail_readers import TrailReader, readable_rows
from funds.recording.guards import VETTED
from funds.recording.proposal_kinds import UNKNOWN, Ground, ProposalKind
from funds.recording.proposed_corrections import read_value
from funds.recording.quarter_sides import read_quarter_sides
from funds.recording.side import Side

Values = Mapping[str, Any]
# The day by which one fact about a thing follows another.
DAYS = ("from_date", "valued_on")


def read_sides(
    look: Look, reader: TrailReader, seen_version: int, kind: ProposalKind, drafts: Sequence[Draft]
) -> list[Side]:
    """Every field that a proposal states, with what the reader may know to stand beside it."""
    sides = [
        side
        for draft in drafts
        for side in (
            _correct(look, reader, draft, kind.ground(look, draft))
            if isinstance(draft, CorrectionDraft)
            else read_quarter_sides(look, seen_version, draft, kind.ground(look, draft))
            if isinstance(draft, QuarterDraft)
            else _compare(look, reader, seen_version, draft, kind.ground(look, draft))
        )
    ]
    if isinstance(drafts[0], CompanyTagDraft):
        sides += _fallen(look, reader, seen_version, sides, kind.ground(look, drafts[0]), drafts[0].from_date)
    return [side for side in sides if (side.seen, side.now, side.asked) != (None, None, None)]


def _correct(look: Look, reader: TrailReader, draft: CorrectionDraft, ground: Ground) -> Iterator[Side]:
    table = table_of(ground.model)
    seen = _first(look, table, readable_rows(table, table.name, reader), table.c.id == draft.row_id)
    now = seen
    while (
        after := _first(look, table, table.c.replaces_id == now["id"], table.c.revision_id <= look.version)
        if now
        else {}
    ):
        now = after
    targets = targets_of(table.name).items()
    things = tuple((name, seen[name]) for name, target in targets if target != "person" and seen.get(name))
    for given in draft.values:
        asked = read_value(table.columns[given.column], given.value)
        yield Side(table.name, things, given.column, seen.get(given.column), now.get(given.column), asked)


def _compare(
    look: Look, reader: TrailReader, seen_version: int, draft: Draft, ground: Ground
) -> Iterator[Side]:
    table = table_of(ground.model)
    things = {name: value for name, value in ground.columns.items() if name.endswith("_id")}
    if isinstance(draft, CompanyTagDraft):
        things |= _tag_things(look, draft)
    day_column = next((name for name in DAYS if name in table.columns), "")
    day = getattr(draft, day_column)
    seen, now = (
        _in_force(Look(look.connection, version), reader, ground, things, day_column, day)
        for version in (seen_version, look.version)
    )
    ids = tuple((name, int(value)) for name, value in things.items() if isinstance(value, int) and value)
    for field in fields(draft):
        if field.name in table.columns:
            asked = getattr(draft, field.name)
            yield Side(table.name, ids, field.name, seen.get(field.name), now.get(field.name), asked)


def _fallen(
    look: Look, reader: TrailReader, seen_version: int, sides: Sequence[Side], ground: Ground, day: date
) -> Iterator[Side]:
    """The tags that hold now and that a later day, which states all of a firm's tags anew, leaves out."""
    kept = {dict(side.things).get("industry_id") for side in sides}
    newest = _standing(look, reader, ground, {}, "from_date", day).get("from_date")
    if newest is None or newest == day:
        return
    table = table_of(CompanyTag)
    query = select(table).where(
        visible(CompanyTag, look.version),
        table.c.company_id == ground.columns["company_id"],
        table.c.from_date == newest,
    )
    for row in look.connection.execute(query.order_by(table.c.id)).mappings():
        if row["industry_id"] not in kept:
            things = tuple((name, row[name]) for name in ("company_id", "industry_id"))
            seen = row["weight_ppm"] if row["revision_id"] <= seen_version else None
            yield Side(table.name, things, "weight_ppm", seen, row["weight_ppm"], None)


def _tag_things(look: Look, draft: CompanyTagDraft) -> dict[str, object]:
    industry = known_industries(look.connection, look.version, [draft.industry]).get(draft.industry)
    industry_id = industry.id if industry else UNKNOWN
    segments = known_segments(look.connection, look.version, [industry_id])
    segment = segments.get((industry_id, draft.segment)) if draft.segment else None
    return {"industry_id": industry_id, "segment_id": segment.id if segment else None}


def _in_force(
    look: Look,
    reader: TrailReader,
    ground: Ground,
    things: Mapping[str, object],
    day_column: str,
    day: date,
) -> Values:
    """The same, but for a tag only where it is among those of its firm's newest day."""
    found = _standing(look, reader, ground, things, day_column, day)
    if ground.model is CompanyTag and found:
        newest = _standing(look, reader, ground, {}, day_column, day)
        return found if found[day_column] == newest[day_column] else {}
    return found


def _standing(
    look: Look,
    reader: TrailReader,
    ground: Ground,
    things: Mapping[str, object],
    day_column: str,
    day: date,
) -> Values:
    """The fact that held on a day: the newest that is confirmed, where facts of its kind are confirmed."""
    table = table_of(ground.model)
    about = {name: value for name, value in {**ground.columns, **things}.items() if name != day_column}
    query = select(table).where(
        visible(ground.model, look.version),
        readable_rows(table, table.name, reader),
        table.c[day_column] <= day,
        *(table.c[name].is_not_distinct_from(value) for name, value in about.items()),
    )
    if ground.model in VETTED:
        query = query.where(table.c[VETTED[ground.model][0]].is_not(None))
    row = look.connection.execute(query.order_by(table.c[day_column].desc(), table.c.id.desc())).mappings()
    return dict(row.first() or {})


def _first(look: Look, table: Any, *conditions: Any) -> Values:
    return dict(look.connection.execute(select(table).where(*conditions)).mappings().first() or {})
