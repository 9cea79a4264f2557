"""Databases for tests: empty, apart from one another, copied fast, owned by a role without special rights."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, make_url, text

from tests import engines
from tests.clusters import running_cluster, wheel_binaries
from tests.engines import (
    APP_ROLE,
    OWNER_ROLE,
    Databases,
    PostgresDatabases,
    ServerMissing,
    postgres_databases,
)


def run(url: str, *statements: str) -> list[object]:
    """Run statements in one transaction and give the first column of the last one's rows."""
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            results = [connection.execute(text(statement)) for statement in statements]
            return [row[0] for row in results[-1]] if results[-1].returns_rows else []
    finally:
        engine.dispose()


def tables_of(url: str) -> list[str]:
    engine = create_engine(url)
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


def fill(url: str) -> None:
    run(url, "CREATE TABLE fund (id INTEGER PRIMARY KEY)", "INSERT INTO fund VALUES (7)")


def test_a_database_is_empty_and_takes_a_table(engine_url: str) -> None:
    assert tables_of(engine_url) == []
    fill(engine_url)
    assert run(engine_url, "SELECT id FROM fund") == [7]


def test_two_databases_of_one_test_are_apart(databases: Databases) -> None:
    one, other = databases.empty(), databases.empty()
    fill(one)
    assert tables_of(other) == []


def test_a_copy_is_built_once_and_changes_alone(databases: Databases) -> None:
    built: list[str] = []

    def build(url: str) -> None:
        built.append(url)
        fill(url)

    first = databases.copy_of("one fund", build)
    run(first, "INSERT INTO fund VALUES (8)")
    second = databases.copy_of("one fund", build)
    assert len(built) == 1
    assert run(first, "SELECT id FROM fund ORDER BY id") == [7, 8]
    assert run(second, "SELECT id FROM fund ORDER BY id") == [7]


def test_dropping_keeps_the_original_of_copies(databases: Databases) -> None:
    copy = databases.copy_of("dropped copies", fill)
    databases.drop_made()
    again = databases.copy_of("dropped copies", lambda url: pytest.fail(f"built twice: {url}"))
    assert again != copy
    assert run(again, "SELECT id FROM fund") == [7]


def test_a_dropped_file_is_gone(sqlite: Databases) -> None:
    path = Path(str(make_url(sqlite.empty()).database))
    path.touch()
    sqlite.drop_made()
    assert not path.exists()


def test_the_owner_has_no_special_rights_and_the_app_owns_nothing(postgres: PostgresDatabases) -> None:
    url = postgres.empty()
    fill(url)
    special = "SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
    for role, url_of_role in ((OWNER_ROLE, url), (APP_ROLE, postgres.as_app(url))):
        assert run(url_of_role, "SELECT current_user") == [role]
        assert run(url_of_role, special) == [False]
    assert run(postgres.as_superuser(url), special) == [True]
    with pytest.raises(Exception, match="permission denied"):
        run(postgres.as_app(url), "SELECT id FROM fund")
    postgres.drop_made()


def test_a_server_named_by_the_environment_is_used_and_left_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = wheel_binaries()
    assert wheel is not None
    names = "SELECT datname FROM pg_database WHERE datname LIKE 'fundtracker_test_%'"
    with running_cluster(wheel) as cluster:
        monkeypatch.setenv(engines.SERVER_VARIABLE, cluster.url("postgres"))
        for _session in range(2):
            with postgres_databases() as databases:
                fill(databases.empty())
                databases.copy_of("kept", fill)
                assert len(run(cluster.url("postgres"), names)) == 3
            assert run(cluster.url("postgres"), names) == []


def test_no_server_is_said_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(engines.SERVER_VARIABLE, raising=False)
    monkeypatch.setattr(engines, "find_binaries", lambda: None)
    with pytest.raises(ServerMissing, match="install the development lock"), postgres_databases():
        pass


def test_counts_follow_the_run(counts: Callable[[int, int], int], full: bool) -> None:
    assert counts(3, 300) == (300 if full else 3)
