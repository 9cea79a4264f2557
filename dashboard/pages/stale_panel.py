"""What somebody else changed while a form was open, side by side: when opened, now, and as typed."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.trail.trail_desk import TrailDesk, open_desk, write_city_time
from dashboard.pages.trail.trail_values import name_field, write_value
from funds.permissions import Action
from funds.recording.stale import Difference, Overtaken, StaleEdit

# The ids of the two ways on, behind the code of the form.
KEEP_MINE, TAKE_THEIRS = "stale-keep-mine", "stale-take-theirs"


def draw_stale_panel(
    context: PageContext, error: StaleEdit, form: str, *, take_theirs: str | None = None
) -> Component:
    """The comparison with its two ways on; what was typed stays in the form beside it.

    The button `{form}-stale-keep-mine` submits again upon what stands now: its callback reads the version in
    `{form}-stale-version`. `take_theirs` is the address that shows what stands.
    """
    found = error.overtaken
    with open_desk(context) as desk:
        when = write_city_time(found.recorded_at)
        rows = [_draw_row(desk, found, one) for one in found.fields]
        heads = [
            desk.say("stale.field"),
            desk.say("stale.opened"),
            desk.say("stale.now", person=found.person, when=when),
            desk.say("stale.mine"),
        ]
    say = context.say
    title = say("stale.title", person=found.person, when=when, version=found.version)
    return html.Section(
        [
            html.H3(title, className="stale-title"),
            html.P(say("stale.note" if found.row_id is not None else "stale.gone"), className="card-note"),
            html.Div(
                html.Table(
                    [
                        html.Caption(say("stale.caption"), className="unseen"),
                        html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
                        html.Tbody(rows),
                    ],
                    className="stale-table",
                ),
                className="stale-scroll",
            ),
            html.Div(_draw_ways(context, found, form, take_theirs), className="acts"),
        ],
        className="stale-panel",
        role="alert",
    )


def _draw_row(desk: TrailDesk, found: Overtaken, one: Difference) -> Component:
    cells = [write_value(desk, found.table, one.column, value) for value in (one.opened, one.now, one.mine)]
    mark = html.Span(desk.say("stale.contested"), className="stale-mark") if one.is_contested else None
    return html.Tr(
        [
            html.Th([name_field(desk, one.column), mark], scope="row"),
            html.Td(cells[0]),
            html.Td(cells[1], className="stale-changed" if one.now != one.opened else ""),
            html.Td(cells[2], className="stale-changed" if one.mine != one.opened else ""),
        ]
    )


def _draw_ways(
    context: PageContext, found: Overtaken, form: str, take_theirs: str | None
) -> list[Component | None]:
    say = context.say
    history = f"/history/{found.table}/{found.row_id}"
    may_trail = found.row_id is not None and context.visit.may_do(Action.READ_TRAIL)
    return [
        dcc.Store(id=f"{form}-stale-version", data=found.version),
        html.Button(
            say("stale.keep_mine"),
            id=f"{form}-{KEEP_MINE}",
            type="button",
            className="button",
            disabled=found.row_id is None,
        ),
        None
        if take_theirs is None
        else dcc.Link(
            say("stale.take_theirs"),
            href=take_theirs,
            id=f"{form}-{TAKE_THEIRS}",
            className="button quiet",
        ),
        html.P(dcc.Link(say("stale.history"), href=context.link(history)), className="scope-links")
        if may_trail
        else None,
    ]
