"""The form on the page: its fields, kept in the browser's tab until they are filed, and what came of filing."""

from collections.abc import Mapping

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.forms.park_figure import FiledForm, read_form
from dashboard.pages.attributes import aria
from dashboard.pages.figures_entry.entry_desk import EntryDesk
from dashboard.pages.people.account_words import draw_done
from dashboard.pages.switcher import SWITCHER
from funds.errors import Conflict, RulesBroken
from funds.measures import MICRO, format_scaled
from funds.models import ParkFigure
from funds.recording import record_park_figures
from funds.recording.corrections import Correction, correct_rows
from funds.rules.park_figures import MEASURES

FIELD = "park-figure"
TAKEN = "twin.changed"
TYPED = ("period", "value", "source", "owner", "evidence", "reason")
# Columns that a correction may change; another park or indicator is another figure.
CORRECTED = ("period", "value_e6", "unit", "source", "owner", "evidence")


def draw_place_choice(desk: EntryDesk) -> Component | None:
    """The way to another park, for who may file for several."""
    if len(desk.places) < 2:
        return None
    data = [{"value": desk.link(place), "label": desk.name(place)} for place in desk.places]
    select: Component = dmc.Select(
        id={"type": SWITCHER, "path": desk.context.path},
        data=data,
        value=desk.link(desk.place),
        searchable=True,
        allowDeselect=False,
        nothingFoundMessage=desk.say("switcher.nothing"),
        size="sm",
        w=260,
        className="switcher",
        **aria(label=desk.say("park_figure.place")),
    )
    return select


def draw_form(desk: EntryDesk) -> Component:
    """An empty form, or one that holds the row to correct."""
    say, chosen = desk.say, desk.chosen
    title = say("park_figure.form_correct" if chosen else "park_figure.form_new", place=desk.name(desk.place))
    back = dcc.Link(say("park_figure.back"), href=desk.link(desk.place), className="button quiet")
    return html.Section(
        [
            html.H2(title, className="card-title"),
            html.P(say("park_figure.form_note"), className="card-note"),
            html.Div(
                [
                    _draw_indicator(desk),
                    *(_draw_field(desk, name) for name in TYPED if chosen or name != "reason"),
                    # The callback reads every field, so a new figure has an empty reason.
                    None if chosen else dcc.Input(id=f"{FIELD}-reason", type="hidden", value=""),
                    html.Div(
                        [
                            html.Button(
                                say("park_figure.save_correction" if chosen else "park_figure.save"),
                                id=f"{FIELD}-save",
                                type="button",
                                className="button",
                            ),
                            back if chosen else None,
                        ],
                        className="acts",
                    ),
                ],
                className="fields",
            ),
            html.Div(id=f"{FIELD}-told"),
        ],
        className="card",
    )


def file_figure(desk: EntryDesk, texts: Mapping[str, str]) -> Component:
    """Record what the form says, or put it in the place of the row that the address names."""
    chosen = desk.chosen
    if chosen is not None:
        texts = {**texts, "indicator": chosen.indicator}
    form = read_form(desk.code, texts, is_correction=chosen is not None)
    if chosen is None:
        _record(desk, form)
        return draw_done(desk.say("park_figure.done", figure=_name(desk, form), period=form.draft.period))
    _correct(desk, form)
    return draw_done(
        html.P(desk.say("park_figure.corrected", figure=_name(desk, form), period=form.draft.period)),
        dcc.Link(desk.say("park_figure.back"), href=desk.link(desk.place)),
    )


def _record(desk: EntryDesk, form: FiledForm) -> None:
    visit = desk.context.visit
    reason = form.reason or "park_figure.filed_by_hand"
    try:
        with visit.book.change(visit.person.login, reason) as change:
            if not record_park_figures(change, [form.draft]).new:
                raise Conflict("park_figure.same")
    except RulesBroken as broken:
        if any(problem.code == TAKEN for problem in broken.problems):
            raise Conflict("park_figure.on_file") from broken
        raise


def _correct(desk: EntryDesk, form: FiledForm) -> None:
    """A copy of the row with what the form says; the trail keeps both, and the reason."""
    visit, row = desk.context.visit, desk.chosen
    if row is None:
        raise Conflict("park_figure.no_such_row")
    key = form.draft.indicator, form.draft.period
    if any((one.indicator, one.period) == key and one.id != row.id for one in desk.filed):
        raise Conflict("park_figure.period_taken", period=form.draft.period)
    values = {name: getattr(form.draft, name) for name in CORRECTED}
    with visit.book.change(visit.person.login, form.reason, action="correct") as change:
        correct_rows(change, [Correction(ParkFigure, row.id, values)])


def _name(desk: EntryDesk, form: FiledForm) -> str:
    return f"{form.draft.indicator} {desk.say(f'figure.{form.draft.indicator}')}"


def _draw_indicator(desk: EntryDesk) -> Component:
    chosen, say = desk.chosen, desk.say
    data = [
        {
            "value": code,
            "label": say("park_figure.choice", code=code, name=say(f"figure.{code}"), unit=measure.unit),
        }
        for code, measure in MEASURES.items()
    ]
    select: Component = dmc.Select(
        id=f"{FIELD}-indicator",
        label=say("six_ones.indicator"),
        data=data,
        value=chosen.indicator if chosen else None,
        disabled=chosen is not None,
        searchable=True,
        nothingFoundMessage=say("roles.nothing_found"),
        **_kept(desk),
    )
    return select


def _draw_field(desk: EntryDesk, name: str) -> Component:
    """A text field, with what it holds now."""
    field = dmc.Textarea if name in ("evidence", "reason") else dmc.TextInput
    made: Component = field(
        id=f"{FIELD}-{name}",
        label=desk.say(f"park_figure.{name}"),
        description=desk.say(f"park_figure.{name}_note"),
        value=_value_of(desk, name),
        required=name != "evidence",
        **_kept(desk),
    )
    return made


def _value_of(desk: EntryDesk, name: str) -> str:
    row = desk.chosen
    if row is None or name == "reason":
        return ""
    if name == "value":
        return format_scaled(row.value_e6, MICRO)
    return getattr(row, name) or ""


def _kept(desk: EntryDesk) -> dict[str, object]:
    """What is typed is kept in this tab, for this person, place and row, until it is filed."""
    row = desk.chosen.id if desk.chosen else "new"
    key = f"{desk.context.visit.person.login}.{desk.code}.{row}"
    return {"persistence": key, "persistence_type": "session"}
