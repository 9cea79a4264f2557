"""The form that edits one record: its fields with what stands or was typed, and which of two ways it takes."""

from collections.abc import Mapping, Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.forms.kept_draft import KeptDraft, find_draft
from dashboard.forms.upkeep import YES, list_fields, write_field
from dashboard.forms.upkeep_sheets import EditField, EditSheet, How
from dashboard.pages.attributes import aria
from dashboard.pages.draft_notice import draw_draft
from dashboard.pages.trail.trail_values import name_field, name_table, words_of
from dashboard.pages.upkeep.upkeep_desk import DRAFT, EditWay, UpkeepDesk
from funds.errors import NotFound
from funds.queries.standing_facts import Thing, find_ends, list_things

FORM = "upkeep"
FIELD = "upkeep-field"
VALUES = "values"
REASON = "reason"
DATED = (EditWay.FROM, EditWay.NEW)


def field_id(column: Any) -> dict[str, Any]:
    """The id of a field's component; `ALL` stands for every field."""
    return {"type": FIELD, "column": column}


def is_dated(desk: UpkeepDesk) -> bool:
    """Whether the form asks from which day the fact holds."""
    return desk.way in DATED or (desk.chosen is not None and desk.chosen.values.get("from_date") is not None)


def draw_form(desk: UpkeepDesk, sheet: EditSheet) -> Component:
    """The two ways, what was kept as a draft, the fields, and the button."""
    if desk.way is not EditWay.NEW and desk.chosen is None:
        raise NotFound("upkeep.no_such_row")
    fields = list_fields(sheet, is_dated=is_dated(desk))
    things = list_choices(desk, sheet)
    standing = _stand(desk, fields, things)
    key, is_continued = draft_key(desk, sheet), _is_continued(desk)
    kept = find_draft(desk.context.visit, FORM, key)
    typed = _read_kept(kept, standing) if is_continued and kept else standing
    say, in_tab = desk.say, _in_tab(desk, sheet)
    title = say(f"upkeep.title_{desk.way.value}", table=name_table(desk.trail, sheet.table))
    back = dcc.Link(say("upkeep.back"), href=desk.link(), className="button quiet")
    save = html.Button(
        say(f"upkeep.save_{desk.way.value}"), id=f"{FORM}-save", type="button", className="button"
    )
    parts: Sequence[Component | None] = [
        html.H2(title, className="card-title"),
        _draw_ways(desk),
        html.P(say(f"upkeep.note_{desk.way.value}"), className="card-note"),
        draw_draft(
            desk.context,
            FORM,
            key,
            {VALUES: standing},
            kept,
            continue_link=desk.context.here(**{DRAFT: "1"}),
            is_continued=is_continued,
        ),
        html.Div(
            [
                *(
                    _draw_field(desk, field, text, things, in_tab)
                    for field, text in zip(fields, typed, strict=False)
                ),
                dmc.Textarea(
                    id=field_id(REASON),
                    label=say("upkeep.reason"),
                    description=say("upkeep.reason_note"),
                    value=typed[-1],
                    required=True,
                    debounce=True,
                    autosize=True,
                    minRows=2,
                    **in_tab,
                ),
            ],
            className="fields upkeep-fields",
        ),
        html.Div([save, back], className="acts"),
        html.Div(id=f"{FORM}-told"),
    ]
    return html.Section(parts, className="card upkeep-form")


def draft_key(desk: UpkeepDesk, sheet: EditSheet) -> str:
    """What the form is about, whoever has changed it meanwhile."""
    if desk.row_id is None:
        return f"{sheet.table}:new:{desk.subject_id(sheet.table)}"
    first, _ = find_ends(desk.look, sheet.table, desk.row_id)
    return f"{sheet.table}:{desk.way.value}:{first}"


def list_choices(desk: UpkeepDesk, sheet: EditSheet) -> Mapping[str, Sequence[Thing]]:
    """The things that the fields of a form choose among."""
    return {kind: list_things(desk.look, kind) for kind in {one.of for one in sheet.fields if one.of}}


def _stand(desk: UpkeepDesk, fields: Sequence[EditField], things: Mapping[str, Sequence[Thing]]) -> list[str]:
    """What the fields hold before anything is typed; the reason, and the day of a change, are blank."""
    codes = {kind: {one.id: one.code for one in found} for kind, found in things.items()}
    values = {} if desk.chosen is None else dict(desk.chosen.values)
    if desk.way is EditWay.FROM:
        values |= {"from_date": None, "to_date": None}
    return [*(write_field(field, values.get(field.column), codes) for field in fields), ""]


def _is_continued(desk: UpkeepDesk) -> bool:
    return desk.context.query.get(DRAFT) is not None


def _read_kept(kept: KeptDraft, standing: list[str]) -> list[str]:
    """The texts of a draft, where it is one of this form."""
    values = kept.typed.get(VALUES)
    if not isinstance(values, list) or len(values) != len(standing):
        return standing
    return [one if isinstance(one, str) else "" for one in values]


def _draw_ways(desk: UpkeepDesk) -> Component | None:
    """Put right or change: the two are not the same, and the choice is made in the open."""
    if desk.chosen is None:
        return None
    links = [
        draw_way(
            desk.say(f"upkeep.way_{way.value}"),
            desk.link_row(desk.chosen, way),
            "upkeep-way",
            is_chosen=way is desk.way,
        )
        for way in (EditWay.FIX, EditWay.FROM)
    ]
    return html.Nav(links, className="upkeep-ways", **aria(label=desk.say("upkeep.ways")))


def draw_way(words: str, href: str, kind: str, *, is_chosen: bool) -> Component:
    """One of several ways; the one that is open is no link."""
    if is_chosen:
        return html.Span(words, className=f"{kind} {kind}-chosen", **aria(current="true"))
    return dcc.Link(words, href=href, className=kind)


def _draw_field(
    desk: UpkeepDesk,
    field: EditField,
    text: str,
    things: Mapping[str, Sequence[Thing]],
    in_tab: Mapping[str, object],
) -> Component:
    say = desk.say
    label = _label(desk, field)
    common: dict[str, Any] = {"id": field_id(field.column), "label": label, "required": field.is_needed}
    common |= in_tab
    data = _choices(desk, field, things)
    if data is not None:
        select: Component = dmc.Select(
            **common,
            data=data,
            value=text or None,
            searchable=len(data) > 8,
            clearable=not field.is_needed,
            nothingFoundMessage=say("switcher.nothing"),
            comboboxProps={"withinPortal": True},
        )
        return select
    if field.how is How.DAY:
        day: Component = dmc.DateInput(
            **common,
            value=text or None,
            valueFormat="YYYY-MM-DD",
            clearable=not field.is_needed,
            clearButtonProps=aria(label=say("upkeep.clear_day")),
        )
        return day
    if field.how is How.LONG:
        area: Component = dmc.Textarea(**common, value=text, debounce=True, autosize=True, minRows=1)
        return area
    made: Component = dmc.TextInput(**common, value=text, debounce=True)
    return made


def _in_tab(desk: UpkeepDesk, sheet: EditSheet) -> dict[str, object]:
    """The browser's tab keeps what is typed too: a session that ran out cannot send the last field any more."""
    at = desk.context.version if desk.chosen is None else desk.chosen.id
    key = f"{desk.context.visit.person.login}.{draft_key(desk, sheet)}.{at}"
    return {"persistence": key, "persistence_type": "session"}


def _label(desk: UpkeepDesk, field: EditField) -> str:
    """The column's name, with the unit that is typed."""
    if field.column == "clause":
        return desk.say("upkeep.clause")
    name = name_field(desk.trail, field.column).partition("（")[0].partition(" (")[0]
    unit = {How.MONEY: "unit.wan", How.SHARE: "upkeep.percent"}.get(field.how)
    return name if unit is None else desk.say("trail.with_unit", name=name, unit=desk.say(unit))


def _choices(
    desk: UpkeepDesk, field: EditField, things: Mapping[str, Sequence[Thing]]
) -> list[dict[str, str]] | None:
    if field.how is How.TICK:
        return [{"value": YES, "label": desk.say("trail.yes")}]
    if field.how is How.THING:
        return [
            {"value": one.code, "label": desk.say("people.named", name=one.name, code=one.code)}
            for one in things[field.of]
        ]
    if field.kind is not None:
        words = words_of(field.kind)
        return [{"value": one.value, "label": desk.say(f"{words}{one.value}")} for one in field.kind]
    return None
