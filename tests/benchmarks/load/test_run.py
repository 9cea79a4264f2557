"""A handful of people before a real server for a few seconds: all of it holds but the times."""

import pytest

from benchmarks.load.run import Load, rows


@pytest.mark.full
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_nothing_fails_and_nothing_is_lost(engine: str) -> None:
    found = {row.job.rpartition(": ")[2]: row for row in rows(Load(people=6, seconds=8.0, engines=(engine,)))}
    for name in ("unexplained failures", "writes acknowledged", "verify --all afterwards"):
        assert found[name].met is True, found[name]
