"""The import centre: the template, sending a workbook in, one's own workbooks on their way, and what was imported."""

import base64
import binascii
from typing import Any

from dash import Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.auth.clean_text import clean_text
from dashboard.auth.visit import Visit
from dashboard.jobs.retention import IMPORTS, read_kept_days
from dashboard.pages.cells import CellMaker
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.imports.batch_panel import REASON, UNDO, draw_batch, draw_refusal, undo_batch
from dashboard.pages.imports.batches import NAME, make_batches_table
from dashboard.pages.imports.draft_page import register_draft
from dashboard.pages.imports.draft_store import (
    LONGEST_NAME,
    MOST_BYTES,
    StoredDraft,
    TooLarge,
    keep_file,
    list_drafts,
)
from dashboard.pages.imports.import_desk import FILES, NEEDS, PATH, address_of
from dashboard.pages.kept_drawings import draw_part_kept
from dashboard.pages.page import Page
from dashboard.pages.people.account_words import draw_faults, word_error
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.trail.trail_desk import write_city_time
from dashboard.pages.workbook_link import draw_workbook_link
from dashboard.tables.shown import Cell, Column, Row, ShownTable
from dashboard.words.numbers import MoneyUnit, format_count
from funds.errors import LedgerError, RulesBroken
from funds.problems import fatal

UPLOAD, TOLD, BODY = "import-upload", "import-told", "import-centre"
DRAFTS = "drafts"
# What is not among them is refused by its content, not by its name.
ACCEPTED = ".xlsx,.csv,.tsv,.txt,.xls,.html,.htm"
# Four letters of the wire stand for three bytes of the file.
MOST_LETTERS = MOST_BYTES * 4 // 3 + 4_096


def lay_out(context: PageContext) -> Component:
    """Everything of the centre."""
    return html.Div(draw_centre(context), id=BODY, className="overview imports account")


def draw_centre(context: PageContext, told: Component | None = None) -> list[Component | None]:
    """The page; `told` is what came of the last act."""
    say = context.say
    drafts, person = make_drafts_table(context), str(context.visit.person.person_id)
    return [
        html.H1(say("page.imports"), className="page-title"),
        html.Div(told, id=TOLD),
        html.Div([_draw_template(context), _draw_upload(context)], className="page-grid import-doors"),
        html.P(say("imports.on_phone"), className="card-note import-phone"),
        draw_batch(context),
        draw_table_card(context, drafts) if drafts.rows else None,
        draw_part_kept(context, (PATH, NAME, person), lambda: _draw_batches(context)),
    ]


def _draw_batches(context: PageContext) -> Component:
    batches = make_batches_table(context)
    return draw_table_card(context, batches) if batches.rows else html.Div(hidden=True)


def register(app: GuardedApp) -> None:
    """Take files in, follow the work on them, take batches back."""
    _register_upload(app)
    _register_undo(app)
    register_draft(app)


def _kept_days(context: PageContext) -> int:
    """For how many days a workbook on its way is kept."""
    return read_kept_days(context.visit.book)[IMPORTS]


def make_drafts_table(context: PageContext) -> ShownTable:
    """One's own workbooks on their way; nobody else sees them."""
    say, visit = context.say, context.visit
    drafts = list_drafts(visit.book, visit.person.person_id)
    columns = (
        Column("file", say("imports.file")),
        Column("when", say("imports.when")),
        Column("state", say("imports.state")),
        Column("grave", say("imports.grave"), is_number=True),
        Column("new", say("imports.new"), is_number=True),
    )
    rows = tuple(_draft_row(context, draft) for draft in drafts)
    title = say("imports.drafts_title", count=format_count(len(rows)))
    return ShownTable(DRAFTS, title, columns, rows, say("imports.drafts_note", days=_kept_days(context)))


def _draft_row(context: PageContext, draft: StoredDraft) -> Row:
    cells, outcome = CellMaker(context.visit, MoneyUnit.YI), draft.outcome
    state = context.say(f"imports.short_{draft.state}")
    return (
        cells.text(draft.name, link=context.link(address_of(draft.id))),
        cells.text(write_city_time(draft.made_at)),
        Cell(state, state),
        cells.count(outcome.grave if outcome else None, "imports.not_read_yet"),
        cells.count(outcome.new if outcome else None, "imports.not_read_yet"),
    )


def _draw_template(context: PageContext) -> Component:
    say = context.say
    links = [
        html.A(
            say(f"imports.get_{kind}"),
            href=f"{FILES}/{kind}",
            className="button quiet",
            download="",
            id=f"import-get-{kind}",
        )
        for kind in ("template", "example")
    ]
    return html.Section(
        [
            html.H2(say("imports.template_title"), className="card-title"),
            html.P(say("imports.template_note"), className="card-note"),
            html.Div([*links, draw_workbook_link(context)], className="acts"),
        ],
        className="card",
    )


def _draw_upload(context: PageContext) -> Component:
    say = context.say
    return html.Section(
        [
            html.H2(say("imports.upload_title"), className="card-title"),
            html.P(
                say("imports.upload_note", most=MOST_BYTES // 2**20, days=_kept_days(context)),
                className="card-note",
            ),
            dcc.Upload(
                html.Button(say("imports.choose_file"), type="button", className="button"),
                id=UPLOAD,
                accept=ACCEPTED,
                multiple=False,
                className="import-drop",
                className_active="import-drop over",
            ),
        ],
        className="card import-upload",
    )


def _register_upload(app: GuardedApp) -> None:
    @app.callback(
        Output("url", "href", allow_duplicate=True),
        Output(TOLD, "children"),
        Input(UPLOAD, "contents"),
        State(UPLOAD, "filename"),
        needs=NEEDS,
        prevent_initial_call=True,
    )
    def take_in(visit: Visit, contents: str | None, name: str | None) -> list[Any]:
        if contents is None:
            return [no_update, no_update]
        try:
            number = keep_file(visit.book, visit.person.person_id, _clean_name(name), read_upload(contents))
        except LedgerError as error:
            return [no_update, draw_faults(word_error(visit, error))]
        return [address_of(number), no_update]


def _register_undo(app: GuardedApp) -> None:
    @app.callback(
        Output(BODY, "children"),
        Output(TOLD, "children", allow_duplicate=True),
        Input(UNDO, "n_clicks"),
        State(REASON, "value"),
        State("url", "search"),
        needs=NEEDS,
        prevent_initial_call=True,
    )
    def undo(visit: Visit, clicks: int | None, reason: str | None, search: str | None) -> list[Any]:
        if not clicks:
            return [no_update, no_update]
        context = read_context(visit, search, None, PATH)
        try:
            told = undo_batch(context, reason or "")
        except LedgerError as error:
            return [no_update, draw_refusal(context, error)]
        return [draw_centre(read_context(visit, search, None, PATH), told), no_update]


def read_upload(contents: str) -> bytes:
    """The bytes of a file as a browser wires it."""
    if len(contents) > MOST_LETTERS:
        raise TooLarge("imports.too_large", most=MOST_BYTES // 2**20)
    try:
        return base64.b64decode(contents.partition(",")[2], validate=True)
    except (binascii.Error, ValueError) as fault:
        raise RulesBroken([fatal("imports.bad_upload")]) from fault


def _clean_name(name: str | None) -> str:
    return clean_text((name or "").rpartition("/")[2], LONGEST_NAME) or "import.xlsx"


PAGE = Page(
    PATH,
    "page.imports",
    NEEDS,
    lay_out,
    register,
    group="work.group",
    tables={DRAFTS: make_drafts_table, NAME: make_batches_table},
)
