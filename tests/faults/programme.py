"""The fault programme as pytest runs it: one seed for all of it, and one table of figures at its end."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import core

from tests.faults.table import MARK, gather, list_gaps, settle_seed, tell_steps, write_table

LONGEST = ("Z5", "F8", "Z2", "Z4", "F3", "F2", "F4", "F1", "F10", "F9", "Z7")
BEFORE_THE_DATABASE = ("Z2", "Z4")
# The line by which a file of tests says that some of them are steps of the programme.
IMPORTED = "from tests.faults.kinds import"


def pytest_configure(config: pytest.Config) -> None:
    """Settle the seed before any process of the run is started; Hypothesis draws from it too."""
    if is_asked_for(config):
        core.global_force_seed = settle_seed()  # type: ignore[assignment]  # a number or None


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Files that are about no fault need not be read: going through all of them takes longer than most steps."""
    if not is_asked_for(config) or not collection_path.name.startswith("test_"):
        return None
    return IMPORTED not in collection_path.read_text(encoding="utf-8") or None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let each report say of which step it is; in a run of the programme what takes longest comes first."""
    tell_steps(items)
    if is_asked_for(config):
        left_out = [item for item in items if is_asked_once(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = arrange([item for item in items if item not in left_out])


def arrange(items: list[pytest.Item]) -> list[pytest.Item]:
    """The items file by file, those of the longest steps first, so that two lanes end together."""
    places: dict[str, int] = {}
    for item in items:
        step = step_of(item)
        place = LONGEST.index(step) if step in LONGEST else len(LONGEST)
        file = item.nodeid.partition("::")[0]
        places[file] = min(place, places.get(file, place))
    return sorted(items, key=lambda item: places[item.nodeid.partition("::")[0]])


def is_asked_once(item: pytest.Item) -> bool:
    """Whether an item sends to PostgreSQL once more what is refused long before any database is asked."""
    asked = getattr(item, "callspec", None)
    return (
        step_of(item) in BEFORE_THE_DATABASE and asked is not None and "postgresql" in asked.params.values()
    )


def step_of(item: pytest.Item) -> str:
    """The step of the programme to which a test belongs."""
    mark = item.get_closest_marker(MARK)
    return str(mark.kwargs.get("step", "")) if mark else ""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table."""
    if not is_asked_for(config):
        return
    terminalreporter.section("the fault programme")
    for line in write_table(gather(list_reports(terminalreporter)), is_whole(config)):
        terminalreporter.write_line(line)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Too few kills, or a kind of fault that nothing was about, make a whole run fail."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not is_whole(session.config) or hasattr(session.config, "workerinput"):
        return
    lines = gather(list_reports(reporter))
    if session.exitstatus == pytest.ExitCode.OK and list_gaps(lines):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def list_reports(reporter: pytest.TerminalReporter) -> Iterator[pytest.TestReport]:
    """The reports of every test, of its set-up too."""
    for reports in reporter.stats.values():
        yield from (report for report in reports if isinstance(report, pytest.TestReport))


def is_asked_for(config: pytest.Config) -> bool:
    """Whether the programme alone is run."""
    return str(config.option.markexpr) == MARK


def is_whole(config: pytest.Config) -> bool:
    """Whether all of it is run, with the large counts."""
    is_full = os.environ.get("FUNDTRACKER_FULL") == "1"
    is_picked = bool(config.option.keyword) or config.args != config.getini("testpaths")
    return is_asked_for(config) and is_full and not is_picked and not config.option.collectonly
