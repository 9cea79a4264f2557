"""Amounts are read exactly or refused, and written out without losing a fen."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds.money import MOST_FEN, MoneyFault, Unit, format_fen, parse_money, unit_of

FEN = st.integers(-MOST_FEN, MOST_FEN)
UNITS = st.sampled_from(list(Unit))


@pytest.mark.parametrize(
    ("text", "unit", "fen"),
    [
        ("1.2亿", Unit.WAN, 12_000_000_000),
        ("1.2亿元", Unit.YUAN, 12_000_000_000),
        ("3500万", Unit.YUAN, 3_500_000_000),
        ("3500 万元", Unit.YI, 3_500_000_000),
        ("1,234.50", Unit.YUAN, 123_450),
        ("1,234.50", Unit.WAN, 1_234_500_000),
        ("１，２３４．５０", Unit.YUAN, 123_450),
        ("￥５万", Unit.YUAN, 5_000_000),
        ("¥ 3元", Unit.WAN, 300),
        ("800元", Unit.WAN, 80_000),
        ("  12　", Unit.YUAN, 1_200),
        ("\u200b12\ufeff", Unit.YUAN, 1_200),
        ("0", Unit.WAN, 0),
        ("0.000001", Unit.WAN, 1),
        ("0.01", Unit.YUAN, 1),
        ("0.010000", Unit.YUAN, 1),
        ("007", Unit.YUAN, 700),
        ("1000000000", Unit.WAN, MOST_FEN),
        (5, Unit.WAN, 5_000_000),
        (12.5, Unit.WAN, 12_500_000),
        (0.1 + 0.2, Unit.WAN, 300_000),
        (33333.333333, Unit.WAN, 33_333_333_333),
        (999_999_999.999999, Unit.WAN, 999_999_999_999_999),
        (1e9, Unit.WAN, MOST_FEN),
        (0.0, Unit.WAN, 0),
        (1e-6, Unit.WAN, 1),
        (Decimal("1.5"), Unit.YI, 15_000_000_000),
        (Decimal("1E+3"), Unit.YUAN, 100_000),
        (Decimal("0E+999999"), Unit.YUAN, 0),
    ],
)
def test_a_documented_form_is_read(text: str | float | Decimal, unit: Unit, fen: int) -> None:
    assert parse_money(text, unit) == fen


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "money.empty"),
        ("　 ", "money.empty"),
        ("约5", "money.not_a_number"),
        ("-", "money.not_a_number"),
        ("元", "money.not_a_number"),
        ("1.", "money.not_a_number"),
        (".5", "money.not_a_number"),
        ("1.2.3", "money.not_a_number"),
        ("1 234", "money.not_a_number"),
        ("+5", "money.not_a_number"),
        ("(5)", "money.not_a_number"),
        ("1_000", "money.not_a_number"),
        ("٣", "money.not_a_number"),
        ("५", "money.not_a_number"),
        ("①", "money.not_a_number"),
        ("5²", "money.not_a_number"),
        ("½", "money.not_a_number"),
        ("五百", "money.not_a_number"),
        ("1千万", "money.not_a_number"),
        ("1亿2000万", "money.not_a_number"),
        ("50%", "money.not_a_number"),
        ("NaN", "money.not_a_number"),
        ("Infinity", "money.not_a_number"),
        ("0x10", "money.not_a_number"),
        ("=100+1", "money.not_a_number"),
        ("9" * 41, "money.not_a_number"),
        (True, "money.not_a_number"),
        (None, "money.not_a_number"),
        (float("nan"), "money.not_a_number"),
        (float("inf"), "money.not_a_number"),
        (float("-inf"), "money.not_a_number"),
        (1e300, "money.not_a_number"),
        (1e-300, "money.not_a_number"),
        (Decimal("NaN"), "money.not_a_number"),
        (Decimal("sNaN"), "money.not_a_number"),
        (Decimal("1E+999999"), "money.not_a_number"),
        (Decimal("1." + "1" * 100), "money.not_a_number"),
        ("1e5", "money.exponent"),
        ("1.5E+05", "money.exponent"),
        ("12,34", "money.bad_grouping"),
        ("1234,567", "money.bad_grouping"),
        ("0,123", "money.bad_grouping"),
        ("1,2345.6万", "money.bad_grouping"),
        (",123", "money.bad_grouping"),
        ("$5", "money.foreign_currency"),
        ("5 USD", "money.foreign_currency"),
        ("3万美元", "money.foreign_currency"),
        ("HKD 100", "money.foreign_currency"),
        ("€1", "money.foreign_currency"),
        ("0.0000001", "money.not_whole_fen"),
        ("0.005元", "money.not_whole_fen"),
        (100 / 3, "money.not_whole_fen"),
        ("1000000000.000001", "money.too_large"),
        (1_000_000_001, "money.too_large"),
        (9.11101081234568e17, "money.too_large"),
        ("-1", "money.negative"),
        ("−1", "money.negative"),
        ("－1万", "money.negative"),
        (-0.01, "money.negative"),
    ],
)
def test_anything_else_is_refused_with_its_reason(text: object, code: str) -> None:
    with pytest.raises(MoneyFault) as caught:
        parse_money(text)  # type: ignore[arg-type]
    assert caught.value.code == code


def test_the_fault_shows_what_was_found_shortened() -> None:
    with pytest.raises(MoneyFault) as caught:
        parse_money("约" * 100)
    assert caught.value.params == {"text": "约" * 40 + "…"}
    assert "money.not_a_number" in str(caught.value)


def test_a_negative_amount_needs_leave() -> None:
    assert parse_money("-¥1,234.5元", signed=True) == -123_450
    assert parse_money(-2.5, Unit.YUAN, signed=True) == -250
    assert parse_money("-0", Unit.YUAN) == 0


def test_a_sum_may_have_a_limit_of_its_own() -> None:
    assert parse_money("2000000000", most=10**18) == 2 * MOST_FEN
    with pytest.raises(MoneyFault):
        parse_money("2000000000")


@given(FEN, UNITS)
def test_what_is_written_exactly_is_read_back(fen: int, unit: Unit) -> None:
    assert parse_money(format_fen(fen, unit), unit, signed=True) == fen
    assert parse_money(format_fen(fen, unit, grouped=False) + unit.label, Unit.YUAN, signed=True) == fen


@given(st.integers(0, MOST_FEN), UNITS)
def test_the_double_of_an_amount_is_read_as_that_amount(fen: int, unit: Unit) -> None:
    exact = Decimal(fen) / int(unit)
    if len(exact.normalize().as_tuple().digits) <= 15:
        assert parse_money(float(exact), unit) == fen


@given(st.floats(allow_nan=True, allow_infinity=True), UNITS)
def test_a_float_is_read_as_its_fifteen_digits_or_refused(value: float, unit: Unit) -> None:
    try:
        fen = parse_money(value, unit, signed=True)
    except MoneyFault:
        return
    assert Decimal(f"{value:.15g}") * int(unit) == fen


@given(st.text(max_size=30))
def test_no_text_does_anything_but_read_or_fault(text: str) -> None:
    try:
        assert 0 <= parse_money(text) <= MOST_FEN
    except MoneyFault:
        return


@pytest.mark.parametrize(
    ("fen", "unit", "places", "text"),
    [
        (123_450, Unit.YUAN, 2, "1,234.50"),
        (123_450, Unit.YUAN, None, "1,234.5"),
        (9_999_999_999, Unit.WAN, 2, "10,000.00"),
        (9_999_999_999, Unit.WAN, None, "9,999.999999"),
        (5_000, Unit.WAN, 2, "0.01"),
        (4_999, Unit.WAN, 2, "0.00"),
        (-5_000, Unit.WAN, 2, "-0.01"),
        (-4_999, Unit.WAN, 2, "0.00"),
        (50, Unit.YUAN, 0, "1"),
        (49, Unit.YUAN, 0, "0"),
        (150, Unit.YUAN, 5, "1.50000"),
        (12_000_000_000, Unit.YI, None, "1.2"),
        (0, Unit.YI, 2, "0.00"),
        (0, Unit.WAN, None, "0"),
    ],
)
def test_fen_are_written_in_a_unit(fen: int, unit: Unit, places: int | None, text: str) -> None:
    assert format_fen(fen, unit, places) == text


@given(FEN, UNITS, st.integers(0, 10))
def test_rounding_is_half_away_from_zero(fen: int, unit: Unit, places: int) -> None:
    exact = Decimal(fen) / int(unit)
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert Decimal(format_fen(fen, unit, places, grouped=False)) == rounded


def test_a_unit_is_known_by_its_names() -> None:
    assert [unit_of(name) for name in ("元", "万", "万元", "亿", "亿元", " 万元 ", "千元", "")] == [
        Unit.YUAN,
        Unit.WAN,
        Unit.WAN,
        Unit.YI,
        Unit.YI,
        Unit.WAN,
        None,
        None,
    ]
    assert [unit.label for unit in Unit] == ["元", "万元", "亿元"]
