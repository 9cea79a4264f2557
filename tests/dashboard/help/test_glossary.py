"""The glossary explains the words that the program uses, each once, in both languages."""

from itertools import chain

import pytest

from dashboard.help import GROUPS, definition_codes, load_definition, load_terms
from dashboard.help.glossary import parse_terms
from dashboard.words import read_words
from tests.house.tree import ROOT

TERM = '[x]\ngroup = "money"\nzh = "词"\nen = "word"\nzh_meaning = "一句。"\nen_meaning = "A sentence."\n'
PLACES = ("dashboard/words/zh", "funds/intake/sheets", "funds/policy/data")


def words_in_use() -> str:
    """All Chinese text that a user of the program meets outside the glossary."""
    pages = chain.from_iterable(sorted((ROOT / place).iterdir()) for place in PLACES)
    texts = [page.read_text("utf-8") for page in pages if page.suffix in (".toml", ".py")]
    sections = [
        section.text for code in definition_codes() for section in load_definition(code, "zh").sections
    ]
    return "\n".join([*texts, *sections, *read_words("zh").values()])


def test_every_term_is_a_word_that_the_program_uses() -> None:
    used = words_in_use()
    assert [term.code for term in load_terms() if not any(word in used for word in term.spellings)] == []


def test_every_term_has_one_whole_sentence_in_each_language() -> None:
    for term in load_terms():
        assert term.meanings["zh"].endswith("。"), term.code
        assert term.meanings["en"].endswith("."), term.code
        assert len(term.meanings["zh"]) <= 60, term.code
        assert len(term.meanings["en"]) <= 160, term.code


def test_no_word_stands_for_two_terms() -> None:
    for language in ("zh", "en"):
        names = [term.names[language] for term in load_terms()]
        assert len(names) == len(set(names))
    spellings = list(chain.from_iterable(term.spellings for term in load_terms()))
    assert len(spellings) == len(set(spellings))


def test_every_figure_that_a_term_names_has_a_definition() -> None:
    assert {code for term in load_terms() for code in term.figures} <= set(definition_codes())


def test_every_figure_with_a_definition_can_be_reached_from_a_term_or_another_figure() -> None:
    from dashboard.help import related_codes

    named = {code for term in load_terms() for code in term.figures}
    assert [code for code in definition_codes() if code not in named and not related_codes(code)] == []


def test_terms_stand_group_by_group() -> None:
    groups = [term.group for term in load_terms()]
    assert sorted(groups, key=GROUPS.index) == groups
    assert set(groups) == set(GROUPS)


@pytest.mark.parametrize(
    "text",
    [
        TERM.replace('zh = "词"\n', ""),
        TERM.replace('"money"', '"elsewhere"'),
        TERM + 'colour = "red"\n',
    ],
)
def test_a_term_that_lacks_something_is_refused(text: str) -> None:
    assert [term.code for term in parse_terms(TERM)] == ["x"]
    with pytest.raises(ValueError, match="the term x needs"):
        parse_terms(text)
