"""The way to a document: for whoever may see it, always as a file to keep and never as a page to open."""

from urllib.parse import quote

from flask import Flask, Response, request

from dashboard.auth.visit import current_visit
from dashboard.pages.asked_page import clean_file_name
from dashboard.pages.context import read_context
from dashboard.pages.documents.document_table import FILE, ID
from dashboard.pages.trail.trail_desk import read_number
from dashboard.server.gate import DOCUMENTS
from funds.errors import NotFound
from funds.permissions import Action
from funds.queries.attachments import find_document
from funds.queries.trail_readers import make_reader

# Whatever it is, no browser is to take it for anything that it shows or runs.
PLAIN = "application/octet-stream"


def add_documents(server: Flask) -> None:
    """Hand out documents by their number."""
    server.add_url_rule(FILE, DOCUMENTS, _hand_out, methods=["GET"])


def _hand_out() -> Response:
    visit = current_visit()
    visit.rights.require_somewhere(Action.READ)
    number = read_number(request.args.get(ID, ""))
    context = read_context(visit, request.query_string.decode("ascii", "replace"))
    reader = make_reader(visit.person.person_id, visit.rights)
    with visit.look(context.as_known) as look:
        found = find_document(look.connection, look.version, reader, number)
    if found is None:
        raise NotFound("document.unknown", document=number)
    response = Response(found.content, mimetype=PLAIN)
    name = clean_file_name(found.name)
    plain = "".join(sign if sign.isascii() and sign not in '"\\%' else "_" for sign in name)
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response.headers["Content-Length"] = str(len(found.content))
    response.headers["X-Content-SHA256"] = found.sha256
    return response
