"""The files that came in are whole, and each import counted its rows right."""

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Connection, func, select, union

from funds.models import Document, ImportBatch, Revision, row_tables
from funds.models.visibility import visible
from funds.problems import Problem, fatal

IMPORT = "import"
# Written by the import itself, not read from a row of its workbook.
OF_THE_IMPORT = frozenset({Document.__tablename__, ImportBatch.__tablename__})


def check_documents(connection: Connection, version: int) -> Iterator[Problem]:
    """Every file whose content is not what its hash says, and every import whose count is wrong."""
    files = select(Document.id, Document.sha256, Document.size, Document.content).where(
        visible(Document, version)
    )
    for row in connection.execute(files, execution_options={"yield_per": 1}):
        if row.sha256 != sha256(row.content).hexdigest() or row.size != len(row.content):
            yield fatal("invariant.document", f"document#{row.id}")
    yield from _check_batches(connection, version)


def _check_batches(connection: Connection, version: int) -> Iterator[Problem]:
    """A row is new where something of it was written; nothing is imported but by an import."""
    batches = (
        select(ImportBatch.id, ImportBatch.revision_id, ImportBatch.rows_new, ImportBatch.rows_read)
        .add_columns(Revision.action)
        .join(Revision, Revision.id == ImportBatch.revision_id)
        .where(visible(ImportBatch, version))
        .order_by(ImportBatch.id)
    )
    for row in connection.execute(batches):
        written = _count_origins(connection, row.revision_id)
        if row.action != IMPORT or row.rows_new != written or row.rows_new > row.rows_read:
            yield fatal("invariant.batch", f"import_batch#{row.id}", said=row.rows_new, written=written)
    imports = select(Revision.id).where(
        Revision.action == IMPORT,
        Revision.id <= version,
        ~select(ImportBatch.id).where(ImportBatch.revision_id == Revision.id).exists(),
    )
    for (revision_id,) in connection.execute(imports):
        yield fatal("invariant.no_batch", f"revision#{revision_id}")


def _count_origins(connection: Connection, revision_id: int) -> int:
    """From how many rows of the workbook a revision wrote something."""
    tables = [table for table in row_tables() if table.name not in OF_THE_IMPORT]
    origins = union(
        *(
            select(table.c.origin).where(table.c.revision_id == revision_id, table.c.origin.is_not(None))
            for table in tables
        )
    ).subquery()
    return connection.execute(select(func.count()).select_from(origins)).scalar_one()
