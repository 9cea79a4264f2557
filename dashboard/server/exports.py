"""The way to a table as a file: the page's own table, worked out anew for whoever asks."""

from collections.abc import Sequence
from urllib.parse import quote

from flask import Flask, Response, request

from dashboard.auth.visit import current_visit
from dashboard.pages.asked_page import name_file, open_asked
from dashboard.pages.context import PAGE, TABLE, PageContext
from dashboard.pages.page import Page
from dashboard.pages.shown_table import sort_as_asked
from dashboard.server.gate import EXPORT
from dashboard.tables.as_workbook import SHEET, write_shown_table
from dashboard.tables.shown import ShownTable
from funds.errors import LedgerError, NotFound

PATH = "/export"
MOST_ROWS = 200_000  # more is no table that a person reads, and would hold the server up


class TooLong(LedgerError):
    """A table with more rows than one file is to hold."""

    status = 413


def add_exports(server: Flask, pages: Sequence[Page]) -> None:
    """Hand out tables of these pages."""

    def export() -> Response:
        return _export_table(pages)

    server.add_url_rule(PATH, EXPORT, export, methods=["GET"])


def _export_table(pages: Sequence[Page]) -> Response:
    name = request.args.get(TABLE, "")
    page, context = open_asked(current_visit(), pages, request.args, (PAGE, TABLE))
    if name not in page.tables:
        raise NotFound("page.no_table", table=name[:40])
    table = sort_as_asked(context, page.tables[name](context))
    if len(table.rows) > MOST_ROWS:
        raise TooLong("table.too_long", rows=len(table.rows), most=MOST_ROWS)
    content = write_shown_table(table, write_footer(context, table))
    return hand_out(content, SHEET, name_file(context, f"{table.title}.xlsx"))


def hand_out(content: bytes, kind: str, name: str) -> Response:
    """A file to keep, which nobody on the way does."""
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
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
