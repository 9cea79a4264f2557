"""Fixtures for every test: databases of both engines, the browser, counts, and a home of their own."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from zlib import crc32

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page

from dashboard.auth import passwords, recovery
from tests.chromium import WatchedPages, running_browser
from tests.engines import (
    ENGINES,
    Databases,
    PostgresDatabases,
    ServerMissing,
    SqliteDatabases,
    postgres_databases,
)
from tests.memory import scratch_folder
from tests.originals import ORIGINALS
from tests.statements import share_statements

pytest_plugins = ("tests.faults.programme",)
FULL = os.environ.get("FUNDTRACKER_FULL") == "1"
KEPT_VARIABLES = {"FUNDTRACKER_FULL", "FUNDTRACKER_CHROMIUM", "FUNDTRACKER_TEST_PG_URL"}

# A shared machine makes deadlines lie; the small run repeats itself, the full one searches anew.
_BASE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("small", _BASE, max_examples=30, derandomize=True)
settings.register_profile("full", _BASE, max_examples=1000, print_blob=True)
settings.load_profile("full" if FULL else "small")
share_statements()


# What stands on readings and pages is asked of the second engine in the full run: the same rows lead to the same
# figures, and that the rows are the same is asked of both engines below (tests/funds, tests/matrix, tests/races).
ONE_ENGINE = (
    "tests/dashboard/readings",
    "tests/dashboard/cli",
    "tests/dashboard/pages",
    "tests/dashboard/sample",
)
# Of these the small run asks the second engine every sixth test, always the same ones.
MOSTLY_ONE_ENGINE = (
    "tests/funds/recording",
    "tests/funds/queries",
    "tests/funds/rules",
    "tests/funds/intake",
)
SHARE = 6
# What takes longest begins first, so that nobody waits for it at the end.
LONG = (
    "tests/browser",
    "tests/dashboard/api",
    "tests/dashboard/cli",
    "tests/dashboard/server",
    "tests/dashboard/test_quarter",
    "tests/faults",
    "tests/house",
    "tests/matrix",
    "tests/races",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only the full run is for, and begin with what takes longest."""
    if not FULL:
        left_out = [item for item in items if item.get_closest_marker("full") or is_second_engine(item)]
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


def is_second_engine(item: pytest.Item) -> bool:
    """Whether an item asks PostgreSQL what a small run asks of SQLite alone."""
    asked = getattr(item, "callspec", None)
    values = () if asked is None else asked.params.values()
    if not any(isinstance(value, str) and value == "postgresql" for value in values):
        return False
    is_spared = item.nodeid.startswith(MOSTLY_ONE_ENGINE) and crc32(item.nodeid.encode()) % SHARE != 0
    return is_spared or item.nodeid.startswith(ONE_ENGINE)


def pytest_collection_finish() -> None:
    """What was imported stays for good: going through it again and again took a quarter of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.fixture(scope="session", autouse=True)
def home_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Nothing that a test does can reach the book, the settings or the anchor of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("FUNDTRACKER_", "DASH_", "FLASK_"))]:
            if name not in KEPT_VARIABLES:
                patch.delenv(name)
        patch.setenv("HOME", str(home))
        for kind in ("DATA", "STATE", "CONFIG", "CACHE"):
            patch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
        yield home


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> Iterator[None]:
    """Hashes that cost next to nothing: what they cost is a matter of parameters, not of these tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        patch.setattr(recovery, "COST", {"time_cost": 1, "memory_cost": 8, "parallelism": 1})
        passwords._dummy_hash.cache_clear()
        yield
    passwords._dummy_hash.cache_clear()


@pytest.fixture(scope="session")
def full() -> bool:
    """Whether this is the run with the large counts."""
    return FULL


@pytest.fixture(scope="session")
def counts(full: bool) -> Callable[[int, int], int]:
    """`counts(small, large)`: how many times to do something in this run."""
    return lambda small, large: large if full else small


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresDatabases]:
    """The PostgreSQL server of this session; without one a failure under REQUIRE_PG=1, else a skip."""
    try:
        with postgres_databases() as databases:
            yield databases
    except ServerMissing as fault:
        if os.environ.get("REQUIRE_PG") == "1":
            pytest.fail(str(fault))
        pytest.skip(str(fault))


@pytest.fixture(scope="session", autouse=True)
def originals() -> Iterator[None]:
    """What one process of the run filled with a builder, all of them copy."""
    with ORIGINALS.kept():
        yield


@pytest.fixture(scope="session")
def sqlite() -> Iterator[SqliteDatabases]:
    """SQLite files of this session."""
    with scratch_folder("sqlite") as folder:
        yield SqliteDatabases(folder)


@pytest.fixture(params=ENGINES)
def databases(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """Each engine in turn; what a test takes from it is dropped afterwards."""
    engine: Databases = request.getfixturevalue("sqlite" if request.param == "sqlite" else "postgres")
    yield engine
    engine.drop_made()


@pytest.fixture
def engine_url(databases: Databases) -> str:
    """The URL of an empty database, on each engine in turn."""
    return databases.empty()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    try:
        with running_browser() as chromium:
            yield chromium
    except FileNotFoundError as fault:
        pytest.fail(str(fault))


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`open_page(width, height, dark=…, locale=…)`; the test fails if a page asked any other machine."""
    pages = WatchedPages(browser)
    yield pages.open
    pages.close()
    assert pages.outside == [], "the page asked other machines"


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """One page at 1440 × 900."""
    return open_page()
