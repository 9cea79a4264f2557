"""Records what funds pay for being run, and their other income."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from funds.book import Change
from funds.drafts import FeeDraft
from funds.kinds import EntryKind, FeeKind
from funds.models import Entry
from funds.recording.movements import (
    Family,
    check_positive,
    check_rows,
    entry_line,
    finish,
    open_funds,
    sort_family,
)
from funds.recording.sieve import Recorded, Sieve
from funds.recording.twins import NOBODY, FieldNames, Footprint, Fresh, Sorted

KINDS = (EntryKind.FEE, EntryKind.OTHER_INCOME)


def record_fees(change: Change, drafts: Sequence[FeeDraft]) -> Recorded:
    """Fees paid out of a fund's cash, and other income into it."""
    sieve = Sieve(change, drafts)
    funds = open_funds(sieve)
    check_positive(sieve)
    movements = [
        (draft, Footprint(funds[draft.fund].id, draft.paid_on, draft.kind, NOBODY, draft.amount_fen))
        for draft in sieve.drafts
    ]
    rows = [(draft, _line(Fresh(draft, footprint, 1))) for draft, footprint in movements]
    check_rows(sieve, Entry, rows, moved_on="paid_on")
    family = Family(
        Entry, select(Entry).where(Entry.kind.in_(KINDS)), Entry.fund_id, _build, FieldNames("paid_on")
    )

    def write(result: Sorted[FeeDraft]) -> None:
        first = change.next_id(Entry)
        lines = [_line(fresh) | {"movement_id": first + place} for place, fresh in enumerate(result.fresh)]
        change.add(Entry, lines)

    return finish(sieve, sort_family(sieve, family, movements), write)


def _line(fresh: Fresh[FeeDraft]) -> dict[str, object]:
    draft = fresh.draft
    if draft.kind is FeeKind.OTHER_INCOME:
        return entry_line(fresh, EntryKind.OTHER_INCOME, draft.amount_fen, detail=draft.kind)
    return entry_line(fresh, EntryKind.FEE, -draft.amount_fen, detail=draft.kind)


def _build(row: Any) -> Footprint:
    return Footprint(row.fund_id, row.moved_on, row.detail, NOBODY, abs(row.amount_fen))
