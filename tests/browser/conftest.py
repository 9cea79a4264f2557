"""Fixtures of the browser tests: one served city for all that only look, and one's own for what changes it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from funds.book.app_role import admit_role
from funds.book.engine import open_engine
from tests.browser.city import build_city, serve_city
from tests.browser.desk import Desk, open_desk
from tests.browser.visits import running
from tests.dashboard.serving import Served
from tests.engines import APP_ROLE, PostgresDatabases, SqliteDatabases


@pytest.fixture(scope="session")
def city_at(sqlite: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the made-up city, served once; nobody changes anything there."""
    folder = tmp_path_factory.mktemp("city")
    # In a folder of its own: other tests throw away the copies that they made.
    url = SqliteDatabases(folder, dict(sqlite.originals)).copy_of("made-up city", build_city)
    with serve_city(url, folder) as served, running(served) as address:
        yield address


@pytest.fixture
def own_city(sqlite: SqliteDatabases, tmp_path: Path) -> Iterator[Served]:
    """A city of one's own, whose clock may be moved and whose pages may fail."""
    with serve_city(sqlite.copy_of("made-up city", build_city), tmp_path) as served:
        yield served
    sqlite.drop_made()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.full)])
def either_city(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    """A city of one's own on each engine; on PostgreSQL served as the role that owns nothing."""
    if request.param == "sqlite":
        yield request.getfixturevalue("own_city")
        return
    postgres: PostgresDatabases = request.getfixturevalue("postgres")
    url = postgres.copy_of("made-up city", build_city)
    engine = open_engine(url)
    admit_role(engine, APP_ROLE)
    engine.dispose()
    with serve_city(postgres.as_app(url), tmp_path) as served:
        yield served
    postgres.drop_made()


@pytest.fixture(scope="module")
def desk(browser: Browser, city_at: str) -> Iterator[Desk]:
    """A browser at which the commission has signed in, for all tests of a module."""
    with open_desk(browser, city_at) as made:
        yield made
        assert made.outside == [], "a page asked other machines"
