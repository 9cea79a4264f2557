"""The way to what somebody may read as a workbook of the template: a fund, a park, or everything."""

from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from flask import Flask, Response, request

from dashboard.auth.visit import Visit, current_visit
from dashboard.pages.asked_page import clean_file_name
from dashboard.pages.context import read_context
from dashboard.pages.workbook_link import FUND, PARK, PATH
from dashboard.server.gate import WORKBOOKS
from dashboard.tables.as_workbook import SHEET
from funds.book import Look
from funds.errors import NotFound
from funds.intake import write_workbook
from funds.permissions import Action, Readable
from funds.queries.codes import known_funds, known_parks
from funds.queries.transcripts import Extent, find_extent, transcribe


def add_workbooks(server: Flask) -> None:
    """Hand out workbooks of the template."""
    server.add_url_rule(PATH, WORKBOOKS, _hand_out, methods=["GET"])


def _hand_out() -> Response:
    visit = current_visit()
    visit.rights.require_somewhere(Action.READ)
    context = read_context(visit, request.query_string.decode("ascii", "replace"))
    fund, park = request.args.get(FUND), request.args.get(PARK)
    content, version = make_workbook(visit, fund, park, context.as_known)
    stem = Path(_name(visit, fund, park)).stem
    file = quote(clean_file_name(f"{stem}_v{version}.xlsx"), safe="")
    response = Response(content, mimetype=SHEET)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{file}"
    response.headers["Cache-Control"] = "no-store"
    return response


def make_workbook(
    visit: Visit, fund: str | None, park: str | None, as_known: int | None = None
) -> tuple[bytes, int]:
    """What the person may read of a fund, a park or the whole, and the version it was read at."""
    if fund and park:
        raise NotFound("workbook.one_of")
    readable = visit.rights.readable()
    with visit.look(as_known) as look:
        extent = _find_extent(look, readable, fund, park)
        drafts = transcribe(look.connection, look.version, extent)
        version = look.version
    book = visit.book
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write_workbook(path, drafts, book.city_name, visit.person.name, book.today())
        return path.read_bytes(), version


def _find_extent(look: Look, readable: Readable, fund: str | None, park: str | None) -> Extent:
    """What is asked for; of what is not the person's to see nothing is known."""
    fund_id = park_id = None
    if fund:
        found = known_funds(look.connection, look.version, [fund]).get(fund)
        if found is None or not found.is_visible or not readable.covers(found.id):
            raise NotFound("code.unknown", code=fund)
        fund_id = found.id
    if park:
        known = known_parks(look.connection, look.version, [park]).get(park)
        is_open = known is not None and (readable.is_city or known.id in readable.park_ids)
        if known is None or not known.is_visible or not is_open:
            raise NotFound("code.unknown", code=park)
        park_id = known.id
    return find_extent(look.connection, look.version, readable, fund_id, park_id)


def _name(visit: Visit, fund: str | None, park: str | None) -> str:
    if fund:
        return visit.say("workbook.file_fund", code=fund)
    if park:
        return visit.say("workbook.file_park", code=park)
    return visit.say("workbook.file_all", city=visit.book.city_name)
