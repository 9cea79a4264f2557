"""The list of proposals: those that wait for oneself, those one made, and those that have ended."""

from collections.abc import Callable, Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.pages.attributes import aria
from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.page import Page
from dashboard.pages.proposals import tag_form
from dashboard.pages.proposals.proposal_desk import PATH, ProposalDesk, count_turns, open_proposals
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.states import empty_state
from dashboard.pages.trail.trail_desk import write_city_time
from dashboard.tables.shown import Cell, Column, Row, ShownTable
from dashboard.words.numbers import format_count
from funds.permissions import Action
from funds.queries.proposals import Proposed

LIST = "list"
MOST_ROWS = 500
COLUMNS = ("number", "kind", "subject", "proposer", "made", "reason")
ENDED_COLUMNS = ("state", "ended")
LISTS: Mapping[str, Callable[[ProposalDesk, Proposed], bool]] = {
    "waiting": lambda desk, one: desk.is_my_turn(one),
    "mine": lambda desk, one: desk.is_mine(one),
    "open": lambda _desk, one: one.is_open,
    "ended": lambda _desk, one: not one.is_open,
}


def lay_out(context: PageContext) -> Component:
    """The page."""
    with open_proposals(context) as desk:
        found = _sort(desk)
        chosen = _chosen(context)
        table = _make(desk, chosen, found[chosen])
    body = (
        draw_table_card(context, table)
        if table.rows
        else html.Section(
            empty_state(context.visit, "proposal.none_title", f"proposal.none_{chosen}"), className="card"
        )
    )
    return html.Div(
        [
            html.H1(context.say("page.proposals"), className="page-title"),
            html.P(_write_finding(context, found), className="headline"),
            _draw_tabs(context, chosen, found),
            body,
        ],
        className="overview proposals",
    )


def make_table(context: PageContext) -> ShownTable:
    """The chosen list for export."""
    with open_proposals(context) as desk:
        chosen = _chosen(context)
        return _make(desk, chosen, _sort(desk)[chosen])


def register(app: GuardedApp) -> None:
    """The form on a firm's page, which makes proposals."""
    tag_form.register(app)


def _chosen(context: PageContext) -> str:
    chosen = context.query.get(LIST, "waiting")
    if chosen not in LISTS:
        raise BadAddress("proposal.bad_list", text=chosen[:20])
    return chosen


def _sort(desk: ProposalDesk) -> dict[str, list[Proposed]]:
    everything = desk.read()
    return {name: [one for one in everything if fits(desk, one)] for name, fits in LISTS.items()}


def _write_finding(context: PageContext, found: Mapping[str, Sequence[Proposed]]) -> str:
    count = len(found["waiting"])
    code = "proposal.finding" if count else "proposal.finding_none"
    return context.say(code, count=format_count(count), open=format_count(len(found["open"])))


def _draw_tabs(context: PageContext, chosen: str, found: Mapping[str, Sequence[Proposed]]) -> Component:
    tabs = [_draw_tab(context, name, len(found[name]), is_chosen=name == chosen) for name in LISTS]
    return html.Nav(tabs, className="list-choice", **aria(label=context.say("proposal.lists")))


def _draw_tab(context: PageContext, name: str, count: int, *, is_chosen: bool) -> Component:
    words = context.say(f"proposal.list_{name}", count=format_count(count))
    if is_chosen:
        return html.Span(words, className="list-name chosen", **aria(current="page"))
    address = context.link(PATH, **{LIST: None if name == "waiting" else name})
    tab: Component = dcc.Link(words, href=address, className="list-name")
    return tab


def _make(desk: ProposalDesk, chosen: str, proposals: Sequence[Proposed]) -> ShownTable:
    shown = proposals[:MOST_ROWS]
    subjects = desk.name_subjects(shown)
    desk.trail.names.load("person", [one.proposer_id for one in shown])
    keys = COLUMNS if chosen in ("waiting", "open") else (*COLUMNS, *ENDED_COLUMNS)
    rows = tuple(_row(desk, one, subjects[one.id], keys) for one in shown)
    note = desk.say("proposal.note")
    if len(shown) < len(proposals):
        note = desk.say("proposal.note_cut", shown=len(shown), count=format_count(len(proposals)))
    title = desk.say(f"proposal.list_{chosen}", count=format_count(len(proposals)))
    columns = tuple(Column(key, desk.say(f"proposal.{key}")) for key in keys)
    return ShownTable("proposals", title, columns, rows, note)


def _row(desk: ProposalDesk, one: Proposed, subject: str, keys: Sequence[str]) -> Row:
    number = f"#{one.id}"
    ended = ""
    if one.ending is not None:
        who = desk.trail.write_person(one.ending.person_id)
        ended = desk.say("proposal.by_at", person=who, when=write_city_time(one.ending.at))
    words = (
        desk.name_kind(one),
        subject,
        desk.trail.write_person(one.proposer_id),
        write_city_time(one.at),
        one.reason,
        desk.name_state(one),
        ended,
    )
    link = desk.context.link(f"{PATH}/{one.id}")
    tones = {"reason": "wrap", "subject": "wrap"}
    cells = (Cell(text, text, tone=tones.get(key, "")) for key, text in zip(keys[1:], words, strict=False))
    return (Cell(number, one.id, link=link), *cells)


PAGE = Page(
    PATH,
    "page.proposals",
    Action.READ,
    lay_out,
    register,
    tables={"proposals": make_table},
    count=count_turns,
)
