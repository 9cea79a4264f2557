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
from funds.recording.held_lines import conclude_lines, drop_faulty, hold_lines
from funds.recording.line_batches import LineBatch, check_lines, sort_lines
from funds.recording.lookups import look_up_parties
from funds.recording.movements import Family, check_other_party, check_positive, open_funds
from funds.recording.sieve import Recorded, Sieve, codes_of
from funds.recording.twins import FieldNames, Footprint

M = TypeVar("M", ContributionDraft, DistributionDraft)


@dataclass(frozen=True)
class Shape:
    """How a draft of money between a fund and an investor becomes a line: `said` fields are columns too."""

    kind: EntryKind
    sign: int
    day: str
    said: tuple[str, ...]
    is_detailed: bool

    def build(self, row: Any) -> Footprint:
        """The same from a line of the ledger."""
        kind = row.detail if self.is_detailed else self.kind
        said = tuple((field, getattr(row, field)) for field in self.said)
        return Footprint(row.fund_id, row.moved_on, kind, row.counterparty_id, abs(row.amount_fen), said)

    def batch(
        self, drafts: Sequence[M], funds: Mapping[str, KnownBody], parties: Mapping[str, Known]
    ) -> LineBatch[M]:
        """The drafts by column."""
        return LineBatch(
            drafts,
            [funds[draft.fund].id for draft in drafts],
            [getattr(draft, self.day) for draft in drafts],
            [getattr(draft, "kind", self.kind) for draft in drafts],
            [parties[draft.investor].id for draft in drafts],
            [draft.amount_fen for draft in drafts],
            {field: [getattr(draft, field) for draft in drafts] for field in self.said},
        )

    def columns(self, batch: LineBatch[Any]) -> dict[str, Sequence[object]]:
        """What the fund's own lines say beside that."""
        return {
            "kind": [self.kind] * len(batch.drafts),
            "amount_fen": [self.sign * amount for amount in batch.amounts],
            "counterparty_id": batch.party_ids,
            "detail": batch.kinds if self.is_detailed else [None] * len(batch.drafts),
        }


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
    batch = shape.batch(sieve.drafts, funds, parties)
    columns = shape.columns(batch)
    checked = {
        "amount_fen": columns["amount_fen"],
        "moved_on": batch.days,
        **{name: values for name, values in batch.said.items() if name == "notice_no"},
        "business_no": [draft.business_no for draft in sieve.drafts],
    }
    check_lines(sieve, checked, moved_on=shape.day)
    family = Family(
        Entry,
        select(Entry).where(Entry.kind == shape.kind),
        Entry.fund_id,
        shape.build,
        FieldNames(shape.day),
        frozenset({shape.kind}),
    )
    fresh = drop_faulty(sieve, sort_lines(sieve, family, batch))
    change = sieve.change
    investors = [batch.party_ids[place] for place in fresh.places]
    mothers = funds_of_parties(change.connection, change.version, investors)
    children = [funds[draft.fund].party_id for draft in sieve.drafts]
    hold_lines(change, batch, fresh, columns, mothers, children)
    return conclude_lines(sieve, batch, fresh)


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
