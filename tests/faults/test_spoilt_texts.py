"""Whatever is typed where an amount, a day or a code belongs: it is read, or refused with words; nothing else happens."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from dashboard.words import LANGUAGES, say
from funds.credit_code import check_credit_code
from funds.dates import parse_date, parse_period, parse_quarter
from funds.faults import ValueFault
from funds.intake.foreign.amounts import read_amount
from funds.intake.foreign.chinese_numbers import read_chinese_number
from funds.intake.foreign.days import read_day
from funds.measures import parse_figure, parse_fraction, parse_percent, parse_whole
from funds.money import MOST_FEN, Unit, format_fen, parse_money
from tests.faults.kinds import Kind, fault
from tests.funds.intake.malformed import NASTY

TEXTS = (4_000, 200_000)
SOUND = (
    *(
        "1.2亿",
        "3500万",
        "1,234.50",
        "￥５万",
        "（1,234.50）",
        "-800元",
        "壹仟贰佰万元整",
        "12.5%",
        "60",
        "1e5",
    ),
    *(
        "2023-06-30",
        "2023/6/30",
        "2023.6.30",
        "2023年6月30日",
        "20230630",
        "2025-Q4",
        "2025年第四季度",
        "2025-12",
    ),
    *("91110108MA01234567", "F1", "二〇二三年六月三十日", "45107", "Jun-23"),
)
LETTERS = "0123456789０１２９.,，。-－+（）()￥¥$%年月日季度亿万元整零〇壹贰拾佰仟ABCDEFGHJ١٣½²\0\u200b\u202e \t\n\ud7ff'\"=@"
PLAIN: tuple[Any, ...] = (0, -1, 2**63, 1e308, -1e308, float("nan"), float("inf"), True, 1e-320)
PARSERS: tuple[Callable[[Any], Any], ...] = (
    lambda text: parse_money(text, Unit.WAN),
    lambda text: parse_money(text, Unit.YUAN),
    parse_percent,
    parse_fraction,
    parse_figure,
    parse_whole,
    parse_date,
    parse_quarter,
    parse_period,
    check_credit_code,
    lambda text: read_amount(text, None),
    lambda text: read_amount(text, 10_000),
    read_day,
)


def spoil_text(dice: Random) -> Any:
    """A sound text with letters changed, dropped, doubled or joined to another's; now and then a number."""
    if dice.random() < 0.05:
        return dice.choice(PLAIN) if dice.random() < 0.5 else dice.uniform(-1e18, 1e18)
    text = list(dice.choice((*SOUND, *NASTY)))
    for _ in range(dice.randint(0, 4)):
        place = dice.randint(0, len(text))
        change = dice.randrange(4)
        if change == 0:
            text.insert(place, dice.choice(LETTERS))
        elif change == 1 and text:
            text.pop(place % len(text))
        elif change == 2 and text:
            text[place % len(text)] = (
                chr(dice.randrange(0x3000)) if dice.random() < 0.2 else dice.choice(LETTERS)
            )
        else:
            text[place:place] = dice.choice(SOUND)
    return "".join(text) * (200 if dice.random() < 0.002 else 1)


def is_told(parse: Callable[[Any], Any], text: Any) -> bool:
    """Whether it was refused, with a message that both languages have."""
    try:
        parse(text)
    except ValueFault as told:
        code, params = told.code, told.params
    else:
        return False
    assert all(say(code, language, **params) != code for language in LANGUAGES), code
    return True


@fault("Z3", Kind.MALFORMED_TEXT)
def test_a_spoilt_text_is_read_or_refused_with_words(
    dice: Random, counts: Callable[[int, int], int], tell: Callable[..., None]
) -> None:
    told, texts = 0, counts(*TEXTS)
    for _ in range(texts):
        text = spoil_text(dice)
        told += is_told(dice.choice(PARSERS), text)
        if isinstance(text, str):
            read_chinese_number(text)
    assert 0 < told < texts
    tell(count=texts, note=f"{told} refused with words; random texts, no coverage-guided fuzzer")


@fault("Z3", Kind.MALFORMED_TEXT)
def test_what_is_read_as_an_amount_is_that_amount_when_written_out(
    dice: Random, counts: Callable[[int, int], int], tell: Callable[..., None]
) -> None:
    texts, missed = counts(*TEXTS) // 4, 0
    for _ in range(texts):
        text = spoil_text(dice)
        try:
            fen = parse_money(text, Unit.YUAN)
        except ValueFault:
            continue
        assert abs(fen) <= MOST_FEN
        missed += parse_money(format_fen(fen, Unit.YUAN), Unit.YUAN) != fen
    tell(count=texts, missed=missed)


@pytest.mark.parametrize("text", NASTY)
def test_what_nobody_may_type_as_a_whole_number_is_refused(text: str) -> None:
    assert is_told(parse_whole, text)
