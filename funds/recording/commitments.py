"""Records what investors are bound to pay, how that changes hands, and what they are called for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from funds.book import Change
from funds.drafts import CallNoticeDraft, CommitmentDraft
from funds.kinds import CommitmentChange
from funds.models import CallNotice, Commitment, CommitmentMovement
from funds.queries.codes import Known, KnownBody
from funds.recording.facts import Line, Noun, keep_facts, plan_facts
from funds.recording.identities import found_commitments, read_pairs
from funds.recording.lookups import NOBODY, look_up_parties
from funds.recording.movements import (
    Family,
    check_other_party,
    check_positive,
    check_rows,
    finish,
    open_funds,
    sort_family,
)
from funds.recording.sieve import Recorded, Sieve
from funds.recording.twins import FieldNames, Footprint, Fresh, Sorted

LOWERING = frozenset({CommitmentChange.DECREASE, CommitmentChange.TRANSFER, CommitmentChange.CANCEL})
NOTICE = Noun(CallNotice, ("notice_no", "commitment_id"), "amount_fen", {"commitment_id": "investor"})


def record_commitments(change: Change, drafts: Sequence[CommitmentDraft]) -> Recorded:
    """Dated changes of commitments; a transfer writes both halves with one movement."""
    sieve = Sieve(change, drafts)
    funds = open_funds(sieve)
    parties = look_up_parties(sieve, "investor", "transferee")
    _check_drafts(sieve, funds, parties)
    movements = [
        (
            draft,
            Footprint(
                funds[draft.fund].id,
                draft.signed_on,
                draft.kind,
                parties[draft.investor].id,
                draft.amount_fen,
                (
                    ("transferee", parties[draft.transferee].id if draft.transferee else None),
                    ("basis", draft.basis),
                ),
            ),
        )
        for draft in sieve.drafts
    ]
    return finish(sieve, sort_family(sieve, _family(), movements), lambda result: _write(change, result))


def record_call_notices(change: Change, drafts: Sequence[CallNoticeDraft]) -> Recorded:
    """What investors are asked to pay by when; one notice may go to several of them."""
    sieve = Sieve(change, drafts)
    funds = open_funds(sieve)
    parties = look_up_parties(sieve, "investor")
    ids = [funds[draft.fund].id for draft in sieve.sound()]
    commitments = read_pairs(change, Commitment, ("fund_id", "investor_id"), ids)
    for draft in sieve.sound():
        if (funds[draft.fund].id, parties[draft.investor].id) not in commitments:
            _report_unbound(sieve, draft)
    lines = [
        Line(
            draft,
            {
                "notice_no": draft.notice_no,
                "commitment_id": commitments.get((funds[draft.fund].id, parties[draft.investor].id), NOBODY),
                "amount_fen": draft.amount_fen,
                "noticed_on": draft.noticed_on,
                "due_on": draft.due_on,
            },
        )
        for draft in sieve.drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, NOTICE, lines))


def _report_unbound(sieve: Sieve[CallNoticeDraft], draft: CallNoticeDraft) -> None:
    if sieve.is_suspect(f"commitment/{draft.fund}/{draft.investor}"):
        sieve.drop(draft)
    else:
        params = {"fund": draft.fund, "investor": draft.investor}
        sieve.report(draft, "investor", "notice.no_commitment", params)


def _check_drafts(
    sieve: Sieve[CommitmentDraft], funds: Mapping[str, KnownBody], parties: Mapping[str, Known]
) -> None:
    check_positive(sieve)
    check_other_party(sieve, funds, parties, "investor")
    check_other_party(sieve, funds, parties, "transferee")
    for draft in sieve.drafts:
        is_transfer = draft.kind is CommitmentChange.TRANSFER
        if is_transfer and draft.transferee is None:
            sieve.report(draft, "transferee", "commitment.no_transferee")
        elif not is_transfer and draft.transferee is not None:
            sieve.report(draft, "transferee", "commitment.unexpected_transferee")
        elif draft.transferee == draft.investor:
            sieve.report(draft, "transferee", "commitment.transfer_to_self")
    rows: Iterator[tuple[CommitmentDraft, Mapping[str, object]]] = (
        (
            draft,
            {
                "amount_fen": draft.amount_fen,
                "signed_on": draft.signed_on,
                "basis": draft.basis,
                "business_no": draft.business_no,
            },
        )
        for draft in sieve.drafts
    )
    check_rows(sieve, CommitmentMovement, rows)


def _family() -> Family:
    """The investor's half of each change, with the transferee of the other half."""
    half, commitment, other = CommitmentMovement, Commitment, aliased(CommitmentMovement)
    transferee = aliased(Commitment)
    # A correction rewrites both halves, so that the other half of a row was written in the same revision.
    gained = (
        select(transferee.investor_id)
        .join(other, other.commitment_id == transferee.id)
        .where(
            other.movement_id == half.movement_id,
            other.revision_id == half.revision_id,
            other.amount_fen > 0,
            half.kind == CommitmentChange.TRANSFER,
        )
        .correlate(half)
        .scalar_subquery()
    )
    query = (
        select(
            half.id,
            commitment.fund_id,
            commitment.investor_id,
            half.kind,
            half.amount_fen,
            half.signed_on,
            half.basis,
            half.business_no,
            half.occurrence,
            gained.label("transferee_id"),
        )
        .join(commitment, commitment.id == half.commitment_id)
        .where((half.kind != CommitmentChange.TRANSFER) | (half.amount_fen < 0))
    )
    return Family(half, query, commitment.fund_id, _build, FieldNames("signed_on"))


def _build(row: Any) -> Footprint:
    rest = (("transferee", row.transferee_id), ("basis", row.basis))
    return Footprint(row.fund_id, row.signed_on, row.kind, row.investor_id, abs(row.amount_fen), rest)


def _write(change: Change, result: Sorted[CommitmentDraft]) -> None:
    pairs = [(fund_id, party, origin) for fund_id, party, origin, _ in _halves(result.fresh)]
    commitments = found_commitments(change, pairs)
    first = change.next_id(CommitmentMovement)
    rows: list[dict[str, object]] = []
    for fresh in result.fresh:
        movement_id = first + len(rows)
        rows += [
            _row(fresh, commitments[fund_id, party], amount, movement_id)
            for fund_id, party, _, amount in _halves([fresh])
        ]
    change.add(CommitmentMovement, rows)


def _halves(fresh: Sequence[Fresh[CommitmentDraft]]) -> Iterator[tuple[int, int, str | None, int]]:
    """Fund, party, origin and signed amount of each half."""
    for movement in fresh:
        footprint, draft = movement.footprint, movement.draft
        amount = -draft.amount_fen if draft.kind in LOWERING else draft.amount_fen
        yield footprint.fund_id, footprint.counterparty_id, draft.place.origin, amount
        transferee = dict(footprint.rest)["transferee"]
        if isinstance(transferee, int):
            yield footprint.fund_id, transferee, draft.place.origin, -amount


def _row(
    fresh: Fresh[CommitmentDraft], commitment_id: int, amount: int, movement_id: int
) -> dict[str, object]:
    return {
        "commitment_id": commitment_id,
        "kind": fresh.draft.kind,
        "amount_fen": amount,
        "signed_on": fresh.draft.signed_on,
        "basis": fresh.draft.basis,
        "movement_id": movement_id,
        "business_no": fresh.draft.business_no,
        "occurrence": fresh.occurrence,
        "origin": fresh.draft.place.origin,
    }
