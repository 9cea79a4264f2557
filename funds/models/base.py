"""What every table of the book shares: ids, the revision that wrote a row, and how rows replace each other."""

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Boolean, Enum, ForeignKey, Index, Integer, MetaData, String, Table, text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite makes a column its row id only when it is declared INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")
Fen = BigInteger
Ppm = BigInteger
Micro = BigInteger
Code = String(64)
Name = String(200)
Text = String(2000)


def kind_of(enum: type[StrEnum]) -> Enum:
    """A text column with a CHECK that repeats the enum's values."""
    return Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
        name=enum.__name__.lower(),
    )


class Base(DeclarativeBase):
    """All tables; `Base.metadata` is the shape that the migrations build."""

    metadata = MetaData(naming_convention=CONVENTION)


class BookRow:
    """A row of a book table: append-only, hashed, verified and exported."""

    if TYPE_CHECKING:
        __tablename__: str  # each table names itself

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)

    @declared_attr
    def revision_id(cls) -> Mapped[int]:
        """The change that wrote the row."""
        return mapped_column(Id, ForeignKey("revision.id"), index=True)

    # Where the row came from within its revision's source, as `投资!14`.
    origin: Mapped[str | None] = mapped_column(String(100))


class Replaceable(BookRow):
    """A row that a later row may replace (`replaces_id`) or withdraw (a copy with `withdrawn`)."""

    withdrawn: Mapped[bool] = mapped_column(Boolean, default=False, server_default=text("false"))

    @declared_attr
    def replaces_id(cls) -> Mapped[int | None]:
        """The row of the same table that this one replaces."""
        return mapped_column(Id, ForeignKey(f"{cls.__tablename__}.id"))

    @declared_attr.directive
    def __table_args__(cls) -> tuple[object, ...]:
        return replaced_once(cls.__tablename__)


def table_of(model: type[BookRow]) -> Table:
    """The table behind a model."""
    return Base.metadata.tables[model.__tablename__]


def replaced_once(table: str) -> tuple[Index]:
    """The index that keeps any row from being replaced twice."""
    only = text("replaces_id IS NOT NULL")
    return (
        Index(
            f"ux_{table}_replaces_id", "replaces_id", unique=True, sqlite_where=only, postgresql_where=only
        ),
    )


class Operational:
    """A row that the program may change and forget; not hashed and no part of any figure."""
