"""The unified social credit code (统一社会信用代码) with its check character, after GB 32100-2015."""

from funds.faults import ValueFault, shorten
from funds.numerals import fold_width

# Without I, O, S, V and Z; a character's place is its value.
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_WEIGHTS = [pow(3, place, 31) for place in range(17)]
_LENGTH = 18


class CreditCodeFault(ValueFault):
    """A text that is no unified social credit code."""


def check_credit_code(value: object) -> str:
    """The code in capitals, its check character proven; a number is refused, for Excel has cut its digits."""
    if not isinstance(value, str):
        raise CreditCodeFault("credit_code.not_text", text=shorten(value))
    code = fold_width(value).upper()
    if len(code) != _LENGTH:
        raise CreditCodeFault("credit_code.length", text=shorten(value), length=len(code))
    foreign = sorted({character for character in code if character not in _VALUES})
    if foreign:
        raise CreditCodeFault("credit_code.characters", text=code, characters=" ".join(foreign))
    if find_check_character(code[:-1]) != code[-1]:
        raise CreditCodeFault("credit_code.check_character", text=code)
    return code


def find_check_character(stem: str) -> str:
    """The eighteenth character that the first seventeen call for."""
    total = sum(_VALUES[character] * weight for character, weight in zip(stem, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]
