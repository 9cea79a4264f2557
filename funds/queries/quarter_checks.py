"""What must hold before a quarter of a fund is locked: one list of numbered checks, each with what it found."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Select, func, select

from funds.dates import days_of_quarter
from funds.kinds import BalanceItem, EntryKind, ScopeKind
from funds.models import (
    Balance,
    ControlTotal,
    Entry,
    Fund,
    FundNav,
    Holding,
    Mark,
    QuarterFiling,
)
from funds.models.visibility import visible
from funds.permissions import Scope
from funds.queries.loading_columns import Ledger
from funds.queries.memory.kept_ledger import KeptLedger
from funds.queries.proposals import read_proposals
from funds.queries.quarter_values import QuarterValues

OpenLedger = Callable[[date], Ledger]
# Proposals that would change what a quarter says.
VALUE_KINDS = frozenset({"mark", "nav", "correction", "late"})


class Check(StrEnum):
    """The checks in the order of their numbers."""

    FILED = "filed"
    MARKS = "marks"
    BRIDGE = "bridge"
    CALLS = "calls"
    BALANCES = "balances"
    WAITING = "waiting"

    @property
    def number(self) -> int:
        """`1` for the first."""
        return list(Check).index(self) + 1


@dataclass(frozen=True)
class CheckResult:
    """One check of one fund: whether it holds, and in which case it found itself, with numbers in fen or counts."""

    check: Check
    is_green: bool
    case: str
    params: Mapping[str, int] = field(default_factory=dict)


def read_checks(
    connection: Connection,
    version: int,
    quarter: str,
    fund_ids: Collection[int],
    open_ledger: OpenLedger | None = None,
) -> dict[int, tuple[CheckResult, ...]]:
    """Every check of each fund at the end of a quarter, as known at a version."""
    desk = CheckDesk(connection, version, quarter, open_ledger)
    return {fund: desk.judge(fund) for fund in fund_ids}


def read_moved(connection: Connection, version: int, quarter: str) -> dict[tuple[int, int], tuple[int, int]]:
    """Called and distributed in a quarter, by child and mother, from the children's lines."""
    first, last = days_of_quarter(quarter)
    query = (
        select(Entry.fund_id, Fund.id, Entry.kind, func.sum(Entry.amount_fen))
        .join(Fund, Fund.party_id == Entry.counterparty_id)
        .where(Entry.kind.in_((EntryKind.PAID_IN, EntryKind.DISTRIBUTION)), visible(Entry, version))
        .where(Entry.moved_on >= first, Entry.moved_on <= last)
        .group_by(Entry.fund_id, Fund.id, Entry.kind)
    )
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for child, mother, kind, amount in connection.execute(query):
        called, given = found.get((child, mother), (0, 0))
        is_call = kind is EntryKind.PAID_IN
        found[child, mother] = (called + int(amount), given) if is_call else (called, given - int(amount))
    return found


class CheckDesk:
    """What the checks of a quarter look at, read once for all funds.

    `open_ledger` gives the ledger up to a day where it is kept in memory; what a change has written so far is not.
    """

    def __init__(
        self, connection: Connection, version: int, quarter: str, open_ledger: OpenLedger | None = None
    ) -> None:
        self.connection = connection
        self.open_ledger = open_ledger or (lambda day: KeptLedger().read_unsealed(connection, version, day))
        self.version = version
        self.quarter = quarter
        self.first, self.last = days_of_quarter(quarter)

    def judge(self, fund: int) -> tuple[CheckResult, ...]:
        """Every check of one fund, in order."""
        judges: Mapping[Check, Callable[[int], CheckResult]] = {
            Check.FILED: self.judge_filing,
            Check.MARKS: self.judge_marks,
            Check.BRIDGE: self.judge_bridge,
            Check.CALLS: self.judge_calls,
            Check.BALANCES: self.judge_balances,
            Check.WAITING: self.judge_waiting,
        }
        return tuple(judges[check](fund) for check in Check)

    def judge_filing(self, fund: int) -> CheckResult:
        is_filed = fund in self.filed
        return CheckResult(Check.FILED, is_filed, "filed" if is_filed else "not_filed")

    def judge_marks(self, fund: int) -> CheckResult:
        """Every holding that is still worth something or cost something has an approved mark of that very day."""
        standing = [
            holding
            for holding, course in self.values.holdings.get(fund, ())
            if course.value or (course.cost and not course.is_written_off)
        ]
        missing = sum(holding not in self.marked for holding in standing)
        params = {"count": len(standing), "missing": missing}
        case = "unmarked" if missing else "marked" if standing else "nothing_held"
        return CheckResult(Check.MARKS, not missing, case, params)

    def judge_bridge(self, fund: int) -> CheckResult:
        """The approved report of the day is what the marks, the cash and the balances come to."""
        derived = self.values.derived(fund)
        if fund not in self.reported:
            is_empty = derived == 0 and fund not in self.values.cash
            case = "nothing_yet" if is_empty else "no_report"
            return CheckResult(Check.BRIDGE, is_empty, case, {"derived": derived})
        gap = self.reported[fund] - derived
        params = {"reported": self.reported[fund], "derived": derived, "gap": gap}
        return CheckResult(Check.BRIDGE, gap == 0, "gap" if gap else "ties", params)

    def judge_calls(self, fund: int) -> CheckResult:
        """Money between this fund and its mothers is what the mothers filed."""
        mothers = {mother for child, mother in {*self.moved, *self.filed_totals} if child == fund}
        if not mothers:
            return CheckResult(Check.CALLS, True, "no_mother_money")
        missing = [mother for mother in mothers if (fund, mother) not in self.filed_totals]
        pairs = [(fund, mother) for mother in mothers - {*missing}]
        differing = [pair for pair in pairs if self.filed_totals[pair] != self.moved.get(pair, (0, 0))]
        gap = sum(sum(self.filed_totals[pair]) - sum(self.moved.get(pair, (0, 0))) for pair in differing)
        params = {"count": len(mothers), "missing": len(missing), "differing": len(differing), "gap": gap}
        case = "no_total" if missing else "differs" if differing else "matched"
        return CheckResult(Check.CALLS, case == "matched", case, params)

    def judge_balances(self, fund: int) -> CheckResult:
        """The balance at the bank was filed for the day and is what the ledger says."""
        cash = self.values.cash.get(fund)
        if cash is None:
            return CheckResult(Check.BALANCES, True, "no_cash")
        if fund not in self.deposits:
            return CheckResult(Check.BALANCES, False, "no_balance", {"cash": cash})
        gap = self.deposits[fund] - cash
        params = {"cash": cash, "filed": self.deposits[fund], "gap": gap}
        return CheckResult(Check.BALANCES, gap == 0, "cash_differs" if gap else "cash_agrees", params)

    def judge_waiting(self, fund: int) -> CheckResult:
        """Nothing of the quarter waits for a second person."""
        proposals, values = self.proposed[fund], self.unapproved[fund]
        params = {"proposals": proposals, "values": values}
        is_green = proposals + values == 0
        return CheckResult(Check.WAITING, is_green, "none_waits" if is_green else "waits", params)

    @cached_property
    def values(self) -> QuarterValues:
        parties = {row.id: row.party_id for row in self._rows(select(Fund.id, Fund.party_id))}
        return QuarterValues(self.open_ledger(self.last), parties)

    @cached_property
    def filed(self) -> set[int]:
        row = QuarterFiling
        query = select(row.fund_id).where(row.quarter == self.quarter, visible(row, self.version))
        return {found.fund_id for found in self._rows(query)}

    @cached_property
    def marked(self) -> set[int]:
        row = Mark
        query = select(row.holding_id).where(row.valued_on == self.last, row.approved_by_id.is_not(None))
        return {found.holding_id for found in self._rows(query.where(visible(row, self.version)))}

    @cached_property
    def reported(self) -> dict[int, int]:
        row = FundNav
        query = (
            select(row.fund_id, row.nav_fen)
            .where(row.valued_on == self.last, row.investor_id.is_(None), row.approved_by_id.is_not(None))
            .where(visible(row, self.version))
            .order_by(row.id)
        )
        return {found.fund_id: found.nav_fen for found in self._rows(query)}

    @cached_property
    def moved(self) -> dict[tuple[int, int], tuple[int, int]]:
        return self.values.moved(self.first)

    @cached_property
    def filed_totals(self) -> dict[tuple[int, int], tuple[int, int]]:
        row = ControlTotal
        query = select(row.child_id, row.fund_id, row.called_fen, row.distributed_fen)
        query = query.where(row.quarter == self.quarter, visible(row, self.version))
        return {(found[0], found[1]): (found[2], found[3]) for found in self._rows(query)}

    @cached_property
    def deposits(self) -> dict[int, int]:
        row = Balance
        query = (
            select(row.fund_id, row.amount_fen)
            .where(row.filed_on == self.last, row.item == BalanceItem.BANK_DEPOSIT)
            .where(visible(row, self.version))
        )
        return {found.fund_id: found.amount_fen for found in self._rows(query)}

    @cached_property
    def proposed(self) -> Counter[int]:
        """Open proposals of values, by fund."""
        waiting = read_proposals(self.connection, self.version, only_open=True)
        return Counter(fund for one in waiting if one.kind in VALUE_KINDS for fund in _funds_of(one.subjects))

    @cached_property
    def unapproved(self) -> Mapping[int, int]:
        """Marks and net asset values of the quarter that nobody approved, by fund."""
        found: dict[int, int] = defaultdict(int)
        marks = select(Holding.fund_id).join(Mark, Mark.holding_id == Holding.id)
        for model, query in ((Mark, marks), (FundNav, select(FundNav.fund_id))):
            waits = query.where(model.approved_by_id.is_(None), visible(model, self.version))
            for row in self._rows(waits.where(*_between(model.valued_on, self.first, self.last))):
                found[row.fund_id] += 1
        return found

    def _rows(self, query: Select[*tuple[Any, ...]]) -> Iterator[Any]:
        yield from self.connection.execute(query)


def _between(column: Any, first: date, last: date) -> tuple[Any, Any]:
    return column >= first, column <= last


def _funds_of(subjects: Collection[Scope]) -> Iterator[int]:
    for scope in subjects:
        if scope.kind is ScopeKind.FUND and scope.id is not None:
            yield scope.id
