"""Every rule of the catalogue is said in both languages: what is wrong, and then what to do about it."""

import re

import pytest

from dashboard.settings import LANGUAGES
from dashboard.words import read_words, say_problem
from funds.problems import fatal
from funds.rules.catalogue import RULES
from tests.funds.rules.act_cases import ACTS
from tests.funds.rules.cases import CASES

# Between what is wrong and what to do; the advice in Chinese asks, allows or demands something.
BREAK = {"zh": re.compile(r"[；。]"), "en": re.compile(r"; |\. ")}
ADVICE = {"zh": re.compile(r"请|可|须|无需"), "en": re.compile(r"[a-z]{2,}.*[ ].{2}")}


def parts_of(code: str, language: str) -> tuple[str, str]:
    """What is wrong, and the line of help."""
    sentence = read_words(language)[code].strip().rstrip("。.")
    wrong, _, advice = BREAK[language].sub("\n", sentence, count=1).partition("\n")
    return wrong.strip(), advice.strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_says_what_is_wrong_and_what_to_do(language: str) -> None:
    said = {rule.label: parts_of(code, language) for code, rule in RULES.items()}
    assert len(said) == len(CASES) + len(ACTS)
    assert [label for label, (wrong, _) in said.items() if len(wrong) < 5] == []
    is_advised = ADVICE[language].search
    assert [label for label, (_, advice) in said.items() if not is_advised(advice)] == []


def test_no_two_rules_say_the_same() -> None:
    for language in LANGUAGES:
        words = read_words(language)
        assert len({words[code] for code in RULES}) == len(RULES)


def test_a_message_without_advice_would_be_found() -> None:
    assert parts_of("amount.not_positive", "zh") == ("金额须大于 0", "请填正数，方向由类型决定")
    assert say_problem(fatal("amount.not_positive", "缴款!C5"), "zh").count("；") == 1
    assert not ADVICE["zh"].search(parts_of("product.name", "zh")[1])
