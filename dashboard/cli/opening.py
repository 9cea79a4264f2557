"""Opens, founds and fills books for the commands."""

from collections.abc import Sequence
from pathlib import Path

import migrations
from dashboard.help import load_definition_drafts
from dashboard.settings import Settings
from funds.book import LOCAL, Book, found_book
from funds.book.app_role import admit_role, list_admitted
from funds.drafts import Draft
from funds.errors import SchemaBehind
from funds.kinds import BookKind
from funds.policy import load_crosswalk, load_industries, load_national_industries, load_policies
from funds.recording import VERBS


def open_book(settings: Settings) -> Book:
    """The book of the settings, refused with the command to run where its shape is not this program's."""
    book = Book(settings.book, anchors=settings.anchors)
    try:
        book.check_ready()
        current, head = migrations.current_revision(book.engine), migrations.head_revision()
        if current != head:
            raise SchemaBehind("book.schema_behind", current=current, head=head)
    except BaseException:
        book.close()
        raise
    return book


def make_book(settings: Settings, kind: BookKind, city_name: str, number: int = 0) -> Book:
    """A new book with its shape, its identity, the person `local`, the code book, policies and definitions."""
    book = Book(settings.book, anchors=settings.anchors)
    if book.url.get_backend_name() == "sqlite":
        Path(str(book.url.database)).parent.mkdir(parents=True, exist_ok=True)
    try:
        shape_book(book, settings)
        found_book(book, kind, city_name, number)
        record_packs(book)
    except BaseException:
        book.close()
        raise
    return book


def shape_book(book: Book, settings: Settings) -> None:
    """Bring a book to the newest shape, and let in the role that the program is to run as.

    Where none is named, whoever was let in before stays so on the tables that are new.
    """
    migrations.upgrade(book.engine)
    roles = [settings.app_role] if settings.app_role is not None else list_admitted(book.engine)
    for role in roles:
        admit_role(book.engine, role)


def record_packs(book: Book, person: str = LOCAL) -> None:
    """Bring the packaged code book, policy packs and definition versions into the book, in one revision."""
    packs: Sequence[Sequence[Draft]] = (
        load_national_industries(),
        load_industries(),
        load_crosswalk(),
        load_policies(),
        load_definition_drafts(),
    )
    with book.change(person, "policy.packs", action="policy") as change:
        new = sum(VERBS[type(drafts[0])](change, drafts).new for drafts in packs)
        if not new:
            change.abandon()
