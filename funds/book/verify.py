"""Whether the book is as it was sealed: names each row that was changed, removed or slipped in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby, pairwise

from sqlalchemy import Boolean, Connection, Date, LargeBinary, String, Table, func, select, text

from funds.book.anchor import Anchor, Head
from funds.book.content import content_sql
from funds.book.seal import FIRST, LEAF, chain_hash, leaf_of
from funds.models import Base, Revision, Seal, book_tables, row_tables
from funds.models.guards import missing_guards
from funds.models.row_security import OPEN
from funds.problems import Problem, fatal

Leaves = Mapping[str, bytes]  # by table
_UNSIGNED = 1 << 64


@dataclass(frozen=True)
class _Seal:
    previous: str
    digest: str


@dataclass(frozen=True)
class _Found:
    """What stands in the database, by revision: its own row, the leaves kept and the leaves that its rows give."""

    contents: dict[int, bytes]
    stored: dict[int, dict[str, bytes]]
    actual: dict[int, dict[str, bytes]]
    seals: dict[int, _Seal]

    def revisions(self) -> list[int]:
        return sorted(self.contents.keys() | self.stored.keys() | self.actual.keys() | self.seals.keys())

    def forget(self, newer: range) -> None:
        """Leave out changes that somebody made while we were reading."""
        for part in (self.contents, self.stored, self.actual, self.seals):
            for revision_id in [known for known in part if known in newer]:
                part.pop(revision_id, None)


def verify_chain(connection: Connection, anchor: Anchor | None = None) -> list[Problem]:
    """Every fault of rows, leaves, revisions, seals and guards, and of the head against the anchor."""
    anchored = anchor.read() if anchor else []
    first = _last_sealed(connection)
    found = _Found(
        _revision_contents(connection), _stored(connection), _actual(connection), _seals(connection)
    )
    found.forget(range(first + 1, _last_sealed(connection) + 1))
    problems = [fatal("verify.guard_missing", guard) for guard in missing_guards(connection)]
    problems += _check_storage(connection)
    problems += _walk(found, {head.version: head.hash for head in anchored})
    return [*problems, *_check_anchor(connection, anchored, found)]


def _walk(found: _Found, anchored: Mapping[int, str]) -> Iterator[Problem]:
    """Follow the chain from its first link; each link says from which hash the next one goes on."""
    before, expected = FIRST, 1
    order = sorted(found.seals)
    followers = {this: found.seals[after].previous for this, after in pairwise(order)}
    for revision_id in found.revisions():
        witnesses = {followers.get(revision_id), anchored.get(revision_id)} - {None}
        link = _Link(
            revision_id,
            found.contents.get(revision_id),
            found.stored.get(revision_id, {}),
            found.actual.get(revision_id, {}),
            before,
            {witness for witness in witnesses if witness},
        )
        seal = found.seals.get(revision_id)
        problems, before = link.check_sealed(seal) if seal else link.check_unsealed()
        yield from problems
        if revision_id in found.contents or seal:
            if revision_id != expected:
                kind = "seal" if seal else "revision"
                yield fatal("verify.revision_gap", f"{kind}#{revision_id}", expected=expected)
            expected = revision_id + 1


@dataclass(frozen=True)
class _Link:
    """One revision; `witnesses` are hashes that others (the next seal, the anchor) remember of it."""

    revision_id: int
    content: bytes | None
    stored: Leaves
    actual: Leaves
    before: str
    witnesses: set[str]

    def check_sealed(self, seal: _Seal) -> tuple[list[Problem], str]:
        """What is wrong with the link, and the hash that it ought to have."""
        if self.content is None and not self.stored and not self.actual and seal.digest not in self.witnesses:
            problem = fatal("verify.seal_without_revision", f"seal#{self.revision_id}")
            return [problem], seal.digest if seal.previous == self.before else self.before
        problems, leaves = self._check_leaves(seal)
        if seal.previous == self.before and seal.digest == self._hash(self.before, leaves):
            return problems, seal.digest
        blamed, carried = self._blame(seal, leaves)
        return [*problems, blamed], carried

    def check_unsealed(self) -> tuple[list[Problem], str]:
        """Something says that it is of this revision, which has no seal."""
        for leaves in (self.stored, self.actual):
            digest = self._hash(self.before, leaves)
            if self.content is not None and digest in self.witnesses:
                removed = fatal("verify.seal_removed", f"seal#{self.revision_id}")
                return [removed, *self._compare_rows()], digest
        problems = []
        if self.content is not None:
            problems.append(fatal("verify.revision_unsealed", f"revision#{self.revision_id}"))
        problems += self._name_leaves(self.stored)
        problems += [
            fatal("verify.row_added", f"{table}#{row_id}", revision=self.revision_id)
            for table, leaves in sorted(self.actual.items())
            for row_id, _ in _split(leaves)
        ]
        return problems, self.before

    def _check_leaves(self, seal: _Seal) -> tuple[list[Problem], Leaves]:
        """Rows against leaves; where they differ, the seal says which of the two was touched."""
        if self.stored == self.actual:
            return [], self.stored
        trusted = {seal.digest, *self.witnesses}
        if not trusted.isdisjoint(self._hash(last, self.actual) for last in (self.before, seal.previous)):
            tables = self.stored.keys() | self.actual.keys()
            differing = {table for table in tables if self.stored.get(table) != self.actual.get(table)}
            return self._name_leaves(differing), self.actual
        return list(self._compare_rows()), self.stored

    def _blame(self, seal: _Seal, leaves: Leaves) -> tuple[Problem, str]:
        """The leaves hold but the hash does not: the previous hash, the hash itself, or the revision's row."""
        name, revision = f"seal#{self.revision_id}", f"revision#{self.revision_id}"
        own, theirs = self._hash(self.before, leaves), self._hash(seal.previous, leaves)
        if seal.digest == own:
            return fatal("verify.seal_changed", name), own
        if seal.digest == theirs:
            return fatal("verify.chain_broken", name), theirs
        for digest in (own, theirs):
            if digest in self.witnesses:
                return fatal("verify.seal_changed", name), digest
        if self.content is None:
            return fatal("verify.revision_removed", revision), seal.digest
        if seal.digest in self.witnesses:
            return fatal("verify.revision_changed", revision), seal.digest
        return fatal("verify.revision_or_seal_changed", revision), seal.digest

    def _hash(self, previous: str, leaves: Leaves) -> str:
        return chain_hash(previous, self.content or b"", leaves)

    def _name_leaves(self, tables: Leaves | set[str]) -> list[Problem]:
        return [
            fatal("verify.leaf_changed", f"seal_leaf#{self.revision_id}/{table}") for table in sorted(tables)
        ]

    def _compare_rows(self) -> Iterator[Problem]:
        for table in sorted(self.stored.keys() | self.actual.keys()):
            kept, found = (dict(_split(leaves.get(table, b""))) for leaves in (self.stored, self.actual))
            for row_id in sorted(kept.keys() | found.keys()):
                if kept.get(row_id) != found.get(row_id):
                    fate = "removed" if row_id not in found else "changed" if row_id in kept else "added"
                    yield fatal(f"verify.row_{fate}", f"{table}#{row_id}", revision=self.revision_id)


def _split(leaves: bytes) -> Iterator[tuple[int, bytes]]:
    for start in range(0, len(leaves), LEAF):
        row_id = int.from_bytes(leaves[start : start + 8], "big", signed=True)
        yield row_id, leaves[start + 8 : start + LEAF]


def _revision_contents(connection: Connection) -> dict[int, bytes]:
    table = Base.metadata.tables[Revision.__tablename__]
    rows = connection.execute(text(f"SELECT id, {content_sql(table, connection.dialect.name)} FROM revision"))  # noqa: S608
    return {row_id: bytes(content) for row_id, content in rows}


def _seals(connection: Connection) -> dict[int, _Seal]:
    columns = ", ".join(_plain(connection, name) for name in ("previous_hash", "hash"))
    rows = connection.execute(text(f"SELECT revision_id, {columns} FROM seal"))  # noqa: S608 (own names)
    return {row[0]: _Seal(_read(row[1]), _read(row[2])) for row in rows}


def _stored(connection: Connection) -> dict[int, dict[str, bytes]]:
    kept: dict[int, dict[str, bytes]] = {}
    leaves = "CAST(leaves AS BLOB)" if connection.dialect.name == "sqlite" else "leaves"
    query = f"SELECT {_number(connection)}, {_plain(connection, 'table_name')}, {leaves} FROM seal_leaf"  # noqa: S608
    for revision_id, table, content in connection.execute(text(query)):
        kept.setdefault(revision_id, {})[_read(table)] = bytes(content)
    return kept


def _actual(connection: Connection) -> dict[int, dict[str, bytes]]:
    found: dict[int, dict[str, bytes]] = {}
    for table in row_tables():
        content = content_sql(table, connection.dialect.name)
        query = f"SELECT {_number(connection)}, id, {content} FROM {table.name} ORDER BY revision_id, id"  # noqa: S608
        result = connection.execute(text(query), execution_options={"stream_results": True})
        rows = chain.from_iterable(result.partitions(10_000))
        for revision_id, group in groupby(rows, key=lambda row: int(row[0])):
            leaves = b"".join(leaf_of(row[1] % _UNSIGNED, row[2]) for row in group)
            earlier = found.setdefault(revision_id, {}).get(table.name, b"")
            found[revision_id][table.name] = _sort(earlier + leaves) if earlier else leaves
    return found


def _sort(leaves: bytes) -> bytes:
    """In id order; a revision's rows come apart where its number was stored as bytes."""
    return b"".join(sorted(leaves[start : start + LEAF] for start in range(0, len(leaves), LEAF)))


def _number(connection: Connection) -> str:
    return "CAST(revision_id AS INTEGER)" if connection.dialect.name == "sqlite" else "revision_id"


def _plain(connection: Connection, column: str) -> str:
    """The column as it can be read whatever was put into it: on SQLite that need be neither text nor UTF-8."""
    return f"CAST({column} AS BLOB)" if connection.dialect.name == "sqlite" else column


def _read(value: bytes | str | None) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value or ""


def _check_storage(connection: Connection) -> Iterator[Problem]:
    """SQLite stores any kind of value in any column; a number kept as bytes would read alike and still be wrong."""
    if connection.dialect.name != "sqlite":
        return
    for table in book_tables():
        wrong = " OR ".join(
            f"typeof({column.name}) NOT IN ('null', '{_storage(column.type)}')" for column in table.columns
        )
        rows = connection.execute(text(f"SELECT {_key(connection, table)} FROM {table.name} WHERE {wrong}"))  # noqa: S608 (own names)
        for row in rows:
            name = "/".join(_read(part) for part in row)
            yield fatal("verify.storage_class", f"{table.name}#{name}")


def _key(connection: Connection, table: Table) -> str:
    return ", ".join(_plain(connection, f"CAST({column.name} AS TEXT)") for column in table.primary_key)


def _storage(kind: object) -> str:
    if isinstance(kind, LargeBinary):
        return "blob"
    return "text" if isinstance(kind, String | Date) and not isinstance(kind, Boolean) else "integer"


def _check_anchor(connection: Connection, anchored: list[Head], found: _Found) -> Iterator[Problem]:
    """Heads that the book has no more; a wrong line of the file itself is named by its number."""
    last = max(found.seals, default=0)
    latest = last
    if any(head.version > last for head in anchored) and _sees_one_moment(connection):
        # What others sealed since this connection's snapshot was taken is in the file already.
        with connection.engine.connect() as fresh:
            latest = max(last, _last_sealed(fresh.execution_options(sight=OPEN)))
    differing = [head for head in anchored if _differs(head, found.seals.get(head.version))]
    if differing:  # every later one differs too
        yield fatal("verify.anchor_differs", f"seal#{differing[0].version}")
    for line, head in enumerate(anchored, start=1):
        if head.version < 1:
            yield fatal("verify.anchor_unreadable", f"anchor#{line}")
        elif head.version > latest:
            yield fatal("verify.tail_cut", f"seal#{head.version}", last=last)


def _differs(head: Head, seal: _Seal | None) -> bool:
    return seal is not None and seal.digest != head.hash


def _sees_one_moment(connection: Connection) -> bool:
    """Whether what others seal meanwhile is not seen: always on SQLite, by the kind of transaction on PostgreSQL."""
    if connection.dialect.name == "sqlite":
        return True
    return bool(connection.execute(text("SHOW transaction_isolation")).scalar() == "repeatable read")


def _last_sealed(connection: Connection) -> int:
    return connection.execute(select(func.max(Seal.revision_id))).scalar() or 0
