"""Documents as known at a version: beside which things they lie, and the content for whoever may see one of these."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from funds.kinds import AttachmentSubject, DocumentKind
from funds.models import (
    Attachment,
    Commitment,
    Deal,
    Document,
    Holding,
    ImportBatch,
    Revision,
    SignedPaper,
    table_of,
)
from funds.models.visibility import visible
from funds.queries.trail_readers import TrailReader, readable_rows

Subject = tuple[AttachmentSubject, int]
OF_FUND = (Holding, Commitment)


@dataclass(frozen=True)
class Attached:
    """A document beside a thing, with who handed it in, when and in which change."""

    id: int
    document_id: int
    fund_id: int | None
    park_id: int | None
    subject: AttachmentSubject
    subject_id: int
    kind: DocumentKind
    title: str
    file_name: str
    sha256: str
    size: int
    person_id: int
    at: str
    version: int


@dataclass(frozen=True)
class DocumentFile:
    """A document's content under a name that its reader may know."""

    name: str
    sha256: str
    content: bytes


def read_attachments(
    connection: Connection,
    version: int,
    reader: TrailReader,
    *,
    subject: Subject | None = None,
    fund_id: int | None = None,
) -> list[Attached]:
    """Documents that are this person's to see, newest first; of one thing or one fund where that is asked."""
    query = (
        select(table_of(Attachment))
        .add_columns(Document.sha256, Document.size, Revision.person_id, Revision.recorded_at)
        .join(Document, Document.id == Attachment.document_id)
        .join(Revision, Revision.id == Attachment.revision_id)
        .where(visible(Attachment, version), readable_rows(table_of(Attachment), "attachment", reader))
        .order_by(Attachment.id.desc())
    )
    if subject is not None:
        query = query.where(Attachment.subject == subject[0], Attachment.subject_id == subject[1])
    if fund_id is not None:
        query = query.where(Attachment.fund_id == fund_id)
    return [
        Attached(
            id=row.id,
            document_id=row.document_id,
            fund_id=row.fund_id,
            park_id=row.park_id,
            subject=row.subject,
            subject_id=row.subject_id,
            kind=row.kind,
            title=row.title,
            file_name=row.file_name,
            sha256=row.sha256,
            size=row.size,
            person_id=row.person_id,
            at=row.recorded_at,
            version=row.revision_id,
        )
        for row in connection.execute(query)
    ]


def find_document(
    connection: Connection, version: int, reader: TrailReader, document_id: int
) -> DocumentFile | None:
    """A document that this person may see: attached to something of theirs, part of a paper, or a city's import."""
    name = _find_name(connection, version, reader, document_id)
    if name is None:
        return None
    query = select(Document.sha256, Document.content).where(Document.id == document_id)
    row = connection.execute(query).one()
    return DocumentFile(name, row.sha256, bytes(row.content))


def list_subjects(connection: Connection, version: int, fund_id: int) -> Iterator[Subject]:
    """The things of a fund that documents are usually handed in for."""
    yield AttachmentSubject.FUND, fund_id
    for model in OF_FUND:
        query = select(model.id).where(visible(model, version), model.fund_id == fund_id).order_by(model.id)
        for row in connection.execute(query):
            yield AttachmentSubject(model.__tablename__), row.id
    deals = (
        select(Deal.id)
        .join(Holding, Holding.id == Deal.holding_id)
        .where(visible(Deal, version), Holding.fund_id == fund_id)
        .order_by(Deal.id)
    )
    for row in connection.execute(deals):
        yield AttachmentSubject.DEAL, row.id


def _find_name(connection: Connection, version: int, reader: TrailReader, document_id: int) -> str | None:
    """The name by which this person may know a document; None where it is not theirs to see."""
    attached = select(Attachment.file_name).where(
        Attachment.document_id == document_id,
        visible(Attachment, version),
        readable_rows(table_of(Attachment), "attachment", reader),
    )
    paper = (
        select(Document.name)
        .join(
            SignedPaper,
            or_(
                *(
                    Document.id == one
                    for one in (SignedPaper.json_id, SignedPaper.xlsx_id, SignedPaper.pdf_id)
                )
            ),
        )
        .where(
            Document.id == document_id,
            SignedPaper.revision_id <= version,
            readable_rows(table_of(SignedPaper), "signed_paper", reader),
        )
    )
    imported = (
        select(Document.name)
        .join(ImportBatch, ImportBatch.document_id == Document.id)
        .where(Document.id == document_id, ImportBatch.revision_id <= version)
    )
    # A workbook may hold rows of many funds: whole, it is for whoever reads the whole city.
    queries = (attached, paper, imported) if reader.is_city else (attached, paper)
    for query in queries:
        name = connection.execute(query).scalars().first()
        if name is not None:
            return str(name)
    return None
