"""Sums of ledger lines by fund, counterparty, kind, side of the commitment and quarter, exact to the fen."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from funds.kinds import EntryKind
from funds.queries.column_sources import Flag, Int, Source
from funds.queries.columns import ENTRY_KINDS
from funds.queries.memory.small_numbers import CODE, WIDEST, Code, Numbered, Spread

KINDS = len(ENTRY_KINDS)
EPOCH = date(1970, 1, 1).toordinal()
Account = tuple[int, int, int, bool]


@dataclass(frozen=True)
class FlowSums:
    """One row for each account (fund, counterparty, kind, inside the commitment or not), one column for each quarter.

    Quarters are numbered year × 4 + 0…3, from `first_quarter` on. `counterparty` is NOBODY where there is none,
    `kind` by ENTRY_KINDS. Amounts are signed as the lines are; `lines` counts them.
    """

    fund: Int
    counterparty: Int
    kind: Int
    inside: Flag
    first_quarter: int
    amounts: Int
    lines: Int

    @cached_property
    def amount(self) -> Int:
        """Each account's sum over all quarters."""
        sums: Int = self.amounts.sum(axis=1)
        return sums

    @cached_property
    def count(self) -> Int:
        """Each account's lines in all quarters."""
        counts: Int = self.lines.sum(axis=1)
        return counts

    @property
    def quarters(self) -> range:
        """The numbers of the quarters."""
        return range(self.first_quarter, self.first_quarter + self.amounts.shape[1])

    def of(
        self,
        *kinds: EntryKind,
        funds: Collection[int] | None = None,
        inside: bool | None = None,
    ) -> "FlowSums":
        """The accounts of some kinds (all if none is named), of some funds, on one side of the commitment."""
        kept = self.count > 0
        if kinds:
            kept &= np.isin(self.kind, [ENTRY_KINDS[kind] for kind in kinds])
        if funds is not None:
            kept &= np.isin(self.fund, np.fromiter(funds, dtype=np.int64, count=len(funds)))
        if inside is not None:
            kept &= self.inside == inside
        return self if kept.all() else self._take(kept)

    def by_fund(self) -> dict[int, int]:
        """Sums of funds."""
        funds, numbers = np.unique(self.fund, return_inverse=True)
        return dict(zip(funds.tolist(), _add(numbers, self.amount, len(funds)).tolist(), strict=True))

    def by_pair(self) -> dict[tuple[int, int], int]:
        """Sums of fund and counterparty."""
        sums: dict[tuple[int, int], int] = {}
        rows = zip(self.fund.tolist(), self.counterparty.tolist(), self.amount.tolist(), strict=True)
        for fund, party, amount in rows:
            sums[fund, party] = sums.get((fund, party), 0) + amount
        return sums

    def by_quarter(self) -> dict[int, Int]:
        """Of each fund the sums of all quarters in their order."""
        funds, numbers = np.unique(self.fund, return_inverse=True)
        sums = np.zeros((len(funds), self.amounts.shape[1]), dtype=np.int64)
        np.add.at(sums, numbers, self.amounts)
        return dict(zip(funds.tolist(), sums, strict=True))

    def changed_by(self, added: Source, gone: Source) -> "FlowSums":
        """The sums with some lines more and some less; these stay as they are."""
        more, less = sum_rows(added), sum_rows(gone)
        accounts = dict(self.places)
        for sums in (more, less):
            for account in sums.accounts():
                accounts.setdefault(account, len(accounts))
        spans = [sums.quarters for sums in (self, more, less) if len(sums.quarters)]
        first, end = min(span.start for span in spans), max(span.stop for span in spans)
        shape = (len(accounts), end - first)
        amounts, lines = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for sums, sign in ((self, 1), (more, 1), (less, -1)):
            rows = slice(0, len(self.fund))
            at = rows if sums is self else [accounts[account] for account in sums.accounts()]
            columns = slice(sums.first_quarter - first, sums.first_quarter - first + sums.amounts.shape[1])
            amounts[at, columns] += sign * sums.amounts
            lines[at, columns] += sign * sums.lines
        new = list(accounts)[len(self.fund) :]
        made = _from(
            np.concatenate([self.fund, _column(new, 0)]),
            np.concatenate([self.counterparty, _column(new, 1)]),
            np.concatenate([self.kind, _column(new, 2)]),
            np.concatenate([self.inside, _column(new, 3).astype(np.bool_)]),
            (first, amounts, lines),
        )
        made.__dict__["places"] = accounts
        return made

    def accounts(self) -> list[Account]:
        """What each row is the sum of."""
        columns = (self.fund, self.counterparty, self.kind, self.inside)
        return list(zip(*(column.tolist() for column in columns), strict=True))

    @cached_property
    def places(self) -> dict[Account, int]:
        """The row of each account."""
        return {account: place for place, account in enumerate(self.accounts())}

    def _take(self, kept: Flag) -> "FlowSums":
        quarters = (self.first_quarter, self.amounts[kept], self.lines[kept])
        return _from(self.fund[kept], self.counterparty[kept], self.kind[kept], self.inside[kept], quarters)


def sum_rows(rows: Source) -> FlowSums:
    """The sums of lines of the ledger, all at once."""
    if not rows.size:
        nothing = np.empty((0, 0), dtype=np.int64)
        none = np.empty(0, dtype=np.int64)
        return _from(none, none, none, none.astype(np.bool_), (0, nothing, nothing))
    funds, parties = (Spread.of_column(rows, name) for name in ("fund", "counterparty"))
    spread = funds.size * parties.size
    givers: Code | Int = funds.codes if spread <= WIDEST else funds.codes.astype(np.int64)
    pairs = Numbered.among(givers * parties.size + parties.codes, spread)
    keys = (pairs.numbers * KINDS + rows.read("kind").astype(CODE)) * 2 + rows.read("inside")
    accounts = Numbered.among(keys, pairs.size * KINDS * 2)
    first, quarters = _quarters(rows.read("day"))
    count = int(quarters.max()) + 1
    cells = accounts.numbers * count + quarters
    amounts = _add(cells, rows.read("amount"), accounts.size * count)
    lines = np.bincount(cells, minlength=accounts.size * count).astype(np.int64)
    shape = (accounts.size, count)
    of_pair, rest = np.divmod(accounts.distinct, KINDS * 2)
    of_fund, of_party = np.divmod(pairs.distinct[of_pair], parties.size)
    return _from(
        funds.read(of_fund),
        parties.read(of_party),
        rest // 2,
        (rest % 2).astype(np.bool_),
        (first, amounts.reshape(shape), lines.reshape(shape)),
    )


def quarter_number(day: date) -> int:
    """The number of the quarter that a day lies in."""
    return day.year * 4 + (day.month - 1) // 3


def _quarters(days: Int) -> tuple[int, Code]:
    """The number of the first quarter, and how many quarters after it each day lies."""
    low, high = int(days.min()), int(days.max())
    calendar = (np.arange(low, high + 1) - EPOCH).astype("datetime64[D]").astype("datetime64[M]")
    numbers = calendar.astype(np.int64) // 3 + 1970 * 4
    return int(numbers[0]), (numbers - numbers[0]).astype(CODE)[days - low]


def _add(places: npt.NDArray[np.intp] | Int | Code, amounts: Int, size: int) -> Int:
    """Sums of whole numbers by place; floats, as `bincount` adds them, would lose fen."""
    sums = np.zeros(size, dtype=np.int64)
    np.add.at(sums, places, amounts)
    return sums


def _column(accounts: list[Account], at: int) -> Int:
    return np.array([account[at] for account in accounts], dtype=np.int64)


def _from(fund: Int, party: Int, kind: Int, inside: Flag, quarters: tuple[int, Int, Int]) -> FlowSums:
    first, amounts, lines = quarters
    for array in (fund, party, kind, inside, amounts, lines):
        array.flags.writeable = False  # whoever asks gets the same
    return FlowSums(fund, party, kind, inside, first, amounts, lines)
