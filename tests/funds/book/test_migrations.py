"""One set of migrations makes the same book on both engines, whole or not at all."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

import migrations
from funds.book import Book, found_book, missing_guards
from funds.book.engine import open_engine
from funds.kinds import BookKind
from funds.models import Base
from tests.engines import Databases
from tests.faults.kinds import Kind, fault
from tests.funds.book.sample_book import build_sample

ROOT = Path(__file__).parents[3]
# Upgrades, and stops for good between the last table and the guards.
STUCK = """
import sys, time
import migrations
from funds.book.engine import open_engine
def stop(connection):
    print("middle", flush=True)
    time.sleep(600)
migrations.install_guards = stop
migrations.upgrade(open_engine(sys.argv[1]))
"""


@pytest.fixture
def engine(engine_url: str) -> Iterator[Engine]:
    """An empty database, on each engine in turn."""
    engine = open_engine(engine_url)
    yield engine
    engine.dispose()


def shape_of(engine: Engine) -> list[tuple[object, ...]]:
    """Everything that the database says of its own shape, by name."""
    query = "SELECT type, name, sql FROM sqlite_master"
    if engine.dialect.name == "postgresql":
        query = (
            "SELECT 'column', table_name || '.' || column_name, data_type FROM information_schema.columns "
            "WHERE table_schema = 'public' UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes "
            "WHERE schemaname = 'public' UNION ALL "
            "SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
        )
    with engine.connect() as connection:
        return sorted((tuple(row) for row in connection.execute(text(query))), key=repr)


def test_there_is_one_head() -> None:
    script = ScriptDirectory.from_config(migrations.configure())
    assert script.get_heads() == [migrations.head_revision()]
    assert script.get_bases() == ["0001"]


def test_an_upgrade_makes_a_book_that_is_ready(engine: Engine) -> None:
    assert migrations.current_revision(engine) is None
    migrations.upgrade(engine)
    assert migrations.current_revision(engine) == migrations.head_revision()
    book = Book(engine.url.render_as_string(hide_password=False))
    book.check_ready()
    found_book(book, BookKind.OWN, "示例市")
    book.close()


def test_upgrading_again_changes_nothing(engine: Engine) -> None:
    migrations.upgrade(engine)
    before = shape_of(engine)
    migrations.upgrade(engine)
    assert shape_of(engine) == before


def test_the_migrations_and_the_models_do_not_drift_apart(engine: Engine) -> None:
    migrations.upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_drift_would_be_seen(engine: Engine) -> None:
    migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE party ADD COLUMN nickname VARCHAR(10)"))
        connection.execute(text("DROP INDEX ix_entry_fund_id"))
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert sorted(str(difference[0]) for difference in found) == ["add_index", "remove_column"]


def test_an_upgrade_that_raises_leaves_nothing_and_can_be_repeated(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = shape_of(engine)
    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr(migrations, "install_guards", lambda connection: 1 // 0)
        migrations.upgrade(engine)
    assert shape_of(engine) == empty
    assert migrations.current_revision(engine) is None
    assert_ready_after_upgrade(engine)


@fault("F4", Kind.MIGRATION_KILLED)
def test_an_upgrade_that_is_killed_leaves_nothing_and_can_be_repeated(engine: Engine) -> None:
    empty = shape_of(engine)
    url = engine.url.render_as_string(hide_password=False)
    process = subprocess.Popen(
        [sys.executable, "-c", STUCK, url], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "middle\n"
    process.kill()
    process.communicate(timeout=30)
    assert_ready_after_upgrade(engine, empty)


def assert_ready_after_upgrade(engine: Engine, empty: list[tuple[object, ...]] | None = None) -> None:
    """The database is as it was before, and the next upgrade goes through."""
    if empty is not None:
        assert shape_of(engine) == empty
        assert migrations.current_revision(engine) is None
    migrations.upgrade(engine)
    with engine.connect() as connection:
        assert missing_guards(connection) == []
    assert migrations.current_revision(engine) == migrations.head_revision()


def test_an_empty_book_can_go_back_to_nothing_and_forth_again(engine: Engine) -> None:
    migrations.upgrade(engine)
    before = shape_of(engine)
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        command.downgrade(migrations.configure(connection), "base")
    with engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    migrations.upgrade(engine)
    assert shape_of(engine) == before


def test_a_way_back_that_would_cost_rows_of_the_book_is_refused(databases: Databases) -> None:
    engine = open_engine(databases.copy_of("sample city", build_sample))
    before = shape_of(engine)
    with pytest.raises(migrations.RowsWouldGo):
        migrations.downgrade(engine, "0009")
    assert shape_of(engine) == before
    assert migrations.current_revision(engine) == migrations.head_revision()
    engine.dispose()


def test_a_book_of_the_first_shape_keeps_its_people_sessions_and_log(engine: Engine) -> None:
    migrations.upgrade(engine, "0001")
    book = Book(engine.url.render_as_string(hide_password=False))
    found_book(book, BookKind.OWN, "示例市")
    old = {
        "INSERT INTO secret VALUES (1, 'hash', '2026-01-01T00:00:00.000000Z')",
        "INSERT INTO web_session VALUES ('digest', 1, '2026-01-01', '2026-01-01', NULL)",
        "INSERT INTO sign_in (login, address, tried_at, succeeded) VALUES ('a', 'b', '2026-01-01', true)",
    }
    with book.keep() as connection:
        for statement in old:
            connection.execute(text(statement))
    head = book.head()
    migrations.upgrade(engine)
    book.check_ready()
    assert book.head() == head
    with engine.connect() as connection:
        counts = [
            connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in ("secret", "web_session", "sign_in", "second_factor", "recovery_code", "invitation")
        ]
        kept = connection.execute(text("SELECT login, event, detail FROM sign_in")).one()
    assert counts == [1, 1, 1, 0, 0, 0]
    assert tuple(kept) == ("a", None, None)
    book.close()
