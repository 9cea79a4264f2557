"""What the cards of the six ones share: the slice of a park or of the city, its reading, and how versions are named."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from dash.development.base_component import Component
from orjson import Fragment

from dashboard.pages.cells import CellMaker
from dashboard.pages.context import PageContext
from dashboard.pages.figure_cards import CardSet
from dashboard.pages.figure_text import read_number
from dashboard.pages.kept_parts import draw_told, tell
from dashboard.readings.answers import Figure, Reading
from dashboard.readings.industries.six_ones import TARGETS, read_six_ones
from dashboard.readings.industries.six_ones_targets import PolicyVersion, list_versions
from dashboard.readings.industries.tag_parts import TagMode
from dashboard.words.numbers import MoneyUnit, format_date, format_number
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ScopeName

Row = Mapping[str, Any]


@dataclass(frozen=True)
class SixOnesView:
    """The six ones as somebody looks at them."""

    context: PageContext
    slice: LedgerSlice
    mode: TagMode = TagMode.PRIMARY

    @cached_property
    def reading(self) -> Reading:
        """The figures and tables; a report of the same scope has them too."""
        return read_six_ones(self.slice, self.mode)

    def narrow(self, *tables: str, has_figures: bool = False) -> "SixOnesView":
        """The same with no more of the reading than some of its tables, and its figures if they are told too."""
        rows = tuple(row for table in tables for row in self.rows(table))
        part = replace(self)
        figures = self.reading.figures if has_figures else ()
        vars(part)["reading"] = replace(self.reading, figures=figures, rows=rows)
        return part

    @cached_property
    def versions(self) -> tuple[PolicyVersion, ...]:
        """The papers that set targets, the oldest first."""
        return list_versions(self.slice.facts)

    @cached_property
    def targets(self) -> Mapping[tuple[str, int], Row]:
        """What each version asks of each indicator."""
        return {(row["code"], row["policy_version"]): row for row in self.rows(TARGETS)}

    @property
    def is_city(self) -> bool:
        """Whether all parks are in view."""
        return self.slice.scope.name is ScopeName.CITY

    @property
    def cells(self) -> CellMaker:
        """Makes cells; there is no money among them."""
        return CellMaker(self.context.visit, MoneyUnit.YI)

    def cards(self, place: str) -> CardSet:
        """A set of cards with a place of its own."""
        return CardSet(self.context.visit, self.slice.scope.label, MoneyUnit.YI, place)

    def figure(self, code: str) -> Figure:
        """A figure of the reading."""
        return self.reading.figure(code)

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of one of the reading's tables."""
        return self.reading.table(table)

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    def name_version(self, version: PolicyVersion) -> str:
        """A version by the day from which it held."""
        return self.say("six_ones.version", day=version.from_date.isoformat())

    def name_unit(self, unit: str | None) -> str:
        """A unit in the language of the visit; one that has no words stands as it was filed."""
        return "" if unit is None else self.say(f"six_ones.unit_{UNITS[unit]}") if unit in UNITS else unit

    def measure(self, text: str | None, unit: str | None) -> str:
        """A number with its unit: 62.5%, 611 家."""
        number = format_number(read_number(text)) if text is not None else ""
        if unit == "%":
            return f"{number}%"
        joint = "" if self.context.language == "zh" else " "
        return f"{number}{joint}{self.name_unit(unit)}".strip()

    @property
    def day(self) -> str:
        """The as-of date in running text."""
        return format_date(self.slice.as_of, self.context.language)

    def names(self, codes: list[str]) -> str:
        """Parks by name."""
        known = {park.code: park.name for park in self.slice.facts.parks.values()}
        return self.say("park.list").join(known.get(code, code) for code in codes)

    def indicators(self, codes: list[str]) -> str:
        """Indicators by code and name."""
        return self.say("park.list").join(f"{code} {self.say(f'figure.{code}')}" for code in codes)

    def definitions(self, *codes: str) -> tuple[tuple[str, int], ...]:
        """The definitions that a table rests on, by version."""
        known = self.slice.facts.definitions
        return tuple((code, known[code]) for code in codes if code in known)


def draw_part(
    view: SixOnesView,
    name: str,
    draw: Callable[[SixOnesView], Component | None],
    *tables: str,
    has_figures: bool = False,
) -> Fragment:
    """A part of the page that is drawn of some tables alone, as it was drawn when these were the same."""
    part = view.narrow(*tables, has_figures=has_figures)
    return draw_told(view.context, name, tell(part.slice, part.reading), lambda: draw(part))


UNITS = {
    "个": "ge",
    "家": "jia",
    "支": "zhi",
    "只": "fund",
    "平方米": "area",
    "名次": "rank",
    "倍": "times",
    "亿元": "yi",
    "分": "points",
}
