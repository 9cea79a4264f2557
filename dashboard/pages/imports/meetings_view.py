"""Rows of a workbook that meet one of the book: old and new field by field, and what somebody decides for each."""

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.pages.attributes import aria
from dashboard.pages.imports.draft_tables import make_meetings
from dashboard.pages.imports.import_desk import DraftDesk
from dashboard.pages.imports.outcome import MeetingOutcome
from dashboard.pages.shown_table import draw_export
from dashboard.words.numbers import ABSENT, format_count

CHOICE, ALL_ACT = "import-choice", "import-all"
MOST_DRAWN = 100


def draw_meetings(desk: DraftDesk) -> Component:
    """The first hundred, each with its decision; more of them are decided about together."""
    outcome = desk.draft.outcome
    meetings = outcome.meetings if outcome is not None else ()
    table = make_meetings(desk)
    more = len(meetings) - MOST_DRAWN
    return html.Section(
        [
            html.Div(
                [
                    html.Div(
                        [
                            html.H2(table.title, className="card-title"),
                            html.P(desk.say("imports.meetings_note"), className="card-note"),
                        ],
                        className="card-words",
                    ),
                    draw_export(desk.context, table),
                ],
                className="card-head",
            ),
            html.Div([_draw_all(desk, act) for act in ("skip", "both")], className="acts"),
            html.Div([_draw_meeting(desk, one) for one in meetings[:MOST_DRAWN]], className="meetings"),
            html.P(desk.say("imports.more_meetings", count=format_count(more)), className="card-note")
            if more > 0
            else None,
        ],
        className="card import-meetings",
    )


def _draw_all(desk: DraftDesk, act: str) -> Component:
    return html.Button(
        desk.say(f"imports.all_{act}"),
        id={"type": ALL_ACT, "act": act},
        type="button",
        className="button quiet",
    )


def _draw_meeting(desk: DraftDesk, one: MeetingOutcome) -> Component:
    kind = "imports.meets_alike" if one.code == "twin.alike" else "imports.meets_changed"
    lines = [
        html.Tr(
            [
                html.Th(each.title, scope="row"),
                html.Td(each.old or ABSENT, className="was"),
                html.Td(each.new or ABSENT),
            ]
        )
        for each in one.fields
    ]
    titles = html.Tr(
        [html.Th(desk.say(f"imports.{key}"), scope="col") for key in ("field", "old", "in_file")]
    )
    label = desk.say("imports.decide", row=one.origin)
    chosen = desk.draft.choices.get(one.origin)
    choices = dmc.RadioGroup(
        dmc.Group(
            [dmc.Radio(label=desk.say(f"imports.choice_{choice}"), value=choice) for choice in one.choices]
        ),
        id={"type": CHOICE, "row": one.origin},
        value=str(chosen) if chosen else None,
        size="sm",
        **aria(label=label),
    )
    return html.Div(
        [
            html.Div(
                [html.Strong(one.origin), html.Span(desk.say(kind)), html.Span(one.name)],
                className="meeting-head",
            ),
            html.Table([html.Thead(titles), html.Tbody(lines)], className="meeting-fields"),
            choices,
        ],
        className="meeting",
    )
