"""The step between a file of any layout and its problems: what its columns become, said by the person, remembered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import ALL, Input, Output, State, ctx, no_update

from dashboard.auth.callbacks import BadValues, GuardedApp
from dashboard.auth.visit import Visit
from dashboard.forms import column_mapping as forms
from dashboard.forms.column_mapping import SPLIT, ColumnMapping, TypedFeed, Use
from dashboard.pages.context import read_context
from dashboard.pages.imports import mapping_store as store
from dashboard.pages.imports.draft_store import AT_WORK
from dashboard.pages.imports.draft_view import draw_draft
from dashboard.pages.imports.import_desk import NEEDS, PATH, DraftDesk, open_draft
from dashboard.pages.imports.layout_store import remember
from dashboard.pages.imports.mapping_store import StoredMapping
from dashboard.pages.imports.mapping_view import ACT, COLUMN, MORE, NEXT, PART, USE, WORDS
from dashboard.pages.people.account_words import draw_faults, word_error
from funds.errors import LedgerError
from funds.intake.sheets import SHEET_BY_TITLE
from funds.problems import Problem

BODY, TICK = "import-draft", "import-tick"
SEPARATORS = 2
Values = list[str | None]
Ids = list[dict[str, str]]


@dataclass(frozen=True)
class Fields:
    """What a browser sent of the fields, each by its place."""

    columns: Mapping[str, str]
    words: Mapping[str, str]
    uses: Mapping[str, str]
    parts: Mapping[str, str]
    more: Mapping[str, str]


def register_mapping(app: GuardedApp) -> None:
    """Add, take away and accept what columns become."""
    wiring = [
        wire
        for kind in (COLUMN, WORDS, USE, PART, MORE)
        for wire in (State({"type": kind, "at": ALL}, "value"), State({"type": kind, "at": ALL}, "id"))
    ]

    @app.callback(
        Output(BODY, "children", allow_duplicate=True),
        Output(TICK, "disabled", allow_duplicate=True),
        Input({"type": ACT, "act": ALL, "at": ALL}, "n_clicks"),
        *wiring,
        State("url", "pathname"),
        State("url", "search"),
        needs=NEEDS,
        prevent_initial_call=True,
    )
    def act(
        visit: Visit,
        clicks: list[int | None],
        columns: Values,
        column_ids: Ids,
        words: Values,
        words_ids: Ids,
        uses: Values,
        use_ids: Ids,
        parts: Values,
        part_ids: Ids,
        more: Values,
        more_ids: Ids,
        path: str | None,
        search: str | None,
    ) -> list[Any]:
        if not any(clicks):
            return [no_update, no_update]
        fields = Fields(
            _by_place(columns, column_ids),
            _by_place(words, words_ids),
            _by_place(uses, use_ids),
            _by_place(parts, part_ids),
            _by_place(more, more_ids),
        )
        name, at = _read_trigger(ctx.triggered_id)
        desk, told = _open(visit, path, search), None
        problems: Sequence[Problem] = ()
        try:
            problems = act_on(desk, fields, name, at)
        except LedgerError as error:
            told = draw_faults(word_error(visit, error))
        desk = _open(visit, path, search)
        return [draw_draft(desk, told, problems), desk.draft.state not in AT_WORK]


def act_on(desk: DraftDesk, fields: Fields, name: str, at: str) -> Sequence[Problem]:
    """Keep what was typed, do what the button says; what is wrong with going on comes back."""
    visit, draft = desk.context.visit, desk.draft
    book, person = visit.book, visit.person.person_id
    stored = store.find_mapping(book, person, draft.id)
    said = _change(stored, _read(stored, fields), fields, name, at)
    store.keep_said(book, person, draft.id, said)
    if name != NEXT:
        return ()
    problems = forms.check_mapping(said)
    if not problems:
        remember(book, person, stored.layout, said)
        store.accept(book, person, draft.id)
    return problems


def _change(stored: StoredMapping, said: ColumnMapping, fields: Fields, name: str, at: str) -> ColumnMapping:
    """What a button other than the last adds or takes away."""
    if name == NEXT:
        return said
    number, _, sheet = at.partition(SPLIT)
    table = _read_table(number, stored)
    if name == "part":
        offer = stored.tables[table].read_offers()
        return forms.add_part(said, table, offer, fields.parts.get(at, ""))
    if name == "drop":
        return forms.drop_part(said, table, sheet)
    if name != "more" or sheet not in SHEET_BY_TITLE:
        raise BadValues("request.bad_values")
    title = fields.more.get(at, "")
    return forms.add_column(said, table, sheet, title) if title else said


def _read(stored: StoredMapping, fields: Fields) -> ColumnMapping:
    """What the fields say of the tables that there are."""
    typed = []
    for place in fields.columns.keys() | fields.words.keys():
        if place.count(SPLIT) != SEPARATORS:
            raise BadValues("request.bad_values")
        number, sheet, title = place.split(SPLIT)
        given = fields.columns.get(place, ""), fields.words.get(place, "")
        typed.append(TypedFeed(_read_table(number, stored), sheet, title, *given))
    uses = {_read_table(number, stored): _read_use(use) for number, use in fields.uses.items() if use}
    return forms.read_feeds(stored.said, uses, typed, [len(table.columns) for table in stored.tables])


def _read_use(text: str) -> Use:
    if text not in set(Use):
        raise BadValues("request.bad_values")
    return Use(text)


def _read_table(text: str, stored: StoredMapping) -> int:
    if text not in {str(at) for at in range(len(stored.tables))}:
        raise BadValues("request.bad_values")
    return int(text)


def _by_place(values: Values, ids: Ids) -> dict[str, str]:
    if len(values) != len(ids) or not all(isinstance(one.get("at"), str) for one in ids):
        raise BadValues("request.bad_values")
    return {one["at"]: value or "" for one, value in zip(ids, values, strict=True)}


def _open(visit: Visit, path: str | None, search: str | None) -> DraftDesk:
    """The file whose page the browser is on."""
    number = (path or "").rstrip("/").rpartition("/")[2]
    return open_draft(read_context(visit, search, {"id": number}, f"{PATH}/{number}"))


def _read_trigger(triggered: object) -> tuple[str, str]:
    """Which button it was, and of what."""
    if not isinstance(triggered, Mapping):
        raise BadValues("request.bad_values")
    name, at = triggered.get("act"), triggered.get("at")
    if not isinstance(name, str) or not isinstance(at, str):
        raise BadValues("request.bad_values")
    return name, at
