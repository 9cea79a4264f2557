"""What a person ought to keep in mind: marks, locks, late filings, calls and terms of the funds that are theirs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dashboard.pages.inbox.inbox_item import Item, Kind
from dashboard.readings.portfolio.expiring import Expiring, list_expiring
from dashboard.readings.portfolio.marks_missing import count_missing
from dashboard.readings.portfolio.overdue import OverdueCall, list_overdue
from dashboard.readings.portfolio.quarter_days import code_of_quarter, newest_end
from dashboard.readings.quarters.collection import FundQuarter, QuarterState, read_state
from funds.kinds import ScopeKind
from funds.permissions import Action, Rights, Scope
from funds.queries.deal_clauses import BuybackClause
from funds.queries.ledger_slice import LedgerSlice

ENDS = ("invest_end", "exit_end", "extension_end")


@dataclass(frozen=True)
class ReminderDesk:
    """The readable funds of one person on the page's day."""

    slice: LedgerSlice
    rights: Rights
    clauses: Sequence[BuybackClause] = ()

    def find_reminders(self) -> Iterator[Item]:
        """Everything, each kind only for whoever has it to look after."""
        if self.rights.may_somewhere(Action.RECORD_BUSINESS):
            yield from self._find_marks()
            yield from self._find_overdue()
            yield from self._find_terms()
        if self.rights.may_somewhere(Action.LOCK_QUARTER):
            yield from self._find_locks()
            yield from self._find_late()

    def may(self, action: Action, fund: int) -> bool:
        """Whether the person holds a right for a fund."""
        return self.rights.may(action, Scope(ScopeKind.FUND, fund))

    @cached_property
    def state(self) -> QuarterState:
        """How far the last quarter that is over is."""
        return read_state(self.slice, newest_end(self.slice.as_of), with_checks=False)

    def _find_marks(self) -> Iterator[Item]:
        """Holdings without any mark of the last quarter, by fund; what waits for approval is told elsewhere."""
        end = newest_end(self.slice.as_of)
        quarter = code_of_quarter(end)
        for fund, found in count_missing(self.slice, quarter).items():
            if not found.missing or not self.may(Action.RECORD_BUSINESS, fund):
                continue
            state = {"quarter": quarter}
            params = {"count": found.missing, "quarter": quarter}
            yield Item(
                Kind.MARKS, "inbox.line_marks", "/quarter-end", state, params, (fund,),
                since=end, due=self._due("reviewed"), is_at_fund=True,
            )  # fmt: skip

    def _find_locks(self) -> Iterator[Item]:
        """Funds that could be locked: the checks are made only of those that filed and that nobody proposed."""
        ready = [
            one
            for one in self.state.funds
            if one.filed is not None
            and one.lock is None
            and one.waits_for("lock") is None
            and self.may(Action.LOCK_QUARTER, one.fund.id)
        ]
        if not ready:
            return
        checks = self.slice.open_quarter(self.state.quarter, [one.fund.id for one in ready]).checks
        green = [one for one in ready if all(result.is_green for result in checks[one.fund.id])]
        since = min((one.filed.filed_on for one in green if one.filed is not None), default=None)
        yield from self._join_funds(Kind.LOCK, green, "locked", {}, since)

    def _find_late(self) -> Iterator[Item]:
        late = [one for one in self.state.late if self.may(Action.LOCK_QUARTER, one.fund.id)]
        unreminded = sum(not one.reminders for one in late)
        yield from self._join_funds(Kind.LATE, late, "filed", {"unreminded": unreminded}, self.state.end)

    def _join_funds(
        self,
        kind: Kind,
        funds: Sequence[FundQuarter],
        step: str,
        params: Mapping[str, object],
        since: date | None,
    ) -> Iterator[Item]:
        """One item for all: the page of the quarter does it for all of them at once."""
        if not funds:
            return
        quarter = self.state.quarter
        yield Item(
            kind,
            f"inbox.line_{kind}" if len(funds) > 1 else f"inbox.line_{kind}_one",
            "/quarters",
            {"quarter": quarter},
            {"quarter": quarter, "count": len(funds), **params},
            tuple(one.fund.id for one in funds),
            since=since,
            due=self._due(step),
            is_at_fund=len(funds) == 1,
        )

    def _find_overdue(self) -> Iterator[Item]:
        """One item for each fund with investors who have not paid in time."""
        groups: dict[str, list[OverdueCall]] = {}
        for one in list_overdue(self.slice):
            if self.may(Action.RECORD_BUSINESS, one.fund.id):
                groups.setdefault(one.fund.code, []).append(one)
        for code, calls in groups.items():
            params = {
                "count": len({one.investor.id for one in calls}),
                "investor": calls[0].investor.name,
                "notices": len({one.notice_no for one in calls}),
                "fen": sum(one.amount for one in calls),
            }
            due = min(one.due_on for one in calls)
            what = "inbox.line_overdue" if len(calls) > 1 else "inbox.line_overdue_one"
            yield Item(
                Kind.OVERDUE, what, f"/cash/{code}", {}, params, (calls[0].fund.id,), since=due, due=due
            )  # fmt: skip

    def _find_terms(self) -> Iterator[Item]:
        for one in list_expiring(self.slice, self.clauses):
            if self.may(Action.RECORD_BUSINESS, one.fund.id):
                yield _make_term(one, is_past=one.day < self.slice.as_of)

    def _due(self, step: str) -> date | None:
        return next((one.day for one in self.state.deadlines if one.step == step), None)


def _make_term(one: Expiring, *, is_past: bool) -> Item:
    params = {"term": one.about, "firm": "" if one.company is None else one.company.name}
    path = f"/funds/{one.fund.code}" if one.company is None else f"/companies/{one.company.code}"
    # An end that is past stands here because the fund's state still says otherwise.
    what = f"inbox.line_term_{one.event}{'_past' if is_past and one.event in ENDS else ''}"
    return Item(Kind.TERM, what, path, {}, params, (one.fund.id,), due=one.day)
