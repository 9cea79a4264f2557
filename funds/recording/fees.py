"""Records what funds pay for being run, and their other income."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from funds.book import Change
from funds.drafts import FeeDraft
from funds.kinds import EntryKind, FeeKind
from funds.models import Entry
from funds.recording.held_lines import conclude_lines, drop_faulty, hold_lines
from funds.recording.line_batches import LineBatch, check_lines, sort_lines
from funds.recording.movements import Family, check_positive, open_funds
from funds.recording.sieve import Recorded, Sieve
from funds.recording.twins import NOBODY, FieldNames, Footprint

KINDS = (EntryKind.FEE, EntryKind.OTHER_INCOME)


def record_fees(change: Change, drafts: Sequence[FeeDraft]) -> Recorded:
    """Fees paid out of a fund's cash, and other income into it."""
    sieve = Sieve(change, drafts)
    funds = open_funds(sieve)
    check_positive(sieve)
    batch = LineBatch(
        drafts,
        [funds[draft.fund].id for draft in drafts],
        [draft.paid_on for draft in drafts],
        [draft.kind for draft in drafts],
        [NOBODY] * len(drafts),
        [draft.amount_fen for draft in drafts],
    )
    incomes = [draft.kind is FeeKind.OTHER_INCOME for draft in drafts]
    columns: dict[str, Sequence[object]] = {
        "kind": [EntryKind.OTHER_INCOME if income else EntryKind.FEE for income in incomes],
        "amount_fen": [
            draft.amount_fen if income else -draft.amount_fen
            for draft, income in zip(drafts, incomes, strict=True)
        ],
        "detail": batch.kinds,
    }
    business_nos = [draft.business_no for draft in drafts]
    checked = {"amount_fen": columns["amount_fen"], "moved_on": batch.days, "business_no": business_nos}
    check_lines(sieve, checked, moved_on="paid_on")
    query = select(Entry).where(Entry.kind.in_(KINDS))
    family = Family(Entry, query, Entry.fund_id, _build, FieldNames("paid_on"), frozenset(KINDS))
    fresh = drop_faulty(sieve, sort_lines(sieve, family, batch))
    hold_lines(change, batch, fresh, columns)
    return conclude_lines(sieve, batch, fresh)


def _build(row: Any) -> Footprint:
    return Footprint(row.fund_id, row.moved_on, row.detail, NOBODY, abs(row.amount_fen))
