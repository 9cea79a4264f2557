"""What investors owe past its due day: who, to which fund, since when and how much."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.readings.kept_answers import keep_answer
from dashboard.readings.portfolio.calls_due import list_calls
from dashboard.readings.portfolio.investor_names import name_investor
from funds.queries.facts import FundFacts, NamedThing
from funds.queries.ledger_slice import LedgerSlice


@dataclass(frozen=True)
class OverdueCall:
    """One investor who has not paid what one notice asked for; `days` have passed since `due_on`."""

    fund: FundFacts
    investor: NamedThing
    notice_no: str
    due_on: date
    amount: int
    days: int


@keep_answer
def list_overdue(slice_: LedgerSlice) -> tuple[OverdueCall, ...]:
    """Everything overdue in the funds of the scope, the longest first."""
    facts = slice_.facts
    found = [
        OverdueCall(
            facts.funds[line.fund],
            name_investor(slice_, line.investor),
            line.notice_no,
            line.due_on,
            line.outstanding,
            line.overdue_days,
        )
        for line in list_calls(slice_)
        if line.overdue_days
    ]
    return tuple(sorted(found, key=lambda one: (-one.days, one.fund.code, one.notice_no, one.investor.code)))


def overdue_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """The same as rows."""
    for one in list_overdue(slice_):
        yield {
            "table": "overdue",
            "fund": one.fund.code,
            "notice": one.notice_no,
            "code": one.investor.code,
            "name": one.investor.name,
            "due_on": one.due_on.isoformat(),
            "outstanding": one.amount,
            "overdue_days": one.days,
        }
