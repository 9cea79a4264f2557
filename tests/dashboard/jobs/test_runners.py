"""A process is known by where it runs, its number and its beginning, and nothing else is taken for it."""

import os

import pytest

from dashboard.jobs.runners import is_here, is_running, name_runner


def test_a_runner_is_this_process_and_no_later_one_of_the_same_number() -> None:
    own = name_runner()
    place, number = own.rpartition("/")[0], os.getpid()
    assert is_running(own)
    others = (f"{place}/{number}.", f"{place}/{number}.1", f"{place}/999999999.5", f"{place}/x.1")
    assert all(map(is_here, others))
    assert not any(map(is_running, others))


@pytest.mark.parametrize("runner", [None, "", "elsewhere:pid/1.1"])
def test_of_another_machine_it_cannot_be_seen_whether_it_runs(runner: str | None) -> None:
    assert not is_here(runner)
    assert not is_running(runner)


def test_a_process_that_is_dead_and_not_buried_runs_no_more() -> None:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, name_runner().encode())
        os._exit(0)
    runner = os.read(reading, 300).decode()
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    assert is_here(runner)
    assert not is_running(runner)
    os.waitpid(child, 0)
