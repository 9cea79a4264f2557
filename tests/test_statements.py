"""Statements compiled once for all engines of a kind."""

from pathlib import Path

from sqlalchemy import Engine, create_engine, literal, select

from tests.engines import PostgresDatabases
from tests.statements import MOST, SharedStatements


def ask(engine: Engine, number: int, shared: SharedStatements) -> object:
    """The number back, by a statement that is the same but for it."""
    try:
        with engine.connect() as connection:
            connection.execution_options(compiled_cache=shared)
            return connection.execute(select(literal(number).label("number"))).scalar_one()
    finally:
        engine.dispose()


def test_a_second_engine_compiles_nothing_and_keeps_its_own_values(tmp_path: Path) -> None:
    shared = SharedStatements()
    answers = [ask(create_engine(f"sqlite:///{tmp_path / str(n)}"), n, shared) for n in (1, 2)]
    assert (answers, len(shared)) == ([1, 2], 1)


def test_each_kind_of_database_has_statements_of_its_own(postgres: PostgresDatabases) -> None:
    shared = SharedStatements()
    assert ask(create_engine("sqlite://"), 1, shared) == 1
    assert ask(create_engine(postgres.empty()), 2, shared) == 2
    postgres.drop_made()
    assert len(shared) == 2


def test_the_cache_does_not_grow_for_ever() -> None:
    shared, dialect = SharedStatements(), create_engine("sqlite://").dialect
    dialect.server_version_info = (3,)
    for number in range(MOST + 1):
        shared[dialect, number] = number
    assert len(shared) == 1
    assert shared.get((dialect, MOST)) == MOST
