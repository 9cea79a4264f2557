"""Documents as a table: what each is, what it lies beside, who handed it in, and the way to the file."""

from collections.abc import Sequence
from urllib.parse import urlencode

from dashboard.pages.context import AS_KNOWN, PageContext
from dashboard.pages.documents.document_desk import DocumentDesk, choose_fund, open_documents
from dashboard.pages.trail.trail_desk import write_city_time
from dashboard.tables.shown import Cell, Column, ShownTable
from funds.queries.attachments import Attached

NAME = "documents"
PATH, FILE, ID = "/documents", "/document", "id"
KILOBYTE, MEGABYTE = 2**10, 2**20
COLUMNS = ("title", "kind", "owner", "thing", "file", "size", "person", "when", "version", "digest")


def make_documents_table(context: PageContext) -> ShownTable:
    """The documents of the fund in the address, or all that are the person's to see, for export."""
    with open_documents(context) as desk:
        return make_table(desk, desk.read(fund=choose_fund(desk)))


def make_table(desk: DocumentDesk, found: Sequence[Attached], name: str = NAME) -> ShownTable:
    """A row for each document beside each thing."""
    columns = tuple(
        Column(key, desk.say(f"document.column_{key}"), is_number=key in ("size", "version"))
        for key in COLUMNS
    )
    title = desk.say("document.list", count=len(found)) if found else desk.say("document.list_none")
    rows = tuple(_make_row(desk, one) for one in found)
    return ShownTable(name, title, columns, rows, note=desk.say("document.list_note"))


def link_document(context: PageContext, document_id: int) -> str:
    """The address of a file, at the version that is looked at."""
    query = {ID: str(document_id)}
    if context.as_known is not None:
        query[AS_KNOWN] = str(context.as_known)
    return f"{FILE}?{urlencode(query)}"


def write_size(size: int) -> str:
    """How large a file is, in words."""
    if size < KILOBYTE:
        return f"{size} B"
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{size / KILOBYTE:.0f} kB"


def _make_row(desk: DocumentDesk, one: Attached) -> tuple[Cell, ...]:
    kind, owner = desk.say(f"trail.documentkind_{one.kind.value}"), desk.name_owner(one)
    thing, person = desk.name_thing(one.subject, one.subject_id), desk.trail.write_person(one.person_id)
    when = write_city_time(one.at)
    return (
        Cell(one.title, one.title, tone="wrap"),
        Cell(kind, kind),
        Cell(owner, owner),
        Cell(thing, thing, tone="wrap"),
        Cell(one.file_name, one.file_name, link=link_document(desk.context, one.document_id)),
        Cell(write_size(one.size), one.size),
        Cell(person, person),
        Cell(when, when),
        Cell(str(one.version), one.version, link=desk.trail.link_version(one.version)),
        Cell(one.sha256[:12], one.sha256, hover=one.sha256),
    )
