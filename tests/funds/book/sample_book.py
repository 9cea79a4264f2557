"""A book filled with the sample city, for tests that need every table to hold something."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from dashboard.help import load_definition_drafts
from dashboard.sample import write_city
from funds.book import Anchor, Book, Head, found_book
from funds.drafts import Draft
from funds.intake import import_workbook, read_workbook
from funds.kinds import BookKind, Role
from funds.models import Seal
from funds.policy import load_crosswalk, load_industries, load_national_industries, load_policies
from migrations import upgrade
from tests.builders import PERSON, membership, open_book, person, record

LATER = datetime(2026, 10, 1, 4, 0, tzinfo=UTC)


def code_book() -> list[Draft]:
    """What the city's workbook rests on."""
    rests = (load_policies(), load_industries(), load_crosswalk(), load_national_industries())
    return [draft for drafts in (*rests, load_definition_drafts()) for draft in drafts]


def build_sample(url: str) -> None:
    """Fill an empty database with the sample city in five revisions (for `databases.copy_of`)."""
    book = open_book(url, LATER)
    upgrade(book.engine)
    found_book(book, BookKind.OWN, "示例市")
    record(book, *code_book())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "city.xlsx"
        write_city(path)
        import_workbook(book, PERSON, read_workbook(path))
    record(book, person("wang"), membership("wang", Role.AUDITOR))
    record(book, person("zhao"))
    book.close()


def write_anchor(book: Book, path: Path) -> Anchor:
    """The anchor file as the book would have kept it."""
    anchor = Anchor(path)
    with book.look() as look:
        for row in look.connection.execute(select(Seal.revision_id, Seal.hash).order_by(Seal.revision_id)):
            anchor.append(Head(row.revision_id, row.hash))
    return anchor
