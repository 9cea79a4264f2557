"""What the buttons of a quarter do: file, remind, propose to lock or open, approve, each by the verb of its name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dash.development.base_component import Component

from dashboard.auth.callbacks import BadValues
from dashboard.auth.clean_text import clean_text
from dashboard.forms.quarter_forms import read_control_total, read_late_form
from dashboard.pages.people.account_words import draw_done
from dashboard.pages.quarters.quarters_desk import QuartersDesk
from dashboard.readings.quarters.collection import FundQuarter
from funds.book import Change
from funds.drafts.periods import FilingDraft, LockDraft, ReminderDraft, UnlockDraft
from funds.drafts.proposals import ProposalDraft
from funds.errors import NotFound
from funds.recording import (
    approve_proposals,
    record_control_totals,
    record_filings,
    record_proposals,
    record_reminders,
)

ACT, REASON = "quarters-act", "quarters-reason"
ALL_OF_THEM = "*"
LONGEST_REASON = 2_000


@dataclass(frozen=True)
class Act:
    """A button: whom it means when it means all of them, and what it does to them."""

    whom: Callable[[QuartersDesk], Sequence[FundQuarter]]
    carry: Callable[[Change, QuartersDesk, Sequence[FundQuarter], str], object]
    kind: str = "record"  # what the trail calls the change


def _file(change: Change, desk: QuartersDesk, ones: Sequence[FundQuarter], reason: str) -> object:
    drafts = [FilingDraft(fund=one.fund.code, quarter=desk.quarter, note=reason or None) for one in ones]
    return record_filings(change, drafts)


def _remind(change: Change, desk: QuartersDesk, ones: Sequence[FundQuarter], reason: str) -> object:
    drafts = [ReminderDraft(fund=one.fund.code, quarter=desk.quarter, note=reason or None) for one in ones]
    return record_reminders(change, drafts)


def _lock(change: Change, desk: QuartersDesk, ones: Sequence[FundQuarter], reason: str) -> object:
    why = reason or desk.say("quarters.why_lock")
    drafts = tuple(LockDraft(fund=one.fund.code, quarter=desk.quarter, reason=why) for one in ones)
    proposal = ProposalDraft(kind="lock", drafts=drafts, reason=why, seen_version=desk.context.version)
    return record_proposals(change, [proposal])


def _unlock(change: Change, desk: QuartersDesk, ones: Sequence[FundQuarter], reason: str) -> object:
    drafts = tuple(UnlockDraft(fund=one.fund.code, quarter=desk.quarter, reason=reason) for one in ones)
    proposal = ProposalDraft(kind="unlock", drafts=drafts, reason=reason, seen_version=desk.context.version)
    return record_proposals(change, [proposal])


def _approve(change: Change, _desk: QuartersDesk, ones: Sequence[FundQuarter], reason: str) -> object:
    waiting = (one.waits_for("lock") for one in ones)
    approve_proposals(change, [paper.id for paper in waiting if paper is not None], reason)
    return None


def _nobody(_desk: QuartersDesk) -> Sequence[FundQuarter]:
    return ()


ACTS: Mapping[str, Act] = {
    "file": Act(_nobody, _file),
    "remind": Act(QuartersDesk.late_ones, _remind),
    "lock": Act(QuartersDesk.lockable, _lock, "propose"),
    "unlock": Act(_nobody, _unlock, "propose"),
    "approve": Act(QuartersDesk.approvable, _approve, "approve"),
}


def read_trigger(trigger: object) -> tuple[str, str]:
    """Which act on which fund a button stands for."""
    found = trigger if isinstance(trigger, dict) else {}
    act, fund = found.get("act"), found.get("fund")
    if act not in ACTS or not isinstance(fund, str) or not 0 < len(fund) <= 64:
        raise BadValues("request.bad_values")
    return str(act), fund


def carry_out(desk: QuartersDesk, name: str, fund: str, reason: str | None) -> Component:
    """Do what a button says, to one fund or to all that it means."""
    act, answer = ACTS[name], clean_line(reason)
    if fund == ALL_OF_THEM:
        ones = act.whom(desk)
    else:
        one = desk.state.find(fund)
        ones = [] if one is None else [one]
    if not ones:
        raise NotFound("quarters.nobody_meant")
    visit = desk.context.visit
    with visit.book.change(
        visit.person.login, answer or f"quarters.reason_{name}", action=act.kind
    ) as change:
        act.carry(change, desk, ones, answer)
    return draw_done(desk.say(f"quarters.done_{name}", count=len(ones), version=change.revision_id))


def file_total(desk: QuartersDesk, texts: Mapping[str, str]) -> Component:
    """Record a control total of the chosen fund."""
    draft = read_control_total(_code(desk), desk.quarter, texts)
    visit = desk.context.visit
    with visit.book.change(visit.person.login, "quarters.reason_total") as change:
        record_control_totals(change, [draft])
    return draw_done(desk.say("quarters.done_total", version=change.revision_id))


def propose_late(desk: QuartersDesk, texts: Mapping[str, str]) -> Component:
    """Propose a row for the locked quarter of the chosen fund."""
    draft = read_late_form(_code(desk), desk.quarter, texts)
    visit = desk.context.visit
    proposal = ProposalDraft(
        kind="late", drafts=(draft,), reason=draft.reason, seen_version=desk.context.version
    )
    with visit.book.change(visit.person.login, draft.reason, action="propose") as change:
        record_proposals(change, [proposal])
    return draw_done(desk.say("quarters.done_late", version=change.revision_id))


def clean_line(text: str | None) -> str:
    """What somebody wrote, on one line and fit for the book."""
    return clean_text(" ".join((text or "").split()), LONGEST_REASON)


def _code(desk: QuartersDesk) -> str:
    if desk.chosen is None:
        raise NotFound("quarters.nobody_meant")
    return desk.chosen.fund.code
