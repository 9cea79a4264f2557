"""Drafts of what lies beside the ledger: documents of things, papers to sign, samples, and steps of an audit."""

from dataclasses import dataclass

from funds.drafts.place import Draft
from funds.kinds import AttachmentSubject, AuditStep, Basis, DocumentKind


@dataclass(frozen=True, kw_only=True)
class AttachmentDraft(Draft):
    """A file beside a thing, in the name of a fund or a park; of neither, it is the city's."""

    subject: AttachmentSubject
    subject_id: int
    kind: DocumentKind
    title: str
    file_name: str
    content: bytes
    fund: str | None = None
    park: str | None = None


@dataclass(frozen=True, kw_only=True)
class PaperDraft(Draft):
    """The leverage paper of a quarter as it was rendered, once, from the book at a version."""

    quarter: str
    version: int
    hash: str
    rendered_at: str
    json: bytes
    xlsx: bytes
    pdf: bytes | None
    reason: str = ""
    fund: str | None = None
    park: str | None = None


@dataclass(frozen=True, kw_only=True)
class DrawnLine:
    """A line of the ledger that a draw hit."""

    fund_id: int
    table: str
    row_id: int
    amount_fen: int
    is_certain: bool


@dataclass(frozen=True, kw_only=True)
class SampleDraft(Draft):
    """A sample and all that is needed to draw it again; `lines` and `total_fen` are what it was drawn from."""

    quarter: str
    basis: Basis
    version: int
    seed: str
    method: str
    wanted: int
    lines: int
    total_fen: int
    items: tuple[DrawnLine, ...]


@dataclass(frozen=True, kw_only=True)
class FindingDraft(Draft):
    """The next step of a line that was drawn."""

    item_id: int
    step: AuditStep
    words: str = ""
