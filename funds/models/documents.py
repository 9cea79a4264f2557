"""Files as they came in, and the batches that were read from them."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from funds.models.base import Base, BookRow, Id, Name


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
