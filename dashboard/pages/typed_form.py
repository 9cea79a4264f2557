"""A form of fields and lines as it is drawn: each problem has its place beside the field that it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from urllib.parse import urlencode

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.forms.kept_draft import KeptDraft, find_draft
from dashboard.pages.attributes import aria
from dashboard.pages.context import PageContext
from dashboard.pages.draft_notice import draw_draft

FIELD, AMOUNT, DAY, TICK, CODE = "field", "amount", "day", "tick", "code"
# The address says which form of a page is open.
ACT = "act"
LONGEST_KEY = 200
# And whether it is drawn from what was kept of it.
DRAFT = "draft"


class FieldKind(Enum):
    TEXT = "text"
    AREA = "area"
    SELECT = "select"


@dataclass(frozen=True)
class Field:
    """One field: its name in the form, its words, and what it holds when nothing was typed."""

    name: str
    label: str
    note: str = ""
    value: str = ""
    kind: FieldKind = FieldKind.TEXT
    choices: Sequence[tuple[str, str]] = ()
    is_needed: bool = True


@dataclass(frozen=True)
class FormLineShown:
    """One line: who it is for, what helps to fill it in, and what it holds when nothing was typed."""

    code: str
    name: str
    note: str = ""
    amount: str = ""


@dataclass(frozen=True)
class LineWords:
    """The headings of the lines; without words for day or tick the lines have none."""

    name: str
    amount: str
    day: str = ""
    tick: str = ""


@dataclass(frozen=True)
class DrawnForm:
    """All that a form shows; `share` are the words of the button that fills its lines."""

    title: str
    note: str
    save: str
    fields: Sequence[Field]
    lines: Sequence[FormLineShown] = ()
    words: LineWords | None = None
    share: str = ""


def part_id(prefix: str, part: str, name: str) -> dict[str, str]:
    """What a field or a part of a line is called in the page."""
    return {"type": f"{prefix}-{part}", "name": name}


def draft_key(context: PageContext) -> str:
    """What a draft is kept under: the form that is open, and what it is about."""
    state = {name: text for name, text in context.query.items() if name != DRAFT}
    return f"{context.path}?{urlencode(sorted(state.items()))}"[:LONGEST_KEY]


def draw_form(context: PageContext, prefix: str, form: DrawnForm) -> Component:
    """The form with its buttons, the draft that was kept of it, and the place where it is told what came of it."""
    key = ".".join((context.visit.person.login, context.path, context.query.get(ACT, "")))
    standing = {
        "fields": [field.value for field in form.fields],
        "amounts": [line.amount for line in form.lines],
        "codes": [line.code for line in form.lines],
    }
    kept = find_draft(context.visit, prefix, draft_key(context))
    offer = draw_draft(
        context, prefix, draft_key(context), standing, kept, continue_link=context.here(**{DRAFT: "1"})
    )
    if DRAFT in context.query:
        form = _fill_in(form, kept)
    share = html.Button(
        form.share,
        id=f"{prefix}-share",
        type="button",
        className="button quiet",
        hidden=not form.share,
    )
    save = html.Button(form.save, id=f"{prefix}-save", type="button", className="button")
    return html.Section(
        [
            html.H2(form.title, className="card-title"),
            html.P(form.note, className="card-note"),
            offer,
            html.Div([_draw_field(context, prefix, field, key) for field in form.fields], className="fields"),
            html.Div(share, className="acts"),
            _draw_lines(prefix, form, key),
            html.Div(save, className="acts"),
            html.Div(id=f"{prefix}-told"),
        ],
        className="card typed-form",
    )


def _fill_in(form: DrawnForm, kept: KeptDraft | None) -> DrawnForm:
    """The form as it was typed; an amount goes to its investor, wherever the line stands now."""
    typed: Mapping[str, object] = {} if kept is None else kept.typed
    fields, codes, amounts = (_texts(typed.get(name)) for name in ("fields", "codes", "amounts"))
    if len(fields) != len(form.fields) or len(codes) != len(amounts):
        return form
    by_code = dict(zip(codes, amounts, strict=True))
    return replace(
        form,
        fields=[replace(field, value=text) for field, text in zip(form.fields, fields, strict=True)],
        lines=[replace(line, amount=by_code.get(line.code, line.amount)) for line in form.lines],
    )


def _texts(value: object) -> list[str]:
    return [text if isinstance(text, str) else "" for text in value] if isinstance(value, list) else []


def _draw_field(context: PageContext, prefix: str, field: Field, key: str) -> Component:
    shared = {
        "id": part_id(prefix, FIELD, field.name),
        "label": field.label,
        "description": field.note or None,
        "required": field.is_needed,
        "persistence": key,
        "persistence_type": "session",
    }
    made: Component
    if field.kind is FieldKind.SELECT:
        made = dmc.Select(
            data=[{"value": value, "label": words} for value, words in field.choices],
            value=field.value or None,
            searchable=len(field.choices) > 5,
            clearable=not field.is_needed,
            nothingFoundMessage=context.say("switcher.nothing"),
            **shared,
        )
    elif field.kind is FieldKind.AREA:
        made = dmc.Textarea(value=field.value, debounce=True, autosize=True, minRows=2, **shared)
    else:
        made = dmc.TextInput(value=field.value, debounce=True, **shared)
    return made


def _draw_lines(prefix: str, form: DrawnForm, key: str) -> Component | None:
    words = form.words
    if words is None:
        return None
    head = [words.tick, words.name, words.amount, words.day]
    has = [bool(words.tick), True, True, bool(words.day)]
    return html.Div(
        html.Table(
            [
                html.Thead(
                    html.Tr(
                        [
                            html.Th(one, scope="col")
                            for one, is_there in zip(head, has, strict=True)
                            if is_there
                        ]
                    )
                ),
                html.Tbody([_draw_line(prefix, line, words, key) for line in form.lines]),
            ],
            className="table form-lines",
        ),
        className="table-scroll",
        tabIndex=0,
        role="region",
        **aria(label=form.title),
    )


def _draw_line(prefix: str, line: FormLineShown, words: LineWords, key: str) -> Component:
    kept = {"persistence": key, "persistence_type": "session"}
    amount = dmc.TextInput(
        id=part_id(prefix, AMOUNT, line.code),
        value=line.amount,
        debounce=True,
        size="sm",
        **kept,
        **aria(label=f"{line.name} {words.amount}"),
    )
    day = dmc.TextInput(
        id=part_id(prefix, DAY, line.code),
        value="",
        debounce=True,
        size="sm",
        **kept,
        **aria(label=f"{line.name} {words.day}"),
    )
    code = dcc.Input(id=part_id(prefix, CODE, line.code), type="hidden", value=line.code)
    tick = dmc.Checkbox(
        id=part_id(prefix, TICK, line.code), checked=False, **aria(label=f"{words.tick} {line.name}")
    )
    name = html.Th(
        [html.Span(line.name), html.Span(line.note, className="figure-note")],
        scope="row",
        className="line-name",
    )
    return html.Tr(
        [
            html.Td(tick) if words.tick else None,
            name,
            html.Td([amount, code], className="line-amount"),
            html.Td(day, className="line-day") if words.day else None,
        ]
    )
