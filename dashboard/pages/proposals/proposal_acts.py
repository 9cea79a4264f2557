"""The buttons of a proposal: approve, send back, withdraw, each only for whoever may press it."""

from collections.abc import Callable, Mapping

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.auth.callbacks import BadValues
from dashboard.auth.clean_text import clean_text
from dashboard.auth.visit import Visit
from dashboard.pages.people.account_words import draw_done
from dashboard.pages.proposals.proposal_desk import ProposalDesk
from funds.queries.proposals import Proposed
from funds.recording import approve_proposals, refuse_proposals, withdraw_proposals

ACT = "proposal-act"
REASON = "proposal-answer"
LONGEST_REASON = 2_000
# What each button does, and what kind of change the trail calls it.
ACTS: Mapping[str, tuple[Callable[..., None], str]] = {
    "approve": (approve_proposals, "approve"),
    "refuse": (refuse_proposals, "refuse"),
    "withdraw": (withdraw_proposals, "withdraw"),
}


def carry_out(visit: Visit, act: str, proposal: int, reason: str) -> Component:
    """Do what a button says."""
    verb, action = ACTS[act]
    answer = clean_line(reason)
    with visit.book.change(visit.person.login, answer or f"proposal.why_{act}", action=action) as change:
        verb(change, [proposal], answer)
    return draw_done(visit.say(f"proposal.done_{act}", version=change.revision_id))


def draw_acts(desk: ProposalDesk, one: Proposed, *, is_overtaken: bool = False) -> Component | None:
    """What this person can do about the proposal, or why nothing."""
    if not one.is_open:
        return None
    title = html.H2(desk.say("proposal.acts"), className="card-title")
    acts = [act for act in _acts_of(desk, one) if act != "approve" or not is_overtaken]
    if not acts:
        code = "past_version" if not desk.is_now else "own_waits" if desk.is_mine(one) else "not_yours"
        return html.Section(
            [title, html.P(desk.say(f"proposal.{code}"), className="card-note")], className="card"
        )
    note = desk.say("proposal.own_waits" if desk.is_mine(one) else "proposal.acts_note")
    buttons = [
        html.Button(
            desk.say(f"proposal.{act}"),
            id={"type": ACT, "act": act, "proposal": str(one.id)},
            type="button",
            className="button" if act == "approve" else "button quiet",
        )
        for act in acts
    ]
    field = dmc.Textarea(
        id=REASON, label=desk.say("proposal.answer"), description=desk.say("proposal.answer_note"), minRows=2
    )
    return html.Section(
        [title, html.P(note, className="card-note"), field, html.Div(buttons, className="acts")],
        className="card",
    )


def _acts_of(desk: ProposalDesk, one: Proposed) -> list[str]:
    if not desk.is_now:
        return []
    if desk.is_mine(one):
        return ["withdraw"]
    return ["approve", "refuse"] if desk.is_my_turn(one) else []


def clean_line(text: str | None) -> str:
    """What somebody wrote, on one line and fit for the book."""
    return clean_text(" ".join((text or "").split()), LONGEST_REASON)


def read_trigger(trigger: object) -> tuple[str, str]:
    """Which act on which proposal a button stands for."""
    act, proposal = (
        (trigger.get("act"), trigger.get("proposal")) if isinstance(trigger, dict) else (None, None)
    )
    is_number = isinstance(proposal, str) and proposal.isascii() and proposal.isdigit() and len(proposal) < 19
    if act not in ACTS or not isinstance(proposal, str) or not is_number:
        raise BadValues("request.bad_values")
    return str(act), proposal
