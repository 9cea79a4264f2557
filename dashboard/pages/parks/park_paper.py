"""The park's review as a paper for a meeting: the page's own sentences, tables and charts, and what they rest on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from dashboard.pages.cells import CellMaker
from dashboard.pages.context import PageContext
from dashboard.pages.figure_text import name_basis
from dashboard.pages.paper_definitions import close_paper
from dashboard.pages.parks import park_flow, park_timeline
from dashboard.pages.parks.park_alignment import make_spread_table
from dashboard.pages.parks.park_chain_card import (
    make_park_candidates_table,
    make_park_chain_table,
    make_park_leaders_table,
)
from dashboard.pages.parks.park_drawings import draw_eras, draw_flow, draw_strips
from dashboard.pages.parks.park_flow import make_flow_table
from dashboard.pages.parks.park_funds import make_funds_table, write_city_money
from dashboard.pages.parks.park_headline import write_headline, write_share
from dashboard.pages.parks.park_measures import name_way
from dashboard.pages.parks.park_off_industry import make_off_industry_table
from dashboard.pages.parks.park_sources import make_sources_table, write_sources
from dashboard.pages.parks.park_state import ParkState, open_park
from dashboard.pages.parks.park_timeline import make_timeline_table
from dashboard.pages.parks.six_ones_appraisal import make_lift_table, write_place
from dashboard.pages.parks.six_ones_card import view_of
from dashboard.pages.parks.six_ones_table import make_six_ones_table
from dashboard.readings.industries.park_view import LEADING
from dashboard.reports.paper import BarChart, Paper, PaperSection, PaperWords
from dashboard.tables.shown import Column, FigureKey, ShownTable
from dashboard.words.numbers import choose_unit
from funds.kinds import BookKind

PACK = "pack"
FORMS = (("pdf", "paper.as_pdf"), ("xlsx", "paper.as_workbook"))
# Net asset value is the reported one where there is one; which it is stands beside it.
KEY_FIGURES: tuple[tuple[str, str | None], ...] = (
    ("PF01", "committed"),
    ("PF02", "paid_in"),
    ("PF16", "paid_in"),
    ("PF04", None),
    ("PF08", None),
    ("PF09", None),
    ("LV04", "paid_in"),
    ("LV05", "paid_in"),
    ("AL01", "cost"),
    ("AL02", "fair_value"),
    ("AL03", "flow_ytd"),
    ("AL04", "count"),
)


@dataclass(frozen=True)
class PaperPart:
    """A subject of the paper: its heading's code, what is said, drawn and listed, and the chart of the workbook."""

    title: str
    tables: Sequence[Callable[[ParkState], ShownTable]]
    sentences: Callable[[ParkState], Sequence[str]] = lambda _state: ()
    drawing: Callable[[ParkState], Markup | None] = lambda _state: None
    chart: BarChart | None = None


def make_park_paper(context: PageContext) -> Paper:
    """The paper of the park that an address names, in the state that the page shows."""
    state = open_park(context, context.parts["code"])
    sections = [section for parts in PAGES for section in _make_sections(state, parts)]
    title = state.say("paper.park_title", park=state.park.name)
    return Paper(
        title,
        state.say("paper.subtitle", day=state.day(context.as_of), mode=name_way(state)),
        context.language,
        _write_edges(state),
        [*sections, close_paper(context, sections)],
    )


def draw_offer(state: ParkState) -> Component:
    """The paper in both forms, one click away."""
    links = [
        html.A(state.say(words), href=state.context.paper_link(PACK, form), className="paper-link")
        for form, words in FORMS
    ]
    return html.Div([html.Span(state.say("paper.offer")), *links], className="paper-offer")


def _make_sections(state: ParkState, parts: Sequence[PaperPart]) -> Iterator[PaperSection]:
    """Subjects that share their pages, and what all of them rest on."""
    made = [[make(state) for make in part.tables] for part in parts]
    named = dict.fromkeys(pair for tables in made for table in tables for pair in table.definitions)
    told = "；".join(f"{code} {state.say(f'figure.{code}')} v{version}" for code, version in named)
    source = state.say("paper.source", definitions=told or state.say("paper.register"))
    for part, tables in zip(parts, made, strict=True):
        filled = [table for table in tables if table.rows]
        absence = "" if filled else state.say("paper.no_rows")
        yield PaperSection(
            state.say(part.title),
            part.sentences(state),
            part.drawing(state),
            filled,
            source,
            absence,
            part.chart,
        )


def _write_edges(state: ParkState) -> PaperWords:
    book, context = state.context.visit.book, state.context
    running = state.say(
        "paper.running",
        city=book.city_name,
        park=state.park.name,
        day=context.as_of.isoformat(),
        version=context.version,
    )
    return PaperWords(running, state.say("demo.badge_note") if book.kind == BookKind.DEMO.value else "")


def make_key_table(state: ParkState) -> ShownTable:
    """The park's headline figures, each with its code and basis."""
    amounts = [state.reading.figure(*key).value for key in KEY_FIGURES]
    unit = choose_unit(amount for amount in amounts if isinstance(amount, int))
    cells, say = CellMaker(state.context.visit, unit), state.say
    columns = (
        Column("code", say("paper.code")),
        Column("name", say("paper.name")),
        Column("basis", say("paper.basis")),
        Column("value", say("paper.value", unit=state.unit_name(unit)), is_number=True),
    )
    rows = []
    for code, basis in KEY_FIGURES:
        figure = state.reading.figure(code, basis)
        value = cells.figure(FigureKey(code, figure.basis, state.scope), figure.value, figure.reason)
        name = say(f"figure.{code}")
        rows.append(
            (
                cells.text(code),
                cells.text(name),
                cells.text(name_basis(state.context.visit, figure.basis)),
                value,
            )
        )
    codes = dict.fromkeys(code for code, _ in KEY_FIGURES)
    return ShownTable("key", say("paper.key_title"), columns, tuple(rows), definitions=state.versions(*codes))


def _write_funds(state: ParkState) -> Sequence[str]:
    told = write_city_money(state)
    return (told,) if told else ()


KEY = PaperPart("paper.part_key", (make_key_table,), lambda state: (write_headline(state),))
LEADERS = PaperPart(
    "paper.part_leading",
    (make_timeline_table,),
    lambda state: (park_timeline.write_finding(state),) if state.rows(LEADING) else (),
    draw_eras,
)
FUNDS = PaperPart("paper.part_funds", (make_funds_table,), _write_funds)
ALIGNMENT = PaperPart(
    "paper.part_alignment",
    (make_spread_table,),
    lambda state: (write_share(state),),
    draw_strips,
    BarChart("spread", "measure", ("now", "decided", "median")),
)
OFF_INDUSTRY = PaperPart("paper.part_off", (make_off_industry_table,))
FLOW = PaperPart(
    "paper.part_flow",
    (make_flow_table,),
    lambda state: (park_flow.write_finding(state),),
    draw_flow,
    BarChart("flow", "company", ("all",)),
)
SOURCES = PaperPart("paper.part_sources", (make_sources_table,), lambda state: (write_sources(state),))
CHAINS = PaperPart(
    "paper.part_chains", (make_park_chain_table, make_park_leaders_table, make_park_candidates_table)
)
SIX_ONES = PaperPart(
    "paper.part_six_ones",
    (lambda state: make_six_ones_table(view_of(state)), lambda state: make_lift_table(view_of(state))),
    lambda state: (write_place(view_of(state)),),
)
# What stands together on its pages.
PAGES: tuple[tuple[PaperPart, ...], ...] = (
    (KEY, LEADERS),
    (FUNDS,),
    (ALIGNMENT, OFF_INDUSTRY),
    (SOURCES, FLOW),
    (CHAINS,),
    (SIX_ONES,),
)
