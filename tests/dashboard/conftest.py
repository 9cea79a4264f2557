"""Fixtures for what is served: a book of one's own and a demo, on SQLite, each with an application."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from dashboard.auth import passwords
from tests.dashboard.serving import Served, build_demo, build_own, serve
from tests.engines import SqliteDatabases


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> Iterator[None]:
    """Hashes that cost next to nothing: what they cost is a matter of parameters, not of these tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        passwords._dummy_hash.cache_clear()
        yield
    passwords._dummy_hash.cache_clear()


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
