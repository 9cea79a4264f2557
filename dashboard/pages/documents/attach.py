"""The part of a page by which documents are handed in beside a thing, and which lists those that lie there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import dash_mantine_components as dmc
from dash import MATCH, Input, Output, State, ctx, dcc, html, no_update
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.auth.visit import Visit
from dashboard.forms.attachment import read_attachment, read_thing, write_thing
from dashboard.pages.attributes import aria
from dashboard.pages.context import BadAddress, PageContext, read_context
from dashboard.pages.documents.document_desk import DocumentDesk, open_documents
from dashboard.pages.documents.document_table import NAME, make_table
from dashboard.pages.people.account_words import draw_done, draw_faults, word_error
from dashboard.pages.shown_table import draw_table
from funds.errors import Conflict, LedgerError, NotFound
from funds.kinds import AttachmentSubject, DocumentKind
from funds.permissions import Action
from funds.queries.attachments import Subject
from funds.recording import record_attachments
from funds.rules.documents import CHECKS

_NEED = Action.RECORD_BUSINESS
ATTACH, JOIN = "attach", "|"
ACCEPTED = ",".join(f".{ending}" for ending in CHECKS)


@dataclass(frozen=True)
class AttachPlace:
    """Where documents are handed in: in the name of a fund, beside one thing or any of the fund's."""

    fund: str
    subject: Subject | None = None

    @property
    def text(self) -> str:
        """As it stands in the ids of the parts."""
        return JOIN.join((self.fund, "" if self.subject is None else write_thing(*self.subject)))


def read_place(text: object) -> AttachPlace:
    """The place behind such an id."""
    fund, sign, thing = str(text).partition(JOIN)
    subject = read_thing(thing)
    if not sign or not fund or (thing and subject is None):
        raise BadAddress("page.bad_address")
    return AttachPlace(fund, subject)


def draw_attach(
    context: PageContext, fund: str, subject: Subject | None = None, *, has_form: bool = True
) -> Component:
    """Documents beside a thing of a fund (or all of the fund's), and the form for another where that is allowed."""
    with open_documents(context) as desk:
        return draw_place(desk, AttachPlace(fund, subject), has_form=has_form)


def draw_place(desk: DocumentDesk, place: AttachPlace, *, has_form: bool = True) -> Component:
    """The same where somebody looks at documents already."""
    form = _draw_form(desk, place) if has_form and desk.may_record(place.fund) else None
    listed = html.Div(draw_list(desk, place), id=_part("list", place))
    return html.Div([listed, form], className="attach")


def draw_list(desk: DocumentDesk, place: AttachPlace) -> Component:
    """What lies there."""
    found = desk.read(subject=place.subject, fund=place.fund)
    if not found:
        return html.P(desk.say("document.none_here"), className="card-note")
    return draw_table(desk.context, make_table(desk, found, NAME), is_tall=False)


def register_attach(app: GuardedApp) -> None:
    """Say which file was chosen, and hand it in."""

    @app.callback(
        Output({"type": ATTACH, "part": "name", "place": MATCH}, "children"),
        Input({"type": ATTACH, "part": "file", "place": MATCH}, "filename"),
        needs=_NEED,
        prevent_initial_call=True,
    )
    def tell_name(visit: Visit, name: str | None) -> str:
        return visit.say("document.chosen", name=name) if name else visit.say("document.choose")

    @app.callback(
        Output({"type": ATTACH, "part": "told", "place": MATCH}, "children"),
        Output({"type": ATTACH, "part": "list", "place": MATCH}, "children"),
        Output({"type": ATTACH, "part": "file", "place": MATCH}, "contents"),
        Input({"type": ATTACH, "part": "save", "place": MATCH}, "n_clicks"),
        State({"type": ATTACH, "part": "thing", "place": MATCH}, "value"),
        State({"type": ATTACH, "part": "kind", "place": MATCH}, "value"),
        State({"type": ATTACH, "part": "title", "place": MATCH}, "value"),
        State({"type": ATTACH, "part": "file", "place": MATCH}, "filename"),
        State({"type": ATTACH, "part": "file", "place": MATCH}, "contents"),
        State("url", "search"),
        needs=_NEED,
        prevent_initial_call=True,
    )
    def hand_in(
        visit: Visit,
        clicks: int | None,
        thing: str | None,
        kind: str | None,
        title: str | None,
        name: str | None,
        contents: str | None,
        search: str | None,
    ) -> list[Any]:
        if not clicks or not isinstance(ctx.triggered_id, dict):
            return [no_update] * 3
        given = {"thing": thing, "kind": kind, "title": title, "name": name, "file": contents}
        texts = {key: text or "" for key, text in given.items()}
        try:
            place = read_place(ctx.triggered_id.get("place"))
            told, listed = _hand_in(visit, place, texts, search)
        except LedgerError as error:
            return [draw_faults(word_error(visit, error)), no_update, no_update]
        return [told, listed, None]


def _hand_in(
    visit: Visit, place: AttachPlace, texts: dict[str, str], search: str | None
) -> tuple[Component, Component]:
    draft = read_attachment(place.fund, None, texts)
    with visit.book.change(visit.person.login, "document.handed_in", "attach") as change:
        recorded = record_attachments(change, [draft])
        if not recorded.new:
            raise Conflict("document.same", name=draft.file_name)
    with open_documents(read_context(visit, search)) as desk:
        if place.fund not in desk.funds:
            raise NotFound("document.no_fund", code=place.fund)
        told = draw_done(desk.say("document.done", title=draft.title))
        return told, draw_list(desk, place)


def _draw_form(desk: DocumentDesk, place: AttachPlace) -> Component:
    kinds = [
        {"value": kind.value, "label": desk.say(f"trail.documentkind_{kind.value}")} for kind in DocumentKind
    ]
    button = html.Button(
        desk.say("document.save"), id=_part("save", place), type="button", className="button"
    )
    return html.Div(
        [
            _draw_thing(desk, place),
            dmc.Select(
                id=_part("kind", place),
                label=desk.say("document.kind"),
                data=kinds,
                value=DocumentKind.VOUCHER.value,
                allowDeselect=False,
            ),
            dmc.TextInput(
                id=_part("title", place),
                label=desk.say("document.title"),
                description=desk.say("document.title_note"),
                value="",
                debounce=True,
            ),
            _draw_file(desk, place),
            html.Div(button, className="acts"),
            html.Div(id=_part("told", place)),
        ],
        className="fields attach-form",
    )


def _draw_thing(desk: DocumentDesk, place: AttachPlace) -> Component:
    """Which thing it is for; where the place is one thing, there is nothing to choose."""
    if place.subject is not None:
        return dcc.Input(id=_part("thing", place), type="hidden", value=write_thing(*place.subject))
    things: Sequence[tuple[str, str]] = desk.list_things(place.fund)
    select: Component = dmc.Select(
        id=_part("thing", place),
        label=desk.say("document.thing"),
        data=[{"value": value, "label": words} for value, words in things],
        value=things[0][0],
        searchable=True,
        allowDeselect=False,
        nothingFoundMessage=desk.say("roles.nothing_found"),
    )
    return select


def _draw_file(desk: DocumentDesk, place: AttachPlace) -> Component:
    words = html.Span(desk.say("document.choose"), id=_part("name", place))
    upload = dcc.Upload(
        [words], id=_part("file", place), accept=ACCEPTED, multiple=False, className="attach-file"
    )
    label = desk.say("document.file")
    note = desk.say("document.file_note")
    return html.Div(
        [html.Span(label, className="attach-label"), html.Span(note, className="attach-note"), upload],
        role="group",
        **aria(label=label),
    )


def _part(part: str, place: AttachPlace) -> dict[str, str]:
    return {"type": ATTACH, "part": part, "place": place.text}


def subject_of_line(table: str, row_id: int) -> Subject | None:
    """A line of the ledger as a thing that documents lie beside."""
    return (AttachmentSubject(table), row_id) if table in set(AttachmentSubject) else None
