"""One proposal: what would change, field by field, who asks for it and why, and what can be done about it."""

from collections.abc import Sequence
from typing import Any

from dash import ALL, Input, Output, State, ctx, dcc, html, no_update
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.page import Page
from dashboard.pages.people.account_words import draw_faults, word_error
from dashboard.pages.proposals.proposal_acts import ACT, REASON, carry_out, draw_acts, read_trigger
from dashboard.pages.proposals.proposal_desk import PATH, ProposalDesk, open_proposals
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.trail.trail_desk import read_number, write_city_time
from dashboard.pages.trail.trail_values import name_field, write_value
from dashboard.tables.shown import Cell, Column, Row, ShownTable
from funds.book.noting import note_version
from funds.errors import LedgerError, NotFound
from funds.permissions import Action
from funds.queries.proposals import Proposed, read_proposals
from funds.queries.trail_names import targets_of
from funds.recording.proposal_grounds import Overtaking, find_overtaking
from funds.recording.proposal_kinds import KINDS
from funds.recording.proposal_sides import read_sides
from funds.recording.side import Side

TABLE = "changes"
BODY = "proposal-body"
COLUMNS = ("thing", "field", "now", "asked", "seen")
# What every tag of a proposal is about stands in its title.
IN_TITLE = ("company_tag", "company_id")


def lay_out(context: PageContext) -> Component:
    """The proposal in the address."""
    return html.Div(draw_proposal(context), id=BODY, className="overview proposals account")


def register(app: GuardedApp) -> None:
    """End a proposal, and draw it anew as it stands by then: whoever comes late reads what happened."""

    @app.callback(
        Output(BODY, "children"),
        Input({"type": ACT, "act": ALL, "proposal": ALL}, "n_clicks"),
        State(REASON, "value"),
        State("url", "search"),
        needs=Action.READ,
        prevent_initial_call=True,
    )
    def end_proposal(visit: Visit, clicks: list[int | None], reason: str | None, search: str | None) -> Any:
        if not any(clicks):
            return no_update
        act, proposal = read_trigger(ctx.triggered_id)
        try:
            told = carry_out(visit, act, int(proposal), reason or "")
        except LedgerError as error:
            told = draw_faults(word_error(visit, error))
        return draw_proposal(read_context(visit, search, {"id": proposal}, f"{PATH}/{proposal}"), told)


def draw_proposal(context: PageContext, told: Component | None = None) -> list[Component | None]:
    """Everything on the page; `told` is what came of the last act."""
    with open_proposals(context) as desk:
        one = find_proposal(desk)
        subject = desk.name_subjects([one])[one.id]
        title = desk.say("proposal.title", number=one.id, kind=desk.name_kind(one), subject=subject)
        overtaking = _find_overtaking(desk, one)
        acts = draw_acts(desk, one, is_overtaken=overtaking is not None)
        return [
            html.H1(title, className="page-title"),
            html.P(_write_headline(desk, one), className="headline"),
            told,
            _draw_meanwhile(desk, overtaking) if overtaking else None,
            draw_table_card(context, _make(desk, one)),
            html.Div([_draw_people(desk, one), acts], className="page-grid"),
        ]


def find_proposal(desk: ProposalDesk) -> Proposed:
    """The proposal in the address, as far as it is the person's to see."""
    wanted = read_number(desk.context.parts["id"])
    found = read_proposals(desk.look.connection, desk.look.version, desk.trail.reader, ids=[wanted])
    if not found:
        raise NotFound("proposal.unknown", proposal=wanted)
    return found[0]


def make_changes(context: PageContext) -> ShownTable:
    """What would change, for export."""
    with open_proposals(context) as desk:
        return _make(desk, find_proposal(desk))


def _make(desk: ProposalDesk, one: Proposed) -> ShownTable:
    kind = KINDS[one.kind]
    sides = read_sides(desk.look, desk.trail.reader, one.seen_version, kind, kind.read(one.payload))
    columns = tuple(Column(key, desk.say(f"proposal.{key}")) for key in COLUMNS)
    count = sum(side.is_change for side in sides)
    title = desk.say(f"proposal.changes_{'open' if one.is_open else 'ended'}", count=count)
    note_version()
    note = desk.say("proposal.changes_note", seen=one.seen_version, version=desk.look.version)
    return ShownTable(TABLE, title, columns, tuple(_row(desk, side) for side in sides), note)


def _row(desk: ProposalDesk, side: Side) -> Row:
    thing = " · ".join(_name_things(desk, side)) or desk.say(f"trail.table_{side.table}")
    seen, now, asked = (
        write_value(desk.trail, side.table, side.column, one) for one in (side.seen, side.now, side.asked)
    )
    if side.is_gone:
        asked = desk.say("proposal.gone")
    field = name_field(desk.trail, side.column)
    return (
        Cell(thing, thing, tone="wrap"),
        Cell(field, field),
        Cell(now, now, tone="near" if side.seen != side.now else ""),
        Cell(asked, asked, tone="strong" if side.is_change else "soft"),
        Cell(seen, seen, tone="soft"),
    )


def _name_things(desk: ProposalDesk, side: Side) -> Sequence[str]:
    targets = targets_of(side.table)
    things = [thing for thing in side.things if (side.table, thing[0]) != IN_TITLE]
    return [desk.trail.names.of(targets[column], row_id) for column, row_id in things]


def _write_headline(desk: ProposalDesk, one: Proposed) -> str:
    made = {"person": desk.trail.write_person(one.proposer_id), "when": write_city_time(one.at)}
    if one.ending is None:
        return desk.say(f"proposal.is_{one.state.value}", **made)
    ended = {
        "by": desk.trail.write_person(one.ending.person_id),
        "ended": write_city_time(one.ending.at),
        "version": one.ending.version,
    }
    return desk.say(f"proposal.is_{one.state.value}", **made, **ended)


def _find_overtaking(desk: ProposalDesk, one: Proposed) -> Overtaking | None:
    if not one.is_open:
        return None
    kind = KINDS[one.kind]
    return find_overtaking(desk.whole, kind, kind.read(one.payload), one.seen_version, desk.trail.reader)


def _draw_meanwhile(desk: ProposalDesk, found: Overtaking) -> Component:
    """A notice that what the proposal builds on was changed since."""
    text = desk.say("proposal.meanwhile", version=found.version, person=found.person, rows=found.rows)
    link = dcc.Link(
        desk.say("proposal.see_version", version=found.version), href=desk.trail.link_version(found.version)
    )
    return html.P([text, " ", link], className="stale-note", role="status")


def _draw_people(desk: ProposalDesk, one: Proposed) -> Component:
    """Who, when and why, from beginning to end."""
    lines: list[tuple[str, Component | str]] = [
        (desk.say("proposal.state"), desk.name_state(one)),
        (desk.say("proposal.proposer"), desk.trail.write_person(one.proposer_id)),
        (desk.say("proposal.made"), _link(desk, write_city_time(one.at), one.version)),
        (desk.say("proposal.reason"), one.reason),
    ]
    if one.ending is not None:
        when = write_city_time(one.ending.at)
        lines += [
            (desk.say("proposal.ended_by"), desk.trail.write_person(one.ending.person_id)),
            (desk.say("proposal.ended"), _link(desk, when, one.ending.version)),
            (desk.say("proposal.answer"), one.ending.reason or desk.say("proposal.no_answer")),
        ]
    return html.Section(
        [
            html.H2(desk.say("proposal.people"), className="card-title"),
            html.Dl([part for name, value in lines for part in (html.Dt(name), html.Dd(value))]),
            dcc.Link(desk.say("proposal.history"), href=desk.trail.link_history("proposal", one.id)),
        ],
        className="card",
    )


def _link(desk: ProposalDesk, when: str, version: int) -> Component:
    text = desk.say("proposal.at_version", when=when, version=version)
    link: Component = dcc.Link(text, href=desk.trail.link_version(version))
    return link


PAGE = Page(
    f"{PATH}/{{id}}",
    "page.proposal",
    Action.READ,
    lay_out,
    register,
    is_in_nav=False,
    tables={TABLE: make_changes},
)
