"""Files as they came in, the batches that were read from them, and what the files belong to."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from funds.kinds import AttachmentSubject, DocumentKind
from funds.models.base import Base, BookRow, Id, Name, Replaceable, kind_of


class Document(BookRow, Base):
    """A file, kept whole; `sha256` is its hash."""

    __tablename__ = "document"
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(Name)
    size: Mapped[int] = mapped_column(Id)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ImportBatch(BookRow, Base):
    """One import of a document: rows read, rows new, and the control total of its amounts."""

    __tablename__ = "import_batch"
    document_id: Mapped[int] = mapped_column(Id, ForeignKey("document.id"), index=True)
    rows_read: Mapped[int] = mapped_column(Id)
    rows_new: Mapped[int] = mapped_column(Id)
    total_fen: Mapped[int] = mapped_column(Id)


class Attachment(Replaceable, Base):
    """A document beside a thing of the book, for whoever may see the fund or park in whose name it was handed in.

    It has its own file name: of two who hand in the same content neither learns what the other called it.
    """

    __tablename__ = "attachment"
    document_id: Mapped[int] = mapped_column(Id, ForeignKey("document.id"), index=True)
    fund_id: Mapped[int | None] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    park_id: Mapped[int | None] = mapped_column(Id, ForeignKey("park.id"), index=True)
    subject: Mapped[AttachmentSubject] = mapped_column(kind_of(AttachmentSubject), index=True)
    subject_id: Mapped[int] = mapped_column(Id, index=True)
    kind: Mapped[DocumentKind] = mapped_column(kind_of(DocumentKind))
    title: Mapped[str] = mapped_column(Name)
    file_name: Mapped[str] = mapped_column(Name)
