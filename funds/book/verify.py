"""Whether the book is as it was sealed: names each row that was changed, removed or slipped in."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from sqlalchemy import Boolean, Connection, Date, LargeBinary, String, select, text

from funds.book.anchor import Anchor, Head
from funds.book.content import content_sql
from funds.book.seal import FIRST, LEAF, chain_hash, leaf_of
from funds.models import Base, Revision, Seal, SealLeaf, book_tables, row_tables
from funds.models.guards import missing_guards
from funds.problems import Problem, fatal

Leaves = dict[int, dict[str, bytes]]  # by revision, by table


def verify_chain(connection: Connection, anchor: Anchor | None = None) -> list[Problem]:
    """Every fault of rows, leaves, revisions, seals and guards, and of the head against the anchor."""
    contents = _revision_contents(connection)
    seals = connection.execute(
        select(Seal.revision_id, Seal.previous_hash, Seal.hash).order_by(Seal.revision_id)
    ).all()
    stored = _stored_leaves(connection)
    actual = _actual_leaves(connection)
    anchored = anchor.read() if anchor else []
    problems = [fatal("verify.guard_missing", guard) for guard in missing_guards(connection)]
    problems += _check_storage(connection)
    sealed = {seal.revision_id for seal in seals}
    for revision_id in sorted((contents.keys() | stored.keys() | actual.keys()) - sealed):
        problems.append(fatal("verify.revision_unsealed", f"revision#{revision_id}"))
    known = {head.version: head.hash for head in anchored}
    previous = FIRST
    for position, seal in enumerate(seals):
        follower = (
            seals[position + 1].previous_hash if position + 1 < len(seals) else known.get(seal.revision_id)
        )
        link = _Link(seal.revision_id, seal.previous_hash, seal.hash, previous, follower)
        problems += link.check(
            contents.get(seal.revision_id, b""),
            stored.get(seal.revision_id, {}),
            actual.get(seal.revision_id, {}),
        )
        if seal.revision_id != position + 1:
            problems.append(fatal("verify.revision_gap", f"seal#{seal.revision_id}", expected=position + 1))
        previous = seal.hash
    return problems + _check_anchor(anchored, {seal.revision_id: seal.hash for seal in seals})


class _Link:
    """One seal with what stands before and after it."""

    def __init__(
        self, revision_id: int, previous: str, digest: str, before: str, follower: str | None
    ) -> None:
        self.revision_id = revision_id
        self.previous = previous
        self.digest = digest
        self.before = before
        self.follower = follower

    def check(
        self, content: bytes, stored: Mapping[str, bytes], actual: Mapping[str, bytes]
    ) -> list[Problem]:
        problems = []
        if stored != actual:
            problems += self._check_leaves(content, stored, actual)
        elif self.digest != chain_hash(self.previous, content, stored):
            problems.append(self._blame(content, stored))
        if self.previous != self.before and not problems:
            problems.append(fatal("verify.chain_broken", f"seal#{self.revision_id}"))
        return problems

    def _check_leaves(
        self, content: bytes, stored: Mapping[str, bytes], actual: Mapping[str, bytes]
    ) -> list[Problem]:
        differing = sorted(t for t in stored.keys() | actual.keys() if stored.get(t) != actual.get(t))
        if self.digest == chain_hash(self.previous, content, actual):
            return [
                fatal("verify.leaf_changed", f"seal_leaf#{self.revision_id}/{table}") for table in differing
            ]
        rows = [
            problem
            for table in differing
            for problem in _compare_rows(
                table, self.revision_id, stored.get(table, b""), actual.get(table, b"")
            )
        ]
        if self.digest != chain_hash(self.previous, content, stored):
            rows.append(fatal("verify.seal_changed", f"seal#{self.revision_id}"))
        return rows

    def _blame(self, content: bytes, leaves: Mapping[str, bytes]) -> Problem:
        """Leaves hold but the hash does not: the previous hash, the hash itself, or the revision's row."""
        if self.previous != self.before and self.digest == chain_hash(self.before, content, leaves):
            return fatal("verify.seal_changed", f"seal#{self.revision_id}", column="previous_hash")
        if self.follower is not None and self.follower == chain_hash(self.previous, content, leaves):
            return fatal("verify.seal_changed", f"seal#{self.revision_id}", column="hash")
        if self.follower == self.digest:
            return fatal("verify.revision_changed", f"revision#{self.revision_id}")
        return fatal("verify.revision_or_seal_changed", f"revision#{self.revision_id}")


def _compare_rows(table: str, revision_id: int, stored: bytes, actual: bytes) -> Iterator[Problem]:
    kept, found = dict(_split(stored)), dict(_split(actual))
    for row_id in sorted(kept.keys() | found.keys()):
        code = ""
        if row_id not in found:
            code = "verify.row_removed"
        elif row_id not in kept:
            code = "verify.row_added"
        elif kept[row_id] != found[row_id]:
            code = "verify.row_changed"
        if code:
            yield fatal(code, f"{table}#{row_id}", revision=revision_id)


def _split(leaves: bytes) -> Iterator[tuple[int, bytes]]:
    for start in range(0, len(leaves), LEAF):
        yield int.from_bytes(leaves[start : start + 8], "big"), leaves[start + 8 : start + LEAF]


def _revision_contents(connection: Connection) -> dict[int, bytes]:
    table = Base.metadata.tables[Revision.__tablename__]
    rows = connection.execute(text(f"SELECT id, {content_sql(table, connection.dialect.name)} FROM revision"))  # noqa: S608
    return {row_id: bytes(content) for row_id, content in rows}


def _stored_leaves(connection: Connection) -> Leaves:
    leaves: Leaves = {}
    for row in connection.execute(select(SealLeaf.revision_id, SealLeaf.table_name, SealLeaf.leaves)):
        leaves.setdefault(row.revision_id, {})[row.table_name] = bytes(row.leaves)
    return leaves


def _actual_leaves(connection: Connection) -> Leaves:
    leaves: Leaves = {}
    for table in row_tables():
        query = f"SELECT revision_id, id, {content_sql(table, connection.dialect.name)} FROM {table.name} "  # noqa: S608
        rows = connection.execution_options(stream_results=True).execute(
            text(query + "ORDER BY revision_id, id")
        )
        for revision_id, group in groupby(rows, key=lambda row: int(row[0])):
            leaves.setdefault(revision_id, {})[table.name] = b"".join(
                leaf_of(row[1], row[2]) for row in group
            )
    return leaves


def _check_storage(connection: Connection) -> list[Problem]:
    """SQLite stores any kind of value in any column; a number kept as bytes would read alike and still be wrong."""
    if connection.dialect.name != "sqlite":
        return []
    problems = []
    for table in book_tables():
        wrong = " OR ".join(
            f"typeof({column.name}) NOT IN ('null', '{_storage(column.type)}')" for column in table.columns
        )
        key = next(iter(table.primary_key.columns)).name
        rows = connection.execute(text(f"SELECT {key} FROM {table.name} WHERE {wrong}"))  # noqa: S608 (own names)
        problems += [fatal("verify.storage_class", f"{table.name}#{row[0]}") for row in rows]
    return problems


def _storage(kind: object) -> str:
    if isinstance(kind, LargeBinary):
        return "blob"
    return "text" if isinstance(kind, String | Date) and not isinstance(kind, Boolean) else "integer"


def _check_anchor(anchored: list[Head], seals: dict[int, str]) -> list[Problem]:
    problems = []
    for head in anchored:
        if head.version not in seals:
            problems.append(fatal("verify.tail_cut", f"seal#{head.version}", last=max(seals, default=0)))
        elif seals[head.version] != head.hash:
            problems.append(fatal("verify.anchor_differs", f"seal#{head.version}"))
    return problems
