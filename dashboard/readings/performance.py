"""What the money became: paid in, distributed and left, multiples, net and gross rates, deployed and idle."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from dashboard.readings.answers import Figure, Reading, absent, money, name_rows, print_rate, ratio
from dashboard.readings.definitions import with_definitions
from dashboard.readings.net_assets import NetAssetValues
from funds.kinds import EntryKind
from funds.queries.columns import EntryColumns, Int
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import fund_scope
from valuation import Rate, xirr

STAKES = (EntryKind.STAKE_PAYMENT, EntryKind.STAKE_RECEIPT)


@dataclass(frozen=True)
class Flows:
    """Dated amounts seen from whoever owns the scope: money out −, money back +, in fen."""

    days: Int
    amounts: Int
    rows: tuple[int, ...]

    def ending(self, day: date, value: int) -> "Flows":
        """The same with a value at the end."""
        return Flows(np.append(self.days, day.toordinal()), np.append(self.amounts, value), self.rows)

    def rate(self) -> Rate:
        """The dated internal rate of return."""
        return xirr(self.days, self.amounts)


@dataclass(frozen=True)
class Performance:
    """The amounts of a scope, in fen, before they become figures."""

    committed: int
    committed_rows: tuple[int, ...]
    paid_in: int
    paid_inside: int
    distributed: int
    nav: int
    nav_source: str
    nav_rows: tuple[str, ...]
    net: Flows
    gross: Flows
    invested: int
    returned: int
    held: int
    cash: int


def read_performance(slice_: LedgerSlice) -> Reading:
    """Performance of the scope as one pool of flows that cross its boundary, and of each fund in the rows."""
    values = NetAssetValues(slice_)
    pool = work_out(slice_, values)
    rows = tuple(_row(slice_, values, fund.code) for fund in slice_.member_funds)
    figures = tuple(performance_figures(pool, slice_.as_of))
    reading = Reading("performance", slice_.scope.label, slice_.as_of, slice_.version, figures, rows)
    return with_definitions(reading, slice_.facts)


def work_out(slice_: LedgerSlice, values: NetAssetValues) -> Performance:
    """The pool's amounts: money between two funds of the scope falls out, stakes in them are not counted twice."""
    investor_lines = _boundary(slice_)
    committed, committed_rows = _committed(slice_)
    paid = investor_lines.of_kind(EntryKind.PAID_IN)
    back = investor_lines.of_kind(EntryKind.DISTRIBUTION)
    nav, source, nav_rows = _pooled_nav(slice_, values)
    gross_lines = _gross_lines(slice_)
    held = _held(slice_, values)
    return Performance(
        committed=committed,
        committed_rows=committed_rows,
        paid_in=int(paid.amount.sum()),
        paid_inside=int(paid.amount[paid.inside].sum()),
        distributed=-int(back.amount.sum()),
        nav=nav,
        nav_source=source,
        nav_rows=nav_rows,
        net=Flows(investor_lines.day, -investor_lines.amount, tuple(investor_lines.id.tolist())),
        gross=Flows(gross_lines.day, gross_lines.amount, tuple(gross_lines.id.tolist())),
        invested=-int(gross_lines.amount[gross_lines.amount < 0].sum()),
        returned=int(gross_lines.amount[gross_lines.amount > 0].sum()),
        held=held,
        cash=int(slice_.entries.amount.sum()),
    )


def performance_figures(pool: Performance, as_of: date) -> Iterable[Figure]:
    """PF01–PF11, PF16 and PF17 of a pool."""
    flows = name_rows("entry", pool.net.rows)
    gross = name_rows("entry", pool.gross.rows)
    source = pool.nav_source
    yield money("PF01", "committed", pool.committed, name_rows("commitment_movement", pool.committed_rows))
    yield money("PF02", "paid_in", pool.paid_in, flows)
    yield money("PF03", "paid_in", pool.distributed, flows)
    yield money("PF04", source, pool.nav, pool.nav_rows)
    yield ratio("PF05", "committed", pool.paid_inside, pool.committed, "multiple.no_commitment", flows)
    yield ratio("PF06", "paid_in", pool.distributed, pool.paid_in, "multiple.no_paid_in", flows)
    yield ratio("PF07", source, pool.nav, pool.paid_in, "multiple.no_paid_in", (*flows, *pool.nav_rows))
    total = pool.distributed + pool.nav
    yield ratio("PF08", source, total, pool.paid_in, "multiple.no_paid_in", (*flows, *pool.nav_rows))
    yield rate_figure("PF09", source, pool.net.ending(as_of, pool.nav).rate(), (*flows, *pool.nav_rows))
    yield rate_figure("PF10", "fair_value", pool.gross.ending(as_of, pool.held).rate(), gross)
    realised = pool.returned + pool.held
    yield ratio("PF11", "fair_value", realised, pool.invested, "multiple.no_cost", gross)
    yield ratio("PF16", "paid_in", pool.invested, pool.paid_in, "multiple.no_paid_in", (*flows, *gross))
    yield ratio("PF17", "paid_in", pool.cash, pool.paid_in, "multiple.no_paid_in", flows)


def rate_figure(code: str, basis: str, rate: Rate, entries: tuple[str, ...]) -> Figure:
    """A rate as a figure; its roots and status stand in the reading's rows."""
    if rate.value is None:
        return absent(code, basis, str(rate.reason), entries)
    return Figure(code, basis, print_rate(rate.value), entries=entries)


def _boundary(slice_: LedgerSlice) -> EntryColumns:
    """Lines with investors, less the piece of each that another fund of the scope is the investor of."""
    uncut = slice_.uncut_entries.of_kind(EntryKind.PAID_IN, EntryKind.DISTRIBUTION)
    pieces = slice_.part(uncut.fund, uncut.amount)
    crossing = replace(uncut, amount=pieces - slice_.internal(uncut.fund, uncut.counterparty, uncut.amount))
    return crossing.take(crossing.amount != 0)


def _committed(slice_: LedgerSlice) -> tuple[int, tuple[int, ...]]:
    uncut = slice_.uncut_commitments
    pieces = slice_.part(uncut.fund, uncut.amount)
    internal = slice_.internal(uncut.fund, uncut.investor, uncut.amount)
    return int((pieces - internal).sum()), tuple(uncut.id.tolist())


def _pooled_nav(slice_: LedgerSlice, values: NetAssetValues) -> tuple[int, str, tuple[str, ...]]:
    total, sources, rows = 0, set(), set()
    for fund in slice_.members:
        found = values.of(fund)
        inside = sum(piece - outside for _, piece, outside in _stakes(slice_, values, fund))
        total += _piece(slice_, fund, found.value) - inside
        sources.add(found.source)
        rows |= set(found.rows)
    source = sources.pop() if len(sources) == 1 else "mixed"
    return total, source, tuple(sorted(rows))


def _gross_lines(slice_: LedgerSlice) -> EntryColumns:
    """Deals, and a mother's stakes as far as they lie outside the scope: those are its own investments."""
    uncut = slice_.uncut_entries.of_kind(EntryKind.INVESTMENT, EntryKind.PROCEEDS, *STAKES)
    pieces = slice_.part(uncut.fund, uncut.amount)
    crossing = replace(uncut, amount=pieces - slice_.internal(uncut.fund, uncut.counterparty, uncut.amount))
    return crossing.take(crossing.amount != 0)


def _held(slice_: LedgerSlice, values: NetAssetValues) -> int:
    total = 0
    for fund in slice_.members:
        total += _piece(slice_, fund, sum(firm.course.value for firm in values.firms.get(fund, [])))
        total += sum(outside for _, _, outside in _stakes(slice_, values, fund))
    return total


def _stakes(slice_: LedgerSlice, values: NetAssetValues, mother: int) -> list[tuple[int, int, int]]:
    """Children of a fund with the scope's piece of the stake's value, and what of it lies outside the scope."""
    party_of = slice_.facts.funds
    stakes = []
    for child in values.children(mother):
        value = np.array([values.stake(mother, child)], dtype=np.int64)
        funds, parties = np.array([mother]), np.array([party_of[child].party_id])
        piece = slice_.part(funds, value)
        outside = piece - slice_.internal(funds, parties, value)
        stakes.append((child, int(piece[0]), int(outside[0])))
    return stakes


def _piece(slice_: LedgerSlice, fund: int, amount: int) -> int:
    return int(slice_.part(np.array([fund]), np.array([amount], dtype=np.int64))[0])


def _row(slice_: LedgerSlice, values: NetAssetValues, code: str) -> dict[str, object]:
    """One fund as a whole, with the status and every root of its net rate."""
    own = slice_.narrow(fund_scope(code))
    pool = work_out(own, values)
    net, gross = pool.net.ending(own.as_of, pool.nav).rate(), pool.gross.ending(own.as_of, pool.held).rate()
    row: dict[str, object] = {"fund": code, "name": own.member_funds[0].name, "nav_source": pool.nav_source}
    row |= {figure.code: figure.value for figure in performance_figures(pool, own.as_of)}
    fund = own.member_funds[0].id
    row["nav_derived"] = values.of(fund).derived
    for name, rate in (("net", net), ("gross", gross)):
        row[f"{name}_status"] = rate.status
        row[f"{name}_roots"] = [print_rate(root) for root in rate.roots]
    return row
