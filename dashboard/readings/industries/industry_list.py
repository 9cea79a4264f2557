"""The tree of industries with who leads in each, which funds declare it, and what is held in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.readings.answers import Reading
from dashboard.readings.industries.tag_parts import TagMode, lay_out_tags, take
from dashboard.readings.lasting_answers import keep_of_firms
from dashboard.readings.portfolio.holdings import held_firms
from funds.kinds import IndustryCategory
from funds.queries.facts import IndustryFacts
from funds.queries.ledger_slice import LedgerSlice

INDUSTRY = "industry"
CATEGORIES = tuple(IndustryCategory)


@dataclass
class Held:
    """What the funds that may be seen hold in an industry and below it."""

    cost: int = 0
    value: int = 0
    firms: set[int] = field(default_factory=set)


def read_industries(slice_: LedgerSlice, mode: TagMode = TagMode.PRIMARY) -> Reading:
    """A row for each industry of the day's list, each below the one that it belongs to.

    Who leads where is everybody's to know; funds and money are those that the person may see, each as a
    whole. What is held counts for an industry and for all above it.
    """
    rows = tuple(industry_rows(slice_, mode))
    return Reading("industry", slice_.scope.label, slice_.as_of, slice_.version, (), rows)


@keep_of_firms
def industry_rows(slice_: LedgerSlice, mode: TagMode) -> Sequence[Mapping[str, object]]:
    """The rows of `read_industries`."""
    held = hold_by_industry(slice_, mode)
    return tuple(_row(slice_, industry, depth, held) for industry, depth in in_tree_order(slice_))


def hold_by_industry(slice_: LedgerSlice, mode: TagMode) -> Mapping[int, Held]:
    """What is held by industry, narrower ones in their broader ones."""
    facts, found = slice_.facts, {one: Held() for one in slice_.facts.industries}
    for firm in held_firms(slice_, [fund.id for fund in slice_.readable_funds]):
        cost, value = firm.course.cost, firm.course.value
        if not cost and not value:
            continue
        whole: dict[int, list[tuple[int, int]]] = {}
        for part in lay_out_tags(facts.tags.get(firm.company, ()), mode):
            for industry in facts.with_ancestors(part.industry) if part.industry is not None else ():
                whole.setdefault(industry, []).append((part.start, part.end))
        for industry, spans in whole.items():
            if industry in found:
                # as coverage a firm stands whole in an industry, however many of its tags lie there
                own = tuple(dict.fromkeys(spans))
                found[industry].cost += take(own, cost)
                found[industry].value += take(own, value)
                found[industry].firms.add(firm.company)
    return found


def in_tree_order(slice_: LedgerSlice) -> Iterator[tuple[IndustryFacts, int]]:
    """Industries with their depth: the key ones first, then by code, each before what lies below it."""
    industries = slice_.facts.industries
    below: dict[int | None, list[IndustryFacts]] = {}
    for one in industries.values():
        below.setdefault(one.parent_id if one.parent_id in industries else None, []).append(one)

    def walk(parent: int | None, depth: int) -> Iterator[tuple[IndustryFacts, int]]:
        for one in sorted(below.get(parent, []), key=lambda one: (CATEGORIES.index(one.category), one.code)):
            yield one, depth
            yield from walk(one.id, depth + 1)

    yield from walk(None, 0)


def branch_of(slice_: LedgerSlice, industry: int) -> frozenset[int]:
    """An industry and all that lies below it."""
    facts = slice_.facts
    return frozenset(one for one in facts.industries if industry in facts.with_ancestors(one))


def parks_led_by(slice_: LedgerSlice, industries: Iterable[int]) -> list[str]:
    """The codes of the parks in which one of some industries leads on the day."""
    facts, wanted = slice_.facts, set(industries)
    led = (
        facts.parks[row.park_id].code
        for row in facts.leading
        if row.industry_id in wanted and row.park_id in facts.parks and row.holds_on(slice_.as_of)
    )
    return sorted(set(led))


def _row(
    slice_: LedgerSlice, industry: IndustryFacts, depth: int, held: Mapping[int, Held]
) -> dict[str, object]:
    facts, branch = slice_.facts, branch_of(slice_, industry.id)
    parent = facts.industries.get(industry.parent_id) if industry.parent_id is not None else None
    edition = next(
        (
            one
            for one in reversed(facts.chains.editions)
            if one.industry_id == industry.id and one.holds_on(slice_.as_of)
        ),
        None,
    )
    own = held[industry.id]
    segments = [one for one in facts.segments.values() if one.industry_id in branch]
    declared = [fund.code for fund in slice_.readable_funds if fund.fields & branch]
    return {
        "table": INDUSTRY,
        "code": industry.code,
        "label": industry.name,
        "parent": parent.code if parent else None,
        "depth": depth,
        "category": str(industry.category),
        "aliases": edition.aliases if edition else None,
        "from": edition.from_date.isoformat() if edition and edition.from_date else None,
        "parks": parks_led_by(slice_, branch),
        "funds": declared,
        "firms": len(own.firms),
        "cost": own.cost,
        "fair_value": own.value,
        "segments": len(segments),
    }
