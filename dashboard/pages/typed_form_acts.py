"""What the buttons of a typed form do: record what was typed, put each problem beside its field, share a total out."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from dash import ALL, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from dashboard.auth.callbacks import BadValues, GuardedApp
from dashboard.auth.visit import Visit
from dashboard.forms.investor_lines import MOST_LINES
from dashboard.forms.kept_draft import forget_draft
from dashboard.forms.typed import TypedForm, TypedLine
from dashboard.pages.context import PageContext, read_context, read_query
from dashboard.pages.draft_notice import STANDING, register_draft
from dashboard.pages.people.account_words import draw_done, draw_faults, word_error
from dashboard.pages.typed_form import ACT, AMOUNT, CODE, DAY, FIELD, TICK, draft_key
from dashboard.words import say_problem
from funds.errors import LedgerError, NotFound, RulesBroken
from funds.permissions import Action
from funds.problems import Problem

AT_LINE = re.compile(r"form:(\w+)-([0-9]{1,4})")
AT_FIELD = re.compile(r"form:(\w+)")
Ids = list[dict[str, Any]]
Texts = list[str | None]


@dataclass(frozen=True)
class TypedAct:
    """One form: how it records (and tells what it did), how it fills its lines, and which columns its fields hold.

    `fields` names the field behind a column of the book where the two differ; `refill` says what the lines hold
    once it is recorded.
    """

    save: Callable[[PageContext, TypedForm], str]
    fill: Callable[[PageContext, TypedForm], Sequence[str]] | None = None
    refill: Callable[[PageContext, Sequence[str]], Sequence[str]] | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TypedForms:
    """The forms of one page, by the name that the address gives them, and what is drawn anew after recording."""

    prefix: str
    acts: Mapping[str, TypedAct]
    draw_view: Callable[[PageContext], Component | list[Component]]

    def columns(self, search: str | None) -> Mapping[str, str]:
        """Where the open form keeps what columns of the book hold."""
        act = self.acts.get(read_query(search).get(ACT, ""))
        return {} if act is None else act.fields

    def find(self, context: PageContext) -> TypedAct:
        """The form that is open."""
        act = self.acts.get(context.query.get(ACT, ""))
        if act is None:
            raise NotFound("form.none_open")
        return act


def register_typed_forms(app: GuardedApp, forms: TypedForms) -> None:
    """Record, and share out."""
    prefix = forms.prefix

    def every(part: str) -> dict[str, Any]:
        return {"type": f"{prefix}-{part}", "name": ALL}

    @app.callback(
        Output(f"{prefix}-told", "children"),
        Output(f"{prefix}-view", "children"),
        Output(every(FIELD), "value"),
        Output(every(FIELD), "error"),
        Output(every(AMOUNT), "value"),
        Output(every(AMOUNT), "error"),
        Output(every(DAY), "value"),
        Output(every(TICK), "checked"),
        Output(f"{prefix}-{STANDING}", "data"),
        Input(f"{prefix}-save", "n_clicks"),
        Input(f"{prefix}-share", "n_clicks"),
        State(every(FIELD), "value"),
        State(every(FIELD), "id"),
        State(every(AMOUNT), "value"),
        State(every(AMOUNT), "id"),
        State(every(DAY), "value"),
        State(every(TICK), "checked"),
        State(f"{prefix}-{STANDING}", "data"),
        State("url", "pathname"),
        State("url", "search"),
        needs=Action.RECORD_BUSINESS,
        prevent_initial_call=True,
    )
    def act(
        visit: Visit,
        saves: int | None,
        shares: int | None,
        values: Texts,
        names: Ids,
        amounts: Texts,
        codes: Ids,
        days: Texts,
        ticks: list[bool | None],
        standing: dict[str, Any] | None,
        path: str | None,
        search: str | None,
    ) -> list[Any]:
        drawn = Redrawn(
            [_name_of(one) for one in names], [_name_of(one) for one in codes], len(days), len(ticks)
        )
        if not (saves or shares):
            return drawn.send()
        typed = read_typed(values, drawn.fields, amounts, drawn.lines, days, ticks)
        try:
            context = read_context(visit, search, None, path or "/")
            chosen = forms.find(context)
            if ctx.triggered_id == f"{prefix}-share":
                drawn.fill(chosen, context, typed)
            else:
                drawn.settle(forms, chosen, context, chosen.save(context, typed), standing or {})
                forget_draft(visit, prefix, draft_key(context))
        except LedgerError as error:
            drawn.refuse(visit, error, forms.columns(search))
        return drawn.send()

    kept = {"fields": every(FIELD), "amounts": every(AMOUNT), "codes": every(CODE)}
    register_draft(app, prefix, kept, Action.RECORD_BUSINESS)


def read_typed(
    values: Texts,
    fields: Sequence[str],
    amounts: Texts,
    lines: Sequence[str],
    days: Texts,
    ticks: Sequence[Any],
) -> TypedForm:
    """The form as typed; lines that can be ticked are meant where they are."""
    if len(lines) > MOST_LINES or len(values) != len(fields) or len(amounts) != len(lines):
        raise BadValues("request.bad_values")
    if any(part and len(part) != len(lines) for part in (days, ticks)):
        raise BadValues("request.bad_values")
    given = zip(lines, amounts, days or [""] * len(lines), ticks or [True] * len(lines), strict=True)
    return TypedForm(
        {name: text or "" for name, text in zip(fields, values, strict=True)},
        tuple(TypedLine(code, amount or "", day or "", bool(tick)) for code, amount, day, tick in given),
    )


def _name_of(wire: Mapping[str, Any]) -> str:
    name = wire.get("name")
    if not isinstance(name, str):
        raise BadValues("request.bad_values")
    return name


@dataclass
class Redrawn:
    """What becomes of the form: nothing yet, problems beside their fields, or all of it empty for the next time."""

    fields: Sequence[str]
    lines: Sequence[str]
    days: int
    ticks: int
    told: Any = no_update
    view: Any = no_update
    values: list[Any] = field(default_factory=list)
    errors: list[Any] = field(default_factory=list)
    amounts: list[Any] = field(default_factory=list)
    line_errors: list[Any] = field(default_factory=list)
    standing: Any = no_update

    def fill(self, act: TypedAct, context: PageContext, typed: TypedForm) -> None:
        """Put what each line comes to into it."""
        if act.fill is None:
            raise NotFound("form.none_open")
        self.amounts = list(act.fill(context, typed))
        self.told = None
        self._clear_errors()

    def settle(
        self,
        forms: TypedForms,
        act: TypedAct,
        context: PageContext,
        told: str,
        standing: Mapping[str, Any],
    ) -> None:
        """Recorded: the form is as it was when nothing was typed, and what the page shows is drawn anew."""
        now = read_context(context.visit, f"?{urlencode(context.query)}", context.parts, context.path)
        self.told, self.view = draw_done(told), forms.draw_view(now)
        first = standing.get("fields")
        self.values = first if isinstance(first, list) else []
        if len(self.values) != len(self.fields):
            self.values = [""] * len(self.fields)
        self.amounts = list(act.refill(now, self.lines)) if act.refill else [""] * len(self.lines)
        self.standing = {"fields": self.values, "amounts": self.amounts, "codes": list(self.lines)}
        self._clear_errors()

    def refuse(self, visit: Visit, error: LedgerError, columns: Mapping[str, str]) -> None:
        """Say what is wrong, beside what it is about; what was typed stays."""
        self._clear_errors()
        if not isinstance(error, RulesBroken):
            self.told = draw_faults(word_error(visit, error))
            return
        rest = []
        for problem in error.problems:
            words = say_problem(problem, visit.language)
            if not self._place(problem, words, columns):
                rest.append(words)
        beside = len(error.problems) - len(rest)
        head = [visit.say("form.look_beside", count=beside)] if beside else []
        self.told = draw_faults([*head, *dict.fromkeys(rest)])

    def send(self) -> list[Any]:
        """The answer, one value for each part of the form."""
        fields, lines = [no_update] * len(self.fields), [no_update] * len(self.lines)
        return [
            self.told,
            self.view,
            self.values or fields,
            self.errors or fields,
            self.amounts or lines,
            self.line_errors or lines,
            [no_update if self.standing is no_update else ""] * self.days,
            [no_update if self.standing is no_update else False] * self.ticks,
            self.standing,
        ]

    def _clear_errors(self) -> None:
        self.errors, self.line_errors = [None] * len(self.fields), [None] * len(self.lines)

    def _place(self, problem: Problem, words: str, columns: Mapping[str, str]) -> bool:
        """Put a problem beside what it is about, if that is there."""
        if (found := AT_LINE.fullmatch(problem.where)) and 0 < int(found[2]) <= len(self.lines):
            at, errors = int(found[2]) - 1, self.line_errors
        elif found := AT_FIELD.fullmatch(problem.where):
            name = columns.get(found[1], found[1])
            if name not in self.fields:
                return False
            at, errors = list(self.fields).index(name), self.errors
        else:
            return False
        errors[at] = f"{errors[at]} {words}" if errors[at] else words
        return True
