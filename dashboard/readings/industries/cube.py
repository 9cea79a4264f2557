"""The cube of park × industry × fund: what is held where, cut so that every margin adds up to the fen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dashboard.readings.industries.alignment_pieces import aligned_pieces, paid_pieces
from dashboard.readings.industries.tag_parts import EVERYTHING, Spans, TagMode, lay_out_tags, take
from dashboard.readings.lasting_answers import keep_of_firms
from funds.queries.facts import Facts
from funds.queries.ledger_slice import LedgerSlice

# A row for each cell; what each park holds through each fund, whatever its industries; and the sums of both.
CUBE, CUBE_FUND, CUBE_SUM = "cube", "cube_fund", "cube_sum"
# What a row of sums is of: a park and an industry, a park, an industry, or all of it.
OF_CELL, OF_PARK, OF_INDUSTRY, OF_WHOLE = "cell", "park", "industry", "whole"
# The city's own part of its funds, and firms of no listed industry; no code of a book is written so.
CITY_PART, NO_INDUSTRY = "-", "-"
AMOUNTS = ("cost", "fair_value", "flow", "count_ppm")
NOTHING = (0,) * len(AMOUNTS)

Row = Mapping[str, Any]
Amounts = tuple[int, ...]
Key = tuple[int | None, ...]


@keep_of_firms
def cube_rows(slice_: LedgerSlice, mode: TagMode = TagMode.PRIMARY) -> Sequence[Row]:
    """The rows of `cube`, `cube_fund` and `cube_sum`.

    `flow` is what was paid into firms in the as-of year; `count_ppm` counts holdings in millionths, since a
    holding of a fund that two parks share is a part of one in each. By the main tag or by weights, the cells
    of a park add up to what it holds, and those of its leading industries to the numerator of AL01. By any
    tag a firm stands whole in each of its industries: then they may add up to more, while `cube_fund` and
    the sums of parks still count every holding once.
    """
    cells, wholes = _Tally(), _Tally()
    industries = IndustrySpans(slice_.facts, mode)
    for park, fund, company, amounts in list_pieces(slice_, mode):
        wholes.add((park, None, fund), amounts)
        for industry, spans in industries.of(company).items():
            cells.add((park, industry, fund), tuple(take(spans, amount) for amount in amounts))
    writer = _Writer(slice_)
    return (*writer.cells(cells), *writer.wholes(wholes), *writer.sums(cells, wholes))


def list_pieces(slice_: LedgerSlice, mode: TagMode) -> Iterator[tuple[int | None, int, int, Amounts]]:
    """Park, fund, firm and the four amounts of every holding and of every payment of the year."""
    for held in aligned_pieces(slice_, mode):
        amounts = (held.cost, held.value, 0, held.share_ppm)
        yield held.park, held.firm.fund, held.firm.company, amounts
    for paid in paid_pieces(slice_, mode):
        if paid.day.year == slice_.as_of.year:
            yield paid.park, paid.fund, paid.company, (0, 0, paid.amount, 0)


def add_amounts(one: Amounts, other: Amounts) -> Amounts:
    """The four amounts of two pieces together."""
    return tuple(map(sum, zip(one, other, strict=True)))


class IndustrySpans:
    """What of a firm stands in which industry, looked up once for each firm; None is what no tag names."""

    def __init__(self, facts: Facts, mode: TagMode) -> None:
        self.facts, self.mode = facts, mode
        self._known: dict[int, Mapping[int | None, Spans]] = {}

    def of(self, company: int) -> Mapping[int | None, Spans]:
        """Spans by industry; two tags of one industry, in two links of its chain, are one."""
        if company not in self._known:
            found: dict[int | None, Spans] = {}
            for part in lay_out_tags(self.facts.tags.get(company, ()), self.mode):
                is_whole = self.mode is TagMode.MULTI_TAG
                found[part.industry] = (
                    EVERYTHING if is_whole else (*found.get(part.industry, ()), *part.spans)
                )
            self._known[company] = found
        return self._known[company]

    def code(self, industry: int | None) -> str:
        """What an industry is called; one that is not in the day's list has only a number."""
        if industry is None:
            return NO_INDUSTRY
        known = self.facts.industries.get(industry)
        return f"#{industry}" if known is None else known.code


class _Tally:
    """Amounts added up by park, industry and fund."""

    def __init__(self) -> None:
        self.sums: dict[Key, Amounts] = {}

    def add(self, key: Key, amounts: Amounts) -> None:
        self.sums[key] = add_amounts(self.sums.get(key, NOTHING), amounts)

    def along(self, *places: int) -> dict[Key, Amounts]:
        """The sums over all but some places of the key; the places left out are None."""
        found = _Tally()
        for key, amounts in self.sums.items():
            found.add(tuple(part if at in places else None for at, part in enumerate(key)), amounts)
        return found.sums


class _Writer:
    """Turns keys of ids into rows of codes, parks and industries in the order of their codes."""

    def __init__(self, slice_: LedgerSlice) -> None:
        self.facts = slice_.facts
        self._industries = IndustrySpans(self.facts, TagMode.PRIMARY)
        parks = (*self.facts.parks, None)
        self._leading = {park: self.facts.leading_on(park, slice_.as_of) for park in parks}

    def cells(self, tally: _Tally) -> Iterator[Row]:
        for (park, industry, fund), amounts in self._sort(tally.sums):
            yield {"table": CUBE, **self._place(park, industry), **self._fund(fund), **_named(amounts)}

    def wholes(self, tally: _Tally) -> Iterator[Row]:
        for (park, _, fund), amounts in self._sort(tally.sums):
            yield {"table": CUBE_FUND, "park": self._park(park), **self._fund(fund), **_named(amounts)}

    def sums(self, cells: _Tally, wholes: _Tally) -> Iterator[Row]:
        """Every park, and every industry that holds something or leads somewhere, if only with nothing."""
        leading = [(park, one) for park in self.facts.parks for one in self._listed(park)]
        places = dict.fromkeys(((*place, None) for place in leading), NOTHING) | cells.along(0, 1)
        for (park, industry, _), amounts in self._sort(places):
            yield {"table": CUBE_SUM, "of": OF_CELL, **self._place(park, industry), **_named(amounts)}
        parks = {(park, None, None): NOTHING for park in self.facts.parks} | wholes.along(0)
        for (park, *_), amounts in self._sort(parks):
            yield {"table": CUBE_SUM, "of": OF_PARK, "park": self._park(park), **_named(amounts)}
        industries = {(None, one, None): NOTHING for _, one in leading} | cells.along(1)
        for (_, industry, _), amounts in self._sort(industries):
            code = self._industries.code(industry)
            yield {"table": CUBE_SUM, "of": OF_INDUSTRY, "industry": code, **_named(amounts)}
        whole = wholes.along().get((None, None, None), NOTHING)
        yield {"table": CUBE_SUM, "of": OF_WHOLE, **_named(whole)}

    def _listed(self, park: int) -> list[int]:
        return [one for one in self._leading[park] if one in self.facts.industries]

    def _sort(self, sums: Mapping[Key, Amounts]) -> Iterable[tuple[Any, Amounts]]:
        """By park, industry and fund; the city after its parks, and what has no industry last."""

        def rank(item: tuple[Any, Amounts]) -> tuple[object, ...]:
            park, industry, fund = item[0]
            code = "" if fund is None else self.facts.funds[fund].code
            return park is None, self._park(park), industry is None, self._industries.code(industry), code

        return sorted(sums.items(), key=rank)

    def _place(self, park: int | None, industry: int | None) -> dict[str, object]:
        above = frozenset[int]() if industry is None else self.facts.with_ancestors(industry)
        return {
            "park": self._park(park),
            "industry": self._industries.code(industry),
            "is_leading": bool(above & self._leading[park]),
        }

    def _park(self, park: int | None) -> str:
        return CITY_PART if park is None else self.facts.parks[park].code

    def _fund(self, fund: int) -> dict[str, object]:
        known = self.facts.funds[fund]
        return {"fund": known.code, "fund_type": str(known.vehicle_type)}


def _named(amounts: Amounts) -> dict[str, object]:
    return dict(zip(AMOUNTS, amounts, strict=True))
