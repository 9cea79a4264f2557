"""What came back from firms and what was written off, exit by exit, with the cost that each took out; uncut."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.readings.portfolio.holdings import EXIT_KIND_BY_NUMBER
from funds.kinds import EntryKind, ExitKind
from funds.queries.columns import NOBODY
from funds.queries.costs import Return, cost_given_up
from funds.queries.ledger_slice import LedgerSlice


@dataclass(frozen=True)
class ExitLine:
    """One exit of one holding, in fen: what it brought, the cost that left with it and the cost that stayed."""

    row: int
    fund: int
    company: int
    kind: ExitKind
    day: date
    amount: int
    cost_out: int
    cost_left: int


def list_exits(slice_: LedgerSlice) -> list[ExitLine]:
    """Every exit from the holdings of the scope's funds, by fund, firm and day."""
    ledger = slice_.ledger
    owners = {
        holding: (fund, company)
        for holding, fund, company in zip(
            ledger.holdings.id.tolist(),
            ledger.holdings.fund.tolist(),
            ledger.holdings.company.tolist(),
            strict=True,
        )
        if fund in slice_.members
    }
    paid = _payments(slice_)
    lines = []
    for holding, exits in _exits(slice_).items():
        if holding in owners:
            lines += list(_walk(owners[holding], paid[holding], exits))
    return sorted(lines, key=lambda one: (slice_.facts.funds[one.fund].code, one.day, one.row))


def _walk(
    owner: tuple[int, int], paid: Mapping[int, int], exits: list[tuple[int, Return]]
) -> Iterator[ExitLine]:
    """One holding's exits by day; on one day payments come first."""
    cost, days = 0, sorted(paid)
    for row, step in sorted(exits, key=lambda one: (one[1].day, one[0])):
        while days and days[0] <= step.day:
            cost += paid[days.pop(0)]
        out = cost_given_up(cost, step)
        cost -= out
        yield ExitLine(row, *owner, step.kind, date.fromordinal(step.day), step.amount, out, cost)


def _payments(slice_: LedgerSlice) -> Mapping[int, Counter[int]]:
    """By holding what was paid into it on each day."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    lines = slice_.ledger.entries.of_kind(EntryKind.INVESTMENT)
    for holding, day, amount in zip(
        lines.holding.tolist(), lines.day.tolist(), lines.amount.tolist(), strict=True
    ):
        found[holding][day] -= amount
    return found


def _exits(slice_: LedgerSlice) -> Mapping[int, list[tuple[int, Return]]]:
    found: dict[int, list[tuple[int, Return]]] = defaultdict(list)
    lines = slice_.ledger.exits
    columns = (
        lines.id,
        lines.holding,
        lines.day,
        lines.kind,
        lines.amount,
        lines.cost_out,
        lines.transferred,
    )
    for row, holding, day, kind, amount, cost, part in zip(*(one.tolist() for one in columns), strict=True):
        step = Return(day, EXIT_KIND_BY_NUMBER[kind], amount, _given(cost), _given(part))
        found[holding].append((row, step))
    return found


def _given(value: int) -> int | None:
    return None if value == NOBODY else value


def exit_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """One row for each exit."""
    facts = slice_.facts
    for one in list_exits(slice_):
        firm = facts.companies.get(one.company)
        yield {
            "table": "exit",
            "fund": facts.funds[one.fund].code,
            "fund_name": facts.funds[one.fund].name,
            "company": None if firm is None else firm.code,
            "firm": None if firm is None else firm.name,
            "exit_kind": str(one.kind),
            "exited_on": one.day.isoformat(),
            "amount": one.amount,
            "cost_out": one.cost_out,
            "cost_left": one.cost_left,
        }
