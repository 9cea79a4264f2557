"""A scope as one pool: the amounts and flows that cross its boundary, and what is left inside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dashboard.readings.kept_by_lines import keep_by_lines
from dashboard.readings.returns.dated_flows import Flows, SolvedRate
from dashboard.readings.returns.net_assets import NetAssetValues
from dashboard.readings.row_names import join_names, name_rows
from funds.kinds import EntryKind
from funds.queries.attribution import cut_one
from funds.queries.columns import EntryColumns, Int
from funds.queries.ledger_slice import LedgerSlice

STAKES = (EntryKind.STAKE_PAYMENT, EntryKind.STAKE_RECEIPT)


@dataclass(frozen=True)
class Worth:
    """A value of the scope in fen, what it rests on (`reported`, `derived` or `mixed`), and its rows."""

    value: int
    source: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Pool:
    """The amounts of a scope, in fen, before they become figures; `paid_inside` counts towards commitments."""

    as_of: date
    committed: int
    committed_rows: Int
    paid_in: int
    paid_inside: int
    distributed: int
    nav: Worth
    net: Flows
    gross: Flows
    invested: int
    returned: int
    held: Worth
    cash: int

    @property
    def net_flows(self) -> Flows:
        """What investors paid and got, and the NAV as the last flow."""
        return self.net.ending(self.as_of, self.nav.value)

    @property
    def gross_flows(self) -> Flows:
        """What deals cost and brought, and what is held as the last flow."""
        return self.gross.ending(self.as_of, self.held.value)

    @cached_property
    def flow_rows(self) -> Sequence[str]:
        """The rows of what investors paid and got."""
        return name_rows("entry", self.net.rows)

    @cached_property
    def valued_rows(self) -> Sequence[str]:
        """The same with the rows behind the NAV."""
        return join_names(self.flow_rows, self.nav.rows)

    @cached_property
    def net_rate(self) -> SolvedRate:
        """The rate that investors earned."""
        return self.net_flows.solve()

    @cached_property
    def gross_rate(self) -> SolvedRate:
        """The rate that deals earned, before fees and carry."""
        return self.gross_flows.solve()


@keep_by_lines
def pool_of(slice_: LedgerSlice) -> Pool:
    """The pool of a slice's funds with the values that everybody shares; its rates are solved once."""
    return work_out(slice_, NetAssetValues.of_slice(slice_))


def work_out(slice_: LedgerSlice, values: NetAssetValues) -> Pool:
    """The pool's amounts: money between two funds of the scope falls out, stakes in them are not counted twice."""
    committed, committed_rows = _committed(slice_)
    lines = boundary_lines(slice_)
    paid = lines.of_kind(EntryKind.PAID_IN)
    back = lines.of_kind(EntryKind.DISTRIBUTION)
    deals = _gross_lines(slice_)
    return Pool(
        as_of=slice_.as_of,
        committed=committed,
        committed_rows=committed_rows,
        paid_in=int(paid.amount.sum()),
        paid_inside=int(paid.amount[paid.inside].sum()),
        distributed=-int(back.amount.sum()),
        nav=pool_nav(slice_, values),
        net=Flows(lines.day, -lines.amount, lines.id),
        gross=Flows(deals.day, deals.amount, deals.id),
        invested=-int(deals.amount[deals.amount < 0].sum()),
        returned=int(deals.amount[deals.amount > 0].sum()),
        held=pool_held(slice_, values),
        cash=int(slice_.entries.amount.sum()),
    )


def boundary_lines(slice_: LedgerSlice) -> EntryColumns:
    """Lines with investors, less the piece of each that another fund of the scope is the investor of."""
    return _crossing(slice_, EntryKind.PAID_IN, EntryKind.DISTRIBUTION)


def pool_nav(slice_: LedgerSlice, values: NetAssetValues) -> Worth:
    """Σ NAV less the stakes that funds of the scope hold in one another."""
    total, sources, rows = 0, set(), set()
    for fund in slice_.members:
        found = values.of(fund)
        inside = sum(stake.piece - stake.outside for stake in _stakes(slice_, values, fund))
        total += _piece(slice_, fund, found.value) - inside
        sources.add(found.source)
        rows |= set(found.rows)
    return Worth(total, sources.pop() if len(sources) == 1 else "mixed", tuple(sorted(rows)))


def pool_held(slice_: LedgerSlice, values: NetAssetValues) -> Worth:
    """Holdings in firms, and stakes in funds as far as those lie outside the scope."""
    total, rows = 0, set()
    for fund in slice_.members:
        total += _piece(slice_, fund, values.held(fund))
        rows |= {name for firm in values.firms.get(fund, []) for name in firm.row_names()}
        for stake in _stakes(slice_, values, fund):
            total += stake.outside
            rows |= set(stake.rows) if stake.outside else set()
    return Worth(total, "fair_value", tuple(sorted(rows)))


def _committed(slice_: LedgerSlice) -> tuple[int, Int]:
    uncut = slice_.uncut_commitments
    pieces = slice_.part(uncut.fund, uncut.amount)
    internal = slice_.internal(uncut.fund, uncut.investor, uncut.amount)
    return int((pieces - internal).sum()), uncut.id


def _gross_lines(slice_: LedgerSlice) -> EntryColumns:
    """Deals, and a mother's stakes as far as they lie outside the scope: those are its own investments."""
    return _crossing(slice_, EntryKind.INVESTMENT, EntryKind.PROCEEDS, *STAKES)


def _crossing(slice_: LedgerSlice, *kinds: EntryKind) -> EntryColumns:
    uncut = slice_.uncut_entries.of_kind(*kinds)
    pieces = slice_.part(uncut.fund, uncut.amount)
    amounts = pieces - slice_.internal(uncut.fund, uncut.counterparty, uncut.amount)
    return uncut.replaced("amount", amounts).take(amounts != 0)


@dataclass(frozen=True)
class _StakePiece:
    """The scope's piece of a stake's value, what of it lies outside the scope, and the rows behind it."""

    piece: int
    outside: int
    rows: tuple[str, ...]


def _stakes(slice_: LedgerSlice, values: NetAssetValues, mother: int) -> list[_StakePiece]:
    stakes = []
    for child in values.children(mother):
        stake = values.stake(mother, child)
        piece, inside = _piece(slice_, mother, stake.value), 0
        if child in slice_.members:
            # Where a park owns different shares of the two, the smaller piece stays within the scope.
            inside = min(_piece(slice_, child, stake.value), piece, key=abs)
        stakes.append(_StakePiece(piece, piece - inside, stake.rows))
    return stakes


def _piece(slice_: LedgerSlice, fund: int, amount: int) -> int:
    return cut_one(amount, slice_.members[fund])
