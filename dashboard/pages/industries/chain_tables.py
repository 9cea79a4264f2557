"""The chains as tables: segments, chain leaders, and the firms that could fill a gap."""

from collections.abc import Iterator

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.cells import CellMaker
from dashboard.pages.industries.chain_state import CANDIDATES_PLACE, GAP, ChainState, Row
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.industries.chain_map import CANDIDATE
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import ABSENT, MoneyUnit

COMPANIES = "/companies"


def make_chain_table(state: ChainState) -> ShownTable:
    """A row for each segment."""
    cells = state.cells(row["cost"] for row in state.nodes)
    say, unit = state.say, state.say(cells.unit.code)
    columns = (
        Column("segment", say("chains.segment")),
        Column("industry", say("chains.industry")),
        Column("position", say("chains.position")),
        Column("parent", say("chains.parent")),
        Column("state", say("chains.state")),
        Column("firms", say("chains.firms"), is_number=True),
        Column("cost", say("chains.cost", unit=unit), is_number=True),
        Column("leaders", say("chains.leaders"), is_number=True),
        Column("leaders_covered", say("chains.leaders_held"), is_number=True),
        Column("candidates", say("chains.candidates"), is_number=True),
    )
    rows = tuple(tuple(_chain_row(state, cells, row)) for row in state.nodes)
    return ShownTable(
        "chains",
        say("chains.table", whose=state.whose()),
        columns,
        rows,
        note=say("chains.note", day=state.day()),
        definitions=state.versions("AL08", "AL09"),
    )


def make_leaders_table(state: ChainState) -> ShownTable:
    """The chain leaders: by what they are recognised, and whether a fund stands in them."""
    say, cells = state.say, CellMaker(state.context.visit, MoneyUnit.YI)
    columns = (
        Column("name", say("chains.firm")),
        Column("park", say("chains.park")),
        Column("segments", say("chains.segment")),
        Column("by", say("chains.recognised_by")),
        Column("output", say("chains.output", unit=say(MoneyUnit.YI.code)), is_number=True),
        Column("held", say("chains.held")),
    )
    held = sum(row["is_covered"] for row in state.leaders)
    return ShownTable(
        "leaders",
        say("chains.leaders_title", count=len(state.leaders), held=held, whose=state.whose()),
        columns,
        tuple(tuple(_leader_row(state, cells, row)) for row in state.leaders),
        note=say("chains.leaders_note"),
        definitions=state.versions("AL08"),
    )


def make_candidates_table(state: ChainState) -> ShownTable:
    """The firms of the register that could fill the chosen gap, or any gap where none was chosen."""
    say, cells, chosen = state.say, CellMaker(state.context.visit, MoneyUnit.YI), state.chosen
    rows = state.reading.table(CANDIDATE) if chosen is None else state.candidates(chosen)
    columns = (
        Column("name", say("chains.firm")),
        Column("segment", say("chains.gap_segment")),
        Column("park", say("chains.park")),
        Column("why", say("chains.why")),
        Column("national", say("chains.national")),
        Column("code", say("chains.code")),
    )
    title = (
        say("chains.candidates_title", count=len(rows))
        if chosen is None
        else say("chains.candidates_of", name=chosen["name"], count=len(rows))
    )
    made = tuple(tuple(_candidate_row(state, cells, row)) for row in rows)
    return ShownTable("candidates", title, columns, made, note=say("chains.candidates_note"))


def draw_candidates(state: ChainState) -> Component | None:
    """The list for the chosen gap; folded with all of them where none was chosen, nothing without gaps."""
    chosen = state.chosen
    if chosen is None and not state.reading.table(CANDIDATE):
        return None
    table = make_candidates_table(state)
    if chosen is None:
        card = draw_table_card(state.context, table)
        summary = html.Summary(state.say("chains.all_candidates", count=len(table.rows)))
        return html.Details([summary, card], className="chain-candidates", id=CANDIDATES_PLACE)
    back = dcc.Link(
        state.say("chains.choose_none"), href=state.context.here(**{GAP: None}), className="chain-back"
    )
    if table.rows:
        card = draw_table_card(state.context, table, below=back)
    else:
        words = [
            html.H2(table.title, className="card-title"),
            html.P(state.say("chains.nobody_fits"), className="card-note"),
        ]
        card = html.Section([*words, back], className="card")
    return html.Div(card, className="chain-candidates", id=CANDIDATES_PLACE, tabIndex=-1)


def write_fit(state: ChainState, row: Row) -> str:
    """Why a firm fits, and how sure that is."""
    said = state.say(row["fit_reason"])
    told = [] if row["matched_code"] is None else [row["matched_code"]]
    told += [state.say(f"chains.{doubt}") for doubt in ("match_partial", "match_unchecked") if row[doubt]]
    return state.say("chains.doubts", said=said, told=state.say("park.list").join(told)) if told else said


def _chain_row(state: ChainState, cells: CellMaker, row: Row) -> Iterator[Cell]:
    names = {one["segment"]: one["name"] for one in state.nodes if one["industry"] == row["industry"]}
    count = len(state.candidates(row)) if row["is_gap"] else None
    yield cells.text(row["name"])
    yield cells.text(row["industry_name"])
    yield cells.text(state.say(f"chains.position_{row['position'] or 'none'}"))
    yield cells.text(names.get(row["parent"]) or row["parent"] or "")
    yield cells.text(state.say("chains.gap" if row["is_gap"] else "chains.covered"))
    yield cells.count(row["firms"])
    yield cells.money(row["cost"])
    yield cells.count(row["leaders"])
    yield cells.count(row["leaders_covered"])
    yield cells.count(count, "chains.no_gap")


def _leader_row(state: ChainState, cells: CellMaker, row: Row) -> Iterator[Cell]:
    say = state.say
    reasons = [say("chains.by_register")] if row["is_recognised"] else []
    reasons += [say("chains.by_output", year=row["output_year"])] if row["reaches"] else []
    names = {one["segment"]: one["name"] for one in state.nodes}
    yield cells.text(row["name"], link=state.context.link(f"{COMPANIES}/{row['company']}"))
    yield cells.text(row["park_name"] or ABSENT)
    yield cells.text(
        say("park.list").join(names.get(one, one) for one in row["segments"]) or ABSENT, tone="wrap"
    )
    yield cells.text(say("park.list").join(reasons))
    yield cells.money(row["output"], "chains.output_unknown")
    if not row["is_covered"]:
        yield cells.text(say("chains.not_held"))
        return
    funds = {fund.code: fund.name for fund in state.slice.readable_funds}
    named = say("park.list").join(funds[code] for code in row["funds"] if code in funds)
    code = "chains.held_through" if row["through"] else "chains.held_by"
    yield cells.text(say(code, funds=named, through=row["through"]), tone="wrap")


def _candidate_row(state: ChainState, cells: CellMaker, row: Row) -> Iterator[Cell]:
    known = ABSENT if row["national_code"] is None else f"{row['national_code']} {row['national_name']}"
    name = state.say("chains.is_leader", name=row["name"]) if row["is_leader"] else row["name"]
    yield cells.text(name, link=state.context.link(f"{COMPANIES}/{row['company']}"))
    yield cells.text(row["segment_name"])
    yield cells.text(row["park_name"] or state.say("chains.nowhere"))
    yield cells.text(write_fit(state, row), tone="wrap")
    yield cells.text(known, tone="wrap")
    yield cells.text(row["company"])
