"""Lets rows into a locked quarter (补录): proposed with a reason, approved by another, and noted as restated."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from funds import drafts as every
from funds.book import Change
from funds.drafts import Draft
from funds.drafts.periods import ControlTotalDraft, LateDraft
from funds.drafts.proposals import CorrectionDraft, read_drafts
from funds.errors import Conflict, RulesBroken
from funds.kinds import ScopeKind
from funds.permissions import Scope
from funds.queries.periods import read_locks, restated_in
from funds.recording import commitments, contributions, exits, fees, investments, values
from funds.recording.collection import record_control_totals
from funds.recording.lookups import look_up_funds
from funds.recording.periods import require_two
from funds.recording.proposed_corrections import correction_scopes, record_corrections, require_sight
from funds.recording.sieve import Sieve
from funds.rules.catalogue import break_rule

# `Any` stands for the sequence of drafts of the class that the verb is listed under.
LATE: Mapping[type[Draft], Callable[[Change, Any], object]] = {
    every.CommitmentDraft: commitments.record_commitments,
    every.CallNoticeDraft: commitments.record_call_notices,
    every.ContributionDraft: contributions.record_contributions,
    every.DistributionDraft: contributions.record_distributions,
    every.InvestmentDraft: investments.record_investments,
    every.ExitDraft: exits.record_exits,
    every.FeeDraft: fees.record_fees,
    every.BalanceDraft: values.record_balances,
    every.MarkDraft: values.record_marks,
    every.NavDraft: values.record_navs,
    every.ClaimDraft: values.record_claims,
    every.LocalInvestmentDraft: values.record_local_investments,
    ControlTotalDraft: record_control_totals,
    CorrectionDraft: record_corrections,
}
NOUNS: Mapping[str, type[Draft]] = {kind.__name__.removesuffix("Draft"): kind for kind in LATE}


def record_late(change: Change, drafts: Sequence[LateDraft]) -> None:
    """Record what comes late, by the verb of its kind; only as a proposal that another person approves."""
    require_two(change)
    for draft in drafts:
        _record(change, draft)


def read_late(draft: LateDraft) -> tuple[Draft, ...]:
    """The drafts that come late."""
    kind = NOUNS.get(draft.noun)
    if kind is None:
        raise RulesBroken([break_rule("late.noun", draft.place.of("noun"), {"noun": draft.noun[:64]})])
    try:
        return read_drafts(kind, draft.payload)
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise RulesBroken(
            [break_rule("late.noun", draft.place.of("payload"), {"noun": draft.noun})]
        ) from fault


def _record(change: Change, draft: LateDraft) -> None:
    inner = read_late(draft)
    sieve = Sieve(change, [draft])
    fund = look_up_funds(sieve, "fund")[draft.fund]
    sieve.settle()
    if (fund.id, draft.quarter) not in read_locks(change.connection, change.version):
        raise Conflict("period.not_locked", about=draft.fund, quarter=draft.quarter)
    if not inner or not all(_is_of(change, one, draft.fund, fund.id) for one in inner):
        raise RulesBroken([break_rule("late.other_fund", draft.place.of("fund"), {"fund": draft.fund})])
    change.late_reason = draft.reason
    try:
        LATE[NOUNS[draft.noun]](change, inner)
    finally:
        change.late_reason = None
    after = restated_in(change.connection, change.revision_id)
    if (fund.id, draft.quarter) not in after:
        params = {"fund": draft.fund, "quarter": draft.quarter}
        raise RulesBroken([break_rule("late.not_needed", draft.place.of("quarter"), params)])


def _is_of(change: Change, draft: Draft, code: str, fund_id: int) -> bool:
    """Whether a draft speaks of the fund alone."""
    if isinstance(draft, CorrectionDraft):
        require_sight(change, draft)
        return correction_scopes(change, [draft]) == (Scope(ScopeKind.FUND, fund_id),)
    return getattr(draft, "fund", None) == code
