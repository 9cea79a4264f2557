"""What the load tells: times, what failed without a reason, whether every acknowledged write is in the book."""

from dataclasses import replace

import pytest

from benchmarks.load.acts import Act
from benchmarks.load.crowd import Person
from benchmarks.load.figures import Session, percentile, tell
from benchmarks.load.visits import Done, Visit
from benchmarks.race import Row
from funds.kinds import Role

READ = Act("/", "/_dash-update-component", b"")
SENT = Act("calls", "/api/v1/calls", b"", is_write=True, is_safe_twice=True)
FORM = Act("form", "/_dash-update-component", b"", is_write=True)
KILLED = 100.0


def session(*done: Done, revisions: int = 0) -> Session:
    visit = Visit(Person("load.000", Role.PARK_OFFICIAL, "P01"), 1, 1)
    visit.done.extend(done)
    visit.arrival.append(0.1)
    weights = [(float(when), {1: 100, 2: 50 + when}) for when in range(8)]
    shares = [1_000_000] * 7 + [2_000_000]
    return Session("load", [visit], 60.0, KILLED, weights, shares, revisions, True, 0, 1.0, 2.0)


def rows(told: Session) -> dict[str, Row]:
    return {row.job.removeprefix("load: "): row for row in tell(told)}


@pytest.mark.parametrize(("share", "reached"), [(50, 5), (95, 10), (99, 10), (10, 1)])
def test_so_many_of_a_hundred_take_no_longer(share: int, reached: int) -> None:
    assert percentile(list(range(10, 0, -1)), share) == reached


def test_an_answer_that_the_kill_cut_is_explained_and_any_other_is_not() -> None:
    cut = Done(READ, KILLED - 0.2, 0.3, "cut: ConnectionResetError")
    late = replace(cut, begun=KILLED + 20)
    broken = Done(READ, 10.0, 0.1, "500")
    fine = Done(READ, 10.0, 0.1, "ok")

    assert rows(session(fine, cut))["unexplained failures"].met is True
    assert rows(session(fine, cut))["cut by the kill of a worker"].ours == "1"
    assert rows(session(fine, late))["unexplained failures"].met is False
    assert rows(session(fine, broken))["unexplained failures"].ours == "1"


def test_a_slow_tail_misses_the_goal_and_a_quick_one_meets_it() -> None:
    quick = [Done(READ, 1.0, 0.1, "ok")] * 99
    slow = [Done(READ, 1.0, 2.0, "ok")] * 20
    assert rows(session(*quick))["read p95"].met is True
    assert rows(session(*quick, *slow))["read p95"].met is False
    assert rows(session(*quick))["write p95"].ours == "—"


@pytest.mark.parametrize(
    ("revisions", "kept"),
    [(1, False), (2, True), (3, True), (4, False)],
    ids=["lost", "all", "unheard", "more"],
)
def test_the_book_holds_what_was_acknowledged_and_no_more_than_was_asked(revisions: int, kept: bool) -> None:
    acknowledged = [Done(SENT, 1.0, 0.1, "ok", is_new=True)] * 2
    unheard = Done(FORM, KILLED, 0.1, "cut: RemoteDisconnected")
    told = rows(session(*acknowledged, unheard, revisions=revisions))
    assert told["writes acknowledged"].met is kept


def test_memory_that_grows_is_not_flat() -> None:
    flat = session(Done(READ, 1.0, 0.1, "ok"))
    growing = replace(flat, weights=[(float(when), {1: 100 * (when + 1)}) for when in range(12)])
    assert rows(flat)["memory of a worker, late ÷ early"].met is True
    assert rows(growing)["memory of a worker, late ÷ early"].met is False


def test_a_page_that_processes_share_counts_once() -> None:
    told = session(Done(READ, 1.0, 0.1, "ok"))
    together = rows(told)["memory of all"]
    assert (together.ours, together.met) == ("2 MB", True)
    assert "in each: 0 MB" in together.peer
    assert rows(replace(told, shares=[2 << 30] * 8))["memory of all"].met is False
