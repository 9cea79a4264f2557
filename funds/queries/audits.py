"""Samples for audit as known at a version: which lines were drawn, and what became of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from funds.kinds import AuditStep, Basis
from funds.models import AuditFinding, AuditItem, AuditSample, Revision, table_of
from funds.queries.trail_readers import TrailReader, readable_rows


@dataclass(frozen=True)
class Sampled:
    """One drawing, with who drew and when."""

    id: int
    quarter: str
    basis: Basis
    known_version: int
    seed: str
    method: str
    wanted: int
    lines: int
    total_fen: int
    person_id: int
    at: str
    version: int


@dataclass(frozen=True)
class Finding:
    """One step of a line, with its words and by whom."""

    id: int
    step: AuditStep
    words: str | None
    person_id: int
    at: str
    version: int


@dataclass(frozen=True)
class DrawnItem:
    """A line that was drawn and its story so far, oldest step first."""

    id: int
    sample_id: int
    fund_id: int
    line_table: str
    line_id: int
    amount_fen: int
    is_certain: bool
    findings: tuple[Finding, ...]

    @property
    def step(self) -> AuditStep | None:
        """Where it stands; None while nobody has looked at it."""
        return self.findings[-1].step if self.findings else None

    @property
    def is_open(self) -> bool:
        """Whether a doubt stands that is not closed."""
        return self.step in (AuditStep.DOUBTED, AuditStep.ANSWERED)

    @property
    def waits_for_manager(self) -> bool:
        """Whether the fund has yet to answer."""
        return self.step is AuditStep.DOUBTED

    @property
    def line(self) -> str:
        """The line as figures name their entries: `entry:17`."""
        return f"{self.line_table}:{self.line_id}"


def read_samples(connection: Connection, version: int, reader: TrailReader) -> list[Sampled]:
    """Samples with at least one line that is this person's to see, newest first."""
    table = table_of(AuditSample)
    query = (
        select(table, Revision.person_id, Revision.recorded_at)
        .join(Revision, Revision.id == table.c.revision_id)
        .where(table.c.revision_id <= version, readable_rows(table, "audit_sample", reader))
        .order_by(table.c.id.desc())
    )
    return [
        Sampled(
            id=row.id,
            quarter=row.quarter,
            basis=row.basis,
            known_version=row.known_version,
            seed=row.seed,
            method=row.method,
            wanted=row.wanted,
            lines=row.lines,
            total_fen=row.total_fen,
            person_id=row.person_id,
            at=row.recorded_at,
            version=row.revision_id,
        )
        for row in connection.execute(query)
    ]


def read_items(
    connection: Connection,
    version: int,
    reader: TrailReader | None,
    *,
    sample_id: int | None = None,
    ids: Iterable[int] | None = None,
) -> list[DrawnItem]:
    """Lines that were drawn, largest first; with a reader only those of funds that are theirs to see."""
    table = table_of(AuditItem)
    query = (
        select(table).where(table.c.revision_id <= version).order_by(table.c.amount_fen.desc(), table.c.id)
    )
    if reader is not None:
        query = query.where(readable_rows(table, "audit_item", reader))
    if sample_id is not None:
        query = query.where(table.c.sample_id == sample_id)
    if ids is not None:
        query = query.where(table.c.id.in_(list(ids)))
    rows = connection.execute(query).all()
    findings = _read_findings(connection, version)
    return [
        DrawnItem(
            id=row.id,
            sample_id=row.sample_id,
            fund_id=row.fund_id,
            line_table=row.line_table,
            line_id=row.line_id,
            amount_fen=row.amount_fen,
            is_certain=row.is_certain,
            findings=tuple(findings.get(row.id, ())),
        )
        for row in rows
    ]


def open_findings(connection: Connection, version: int, reader: TrailReader) -> list[DrawnItem]:
    """Lines with a doubt that is not closed, for the inbox of whoever may see the fund."""
    return [item for item in read_items(connection, version, reader) if item.is_open]


def _read_findings(connection: Connection, version: int) -> dict[int, list[Finding]]:
    query = (
        select(AuditFinding.item_id, AuditFinding.id, AuditFinding.step, AuditFinding.words)
        .add_columns(AuditFinding.person_id, AuditFinding.revision_id, Revision.recorded_at)
        .join(Revision, Revision.id == AuditFinding.revision_id)
        .where(AuditFinding.revision_id <= version)
        .order_by(AuditFinding.id)
    )
    found: dict[int, list[Finding]] = {}
    for row in connection.execute(query):
        step = Finding(row.id, row.step, row.words, row.person_id, row.recorded_at, row.revision_id)
        found.setdefault(row.item_id, []).append(step)
    return found
