"""Columns of numbers: what the ledger's figures are worked out on, one array per column."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from funds.kinds import BalanceItem, EntryKind, ExitKind, FeeKind
from funds.queries.column_sources import NOBODY as NOBODY
from funds.queries.column_sources import Arrays, Joined, Replaced, Source
from funds.queries.column_sources import Flag as Flag
from funds.queries.column_sources import Int as Int
from funds.queries.read_columns import keep_column

ENTRY_KINDS = {kind: number for number, kind in enumerate(EntryKind)}
EXIT_KINDS = {kind: number for number, kind in enumerate(ExitKind)}
BALANCE_ITEMS = {kind: number for number, kind in enumerate(BalanceItem)}
FEE_KINDS = {kind: number for number, kind in enumerate(FeeKind)}


@dataclass(frozen=True)
class Columns:
    """Arrays of one length; row i of each belongs together.

    Columns with a source read an array when it is first asked for: of what nobody looks at there is no copy.
    """

    id: Int

    def __len__(self) -> int:
        source = self._source
        return len(self.id) if source is None else source.size

    def __getattr__(self, name: str) -> npt.NDArray[Any]:
        """A column that was not read yet."""
        source = self._source
        if source is None or name not in type(self).__dataclass_fields__:
            raise AttributeError(name)
        values = source.read(name)
        keep_column(self, name, values)
        return values

    @classmethod
    def from_source(cls, source: Source) -> Self:
        """Columns that are read when they are first asked for."""
        made = cls.__new__(cls)
        made.__dict__["_from"] = source
        return made

    @property
    def _source(self) -> Source | None:
        found: Source | None = self.__dict__.get("_from")
        return found

    def source(self) -> Source:
        """These rows, as something to make other rows of."""
        return self._source or Arrays({field.name: getattr(self, field.name) for field in fields(self)})

    def take(self, mask: Flag | Int) -> Self:
        """The rows that a mask or a list of positions picks, in that order."""
        if self._source is None:
            return type(self)(**{field.name: getattr(self, field.name)[mask] for field in fields(self)})
        places = np.flatnonzero(mask) if mask.dtype == np.bool_ else mask.astype(np.int64, copy=False)
        return self.from_source(self._source.picked(places))

    def where(self, name: str, wanted: Collection[int]) -> Self:
        """The rows whose value in a column is among some; these very columns where all are."""
        found = self.source().found(name, np.fromiter(wanted, dtype=np.int64, count=len(wanted)))
        return self if found is None else self.from_source(found)

    def replaced(self, name: str, values: Int) -> Self:
        """The same rows with other values in one column."""
        return self.from_source(Replaced(self.source(), name, values))

    def followed_by(self, more: Self) -> Self:
        """These rows and others behind them."""
        return self.from_source(Joined(self.source(), more.source()))

    @classmethod
    def of(cls, rows: Sequence[Sequence[Any]]) -> Self:
        """Columns from rows whose values stand in the order of the fields; None becomes NOBODY."""
        turned = list(zip(*rows, strict=True)) if rows else [()] * len(fields(cls))
        arrays: dict[str, Any] = {}
        for field, values in zip(fields(cls), turned, strict=True):
            kind = np.bool_ if field.type is Flag else np.int64
            array: npt.NDArray[Any] = np.array(
                [NOBODY if value is None else value for value in values], dtype=kind
            )
            array.setflags(write=False)  # slices of one version share it
            arrays[field.name] = array
        return cls(**arrays)


@dataclass(frozen=True)
class CommitmentColumns(Columns):
    """Signed changes of commitments; `investor` is a party."""

    fund: Int
    investor: Int
    amount: Int
    day: Int


@dataclass(frozen=True)
class EntryColumns(Columns):
    """Ledger lines, money into the fund +; `kind` by ENTRY_KINDS, `day` a proleptic day number.

    `fee` by FEE_KINDS is NOBODY where the line is no fee.
    """

    fund: Int
    kind: Int
    amount: Int
    day: Int
    counterparty: Int
    holding: Int
    deal: Int
    inside: Flag
    recallable: Flag
    fee: Int

    def of_kind(self, *kinds: EntryKind) -> Self:
        """The lines of some kinds."""
        return self.where("kind", [ENTRY_KINDS[kind] for kind in kinds])


@dataclass(frozen=True)
class HoldingColumns(Columns):
    """Holdings: a fund's stake in a firm."""

    fund: Int
    company: Int


@dataclass(frozen=True)
class ExitColumns(Columns):
    """Exits; `kind` by EXIT_KINDS, `cost_out` and `transferred` NOBODY where not given."""

    holding: Int
    kind: Int
    day: Int
    amount: Int
    cost_out: Int
    transferred: Int


@dataclass(frozen=True)
class MarkColumns(Columns):
    """Approved marks of whole holdings."""

    holding: Int
    day: Int
    value: Int


@dataclass(frozen=True)
class NavColumns(Columns):
    """Approved reported net asset values; `investor` NOBODY = the whole fund."""

    fund: Int
    day: Int
    value: Int
    investor: Int


@dataclass(frozen=True)
class BalanceColumns(Columns):
    """Filed balances; `item` by BALANCE_ITEMS."""

    fund: Int
    day: Int
    item: Int
    amount: Int


@dataclass(frozen=True)
class DecisionColumns(Columns):
    """Payments of deals with the day they were decided (the pay day where none was given).

    `round` is NOBODY for what was paid outside any round.
    """

    deal: Int
    holding: Int
    decided: Int
    paid: Int
    round: Int


@dataclass(frozen=True)
class IndexColumns(Columns):
    """Levels of benchmark indexes × 1e6, by index and rising day; `index` is a number of the facts' indexes."""

    index: Int
    day: Int
    level: Int
