"""What investors owe past its due day: who, to which fund, since when and how much."""

from collections.abc import Iterator, Mapping

from dashboard.readings.kept_answers import keep_answer
from dashboard.readings.portfolio.fund_cash import OverdueCall as OverdueCall
from dashboard.readings.portfolio.fund_cash import read_each_cash
from funds.queries.ledger_slice import LedgerSlice


@keep_answer
def list_overdue(slice_: LedgerSlice) -> tuple[OverdueCall, ...]:
    """Everything overdue in the funds of the scope, the longest first."""
    found = [one for cash in read_each_cash(slice_).values() for one in cash.overdue]
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
