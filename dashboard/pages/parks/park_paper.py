"""The park's review as a paper for a meeting: the page's own sentences, tables and charts, and what they rest on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from dashboard.figures.drawn.eras import draw_paper_eras
from dashboard.figures.drawn.flow import Link, draw_paper_flow
from dashboard.figures.drawn.strips import draw_paper_strips
from dashboard.figures.palette import LIGHT
from dashboard.figures.segments_sankey import Stream
from dashboard.help import load_definition
from dashboard.pages.cells import CellMaker
from dashboard.pages.context import PageContext
from dashboard.pages.figure_text import name_basis
from dashboard.pages.parks import park_flow, park_timeline
from dashboard.pages.parks.park_alignment import make_spread_table, make_strip
from dashboard.pages.parks.park_flow import make_flow_table, name_streams
from dashboard.pages.parks.park_funds import make_funds_table, write_city_money
from dashboard.pages.parks.park_headline import write_headline, write_share
from dashboard.pages.parks.park_off_industry import make_off_industry_table
from dashboard.pages.parks.park_state import ParkState, open_park
from dashboard.pages.parks.park_switches import name_mode
from dashboard.pages.parks.park_timeline import make_era, make_timeline_table
from dashboard.readings.industries.alignment_shares import MEASURES
from dashboard.readings.industries.park_view import LEADING
from dashboard.readings.industries.segments_flow import ALL_TIME, SEGMENT_FLOW, group_small
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
# So many firms can be told apart on a sheet of paper.
MOST_FIRMS = 14


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
    tables = [table for section in sections for table in section.tables]
    codes = dict.fromkeys(code for table in tables for code, _ in table.definitions)
    closing = PaperSection(
        state.say("paper.definitions_title"), (), None, (_list_definitions(state, list(codes)),)
    )
    title = state.say("paper.park_title", park=state.park.name)
    return Paper(
        title,
        state.say("paper.subtitle", day=state.day(context.as_of), mode=name_mode(context, state.mode)),
        context.language,
        _write_edges(state),
        [*sections, closing],
    )


def draw_offer(state: ParkState) -> Component:
    """The paper in both forms, one click away."""
    links = [
        html.A(
            state.say(words), href=state.context.paper_link(PACK, form), className="paper-link", download=""
        )
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


def _list_definitions(state: ParkState, codes: Sequence[str]) -> ShownTable:
    """What each code of the paper means: its formula and where its numbers come from."""
    cells, say = CellMaker(state.context.visit, choose_unit([])), state.say
    columns = tuple(Column(key, say(f"paper.{key}")) for key in ("code", "name", "formula", "origin"))
    rows = []
    for code in codes:
        page = load_definition(code, state.context.language)
        formula = page.section("formula").text.replace("```text", "").replace("```", "").strip()
        parts = (f"{code} v{page.version}", page.title, formula, page.section("source").text)
        rows.append(tuple(cells.text(part) for part in parts))
    return ShownTable("definitions", say("paper.definitions_title"), columns, tuple(rows))


def _draw_eras(state: ParkState) -> Markup | None:
    rows = state.rows(LEADING)
    if not rows:
        return None
    eras = [make_era(state, row) for row in rows]
    return draw_paper_eras(eras, state.context.as_of, park_timeline.write_finding(state))


def _draw_strips(state: ParkState) -> Markup | None:
    strips = [make_strip(state, *measure) for measure in MEASURES]
    if all(strip.own is None and strip.spread is None for strip in strips):
        return None
    return draw_paper_strips(strips, write_share(state))


def _draw_flow(state: ParkState) -> Markup | None:
    bands, grouped = group_small(state.rows(SEGMENT_FLOW), ALL_TIME, MOST_FIRMS)
    if not bands:
        return None
    streams = name_streams(state, bands, grouped)
    return draw_paper_flow(list(_link(streams)), _colour(streams), park_flow.write_finding(state))


def _link(streams: Sequence[Stream]) -> Iterator[Link]:
    """Fund → firm and firm → link of the chain; what serves a leading industry in its colour."""
    for column in (0, 1):
        sums: dict[tuple[str, str, bool], int] = {}
        for stream in streams:
            ends = (stream.fund, stream.firm) if column == 0 else (stream.firm, stream.segment)
            sums[(*ends, stream.is_leading)] = sums.get((*ends, stream.is_leading), 0) + stream.amount
        for (source, target, is_leading), amount in sums.items():
            yield Link(source, target, column, amount, LIGHT.leading if is_leading else LIGHT.other)


def _colour(streams: Sequence[Stream]) -> dict[tuple[int, str], str]:
    """Firms and links of the chain by what most of their money serves."""
    sums: dict[tuple[int, str], int] = {}
    for stream in streams:
        for node in ((1, stream.firm), (2, stream.segment)):
            sums[node] = sums.get(node, 0) + (stream.amount if stream.is_leading else -stream.amount)
    return {node: LIGHT.leading if amount >= 0 else LIGHT.other for node, amount in sums.items()}


def _write_funds(state: ParkState) -> Sequence[str]:
    told = write_city_money(state)
    return (told,) if told else ()


KEY = PaperPart("paper.part_key", (make_key_table,), lambda state: (write_headline(state),))
LEADERS = PaperPart(
    "paper.part_leading",
    (make_timeline_table,),
    lambda state: (park_timeline.write_finding(state),) if state.rows(LEADING) else (),
    _draw_eras,
)
FUNDS = PaperPart("paper.part_funds", (make_funds_table,), _write_funds)
ALIGNMENT = PaperPart(
    "paper.part_alignment",
    (make_spread_table,),
    lambda state: (write_share(state),),
    _draw_strips,
    BarChart("spread", "measure", ("now", "decided", "median")),
)
OFF_INDUSTRY = PaperPart("paper.part_off", (make_off_industry_table,))
FLOW = PaperPart(
    "paper.part_flow",
    (make_flow_table,),
    lambda state: (park_flow.write_finding(state),),
    _draw_flow,
    BarChart("flow", "company", ("all",)),
)
# What stands together on its pages.
PAGES: tuple[tuple[PaperPart, ...], ...] = ((KEY, LEADERS), (FUNDS,), (ALIGNMENT, OFF_INDUSTRY), (FLOW,))
