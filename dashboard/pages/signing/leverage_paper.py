"""The leverage paper of a quarter: every definition, its inputs, the bridge, whose money it is, and what came late."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from dashboard.help import load_definition
from dashboard.pages.cells import CellMaker
from dashboard.pages.context import AS_OF, PageContext
from dashboard.pages.leverage.bridge_card import make_bridge_table
from dashboard.pages.leverage.bridge_lines import make_bridge_lines, make_claims
from dashboard.pages.leverage.definitions_card import amounts_of, asked_figures, make_definitions_table
from dashboard.pages.leverage.leverage_address import BASIS, PATH, SCOPE
from dashboard.pages.leverage.leverage_state import LeverageState, open_leverage
from dashboard.pages.leverage.natures_card import make_natures_table, make_restated_table
from dashboard.pages.leverage.official_line import write_certainty, write_headline
from dashboard.pages.leverage.sensitivity_card import make_sensitivity_table
from dashboard.pages.signing.late_entries import list_late, write_late
from dashboard.pages.signing.paper_quarters import last_day, read_quarter
from dashboard.pages.trail.trail_desk import write_city_time
from dashboard.readings.money.leverage_bridge import CLAIMED, CONFIRMED, STEPS
from dashboard.reports.paper import Paper, PaperSection, PaperWords
from dashboard.tables.shown import Column, ShownTable
from dashboard.words.numbers import choose_unit
from funds.book import OPEN
from funds.kinds import Basis, BookKind
from funds.models import Seal
from funds.queries.scopes import CITY

NAME = "leverage"
HEAD_DIGITS = 12
WAYS = frozenset({"pitfalls", "history"})


@dataclass(frozen=True)
class Frozen:
    """Which book the paper was drawn from, and by whom when it was frozen; a draft has neither."""

    quarter: str
    version: int
    head: str
    rendered_at: str | None = None
    person: str | None = None


@dataclass(frozen=True)
class PaperSource:
    """The page's own state on each basis at the quarter's end."""

    frozen: Frozen
    paid: LeverageState
    committed: LeverageState

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.paid.say(code, **params)

    @property
    def context(self) -> PageContext:
        """The quarter's last day at the version."""
        return self.paid.context


def make_draft(context: PageContext) -> Paper:
    """The paper of the quarter in the address as it would be frozen at the version that is looked at."""
    return make_leverage_paper(context, find_frozen(context, read_quarter(context)))


def find_frozen(context: PageContext, quarter: str) -> Frozen:
    """The version that is looked at, with the hash that seals it."""
    with context.visit.book.look(context.version, OPEN) as look:
        query = select(Seal.hash).where(Seal.revision_id == context.version)
        head = look.connection.execute(query).scalar_one()
    return Frozen(quarter, context.version, str(head))


def make_leverage_paper(context: PageContext, frozen: Frozen) -> Paper:
    """The paper; whoever may not read the whole city is refused by the reading."""
    source = _open(context, frozen)
    sections = [
        _section(
            source, "signing.part_result", (), (write_headline(source.paid), write_certainty(source.paid))
        ),
        _section(source, "signing.part_hands", (_list_hands(source),)),
        *(
            _section(
                source,
                "signing.part_definitions",
                (replace(make_definitions_table(state), note=""),),
                (_write_terms(state),),
                basis=source.say(f"basis.{state.basis.value}"),
            )
            for state in (source.paid, source.committed)
        ),
        _section(source, "signing.part_bridge", tuple(_list_bridge(source.paid))),
        _section(source, "signing.part_natures", (make_natures_table(source.paid),)),
        _section(source, "signing.part_restated", (make_restated_table(source.paid),)),
        _section(
            source,
            "signing.part_late",
            (list_late(source.context, frozen.quarter),),
            write_late(source.context, frozen.quarter),
        ),
        _section(source, "paper.definitions_title", (_list_formulas(source),)),
    ]
    say = source.say
    day = source.context.as_of.isoformat()
    return Paper(
        say("signing.title", quarter=frozen.quarter),
        say("signing.subtitle", day=day, version=frozen.version),
        source.context.language,
        _write_edges(source),
        sections,
    )


def _open(context: PageContext, frozen: Frozen) -> PaperSource:
    day = last_day(frozen.quarter)
    there = replace(context, as_of=day, as_known=frozen.version, version=frozen.version, path=PATH)
    states = [
        open_leverage(replace(there, query={AS_OF: day.isoformat(), SCOPE: CITY.label, BASIS: basis.value}))
        for basis in (Basis.PAID_IN, Basis.COMMITTED)
    ]
    return PaperSource(frozen, *states)


def _list_bridge(state: LeverageState) -> Iterator[ShownTable]:
    """The bars, what was filed, and the lines behind each bar, largest first."""
    yield make_bridge_table(state)
    yield make_claims(state, CLAIMED)
    for step in (*(step for step in STEPS if step != "unexplained"), CONFIRMED):
        yield replace(make_bridge_lines(state, step), name=f"bridge_{step}")
    yield make_sensitivity_table(state)


def _section(
    source: PaperSource,
    title: str,
    tables: Sequence[ShownTable],
    sentences: Sequence[str] = (),
    **params: str,
) -> PaperSection:
    filled = [_for_paper(table) for table in tables if table.rows]
    named = dict.fromkeys(pair for table in filled for pair in table.definitions)
    told = "；".join(f"{code} v{version}" for code, version in named) or source.say("signing.register")
    foot = source.say(
        "signing.source",
        definitions=told,
        version=source.frozen.version,
        head=source.frozen.head[:HEAD_DIGITS],
    )
    said = [line for line in sentences if line]
    absence = "" if filled or said else source.say("paper.no_rows")
    return PaperSection(source.say(title, **params), said, None, filled, foot, absence)


def _for_paper(table: ShownTable) -> ShownTable:
    """On paper nothing is clicked, and columns that only lead on are left out."""
    kept = [at for at, column in enumerate(table.columns) if column.key not in WAYS]
    rows = tuple(tuple(replace(row[at], link=None, figure=None) for at in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[at] for at in kept), rows=rows)


def _write_terms(state: LeverageState) -> str:
    """How the ratios count, and in which unit their formulas are filled in."""
    amounts = [amount for figure in asked_figures(state) for _, amount in amounts_of(state, figure)]
    unit = state.unit_name(choose_unit(amounts))
    return state.say("signing.terms", terms=state.terms(), unit=unit, day=state.day())


def _list_formulas(source: PaperSource) -> ShownTable:
    """What each definition means: formula and source."""
    cells, say = CellMaker(source.context.visit, choose_unit([])), source.say
    columns = tuple(Column(key, say(f"paper.{key}")) for key in ("code", "name", "formula", "origin"))
    rows = []
    for code in dict.fromkeys(figure.code for figure in source.paid.figures.figures):
        page = load_definition(code, source.context.language)
        formula = page.section("formula").text.replace("```text", "").replace("```", "").strip()
        parts = (f"{code} v{page.version}", page.title, formula, page.section("source").text)
        rows.append(tuple(cells.text(part) for part in parts))
    return ShownTable("formulas", say("paper.definitions_title"), columns, tuple(rows))


def _list_hands(source: PaperSource) -> ShownTable:
    """From which book, frozen when and by whom; who signed stands in the book beside the hash of this very paper."""
    frozen, say, cells = source.frozen, source.say, CellMaker(source.context.visit, choose_unit([]))
    draft = say("signing.hand_draft")
    lines = (
        ("version", str(frozen.version)),
        ("head", frozen.head),
        ("rendered", write_city_time(frozen.rendered_at) if frozen.rendered_at else draft),
        ("prepared", frozen.person or draft),
        ("signed", say("signing.hand_signed_note") if frozen.person else draft),
    )
    columns = (Column("item", say("signing.hand_item")), Column("value", say("signing.hand_value")))
    rows = tuple(
        (cells.text(say(f"signing.hand_{key}")), cells.text(value, tone="wrap")) for key, value in lines
    )
    return ShownTable("hands", say("signing.hands_title"), columns, rows)


def _write_edges(source: PaperSource) -> PaperWords:
    book, frozen = source.context.visit.book, source.frozen
    running = source.say(
        "signing.running",
        city=book.city_name,
        quarter=frozen.quarter,
        version=frozen.version,
        head=frozen.head[:HEAD_DIGITS],
    )
    return PaperWords(running, source.say("demo.badge_note") if book.kind == BookKind.DEMO.value else "")
