"""Where each park stands on the city's map: as a policy row of the book draws it, else in the order of the codes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from funds.queries.facts import Facts, ParkFacts
from funds.queries.ledger_slice import LedgerSlice

# A policy row in words: a line (or a piece up to `;`) for each park, `P01 3,0` for a tile in column 3 of
# line 0, or `P01 0,0 4,0 4,3` for an outline of three points or more on the same grid, downwards.
LAYOUT = "park_map.layout"
PARK_MAP = "park_map"
FROM_BOOK, BY_CODE = "book", "code"
FEWEST_POINTS = 3
POINT = re.compile(r"(-?\d{1,6}(?:\.\d{1,6})?),(-?\d{1,6}(?:\.\d{1,6})?)")

Point = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class ParkPlace:
    """A park's tile by column and line, or its outline."""

    code: str
    tile: tuple[Fraction, Fraction]
    outline: tuple[Point, ...] = ()


@dataclass(frozen=True)
class ParkLayout:
    """The places of all parks: from which source, of what name, and how many of its lines could not be read."""

    places: tuple[ParkPlace, ...]
    source: str
    document: str | None = None
    unread: int = 0


def lay_out_parks(slice_: LedgerSlice, codes: Sequence[str] | None = None) -> ParkLayout:
    """A place for each park of the city, or for those of some codes; parks that the row forgets stand below."""
    parks = [park for park in slice_.facts.parks.values() if codes is None or park.code in codes]
    parks.sort(key=lambda park: (park.district or "", park.code))
    told = _find_row(slice_.facts)
    if told is None:
        return ParkLayout(tuple(_in_order(parks, Fraction(0))), BY_CODE)
    known, unread = read_layout(told[0])
    placed = [known[park.code] for park in parks if park.code in known]
    rest = [park for park in parks if park.code not in known]
    return ParkLayout((*placed, *_in_order(rest, _below(placed))), FROM_BOOK, told[1], unread)


def layout_rows(slice_: LedgerSlice) -> list[Mapping[str, object]]:
    """The layout as rows of the city's report."""
    layout = lay_out_parks(slice_)
    names = {park.code: park.name for park in slice_.facts.parks.values()}
    return [
        {
            "table": PARK_MAP,
            "code": place.code,
            "name": names[place.code],
            "layout": layout.source,
            "tile": _write(place.tile),
            "outline": " ".join(map(_write, place.outline)) or None,
        }
        for place in layout.places
    ]


def read_layout(words: str) -> tuple[dict[str, ParkPlace], int]:
    """The places that a row's words give, and how many of its lines say nothing that can be read."""
    lines = [line.split() for line in re.split(r"[;；\n]", words) if line.strip()]
    places = [_read_place(code, points) for code, *points in lines]
    return {place.code: place for place in places if place is not None}, places.count(None)


def _read_place(code: str, words: Sequence[str]) -> ParkPlace | None:
    """A tile from one point, an outline from three or more; anything else is no place."""
    found = [POINT.fullmatch(word) for word in words]
    points = tuple((Fraction(one[1]), Fraction(one[2])) for one in found if one is not None)
    if len(points) < len(words) or len(points) not in (1, *range(FEWEST_POINTS, len(points) + 1)):
        return None
    return ParkPlace(code, points[0], points if len(points) > 1 else ())


def _find_row(facts: Facts) -> tuple[str, str] | None:
    """The words and the document of the layout in force; of several the one that began last speaks."""
    rows = [row for row in facts.policy_rows if row.code == LAYOUT and row.holds_on(facts.as_of)]
    return (rows[-1].words or "", rows[-1].document) if rows else None


def _in_order(parks: Sequence[ParkFacts], top: Fraction) -> list[ParkPlace]:
    """Tiles side by side in lines somewhat longer than there are lines."""
    columns = max(1, isqrt(len(parks) * 3 // 2))
    return [
        ParkPlace(park.code, (Fraction(at % columns), top + at // columns)) for at, park in enumerate(parks)
    ]


def _below(places: Sequence[ParkPlace]) -> Fraction:
    """The first line under everything that has a place."""
    lines = [y for place in places for _, y in (place.outline or (place.tile,))]
    return Fraction(int(max(lines)) + 1) if lines else Fraction(0)


def _write(point: Point) -> str:
    return ",".join(f"{float(part):g}" for part in point)
