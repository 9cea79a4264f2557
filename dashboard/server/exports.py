"""The way to a table as a file: the page's own table, worked out anew for whoever asks."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from flask import Flask, Response, request

from dashboard.auth.visit import current_visit
from dashboard.pages.context import PAGE, TABLE, PageContext, read_context
from dashboard.pages.page import Page, find_page
from dashboard.pages.shown_table import sort_as_asked
from dashboard.server.gate import EXPORT
from dashboard.tables.as_workbook import write_shown_table
from dashboard.tables.shown import ShownTable
from funds.errors import NotAllowed, NotFound

PATH = "/export"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add_exports(server: Flask, pages: Sequence[Page]) -> None:
    """Hand out tables of these pages."""

    def export() -> Response:
        return _export_table(pages)

    server.add_url_rule(PATH, EXPORT, export, methods=["GET"])


def _export_table(pages: Sequence[Page]) -> Response:
    visit = current_visit()
    path, name = request.args.get(PAGE, ""), request.args.get(TABLE, "")
    found = find_page(pages, path)
    if found is None or name not in found.page.tables:
        raise NotFound("page.no_table", table=name[:40])
    if not found.page.is_for(visit):
        raise NotAllowed("state.refused_text")
    state = urlencode([pair for pair in request.args.items() if pair[0] not in (PAGE, TABLE)])
    context = read_context(visit, state, found.parts, path)
    table = sort_as_asked(context, found.page.tables[name](context))
    response = Response(write_shown_table(table, write_footer(context, table)), mimetype=SHEET)
    file = quote(f"{table.title}_{context.as_of.isoformat()}_v{context.version}.xlsx")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{file}"
    response.headers["Cache-Control"] = "no-store"
    return response


def write_footer(context: PageContext, table: ShownTable) -> list[str]:
    """What the table is: definitions, day, version, who, and when."""
    visit = context.visit
    lines = []
    if table.definitions:
        named = "；".join(
            f"{code} {visit.say(f'figure.{code}')} v{version}" for code, version in table.definitions
        )
        lines.append(visit.say("table.footer_definitions", definitions=named))
    lines.append(
        visit.say(
            "table.footer",
            city=visit.book.city_name,
            day=context.as_of.isoformat(),
            version=context.version,
            person=visit.person.name,
            when=visit.book.local_now().strftime("%Y-%m-%d %H:%M"),
        )
    )
    lines.append(visit.say("table.footer_address", address=context.here()))
    return lines
