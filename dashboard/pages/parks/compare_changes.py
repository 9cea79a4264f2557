"""Through which deals, exits, marks and decisions the two sides differ."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from dash.development.base_component import Component

from dashboard.pages.chart_card import draw_empty_card
from dashboard.pages.parks.compare_state import CompareState, Row
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.industries.compare_events import COMPARE_EVENT, SHARE_CHANGED, TAGGED
from dashboard.readings.industries.compare_parks import CHANGE
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import choose_unit, format_percent
from funds.queries.attribution import WHOLE

CHANGES, EVENTS = "differences", "decisions"
AMOUNTS = ("aligned", "cost", "aligned_value", "fair_value")
FUND_KINDS = ("fund_joined", "fund_left", SHARE_CHANGED)


def draw_changes(state: CompareState) -> Component:
    """The parts of the difference; a calm card where there are none."""
    if not state.rows(CHANGE):
        return draw_empty_card(state.say("compare.changes_none"), "")
    return draw_table_card(state.context, make_changes_table(state))


def draw_events(state: CompareState) -> Component | None:
    """What was decided between the two days; only one park has such a list."""
    if not state.is_one_park:
        return None
    if not state.rows(COMPARE_EVENT):
        return draw_empty_card(state.say("compare.events_none"), "")
    return draw_table_card(state.context, make_events_table(state))


def make_changes_table(state: CompareState) -> ShownTable:
    """A row for each part, with the sums beneath."""
    rows = state.rows(CHANGE)
    unit = choose_unit(row[part] for row in rows for part in AMOUNTS)
    cells, say = state.cells(unit), state.say
    titles = {
        part: say("overview.with_unit", name=say(f"compare.change_{part}"), unit=say(unit.code))
        for part in AMOUNTS
    }
    columns = (
        Column("company", say("park.company")),
        Column("kind", say("compare.kind")),
        Column("day", say("compare.day")),
        *(Column(part, titles[part], is_number=True) for part in AMOUNTS),
        Column("fund", say("park.fund")),
    )

    def make_row(row: Row) -> Iterator[Cell]:
        yield cells.text(row["name"], link=state.context.link(f"/companies/{row['company']}"))
        kind = say(f"compare.kind_{row['cause']}")
        many = say("compare.times", kind=kind, count=row["n"])
        yield cells.text(kind if row["n"] == 1 else many)
        yield cells.day(date.fromisoformat(row["day"])) if row["day"] else cells.absent("compare.no_day")
        for part in AMOUNTS:
            yield cells.money(row[part])
        yield cells.text(row["fund_name"], link=state.context.link(f"/funds/{row['fund']}"), tone="wrap")

    sums = [cells.money(sum(row[part] for row in rows)) for part in AMOUNTS]
    blank = cells.text("")
    return ShownTable(
        CHANGES,
        say("compare.changes_title", count=len(rows)),
        columns,
        tuple(tuple(make_row(row)) for row in rows),
        note=say("compare.changes_note" if state.is_one_park else "compare.changes_note_parks"),
        total=(cells.text(say("compare.sum")), blank, blank, *sums, blank),
        definitions=state.versions("AL01", "AL02"),
    )


def make_events_table(state: CompareState) -> ShownTable:
    """A row for each decision."""
    rows, say = state.rows(COMPARE_EVENT), state.say
    cells = state.cells(choose_unit([]))
    columns = (
        Column("kind", say("compare.event")),
        Column("day", say("compare.day")),
        Column("name", say("compare.what")),
        Column("told", say("compare.how")),
    )
    made = tuple(
        (
            cells.text(say(f"compare.event_{row['decision']}")),
            cells.day(date.fromisoformat(row["day"]) if row["day"] else None),
            cells.text(row["name"] or say("park.unlisted"), link=_link(state, row)),
            cells.text(_tell(state, row), tone="wrap"),
        )
        for row in rows
    )
    return ShownTable(EVENTS, say("compare.events_title", count=len(rows)), columns, made)


def _link(state: CompareState, row: Row) -> str | None:
    if row["decision"] in FUND_KINDS:
        return state.context.link(f"/funds/{row['code']}")
    if row["code"] is None:
        return None
    room = "companies" if row["decision"] == TAGGED else "industries"
    return state.context.link(f"/{room}/{row['code']}")


def _tell(state: CompareState, row: Row) -> str:
    """What it was before, and what it is after."""
    if row["decision"] in FUND_KINDS:
        before, after = (format_percent(Fraction(row[f"share_{at}"], WHOLE)) for at in ("before", "after"))
        return state.say("compare.from_to", before=before, after=after)
    if row["decision"] == TAGGED:
        names = {one.code: one.name for one in state.slice.facts.industries.values()}
        told = {
            at: state.say("park.list").join(_name(tag, names) for tag in row[f"industries_{at}"])
            for at in ("before", "after")
        }
        return state.say("compare.from_to", before=told["before"] or "—", after=told["after"] or "—")
    return ""


def _name(tag: str, names: dict[str, str]) -> str:
    code, _, weight = tag.partition(" ")
    return f"{names.get(code, code)} {weight}"
