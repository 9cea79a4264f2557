"""The programme says of itself what it goes through: every kind of fault has a test, every step a line, and gaps are seen."""

import re
from pathlib import Path

import pytest

import tests
from tests.faults.kinds import FEWEST, Kind
from tests.faults.programme import IMPORTED
from tests.faults.table import STEP, Line, gather, list_gaps, list_missing, write_table

STEPS = {f"F{number}" for number in range(1, 11)} | {f"Z{number}" for number in range(1, 8)} | {"L1"}


def report(name: str, step: str, kind: Kind, outcome: str = "passed", **figures: object) -> pytest.TestReport:
    """What a run tells of one test."""
    told = [(STEP, (step, (str(kind),))), *figures.items()]
    return pytest.TestReport(
        nodeid=f"tests/faults/test_some.py::{name}",
        location=("", None, ""),
        keywords={},
        outcome=outcome,  # type: ignore[arg-type]
        longrepr=None,
        when="call",
        duration=1.5,
        user_properties=told,
    )


def test_there_are_enough_kinds_of_fault() -> None:
    assert len(Kind) >= FEWEST


def test_every_kind_of_fault_and_every_step_has_a_test() -> None:
    """What really ran, and was withstood, is compared with the same list at the end of the programme."""
    kinds: set[str] = set()
    steps: set[str] = set()
    for path in Path(tests.__file__).parent.rglob("test_*.py"):
        text = path.read_text(encoding="utf-8")
        if IMPORTED in text and path != Path(__file__):
            kinds |= set(re.findall(r"\bKind\.([A-Z_]+)", text))
            steps |= set(re.findall(r"fault\(\s*\"(\w+)\"", text))
    assert kinds == set(Kind.__members__)
    assert steps == STEPS


def test_counts_of_a_test_add_up_and_the_longest_time_stays() -> None:
    reports = [
        report("test_it[sqlite]", "F1", Kind.APP_KILLED, count=3, kills=3, acked=9, lost=0, recovery=0.5),
        report("test_it[postgresql]", "F1", Kind.APP_KILLED, count=2, kills=2, acked=4, lost=0),
    ]
    first, second = gather(reports)
    assert (first.what, second.what) == ("it (postgresql)", "it (sqlite)")
    assert "recovery 0.50 s" in second.show()
    told = list(write_table([first, second], is_whole=False))
    assert "kills 5, acked 13, lost 0, partial 0, forks 0, missed 0" in told
    assert "longest recovery 0.50 s" in told
    assert "5 kills of 240" in list_gaps([first, second])


def test_a_loss_a_failure_and_a_gap_are_seen() -> None:
    lost = report("test_it", "F1", Kind.APP_KILLED, count=1, lost=1)
    failed = report("test_other", "F2", Kind.IMPORT_KILLED, outcome="failed")
    lines = gather([lost, failed])
    assert [line.is_sound for line in lines] == [False, False]
    assert list_missing(lines) == list(Kind)
    assert all(line.show().split("  ")[-1] != "yes" for line in lines)
    absent = Line("F5", "it", frozenset({Kind.DISK_FULL_COMMIT}), left_out=1)
    assert absent.show().split()[-2:] == ["left", "out"]
    assert Kind.DISK_FULL_COMMIT not in list_missing([absent])
    sound = Line("F1", "it", frozenset({Kind.APP_KILLED}), tests=1)
    assert Kind.APP_KILLED not in list_missing([sound])
