"""Taking a change back: what that would do, what rests on it, and the reason for which it is done."""

from collections import Counter
from typing import Any

import dash_mantine_components as dmc
from dash import Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component
from sqlalchemy import select

from dashboard.auth.callbacks import BadValues, GuardedApp
from dashboard.auth.visit import Visit
from dashboard.forms.upkeep import clean_text
from dashboard.pages.context import read_context
from dashboard.pages.people.account_words import draw_done, draw_faults, word_error
from dashboard.pages.trail.trail_desk import TrailDesk, open_desk
from dashboard.pages.trail.trail_filters import KIND
from dashboard.pages.trail.trail_values import name_table
from dashboard.words.numbers import format_count
from funds.errors import LedgerError
from funds.permissions import Action
from funds.queries.codes import each_chunk
from funds.queries.trail_readers import readable_rows, sees_all
from funds.queries.trail_revisions import TrailLine
from funds.queries.trail_rows import TABLES
from funds.recording.rests import Rest
from funds.recording.reversals import FOUNDING, Preview, preview_reversal, reverse_revision

OPEN, PANEL, REASON, CONFIRM, TOLD = (
    f"undo-{part}" for part in ("open", "panel", "reason", "confirm", "told")
)
TRAIL = "/trail/"
LISTED = 50
REVISION = "revision"


def draw_undo(desk: TrailDesk, line: TrailLine) -> Component | None:
    """The button and the place for what it opens; nothing where there is nothing to take back."""
    is_over = line.version == FOUNDING or line.reversed_by is not None
    if is_over or desk.context.as_known is not None or not desk.context.visit.may_do(Action.REVERSE):
        return None
    return html.Section(
        [
            html.Button(desk.say("undo.open"), id=OPEN, type="button", className="button quiet"),
            html.Div(id=PANEL),
        ],
        className="undo",
    )


def register_undo(app: GuardedApp) -> None:
    """Show what it would do; then do it."""

    @app.callback(
        Output(PANEL, "children"),
        Input(OPEN, "n_clicks"),
        State("url", "pathname"),
        needs=Action.REVERSE,
        prevent_initial_call=True,
    )
    def preview(visit: Visit, clicks: int | None, pathname: str | None) -> Any:
        if not clicks:
            return no_update
        try:
            return look_ahead(visit, _read_version(pathname))
        except LedgerError as error:
            return draw_faults(word_error(visit, error))

    @app.callback(
        Output(TOLD, "children"),
        Input(CONFIRM, "n_clicks"),
        State(REASON, "value"),
        State("url", "pathname"),
        needs=Action.REVERSE,
        prevent_initial_call=True,
    )
    def confirm(visit: Visit, clicks: int | None, reason: str | None, pathname: str | None) -> Any:
        if not clicks:
            return no_update
        try:
            return undo_change(visit, _read_version(pathname), clean_text(reason or ""))
        except LedgerError as error:
            return draw_faults(word_error(visit, error))


def look_ahead(visit: Visit, version: int) -> Component:
    """What taking a change back would do, or what rests on it; nothing is written."""
    with visit.book.change(
        visit.person.login, "undo.preview", "reverse", reverses_id=version, dry_run=True
    ) as change:
        found = preview_reversal(change, version)
    with open_desk(read_context(visit, None, None, f"{TRAIL}{version}")) as desk:
        return draw_preview(desk, version, found)


def undo_change(visit: Visit, version: int, reason: str) -> Component:
    """Take a change back, for a reason."""
    if not reason:
        return draw_faults([visit.say("undo.no_reason")])
    with visit.book.change(visit.person.login, reason, "reverse", reverses_id=version) as change:
        rows = reverse_revision(change, version)
    words = visit.say("undo.done", version=version, rows=format_count(rows), now=change.version)
    return draw_done(html.P(words), dcc.Link(visit.say("undo.see"), href=f"{TRAIL}{change.version}"))


def draw_preview(desk: TrailDesk, version: int, found: Preview) -> Component:
    """What would be withdrawn and what would come back, or what keeps it from being done."""
    if found.rests:
        return html.Div([html.P(desk.say("undo.rested", count=len(found.rests))), _draw_rests(desk, found)])
    say = desk.say
    lines = [
        html.Li(
            say(
                "undo.line",
                table=name_table(desk, one.table),
                withdrawn=format_count(one.withdrawn),
                restored=format_count(one.restored),
            )
        )
        for one in found.tables
    ]
    return html.Div(
        [
            html.P(say("undo.will", version=version)),
            html.Ul(lines),
            dmc.Textarea(
                id=REASON,
                label=say("undo.reason"),
                description=say("undo.reason_note"),
                required=True,
                debounce=True,
                autosize=True,
                minRows=2,
                maw=640,
            ),
            html.Div(
                html.Button(say("undo.confirm"), id=CONFIRM, type="button", className="button"),
                className="acts",
            ),
            html.Div(id=TOLD),
        ]
    )


def _draw_rests(desk: TrailDesk, found: Preview) -> Component:
    """What rests on it, change by change with the way to each; what is not theirs to see is only counted."""
    seen = [rest for table in {one.table for one in found.rests} for rest in _seen_of(desk, found, table)]
    groups = Counter((rest.revision_id, rest.table) for rest in seen)
    shown = sorted(groups.items())[:LISTED]
    items: list[Component] = [
        html.Li(
            dcc.Link(
                desk.say("undo.rest", table=_name(desk, table), count=format_count(count), version=version),
                href=desk.context.link(f"{TRAIL}{version}", **{KIND: None if table == REVISION else table}),
            )
        )
        for (version, table), count in shown
    ]
    hidden = len(found.rests) - sum(count for _, count in shown)
    if hidden:
        items.append(html.Li(desk.say("undo.more", count=format_count(hidden))))
    return html.Ul(items, className="undo-rests")


def _seen_of(desk: TrailDesk, found: Preview, name: str) -> list[Rest]:
    """Those of the rows of one table that the person may see."""
    rests = [rest for rest in found.rests if rest.table == name]
    if name == REVISION:
        return rests if desk.reader.sees_every_author else []
    if sees_all(name, desk.reader):
        return rests
    table = TABLES[name]
    query = select(table.c.id).where(readable_rows(table, name, desk.reader))
    seen = {
        row.id
        for piece in each_chunk(rest.row_id for rest in rests)
        for row in desk.trail.connection.execute(query.where(table.c.id.in_(piece)))
    }
    return [rest for rest in rests if rest.row_id in seen]


def _name(desk: TrailDesk, table: str) -> str:
    return desk.say("undo.a_change") if table == REVISION else name_table(desk, table)


def _read_version(pathname: str | None) -> int:
    """The change that the address names."""
    text = (pathname or "").removeprefix(TRAIL).rstrip("/")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise BadValues("request.bad_values")
    return int(text)
