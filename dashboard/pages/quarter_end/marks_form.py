"""The grid with what can be done in it: holdings to tick, a line of fields under each, and one button for all."""

from collections.abc import Iterator

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.attributes import aria
from dashboard.pages.quarter_end.marks_table import make_marks
from dashboard.pages.quarter_end.quarter_desk import QuarterDesk
from dashboard.pages.quarter_end.trigger_words import write_thresholds
from dashboard.pages.shown_table import draw_export
from dashboard.readings.portfolio.mark_triggers import read_thresholds
from dashboard.readings.portfolio.quarter_marks import MarkState, Valuation
from dashboard.tables.shown import Cell, Column, Row, ShownTable
from funds.kinds import MarkMethod
from funds.permissions import Action

TICK, VALUE, METHOD, EVIDENCE, FAULT = "qe-tick", "qe-value", "qe-method", "qe-evidence", "qe-fault"
ALL_TICKS, REASON, SAVE, TOLD = "qe-all", "qe-reason", "qe-save", "qe-told"
LEAST_ROW = 2


def draw_marks(desk: QuarterDesk) -> Component:
    """The card; who may not record, or looks at a past version, sees the same grid without fields."""
    table = make_marks(desk)
    is_open = desk.may(Action.RECORD_BUSINESS) and any(_is_open(one) for one in desk.valuations)
    limits = write_thresholds(desk, read_thresholds(desk.slice))
    head = html.Div(
        [
            html.Div(
                [
                    html.H2(table.title, className="card-title"),
                    html.P(f"{table.note}{limits}", className="card-note"),
                ],
                className="card-words",
            ),
            draw_export(desk.context, table),
        ],
        className="card-head",
    )
    if not desk.valuations:
        empty = html.P(desk.say("quarter_end.no_holdings_hint"), className="card-note")
        return html.Section([head, empty], className="card table-card")
    grid = html.Table(
        [
            html.Caption(table.title, className="unseen"),
            html.Thead(html.Tr(list(_draw_heads(desk, table, is_open)))),
            html.Tbody(list(_draw_lines(desk, table, is_open))),
            html.Tfoot(_draw_row(table, table.total, html.Td("") if is_open else None))
            if table.total
            else None,
        ],
        className="table shown",
        id=f"table-{table.name}",
    )
    region = {"tabIndex": 0, "role": "region", **aria(label=table.title)}
    return html.Section(
        [
            head,
            html.Div(grid, className="table-scroll quarter-grid", **region),
            _draw_acts(desk) if is_open else html.P(_why_closed(desk), className="card-note"),
        ],
        className="card table-card",
    )


def _is_open(one: Valuation) -> bool:
    """Whether a mark of the quarter can still be brought; what waits is the reviewer's, what stands is corrected."""
    return one.state is MarkState.MISSING


def _why_closed(desk: QuarterDesk) -> str:
    if desk.context.as_known is not None:
        return desk.say("quarter_end.past_version")
    if not desk.may(Action.RECORD_BUSINESS):
        return desk.say("quarter_end.not_yours")
    return desk.say("quarter_end.all_brought")


def _draw_heads(desk: QuarterDesk, table: ShownTable, is_open: bool) -> Iterator[Component]:
    if is_open:
        box = dmc.Checkbox(
            id=ALL_TICKS, checked=False, size="xs", **aria(label=desk.say("quarter_end.tick_all"))
        )
        yield html.Th(box, scope="col", className="quarter-tick", title=desk.say("quarter_end.tick_all"))
    for column in table.columns:
        yield html.Th(column.title, scope="col", className="number" if column.is_number else "")


def _draw_lines(desk: QuarterDesk, table: ShownTable, is_open: bool) -> Iterator[Component]:
    for one, row in zip(desk.valuations, table.rows, strict=True):
        if not is_open:
            yield _draw_row(table, row, None)
        elif not _is_open(one):
            yield _draw_row(table, row, html.Td(""))
        else:
            yield _draw_row(table, row, html.Td(_draw_tick(desk, one), className="quarter-tick"))
            yield html.Tr(
                html.Td(_draw_fields(desk, one), colSpan=len(table.columns) + 1),
                className="quarter-fields-row",
            )


def _draw_row(table: ShownTable, row: Row, first: Component | None) -> Component:
    cells: list[Component] = [] if first is None else [first]
    for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
        kinds = _kinds(column, cell)
        inner = dcc.Link(cell.text, href=cell.link, className="cell-link") if cell.link else cell.text
        cells.append(
            html.Th(inner, scope="row", className=kinds, title=cell.hover)
            if place == 0
            else html.Td(inner, className=kinds, title=cell.hover)
        )
    return html.Tr(cells)


def _kinds(column: Column, cell: Cell) -> str:
    return " ".join(filter(None, ["number" if column.is_number else "", cell.tone and f"tone-{cell.tone}"]))


def _draw_tick(desk: QuarterDesk, one: Valuation) -> Component:
    """Hold the value; without any mark there is none to hold."""
    box: Component = dmc.Checkbox(
        id={"type": TICK, "row": one.company.code},
        checked=False,
        disabled=one.last is None,
        size="xs",
        **aria(label=desk.say("quarter_end.tick", firm=one.company.name)),
    )
    return box


def _draw_fields(desk: QuarterDesk, one: Valuation) -> Component:
    """A new value, how it was found and what says so."""
    code, say = one.company.code, desk.say
    methods = [{"value": str(method), "label": say(f"fund.method_{method}")} for method in MarkMethod]
    kept = {"persistence": _key(desk, code), "persistence_type": "session"}
    fields = [
        dmc.TextInput(
            id={"type": VALUE, "row": code},
            placeholder=say("quarter_end.new_value"),
            debounce=True,
            size="xs",
            **kept,
            **aria(label=say("quarter_end.new_value_of", firm=one.company.name)),
        ),
        dmc.Select(
            id={"type": METHOD, "row": code},
            data=methods,
            value=str(one.last.method) if one.last else None,
            placeholder=say("fund.method"),
            size="xs",
            allowDeselect=False,
            **aria(label=say("quarter_end.method_of", firm=one.company.name)),
        ),
        dmc.TextInput(
            id={"type": EVIDENCE, "row": code},
            placeholder=say("quarter_end.new_evidence"),
            debounce=True,
            size="xs",
            **kept,
            **aria(label=say("quarter_end.evidence_of", firm=one.company.name)),
        ),
    ]
    fault = html.Div(id={"type": FAULT, "row": code}, className="quarter-fault", role="alert")
    return html.Div([html.Div(fields, className="quarter-fields"), fault], className="mark-line")


def _draw_acts(desk: QuarterDesk) -> Component:
    """The reason that all ticked holdings share, and the button."""
    say = desk.say
    return html.Div(
        [
            html.P(say("quarter_end.form_note"), className="card-note"),
            dmc.Textarea(
                id=REASON,
                label=say("quarter_end.reason"),
                description=say("quarter_end.reason_note"),
                minRows=LEAST_ROW,
                debounce=True,
                persistence=_key(desk, "reason"),
                persistence_type="session",
            ),
            html.Div(
                html.Button(say("quarter_end.save"), id=SAVE, type="button", className="button"),
                className="acts",
            ),
            html.Div(id=TOLD),
        ],
        className="quarter-acts",
    )


def _key(desk: QuarterDesk, field: str) -> str:
    """What is typed is kept in this tab, for this person, fund and quarter, until it is recorded."""
    return f"{desk.context.visit.person.login}.{desk.chosen.code}.{desk.quarter}.{field}"
