"""One segment of a chain as a box: what is held there, its chain leaders, and where it leads."""

from collections.abc import Iterator

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures.chain_map import ChainLayout
from dashboard.pages.industries.chain_state import ChainState, Row, box_of, ends_of, name_gap
from dashboard.words.numbers import MoneyUnit


def draw_node(state: ChainState, industry: str, node: Row, layout: ChainLayout, unit: MoneyUnit) -> Component:
    """The box in its place; a gap is a link to the firms that could fill it."""
    cell = layout.cells[name_gap(node)]
    lines = list(_write_lines(state, industry, node, layout, unit))
    place = {"gridColumn": str(cell.column + 1), "gridRow": str(cell.row + 2)}
    if node["is_gap"]:
        return dcc.Link(lines, href=state.link_gap(node), className=_kinds(state, node, layout), style=place)
    return html.Div(lines, className=_kinds(state, node, layout), style=place)


def _kinds(state: ChainState, node: Row, layout: ChainLayout) -> str:
    chosen = state.chosen
    kinds = ["chain-node"]
    kinds += ["chain-gap"] if node["is_gap"] else []
    kinds += ["chain-part"] if box_of(node).parent in layout.cells else []
    kinds += ["chain-chosen"] if chosen is not None and name_gap(chosen) == name_gap(node) else []
    return " ".join(kinds)


def _write_lines(
    state: ChainState, industry: str, node: Row, layout: ChainLayout, unit: MoneyUnit
) -> Iterator[Component]:
    say = state.say
    yield html.Div(html.Strong(node["name"]), className="chain-title")
    if node["is_gap"]:
        count = len(state.candidates(node))
        badge = html.Span(say("chains.gap"), className="chain-badge")
        words = say("chains.gap_candidates" if count else "chains.gap_nobody", count=count)
        yield html.Div([badge, html.Span(words)], className="chain-gap-line")
    else:
        yield html.Span(say("chains.node", firms=node["firms"], cost=state.money(node["cost"], unit)))
    if node["leaders"]:
        told = say("chains.node_leaders", held=node["leaders_covered"], count=node["leaders"])
        yield html.Span(told, className="chain-leaders")
    yield from _write_ways(state, industry, node, layout)


def _write_ways(state: ChainState, industry: str, node: Row, layout: ChainLayout) -> Iterator[Component]:
    """Where it leads: within its own chain where no lines are drawn, and to and from other chains on every screen."""
    within = []
    for row in state.edges(industry):
        source, target = ends_of(row)
        if source == name_gap(node) and target in layout.cells:
            within.append(row["target_name"])
        elif source == name_gap(node):
            words = _write_beyond(state, "leads_to", row["target_name"], row["target_industry"])
            yield html.Span(words, className="chain-beyond")
        elif target == name_gap(node) and source not in layout.cells:
            words = _write_beyond(state, "comes_from", row["source_name"], row["source_industry"])
            yield html.Span(words, className="chain-beyond")
    if within:
        names = state.say("park.list").join(within)
        yield html.Span(state.say("chains.leads_to", name=names), className="chain-next")


def _write_beyond(state: ChainState, way: str, name: str, industry: str | None) -> str:
    """A segment of another chain, with its industry."""
    names = {one.code: one.name for one in state.slice.facts.industries.values()}
    return state.say(f"chains.{way}_beyond", name=name, industry=names.get(industry or "", industry or ""))
