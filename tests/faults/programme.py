"""The fault programme as pytest runs it: one seed for all of it, and one table of figures at its end."""

import os
from collections.abc import Iterator

import pytest

from tests.faults.table import MARK, gather, list_missing, settle_seed, tell_steps, write_table


def pytest_configure(config: pytest.Config) -> None:
    """Settle the seed before any process of the run is started."""
    if is_asked_for(config):
        settle_seed()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each report say of which step it is."""
    tell_steps(items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table."""
    if not is_asked_for(config):
        return
    terminalreporter.section("the fault programme")
    for line in write_table(gather(list_reports(terminalreporter)), is_whole(config)):
        terminalreporter.write_line(line)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A kind of fault that nothing was about makes a whole run fail."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not is_whole(session.config) or hasattr(session.config, "workerinput"):
        return
    lines = gather(list_reports(reporter))
    if session.exitstatus == pytest.ExitCode.OK and list_missing(lines):
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

