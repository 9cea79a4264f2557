"""Percentages and figures become whole numbers of a stated scale, or are refused."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds.measures import (
    MICRO,
    MeasureFault,
    format_scaled,
    parse_figure,
    parse_fraction,
    parse_percent,
    parse_whole,
)


@pytest.mark.parametrize(
    ("value", "ppm"),
    [
        ("12.5", 125_000),
        ("12.5%", 125_000),
        ("12.5 ％", 125_000),
        ("１２．５％", 125_000),
        (12.5, 125_000),
        (8.3333, 83_333),
        (100.0, 1_000_000),
        (0, 0),
        ("0.0001", 1),
        (0.1 + 0.2, 3_000),
    ],
)
def test_a_percentage_is_read_as_millionths(value: str | float, ppm: int) -> None:
    assert parse_percent(value) == ppm


def test_a_cell_formatted_as_a_percentage_holds_a_fraction() -> None:
    assert parse_fraction(0.125) == 125_000
    assert parse_fraction(1) == 1_000_000
    with pytest.raises(MeasureFault) as caught:
        parse_fraction(1.01)
    assert caught.value.code == "measure.not_a_share"


@pytest.mark.parametrize(
    ("parse", "value", "code"),
    [
        (parse_percent, 100.01, "measure.not_a_share"),
        (parse_percent, "-1", "measure.not_a_share"),
        (parse_percent, "8.33333", "measure.too_precise"),
        (parse_percent, 100 / 3, "measure.too_precise"),
        (parse_percent, "%", "measure.not_a_number"),
        (parse_percent, "一半", "measure.not_a_number"),
        (parse_percent, True, "measure.not_a_number"),
        (parse_percent, None, "measure.not_a_number"),
        (parse_figure, "8%", "measure.percent_sign"),
        (parse_figure, "8 ％", "measure.percent_sign"),
        (parse_figure, "0.0000001", "measure.too_precise"),
        (parse_figure, 10**13, "measure.too_large"),
        (parse_figure, float("nan"), "measure.not_a_number"),
        (parse_figure, "1e5", "measure.not_a_number"),
        (parse_figure, "", "measure.not_a_number"),
        (parse_figure, False, "measure.not_a_number"),
        (parse_whole, 0, "measure.not_whole"),
        (parse_whole, 10_000, "measure.not_whole"),
        (parse_whole, 1.5, "measure.not_whole"),
        (parse_whole, "第一", "measure.not_a_number"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    parse: Callable[[object], int], value: object, code: str
) -> None:
    with pytest.raises(MeasureFault) as caught:
        parse(value)
    assert caught.value.code == code


def test_a_figure_is_read_with_its_sign_and_thousands() -> None:
    assert parse_figure("-1,234.567891") == -1_234_567_891
    assert parse_figure(1155.0) == 1_155_000_000
    assert parse_figure(Decimal("0.000001")) == 1


def test_a_whole_number_has_bounds() -> None:
    assert parse_whole("３") == 3
    assert parse_whole(9999.0) == 9999
    assert parse_whole(0, 0, 120_000) == 0


@given(st.integers(-(10**18), 10**18))
def test_what_is_written_exactly_is_read_back(value: int) -> None:
    assert parse_figure(format_scaled(value, MICRO)) == value


@given(st.integers(0, 1_000_000))
def test_a_share_is_read_back_from_a_percentage_of_four_places(ppm: int) -> None:
    assert parse_percent(format_scaled(ppm, 10_000)) == ppm
    assert parse_percent(float(Decimal(ppm) / 10_000)) == ppm
    assert parse_fraction(float(Decimal(ppm) / 1_000_000)) == ppm


@given(st.text(max_size=20) | st.floats() | st.integers())
def test_nothing_does_anything_but_read_or_fault(value: str | float) -> None:
    for parse in (parse_percent, parse_figure, parse_whole):
        try:
            parse(value)
        except MeasureFault:
            continue
