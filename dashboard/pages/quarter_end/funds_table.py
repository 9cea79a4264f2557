"""Every fund that the person may read at a quarter's end: how many holdings, how many marked, waiting, missing."""

from collections.abc import Sequence

from dashboard.pages.context import PageContext
from dashboard.pages.quarter_end.quarter_desk import FUND, QuarterDesk, open_desk
from dashboard.readings.portfolio.quarter_marks import MarkState, Valuation
from dashboard.tables.shown import Column, Row, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_count
from funds.queries.facts import FundFacts

NAME = "quarter_funds"
STATES = (MarkState.MISSING, MarkState.WAITING, MarkState.MARKED)


def make_funds_table(context: PageContext) -> ShownTable:
    """The list, for export."""
    return make_funds(open_desk(context))


def make_funds(desk: QuarterDesk) -> ShownTable:
    """A row for each fund that holds firms, those that miss most first."""
    of_funds: dict[int, list[Valuation]] = {}
    for one in desk.all_valuations:
        of_funds.setdefault(one.fund.id, []).append(one)
    sums = [sum(one.value for one in held) for held in of_funds.values()]
    unit = choose_unit(sums)
    say = desk.say
    columns = (
        Column("name", say("page.fund")),
        Column("held", say("quarter_end.held"), is_number=True),
        *(Column(str(state), say(f"quarter_end.state_{state}"), is_number=True) for state in STATES),
        Column("asking", say("quarter_end.asking"), is_number=True),
        Column("value", desk.titled("quarter_end.value_now", unit), is_number=True),
    )
    listed = [fund for fund in desk.funds if fund.id in of_funds]
    listed.sort(key=lambda fund: (-_count(of_funds[fund.id], MarkState.MISSING), fund.code))
    done = sum(all(one.state is MarkState.MARKED for one in held) for held in of_funds.values())
    title = say("quarter_end.funds_finding", done=format_count(done), count=format_count(len(listed)))
    if not listed:
        title = say("quarter_end.funds_none")
    rows = tuple(_make_row(desk, fund, of_funds[fund.id], unit) for fund in listed)
    return ShownTable(NAME, title, columns, rows, desk.note(unit, "quarter_end.funds_note"))


def _make_row(desk: QuarterDesk, fund: FundFacts, held: Sequence[Valuation], unit: MoneyUnit) -> Row:
    cells = desk.cells(unit)
    is_chosen = desk.fund is not None and fund.id == desk.fund.id
    return (
        cells.text(
            fund.name,
            link=desk.context.link("/quarter-end", **{FUND: fund.code, "quarter": desk.quarter}),
            tone="strong" if is_chosen else "",
        ),
        cells.count(len(held)),
        *(cells.count(_count(held, state)) for state in STATES),
        cells.count(sum(bool(one.triggers) for one in held)),
        cells.money(sum(one.value for one in held)),
    )


def _count(held: Sequence[Valuation], state: MarkState) -> int:
    return sum(one.state is state for one in held)
