"""Keeps what is typed into a form and offers it again: a part that any form page can drop in."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp, Need
from dashboard.auth.visit import Visit
from dashboard.forms.kept_draft import KeptDraft, Typed, find_draft, forget_draft, keep_draft
from dashboard.jobs.retention import DRAFTS, read_kept_days
from dashboard.pages.context import PageContext
from dashboard.pages.people.account_words import word_instant

# The ids of the parts, behind the code of the form.
KEY, STANDING, SEEN = "draft-key", "draft-standing", "draft-seen"
OFFER, CONTINUE, DROP, SAVED = "draft-offer", "draft-continue", "draft-drop", "draft-saved"


def draw_draft(
    context: PageContext,
    form: str,
    key: str,
    standing: Typed,
    kept: KeptDraft | None,
    *,
    continue_link: str | None = None,
    is_continued: bool = False,
) -> Component:
    """The offer of a kept draft (hidden where there is none) and the stores that keeping one needs.

    `standing` is what the form holds when nothing is typed, field by field; `kept` is the draft (`find_draft`).
    A form whose fields are not always the same gives the address that draws it from the draft as `continue_link`,
    and says when it is drawn so.
    """
    seen = kept.seen_version if is_continued and kept else context.version
    kept = None if is_continued else kept
    return html.Div(
        [
            dcc.Store(id=f"{form}-{KEY}", data=key),
            dcc.Store(id=f"{form}-{STANDING}", data=dict(standing)),
            dcc.Store(id=f"{form}-{SEEN}", data=seen),
            html.Div(
                _draw_offer(context, form, kept, continue_link),
                id=f"{form}-{OFFER}",
                className="draft-offer",
                hidden=kept is None,
                role="status",
            ),
            html.P(id=f"{form}-{SAVED}", className="draft-saved", role="status"),
        ],
        className="draft-notice",
    )


def seen_store(form: str) -> State:
    """The version at which the form (or the draft it goes on with) was opened, for the callback that records."""
    return State(f"{form}-{SEEN}", "data")


def register_draft(app: GuardedApp, form: str, fields: Mapping[str, Any], needs: Need) -> None:
    """Keep the fields (name → component id) as they change, and put a draft back or away on demand.

    With ids that match many (`ALL`) a field holds a list; such a form is drawn from its draft instead.
    """
    names = list(fields)
    is_plain = all(isinstance(one, str) for one in fields.values())

    @app.callback(
        needs=needs,
        output=Output(f"{form}-{SAVED}", "children"),
        inputs=[
            [Input(fields[name], "value") for name in names],
            State(f"{form}-{KEY}", "data"),
            State(f"{form}-{STANDING}", "data"),
            State(f"{form}-{SEEN}", "data"),
        ],
        prevent_initial_call=True,
    )
    def keep(
        visit: Visit,
        values: list[object],
        key: str | None,
        standing: dict[str, object] | None,
        seen: int | None,
    ) -> str:
        return keep_typed(visit, form, key or "", dict(zip(names, values, strict=True)), standing or {}, seen)

    @app.callback(
        needs=needs,
        output=[Output(f"{form}-{OFFER}", "hidden"), *_outputs(fields, is_plain)],
        inputs=[
            Input(f"{form}-{DROP}", "n_clicks"),
            State(f"{form}-{KEY}", "data"),
            State(f"{form}-{STANDING}", "data"),
        ],
        prevent_initial_call=True,
    )
    def drop(
        visit: Visit, clicks: int | None, key: str | None, standing: dict[str, object] | None
    ) -> list[object]:
        held = len(names) if is_plain else 0
        if not clicks:
            return [no_update] * (1 + held)
        forget_draft(visit, form, key or "")
        return [True, *((standing or {}).get(name) for name in names[:held])]

    if is_plain:
        _register_continue(app, form, fields, needs)


def keep_typed(
    visit: Visit, form: str, key: str, typed: Typed, standing: Mapping[str, object], seen: int | None
) -> str:
    """Keep what differs from what stands, forget what no longer does; returns what to say about it."""
    if all(_blank(value) == _blank(standing.get(name)) for name, value in typed.items()):
        forget_draft(visit, form, key)
        return ""
    saved_at = keep_draft(visit, form, key, typed, seen)
    if saved_at is None:
        return visit.say("form_draft.too_long")
    days = read_kept_days(visit.book)[DRAFTS]
    return visit.say("form_draft.saved", when=_word_moment(visit, saved_at), days=days)


def _blank(value: object) -> object:
    """Nothing typed is nothing, however the browser says so."""
    return [one or None for one in value] if isinstance(value, list) else value or None


def _register_continue(app: GuardedApp, form: str, fields: Mapping[str, Any], needs: Need) -> None:
    names = list(fields)

    @app.callback(
        needs=needs,
        output=[
            Output(f"{form}-{OFFER}", "hidden", allow_duplicate=True),
            Output(f"{form}-{SEEN}", "data"),
            *(Output(fields[name], "value", allow_duplicate=True) for name in names),
        ],
        inputs=[Input(f"{form}-{CONTINUE}", "n_clicks"), State(f"{form}-{KEY}", "data")],
        prevent_initial_call=True,
    )
    def go_on(visit: Visit, clicks: int | None, key: str | None) -> list[object]:
        kept = find_draft(visit, form, key or "") if clicks else None
        if kept is None:
            return [no_update] * (2 + len(names))
        seen = no_update if kept.seen_version is None else kept.seen_version
        return [True, seen, *(kept.typed.get(name) for name in names)]


def _outputs(fields: Mapping[str, Any], is_plain: bool) -> Sequence[Output]:
    return [Output(one, "value", allow_duplicate=True) for one in fields.values()] if is_plain else []


def _draw_offer(
    context: PageContext, form: str, kept: KeptDraft | None, continue_link: str | None
) -> list[Component]:
    say = context.say
    when = "" if kept is None else _word_moment(context.visit, kept.saved_at)
    go_on: Component = html.Button(
        say("form_draft.continue"), id=f"{form}-{CONTINUE}", type="button", className="button"
    )
    if continue_link is not None:
        go_on = dcc.Link(
            say("form_draft.continue"), href=continue_link, id=f"{form}-{CONTINUE}", className="button"
        )
    return [
        html.Span(say("form_draft.offer", when=when)),
        go_on,
        html.Button(say("form_draft.drop"), id=f"{form}-{DROP}", type="button", className="button quiet"),
    ]


def _word_moment(visit: Visit, instant: str) -> str:
    """The hour where it was today, else the day too."""
    text = word_instant(instant)
    day, _, hour = text.partition(" ")
    return hour if day == visit.book.today().isoformat() else text
