"""The commands `serve` and `demo`: the pages, from one's own book or from a sample city's."""

import tempfile
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication
from platformdirs import user_data_path

from dashboard.auth.demo import COMMISSION, MANAGER, PARK
from dashboard.cli.opening import make_book, open_book
from dashboard.sample import write_city
from dashboard.server import create_app
from dashboard.settings import NAME, Settings
from dashboard.words import say
from funds.book import LOCAL, Book
from funds.drafts import MembershipDraft, PersonDraft
from funds.errors import Conflict
from funds.intake import import_workbook, read_workbook
from funds.kinds import BookKind, Role, ScopeKind
from funds.recording import record_memberships, record_people

DONE = 0
THREADS = 8
KEEP_ALIVE = 30  # seconds; gunicorn's own 2 close connections under the browser's hands
DEMO_PARK = "P01"


def run_serve(given: Namespace, settings: Settings) -> int:
    """Serve the pages of a book."""
    settings = _placed(given, settings)
    with open_book(settings) as book:
        return _serve(book, settings)


def run_demo(given: Namespace, settings: Settings) -> int:
    """Make the sample city's own book anew if there is none, and serve it."""
    folder = Path(given.book) if "book" in given else user_data_path(NAME, appauthor=False) / "demo"
    settings = replace(_placed(given, settings), book=str(folder / "demo.sqlite3"), person=None)
    if not Path(settings.book).exists():
        print(say("demo.making", settings.language), flush=True)
        make_demo(settings)
    with open_book(settings) as book:
        if book.kind != BookKind.DEMO.value:
            raise Conflict("demo.not_a_demo", book=settings.book)
        return DONE if given.no_serve else _serve(book, settings)


def make_demo(settings: Settings) -> None:
    """A demo book: the sample city, imported through the same door as any workbook, and its three identities."""
    unfinished = replace(settings, book=f"{settings.book}.unfinished")
    _clear(Path(unfinished.book))
    with make_book(unfinished, BookKind.DEMO, say("city.sample", settings.language)) as book:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sample.xlsx"
            write_city(path)
            import_workbook(book, LOCAL, read_workbook(path))
        _add_identities(book, settings.language)
    Path(unfinished.book).rename(settings.book)
    _clear(Path(unfinished.book))


def _add_identities(book: Book, language: str) -> None:
    roles = {
        MANAGER: (Role.FUND_MANAGER, ScopeKind.CITY, None),
        COMMISSION: (Role.COMMISSION_SIGNATORY, ScopeKind.CITY, None),
        PARK: (Role.PARK_OFFICIAL, ScopeKind.PARK, DEMO_PARK),
    }
    with book.change(LOCAL, "demo.identities", action="people") as change:
        people = [PersonDraft(login=who.login, name=say(who.title, language)) for who in roles]
        record_people(change, people)
        memberships = [
            MembershipDraft(login=who.login, role=role, scope_kind=kind, scope=scope, from_date=change.on)
            for who, (role, kind, scope) in roles.items()
        ]
        record_memberships(change, memberships)


def _clear(path: Path) -> None:
    for left in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", ".lock"))):
        left.unlink(missing_ok=True)


def _placed(given: Namespace, settings: Settings) -> Settings:
    return replace(settings, host=given.host or settings.host, port=given.port or settings.port)


def _serve(book: Book, settings: Settings) -> int:
    dash = create_app(book, settings)
    address = f"http://{settings.host}:{settings.port}/"
    print(say("serve.started", settings.language, address=address, city=book.city_name), flush=True)
    book.engine.dispose()  # no connection may be shared with the workers
    options = {
        "bind": f"{settings.host}:{settings.port}",
        "workers": 1,
        "threads": THREADS,
        "worker_class": "gthread",
        "keepalive": KEEP_ALIVE,
        "control_socket_disable": True,
        "loglevel": "warning",
    }
    _Server(dash.server, options).run()
    return DONE


class _Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with its options given here instead of in a file."""

    def __init__(self, application: Any, options: Mapping[str, object]) -> None:
        self.application = application
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return self.application
