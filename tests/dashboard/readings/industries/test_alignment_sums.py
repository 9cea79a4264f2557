"""For any filter the parts sum to the whole to the fen, by the main tag and by weights; by any tag they need not."""

from collections import Counter
from collections.abc import Callable, Iterable

from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from dashboard.readings.industries.alignment import read_alignment
from dashboard.readings.industries.alignment_through import Parts, direct_parts, through_parts
from dashboard.readings.industries.breakdown import DIMENSIONS, EXCEEDS, SUMS, IndustryPart, list_parts
from dashboard.readings.industries.tag_parts import TagMode
from funds.queries.attribution import ALL, WHOLE
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import Scope, fund_scope, industry_scope, park_scope
from tests.dashboard.readings.industries.small_books import FUNDS, INDUSTRIES, PARKS, days, slices

ADDING = st.sampled_from([TagMode.PRIMARY, TagMode.FRACTIONAL])
SCOPES = st.sampled_from([None, park_scope("P1"), fund_scope("F1", "F2"), industry_scope("I1")])
Total = tuple[int, int, int]


def narrowed(slice_: LedgerSlice, scope: Scope | None) -> LedgerSlice:
    """The city, or a scope in it."""
    return slice_ if scope is None else slice_.narrow(scope)


def looked_at(slice_: LedgerSlice, mode: TagMode, *, is_through: bool) -> Parts:
    """What the scope holds, directly or looked through."""
    return through_parts(slice_, mode) if is_through else direct_parts(slice_, mode)


def total(parts: Iterable[IndustryPart]) -> Total:
    """Cost, value and payments."""
    found = list(parts)
    return sum(p.cost for p in found), sum(p.value for p in found), sum(p.paid for p in found)


@given(slices(), SCOPES, ADDING, st.booleans(), st.data())
def test_whatever_is_filtered_the_rest_and_it_are_the_whole(
    slice_: LedgerSlice, scope: Scope | None, mode: TagMode, is_through: bool, data: st.DataObject
) -> None:
    """The filters are drawn: by fund, park, industry, link, place, day of payment, and all of them at once."""
    part = narrowed(slice_, scope)
    parts = looked_at(part, mode, is_through=is_through)
    listed = list(list_parts(part, mode, parts))
    whole = (
        sum(piece.cost for piece in parts.held),
        sum(piece.value for piece in parts.held),
        sum(piece.amount for piece in parts.paid),
    )
    day = data.draw(days)
    keys: dict[str, Callable[[IndustryPart], object]] = {
        "fund": lambda one: one.fund,
        "park": lambda one: one.park,
        "industry": lambda one: one.industry,
        "segment": lambda one: one.segment,
        "place": lambda one: one.is_inside,
        "leading": lambda one: one.is_leading,
        "day": lambda one: one.day is not None and one.day <= day,
    }
    chosen = data.draw(st.lists(st.sampled_from(sorted(keys)), min_size=1, max_size=3, unique=True))
    groups: dict[tuple[object, ...], list[IndustryPart]] = {}
    for one in listed:
        groups.setdefault(tuple(keys[name](one) for name in chosen), []).append(one)
    sums = [total(group) for group in groups.values()]
    assert tuple(sum(column) for column in zip(*sums, strict=True)) == (whole if listed else ())
    # A firm's parts make up what it is in each fund and park, so that filters of pieces and of parts agree.
    cut, held = Counter[tuple[int, int, int | None]](), Counter[tuple[int, int, int | None]]()
    for one in listed:
        cut[one.fund, one.company, one.park] += one.cost
    for piece in parts.held:
        held[piece.firm.fund, piece.firm.company, piece.park] += piece.cost
    assert +cut == +held


@given(slices(), SCOPES, ADDING, st.booleans())
def test_the_measures_are_sums_of_the_same_parts(
    slice_: LedgerSlice, scope: Scope | None, mode: TagMode, is_through: bool
) -> None:
    part = narrowed(slice_, scope)
    reading = read_alignment(part, mode, look_through=is_through)
    listed = list(list_parts(part, mode, looked_at(part, mode, is_through=is_through)))
    year = [one for one in listed if one.day is not None and one.day.year == part.as_of.year]
    end = "_through" if is_through else ""

    def parts_of(code: str, basis: str) -> tuple[int | None, int | None]:
        figure = reading.figure(code, f"{basis}{end}")
        return figure.numerator, figure.denominator

    leading = [one for one in listed if one.is_leading]
    assert parts_of("AL01", "cost") == (total(leading)[0], total(listed)[0])
    assert parts_of("AL02", "fair_value") == (total(leading)[1], total(listed)[1])
    assert parts_of("AL03", "flow_ytd") == (total(o for o in year if o.is_leading)[2], total(year)[2])
    inside = [one for one in leading if one.is_inside]
    assert parts_of("AL05", "cost") == (total(inside)[0], total(listed)[0])


@given(slices(), ADDING)
def test_parks_with_the_citys_part_and_industries_with_the_untagged_are_the_city(
    slice_: LedgerSlice, mode: TagMode
) -> None:
    city = list(list_parts(slice_, mode, direct_parts(slice_, mode)))
    parks = [slice_.narrow(park_scope(f"P{park}")) for park in PARKS]
    roots = [slice_.narrow(industry_scope(f"I{one}")) for one, parent in INDUSTRIES.items() if parent is None]

    for scopes, left in (
        (parks, [one for one in city if one.park is None]),
        (roots, [one for one in city if one.industry is None]),
    ):
        sums = [total(list_parts(scope, mode, direct_parts(scope, mode))) for scope in scopes]
        assert tuple(map(sum, zip(*sums, total(left), strict=True))) == total(city)


@given(slices(), ADDING, st.sampled_from(FUNDS))
def test_looking_through_counts_no_yuan_twice(slice_: LedgerSlice, mode: TagMode, fund: int) -> None:
    """A scope reaches at most what is there; the funds it reached make up the whole, and over the city it is direct."""
    one = slice_.narrow(fund_scope(f"F{fund}"))
    parts = through_parts(one, mode)
    all_there = direct_parts(slice_, mode)
    if parts.reason is None:
        reached = Counter[int]()
        for piece in parts.held:
            reached[piece.firm.fund] += piece.cost
        for code, cost in reached.items():
            there = sum(piece.cost for piece in all_there.held if piece.firm.fund == code)
            assert 0 <= cost <= there
        rows = read_alignment(one, mode, look_through=True).table("looked_through")
        assert sum(int(str(row["cost"])) for row in rows) == sum(piece.cost for piece in parts.held)
    assert through_parts(slice_, mode) == all_there


@given(slices(), SCOPES)
def test_by_any_tag_the_parts_cover_and_are_said_not_to_sum(slice_: LedgerSlice, scope: Scope | None) -> None:
    part = narrowed(slice_, scope)
    for mode, reason in ((TagMode.MULTI_TAG, EXCEEDS), (TagMode.FRACTIONAL, SUMS)):
        reading = read_alignment(part, mode)
        for dimension in DIMENSIONS:
            *rows, whole = reading.table(f"breakdown_{dimension}")
            assert whole["sum_reason"] == reason
            covered = sum(int(str(row["cost"])) for row in rows)
            exact = int(str(whole["cost"]))
            assert covered >= exact if mode is TagMode.MULTI_TAG else covered == exact


def test_a_small_book_has_something_of_everything() -> None:
    """Else the properties above would say little: a fund reaches a firm with two tags, cut and only partly leading."""

    def is_rich(slice_: LedgerSlice) -> bool:
        parts = through_parts(slice_.narrow(fund_scope("F1")), TagMode.FRACTIONAL)
        far = [piece for piece in parts.held if piece.firm.fund != 1 and piece.share_ppm < WHOLE]
        return any(piece.by_cost.leading not in (0, piece.cost) for piece in far)

    once = settings(max_examples=500, phases=[Phase.generate])
    assert find(slices(), is_rich, settings=once).members == dict.fromkeys(FUNDS, ALL)
