"""What is kept of each table: its columns as numbers, and how the database makes numbers of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    Float,
    Integer,
    Select,
    String,
    case,
    cast,
    func,
    literal_column,
    select,
)

from funds.models import BookRow
from funds.queries.columns import NOBODY, Columns
from funds.queries.memory.growing import Width

Number = ColumnElement[Any]
NONE: Number = literal_column(str(NOBODY))
ZERO: Number = literal_column("0")
DAY_ONE = 1721424.5  # the Julian day before day 1 of the Gregorian calendar as Python counts it
DAY_BITS = 22


@dataclass(frozen=True)
class KeptColumn:
    """One column: where it comes from, and how many bits hold it where it may share a number with others.

    `names` says which number stands for which text.
    """

    name: str
    of: Any
    is_id: bool = False
    is_day: bool = False
    is_flag: bool = False
    names: Mapping[str, int] | None = None
    width: Width = np.int8

    @property
    def bits(self) -> int | None:
        """Days, kinds and flags are small; ids and amounts may be anything."""
        if self.is_day:
            return DAY_BITS
        if self.is_flag:
            return 1
        return None if self.names is None else len(self.names).bit_length()

    def as_number(self, engine: str) -> Number:
        """The column as a whole number, nothing as NOBODY; what shares a number starts at 0."""
        if self.is_day:
            return _day_number(self.of, engine)
        if self.is_flag:
            return cast(self.of, Integer)
        if self.names is not None:
            whens: dict[str, Number] = {
                name: literal_column(str(number + 1)) for name, number in self.names.items()
            }
            return case(whens, value=cast(self.of, String), else_=literal_column("0")) if whens else ZERO
        return func.coalesce(self.of, NONE)

    @property
    def base(self) -> int:
        """What the number for nothing is counted from: a kind that is absent is 0 in the database's number."""
        return 1 if self.names is not None else 0


def id_of(name: str, column: Any) -> KeptColumn:
    """A column of ids."""
    return KeptColumn(name, column, is_id=True)


def amount_of(name: str, column: Any) -> KeptColumn:
    """A column of fen or millionths, in full width."""
    return KeptColumn(name, column, width=np.int64)


def day_of(name: str, column: Any) -> KeptColumn:
    """A column of days."""
    return KeptColumn(name, column, is_day=True)


def flag_of(name: str, column: Any) -> KeptColumn:
    """A column of yes and no."""
    return KeptColumn(name, column, is_flag=True)


def kind_of(name: str, column: Any, names: Mapping[Any, int]) -> KeptColumn:
    """A column of texts out of a list."""
    return KeptColumn(name, column, names={str(text): number for text, number in names.items()})


@dataclass(frozen=True)
class TableSpec:
    """One table as it is kept: every row of it is read, and those that can ever be seen are kept.

    `day` is the column that an as-of day is compared with, `order` what its rows are sorted by before their
    id. `joins` are tables whose rows come no later than its own.
    """

    model: type[BookRow]
    columns: tuple[KeptColumn, ...]
    made: type[Columns] | None = None
    joins: tuple[tuple[Any, Any], ...] = ()
    day: str | None = None
    order: tuple[str, ...] = ()
    can_be_seen: Any = None
    indexed: str | None = None
    statements: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def name(self) -> str:
        """The table's name in the book."""
        return self.model.__tablename__

    @property
    def width(self) -> int:
        """How many numbers a row is read as."""
        return 4 + len(self.wide)

    def statement(self, connection: Connection, after: int, version: int) -> str:
        """The query of the rows that were written after one version up to another, by revision and id."""
        engine = connection.dialect.name
        if engine not in self.statements:
            # Making the text takes longer than reading a few rows, so that it is kept.
            query = self.query(engine).compile(connection, compile_kwargs={"literal_binds": True})
            self.statements[engine] = str(query)
        begun = f"{self.name}.revision_id > {int(after)} AND " if after else ""
        return (
            f"{self.statements[engine]} WHERE {begun}{self.name}.revision_id <= {int(version)} "
            f"ORDER BY {self.name}.revision_id, {self.name}.id"
        )

    def query(self, engine: str) -> Select[*tuple[Any, ...]]:
        """id, revision, what it replaces, all small columns in one number, then the others one by one."""
        row: Any = self.model
        replaces = getattr(row, "replaces_id", None)
        wide = [column.as_number(engine) for column in self.wide]
        parts = [
            row.id,
            row.revision_id,
            NONE if replaces is None else func.coalesce(replaces, NONE),
            self._pack(engine),
            *wide,
        ]
        query = select(*[cast(part, BigInteger) for part in parts] if engine == "postgresql" else parts)
        query = query.select_from(row)
        for table, condition in self.joins:
            query = query.join(table, condition)
        return query

    @property
    def wide(self) -> tuple[KeptColumn, ...]:
        """The columns that need a number of their own."""
        return tuple(column for column in self.columns if column.bits is None)

    @property
    def small(self) -> tuple[KeptColumn, ...]:
        """The columns that share a number, from its second bit on."""
        return tuple(column for column in self.columns if column.bits is not None)

    def _pack(self, engine: str) -> Number:
        """Whether the row can be seen, and all small columns."""
        seen: Number = literal_column("1")
        conditions = [] if not hasattr(self.model, "withdrawn") else [self.model.withdrawn.is_(False)]
        conditions += [] if self.can_be_seen is None else [self.can_be_seen]
        for condition in conditions:
            seen = case((condition, seen), else_=ZERO)
        packed: Number = cast(seen, BigInteger)
        shift = 1
        for column in self.small:
            packed = packed + cast(column.as_number(engine), BigInteger) * literal_column(str(1 << shift))
            shift += column.bits or 0
        return packed


def unpack(spec: TableSpec, packed: Any) -> Mapping[str, Any]:
    """The small columns out of the number that they share."""
    found, shift = {}, 1
    for column in spec.small:
        bits = column.bits or 0
        found[column.name] = ((packed >> shift) & ((1 << bits) - 1)) - column.base
        shift += bits
    return found


def _day_number(column: Any, engine: str) -> Number:
    if engine == "postgresql":
        days: Number = column - literal_column("DATE '0001-01-01'", Date) + literal_column("1")
        return days
    return cast(func.julianday(column, type_=Float) - literal_column(str(DAY_ONE)), Integer)
