"""The end of every paper: what each code in it means, and where its numbers come from."""

from collections.abc import Sequence

from dashboard.help import load_definition
from dashboard.pages.cells import CellMaker
from dashboard.pages.context import PageContext
from dashboard.reports.paper import PaperSection
from dashboard.tables.shown import Column, ShownTable
from dashboard.words.numbers import choose_unit


def close_paper(context: PageContext, sections: Sequence[PaperSection]) -> PaperSection:
    """The section that explains every code of the others."""
    tables = [table for section in sections for table in section.tables]
    codes = dict.fromkeys(code for table in tables for code, _ in table.definitions)
    return PaperSection(
        context.say("paper.definitions_title"), (), None, (list_definitions(context, list(codes)),)
    )


def list_definitions(context: PageContext, codes: Sequence[str]) -> ShownTable:
    """What each code means: its formula and where its numbers come from."""
    cells = CellMaker(context.visit, choose_unit([]))
    columns = tuple(Column(key, context.say(f"paper.{key}")) for key in ("code", "name", "formula", "origin"))
    rows = []
    for code in codes:
        page = load_definition(code, context.language)
        formula = page.section("formula").text.replace("```text", "").replace("```", "").strip()
        parts = (f"{code} v{page.version}", page.title, formula, page.section("source").text)
        rows.append(tuple(cells.text(part) for part in parts))
    return ShownTable("definitions", context.say("paper.definitions_title"), columns, tuple(rows))
