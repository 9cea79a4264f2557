"""What a claim of leverage may have counted in: each investor's money by kind, with what was promised and cancelled."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from dashboard.readings.money.capital import TABLES, Capital, CapitalClass, CapitalLine, capital_by_investor
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.row_names import RowNames, name_rows
from funds.kinds import Basis, Nature
from funds.queries.ledger_slice import LedgerSlice
from valuation import Stock


class ClaimKind(StrEnum):
    """What an investor's money is to a claim of social capital."""

    CONFIRMED = "confirmed"
    OTHER_PUBLIC = "other_public"
    DOUBLE = "double"
    RECLASSIFIED = "reclassified"
    DENOMINATOR = "denominator"


@dataclass(frozen=True)
class ClaimLine:
    """One investor's money in one fund, in fen, with the rows behind what was paid, promised and cancelled."""

    fund: int
    investor: int
    investor_fund: int | None
    capital_class: CapitalClass
    kind: ClaimKind
    stock: Stock
    paid: CapitalLine | None
    promised: CapitalLine | None
    cancelled: tuple[int, ...]

    @property
    def paid_rows(self) -> RowNames:
        """What was paid in."""
        return RowNames(TABLES[Basis.PAID_IN], [] if self.paid is None else [self.paid.rows])

    @property
    def promised_rows(self) -> RowNames:
        """What was promised."""
        return RowNames(TABLES[Basis.COMMITTED], [] if self.promised is None else [self.promised.rows])

    @property
    def cancelled_rows(self) -> RowNames:
        """What was taken back."""
        return name_rows(TABLES[Basis.COMMITTED], self.cancelled)


@dataclass(frozen=True)
class ClaimBase:
    """All lines of a scope on the claims' day, and both capitals they come from."""

    lines: tuple[ClaimLine, ...]
    committed: Capital
    paid: Capital

    def stock(self, fund: int, kind: ClaimKind) -> Stock:
        """The sums of one kind in one fund."""
        return self._stocks.get((fund, kind), Stock(0, 0, 0))

    @cached_property
    def _stocks(self) -> Mapping[tuple[int, ClaimKind], Stock]:
        found: dict[tuple[int, ClaimKind], Stock] = {}
        for line in self.lines:
            one, more = found.get((line.fund, line.kind), Stock(0, 0, 0)), line.stock
            found[line.fund, line.kind] = Stock(
                one.paid + more.paid, one.unpaid + more.unpaid, one.cancelled + more.cancelled
            )
        return found

    def fiscal(self, basis: Basis, fund: int) -> int:
        """The money that a claim divides by."""
        lines = self._of_fund(basis, fund)
        return sum(line.amount for line in lines if (line.fund, line.investor) in self._divided_by)

    def size(self, basis: Basis, fund: int) -> int:
        """All money of a fund."""
        return sum(line.amount for line in self._of_fund(basis, fund))

    @cached_property
    def _divided_by(self) -> frozenset[tuple[int, int]]:
        """Fund and investor of the money that claims divide by."""
        lines = (line for line in self.lines if line.kind is ClaimKind.DENOMINATOR)
        return frozenset((line.fund, line.investor) for line in lines)

    def _of_fund(self, basis: Basis, fund: int) -> Sequence[CapitalLine]:
        capital = self.committed if basis is Basis.COMMITTED else self.paid
        return capital.by_fund.get(fund, ())


def read_base(slice_: LedgerSlice, options: LeverageOptions) -> ClaimBase:
    """The lines of a slice that ends on the claims' day; natures are those in force at the question's day."""
    committed = capital_by_investor(slice_, Basis.COMMITTED)
    paid = capital_by_investor(slice_, Basis.PAID_IN)
    promised = {(line.fund, line.investor): line for line in committed.lines}
    arrived = {(line.fund, line.investor): line for line in paid.lines}
    gone, gone_rows = _cancelled(slice_)
    lines = []
    for key in sorted({*promised, *arrived}):
        line, came = promised.get(key), arrived.get(key)
        any_line = line or arrived[key]
        amount = 0 if line is None else line.amount
        in_hand = 0 if came is None else came.amount
        lines.append(
            ClaimLine(
                *key,
                any_line.investor_fund,
                any_line.capital_class,
                _kind_of(slice_, key[1], any_line.capital_class, any_line.level, options),
                Stock(in_hand, max(0, amount - in_hand), gone[key]),
                came,
                line,
                tuple(gone_rows.get(key, ())),
            )
        )
    return ClaimBase(tuple(lines), committed, paid)


def _cancelled(
    slice_: LedgerSlice,
) -> tuple[Counter[tuple[int, int]], Mapping[tuple[int, int], list[int]]]:
    """What was promised and taken back, by fund and investor."""
    changes, cancelled = slice_.commitments, slice_.facts.capital.cancelled
    sums: Counter[tuple[int, int]] = Counter()
    rows: dict[tuple[int, int], list[int]] = {}
    for row, fund, investor, amount in zip(
        changes.id.tolist(),
        changes.fund.tolist(),
        changes.investor.tolist(),
        changes.amount.tolist(),
        strict=True,
    ):
        if row in cancelled and amount < 0:
            sums[fund, investor] -= amount
            rows.setdefault((fund, investor), []).append(row)
    return sums, rows


def _kind_of(
    slice_: LedgerSlice, party: int, kind: CapitalClass, level: object, options: LeverageOptions
) -> ClaimKind:
    if kind is CapitalClass.FUND:
        return ClaimKind.DOUBLE
    if options.is_social(kind):
        return ClaimKind.CONFIRMED
    if kind is CapitalClass.UNDETERMINED or was_called_social(slice_, party):
        return ClaimKind.RECLASSIFIED
    is_own = options.is_government(kind) and options.fiscal_level in (None, level)
    return ClaimKind.DENOMINATOR if is_own else ClaimKind.OTHER_PUBLIC


def was_called_social(slice_: LedgerSlice, party: int) -> bool:
    """Whether a party was ever stated to be social, confirmed or not, corrected since or not."""
    rows = slice_.facts.capital.natures.get(party, ())
    return any(row.nature is Nature.SOCIAL for row in rows)
