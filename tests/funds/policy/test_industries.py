"""The code book: the city's list by edition, the national classes, and an unconfirmed crosswalk."""

from collections import Counter
from datetime import date

from funds.drafts import IndustryDraft
from funds.kinds import Confirmation, IndustryCategory
from funds.policy import load_crosswalk, load_industries, load_national_industries

KEY, FRONTIER = IndustryCategory.KEY, IndustryCategory.FRONTIER


def list_in_force(on: date) -> list[IndustryDraft]:
    """The editions that hold on a day; the day in `to_date` is the last of an edition."""
    return [
        draft
        for draft in load_industries()
        if draft.from_date is not None
        and draft.from_date <= on
        and (draft.to_date is None or on < draft.to_date)
    ]


def names(drafts: list[IndustryDraft], category: IndustryCategory) -> set[str]:
    return {draft.name for draft in drafts if draft.category is category}


def test_the_draft_names_five_key_and_two_frontier_industries() -> None:
    drafts = list_in_force(date(2022, 5, 13))
    assert names(drafts, KEY) == {"智能物联", "生物医药", "高端装备", "新材料", "新能源（智能网联）汽车"}
    assert names(drafts, FRONTIER) == {"集成电路", "人工智能"}


def test_the_final_list_puts_green_energy_in_the_place_of_new_energy_cars() -> None:
    before, after = list_in_force(date(2022, 11, 15)), list_in_force(date(2022, 11, 16))
    assert names(after, KEY) == names(before, KEY) - {"新能源（智能网联）汽车"} | {"绿色能源"}
    assert names(after, FRONTIER) == names(before, FRONTIER)


def test_before_the_draft_the_city_had_no_list() -> None:
    assert list_in_force(date(2022, 5, 12)) == []


def test_the_digital_economy_is_a_broader_term_of_intelligent_things() -> None:
    for on in (date(2022, 5, 13), date(2026, 1, 1)):
        by_code = {draft.code: draft for draft in list_in_force(on)}
        assert by_code["IOT"].parent == "DIG"
        assert by_code["DIG"].category is IndustryCategory.OTHER


def test_an_industry_is_told_apart_by_code_and_date_and_follows_its_parent() -> None:
    drafts = load_industries()
    assert max(Counter((draft.code, draft.from_date) for draft in drafts).values()) == 1
    seen: set[str] = set()
    for draft in drafts:
        seen.add(draft.code)
        assert draft.parent is None or draft.parent in seen


def test_no_two_industries_share_a_name_or_an_alias_on_one_day() -> None:
    for on in (date(2022, 5, 13), date(2022, 11, 16)):
        words = Counter(
            word
            for draft in list_in_force(on)
            for word in [draft.name, *(draft.aliases.split(";") if draft.aliases else [])]
        )
        assert max(words.values()) == 1


def test_the_national_list_has_the_known_numbers_of_classes() -> None:
    levels = Counter(draft.level for draft in load_national_industries())
    assert levels == {"门类": 20, "大类": 97, "中类": 473, "小类": 1381}


def test_each_national_class_hangs_under_one_that_came_before() -> None:
    seen: set[str] = set()
    for draft in load_national_industries():
        assert draft.parent_code is None or draft.parent_code in seen
        assert draft.code not in seen
        seen.add(draft.code)


def test_codes_are_written_as_the_standard_prints_them() -> None:
    codes = {draft.code: draft.level for draft in load_national_industries()}
    assert (codes["C"], codes["27"], codes["276"], codes["2761"]) == ("门类", "大类", "中类", "小类")
    assert codes["0111"] == "小类"


def test_the_crosswalk_names_classes_and_industries_that_exist() -> None:
    industries = {draft.code for draft in load_industries()}
    classes = {draft.code: draft.name for draft in load_national_industries()}
    crosswalk = load_crosswalk()
    assert {draft.industry for draft in crosswalk} == industries
    assert {draft.national_code for draft in crosswalk} <= classes.keys()
    assert classes["27"] == "医药制造业"
    assert classes["3973"] == "集成电路制造"


def test_the_crosswalk_is_unconfirmed_and_says_where_a_class_counts_in_part() -> None:
    crosswalk = load_crosswalk()
    assert {draft.confirmation for draft in crosswalk} == {Confirmation.UNCHECKED}
    partial = {draft.national_code for draft in crosswalk if draft.industry == "MAT" and draft.is_partial}
    assert partial == {"26", "28", "29", "30", "32"}
    assert not [draft for draft in crosswalk if draft.industry == "BIO" and draft.is_partial]


def test_each_row_names_its_file_and_place() -> None:
    drafts = [*load_industries(), *load_crosswalk(), *load_national_industries()]
    origins = [draft.place.origin for draft in drafts]
    assert None not in origins
    assert len(set(origins)) == len(origins)
