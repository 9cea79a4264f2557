"""Every table is declared as the book's or as operational, and the book's hold no number that is not whole."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    Enum,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    UniqueConstraint,
)

from funds.models import Base, BookRow, Operational, Revision, Seal, SealLeaf, book_tables

MODELS = [mapper.class_ for mapper in Base.registry.mappers]
SPINE = {Revision, Seal, SealLeaf}
WHOLE = (BigInteger, Integer)
ALLOWED = (*WHOLE, Boolean, Date, Enum, LargeBinary, String)


def test_every_table_is_declared_as_one_or_the_other() -> None:
    both = [m.__name__ for m in MODELS if issubclass(m, BookRow) and issubclass(m, Operational)]
    neither = [m.__name__ for m in MODELS if not issubclass(m, BookRow | Operational) and m not in SPINE]

    assert both == []
    assert neither == []


def test_the_book_is_all_that_is_not_operational() -> None:
    operational = {str(m.local_table) for m in Base.registry.mappers if issubclass(m.class_, Operational)}

    assert {table.name for table in book_tables()} | operational == set(Base.metadata.tables)
    assert operational == {
        "api_request",
        "api_token",
        "form_draft",
        "import_draft",
        "import_layout",
        "invitation",
        "job",
        "job_worker",
        "made_paper",
        "recovery_code",
        "second_factor",
        "secret",
        "sign_in",
        "web_session",
    }


def test_no_column_of_the_book_can_hold_a_fraction() -> None:
    odd = [
        f"{table.name}.{column.name}: {column.type}"
        for table in book_tables()
        for column in table.columns
        if not isinstance(column.type, ALLOWED)
    ]

    assert odd == []


def test_money_shares_and_scaled_values_are_wide_integers() -> None:
    narrow = [
        f"{table.name}.{column.name}"
        for table in book_tables()
        for column in table.columns
        if column.name.endswith(("_fen", "_ppm", "_e6")) and not isinstance(column.type, BigInteger)
    ]

    assert narrow == []


def test_every_replaceable_table_lets_a_row_be_replaced_once() -> None:
    for table in book_tables():
        if "replaces_id" in table.columns:
            once = [index for index in table.indexes if index.name == f"ux_{table.name}_replaces_id"]
            assert [index.unique for index in once] == [True], table.name


def test_every_foreign_key_and_revision_is_indexed() -> None:
    bare = [
        f"{table.name}.{key.parent.name}"
        for table in book_tables()
        for key in table.foreign_keys
        if not _is_indexed(table.name, key.parent.name)
    ]

    assert bare == []


def _is_indexed(table_name: str, column: str) -> bool:
    table = Base.metadata.tables[table_name]
    firsts = {next(iter(index.columns)).name for index in table.indexes}
    keys = [item for item in table.constraints if isinstance(item, UniqueConstraint | PrimaryKeyConstraint)]
    return column in firsts | {next(iter(item.columns)).name for item in keys}
