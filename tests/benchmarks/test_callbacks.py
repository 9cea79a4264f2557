"""What the job on callbacks tells of what it measured: light ones by their p95, the heaviest by their middle."""

from benchmarks.callback_city import COMMISSION, Ask
from benchmarks.callbacks import Measured, Timed, sum_up, tell


def timed(*warm: float) -> Timed:
    return Timed(list(warm), list(warm), [50.0, 70.0], [40.0, 60.0], 2_000)


def measured(name: str, small: Timed, large: Timed) -> Measured:
    return Measured(Ask(COMMISSION, name, {}), small, large)


def test_a_light_one_is_judged_by_its_p95_and_a_heavy_one_by_its_middle() -> None:
    slow_once = timed(*[5.0] * 18, 30.0, 30.0)
    assert slow_once.p95 == 30.0
    assert tell("sqlite", measured("/exits", timed(5.0), slow_once)).met is False
    assert tell("sqlite", measured("/leverage", timed(5.0), slow_once)).met is True
    assert tell("sqlite", measured("/leverage", timed(60.0), timed(101.0))).met is False


def test_none_may_be_more_than_twice_the_sample_citys() -> None:
    grown = measured("/leverage", timed(20.0), timed(41.0))
    assert tell("sqlite", grown).met is False
    assert measured("/exits", timed(0.1), timed(3.9)).is_met, "so short a time tells of the machine"


def test_the_sum_names_the_slowest_and_the_one_that_grows_most() -> None:
    found = [
        measured("/exits", timed(4.0), timed(9.0)),
        measured("/audit", timed(5.0), timed(6.0)),
        measured("/leverage", timed(20.0), timed(30.0)),
    ]
    rows = list(sum_up("postgresql", found))
    assert [(row.ours, row.peer, row.met) for row in rows] == [
        ("9.0 ms", "commission: /exits", True),
        ("30.0 ms", "commission: /leverage", True),
        ("2.25 ×", "commission: /exits", False),
    ]
    assert "2 light ones" in rows[0].job
