"""The imports of a book: what came in, from whom, and whether it was taken back; each for whoever may see it."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from funds.errors import NotFound
from funds.models import Document, ImportBatch, Revision
from funds.queries.trail_readers import TrailReader
from funds.queries.trail_revisions import Trail, TrailLine

MOST_LISTED = 200


def list_batches(connection: Connection, version: int, reader: TrailReader) -> Sequence[TrailLine]:
    """The newest imports that a person may see whole: her own, and for whoever reads the city all."""
    query = select(ImportBatch.revision_id).join(Revision, Revision.id == ImportBatch.revision_id)
    query = query.where(ImportBatch.revision_id <= version)
    if not reader.is_city:
        query = query.where(Revision.person_id == reader.person_id)
    newest = query.order_by(ImportBatch.revision_id.desc()).limit(MOST_LISTED)
    versions = list(connection.execute(newest).scalars())
    return Trail(connection, reader, version).lines(versions)


def read_original(
    connection: Connection, version: int, reader: TrailReader, revision: int
) -> tuple[str, bytes]:
    """Name and content of the file that a change was read from; nothing of another person's."""
    query = (
        select(Document.name, Document.content)
        .join(ImportBatch, ImportBatch.document_id == Document.id)
        .join(Revision, Revision.id == ImportBatch.revision_id)
        .where(ImportBatch.revision_id == revision, ImportBatch.revision_id <= version)
    )
    if not reader.is_city:
        query = query.where(Revision.person_id == reader.person_id)
    row = connection.execute(query).first()
    if row is None:
        raise NotFound("imports.no_such_batch")
    return row.name, bytes(row.content)


def find_batch(connection: Connection, version: int, sha256: str) -> int | None:
    """The last change that was read from a very same file, if there is one."""
    query = (
        select(ImportBatch.revision_id)
        .join(Document, Document.id == ImportBatch.document_id)
        .where(Document.sha256 == sha256, ImportBatch.revision_id <= version)
        .order_by(ImportBatch.revision_id.desc())
        .limit(1)
    )
    found = connection.execute(query).scalar()
    return None if found is None else int(found)
