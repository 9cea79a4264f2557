"""A firm's whole is laid out over its tags so that its parts make it up, and is weighed for what leads."""

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from dashboard.readings.industries.tag_parts import (
    EVERYTHING,
    UNTAGGED,
    TagMode,
    TagPart,
    Weigher,
    lay_out_tags,
    take,
    without,
)
from funds.queries.attribution import WHOLE
from funds.queries.facts import Tag
from funds.queries.ledger_slice import LedgerSlice
from tests.dashboard.readings.industries.small_books import FIRMS, PARKS, slices, tags

IC, BIO = Tag(1, 7, 600_000, True, 70), Tag(2, 3, 300_000, False, None)


def test_by_the_main_tag_a_firm_is_one_piece() -> None:
    assert lay_out_tags([IC, BIO], TagMode.PRIMARY) == (TagPart(0, WHOLE, 7, 70),)
    assert lay_out_tags([], TagMode.PRIMARY) == (UNTAGGED,)


def test_by_weights_industries_lie_end_to_end_and_the_untagged_behind_them() -> None:
    assert lay_out_tags([IC, BIO], TagMode.FRACTIONAL) == (
        TagPart(0, 300_000, 3),
        TagPart(300_000, 900_000, 7, 70),
        TagPart(900_000, WHOLE),
    )


def test_as_coverage_every_tag_is_the_whole() -> None:
    parts = lay_out_tags([IC, BIO], TagMode.MULTI_TAG)
    assert [part.spans for part in parts] == [EVERYTHING, EVERYTHING]
    assert lay_out_tags([], TagMode.MULTI_TAG) == (UNTAGGED,)


@given(tags(), st.integers(-(10**14), 10**14))
def test_an_amount_is_made_up_by_its_parts_to_the_fen(found: tuple[Tag, ...], amount: int) -> None:
    for mode in (TagMode.PRIMARY, TagMode.FRACTIONAL):
        assert sum(take(part.spans, amount) for part in lay_out_tags(found, mode)) == amount


@pytest.mark.parametrize(
    ("spans", "others", "left"),
    [
        (((0, 10),), ((3, 5),), ((0, 3), (5, 10))),
        (((0, 10),), ((0, 10),), ()),
        (((0, 4), (6, 10)), ((2, 8),), ((0, 2), (8, 10))),
        (((0, 4),), (), ((0, 4),)),
        ((), ((0, 4),), ()),
    ],
)
def test_what_is_taken_away_is_gone_and_no_more(
    spans: tuple[tuple[int, int], ...], others: tuple[tuple[int, int], ...], left: tuple[tuple[int, int], ...]
) -> None:
    assert without(spans, others) == left


@given(slices(), st.sampled_from(FIRMS), st.sampled_from([None, *PARKS]))
def test_what_lies_below_an_industry_counts_with_it_and_one_branch_has_only_its_own(
    slice_: LedgerSlice, firm: int, park: int | None
) -> None:
    facts = slice_.facts
    for mode in TagMode:
        broad, narrow = Weigher(facts, mode, 1), Weigher(facts, mode, 4)
        held = {part.industry for part in broad.parts(firm)}
        assert held <= {1, 4}
        assert {part.industry for part in narrow.parts(firm)} == held & {4}
        weight = Weigher(facts, mode).serving(firm, park, slice_.as_of).weight_ppm
        assert 0 <= weight <= WHOLE


def test_a_firm_lies_in_its_own_park_and_for_the_city_in_any() -> None:

    once = settings(phases=[Phase.generate], max_examples=300)
    wanted = find(slices(), lambda one: one.facts.companies[1].park_id == 2, settings=once)
    weigher = Weigher(wanted.facts, TagMode.PRIMARY)
    assert [weigher.lies_in(1, park) for park in (1, 2, None)] == [False, True, True]
    nowhere = find(slices(), lambda one: one.facts.companies[1].park_id is None, settings=once)
    assert not Weigher(nowhere.facts, TagMode.PRIMARY).lies_in(1, None)
