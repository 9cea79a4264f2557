"""The map of parks before it is drawn: where each stands, what it is worth in a measure, and what that finds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from dashboard.figures.heat_map import shade, shade_share
from dashboard.pages.cells import CellMaker
from dashboard.pages.context import BadAddress, PageContext
from dashboard.readings.industries.park_layout import BY_CODE, ParkLayout, lay_out_parks
from dashboard.tables.shown import Cell, Column, FigureKey, ShownTable
from dashboard.words.numbers import ABSENT, choose_unit, format_date, format_money, format_percent
from funds.queries.ledger_slice import LedgerSlice

NAME, MAP = "map", "map"
# Each measure with its figure; the first is shown where the address names none.
MEASURES: Mapping[str, tuple[str, str]] = {
    "alignment": ("AL01", "cost"),
    "paid_in": ("PF02", "paid_in"),
    "deployed": ("PF16", "paid_in"),
}
MONEY = "paid_in"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class ParkMap:
    """Parks with their figures, as rows of a reading, and where they stand."""

    context: PageContext
    slice: LedgerSlice
    rows: Sequence[Row]
    measure: str

    @cached_property
    def layout(self) -> ParkLayout:
        """The places of the parks that are shown."""
        return lay_out_parks(self.slice, [row["code"] for row in self.rows])

    @cached_property
    def cells(self) -> CellMaker:
        """Cells in the unit that suits what was paid in."""
        return CellMaker(self.context.visit, choose_unit(row[key_of(MONEY)] for row in self.rows))

    def value(self, row: Row, measure: str) -> int | str | None:
        """A park's value in a measure."""
        found: int | str | None = row[key_of(measure)]
        return found

    def write(self, row: Row) -> str:
        """The chosen measure of a park, short; money in the unit of the note."""
        value = self.value(row, self.measure)
        if value is None:
            return ABSENT
        if self.measure == MONEY:
            return format_money(int(value), self.cells.unit)
        return format_percent(Fraction(value))

    def write_long(self, row: Row) -> str:
        """The value with its unit, or why there is none."""
        if self.value(row, self.measure) is None:
            reason = row.get(f"{key_of(self.measure)}.reason")
            return self.context.say(reason) if reason else ABSENT
        unit = f" {self.context.say(self.cells.unit.code)}" if self.measure == MONEY else ""
        return f"{self.write(row)}{unit}"

    def name(self, row: Row) -> str:
        """A park without the city's name, which all share."""
        name: str = row["name"]
        return name.removeprefix(self.context.visit.book.city_name) or name

    def shade(self, row: Row) -> int:
        """How dark its ground is."""
        value = self.value(row, self.measure)
        if value is None:
            return 0
        if self.measure != MONEY:
            return shade_share(Fraction(value))
        largest = max(int(self.value(one, MONEY) or 0) for one in self.rows)
        return shade(int(value), largest)


def key_of(measure: str) -> str:
    """The figure of a measure in a row."""
    return ".".join(MEASURES[measure])


def open_map(context: PageContext, slice_: LedgerSlice, rows: Sequence[Row]) -> ParkMap:
    """The map in the measure that the address names."""
    measure = context.query.get(MAP, "alignment")
    if measure not in MEASURES:
        raise BadAddress("map.bad_measure", text=measure[:20])
    return ParkMap(context, slice_, rows, measure)


def make_map(shown: ParkMap) -> ShownTable:
    """A row for each park with every measure."""
    say, cells = shown.context.say, shown.cells
    unit = say(cells.unit.code)
    titles = {name: say(f"map.measure_{name}") for name in MEASURES}
    titles[MONEY] = say("overview.with_unit", name=titles[MONEY], unit=unit)
    districts = {park.code: park.district for park in shown.slice.facts.parks.values()}
    versions = shown.slice.facts.definitions
    return ShownTable(
        NAME,
        say("map.title"),
        (
            Column("park", say("overview.park")),
            Column("district", say("map.district")),
            *(Column(name, titles[name], is_number=True, hint=MEASURES[name][0]) for name in MEASURES),
        ),
        tuple(tuple(_make_row(shown, row, districts.get(row["code"]))) for row in shown.rows),
        note=write_note(shown),
        definitions=tuple((code, versions[code]) for code, _ in MEASURES.values() if code in versions),
    )


def write_finding(shown: ParkMap) -> str:
    """The most and the least of the parks that have a value."""
    say = shown.context.say
    known = [row for row in shown.rows if shown.value(row, shown.measure) is not None]
    name = say(f"map.measure_{shown.measure}")
    if not known:
        return say("map.nothing", measure=name)
    known.sort(key=lambda row: Fraction(shown.value(row, shown.measure) or 0))
    worst, best = known[0], known[-1]
    if shown.value(worst, shown.measure) == shown.value(best, shown.measure):
        return say("map.all_same", measure=name, count=len(known), value=shown.write_long(best))
    return say(
        "map.finding",
        measure=name,
        best=shown.name(best),
        highest=shown.write_long(best),
        worst=shown.name(worst),
        lowest=shown.write_long(worst),
    )


def write_note(shown: ParkMap) -> str:
    """The definition and the day, and where the layout comes from."""
    context, layout = shown.context, shown.layout
    code, _ = MEASURES[shown.measure]
    day = format_date(context.as_of, context.language)
    unit = context.say("map.unit", unit=context.say(shown.cells.unit.code)) if shown.measure == MONEY else ""
    parts = [context.say("map.note", code=code, figure=context.say(f"figure.{code}"), unit=unit, day=day)]
    if layout.source == BY_CODE:
        parts.append(context.say("map.by_code"))
    else:
        parts.append(context.say("map.from_book", document=layout.document or ""))
    if layout.unread:
        parts.append(context.say("map.unread", count=layout.unread))
    return ("" if context.language == "zh" else " ").join(parts)


def _make_row(shown: ParkMap, row: Row, district: str | None) -> Iterator[Cell]:
    cells = shown.cells
    yield cells.text(shown.name(row), link=shown.context.link(f"/parks/{row['code']}"))
    yield cells.text(district or "")
    for measure, (code, basis) in MEASURES.items():
        reason = row.get(f"{key_of(measure)}.reason")
        yield cells.figure(FigureKey(code, basis, row["scope"]), shown.value(row, measure), reason)
