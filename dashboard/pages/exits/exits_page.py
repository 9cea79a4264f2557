"""The page of exits: what came back, what was written off, and the forms that record it."""

from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.pages.attributes import aria
from dashboard.pages.cells import CellMaker
from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.exits.exits_desk import PATH, ExitsDesk, need_exits, open_exits
from dashboard.pages.exits.exits_forms import ACTS, PREFIX, SHAPES
from dashboard.pages.kept_drawings import draw_part_kept
from dashboard.pages.page import Page
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.states import draw_state, empty_state
from dashboard.pages.typed_form import ACT, draw_form
from dashboard.pages.typed_form_acts import TypedForms, register_typed_forms
from dashboard.tables.shown import Column, ShownTable
from dashboard.words.numbers import choose_unit, format_count
from funds.errors import NotAllowed
from funds.kinds import ExitKind
from funds.permissions import Action

NAME = "exits"
MONEY = ("amount", "cost_out", "cost_left")


def lay_out(context: PageContext) -> Component:
    """The forms, and every exit; all but an open form is of the book alone."""
    return html.Div(
        [
            html.H1(context.say("page.exits"), className="page-title"),
            draw_part_kept(context, (PATH, "acts"), lambda: _draw_acts(context)),
            _draw_open_form(context),
            draw_part_kept(context, (PATH, "view"), lambda: _draw_whole_view(context)),
        ],
        className="overview cash-page",
    )


def _draw_whole_view(context: PageContext) -> Component:
    if open_exits(context) is None:
        return html.Section(
            empty_state(context.visit, "cash.no_funds_title", "cash.no_funds_text"), className="card"
        )
    return html.Div(draw_view(context), id=f"{PREFIX}-view", className="overview cash-view")


def draw_view(context: PageContext) -> list[Component]:
    """The finding and the table, as the book stands."""
    desk = need_exits(context)
    if not desk.rows:
        empty = draw_state("empty", desk.say("exits.empty_title"), desk.say("exits.empty_text"))
        return [html.Section(empty, className="card")]
    return [
        html.P(write_finding(desk), className="headline"),
        draw_table_card(context, make_exits(desk)),
    ]


def write_finding(desk: ExitsDesk) -> str:
    """How much came back against the cost that left, and what was written off."""
    lost = [row for row in desk.rows if row["exit_kind"] == ExitKind.WRITE_OFF]
    said = desk.say(
        "exits.finding",
        count=format_count(len(desk.rows)),
        amount=desk.amount(sum(row["amount"] for row in desk.rows)),
        cost=desk.amount(sum(row["cost_out"] for row in desk.rows)),
    )
    if not lost:
        return said
    return said + desk.say("exits.finding_lost", count=format_count(len({row["company"] for row in lost})))


def make_table(context: PageContext) -> ShownTable:
    """The exits, for export."""
    return make_exits(need_exits(context))


def make_exits(desk: ExitsDesk) -> ShownTable:
    """One row for each exit, the latest first."""
    unit = choose_unit(row[key] for row in desk.rows for key in MONEY)
    cells = CellMaker(desk.context.visit, unit)
    columns = (
        Column("exited_on", desk.say("exits.day")),
        Column("fund", desk.say("cash.fund")),
        Column("firm", desk.say("exits.firm")),
        Column("kind", desk.say("exits.kind")),
        *(
            Column(
                key,
                desk.say("cash.with_unit", name=desk.say(f"exits.{key}"), unit=desk.say(unit.code)),
                is_number=True,
            )
            for key in MONEY
        ),
    )
    rows = tuple(
        (
            cells.day(date.fromisoformat(row["exited_on"])),
            cells.text(row["fund_name"], link=desk.context.link(f"/funds/{row['fund']}")),
            cells.text(row["firm"] or "", link=_link_firm(desk, row["company"])),
            cells.text(
                desk.say(f"exits.kind_{row['exit_kind']}"),
                tone="broken" if row["exit_kind"] == ExitKind.WRITE_OFF else "",
            ),
            *(cells.money(row[key]) for key in MONEY),
        )
        for row in desk.rows
    )
    title = desk.say("exits.table", count=format_count(len(rows)))
    return ShownTable(NAME, title, columns, rows, desk.note("exits.table_note"))


def _link_firm(desk: ExitsDesk, company: str | None) -> str | None:
    return None if company is None else desk.context.link(f"/companies/{company}")


def _draw_acts(context: PageContext) -> Component:
    desk = open_exits(context)
    if desk is None or not desk.own_funds:
        return html.Nav(hidden=True)
    chosen = desk.context.query.get(ACT)
    links = [
        dcc.Link(
            desk.say(f"exits.act_{name}"),
            href=desk.context.here(**{ACT: None if name == chosen else name}),
            className="button" if name == chosen else "button quiet",
            id=f"{PREFIX}-act-{name}",
        )
        for name in ACTS
    ]
    return html.Nav(links, className="acts cash-acts", **aria(label=desk.say("cash.acts")))


def _draw_open_form(context: PageContext) -> Component | None:
    name = context.query.get(ACT)
    if name is None:
        return None
    if name not in SHAPES:
        raise BadAddress("page.bad_address")
    desk = need_exits(context)
    if not desk.own_funds:
        raise NotAllowed("permission.refused", action=Action.RECORD_BUSINESS, scope="fund")
    return draw_form(context, PREFIX, SHAPES[name](desk))


def register(app: GuardedApp) -> None:
    """Record what is typed into the forms."""
    register_typed_forms(app, TypedForms(PREFIX, ACTS, draw_view))


PAGE = Page(PATH, "page.exits", Action.READ, lay_out, register, group="work.group", tables={NAME: make_table})
