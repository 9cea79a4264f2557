"""What every call notice asked for, what came in towards it, and what is still owed or overdue; whole funds, uncut."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.readings.portfolio.cash_lines import read_cash
from dashboard.readings.portfolio.investor_names import name_investor
from funds.queries.cash_papers import NoticePaper, ReceiptPaper
from funds.queries.ledger_slice import LedgerSlice


@dataclass(frozen=True)
class CallLine:
    """One notice to one investor, in fen, as it stands on the day; `last_on` is the day of the last receipt for it."""

    notice_no: str
    fund: int
    investor: int
    noticed_on: date
    due_on: date
    called: int
    received: int
    last_on: date | None
    as_of: date

    @property
    def outstanding(self) -> int:
        """What is still owed."""
        return self.called - self.received

    @property
    def overdue_days(self) -> int:
        """How many days it has been owed for too long; 0 where nothing is owed, or not yet."""
        return max((self.as_of - self.due_on).days, 0) if self.outstanding else 0

    @property
    def late_days(self) -> int:
        """How late it was paid in full; 0 where it came in time or is still owed."""
        return max((self.last_on - self.due_on).days, 0) if self.last_on and not self.outstanding else 0


@dataclass
class _Open:
    """A notice while receipts are laid against it."""

    paper: NoticePaper
    received: int = 0
    last_on: date | None = None

    @property
    def owed(self) -> int:
        return self.paper.amount_fen - self.received

    def take(self, amount: int, day: date) -> int:
        """Take what it is owed of an amount; returns the rest."""
        taken = min(amount, self.owed)
        if taken:
            self.received, self.last_on = self.received + taken, day
        return amount - taken


def list_calls(slice_: LedgerSlice) -> list[CallLine]:
    """Every notice of the scope's funds to every investor, by fund and due day."""
    papers = read_cash(slice_)
    receipts: dict[tuple[int, int], list[ReceiptPaper]] = defaultdict(list)
    for receipt in papers.receipts:
        if receipt.is_inside:
            receipts[receipt.fund_id, receipt.investor_id].append(receipt)
    notices: dict[tuple[int, int], list[NoticePaper]] = defaultdict(list)
    for notice in papers.notices:
        notices[notice.fund_id, notice.investor_id].append(notice)
    lines = [
        line for pair, sent in notices.items() for line in settle_calls(sent, receipts[pair], slice_.as_of)
    ]
    codes = {fund: slice_.facts.funds[fund].code for fund in slice_.members}
    return sorted(
        lines,
        key=lambda one: (
            codes[one.fund],
            one.due_on,
            one.notice_no,
            name_investor(slice_, one.investor).code,
        ),
    )


def settle_calls(
    notices: Sequence[NoticePaper], receipts: Iterable[ReceiptPaper], as_of: date
) -> list[CallLine]:
    """One investor's notices with what came in for each.

    A receipt that names its notice goes there first; what is over, and a receipt that names none, goes to the
    notices that had been sent by its day, the earliest due first. What still is over answers no call.
    """
    open_ = [_Open(notice) for notice in notices]
    named = {one.paper.notice_no: one for one in open_}
    loose: list[tuple[int, date]] = []
    for receipt in receipts:
        rest = receipt.amount_fen
        if receipt.notice_no in named:
            rest = named[receipt.notice_no].take(rest, receipt.received_on)
        if rest:
            loose.append((rest, receipt.received_on))
    for amount, day in loose:
        for one in open_:
            if one.paper.noticed_on <= day:
                amount = one.take(amount, day)
    return [_close(one, as_of) for one in open_]


def _close(one: _Open, as_of: date) -> CallLine:
    paper = one.paper
    return CallLine(
        paper.notice_no,
        paper.fund_id,
        paper.investor_id,
        paper.noticed_on,
        paper.due_on,
        paper.amount_fen,
        one.received,
        one.last_on,
        as_of,
    )


def call_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """One row for each notice, the latest due first: how many were asked, and what came of it."""
    groups: dict[tuple[str, str], list[CallLine]] = defaultdict(list)
    for line in list_calls(slice_):
        groups[slice_.facts.funds[line.fund].code, line.notice_no].append(line)
    for (fund, number), lines in sorted(groups.items(), key=_newest_first):
        late = [line for line in lines if line.overdue_days]
        yield {
            "table": "call",
            "fund": fund,
            "notice": number,
            "noticed_on": min(line.noticed_on for line in lines).isoformat(),
            "due_on": max(line.due_on for line in lines).isoformat(),
            "investors": len(lines),
            "called": sum(line.called for line in lines),
            "settled": sum(line.received for line in lines),
            "outstanding": sum(line.outstanding for line in lines),
            "overdue_investors": len(late),
            "overdue": sum(line.outstanding for line in late),
            "overdue_days": max((line.overdue_days for line in late), default=0),
        }


def _newest_first(group: tuple[tuple[str, str], list[CallLine]]) -> tuple[str, int, str]:
    (fund, number), lines = group
    return fund, -max(line.due_on for line in lines).toordinal(), number


def call_line_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """One row for each notice and investor."""
    for line in list_calls(slice_):
        party = name_investor(slice_, line.investor)
        yield {
            "table": "call_line",
            "fund": slice_.facts.funds[line.fund].code,
            "notice": line.notice_no,
            "code": party.code,
            "name": party.name,
            "noticed_on": line.noticed_on.isoformat(),
            "due_on": line.due_on.isoformat(),
            "called": line.called,
            "settled": line.received,
            "outstanding": line.outstanding,
            "last_on": None if line.last_on is None else line.last_on.isoformat(),
            "overdue_days": line.overdue_days,
            "late_days": line.late_days,
        }
