"""Keeping the code book: what is sent is one revision and the page is drawn anew, or it is told what was wrong."""

from collections.abc import Callable
from typing import Any

from dash import ALL, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from dashboard.auth.callbacks import BadValues, GuardedApp
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.industries import code_book_acts as acts
from dashboard.pages.industries.code_book_desk import PLACE, TOLD
from dashboard.pages.industries.code_book_forms import CODE_BUTTON, EDGE_BUTTON
from dashboard.pages.industries.industry_state import PATH
from dashboard.pages.people.account_words import draw_done, draw_faults, word_error
from funds.errors import LedgerError
from funds.permissions import Action

Draw = Callable[[PageContext, Component | None], Component]
NAMES = ("code", "name", "parent", "category", "aliases", "from", "to", "basis")
INDUSTRY = tuple(State(f"industry-{name}", "value") for name in NAMES)
REASON = State("code-reason", "value")
SEARCH, HERE = State("url", "search"), State("url", "pathname")


def register_desk(app: GuardedApp, draw: Draw) -> None:
    """Keep industries, segments, lines and national codes; `draw` draws whichever page it was done on."""
    _register_industries(app, draw)
    _register_segments(app, draw)
    _register_edges(app, draw)
    _register_codes(app, draw)


def _register_industries(app: GuardedApp, draw: Draw) -> None:
    @app.callback(
        Output(PLACE, "children"),
        Output(TOLD, "children"),
        Input("industry-save", "n_clicks"),
        *INDUSTRY,
        State("industry-row", "data"),
        REASON,
        SEARCH,
        HERE,
        needs=Action.RECORD_CODE_BOOK,
        prevent_initial_call=True,
    )
    def save(
        visit: Visit,
        clicks: int | None,
        code: str | None,
        name: str | None,
        parent: str | None,
        category: str | None,
        aliases: str | None,
        begins: str | None,
        ends: str | None,
        basis: str | None,
        row: int | None,
        reason: str | None,
        search: str | None,
        here: str | None,
    ) -> list[Any]:
        values = (code, name, parent, category, aliases, begins, ends, basis)
        fields = _clean({**dict(zip(NAMES, values, strict=True)), "reason": reason})
        if row is None:
            return _run(visit, clicks, search, here, draw, lambda: acts.add_industry(visit, fields))
        own = {**fields, "code": _code_in(here)}
        return _run(visit, clicks, search, here, draw, lambda: acts.change_industry(visit, row, own))


def _register_segments(app: GuardedApp, draw: Draw) -> None:
    @app.callback(
        *_outputs(),
        Input("segment-save", "n_clicks"),
        State("segment-code", "value"),
        State("segment-name", "value"),
        State("segment-position", "value"),
        State("segment-parent", "value"),
        REASON,
        SEARCH,
        HERE,
        needs=Action.RECORD_CODE_BOOK,
        prevent_initial_call=True,
    )
    def save(
        visit: Visit,
        clicks: int | None,
        code: str | None,
        name: str | None,
        position: str | None,
        parent: str | None,
        reason: str | None,
        search: str | None,
        here: str | None,
    ) -> list[Any]:
        fields = _clean(
            {"code": code, "name": name, "position": position, "parent": parent, "reason": reason}
        )
        return _run(
            visit, clicks, search, here, draw, lambda: acts.keep_segment(visit, _code_in(here), fields)
        )


def _register_edges(app: GuardedApp, draw: Draw) -> None:
    @app.callback(
        *_outputs(),
        Input("edge-add", "n_clicks"),
        State("edge-source", "value"),
        State("edge-target", "value"),
        State("edge-basis", "value"),
        REASON,
        SEARCH,
        HERE,
        needs=Action.RECORD_CODE_BOOK,
        prevent_initial_call=True,
    )
    def add(
        visit: Visit,
        clicks: int | None,
        source: str | None,
        target: str | None,
        basis: str | None,
        reason: str | None,
        search: str | None,
        here: str | None,
    ) -> list[Any]:
        fields = _clean({"source": source, "target": target, "basis": basis, "reason": reason})
        return _run(visit, clicks, search, here, draw, lambda: acts.add_edge(visit, fields))

    @app.callback(
        *_outputs(),
        Input({"type": EDGE_BUTTON, "row": ALL}, "n_clicks"),
        REASON,
        SEARCH,
        HERE,
        needs=Action.RECORD_CODE_BOOK,
        prevent_initial_call=True,
    )
    def withdraw(
        visit: Visit, clicks: list[int | None], reason: str | None, search: str | None, here: str | None
    ) -> list[Any]:
        fields, pressed = _clean({"reason": reason}), sum(count or 0 for count in clicks)
        return _run(
            visit,
            pressed,
            search,
            here,
            draw,
            lambda: acts.withdraw_edge(visit, _row_of(ctx.triggered_id), fields),
        )


def _register_codes(app: GuardedApp, draw: Draw) -> None:
    @app.callback(
        *_outputs(),
        Input("code-add", "n_clicks"),
        State("code-national", "value"),
        State("code-segment", "value"),
        State("code-partial", "checked"),
        State("code-basis", "value"),
        REASON,
        SEARCH,
        HERE,
        needs=Action.RECORD_CODE_BOOK,
        prevent_initial_call=True,
    )
    def add(
        visit: Visit,
        clicks: int | None,
        national: str | None,
        segment: str | None,
        is_partial: bool | None,
        basis: str | None,
        reason: str | None,
        search: str | None,
        here: str | None,
    ) -> list[Any]:
        partial = "yes" if is_partial else ""
        values = {"national_code": national, "segment": segment, "is_partial": partial}
        fields = _clean({**values, "basis": basis, "reason": reason})
        return _run(visit, clicks, search, here, draw, lambda: acts.add_code(visit, _code_in(here), fields))

    @app.callback(
        *_outputs(),
        Input({"type": CODE_BUTTON, "table": ALL, "row": ALL}, "n_clicks"),
        REASON,
        SEARCH,
        HERE,
        needs=Action.RECORD_CODE_BOOK,
        prevent_initial_call=True,
    )
    def confirm(
        visit: Visit, clicks: list[int | None], reason: str | None, search: str | None, here: str | None
    ) -> list[Any]:
        fields, pressed = _clean({"reason": reason}), sum(count or 0 for count in clicks)
        return _run(
            visit,
            pressed,
            search,
            here,
            draw,
            lambda: acts.confirm_code(visit, _table_of(ctx.triggered_id), _row_of(ctx.triggered_id), fields),
        )


def _run(
    visit: Visit,
    clicks: int | None,
    search: str | None,
    here: str | None,
    draw: Draw,
    act: Callable[[], str],
) -> list[Any]:
    """The page drawn anew where it was done; else what was wrong, and the form as it is."""
    if not clicks:
        return [no_update, no_update]
    try:
        told = draw_done(act())
    except LedgerError as error:
        return [no_update, draw_faults(word_error(visit, error))]
    path = here or PATH
    parts = {} if path == PATH else {"code": _code_in(here)}
    return [draw(read_context(visit, search, parts, path), told), no_update]


def _outputs() -> tuple[Output, Output]:
    return Output(PLACE, "children", allow_duplicate=True), Output(TOLD, "children", allow_duplicate=True)


def _clean(values: dict[str, str | None]) -> dict[str, str]:
    return {name: (text or "").strip() for name, text in values.items()}


def _code_in(here: str | None) -> str:
    """The code of the industry in the address of its page."""
    head, _, code = (here or "").rstrip("/").rpartition("/")
    if head != PATH or not code:
        raise BadValues("request.bad_values")
    return code


def _row_of(trigger: object) -> int:
    row = trigger.get("row") if isinstance(trigger, dict) else None
    if not isinstance(row, str) or not (row.isascii() and row.isdigit() and len(row) < 19):
        raise BadValues("request.bad_values")
    return int(row)


def _table_of(trigger: object) -> str:
    table = trigger.get("table") if isinstance(trigger, dict) else None
    if table not in acts.CROSSWALKS:
        raise BadValues("request.bad_values")
    return str(table)
