"""Dates, quarters and periods are read in every documented form, and never guessed."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds.dates import DateFault, parse_date, parse_period, parse_quarter

DAY = date(2023, 6, 30)
DAYS = st.dates(date(1949, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        datetime(2023, 6, 30, 14, 30),  # noqa: DTZ001
        "2023-06-30",
        "2023-6-30",
        "2023/6/30",
        "2023/06/30",
        "2023.6.30",
        "2023年6月30日",
        "2023年06月30",
        "２０２３－０６－３０",
        " 2023-06-30 ",
        "20230630",
        "2023-06-30 00:00:00",
        "2023-06-30T09:15",
        "2023-06-30 09:15:30.250",
    ],
)
def test_every_documented_form_is_read(value: object) -> None:
    assert parse_date(value) == DAY


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "date.empty"),
        (" ", "date.empty"),
        ("03/04/2024", "date.ambiguous"),
        ("30/06/2023", "date.ambiguous"),
        ("30.6.23", "date.ambiguous"),
        ("23-6-30", "date.ambiguous"),
        ("2023-06", "date.no_day"),
        ("2023年6月", "date.no_day"),
        ("45107", "date.number"),
        ("2023", "date.number"),
        (45107.0, "date.number"),
        (45107, "date.number"),
        (20230630, "date.number"),
        (True, "date.number"),
        (None, "date.number"),
        (time(12), "date.number"),
        ("2023-06/30", "date.not_a_date"),
        ("2023年6-30", "date.not_a_date"),
        ("June 30, 2023", "date.not_a_date"),
        ("二〇二三年六月三十日", "date.not_a_date"),
        ("2023-06-30 上午", "date.not_a_date"),
        ("٢٠٢٣-٠٦-٣٠", "date.not_a_date"),
        ("2023-02-29", "date.impossible"),
        ("2024-02-30", "date.impossible"),
        ("2023年13月1日", "date.impossible"),
        ("2023-00-10", "date.impossible"),
        ("0000-01-01", "date.impossible"),
        ("20231301", "date.impossible"),
        ("0024-01-01", "date.out_of_range"),
        ("1948-12-31", "date.out_of_range"),
        ("2101-01-01", "date.out_of_range"),
        (date(1900, 2, 28), "date.out_of_range"),
        (datetime(2200, 1, 1), "date.out_of_range"),  # noqa: DTZ001
    ],
)
def test_anything_else_is_refused_with_its_reason(value: object, code: str) -> None:
    with pytest.raises(DateFault) as caught:
        parse_date(value)
    assert caught.value.code == code


@given(DAYS)
def test_a_date_written_in_any_form_is_the_same_date(day: date) -> None:
    forms = (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
    )
    assert {parse_date(form) for form in forms} == {day}


@given(st.text(max_size=20))
def test_no_text_does_anything_but_read_or_fault(text: str) -> None:
    for parse in (parse_date, parse_quarter, parse_period):
        try:
            parse(text)
        except DateFault:
            continue


@pytest.mark.parametrize(
    "text",
    [
        "2025-Q4",
        "2025Q4",
        "2025-q4",
        "2025年4季度",
        "2025年第4季度",
        "2025年四季度",
        "2025年第四季度",
        "2025年4季",
    ],
)
def test_a_quarter_is_read_in_every_form(text: str) -> None:
    assert parse_quarter(text) == "2025-Q4"
    assert parse_period(text) == "2025-Q4"


@pytest.mark.parametrize("value", ["2025-Q5", "2025-4", "Q4", "2025", 2025.0, DAY, ""])
def test_what_is_no_quarter_is_refused(value: object) -> None:
    with pytest.raises(DateFault) as caught:
        parse_quarter(value)
    assert caught.value.code == "date.not_a_quarter"


def test_the_year_of_a_quarter_has_bounds() -> None:
    with pytest.raises(DateFault) as caught:
        parse_quarter("1900-Q1")
    assert caught.value.code == "date.out_of_range"


@pytest.mark.parametrize(
    ("value", "period"),
    [
        ("2025", "2025"),
        ("2025年", "2025"),
        (2025, "2025"),
        (2025.0, "2025"),
        ("2025-12", "2025-12"),
        ("2025-1", "2025-01"),
        ("2025.3", "2025-03"),
        ("2025/3", "2025-03"),
        ("2025年3月", "2025-03"),
        ("２０２５", "2025"),
    ],
)
def test_a_period_is_a_year_a_quarter_or_a_month(value: object, period: str) -> None:
    assert parse_period(value) == period


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (DAY, "date.period_became_date"),
        (datetime(2025, 12, 1), "date.period_became_date"),  # noqa: DTZ001
        ("2025-13", "date.not_a_period"),
        ("2025-00", "date.not_a_period"),
        ("2025-06-30", "date.not_a_period"),
        ("上半年", "date.not_a_period"),
        (2025.5, "date.not_a_period"),
        (None, "date.not_a_period"),
        ("", "date.not_a_period"),
        ("1900", "date.out_of_range"),
        ("2200-01", "date.out_of_range"),
    ],
)
def test_what_is_no_period_is_refused(value: object, code: str) -> None:
    with pytest.raises(DateFault) as caught:
        parse_period(value)
    assert caught.value.code == code
