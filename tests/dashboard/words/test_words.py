"""Words are found by code, filled in, and never said twice."""

import pytest

from dashboard.words import LANGUAGES, WordsBroken, merge_words, read_words, say, say_problem
from funds.problems import fatal


def test_a_code_is_said_in_each_language() -> None:
    assert say("product.name", "zh") == "产业基金台账"
    assert say("product.name", "en") == "Industry Fund Tracker"


def test_parameters_are_filled_in() -> None:
    assert "30" in say("sign_in.locked", "zh", minutes=30)


def test_a_missing_parameter_leaves_its_name_and_loses_nothing() -> None:
    assert "{minutes}" in say("sign_in.locked", "en")


def test_braces_in_a_parameter_are_only_text() -> None:
    assert "{0.__class__}" in say("page.bad_day", "en", text="{0.__class__}")


def test_a_code_without_words_says_itself() -> None:
    assert say("nobody.knows", "zh") == "nobody.knows"


def test_a_problem_is_said_with_its_parameters_and_its_place() -> None:
    assert "10" in say_problem(fatal("password.too_short", "form:password", shortest=10), "zh")


def test_a_code_in_two_files_is_an_error() -> None:
    with pytest.raises(WordsBroken, match=r"b\.toml: area\.fault"):
        merge_words({"a.toml": '"area.fault" = "x"', "b.toml": '"area.fault" = "y"'})


def test_a_code_that_was_not_quoted_is_an_error() -> None:
    with pytest.raises(WordsBroken, match="quote"):
        merge_words({"a.toml": 'area.fault = "x"'})


def test_there_are_no_words_in_another_language() -> None:
    with pytest.raises(WordsBroken):
        read_words("fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_empty(language: str) -> None:
    assert [code for code, sentence in read_words(language).items() if not sentence.strip()] == []
