"""What the cards of chains are drawn from: the rows of a park or of an industry, and the gap that was chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.figures.chain_map import Box
from dashboard.pages.cells import CellMaker
from dashboard.pages.context import PageContext
from dashboard.readings.answers import Figure, Reading
from dashboard.readings.industries.chain_coverage import LEADER_BASES, SEGMENT_BASIS
from dashboard.readings.industries.chain_map import CANDIDATE, EDGE, LEADER, NODE
from dashboard.words.numbers import MoneyUnit, choose_unit, format_date, format_money
from funds.queries.ledger_slice import LedgerSlice

Row = Mapping[str, Any]
GAP = "gap"
CANDIDATES_PLACE = "chain-candidates"


@dataclass(frozen=True)
class ChainState:
    """The chains of a park's leading industries, or (`is_park` false) of one industry."""

    context: PageContext
    slice: LedgerSlice
    reading: Reading
    is_park: bool = True

    @property
    def scope(self) -> str:
        """What the figures are called by."""
        return self.slice.scope.label

    @property
    def nodes(self) -> tuple[Row, ...]:
        """The segments."""
        return self.reading.table(NODE)

    @property
    def leaders(self) -> tuple[Row, ...]:
        """The chain leaders."""
        return self.reading.table(LEADER)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """AL08 by both thresholds, and AL09."""
        leaders = [self.reading.figure("AL08", basis) for basis in LEADER_BASES]
        return (*leaders, self.reading.figure("AL09", SEGMENT_BASIS))

    @property
    def chosen(self) -> Row | None:
        """The gap that the address names; a segment that is no gap on the day is none."""
        asked = self.context.query.get(GAP)
        return next((row for row in self.nodes if row["is_gap"] and name_gap(row) == asked), None)

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    def whose(self) -> str:
        """The leading industries, or this industry."""
        return self.say("chains.of_park" if self.is_park else "chains.of_industry")

    def chains(self) -> dict[str, list[Row]]:
        """The segments by the industry that they are shown under."""
        found: dict[str, list[Row]] = {}
        for row in self.nodes:
            found.setdefault(row["industry"], []).append(row)
        return found

    def edges(self, industry: str) -> list[Row]:
        """The lines of a chain, and those from and to other chains."""
        return [row for row in self.reading.table(EDGE) if row["industry"] == industry]

    def candidates(self, node: Row) -> list[Row]:
        """The firms that could fill a gap."""
        return [row for row in self.reading.table(CANDIDATE) if _is_of(row, node)]

    def cells(self, amounts: Iterable[int | None]) -> CellMaker:
        """Makes the cells of a table whose money these amounts are."""
        return CellMaker(self.context.visit, choose_unit(amounts))

    def money(self, fen: int, unit: MoneyUnit) -> str:
        """An amount with its unit."""
        joint = "" if self.context.language == "zh" else " "
        return f"{format_money(fen, unit)}{joint}{self.say(unit.code)}"

    def day(self) -> str:
        """The as-of day in running text."""
        return format_date(self.context.as_of, self.context.language)

    def versions(self, *codes: str) -> tuple[tuple[str, int], ...]:
        """The definitions that a table rests on, by version."""
        known = self.slice.facts.definitions
        return tuple((code, known[code]) for code in codes if code in known)

    def link_gap(self, node: Row) -> str:
        """The address of the list of firms that could fill a gap."""
        return f"{self.context.here(**{GAP: name_gap(node)})}#{CANDIDATES_PLACE}"


def name_gap(node: Row) -> str:
    """`IC.IC-1`: a segment by the industry of its chain and its own code."""
    return f"{node['chain']}.{node['segment']}"


def box_of(node: Row) -> Box:
    """A segment as the figure places it."""
    parent = None if node["parent"] is None else f"{node['chain']}.{node['parent']}"
    return Box(name_gap(node), node["position"], parent, node["is_gap"])


def ends_of(edge: Row) -> tuple[str, str]:
    """Where a line of the graph begins and where it ends, by the names of segments."""
    source = f"{edge['source_industry']}.{edge['source_segment']}"
    return source, f"{edge['target_industry']}.{edge['target_segment']}"


def _is_of(row: Row, node: Row) -> bool:
    return bool(row["industry"] == node["industry"]) and name_gap(row) == name_gap(node)
