"""Cost and value of a firm over time, with the marks that nobody approved beside the line."""

from dash.development.base_component import Component

from dashboard.figures.company_course import CoursePoint, CourseWords, MarkPoint, draw_company_course
from dashboard.pages.chart_card import Chart, draw_chart_card
from dashboard.pages.companies.company_money_tables import list_pending, make_exits, make_marks, make_payments
from dashboard.pages.companies.company_state import CompanyState, Row, day_of
from dashboard.pages.shown_table import draw_table_card
from dashboard.tables.shown import Column, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_count, format_money

COURSE = "course"
MONEY = ("invested", "cost", "proceeds", "fair_value")


def draw_course(state: CompanyState) -> list[Component]:
    """The chart, and the tables of what lies behind it; nothing where no fund in sight paid in."""
    if not state.is_held:
        return []
    unit = _unit(state)
    words = CourseWords(
        cost=state.say("company.cost"),
        value=state.say("company.fair_value"),
        proceeds=state.say("company.proceeds_so_far"),
        mark=state.say("company.mark"),
        pending=state.say("company.pending"),
        axis=state.say(unit.code),
    )
    rows = state.rows("company_course")
    has_proceeds = any(row["proceeds"] for row in rows)
    figure = draw_company_course(
        [_point(state, row, unit) for row in rows], list_marks(state, unit), words, state.context.scheme
    )
    legend = [("line", words.value), ("line-soft", words.cost)]
    legend += [("dash", words.proceeds)] if has_proceeds else []
    legend += [("pending", words.pending)] if list_pending(state) else []
    note = state.note("company.course_note", unit)
    chart = Chart(COURSE, write_finding(state), note, figure, make_course(state), legend)
    tables = [make_payments(state)]
    tables += [make_exits(state)] if state.rows("company_exit") else []
    tables += [make_marks(state)] if state.rows("company_mark") else []
    return [
        draw_chart_card(state.context, chart),
        *(draw_table_card(state.context, table) for table in tables),
    ]


def make_course(state: CompanyState) -> ShownTable:
    """The days on which something happened, the latest first."""
    unit = _unit(state)
    cells = state.cells(unit)
    columns = (
        Column("day", state.say("company.day")),
        *(Column(key, state.titled(f"company.{key}", unit), is_number=True) for key in MONEY),
    )
    made = tuple(
        (cells.day(day_of(row)), *(cells.money(row[key]) for key in MONEY))
        for row in reversed(state.rows("company_course"))
    )
    title = state.say("company.course_table", name=state.company.name)
    return ShownTable(COURSE, title, columns, made, state.note("company.course_note", unit))


def write_finding(state: CompanyState) -> str:
    """What is left of the cost, what it is worth against that, and what rests on no mark."""
    sums, unit = state.sums, _unit(state)
    cost, value = sums["cost"], sums["fair_value"]
    if not sums["still_holding"]:
        code = "company.course_written_off" if sums["written_off"] else "company.course_exited"
        return state.say(code, amount=state.amount(sums["proceeds"], unit))
    word = "above" if value > cost else "below" if value < cost else "even"
    amounts = {"cost": state.amount(cost, unit), "value": state.amount(value, unit)}
    clauses = [state.say(f"company.course_{word}", gap=state.amount(abs(value - cost), unit), **amounts)]
    bare = [row for row in state.rows("company_fund") if row["mark_day"] is None and not row["is_exited"]]
    if bare:
        clauses.append(state.say("company.course_unmarked", count=format_count(len(bare))))
    return state.join(clauses)


def list_marks(state: CompanyState, unit: MoneyUnit) -> list[MarkPoint]:
    """Marks that nobody approved, by their own value: the line leaves them out."""
    return [
        MarkPoint(day_of(row), row["fair_value"] / unit.value, _tell_mark(state, row, unit))
        for row in list_pending(state)
    ]


def _tell_mark(state: CompanyState, row: Row, unit: MoneyUnit) -> str:
    method, amount = state.say(f"company.method_{row['mark_method']}"), state.amount(row["fair_value"], unit)
    head = f"{row['day']} {state.fund(row['fund']).name}"
    return f"{head}<br>{state.say('company.pending')} {amount} · {method}"


def _point(state: CompanyState, row: Row, unit: MoneyUnit) -> CoursePoint:
    told = [f"{state.say(f'company.{key}')} {format_money(row[key], unit)}" for key in MONEY]
    cost, value, proceeds = (row[key] / unit.value for key in ("cost", "fair_value", "proceeds"))
    return CoursePoint(day_of(row), cost, value, proceeds, "<br>".join([row["day"], *told]))


def _unit(state: CompanyState) -> MoneyUnit:
    return choose_unit(row[key] for row in state.rows("company_course") for key in MONEY)
