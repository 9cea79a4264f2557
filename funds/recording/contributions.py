"""Records what investors pay into funds and what funds give back; mothers and children move together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select

from funds.book import Change, visible
from funds.drafts import ContributionDraft, DistributionDraft
from funds.kinds import EntryKind
from funds.models import CallNotice, Commitment, Entry
from funds.queries.codes import Known, KnownBody, each_chunk, funds_of_parties
from funds.recording.lookups import look_up_parties
from funds.recording.movements import (
    Family,
    Transfer,
    check_other_party,
    check_positive,
    check_rows,
    entry_line,
    finish,
    open_funds,
    sort_family,
    write_transfers,
)
from funds.recording.sieve import Recorded, Sieve, codes_of
from funds.recording.twins import FieldNames, Footprint, Fresh, Sorted

M = TypeVar("M", ContributionDraft, DistributionDraft)


@dataclass(frozen=True)
class Shape:
    """How a draft of money between a fund and an investor becomes a line: `said` fields are columns too."""

    kind: EntryKind
    sign: int
    day: str
    said: tuple[str, ...]
    is_detailed: bool

    def footprint(self, draft: Any, fund_id: int, party_id: int) -> Footprint:
        """What makes the movement the one it is."""
        kind = draft.kind if self.is_detailed else self.kind
        said = tuple((field, getattr(draft, field)) for field in self.said)
        return Footprint(fund_id, getattr(draft, self.day), kind, party_id, draft.amount_fen, said)

    def build(self, row: Any) -> Footprint:
        """The same from a line of the ledger."""
        kind = row.detail if self.is_detailed else self.kind
        said = tuple((field, getattr(row, field)) for field in self.said)
        return Footprint(row.fund_id, row.moved_on, kind, row.counterparty_id, abs(row.amount_fen), said)

    def line(self, fresh: Fresh[Any]) -> dict[str, object]:
        """The fund's own line."""
        draft = fresh.draft
        return entry_line(
            fresh,
            self.kind,
            self.sign * draft.amount_fen,
            detail=draft.kind if self.is_detailed else None,
            counterparty_id=fresh.footprint.counterparty_id,
            **{field: getattr(draft, field) for field in self.said},
        )


PAID_IN = Shape(EntryKind.PAID_IN, 1, "received_on", ("notice_no", "is_inside_commitment"), is_detailed=False)
GIVEN_BACK = Shape(EntryKind.DISTRIBUTION, -1, "paid_on", ("is_recallable", "is_in_kind"), is_detailed=True)


def record_contributions(change: Change, drafts: Sequence[ContributionDraft]) -> Recorded:
    """Money paid in (实缴), inside or outside what was committed."""
    sieve = Sieve(change, drafts)
    funds = open_funds(sieve)
    parties = look_up_parties(sieve, "investor")
    _check_notices(sieve, funds, parties)
    return _record(sieve, funds, parties, PAID_IN)


def record_distributions(change: Change, drafts: Sequence[DistributionDraft]) -> Recorded:
    """Money (or holdings, at value) given back to investors."""
    sieve = Sieve(change, drafts)
    funds = open_funds(sieve)
    parties = look_up_parties(sieve, "investor")
    return _record(sieve, funds, parties, GIVEN_BACK)


def _record(
    sieve: Sieve[M], funds: Mapping[str, KnownBody], parties: Mapping[str, Known], shape: Shape
) -> Recorded:
    check_positive(sieve)
    check_other_party(sieve, funds, parties, "investor")
    movements = [
        (draft, shape.footprint(draft, funds[draft.fund].id, parties[draft.investor].id))
        for draft in sieve.drafts
    ]
    rows = [(draft, shape.line(Fresh(draft, footprint, 1))) for draft, footprint in movements]
    check_rows(sieve, Entry, rows, moved_on=shape.day, counterparty_id="investor")
    family = Family(
        Entry,
        select(Entry).where(Entry.kind == shape.kind),
        Entry.fund_id,
        shape.build,
        FieldNames(shape.day),
    )

    def write(result: Sorted[M]) -> None:
        change = sieve.change
        investors = [fresh.footprint.counterparty_id for fresh in result.fresh]
        mothers = funds_of_parties(change.connection, change.version, investors)
        transfers = [
            Transfer(
                shape.line(fresh),
                funds[fresh.draft.fund].party_id,
                mothers.get(fresh.footprint.counterparty_id),
            )
            for fresh in result.fresh
        ]
        write_transfers(change, transfers)

    return finish(sieve, sort_family(sieve, family, movements), write)


def _check_notices(
    sieve: Sieve[ContributionDraft], funds: Mapping[str, KnownBody], parties: Mapping[str, Known]
) -> None:
    """A notice that a payment answers to was sent by that fund to that investor."""
    change = sieve.change
    query = (
        select(CallNotice.notice_no, Commitment.fund_id, Commitment.investor_id)
        .join(Commitment, Commitment.id == CallNotice.commitment_id)
        .where(visible(CallNotice, change.version))
    )
    sent = {
        tuple(row)
        for piece in each_chunk(codes_of(sieve.sound(), "notice_no"))
        for row in change.connection.execute(query.where(CallNotice.notice_no.in_(piece)))
    }
    for draft, field, notice_no in sieve.referring("notice_no"):
        if (notice_no, funds[draft.fund].id, parties[draft.investor].id) in sent:
            continue
        if sieve.is_suspect(notice_no):
            sieve.drop(draft)
        else:
            sieve.report(draft, field, "notice.unknown", {"notice": notice_no, "fund": draft.fund})
