"""Where a firm stands in its chain, and which firms of the register stand beside, above and below it."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from dashboard.pages.attributes import aria
from dashboard.pages.chart_card import draw_empty_card
from dashboard.pages.companies.company_state import PATH, CompanyState, Row, Rows, share_of
from dashboard.pages.shown_table import draw_export, draw_table, draw_table_card
from dashboard.readings.portfolio.company_chain import MOST_NEIGHBOURS, POSITIONS, count_neighbours
from dashboard.tables.shown import Column, ShownTable
from dashboard.words.numbers import format_count

TAGS, NEIGHBOURS = "company_tags", "neighbours"
PLACES = (*map(str, POSITIONS), None)


def draw_chain(state: CompanyState) -> list[Component]:
    """The tags and the links of the chain, then the neighbours; a firm without a tag says what is missing."""
    if not state.rows("company_tag"):
        return [draw_empty_card(state.say("company.chain"), state.say("company.chain_empty"))]
    table = make_tags(state)
    words = [
        html.H2(write_finding(state), className="card-title"),
        html.P(table.note, className="card-note"),
    ]
    head = html.Div(
        [html.Div(words, className="card-words"), draw_export(state.context, table)], className="card-head"
    )
    chains = [_draw_one(state, name, rows) for name, rows in _by_industry(state)]
    cards: list[Component] = [
        html.Section(
            [head, *chains, draw_table(state.context, table, is_tall=False)], className="card company-chain"
        )
    ]
    if state.rows("company_neighbour"):
        cards.append(draw_table_card(state.context, make_neighbours(state)))
    return cards


def make_tags(state: CompanyState) -> ShownTable:
    """A row for each tag, the one that speaks in the primary mode first."""
    cells = state.cells(state.unit)
    columns = (
        Column("industry", state.say("company.city_industry")),
        Column("segment", state.say("company.segment")),
        Column("weight", state.say("company.weight"), is_number=True),
        Column("main", state.say("company.main")),
        Column("from", state.say("company.since")),
        Column("ground", state.say("company.ground")),
    )
    made = tuple(
        (
            cells.text(row["name"] or "", link=state.history_link("company_tag", row["ledger_row"])),
            cells.text(_name_link(state, row)),
            cells.share(share_of(row["tag_weight_ppm"])),
            cells.text(
                state.say("company.yes" if row["is_main_tag"] else "company.no"),
                tone="" if row["is_main_tag"] else "soft",
            ),
            cells.text(row["from"] or ""),
            cells.text(row["rests_on"] or "", tone="wrap"),
        )
        for row in state.rows("company_tag")
    )
    return ShownTable(TAGS, write_finding(state), columns, made, state.note("company.tags_note"))


def make_neighbours(state: CompanyState) -> ShownTable:
    """The firms of the main industry's chain, those in the same link first; each leads to its own page."""
    rows = state.rows("company_neighbour")
    cells = state.cells(state.unit)
    columns = (
        Column("name", state.say("company.firm")),
        Column("segment", state.say("company.segment")),
        Column("park", state.say("company.park")),
        Column("size_tags", state.say("company.size_tags")),
        Column("held", state.say("company.held_by_own")),
    )
    made = tuple(
        (
            cells.text(row["name"], link=state.context.link(f"{PATH}/{row['code']}"), hover=row["code"]),
            cells.text(_name_link(state, row)),
            cells.text(
                state.park_name(row["park"]) or state.say("company.no_park"),
                tone="" if row["park"] else "soft",
            ),
            cells.text(state.list(row["size_labels"]), tone="wrap"),
            cells.text(
                state.say("company.yes" if row["is_held_by_own"] else "company.no"),
                tone="" if row["is_held_by_own"] else "soft",
            ),
        )
        for row in rows
    )
    count = count_neighbours(state.slice)
    title = state.say("company.neighbours_finding", count=format_count(count))
    code = "company.neighbours_note" if count <= MOST_NEIGHBOURS else "company.neighbours_note_first"
    note = state.note(code, most=format_count(MOST_NEIGHBOURS))
    return ShownTable(NEIGHBOURS, title, columns, made, note)


def write_finding(state: CompanyState) -> str:
    """The link of the main tag, and how many firms of the register share it."""
    tags = state.rows("company_tag")
    if not tags:
        return state.say("company.chain")
    main = tags[0]
    if main["segment"] is None:
        return state.say("company.chain_no_link", industry=main["name"] or "")
    own = [row for row in state.rows("company_link") if row["segment"] == main["segment"]]
    others = max(sum(row["firms_in_link"] for row in own if row["industry"] == main["industry"]) - 1, 0)
    told = {"industry": main["name"] or "", "link": _name_link(state, main)}
    if not others:
        return state.say("company.chain_alone", **told)
    return state.say("company.chain_finding", count=format_count(others), **told)


def _by_industry(state: CompanyState) -> Iterator[tuple[str, Rows]]:
    names = {one.code: one.name for one in state.slice.facts.industries.values()}
    rows = state.rows("company_link")
    for code in dict.fromkeys(row["industry"] for row in rows):
        yield names.get(code, code), [row for row in rows if row["industry"] == code]


def _draw_one(state: CompanyState, name: str, rows: Rows) -> Component:
    """One chain from upstream to downstream; the firm's own link says so in words, not by colour alone."""
    columns = []
    for place in PLACES:
        links = [row for row in rows if row["link_position"] == place]
        if links:
            title = html.H4(state.say(f"company.position_{place or 'none'}"), className="company-position")
            columns.append(
                html.Div([title, *(_draw_link(state, row) for row in links)], className="company-links")
            )
    return html.Div(
        [html.H3(name, className="company-chain-name"), html.Div(columns, className="company-positions")],
        role="group",
        **aria(label=name),
    )


def _draw_link(state: CompanyState, row: Row) -> Component:
    own = row["is_own_link"]
    firms = state.say("company.link_firms", count=format_count(row["firms_in_link"]))
    parts = [html.Span(row["chain_link"]), html.Span(firms, className="company-link-count")]
    if own:
        parts.append(html.Span(state.say("company.link_own"), className="company-link-own"))
    return html.Div(parts, className="company-link" + (" company-link-chosen" if own else ""))


def _name_link(state: CompanyState, row: Row) -> str:
    """A link of the chain with its place."""
    if row["segment"] is None:
        return state.say("company.no_link")
    place = state.say(f"company.position_{row['link_position'] or 'none'}")
    return state.say("company.link", name=row["chain_link"], place=place)
