"""How long money waits: by hand for one place, and layer by layer in a small city."""

from collections.abc import Sequence

import numpy as np
import pytest

from dashboard.readings.money.idle_clock import Wait, clock_rows, measure_wait
from dashboard.readings.money.leverage_options import LeverageOptions
from funds.kinds import GovernmentLevel
from funds.queries.ledger_slice import LedgerSlice
from tests.builders import day, wan
from tests.dashboard.readings.money.leverage_city import read, told_city
from tests.dashboard.readings.return_books import YEAR_END
from tests.engines import SqliteDatabases

YUAN = 10_000  # of a 万元


@pytest.fixture
def city(sqlite: SqliteDatabases) -> LedgerSlice:
    return told_city(sqlite)


def wait(came: Sequence[tuple[int, int]], gone: Sequence[tuple[int, int]], until: int) -> Wait:
    columns = [np.array(list(column), np.int64) for one in (came, gone) for column in zip(*one, strict=True)]
    empty = np.zeros(0, np.int64)
    days_in, amounts = columns[:2] if came else (empty, empty)
    days_out, out = columns[2 * bool(came) :] if gone else (empty, empty)
    return measure_wait(days_in, amounts, days_out, out, until)


def test_what_came_first_goes_first() -> None:
    """100 for ten days, 200 for ten, then 50 for ten: 3,500; what is left came on the tenth day."""
    assert wait([(0, 100), (10, 100)], [(20, 150)], 30) == Wait(200, 150, 50, 3_500, 10)


def test_what_goes_on_before_it_came_does_not_wait() -> None:
    assert wait([(5, 100)], [(0, 50)], 10) == Wait(100, 50, 50, 250, 5)


@pytest.mark.parametrize(
    ("came", "gone", "found"),
    [
        ([], [(3, 10)], Wait(0, 10)),
        ([(1, 10)], [(1, 10)], Wait(10, 10)),
        ([(1, 10)], [(2, 30)], Wait(10, 30, 0, 10)),
    ],
)
def test_a_place_that_holds_nothing_has_no_oldest_fen(
    came: list[tuple[int, int]], gone: list[tuple[int, int]], found: Wait
) -> None:
    assert wait(came, gone, 9) == found


def test_sums_of_a_large_city_do_not_overflow() -> None:
    amount = 10**17  # 1,000 bn yuan in fen
    assert wait([(0, amount)], [], 36_500).fen_days == amount * 36_500


def test_each_layer_has_its_days_and_yuan_days(city: LedgerSlice) -> None:
    rows = [row for row in clock_rows(read(city), LeverageOptions()) if row["table"] == "clock"]
    treasury, mothers, children = rows
    # FC and FP promised M 1,500 for 51 days, FC promised A 200 for 82 days.
    assert treasury["yuan_days"] == (1_500 * 51 + 200 * 82) * YUAN
    assert (treasury["waiting"], treasury["since"], treasury["days"]) == (0, None, "54.6470588235")
    rest = (YEAR_END - day("2020-04-01")).days
    assert (mothers["tier"], mothers["came"], mothers["waiting"]) == (1, wan(2_000), wan(1_600))
    assert mothers["yuan_days"] == (2_000 * 31 + 1_600 * rest) * YUAN
    assert (mothers["since"], mothers["waiting_days"]) == ("2020-03-01", rest + 31)
    assert (children["tier"], children["came"], children["went_on"]) == (2, wan(1_210), wan(700))


def test_only_the_asked_government_waits_at_the_treasury(city: LedgerSlice) -> None:
    options = LeverageOptions(fiscal_level=GovernmentLevel.PROVINCIAL)
    treasury = next(iter(clock_rows(read(city), options)))
    assert (treasury["came"], treasury["yuan_days"]) == (wan(500), 500 * 51 * YUAN)


def test_funds_stand_with_the_longest_wait_first(city: LedgerSlice) -> None:
    rows = [row for row in clock_rows(read(city), LeverageOptions()) if row["table"] == "clock_fund"]
    assert [row["fund"] for row in rows] == ["M", "A"]
