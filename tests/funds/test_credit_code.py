"""Unified social credit codes prove themselves by their last character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds.credit_code import CreditCodeFault, check_credit_code, find_check_character

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
STEMS = st.text(ALPHABET, min_size=17, max_size=17)


# The example printed in the standard.
@pytest.mark.parametrize("code", ["91350100M000100Y43"])
def test_a_true_code_passes(code: str) -> None:
    assert check_credit_code(code) == code


def test_small_letters_spaces_and_wide_characters_do_not_matter() -> None:
    assert check_credit_code("　91350100m000100y43 ") == "91350100M000100Y43"
    assert check_credit_code("９１３５０１００Ｍ０００１００Ｙ４３") == "91350100M000100Y43"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (9.11101081234568e17, "credit_code.not_text"),
        (911101081234567890, "credit_code.not_text"),
        (None, "credit_code.not_text"),
        ("", "credit_code.length"),
        ("91350100M000100Y4", "credit_code.length"),
        ("91350100M000100Y433", "credit_code.length"),
        ("91350100O000100Y43", "credit_code.characters"),
        ("91350100-000100Y43", "credit_code.characters"),
        ("九1350100M000100Y43", "credit_code.characters"),
        ("91350100M000100Y44", "credit_code.check_character"),
        ("91350100M000010Y43", "credit_code.check_character"),
    ],
)
def test_anything_else_is_refused_with_its_reason(value: object, code: str) -> None:
    with pytest.raises(CreditCodeFault) as caught:
        check_credit_code(value)
    assert caught.value.code == code


@given(STEMS)
def test_a_stem_with_its_check_character_is_a_code(stem: str) -> None:
    code = stem + find_check_character(stem)
    assert check_credit_code(code) == code


@given(STEMS, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_any_single_wrong_character_is_found(stem: str, place: int, character: str) -> None:
    code = stem + find_check_character(stem)
    if code[place] != character:
        with pytest.raises(CreditCodeFault):
            check_credit_code(code[:place] + character + code[place + 1 :])


@given(STEMS, st.integers(0, 15))
def test_two_neighbours_changed_about_are_found(stem: str, place: int) -> None:
    code = stem + find_check_character(stem)
    if code[place] != code[place + 1]:
        with pytest.raises(CreditCodeFault):
            check_credit_code(code[:place] + code[place + 1] + code[place] + code[place + 2 :])
