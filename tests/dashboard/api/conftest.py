"""Fixtures for the API: one served city to read from, and one of its own for tests that write."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dashboard.api.programs import Programs, build_trail_city, serve_programs
from tests.engines import SqliteDatabases


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programs]:
    """A served city that nobody writes to."""
    folder = tmp_path_factory.mktemp("api")
    made = serve_programs(SqliteDatabases(folder).copy_of("trail city", build_trail_city), folder)
    yield made
    made.book.close()


@pytest.fixture
def desk(sqlite: SqliteDatabases, tmp_path: Path) -> Iterator[Programs]:
    """A served city of one's own."""
    made = serve_programs(sqlite.copy_of("trail city", build_trail_city), tmp_path)
    yield made
    made.book.close()
    sqlite.drop_made()
