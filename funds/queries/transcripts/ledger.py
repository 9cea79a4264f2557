"""Commitments, calls and movements as drafts."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from funds.drafts import (
    CallNoticeDraft,
    CommitmentDraft,
    ContributionDraft,
    DistributionDraft,
    ExitDraft,
    FeeDraft,
    InvestmentDraft,
)
from funds.kinds import CommitmentChange, DistributionKind, EntryKind, FeeKind
from funds.models import CallNotice, Commitment, CommitmentMovement, Deal, DealFact, Entry, Exit
from funds.models.visibility import visible
from funds.queries.transcripts.extent import Source


def draft_commitments(source: Source) -> Iterator[CommitmentDraft]:
    """One draft for each change; a transfer's two halves are one."""
    query = select(CommitmentMovement.__table__, Commitment.fund_id, Commitment.investor_id).join(
        Commitment, Commitment.id == CommitmentMovement.commitment_id
    )
    rows = source.rows(CommitmentMovement, query)
    gained = {
        row.movement_id: row.investor_id
        for row in rows
        if row.kind is CommitmentChange.TRANSFER and row.amount_fen > 0
    }
    for row in rows:
        is_gain = row.kind is CommitmentChange.TRANSFER and row.amount_fen > 0
        if is_gain or not source.extent.holds_fund(row.fund_id):
            continue
        transferee = gained.get(row.movement_id) if row.kind is CommitmentChange.TRANSFER else None
        source.point_at_fund(row.fund_id)
        source.parties.update({row.investor_id} | ({transferee} if transferee is not None else set()))
        yield CommitmentDraft(
            business_no=row.business_no,
            fund=source.codes.fund[row.fund_id],
            investor=source.codes.party[row.investor_id],
            kind=row.kind,
            amount_fen=abs(row.amount_fen),
            signed_on=row.signed_on,
            transferee=None if transferee is None else source.codes.party[transferee],
            basis=row.basis,
        )


def draft_notices(source: Source) -> Iterator[CallNoticeDraft]:
    """What was called."""
    query = select(CallNotice.__table__, Commitment.fund_id, Commitment.investor_id).join(
        Commitment, Commitment.id == CallNotice.commitment_id
    )
    for row in source.rows(CallNotice, query):
        if source.extent.holds_fund(row.fund_id):
            yield CallNoticeDraft(
                notice_no=row.notice_no,
                fund=source.codes.fund[row.fund_id],
                investor=source.codes.party[row.investor_id],
                amount_fen=row.amount_fen,
                noticed_on=row.noticed_on,
                due_on=row.due_on,
            )


def draft_contributions(source: Source) -> Iterator[ContributionDraft]:
    """Money paid in, from the receiving fund's side; the mother's line is its mirror."""
    for row in _entries(source, EntryKind.PAID_IN):
        source.parties.add(row.counterparty_id)
        yield ContributionDraft(
            business_no=row.business_no,
            fund=source.codes.fund[row.fund_id],
            investor=source.codes.party[row.counterparty_id],
            amount_fen=row.amount_fen,
            received_on=row.moved_on,
            notice_no=row.notice_no,
            is_inside_commitment=row.is_inside_commitment,
        )


def draft_distributions(source: Source) -> Iterator[DistributionDraft]:
    """Money given back."""
    for row in _entries(source, EntryKind.DISTRIBUTION):
        source.parties.add(row.counterparty_id)
        yield DistributionDraft(
            business_no=row.business_no,
            fund=source.codes.fund[row.fund_id],
            investor=source.codes.party[row.counterparty_id],
            amount_fen=-row.amount_fen,
            paid_on=row.moved_on,
            kind=DistributionKind(row.detail),
            is_recallable=row.is_recallable,
            is_in_kind=row.is_in_kind,
        )


def draft_fees(source: Source) -> Iterator[FeeDraft]:
    """Fees paid and other income."""
    for row in _entries(source, EntryKind.FEE, EntryKind.OTHER_INCOME):
        yield FeeDraft(
            business_no=row.business_no,
            fund=source.codes.fund[row.fund_id],
            kind=FeeKind(row.detail),
            amount_fen=abs(row.amount_fen),
            paid_on=row.moved_on,
        )


def draft_investments(source: Source) -> Iterator[InvestmentDraft]:
    """Payments of deals with what was agreed."""
    facts = {row.movement_id: row for row in source.rows(DealFact)}
    rounds = {row.id: row.round_id for row in source.connection.execute(select(Deal.id, Deal.round_id))}
    for row in _entries(source, EntryKind.INVESTMENT):
        fact, (_, company) = facts[row.movement_id], source.codes.holding[row.holding_id]
        round_id = rounds[row.deal_id]
        source.point_at_company(company)
        if round_id is not None:
            source.rounds.add(round_id)
        yield InvestmentDraft(
            business_no=row.business_no,
            fund=source.codes.fund[row.fund_id],
            company=source.codes.company[company],
            round=None if round_id is None else source.codes.round[round_id],
            decided_on=fact.decided_on,
            paid_on=row.moved_on,
            amount_fen=-row.amount_fen,
            instrument=fact.instrument,
            stake_ppm=fact.stake_ppm,
            buyback=fact.buyback,
            anti_dilution=fact.anti_dilution,
            landing=fact.landing,
        )


def draft_exits(source: Source) -> Iterator[ExitDraft]:
    """Money back from firms, and write-offs."""
    for row in source.rows(Exit):
        fund, company = source.codes.holding[row.holding_id]
        if not source.extent.holds_fund(fund):
            continue
        source.point_at_company(company)
        yield ExitDraft(
            business_no=row.business_no,
            fund=source.codes.fund[fund],
            company=source.codes.company[company],
            exited_on=row.exited_on,
            amount_fen=row.amount_fen,
            kind=row.kind,
            cost_out_fen=row.cost_out_fen,
            transferred_ppm=row.transferred_ppm,
        )


def _entries(source: Source, *kinds: EntryKind) -> Iterator[Any]:
    query = (
        select(Entry.__table__)
        .where(Entry.kind.in_(kinds), visible(Entry, source.version))
        .order_by(Entry.moved_on, Entry.occurrence, Entry.id)
    )
    for row in source.connection.execute(query):
        if source.extent.holds_fund(row.fund_id):
            source.point_at_fund(row.fund_id)
            yield row
