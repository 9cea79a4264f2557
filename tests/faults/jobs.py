"""What the children do that the programme kills: the program's own verbs and commands, each result said once it is kept."""

import io
import os
import signal
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import date
from itertools import count
from pathlib import Path
from time import sleep
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

import migrations
from dashboard.cli.main import main
from funds.book import Book
from funds.book.engine import open_engine
from funds.drafts import ContributionDraft, FeeDraft
from funds.kinds import FeeKind
from funds.recording import record_contributions, record_fees

Say = Callable[[str], object]
PATIENCE = 0.02
DAY = date(2024, 6, 3)
# Lines of the ledger that one change of a writer leaves: a mother pays into her child, or a fund pays a fee.
LINES_OF = {"pay": 2, "fee": 1}


def name_change(name: str, number: int) -> str:
    """The reason of a writer's change, by which it is known again."""
    return f"{('pay', 'fee')[number % 2]}-{name}-{number}"


def write_one(book: Book, name: str, number: int) -> tuple[int, str]:
    """One change by the verbs of the program: its version (0: it was there), and its reason, after the commit."""
    reason = name_change(name, number)
    version = 0
    with book.change("local", reason) as change:
        if reason.startswith("pay"):
            line = ContributionDraft(
                fund="F1", investor="M", amount_fen=1 + number, received_on=DAY, business_no=reason
            )
            done = record_contributions(change, [line])
        else:
            fee = FeeDraft(
                fund="F1", kind=FeeKind.PARTNERSHIP, amount_fen=1 + number, paid_on=DAY, business_no=reason
            )
            done = record_fees(change, [fee])
        if done.new:
            version = change.version
        else:  # it is there since an attempt of which nobody heard the end
            change.abandon()
    return version, reason


def write(say: Say, book: str, anchors: str, name: str, times: int = 0) -> None:
    """Write for as many times, or until killed, and acknowledge each; a server that is away is waited for."""
    opened = Book(book, anchors=Path(anchors))
    for number in range(times) if times else count():
        while True:
            try:
                version, reason = write_one(opened, name, number)
                break
            except DBAPIError:
                sleep(PATIENCE)
        say(f"{version} {reason}")
    opened.close()


def run_command(say: Say, anchors: str, arguments: list[str]) -> int:
    """A command of the program, as somebody types it; what it ends with."""
    os.environ["FUNDTRACKER_ANCHORS"] = anchors
    said = io.StringIO()
    say("begun")
    with redirect_stdout(said), redirect_stderr(said):
        code = main(arguments)
    say(f"ended {code}")
    if code:
        os.write(2, said.getvalue().encode())
    return code


def upgrade(say: Say, book: str, revision: str, dies_at: int) -> None:
    """Bring a book to a shape, and be killed before a statement of it."""
    engine = open_engine(book)
    seen = count()

    @event.listens_for(engine, "before_cursor_execute")
    def die(*_given: Any) -> None:
        if next(seen) == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    migrations.upgrade(engine, revision)
    say(f"ended {next(seen)}")


def hold(say: Say, file: str, seconds: float) -> None:
    """Another program that locks the whole file for a while."""
    import sqlite3

    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    say("locked")
    sleep(seconds)
    with suppress(sqlite3.Error):
        connection.execute("ROLLBACK")


JOBS: dict[str, Callable[..., int | None]] = {
    "write": write,
    "run": run_command,
    "upgrade": upgrade,
    "hold": hold,
}
