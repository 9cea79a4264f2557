"""Seals: digests of the rows that a revision wrote, chained from one revision to the next."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from sqlalchemy import Connection, Table, insert, text

from funds.book.anchor import Head
from funds.book.content import content_sql
from funds.book.noting import note_head, noting_nothing
from funds.models import Base, Revision, Seal, SealLeaf

FIRST = "0" * 64
# As plain text, since every look begins with it.
LAST_SEAL = "SELECT revision_id, hash FROM seal ORDER BY revision_id DESC LIMIT 1"
LEAF = 40  # bytes: 8 of the row's id, 32 of its digest


def leaf_of(row_id: int, content: bytes) -> bytes:
    """What a seal keeps of one row."""
    return row_id.to_bytes(8, "big") + sha256(content).digest()


def chain_hash(previous: str, revision: bytes, leaves: Mapping[str, bytes]) -> str:
    """The seal of a revision over the previous seal, its own row and its leaves by table name."""
    digest = sha256(previous.encode())
    digest.update(sha256(revision).digest())
    for table in sorted(leaves):
        digest.update(f"{len(table)}:{table}".encode())
        digest.update(sha256(leaves[table]).digest())
    return digest.hexdigest()


def read_head(connection: Connection) -> Head:
    """The last seal; version 0 in a book without any."""
    with noting_nothing():  # whoever looks asks for it, and what is shown rests on the rows behind it
        row = connection.exec_driver_sql(LAST_SEAL).first()
    head = Head(*row) if row else Head(0, FIRST)
    note_head(head)
    return head


def read_leaves(connection: Connection, table: Table, revision_id: int) -> bytes:
    """The leaves of the rows that a revision wrote into a table, as they stand in the database."""
    query = f"SELECT id, {content_sql(table, connection.dialect.name)} FROM {table.name} "  # noqa: S608 (own names)
    rows = connection.execute(
        text(query + "WHERE revision_id = :revision ORDER BY id"), {"revision": revision_id}
    )
    return b"".join(leaf_of(row_id, content) for row_id, content in rows)


def read_revision(connection: Connection, revision_id: int) -> bytes:
    """The canonical content of a revision's own row; empty when there is none."""
    table = Base.metadata.tables[Revision.__tablename__]
    query = f"SELECT {content_sql(table, connection.dialect.name)} FROM revision WHERE id = :id"  # noqa: S608
    content = connection.execute(text(query), {"id": revision_id}).scalar()
    return bytes(content) if content is not None else b""


def seal_revision(connection: Connection, revision_id: int, tables: Iterable[Table], previous: Head) -> Head:
    """Read back what the revision wrote, keep its leaves and close the link."""
    leaves = {table.name: read_leaves(connection, table, revision_id) for table in tables}
    rows = [
        {"revision_id": revision_id, "table_name": name, "leaves": kept}
        for name, kept in sorted(leaves.items())
    ]
    if rows:
        connection.execute(insert(SealLeaf), rows)
    head = Head(revision_id, chain_hash(previous.hash, read_revision(connection, revision_id), leaves))
    connection.execute(
        insert(Seal), [{"revision_id": head.version, "previous_hash": previous.hash, "hash": head.hash}]
    )
    return head
