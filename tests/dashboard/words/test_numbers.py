"""Numbers keep to one unit per table, round halves up, and say — for what is not there."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.words import say
from dashboard.words.numbers import (
    MoneyUnit,
    Ratio,
    choose_unit,
    format_count,
    format_date,
    format_money,
    format_percent,
    format_quarter,
    format_rate,
    format_ratio,
    format_yuan,
)


@pytest.mark.parametrize(
    ("largest", "unit"),
    [
        (0, MoneyUnit.YUAN),
        (999_999, MoneyUnit.YUAN),
        (1_000_000, MoneyUnit.WAN),
        (9_999_999_999, MoneyUnit.YI),  # 99,999,999.99 yuan would print as 10,000.00 of ten thousand
        (9_999_990_000, MoneyUnit.WAN),
        (-12_345_678_900_000, MoneyUnit.YI),
    ],
)
def test_the_unit_is_chosen_after_rounding(largest: int, unit: MoneyUnit) -> None:
    assert choose_unit([1, None, largest]) is unit


def test_a_table_without_amounts_is_in_yuan() -> None:
    assert choose_unit([None]) is MoneyUnit.YUAN


@pytest.mark.parametrize(
    ("fen", "unit", "text"),
    [
        (10_245_000_000_000, MoneyUnit.YI, "1,024.50"),
        (123_456_750, MoneyUnit.WAN, "123.46"),
        (5_000, MoneyUnit.WAN, "0.01"),
        (4_999, MoneyUnit.WAN, "0.00"),
        (-5_000, MoneyUnit.WAN, "-0.01"),
        (-4_999, MoneyUnit.WAN, "0.00"),
        (123_456, MoneyUnit.YUAN, "1,234.56"),
        (None, MoneyUnit.YI, "—"),
    ],
)
def test_money_is_written_in_the_unit_of_its_table(fen: int | None, unit: MoneyUnit, text: str) -> None:
    assert format_money(fen, unit) == text


@given(st.integers(-(10**15), 10**15), st.sampled_from(MoneyUnit))
def test_money_rounds_halves_away_from_zero(fen: int, unit: MoneyUnit) -> None:
    exact = (Decimal(fen) / unit.value).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert Decimal(format_money(fen, unit).replace(",", "")) == exact


def test_a_unit_has_its_name_in_both_languages() -> None:
    names = {unit: (say(unit.code, "zh"), say(unit.code, "en")) for unit in MoneyUnit}
    assert names == {
        MoneyUnit.YUAN: ("元", "CNY"),
        MoneyUnit.WAN: ("万元", "CNY 10k"),
        MoneyUnit.YI: ("亿元", "CNY 100m"),
    }


def test_yuan_are_exact_to_the_fen() -> None:
    assert format_yuan(9_999_999_999_999_999) == "99,999,999,999,999.99"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.5294117, "3.53×"),
        (2.675, "2.68×"),
        (Fraction(7, 8), "0.88×"),
        (Decimal("1.005"), "1.01×"),
        (-0.001, "0.00×"),
        (1234, "1,234.00×"),
        (np.float64(2.675), "2.68×"),
        (float("nan"), "—"),
        (float("inf"), "—"),
        (Decimal("NaN"), "—"),
        (1e300, f"{Decimal(10) ** 300:,.2f}×"),
        (None, "—"),
    ],
)
def test_a_multiple_is_written_with_its_cross(value: Ratio | None, text: str) -> None:
    assert format_ratio(value) == text


def test_shares_and_rates_are_percentages() -> None:
    assert format_percent(0.1285) == "12.9%"
    assert format_percent(Fraction(1, 3), 0) == "33%"
    assert format_rate(0.0786713) == "7.87%"
    assert format_rate(None) == "—"


def test_days_and_quarters_are_written_in_the_language() -> None:
    day = date(2026, 9, 30)
    assert (format_date(day, "zh"), format_date(day, "en")) == ("2026年9月30日", "30 Sep 2026")
    assert (format_quarter(day, "zh"), format_quarter(day, "en")) == ("2026年三季度", "Q3 2026")
    assert (format_date(None, "zh"), format_quarter(None, "en"), format_count(None)) == ("—", "—", "—")
    assert format_count(12_345) == "12,345"
