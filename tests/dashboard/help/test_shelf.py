"""Every computed figure has a page in both languages, and the pages' versions can be recorded."""

import hashlib
import re
from importlib.resources import files

import pytest

from dashboard.help import definition_codes, load_definition, load_definition_drafts
from funds.errors import NotFound

COMPUTED = {
    *(f"PF{number:02d}" for number in range(1, 18)),
    *("LV00a", "LV00b", "LV00c", "LV00d"),
    # LV02 is LV01 on commitments, and no definition of its own.
    *(f"LV{number:02d}" for number in range(1, 14) if number != 2),
    *(f"AL{number:02d}" for number in range(1, 13)),
    *(f"S{number:02d}" for number in range(1, 21)),
}
CODES = sorted(COMPUTED)


UNITS = re.compile(r"CNY (?:10k|100m)")


def numbers_of_example(code: str, language: str) -> set[str]:
    text = UNITS.sub("", load_definition(code, language).section("example").text)
    return set(re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text))


def test_exactly_the_computed_figures_have_a_page() -> None:
    assert set(definition_codes()) == COMPUTED
    english = files("dashboard.help").joinpath("definitions", "en").iterdir()
    assert {page.name for page in english} == {f"{code}.md" for code in COMPUTED}


@pytest.mark.parametrize("code", CODES)
def test_a_page_says_the_same_version_in_both_languages(code: str) -> None:
    chinese, english = load_definition(code, "zh"), load_definition(code, "en")
    assert chinese.code == english.code == code
    assert (chinese.version, chinese.from_date) == (english.version, english.from_date)
    assert [section.key for section in chinese.sections] == [section.key for section in english.sections]
    assert all(section.text for page in (chinese, english) for section in page.sections)


@pytest.mark.parametrize("code", CODES)
def test_the_two_languages_give_the_same_numbers_in_the_example(code: str) -> None:
    chinese, english = numbers_of_example(code, "zh"), numbers_of_example(code, "en")
    assert chinese == english
    assert chinese


def test_an_unknown_code_is_not_found() -> None:
    with pytest.raises(NotFound):
        load_definition("../../__init__", "zh")


def test_the_drafts_carry_the_digest_of_the_chinese_page() -> None:
    drafts = {draft.code: draft for draft in load_definition_drafts()}
    assert set(drafts) == COMPUTED
    page = files("dashboard.help").joinpath("definitions", "zh", "LV04.md").read_bytes()
    assert drafts["LV04"].digest == hashlib.sha256(page).hexdigest()
    assert drafts["LV04"].version == 2
    assert len({draft.digest for draft in drafts.values()}) == len(drafts)
    assert drafts["LV04"].place.origin == "LV04.md!1"
