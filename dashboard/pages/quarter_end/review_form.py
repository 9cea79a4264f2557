"""What waits for a second person at a quarter's end: marks and reports, each ticked to be approved, never one's own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.pages.attributes import aria
from dashboard.pages.context import PageContext
from dashboard.pages.quarter_end.quarter_desk import QuarterDesk, open_desk
from dashboard.pages.shown_table import draw_export, draw_table
from dashboard.tables.shown import Cell, Column, Row, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_count, format_percent
from funds.permissions import Action

NAME = "quarter_waiting"
PICK, ANSWER, APPROVE, TOLD = "qe-pick", "qe-answer", "qe-approve", "qe-approve-told"
MARK, NAV = "mark", "nav"


@dataclass(frozen=True)
class Waiting:
    """One row that waits, with the value that counts so far beside it."""

    kind: str
    id: int
    name: str
    valued_on: date
    value: int
    before: int | None
    told: str
    maker_id: int
    maker: str

    @property
    def key(self) -> str:
        """What the browser sends back for it."""
        return f"{self.kind}:{self.id}"


def list_waiting(desk: QuarterDesk) -> list[Waiting]:
    """Marks of the fund's holdings, then its reports."""
    if desk.fund is None:
        return []
    return [*_list_marks(desk), *_list_navs(desk)]


def make_waiting_table(context: PageContext) -> ShownTable:
    """What waits, for export."""
    return make_waiting(open_desk(context))


def make_waiting(desk: QuarterDesk) -> ShownTable:
    """One row each: the value that is asked for beside the one that counts."""
    listed = list_waiting(desk)
    unit = choose_unit([*(one.value for one in listed), *(one.before for one in listed)])
    say = desk.say
    columns = (
        Column("name", say("quarter_end.waits")),
        Column("day", say("quarter_end.last_day")),
        Column("value", desk.titled("quarter_end.waiting_value", unit), is_number=True),
        Column("before", desk.titled("quarter_end.value_now", unit), is_number=True),
        Column("change", say("quarter_end.change"), is_number=True),
        Column("told", say("quarter_end.evidence")),
        Column("maker", say("quarter_end.waiting_by")),
    )
    title = say("quarter_end.waiting_finding", count=format_count(len(listed)))
    if not listed:
        title = say("quarter_end.waiting_none")
    rows = tuple(_make_row(desk, one, unit) for one in listed)
    return ShownTable(NAME, title, columns, rows, desk.note(unit, "quarter_end.waiting_note"))


def draw_review(desk: QuarterDesk) -> Component | None:
    """The card, where something waits."""
    listed = list_waiting(desk)
    if not listed:
        return None
    table = make_waiting(desk)
    head = html.Div(
        [
            html.Div(
                [html.H2(table.title, className="card-title"), html.P(table.note, className="card-note")],
                className="card-words",
            ),
            draw_export(desk.context, table),
        ],
        className="card-head",
    )
    return html.Section(
        [head, draw_table(desk.context, table, is_tall=False), _draw_acts(desk, listed)],
        className="card table-card",
    )


def _draw_acts(desk: QuarterDesk, listed: Sequence[Waiting]) -> Component:
    say = desk.say
    mine = [one for one in listed if one.maker_id == desk.person_id]
    theirs = [one for one in listed if one.maker_id != desk.person_id]
    if not desk.may(Action.APPROVE_VALUES) or not theirs:
        code = "own_waits" if mine and not theirs else "waits_for_others"
        return html.P(say(f"quarter_end.{code}"), className="card-note")
    picks = [
        dmc.Checkbox(
            id={"type": PICK, "row": one.key},
            label=say("quarter_end.pick", name=one.name, day=one.valued_on.isoformat()),
            checked=False,
            size="xs",
        )
        for one in theirs
    ]
    own = html.P(say("quarter_end.own_left_out", count=format_count(len(mine))), className="card-note")
    return html.Div(
        [
            html.Div(picks, className="quarter-picks", role="group", **aria(label=say("quarter_end.waits"))),
            own if mine else None,
            dmc.TextInput(id=ANSWER, label=say("quarter_end.answer"), debounce=True),
            html.Div(
                html.Button(say("quarter_end.approve"), id=APPROVE, type="button", className="button"),
                className="acts",
            ),
            html.Div(id=TOLD),
        ],
        className="quarter-acts",
    )


def _list_marks(desk: QuarterDesk) -> Iterator[Waiting]:
    for one in desk.valuations:
        mark = one.waiting
        if mark is not None:
            method = desk.say(f"fund.method_{mark.method}")
            told = " · ".join(filter(None, [method, mark.evidence or ""]))
            yield Waiting(
                MARK, mark.id, one.company.name, mark.valued_on, mark.value_fen, one.value, told,
                mark.maker_id, mark.maker,
            )  # fmt: skip


def _list_navs(desk: QuarterDesk) -> Iterator[Waiting]:
    for nav in desk.waiting_navs:
        name = desk.say("fund.nav_reported")
        if nav.investor_id is not None:
            name = desk.say("quarter_end.account_of", investor=desk.name_party(nav.investor_id))
        reported = desk.roll.reported
        before = None if nav.investor_id is not None or reported is None else reported.value
        source = "" if nav.source is None else desk.say(f"trail.navsource_{nav.source}")
        yield Waiting(
            NAV, nav.id, name, nav.valued_on, nav.value_fen, before, source, nav.maker_id, nav.maker
        )


def _make_row(desk: QuarterDesk, one: Waiting, unit: MoneyUnit) -> Row:
    cells = desk.cells(unit)
    can_trail = desk.context.visit.may_do(Action.READ_TRAIL)
    table = "mark" if one.kind == MARK else "fund_nav"
    return (
        cells.text(one.name, link=desk.context.link(f"/history/{table}/{one.id}") if can_trail else None),
        cells.day(one.valued_on),
        cells.money(one.value),
        cells.money(one.before, "fund.no_reported"),
        _change(desk, one),
        cells.text(one.told, tone="wrap"),
        cells.text(one.maker),
    )


def _change(desk: QuarterDesk, one: Waiting) -> Cell:
    """By how much the value that is asked for departs from the one that counts."""
    cells = desk.cells(MoneyUnit.YI)
    if not one.before:
        return cells.absent("quarter_end.no_value_before")
    change = Fraction(one.value - one.before, abs(one.before))
    return Cell(f"{'+' if change > 0 else ''}{format_percent(change)}", change, "#,##0.0%")
