"""Fixtures for the server: an application with pages that hold a canary."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dashboard.server.pages_for_tests import TEST_PAGES
from tests.dashboard.serving import Served, serve


@pytest.fixture
def canary(own_url: str, tmp_path: Path) -> Iterator[Served]:
    """An application whose pages and callbacks would show a canary."""
    made = serve(own_url, tmp_path, TEST_PAGES)
    yield made
    made.book.close()
