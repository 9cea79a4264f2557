"""基金季报: the papers of a fund's quarter, one to the commission and one to its investors, as of the quarter's end."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.pages.context import PageContext
from dashboard.pages.funds.fund_head import write_headline
from dashboard.pages.funds.fund_pack_accounts import make_accounts, make_commitment, make_statement
from dashboard.pages.funds.fund_pack_tables import (
    make_held,
    make_key,
    make_returns,
    make_stakes,
    make_waiting,
)
from dashboard.pages.funds.fund_pack_view import PackView, open_pack
from dashboard.pages.paper_definitions import close_paper
from dashboard.pages.quarter_end.nav_tables import make_bridge, make_nav
from dashboard.reports.paper import BarChart, Paper, PaperSection, PaperWords
from dashboard.tables.shown import ShownTable
from dashboard.words.numbers import format_count
from funds.kinds import BookKind

COMMISSION, TO_INVESTORS = "quarter-commission", "quarter-investor"


def make_commission_paper(context: PageContext) -> Paper:
    """Everything about the quarter, with every investor's account."""
    pack = open_pack(context)
    headline = (write_headline(pack.view),)
    groups = [
        [_section(pack, "fund_pack.part_money", headline, make_key(pack), make_returns(pack))],
        [_value_section(pack), _section(pack, "fund_pack.part_accounts", (), make_accounts(pack))],
        _holding_sections(pack),
    ]
    title = pack.say("fund_pack.commission_title", fund=pack.view.fund.name, quarter=pack.quarter)
    return _bind(pack, title, groups)


def make_investor_paper(context: PageContext) -> Paper:
    """The account of the investor in the address (without one, of each in turn) and how the fund stands."""
    pack = open_pack(context)
    told: list[PaperSection] = []
    for one in pack.chosen:
        tables = (make_statement(pack, one), make_commitment(pack, one))
        told.append(_section(pack, "fund_pack.part_account", (), *tables, name=one.name))
    groups = [
        told or [_section(pack, "fund_pack.part_accounts", ())],
        [_section(pack, "fund_pack.part_money", (), make_key(pack), make_returns(pack))],
        [_value_section(pack)],
        _holding_sections(pack),
    ]
    fund = pack.view.fund.name
    if len(pack.chosen) == 1:
        whom = pack.chosen[0].name
        title = pack.say("fund_pack.investor_title", fund=fund, quarter=pack.quarter, investor=whom)
    else:
        title = pack.say("fund_pack.investors_title", fund=fund, quarter=pack.quarter)
    return _bind(pack, title, groups)


def _bind(pack: PackView, title: str, groups: Sequence[Sequence[PaperSection]]) -> Paper:
    """The paper; what stands together in a group shares its pages, and their foot."""
    book = pack.context.visit.book
    running = pack.say(
        "fund_pack.running",
        city=book.city_name,
        fund=pack.view.fund.name,
        day=pack.desk.end.isoformat(),
        version=pack.context.version,
    )
    mark = pack.say("demo.badge_note") if book.kind == BookKind.DEMO.value else ""
    subtitle = pack.say("fund_pack.subtitle", day=pack.day, version=pack.context.version)
    sections = [
        replace(section, source=source)
        for group in groups
        for source in (_write_source(pack, group),)
        for section in group
    ]
    closing = close_paper(pack.context, sections)
    return Paper(title, subtitle, pack.context.language, PaperWords(running, mark), [*sections, closing])


def _value_section(pack: PackView) -> PaperSection:
    """The value item by item, and the roll-forward of the quarter."""
    return _section(pack, "fund_pack.part_value", (), make_nav(pack.desk), make_bridge(pack.desk))


def _holding_sections(pack: PackView) -> list[PaperSection]:
    """What is held, and what of it nobody has approved or marked."""
    held, stakes = make_held(pack), make_stakes(pack)
    sentences = list(_write_marks(pack))
    tables = [table for table in (held, stakes) if table.rows]
    chart = BarChart(held.name, "name", ("cost", "fair_value"))
    drawn = chart if held.rows else None
    sections = [_section(pack, "fund_pack.part_holdings", sentences, *tables, chart=drawn)]
    if pack.waiting:
        sections.append(_section(pack, "fund_pack.part_waiting", (), make_waiting(pack)))
    return sections


def _write_marks(pack: PackView) -> Iterator[str]:
    """How many marks of the quarter are there; what waits or is missing stays out of the numbers."""
    held = len(pack.desk.valuations)
    if not held:
        return
    waiting, missing = len(pack.waiting), len(pack.missing)
    if not waiting and not missing:
        yield pack.say("fund_pack.all_marked", count=format_count(held))
    if waiting:
        yield pack.say("fund_pack.some_wait", count=format_count(waiting), held=format_count(held))
    if missing:
        yield pack.say("fund_pack.some_missing", count=format_count(missing), held=format_count(held))


def _section(
    pack: PackView,
    title: str,
    sentences: Sequence[str],
    *tables: ShownTable,
    name: str = "",
    chart: BarChart | None = None,
) -> PaperSection:
    """A subject, or that there is nothing to list."""
    filled = [table for table in tables if table.rows]
    absence = "" if filled else pack.say("paper.no_rows")
    return PaperSection(pack.say(title, investor=name), sentences, None, filled, "", absence, chart)


def _write_source(pack: PackView, sections: Sequence[PaperSection]) -> str:
    """The definitions that the tables of some sections rest on."""
    tables = [table for section in sections for table in section.tables]
    named = dict.fromkeys(pair for table in tables for pair in table.definitions)
    told = "；".join(f"{code} {pack.say(f'figure.{code}')} v{version}" for code, version in named)
    return pack.say("fund_pack.source", definitions=told or pack.say("paper.register"))
