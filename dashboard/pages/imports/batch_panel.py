"""One import of the list: its file, and taking it back as one change with a reason."""

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.auth.clean_text import clean_text
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext
from dashboard.pages.imports.batches import BATCH
from dashboard.pages.imports.import_desk import FILES
from dashboard.pages.people.account_words import draw_done, draw_faults, word_error
from dashboard.pages.trail.trail_desk import open_desk, read_number
from dashboard.pages.trail.undo_panel import look_ahead
from dashboard.words.numbers import format_count
from funds.errors import LedgerError, NotFound, RulesBroken
from funds.permissions import Action
from funds.problems import fatal
from funds.queries.import_batches import list_batches
from funds.queries.trail_revisions import TrailLine
from funds.recording.reversals import RESTED, reverse_revision

REASON, UNDO = "import-undo-reason", "import-undo"
LONGEST = 2_000


def draw_batch(context: PageContext) -> Component | None:
    """The import that the address names, if it names one."""
    if BATCH not in context.query:
        return None
    line = _find(context)
    file = line.file
    words = context.say(
        "imports.batch_headline",
        file=file.name if file else "",
        read=format_count(file.rows_read if file else 0),
        new=format_count(file.rows_new if file else 0),
    )
    original = html.A(
        context.say("imports.original_of", batch=line.version),
        href=f"{FILES}/batch/{line.version}",
        className="button quiet",
        download="",
        id="import-original",
    )
    return html.Section(
        [
            html.H2(context.say("imports.batch_title", batch=line.version), className="card-title"),
            html.P(words, className="card-note"),
            _draw_undo(context, line),
            html.Div(
                [original, _draw_close(context)],
                className="acts",
            ),
        ],
        className="card import-batch",
    )


def undo_batch(context: PageContext, reason: str) -> Component:
    """Take every row of an import back, in one change; refused where something rests on it."""
    line, visit = _find(context), context.visit
    said = clean_text(reason, LONGEST)
    if not said:
        raise RulesBroken([fatal("imports.reason_missing", "form:reason")])
    with visit.book.change(visit.person.login, said, action="reverse", reverses_id=line.version) as change:
        count = reverse_revision(change, line.version)
    told = context.say(
        "imports.undone", batch=line.version, rows=format_count(count), version=change.revision_id
    )
    return draw_done(html.P(told), _link_trail(visit, context, change.revision_id))


def draw_refusal(context: PageContext, error: LedgerError) -> Component:
    """Why an import stays: where something rests on it, what that is and the way to it."""
    if error.code != RESTED:
        return draw_faults(word_error(context.visit, error))
    told = look_ahead(context.visit, _find(context).version)
    return html.Div(told, className="form-told form-fault", role="alert")


def _draw_undo(context: PageContext, line: TrailLine) -> Component:
    if line.reversed_by is not None:
        told = context.say("imports.fate_undone", version=line.reversed_by)
        return html.P(told, className="card-note")
    if not context.visit.may_do(Action.REVERSE):
        return html.P(context.say("imports.undo_not_yours"), className="card-note")
    field = dmc.TextInput(
        id=REASON,
        label=context.say("imports.undo_reason"),
        description=context.say("imports.undo_note"),
        required=True,
        debounce=True,
    )
    button = html.Button(context.say("imports.undo"), id=UNDO, type="button", className="button")
    return html.Div([field, html.Div(button, className="acts")], className="fields")


def _find(context: PageContext) -> TrailLine:
    """The import, if the person may see it whole."""
    wanted = read_number(context.query.get(BATCH, ""))
    with open_desk(context) as desk:
        for line in list_batches(desk.trail.connection, desk.trail.version, desk.reader):
            if line.version == wanted:
                return line
    raise NotFound("imports.no_such_batch")


def _link_trail(visit: Visit, context: PageContext, version: int) -> Component | str:
    if not visit.may_do(Action.READ_TRAIL):
        return ""
    return dcc.Link(context.say("imports.to_trail"), href=context.link(f"/trail/{version}"))


def _draw_close(context: PageContext) -> Component:
    return dcc.Link(context.say("imports.close"), href=context.here(**{BATCH: None}), className="link-button")
