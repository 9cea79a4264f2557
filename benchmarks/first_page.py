"""What a browser with nothing kept fetches for the first page: bytes over the wire, and nothing from outside."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.books import copy_book, sample_city
from benchmarks.race import Row
from tests.browser.demo_server import Demo
from tests.browser.measure import measure
from tests.chromium import running_browser

MOST_BYTES = 3_000_000


def rows() -> Iterator[Row]:
    """All rows of this job: the demo as it is served, in a browser of its own."""
    with tempfile.TemporaryDirectory() as folder:
        demo = Demo(Path(folder))
        (demo.folder / "demo").mkdir()
        copy_book(sample_city(), demo.folder / "demo" / "demo.sqlite3")
        with demo.serve() as address, running_browser() as browser:
            found = measure(browser, address, "/")
    size, again = found.cold_bytes, found.warm_bytes
    told = f"{found.requests} requests; the second time {again / 1e6:.2f} MB"
    yield Row("first page over the wire", f"{size / 1e6:.2f} MB", told, None, "≤ 3 MB", size <= MOST_BYTES)
    times = f"{found.cold_ms:,.0f} ms, the second time {found.warm_ms:,.0f} ms"
    yield Row("first page: until its first number", times, "", None, "", None)
    is_own = found.outside == 0
    yield Row("first page: requests to other machines", f"{found.outside}", "", None, "0", is_own)
