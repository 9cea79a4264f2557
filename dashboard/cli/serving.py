"""The commands `serve` and `demo`: the pages, from one's own book or from a sample city's."""

import sys
import tempfile
from argparse import Namespace
from collections.abc import Collection, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from platformdirs import user_data_path

import migrations
from dashboard.allocation import use_one_arena
from dashboard.auth.demo import COMMISSION, MANAGER, PARK, SECOND, DemoIdentity
from dashboard.cli.opening import make_book, open_book
from dashboard.pages import PAGES
from dashboard.sample.batches import Batch
from dashboard.sample.quarter_locks import record_quarters
from dashboard.sample.recording import is_up_to_date, plan_batches, record_city
from dashboard.sample.sizes import FULL, MOST_FUNDS, MOST_LINES, CitySize, enlarge_city
from dashboard.server import create_app
from dashboard.server.journal import open_journal
from dashboard.server.warming import PATIENCE, warm_pages
from dashboard.server.web_server import run_server
from dashboard.settings import NAME, Settings
from dashboard.words import say
from dashboard.worker.attendance import attending
from funds.book import LOCAL, Book
from funds.drafts import (
    CompanyDraft,
    FundDraft,
    MembershipDraft,
    ParkDraft,
    PartyDraft,
    PersonDraft,
    RoundDraft,
)
from funds.errors import Conflict
from funds.kinds import BookKind, Role, ScopeKind
from funds.recording import record_memberships, record_people

DONE, WRONG_USE = 0, 2
DEMO_PARK, DEMO_MANAGER = "P01", "J44"


def run_serve(given: Namespace, settings: Settings) -> int:
    """Serve the pages of a book."""
    settings = _placed(given, settings)
    with open_book(settings) as book:
        return _serve(book, settings, has_worker=not given.no_jobs, with_requests=True)


def run_demo(given: Namespace, settings: Settings) -> int:
    """Make the sample city's own book if there is none of this edition and size, and serve it."""
    folder = Path(given.book) if "book" in given else user_data_path(NAME, appauthor=False) / "demo"
    settings = replace(_placed(given, settings), book=str(folder / "demo.sqlite3"), person=None)
    try:
        wanted = _wanted_size(given)
    except ValueError:
        limits = {"least": FULL.funds, "most": MOST_FUNDS, "lines": MOST_LINES}
        print(say("sample.out_of_range", settings.language, **limits), file=sys.stderr)
        return WRONG_USE
    if not _is_usable(settings, wanted):
        make_demo(settings, wanted or FULL)
    with open_book(settings) as book:
        if given.no_serve:
            return DONE
        return _serve(book, settings, has_worker=not given.no_jobs, with_requests=False)


def _wanted_size(given: Namespace) -> CitySize | None:
    """The size that was asked for; without a word about it, whatever there is will do."""
    if given.funds is None and given.lines is None:
        return None
    return enlarge_city(FULL.funds if given.funds is None else given.funds, given.lines or 0)


def _is_usable(settings: Settings, wanted: CitySize | None) -> bool:
    """Whether the demo book is there and as it should be; any other book in its place is left alone."""
    if not Path(settings.book).exists():
        return False
    with Book(settings.book) as book:
        if book.kind != BookKind.DEMO.value:
            raise Conflict("demo.not_a_demo", book=settings.book)
        is_current = migrations.current_revision(book.engine) == migrations.head_revision()
        usable = is_current and is_up_to_date(book, wanted)
    if not usable:
        _tell(settings, "sample.renewed", book=settings.book)
    return usable


def make_demo(settings: Settings, size: CitySize = FULL) -> None:
    """A demo book: the sample city through the same doors as anybody's, and its identities."""
    unfinished = replace(settings, book=f"{settings.book}.unfinished")
    _clear(Path(unfinished.book))
    batches = plan_batches(size)
    _tell(settings, "sample.size", rows=sum(batch.rows for batch in batches), **_count(batches))
    _tell(settings, "sample.packs")
    with make_book(unfinished, BookKind.DEMO, say("city.sample", settings.language)) as book:

        def tell(batch: Batch, number: int, count: int) -> None:
            _tell(settings, "sample.batch", number=number, count=count, until=batch.until, rows=batch.rows)

        with tempfile.TemporaryDirectory() as folder:
            record_city(book, LOCAL, size, batches, Path(folder), tell)
        _tell(settings, "sample.identities")
        _add_identities(book, settings.language, _managed(batches))
        record_quarters(book, LOCAL, COMMISSION.login, SECOND.login)
    _clear(Path(settings.book))
    Path(unfinished.book).rename(settings.book)
    _clear(Path(unfinished.book))
    _tell(settings, "sample.made", book=settings.book)


def _count(batches: Sequence[Batch]) -> dict[str, int]:
    kinds = {
        "parks": ParkDraft,
        "funds": FundDraft,
        "parties": PartyDraft,
        "firms": CompanyDraft,
        "rounds": RoundDraft,
    }
    return {name: sum(len(batch.drafts.get(kind, ())) for batch in batches) for name, kind in kinds.items()}


def _managed(batches: Sequence[Batch]) -> list[str]:
    """The funds of the manager whose eyes the demo lends."""
    funds = [
        row for batch in batches for row in batch.drafts.get(FundDraft, ()) if isinstance(row, FundDraft)
    ]
    return [row.code for row in funds if row.manager == DEMO_MANAGER]


def _add_identities(book: Book, language: str, managed: Collection[str]) -> None:
    scopes: dict[DemoIdentity, list[tuple[Role, ScopeKind, str | None]]] = {
        MANAGER: [(Role.FUND_MANAGER, ScopeKind.FUND, fund) for fund in managed],
        COMMISSION: [(Role.COMMISSION_SIGNATORY, ScopeKind.CITY, None)],
        SECOND: [(Role.COMMISSION_SIGNATORY, ScopeKind.CITY, None)],
        PARK: [(Role.PARK_OFFICIAL, ScopeKind.PARK, DEMO_PARK)],
    }
    with book.change(LOCAL, "demo.identities", action="people") as change:
        people = [PersonDraft(login=who.login, name=say(who.title, language)) for who in scopes]
        record_people(change, people)
        memberships = [
            MembershipDraft(login=who.login, role=role, scope_kind=kind, scope=scope, from_date=change.on)
            for who, held in scopes.items()
            for role, kind, scope in held
        ]
        record_memberships(change, memberships)


def _tell(settings: Settings, code: str, **params: object) -> None:
    print(say(code, settings.language, **params), flush=True)


def _clear(path: Path) -> None:
    for left in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", ".lock"))):
        left.unlink(missing_ok=True)


def _placed(given: Namespace, settings: Settings) -> Settings:
    return replace(
        settings,
        host=given.host or settings.host,
        port=given.port or settings.port,
        workers=given.workers or settings.workers,
    )


def _serve(book: Book, settings: Settings, *, has_worker: bool, with_requests: bool) -> int:
    use_one_arena()
    open_journal(with_requests=with_requests)
    dash = create_app(book, settings)
    # Before the fork: the processes share what was read and worked out.
    warm_pages(book, PAGES, settings.language, PATIENCE if settings.workers > 1 else 0.0)
    address = f"http://{settings.host}:{settings.port}/"
    print(say("serve.started", settings.language, address=address, city=book.city_name), flush=True)
    book.engine.dispose()  # no connection may be shared with the processes
    with attending(settings) if has_worker else nullcontext():
        run_server(dash.server, settings)
    return DONE
