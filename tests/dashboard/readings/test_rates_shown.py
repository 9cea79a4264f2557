"""Rates as they are printed: nine digits, every root, and under a year the return of the period."""

from datetime import date

import pytest

from dashboard.readings.returns.dated_flows import Flows, rate_figure
from dashboard.readings.returns.period_returns import measure_period, period_rows
from tests.dashboard.readings.return_books import flows, pool_of


def test_a_rate_is_printed_with_nine_digits_whatever_the_order_of_its_flows() -> None:
    pairs = [("2021-03-15", -30_000), ("2021-12-20", -25_000), ("2023-06-30", 36_500), ("2025-12-31", 41_300)]
    forwards, backwards = flows(*pairs).solve(), flows(*reversed(pairs)).solve()
    assert forwards.value == backwards.value == forwards.roots[0]
    assert len(str(forwards.value).removeprefix("0.").lstrip("0")) <= 9
    assert forwards.reason is None


def test_several_roots_are_all_kept_and_none_is_the_value() -> None:
    solved = flows(("2021-01-01", -1_000), ("2022-01-01", 2_300), ("2023-01-01", -1_320)).solve()
    figure = rate_figure("PF09", "reported", solved, ("entry:1",))
    assert (figure.value, figure.reason, figure.entries) == (None, "rate.multiple_roots", ("entry:1",))
    assert solved.roots == ("0.1", "0.2")
    assert solved.without_value("market.negative_nav").roots == solved.roots


def test_a_total_loss_is_minus_one_and_has_no_reason_to_be_absent() -> None:
    solved = flows(("2021-01-01", -1_000)).ending(date(2023, 1, 1), 0).solve()
    assert (solved.value, solved.reason, solved.rate.status) == ("-1", None, "total_loss")


def test_flows_up_to_a_day_keep_their_rows() -> None:
    some = flows(("2021-03-01", -5), ("2023-01-01", 7), ("2022-01-01", -6)).until(date(2022, 1, 1))
    assert (some.amounts.tolist(), some.rows.tolist()) == ([-5, -6], [1, 3])
    assert some.first == date(2021, 3, 1)
    assert flows().first is None


@pytest.mark.parametrize(
    ("pairs", "days", "is_short", "value", "reason"),
    [
        ((("2025-03-15", -1_000), ("2025-12-31", 1_060)), 291, True, "0.06", None),
        ((("2025-01-01", -1_000), ("2026-01-01", 1_060)), 365, False, "0.06", None),
        ((("2025-03-15", -1_000), ("2025-03-15", 1_060)), 0, True, None, "rate.no_time_span"),
        ((), 0, True, None, "rate.too_few_flows"),
    ],
)
def test_a_short_period_has_its_own_return(
    pairs: tuple[tuple[str, int], ...], days: int, is_short: bool, value: str | None, reason: str | None
) -> None:
    stream: Flows = flows(*pairs)
    last = date.fromordinal(int(stream.days.max())) if pairs else date(2025, 1, 1)
    period = measure_period(stream, last, stream.solve())
    assert (period.days, period.is_under_a_year, period.value, period.reason) == (
        days,
        is_short,
        value,
        reason,
    )


def test_a_pool_has_a_period_for_each_side() -> None:
    net, gross = period_rows(pool_of(flows(("2025-03-15", -1_000)), 1_060))
    assert (net["from"], net["to"], net["days"], net["under_a_year"]) == (
        "2025-03-15",
        "2025-12-31",
        291,
        True,
    )
    assert (net["period_return"], net["reason"]) == ("0.06", None)
    assert float(str(net["rate"])) == pytest.approx(0.0758235, abs=5e-8)
    assert (gross["from"], gross["period_return"], gross["reason"]) == (None, None, "rate.too_few_flows")
