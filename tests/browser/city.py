"""A demo book with the made-up city in it, and people of several standings."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.auth.demo import COMMISSION, MANAGER, PARK
from dashboard.help import load_definition_drafts
from dashboard.sample import write_city
from dashboard.server import create_app
from dashboard.settings import Settings
from funds.book import Book, found_book
from funds.drafts import MembershipDraft, PersonDraft
from funds.intake import import_workbook, read_workbook
from funds.kinds import BookKind, Role, ScopeKind
from funds.policy import load_crosswalk, load_industries, load_national_industries, load_policies
from funds.recording import VERBS
from migrations import upgrade
from tests.dashboard.serving import Clock, Served

CITY = "示例市"
NOW = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)
BEGAN = date(2020, 1, 1)
PARK_CODE, FUND_CODE = "P01", "F07"
STANDINGS = (
    (COMMISSION.login, Role.COMMISSION_SIGNATORY, ScopeKind.CITY, None),
    (MANAGER.login, Role.FUND_MANAGER, ScopeKind.FUND, FUND_CODE),
    (PARK.login, Role.PARK_OFFICIAL, ScopeKind.PARK, PARK_CODE),
)


def build_city(url: str) -> None:
    """The code book, the city's workbook, and three people: city, one fund, one park."""
    book = Book(url, clock=Clock(NOW))
    upgrade(book.engine)
    found_book(book, BookKind.DEMO, CITY)
    record_code_book(book)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{CITY}.xlsx"
        write_city(path)
        import_workbook(book, "local", read_workbook(path))
    record_standings(book)
    book.close()


def build_empty(url: str) -> None:
    """The same people and code book, and no city."""
    book = Book(url, clock=Clock(NOW))
    upgrade(book.engine)
    found_book(book, BookKind.DEMO, CITY)
    record_code_book(book)
    with book.change("local", "people") as change:
        login, role, kind, _ = STANDINGS[0]
        VERBS[PersonDraft](change, [PersonDraft(login=login, name=login)])
        granted = MembershipDraft(login=login, role=role, scope_kind=kind, from_date=BEGAN)
        VERBS[MembershipDraft](change, [granted])
    book.close()


def record_code_book(book: Book) -> None:
    """Policies, industries, national codes, crosswalk and definitions."""
    with book.change("local", "code book") as change:
        for drafts in (
            load_policies(),
            load_industries(),
            load_national_industries(),
            load_crosswalk(),
            load_definition_drafts(),
        ):
            VERBS[type(drafts[0])](change, drafts)


def record_standings(book: Book) -> None:
    """One person each for the city, a fund and a park."""
    with book.change("local", "people") as change:
        VERBS[PersonDraft](change, [PersonDraft(login=login, name=login) for login, *_ in STANDINGS])
        VERBS[MembershipDraft](
            change,
            [
                MembershipDraft(login=login, role=role, scope_kind=kind, scope=scope, from_date=BEGAN)
                for login, role, kind, scope in STANDINGS
            ],
        )


@contextmanager
def serve_city(url: str, folder: Path) -> Iterator[Served]:
    """An application over a city, with the pages of the program."""
    clock = Clock(NOW)
    book = Book(url, clock=clock)
    settings = Settings(book=url, anchors=folder / "anchors", state=folder / "state")
    yield Served(create_app(book, settings), book, clock, settings)
    book.close()
