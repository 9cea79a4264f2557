"""One application for all tests of the load; they read what it says of its callbacks and change nothing."""

from collections.abc import Iterator

import pytest

from tests.dashboard.serving import Served, build_own, serve
from tests.engines import SqliteDatabases


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An application over a book of one's own."""
    folder = tmp_path_factory.mktemp("load")
    made = serve(SqliteDatabases(folder).copy_of("served own", build_own), folder)
    yield made
    made.book.close()
