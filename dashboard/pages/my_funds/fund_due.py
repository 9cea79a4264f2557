"""What a fund owes to its file: calls that are overdue and holdings without a mark of the last quarter."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.readings.portfolio.marks_missing import count_missing
from dashboard.readings.portfolio.overdue import list_overdue
from dashboard.readings.portfolio.quarter_days import code_of_quarter, newest_end
from dashboard.words.numbers import format_count
from funds.queries.ledger_slice import LedgerSlice

CASH, MARKS = "/cash", "/quarter-end"


@dataclass(frozen=True)
class FundDue:
    """How many calls are overdue, and how many holdings have no approved mark of the quarter."""

    overdue: int
    quarter: str
    unmarked: int


def read_dues(slice_: LedgerSlice) -> Mapping[str, FundDue]:
    """What is due in each fund of a slice, by its code."""
    quarter = code_of_quarter(newest_end(slice_.as_of))
    missing = count_missing(slice_, quarter)
    overdue = Counter(one.fund.id for one in list_overdue(slice_))
    return {
        fund.code: FundDue(overdue[fund.id], quarter, missing[fund.id].unmarked if fund.id in missing else 0)
        for fund in slice_.member_funds
    }


def draw_due(context: PageContext, code: str, due: FundDue) -> Component:
    """The same in words, each with the way to where it is done."""
    items = []
    if due.overdue:
        words = context.say("my_funds.overdue", count=format_count(due.overdue))
        items.append(dcc.Link(words, href=context.link(f"{CASH}/{code}")))
    if due.unmarked:
        words = context.say("my_funds.unmarked", quarter=due.quarter, count=format_count(due.unmarked))
        items.append(dcc.Link(words, href=context.link(MARKS, fund=code, quarter=due.quarter)))
    if not items:
        return html.P(context.say("my_funds.nothing_due", quarter=due.quarter), className="card-note")
    return html.Ul([html.Li(item) for item in items], className="link-list")
