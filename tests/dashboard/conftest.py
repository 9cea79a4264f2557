"""Fixtures for what is served: a book of one's own and a demo, on SQLite, each with an application."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dashboard.serving import Served, build_demo, build_own, serve
from tests.engines import SqliteDatabases


@pytest.fixture
def own_url(sqlite: SqliteDatabases) -> Iterator[str]:
    """A book of one's own with people in it."""
    yield sqlite.copy_of("served own", build_own)
    sqlite.drop_made()


@pytest.fixture
def demo_url(sqlite: SqliteDatabases) -> Iterator[str]:
    """A demo book with its three identities."""
    yield sqlite.copy_of("served demo", build_demo)
    sqlite.drop_made()


@pytest.fixture
def served(own_url: str, tmp_path: Path) -> Iterator[Served]:
    """An application over a book of one's own."""
    made = serve(own_url, tmp_path)
    yield made
    made.book.close()


@pytest.fixture
def served_demo(demo_url: str, tmp_path: Path) -> Iterator[Served]:
    """An application over a demo book."""
    made = serve(demo_url, tmp_path)
    yield made
    made.book.close()
