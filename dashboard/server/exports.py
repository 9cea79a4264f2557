"""The way to a table as a file: the page's own table, worked out anew for whoever asks."""

from collections.abc import Collection, Sequence
from urllib.parse import quote, urlencode

from flask import Flask, Response, request

from dashboard.auth.visit import current_visit
from dashboard.pages.context import PAGE, TABLE, PageContext, read_context
from dashboard.pages.page import Page, find_page
from dashboard.pages.shown_table import sort_as_asked
from dashboard.server.gate import EXPORT
from dashboard.tables.as_workbook import write_shown_table
from dashboard.tables.shown import ShownTable
from funds.errors import LedgerError, NotAllowed, NotFound

PATH = "/export"
MOST_ROWS = 200_000  # more is no table that a person reads, and would hold the server up
NO_NAME, LONGEST_NAME = frozenset('/\\:*?"<>|'), 120
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    page, context = open_asked(pages, (PAGE, TABLE))
    if name not in page.tables:
        raise NotFound("page.no_table", table=name[:40])
    table = sort_as_asked(context, page.tables[name](context))
    if len(table.rows) > MOST_ROWS:
        raise TooLong("table.too_long", rows=len(table.rows), most=MOST_ROWS)
    return hand_out(
        context, write_shown_table(table, write_footer(context, table)), SHEET, f"{table.title}.xlsx"
    )


def open_asked(pages: Sequence[Page], own: Collection[str]) -> tuple[Page, PageContext]:
    """The page that an address names, for whoever asks, in the state beside the address's `own` parts."""
    visit, path = current_visit(), request.args.get(PAGE, "")
    found = find_page(pages, path)
    if found is None:
        raise NotFound("page.no_table", table=path[:40])
    if not found.page.is_for(visit):
        raise NotAllowed("state.refused_text")
    state = urlencode([pair for pair in request.args.items() if pair[0] not in own])
    return found.page, read_context(visit, state, found.parts, path)


def hand_out(context: PageContext, content: bytes, kind: str, name: str) -> Response:
    """A file under a name that says its day and version, kept by nobody on the way."""
    stem, ending = name.rsplit(".", 1)
    file = quote(f"{clean_file_name(stem)}_{context.as_of.isoformat()}_v{context.version}.{ending}", safe="")
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{file}"
    response.headers["Cache-Control"] = "no-store"
    return response


def clean_file_name(name: str) -> str:
    """A name that leads out of no folder: separators, control signs and leading dots stand for nothing."""
    kept = "".join(sign if sign.isprintable() and sign not in NO_NAME else "_" for sign in name)
    return kept.strip(" .")[:LONGEST_NAME] or "_"


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
