"""Empty or prepared databases of both engines, handed out as SQLAlchemy URLs and dropped after use."""

import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import psycopg
from sqlalchemy import URL, make_url

from tests.clusters import ClusterFailed, find_binaries, running_cluster
from tests.originals import ORIGINALS, Build

ENGINES = ("sqlite", "postgresql")
SERVER_VARIABLE = "FUNDTRACKER_TEST_PG_URL"
# The owner makes and migrates a book, the app role owns nothing and is what row-level security binds.
OWNER_ROLE = "fundtracker_test_owner"
APP_ROLE = "fundtracker_test_app"
_PASSWORD = "only-for-tests"
_MISSING = (
    "no PostgreSQL server to test on: install the development lock (it holds one), or postgresql from the "
    f"system's packages, or set {SERVER_VARIABLE} to the URL of a superuser"
)


class ServerMissing(Exception):
    """There is no PostgreSQL server to test on; the text says how to get one."""


class Databases(Protocol):
    """One engine that makes databases for tests."""

    def empty(self) -> str:
        """The URL of a new empty database."""

    def copy_of(self, name: str, build: Build) -> str:
        """The URL of a new copy of a database that `build` fills once per session.

        `build` gets the URL of an empty database and leaves no connection open.
        """

    def drop_made(self) -> None:
        """Drop everything handed out since the last call; prepared originals stay."""


@dataclass
class SqliteDatabases:
    """SQLite files in one folder."""

    folder: Path
    originals: dict[str, Path] = field(default_factory=dict)

    def empty(self) -> str:
        return _sqlite_url(self._new_file())

    def copy_of(self, name: str, build: Build) -> str:
        if name not in self.originals:
            self.originals[name] = ORIGINALS.find(name, build) or self._build(build)
        original, copy = self.originals[name], self._new_file()
        with closing(sqlite3.connect(original)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        return _sqlite_url(copy)

    def drop_made(self) -> None:
        kept = {path.parent for path in self.originals.values()}
        for folder in set(self.folder.glob("book-*")) - kept:
            shutil.rmtree(folder, ignore_errors=True)

    def _build(self, build: Build) -> Path:
        fresh = self._new_file()
        build(_sqlite_url(fresh))
        return fresh

    def _new_file(self) -> Path:
        folder = self.folder / f"book-{secrets.token_hex(4)}"
        folder.mkdir(parents=True)
        return folder / "book.sqlite3"


def _sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


@dataclass
class PostgresDatabases:
    """Databases of one server, made as its superuser and owned by a role that is none."""

    superuser_url: URL
    made: list[str] = field(default_factory=list)
    originals: dict[str, str] = field(default_factory=dict)

    def empty(self) -> str:
        return self.url(self._create("template0"), OWNER_ROLE)

    def copy_of(self, name: str, build: Build) -> str:
        if name not in self.originals:
            original = self._create("template0")
            self.made.remove(original)
            build(self.url(original, OWNER_ROLE))
            self.originals[name] = original
        return self.url(self._create(self.originals[name]), OWNER_ROLE)

    def drop_made(self) -> None:
        while self.made:
            self._drop(self.made.pop())

    def drop_all(self) -> None:
        """Drop the prepared originals too, at the end of a session on a server that is not ours."""
        self.made.extend(self.originals.values())
        self.originals.clear()
        self.drop_made()

    def url(self, database: str, role: str) -> str:
        """The URL of a database for one of the two roles."""
        url = self.superuser_url.set(database=database, username=role, password=_PASSWORD)
        return url.render_as_string(hide_password=False)

    def as_app(self, url: str) -> str:
        """The same database for the role that owns nothing."""
        return self.url(str(make_url(url).database), APP_ROLE)

    def as_superuser(self, url: str) -> str:
        """The same database for the one who may do anything behind the program's back."""
        database = make_url(url).database
        return self.superuser_url.set(database=database).render_as_string(hide_password=False)

    def make_roles(self) -> None:
        """The two roles, unless an earlier session left them on this server."""
        with self._connected() as connection:
            for role in (OWNER_ROLE, APP_ROLE):
                if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                    connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{_PASSWORD}'")
            connection.execute(f"GRANT {OWNER_ROLE} TO CURRENT_USER")

    def _create(self, template: str) -> str:
        database = f"fundtracker_test_{secrets.token_hex(6)}"
        with self._connected() as connection:
            connection.execute(
                f"CREATE DATABASE {database} OWNER {OWNER_ROLE} TEMPLATE {template} STRATEGY file_copy"
            )
        self.made.append(database)
        return database

    def _drop(self, database: str) -> None:
        with self._connected() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection]:
        url = self.superuser_url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            yield connection


@contextmanager
def postgres_databases() -> Iterator[PostgresDatabases]:
    """The server named by the environment, else a cluster of our own; ServerMissing where there is none."""
    given = os.environ.get(SERVER_VARIABLE)
    if given:
        yield from _serving(PostgresDatabases(make_url(given)))
        return
    binaries = find_binaries()
    if binaries is None:
        raise ServerMissing(_MISSING)
    with running_cluster(binaries) as cluster:
        yield from _serving(PostgresDatabases(make_url(cluster.url("postgres"))))


def _serving(databases: PostgresDatabases) -> Iterator[PostgresDatabases]:
    try:
        databases.make_roles()
    except psycopg.OperationalError as fault:
        raise ClusterFailed(f"cannot use {databases.superuser_url!r}: {fault}") from fault
    try:
        yield databases
    finally:
        databases.drop_all()
