"""How the park's money is spread: alike funds, few or many firms, and what lies behind looking through."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from dash.development.base_component import Component

from dashboard.pages.cells import CellMaker
from dashboard.pages.chart_card import draw_empty_card
from dashboard.pages.figure_cards import CardSet, strip
from dashboard.pages.figure_text import write_value
from dashboard.pages.parks.park_headline import spread_of
from dashboard.pages.parks.park_measures import end_basis, name_way
from dashboard.pages.parks.park_state import ParkState, Row
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.industries.alignment_through import NOT_YOURS
from dashboard.readings.industries.likeness import FUND, OVERLAP
from dashboard.readings.industries.through_rows import LOOKED_THROUGH
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import MoneyUnit, format_index, format_percent
from funds.queries.attribution import WHOLE

OVERLAPS, THROUGH = "overlap", "through"
MONEY = ("cost", "leading_cost", "fair_value")


def draw_mixes(state: ParkState) -> Sequence[Component]:
    """AL10–AL12 as cards, the pairs of alike funds, and the funds that looking through reached."""
    cards = CardSet(state.context.visit, state.scope, MoneyUnit.YI, "mixes")
    drawn: list[Component] = [strip(list(_draw_cards(state, cards)), 4)]
    if _pairs(state):
        drawn.append(draw_table_card(state.context, make_overlap_table(state)))
    if state.is_through:
        drawn.append(_draw_through(state))
    return drawn


def make_overlap_table(state: ParkState) -> ShownTable:
    """A row for each pair of the park's funds that put money into the same industries."""
    cells, say = CellMaker(state.context.visit, MoneyUnit.YI), state.say
    columns = (
        Column("first", say("alignment.overlap_first")),
        Column("second", say("alignment.overlap_second")),
        Column("cosine", say("alignment.overlap_cosine"), is_number=True),
        Column("difference", say("alignment.overlap_difference"), is_number=True, hint="AL10"),
        Column("line", say("alignment.overlap_line")),
    )
    return ShownTable(
        OVERLAPS,
        write_overlap(state),
        columns,
        tuple(tuple(_overlap_row(state, cells, row)) for row in _pairs(state)),
        note=say("alignment.overlap_note", mode=name_way(state)),
        definitions=state.versions("AL10"),
    )


def make_through_table(state: ParkState) -> ShownTable:
    """A row for each of the park's funds and each fund that their money reached."""
    rows, say = state.rows(LOOKED_THROUGH), state.say
    cells = state.cells(row[key] for row in rows for key in MONEY)
    unit = state.unit_name(cells.unit)
    columns = (
        Column("fund", say("park.fund")),
        Column("way", say("alignment.through_way")),
        Column("share", say("alignment.through_share"), is_number=True),
        Column("cost", say("park.off_cost", unit=unit), is_number=True),
        Column("leading", say("alignment.through_leading", unit=unit), is_number=True),
        Column("value", say("park.off_value", unit=unit), is_number=True),
    )
    return ShownTable(
        THROUGH,
        write_through(state),
        columns,
        tuple(tuple(_through_row(state, cells, row)) for row in rows),
        note=say("alignment.through_table_note"),
        definitions=state.versions("AL01"),
    )


def write_overlap(state: ParkState) -> str:
    """How many pairs of funds are more alike than the policy's line, and which is the most alike."""
    rows, names = _pairs(state), state.fund_names()
    if not rows:
        return state.say("alignment.overlap_none")
    alike = [row for row in rows if row["is_alike"]]
    first = rows[0]
    words = {
        "first": names[first["first"]],
        "second": names[first["second"]],
        "difference": format_percent(Fraction(first["AL10"])),
    }
    if first["line_ppm"] is None:
        return state.say("alignment.overlap_no_line", **words)
    line = format_percent(Fraction(first["line_ppm"], WHOLE), 0)
    code = "alignment.overlap_found" if alike else "alignment.overlap_apart"
    return state.say(code, count=len(alike), line=line, **words)


def write_through(state: ParkState) -> str:
    """Through how many funds the money went on, how many of them hold nothing yet, and what they add."""
    reason = state.reading.figure("AL01", end_basis(state, "cost")).reason if state.is_through else None
    rows = [row for row in state.rows(LOOKED_THROUGH) if not row["is_direct"]]
    if not rows:
        return state.say("alignment.through_none") if _is_plain(reason) else state.say(str(reason))
    idle = sum(row["cost"] == 0 for row in rows)
    code = "alignment.through_found_idle" if idle else "alignment.through_found"
    added = sum(row["cost"] for row in rows)
    return state.say(code, count=len(rows), idle=idle, amount=state.amount(added))


def _draw_cards(state: ParkState, cards: CardSet) -> Iterator[Component]:
    for code, basis in (("AL10", "fund_pairs"), ("AL11", "hhi_firms"), ("AL11", "effective_firms")):
        figure = state.reading.figure(code, end_basis(state, basis))
        name = state.say(f"alignment.card_{basis}")
        yield cards.card(figure, _note(state, code, basis), name=name)
    yield cards.card(state.reading.figure("AL12"), state.say("alignment.card_presence"))


def _note(state: ParkState, code: str, basis: str) -> str:
    """The others' median beneath a card, where it may be told."""
    if basis == "effective_firms":
        return state.say("alignment.card_effective_note")
    median = spread_of(state, code, end_basis(state, basis))["median"]
    if median is None:
        return state.say(f"alignment.card_{basis}_note")
    return state.say("alignment.card_median", median=write_value(code, median, MoneyUnit.YI))


def _pairs(state: ParkState) -> list[Row]:
    return [row for row in state.rows(OVERLAP) if row["pair_of"] == FUND]


def _overlap_row(state: ParkState, cells: CellMaker, row: Row) -> Iterator[Cell]:
    names = state.fund_names()
    yield cells.text(names[row["first"]], tone="wrap")
    yield cells.text(names[row["second"]], tone="wrap")
    yield Cell(format_index(Fraction(row["cosine"])), Fraction(row["cosine"]), "0.00", row["cosine"])
    yield cells.share(Fraction(row["AL10"]))
    yield cells.text(_say_line(state, row))


def _say_line(state: ParkState, row: Row) -> str:
    if row["is_alike"] is None:
        return "—"
    return state.say("alignment.overlap_above" if row["is_alike"] else "alignment.overlap_below")


def _through_row(state: ParkState, cells: CellMaker, row: Row) -> Iterator[Cell]:
    yield cells.text(row["name"], tone="wrap")
    yield cells.text(state.say("alignment.direct" if row["is_direct"] else "alignment.through"))
    yield cells.share(Fraction(row["share"]))
    for key in MONEY:
        yield cells.money(row[key])


def _draw_through(state: ParkState) -> Component:
    if all(row["is_direct"] for row in state.rows(LOOKED_THROUGH)):
        return draw_empty_card(write_through(state), state.say("alignment.through_table_note"))
    return draw_table_card(state.context, make_through_table(state))


def _is_plain(reason: str | None) -> bool:
    """Whether nothing stands in the way of looking through, only that nothing is held."""
    return reason is None or not reason.startswith((NOT_YOURS, "look_through."))
