"""One served city for every test of a page that only looks."""

from collections.abc import Iterator

import pytest

from tests.browser.city import build_city, serve_city
from tests.dashboard.serving import Served
from tests.engines import SqliteDatabases


@pytest.fixture(scope="session")
def still_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The made-up city; a test that changed it would spoil the others and fails here."""
    folder = tmp_path_factory.mktemp("still")
    # In a folder of its own: other tests throw away the copies that they made.
    with serve_city(SqliteDatabases(folder).copy_of("made-up city", build_city), folder) as served:
        head = served.book.head()
        yield served
        assert served.book.head() == head
