"""What a proposal about a quarter says beside what stands: lock or unlock, or every field of what comes late."""

from collections.abc import Iterator
from dataclasses import fields

from sqlalchemy import select

from funds.book import Look
from funds.drafts.periods import LateDraft, LockDraft, QuarterDraft
from funds.drafts.proposals import ChangedValue, CorrectionDraft
from funds.kinds import PeriodEvent
from funds.models import table_of
from funds.recording.late_entries import read_late
from funds.recording.proposal_kinds import Ground
from funds.recording.side import Side


def read_quarter_sides(look: Look, seen_version: int, draft: QuarterDraft, ground: Ground) -> Iterator[Side]:
    """Every field of a draft about a quarter."""
    table = table_of(ground.model)
    things = (("fund_id", int(str(ground.columns["fund_id"]))),)
    yield Side(table.name, things, "quarter", draft.quarter, draft.quarter, draft.quarter)
    if isinstance(draft, LateDraft):
        yield from _read_late(draft, things)
        return
    seen, now = (_read_event(look, ground, version) for version in (seen_version, look.version))
    asked = PeriodEvent.LOCK if isinstance(draft, LockDraft) else PeriodEvent.UNLOCK
    yield Side(table.name, things, "event", seen, now, asked)


def _read_late(draft: LateDraft, things: tuple[tuple[str, int], ...]) -> Iterator[Side]:
    for one in read_late(draft):
        if isinstance(one, CorrectionDraft):
            given: list[ChangedValue] = list(one.values)
            yield Side("restatement", things, "row", None, None, f"{one.table}#{one.row_id}")
            for value in given:
                yield Side("restatement", things, value.column, None, None, value.value)
            continue
        for field in fields(one):
            value = getattr(one, field.name)
            if field.name not in ("place", "fund") and value is not None:
                yield Side("restatement", things, field.name, None, None, value)


def _read_event(look: Look, ground: Ground, version: int) -> PeriodEvent | None:
    table = table_of(ground.model)
    query = select(table.c.event).where(
        table.c.revision_id <= version, *(table.c[name] == value for name, value in ground.columns.items())
    )
    found: PeriodEvent | None = look.connection.execute(query.order_by(table.c.id.desc())).scalars().first()
    return found
