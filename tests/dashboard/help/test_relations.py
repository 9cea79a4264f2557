"""A definition leads to those that it speaks of, those that speak of it, and the terms that it uses."""

import pytest

from dashboard.help import definition_codes, family_of, related_codes, terms_of
from dashboard.help.relations import CODE


@pytest.mark.parametrize("code", definition_codes())
def test_relations_go_both_ways(code: str) -> None:
    related = related_codes(code)
    assert code not in related
    assert related == tuple(sorted(set(related)))
    assert all(code in related_codes(other) for other in related)


def test_a_page_that_names_another_is_related_to_it() -> None:
    assert "PF02" in related_codes("PF06")
    assert "LV00a" in related_codes("LV00d")


def test_two_figures_of_one_term_are_related() -> None:
    assert "LV05" in related_codes("LV04")


def test_a_code_is_found_between_chinese_words_and_not_inside_another() -> None:
    assert CODE.findall("见PF02和LV00c。XPF03 PF044 S18") == ["PF02", "LV00c", "S18"]


def test_terms_come_from_title_meaning_and_formula_not_from_what_all_pages_say_alike() -> None:
    codes = [term.code for term in terms_of("LV04")]
    assert {"fiscal_capital", "social_capital", "social_leverage"} <= set(codes)
    assert "park_relation" not in codes


@pytest.mark.parametrize(("code", "family"), [("LV00c", "LV"), ("PF09", "PF"), ("S18", "S"), ("AL12", "AL")])
def test_the_family_is_the_letters(code: str, family: str) -> None:
    assert family_of(code) == family
