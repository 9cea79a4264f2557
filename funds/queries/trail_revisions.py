"""The lines of the trail: which changes a person may see, in which order, and what each of them says of itself."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, func, or_, select

from funds.models import Base, Document, Fund, ImportBatch, Revision, Seal, SealLeaf
from funds.models.row_scopes import Reach, tables_within
from funds.queries.codes import each_chunk
from funds.queries.trail_readers import TrailReader, readable_rows, sees_all

_FUND = Base.metadata.tables["fund"]


@dataclass(frozen=True)
class TrailFilter:
    """What is looked for: None and empty leave a part open; instants are as the book writes them."""

    person_id: int | None = None
    action: str | None = None
    table: str | None = None
    fund_id: int | None = None
    since: str | None = None
    before: str | None = None
    words: str = ""
    reasons: tuple[str, ...] = ()  # reasons kept as codes, whose words hold what is looked for


@dataclass(frozen=True)
class SourceFile:
    """The file that a change read: its name, size and hash, the rows read and those new."""

    name: str
    size: int
    sha256: str
    rows_read: int
    rows_new: int


@dataclass(frozen=True)
class TrailLine:
    """One change; person, reason and file are None where they are not the reader's to see."""

    version: int
    recorded_at: str
    action: str
    is_open: bool
    person_id: int | None
    reason: str | None
    file: SourceFile | None
    reverses: int | None
    reversed_by: int | None
    hash: str


@dataclass(frozen=True)
class Choices:
    """Authors, actions and funds of the changes that a reader's list shows."""

    authors: tuple[int, ...]
    actions: tuple[str, ...]
    funds: tuple[int, ...]


@dataclass(frozen=True)
class Trail:
    """The trail as known at a version, as one person may see it."""

    connection: Connection
    reader: TrailReader
    version: int

    def find(self, wanted: TrailFilter) -> list[int]:
        """The changes that are listed for the reader and fit, newest first."""
        query = _restrict(select(Revision.id).where(Revision.id <= self.version), wanted)
        found = list(self.connection.execute(query.order_by(Revision.id.desc())).scalars())
        for kept in self._limits(wanted):
            found = [version for version in found if version in kept]
        return found

    def count(self) -> int:
        """All changes, whoever may see them."""
        query = select(func.count()).select_from(Revision).where(Revision.id <= self.version)
        return self.connection.execute(query).scalar_one()

    def choices(self) -> Choices:
        """What can be looked for among the changes that are listed for the reader."""
        listed = self._listed()
        query = select(Revision.id, Revision.person_id, Revision.action).where(Revision.id <= self.version)
        rows = [row for row in self.connection.execute(query) if listed is None or row.id in listed]
        funds = select(Fund.id).where(
            Fund.revision_id <= self.version, readable_rows(_FUND, "fund", self.reader)
        )
        return Choices(
            authors=tuple(sorted({row.person_id for row in rows})),
            actions=tuple(sorted({row.action for row in rows})),
            funds=tuple(self.connection.execute(funds.order_by(Fund.id)).scalars()),
        )

    def lines(self, versions: Sequence[int]) -> list[TrailLine]:
        """What some changes say of themselves, in the order given."""
        opened = self.opened(versions)
        undoing = self._undoing()
        files = self._files(opened)
        query = select(Revision, Seal.hash).join(Seal, Seal.revision_id == Revision.id)
        rows = {
            row.id: row
            for piece in each_chunk(versions)
            for row in self.connection.execute(
                query.with_only_columns(*Revision.__table__.columns, Seal.hash).where(Revision.id.in_(piece))
            )
        }
        return [
            TrailLine(
                version=row.id,
                recorded_at=row.recorded_at,
                action=row.action,
                is_open=row.id in opened,
                person_id=row.person_id if self._names_author(row.id, row.person_id, opened) else None,
                reason=row.reason if row.id in opened else None,
                file=files.get(row.id),
                reverses=row.reverses_id,
                reversed_by=undoing.get(row.id),
                hash=row.hash,
            )
            for row in (rows[version] for version in versions)
        ]

    def opened(self, within: Collection[int] | None = None) -> set[int]:
        """The changes whose reason and file the reader may see.

        A row of a fund or park of theirs opens a change, and so does one of the city's own lists; reference
        data that anybody may record does not, for a file of another park may have brought it.
        """
        if self.reader.is_city:
            return set(within) if within is not None else set(range(1, self.version + 1))
        return self._touching(tables_within(*self._opening()), self.reader, within)

    def _opening(self) -> list[Reach]:
        people = [Reach.PEOPLE] if self.reader.sees_people else []
        reference = [Reach.CODE_BOOK] if self.reader.sees_reference else []
        scoped = [Reach.SCOPED] if self.reader.funds or self.reader.parks else []
        return [*people, *reference, *scoped]

    def _names_author(self, version: int, person_id: int, opened: Collection[int]) -> bool:
        return self.reader.sees_every_author or version in opened or person_id == self.reader.person_id

    def _listed(self) -> set[int] | None:
        """The changes that the reader's list shows; None is all of them."""
        return None if self.reader.is_city or self.reader.sees_every_author else self.opened()

    def _limits(self, wanted: TrailFilter) -> Iterable[Collection[int]]:
        """Sets of changes within which all that is found must lie."""
        listed = self._listed()
        if listed is not None:
            yield listed
        if wanted.words:
            yield self.opened()  # a reason that is not shown is not searched
        if wanted.fund_id is not None:
            tables = [wanted.table] if wanted.table else tables_within(Reach.SCOPED)
            yield self._touching(tables, self.reader.only_fund(wanted.fund_id))
        elif wanted.table and self.reader.sees_every_author:
            yield self._sealed(
                wanted.table, None
            )  # how much a change wrote where is told to this reader anyway
        elif wanted.table:
            yield self._touching([wanted.table], self.reader)

    def _touching(
        self, tables: Iterable[str], reader: TrailReader, within: Collection[int] | None = None
    ) -> set[int]:
        """The changes that wrote a row of these tables which a reader may see."""
        found: set[int] = set()
        for name in tables:
            sealed = self._sealed(name, within)
            if not sealed <= found:
                found |= sealed if sees_all(name, reader) else self._touched(name, reader, within)
        return found

    def _sealed(self, name: str, within: Collection[int] | None) -> set[int]:
        """The changes that wrote any row of a table, as their seals tell without a look at the table."""
        query = select(SealLeaf.revision_id).where(
            SealLeaf.table_name == name, SealLeaf.revision_id <= self.version
        )
        if within is not None:
            query = query.where(SealLeaf.revision_id.in_(within))
        return set(self.connection.execute(query).scalars())

    def _touched(self, name: str, reader: TrailReader, within: Collection[int] | None) -> set[int]:
        table = Base.metadata.tables[name]
        query = (
            select(table.c.revision_id)
            .distinct()
            .where(table.c.revision_id <= self.version, readable_rows(table, name, reader))
        )
        if within is not None:
            query = query.where(table.c.revision_id.in_(within))
        return set(self.connection.execute(query).scalars())

    def _undoing(self) -> Mapping[int, int]:
        """Which change took which one back, where that was not taken back itself."""
        query = select(Revision.id, Revision.reverses_id).where(
            Revision.reverses_id.is_not(None), Revision.id <= self.version
        )
        undoing: dict[int, int] = {}
        for row in self.connection.execute(query.order_by(Revision.id.desc())):
            if row.id not in undoing:
                undoing[row.reverses_id] = row.id
        return undoing

    def _files(self, versions: Collection[int]) -> Mapping[int, SourceFile]:
        query = select(ImportBatch.revision_id, Document.name, Document.size, Document.sha256).add_columns(
            ImportBatch.rows_read, ImportBatch.rows_new
        )
        joined = query.join(Document, Document.id == ImportBatch.document_id)
        return {
            row[0]: SourceFile(*row[1:])
            for piece in each_chunk(sorted(versions))
            for row in self.connection.execute(joined.where(ImportBatch.revision_id.in_(piece)))
        }


def _restrict(query: Select[int], wanted: TrailFilter) -> Select[int]:
    """What the line itself says, as conditions."""
    if wanted.person_id is not None:
        query = query.where(Revision.person_id == wanted.person_id)
    if wanted.action is not None:
        query = query.where(Revision.action == wanted.action)
    if wanted.since is not None:
        query = query.where(Revision.recorded_at >= wanted.since)
    if wanted.before is not None:
        query = query.where(Revision.recorded_at < wanted.before)
    if wanted.words:
        written = Revision.reason.icontains(wanted.words, autoescape=True)
        query = query.where(or_(written, Revision.reason.in_(wanted.reasons)))
    return query
