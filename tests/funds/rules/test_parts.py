"""Shares by day, tags that speak, holdings that empty, trees that loop: the arithmetic of the rules."""

from datetime import date

import pytest

from funds.kinds import ExitKind
from funds.models import Entry, Round
from funds.rules.holdings import Event, follow
from funds.rules.rows import check_row
from funds.rules.shares import Part, Sum, sums_by_day
from funds.rules.tags import Tag, primary_industry
from funds.rules.trees import find_loop


def on(year: int) -> date:
    """The first of January."""
    return date(year, 1, 1)


def test_a_part_ends_before_its_last_day() -> None:
    parts = [Part(1, "A", 100, on(2020), on(2022)), Part(2, "B", 60, on(2022), None)]
    assert list(sums_by_day(parts)) == [Sum(on(2020), 100, 1), Sum(on(2022), 60, 2)]


def test_the_newest_part_of_a_holder_counts() -> None:
    parts = [Part(1, "A", 100, on(2020), None), Part(2, "A", 60, on(2022), None)]
    assert [found.share_ppm for found in sums_by_day(parts)] == [100, 60]


def test_a_day_on_which_nobody_holds_has_no_sum() -> None:
    assert list(sums_by_day([Part(1, "A", 100, on(2020), on(2021))])) == [Sum(on(2020), 100, 1)]


@pytest.mark.parametrize(
    ("tags", "industry"),
    [
        ([Tag(1, 10, 60, False), Tag(2, 11, 40, False)], 10),
        ([Tag(1, 10, 60, False), Tag(2, 11, 40, True)], 11),
        ([Tag(1, 10, 50, False), Tag(2, 11, 50, False)], None),
        ([Tag(1, 10, 50, False), Tag(2, 10, 50, False)], 10),
        ([Tag(1, 10, 50, True), Tag(2, 11, 50, True)], None),
    ],
)
def test_the_marked_or_the_heaviest_tag_speaks(tags: list[Tag], industry: int | None) -> None:
    assert primary_industry(tags) == industry


def codes(*events: Event) -> list[str]:
    """What is wrong with a holding's events."""
    return [fall.code for fall in follow(events)]


def paid(year: int, amount: int) -> Event:
    return Event(on(year), "entry", year, amount)


def sold(
    year: int, kind: ExitKind = ExitKind.TRANSFER, cost: int | None = None, ppm: int | None = None
) -> Event:
    return Event(on(year), "exit", year, 1, kind, cost, ppm)


def test_a_payment_comes_before_an_exit_of_the_same_day() -> None:
    assert codes(sold(2020, cost=5), paid(2020, 5)) == []


def test_a_liquidation_takes_all_that_is_left() -> None:
    closed = [paid(2020, 10), sold(2021, ExitKind.LIQUIDATION)]
    assert codes(*closed, sold(2022, cost=1)) == ["exit.over_cost"]
    assert codes(*closed, sold(2022, ppm=1)) == ["exit.nothing_held"]
    assert codes(*closed, sold(2022, ExitKind.LIQUIDATION), sold(2023, ExitKind.DIVIDEND)) == []


def test_a_write_off_keeps_cost_and_stake() -> None:
    assert codes(paid(2020, 10), sold(2021, ExitKind.WRITE_OFF), sold(2022, cost=10)) == []


def test_a_follow_on_fills_an_empty_holding_again() -> None:
    emptied = [paid(2020, 10), sold(2021, cost=10)]
    assert codes(*emptied, sold(2023, ppm=500_000)) == ["exit.nothing_held"]
    assert codes(*emptied, paid(2022, 5), sold(2023, ppm=500_000)) == []


def test_a_mark_needs_an_investment() -> None:
    assert codes(Event(on(2019), "mark", 1), paid(2020, 5), Event(on(2021), "mark", 2)) == ["holding.none"]


@pytest.mark.parametrize(
    ("start", "parents", "loops"),
    [
        (1, {1: None}, False),
        (1, {1: 2, 2: None}, False),
        (1, {1: 1}, True),
        (1, {1: 2, 2: 3, 3: 1}, True),
        (1, {1: 2, 2: 3, 3: 2}, False),  # a loop above, which is its own members' fault
        (4, {1: 2}, False),
    ],
)
def test_a_loop_is_a_climb_that_comes_back(start: int, parents: dict[int, int | None], loops: bool) -> None:
    assert find_loop(start, parents) is loops


def test_a_row_without_rules_of_its_own_is_judged_by_its_values() -> None:
    assert list(check_row(Round, {"code": "R1"}, on(2024))) == []
    assert [fault.code for fault in check_row(Round, {"code": "x" * 65}, on(2024))] == ["value.too_long"]
    assert "kind" in Entry.__table__.columns
