"""Numbers written in Chinese characters, everyday and financial (三千万, 叁仟零伍拾, 一点五亿), read exactly."""

import re
from decimal import Decimal

_DIGITS = {
    sign: value
    for value, signs in enumerate(
        ("零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for sign in signs
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1_000, "仟": 1_000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_SIGNS = "".join((*_DIGITS, *_TENS, *_MYRIADS))
_NUMBER = re.compile(f"[{_SIGNS}]+(?:点[{''.join(_DIGITS)}]+[万萬亿億]*)?")
_LONGEST = 40


def read_chinese_number(text: str) -> Decimal | None:
    """The number that the whole text is, or None; 十 alone is ten, a row of digits (二〇二一) is read as digits."""
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return None
    whole, _, decimals = text.partition("点")
    if decimals:
        digits = decimals.rstrip("万萬亿億")
        scale = 1
        for sign in decimals[len(digits) :]:
            scale *= _MYRIADS[sign]
        base = _read_whole(whole)
        fraction = "".join(str(_DIGITS[sign]) for sign in digits)
        return None if base is None else Decimal(f"{base}.{fraction}") * scale
    found = _read_whole(whole)
    return None if found is None else Decimal(found)


def _read_whole(text: str) -> int | None:
    """亿 and 万 multiply what stands before them; within, 千 百 十 multiply one digit."""
    if all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total = section = digit = 0
    has_digit = False
    for sign in text:
        if sign in _DIGITS:
            if has_digit and digit:
                return None  # two digits side by side, with a unit elsewhere, are no number
            digit, has_digit = _DIGITS[sign], True
        elif sign in _TENS:
            section += (digit if has_digit and digit else 1) * _TENS[sign]
            digit, has_digit = 0, False
        else:
            scale = _MYRIADS[sign]
            section += digit
            total = (total + section) * scale if scale > 10**4 and total else total + section * scale
            section, digit, has_digit = 0, 0, False
    return total + section + digit
