"""Every kind of proposal in one table: which drafts, recorded by which verb, on whose right, about what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from funds.book import Change, Look
from funds.drafts import CompanyTagDraft, Draft, MarkDraft, NatureDraft, NavDraft, PolicyDraft
from funds.drafts.periods import LateDraft, LockDraft, QuarterDraft, UnlockDraft
from funds.drafts.proposals import CorrectionDraft, read_drafts
from funds.errors import NotFound
from funds.kinds import ScopeKind
from funds.models import BookRow, CompanyTag, FundNav, Holding, Mark, PartyNature, Period, Policy
from funds.permissions import CITY, Action, Rights, Scope
from funds.queries.codes import known_companies, known_funds, known_parties
from funds.queries.proposals import Proposed
from funds.recording import natures, policies, tags, values
from funds.recording.late_entries import record_late
from funds.recording.periods import record_locks, record_unlocks
from funds.recording.proposed_corrections import (
    approving_action,
    correction_scopes,
    model_of,
    proposing_action,
    record_corrections,
)

UNKNOWN = 0  # no row has this id


@dataclass(frozen=True)
class Ground:
    """The rows that a draft builds on: those of a table in which some columns say something."""

    model: type[BookRow]
    columns: Mapping[str, object]


# The book as it is looked at, or as it is being changed.
At = Look | Change


# `Any` stands for the kind's own class of draft.
@dataclass(frozen=True)
class ProposalKind:
    """`scopes` is where a right over the drafts counts, `ground` what each of them builds on."""

    draft: type[Draft]
    record: Callable[[Change, Sequence[Any]], object]
    proposing: Callable[[Any], Action]
    approving: Callable[[Any], Action]
    scopes: Callable[[Change, Sequence[Any]], tuple[Scope, ...]]
    ground: Callable[[At, Any], Ground]
    about: Callable[[Any], str]

    def read(self, payload: str) -> tuple[Draft, ...]:
        """The drafts of a proposal."""
        return read_drafts(self.draft, payload)

    def is_approvable(self, rights: Rights, proposed: Proposed) -> bool:
        """Whether somebody's rights suffice to end a proposal."""
        action = self.approving(self.read(proposed.payload)[0])
        return all(rights.may(action, scope) for scope in proposed.scopes)


def _always(action: Action) -> Callable[[Any], Action]:
    return lambda _draft: action


def _city(_change: Change, _drafts: Sequence[Draft]) -> tuple[Scope, ...]:
    return (CITY,)


def _funds(change: Change, drafts: Sequence[MarkDraft | NavDraft | QuarterDraft]) -> tuple[Scope, ...]:
    known = known_funds(change.connection, change.version, (draft.fund for draft in drafts))
    for draft in drafts:
        if draft.fund not in known or not known[draft.fund].is_visible:
            raise NotFound("code.unknown", code=draft.fund)
    return tuple(Scope(ScopeKind.FUND, fund.id) for fund in sorted(known.values(), key=lambda one: one.id))


def _tag_ground(at: At, draft: CompanyTagDraft) -> Ground:
    """All the tags of the firm: each day's replace those of earlier days."""
    known = known_companies(at.connection, at.version, [draft.company]).get(draft.company)
    return Ground(CompanyTag, {"company_id": known.id if known else UNKNOWN})


def _nature_ground(at: At, draft: NatureDraft) -> Ground:
    known = known_parties(at.connection, at.version, [draft.party]).get(draft.party)
    return Ground(PartyNature, {"party_id": known.id if known else UNKNOWN})


def _mark_ground(at: At, draft: MarkDraft) -> Ground:
    fund = known_funds(at.connection, at.version, [draft.fund]).get(draft.fund)
    firm = known_companies(at.connection, at.version, [draft.company]).get(draft.company)
    query = select(Holding.id).where(
        Holding.fund_id == (fund.id if fund else UNKNOWN),
        Holding.company_id == (firm.id if firm else UNKNOWN),
    )
    holding = at.connection.execute(query).scalar()
    return Ground(Mark, {"holding_id": holding or UNKNOWN, "valued_on": draft.valued_on})


def _nav_ground(at: At, draft: NavDraft) -> Ground:
    fund = known_funds(at.connection, at.version, [draft.fund]).get(draft.fund)
    investors = [] if draft.investor is None else [draft.investor]
    known = known_parties(at.connection, at.version, investors)
    columns = {
        "fund_id": fund.id if fund else UNKNOWN,
        "valued_on": draft.valued_on,
        "investor_id": next((party.id for party in known.values()), UNKNOWN) if investors else None,
    }
    return Ground(FundNav, columns)


def _quarter_ground(at: At, draft: QuarterDraft) -> Ground:
    """The locks and unlocks of the quarter so far."""
    fund = known_funds(at.connection, at.version, [draft.fund]).get(draft.fund)
    return Ground(Period, {"fund_id": fund.id if fund else UNKNOWN, "quarter": draft.quarter})


def _about_quarter(draft: QuarterDraft) -> str:
    return f"{draft.fund[:55]} {draft.quarter[:8]}"


def _policy_ground(_at: At, draft: PolicyDraft) -> Ground:
    return Ground(Policy, {"code": draft.code, "pack": draft.pack})


def _correction_ground(_at: At, draft: CorrectionDraft) -> Ground:
    return Ground(model_of(draft), {"id": draft.row_id})


KINDS: Mapping[str, ProposalKind] = {
    "tag": ProposalKind(
        CompanyTagDraft,
        tags.record_company_tags,
        _always(Action.RECORD_REFERENCE),
        _always(Action.CONFIRM_TAG),
        _city,
        _tag_ground,
        lambda draft: str(draft.company),
    ),
    "nature": ProposalKind(
        NatureDraft,
        natures.record_natures,
        _always(Action.RECORD_BUSINESS),
        _always(Action.CONFIRM_NATURE),
        _city,
        _nature_ground,
        lambda draft: str(draft.party),
    ),
    "mark": ProposalKind(
        MarkDraft,
        values.record_marks,
        _always(Action.RECORD_BUSINESS),
        _always(Action.APPROVE_VALUES),
        _funds,
        _mark_ground,
        lambda draft: str(draft.fund),
    ),
    "nav": ProposalKind(
        NavDraft,
        values.record_navs,
        _always(Action.RECORD_BUSINESS),
        _always(Action.APPROVE_VALUES),
        _funds,
        _nav_ground,
        lambda draft: str(draft.fund),
    ),
    "policy": ProposalKind(
        PolicyDraft,
        policies.record_policies,
        _always(Action.RECORD_CODE_BOOK),
        _always(Action.SET_POLICY),
        _city,
        _policy_ground,
        lambda draft: str(draft.code),
    ),
    "correction": ProposalKind(
        CorrectionDraft,
        record_corrections,
        proposing_action,
        approving_action,
        correction_scopes,
        _correction_ground,
        lambda draft: f"{draft.table}#{draft.row_id}",
    ),
    # What concerns a locked quarter always takes two people, whatever the policy says of other kinds.
    "lock": ProposalKind(
        LockDraft,
        record_locks,
        _always(Action.LOCK_QUARTER),
        _always(Action.APPROVE_LOCK),
        _funds,
        _quarter_ground,
        _about_quarter,
    ),
    "unlock": ProposalKind(
        UnlockDraft,
        record_unlocks,
        _always(Action.LOCK_QUARTER),
        _always(Action.APPROVE_LOCK),
        _funds,
        _quarter_ground,
        _about_quarter,
    ),
    "late": ProposalKind(
        LateDraft,
        record_late,
        _always(Action.RECORD_BUSINESS),
        _always(Action.APPROVE_LOCK),
        _funds,
        _quarter_ground,
        _about_quarter,
    ),
}


def kind_of(code: str) -> ProposalKind:
    """The kind by its code."""
    if code not in KINDS:
        raise NotFound("proposal.no_such_kind", kind=code[:64])
    return KINDS[code]
