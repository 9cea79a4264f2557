"""What is remembered of a book's backups, in a file beside its anchor: when, at which head, and where they were put."""

from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from dashboard.settings import Settings
from funds.book import Book


@dataclass(frozen=True)
class BackupNote:
    """One backup that was finished."""

    made_at: str
    version: int
    hash: str
    file: str


def remember_backup(book: Book, settings: Settings, note: BackupNote) -> None:
    """Add a line; a note that cannot be written spoils no backup."""
    path = notes_path(book, settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(orjson.dumps(asdict(note), option=orjson.OPT_APPEND_NEWLINE))


def last_backup(book: Book, settings: Settings) -> BackupNote | None:
    """The newest backup that was noted; None where there is none."""
    path = notes_path(book, settings)
    if not path.exists():
        return None
    for line in reversed(path.read_bytes().splitlines()):
        try:
            return BackupNote(**orjson.loads(line))
        except (ValueError, TypeError):
            continue
    return None


def notes_path(book: Book, settings: Settings) -> Path:
    """Where the notes of a book lie."""
    return settings.anchors / f"{book.uuid}.backups"
