"""Papers of a quarter as known at a version: what was frozen, whose hands are under it, and which is in force."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from funds.kinds import PaperRole
from funds.models import Document, Revision, Signature, SignedPaper, table_of
from funds.queries.codes import each_chunk
from funds.queries.trail_readers import TrailReader, readable_rows

Key = tuple[str, int | None, int | None]
FORMS = ("json", "xlsx", "pdf")


@dataclass(frozen=True)
class Hand:
    """Who, when, and in which change."""

    person_id: int
    at: str
    version: int


Hands = Mapping[tuple[int, PaperRole], Hand]


@dataclass(frozen=True)
class FrozenFile:
    """One file of a paper: its document and what that weighs."""

    form: str  # json, xlsx, pdf
    document_id: int
    sha256: str
    size: int


@dataclass(frozen=True)
class PaperOnFile:
    """A frozen paper; overtaken once a later one of the same quarter and scope was signed."""

    id: int
    quarter: str
    fund_id: int | None
    park_id: int | None
    known_version: int
    known_hash: str
    rendered_at: str
    files: tuple[FrozenFile, ...]
    supersedes_id: int | None
    reason: str | None
    prepared: Hand
    signed: Hand | None
    is_overtaken: bool

    @property
    def is_in_force(self) -> bool:
        """Whether both have signed and nothing signed later took its place."""
        return self.signed is not None and not self.is_overtaken

    @property
    def is_waiting(self) -> bool:
        """Whether the second hand is still to come."""
        return self.signed is None and not self.is_overtaken

    def file(self, form: str) -> FrozenFile | None:
        """The file of a form; None where none was made."""
        return next((one for one in self.files if one.form == form), None)


def read_papers(
    connection: Connection,
    version: int,
    reader: TrailReader | None = None,
    *,
    ids: Iterable[int] | None = None,
    quarter: str | None = None,
) -> list[PaperOnFile]:
    """Papers, newest first; with a reader only those that are theirs to see."""
    table = table_of(SignedPaper)
    query = select(table).where(table.c.revision_id <= version).order_by(table.c.id.desc())
    if reader is not None:
        query = query.where(readable_rows(table, "signed_paper", reader))
    if quarter is not None:
        query = query.where(table.c.quarter == quarter)
    rows = connection.execute(query).all()
    hands = _read_hands(connection, version)
    files = _read_files(connection, rows)
    last = _last_signed(rows, hands)
    wanted = None if ids is None else set(ids)
    return [_paper(row, hands, files, last) for row in rows if wanted is None or row.id in wanted]


def _paper(row: Any, hands: Hands, files: Mapping[int, FrozenFile], last: Mapping[Key, int]) -> PaperOnFile:
    signed = hands.get((row.id, PaperRole.SIGNED))
    stood = row.revision_id if signed is None else signed.version
    documents = {form: getattr(row, f"{form}_id") for form in FORMS}
    return PaperOnFile(
        id=row.id,
        quarter=row.quarter,
        fund_id=row.fund_id,
        park_id=row.park_id,
        known_version=row.known_version,
        known_hash=row.known_hash,
        rendered_at=row.rendered_at,
        files=tuple(replace(files[one], form=form) for form, one in documents.items() if one is not None),
        supersedes_id=row.supersedes_id,
        reason=row.reason,
        prepared=hands[row.id, PaperRole.PREPARED],
        signed=signed,
        is_overtaken=last.get(_key(row), 0) > stood,
    )


def _key(row: Any) -> Key:
    return row.quarter, row.fund_id, row.park_id


def _last_signed(rows: Iterable[Any], hands: Hands) -> Mapping[Key, int]:
    """The change in which a paper of each quarter and scope was last signed."""
    last: dict[Key, int] = {}
    for row in rows:
        if signed := hands.get((row.id, PaperRole.SIGNED)):
            last[_key(row)] = max(last.get(_key(row), 0), signed.version)
    return last


def _read_hands(connection: Connection, version: int) -> Hands:
    query = (
        select(Signature.paper_id, Signature.role, Signature.person_id, Signature.revision_id)
        .add_columns(Revision.recorded_at)
        .join(Revision, Revision.id == Signature.revision_id)
        .where(Signature.revision_id <= version)
    )
    return {
        (row.paper_id, row.role): Hand(row.person_id, row.recorded_at, row.revision_id)
        for row in connection.execute(query)
    }


def _read_files(connection: Connection, rows: Iterable[Any]) -> Mapping[int, FrozenFile]:
    """What the documents of papers are, without their content."""
    ids = {getattr(row, f"{form}_id") for row in rows for form in FORMS} - {None}
    query = select(Document.id, Document.sha256, Document.size)
    return {
        row.id: FrozenFile("", row.id, row.sha256, row.size)
        for piece in each_chunk(sorted(ids))
        for row in connection.execute(query.where(Document.id.in_(piece)))
    }
