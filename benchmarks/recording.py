"""Lines written to the book and sealed, against the same lines by the ORM's `add_all` without any seal."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from benchmarks.intake import founded_city
from benchmarks.movements import draw_contributions
from benchmarks.race import Row, compare, run_race
from funds.book import LOCAL, Book, Change
from funds.kinds import EntryKind
from funds.models import Entry
from funds.recording import record_contributions
from tests.memory import scratch_folder

ROWS = 30_000
LEAST_RATIO = 4.0


def rows(count: int = ROWS) -> Iterator[Row]:
    """All rows of this job."""
    drafts = draw_contributions(count)
    with scratch_folder("recording") as folder:
        original = folder / "city.sqlite3"
        with founded_city(original) as book, book.change(LOCAL, "benchmark", dry_run=True) as change:
            lines = _make_lines(change, count)

        def add(change: Change) -> None:
            change.add(Entry, lines)

        def add_by_orm(change: Change) -> None:
            with Session(bind=change.connection) as session:
                first = change.next_id(Entry)
                stamp = {"revision_id": change.revision_id, "withdrawn": False}
                session.add_all(Entry(id=first + place, **line, **stamp) for place, line in enumerate(lines))
                session.flush()

        def record(change: Change) -> None:
            record_contributions(change, drafts)

        times = run_race(
            {
                "ours": lambda: _change(original, folder, add),
                "verb": lambda: _change(original, folder, record),
                "peer": lambda: _change(original, folder, add_by_orm),
            }
        )
    peer = times["peer"]
    theirs = f"{peer:.2f} s ORM add_all"
    for name, job in (("ours", "bulk insert"), ("verb", "the same by its verb, with every rule")):
        ours = times[name]
        least = LEAST_RATIO if name == "ours" else None
        yield compare(
            f"recording, {count:,} lines, {job}, sealed", f"{ours:.2f} s", theirs, peer / ours, least
        )


def _change(original: Path, folder: Path, write: Any) -> None:
    """One change of a fresh copy of the book, committed."""
    copy = folder / "copy.sqlite3"
    shutil.copy(original, copy)
    with Book(str(copy)) as book, book.change(LOCAL, "benchmark") as change:
        write(change)


def _make_lines(change: Change, count: int) -> list[dict[str, object]]:
    """Plain lines of contributions, ready to be written."""
    first = change.next_id(Entry)
    bound = change.connection.exec_driver_sql("SELECT fund_id, investor_id FROM commitment ORDER BY id").all()
    drafts = draw_contributions(count)
    return [
        {
            "fund_id": bound[place % len(bound)].fund_id,
            "kind": EntryKind.PAID_IN,
            "detail": None,
            "amount_fen": draft.amount_fen,
            "moved_on": draft.received_on,
            "counterparty_id": bound[place % len(bound)].investor_id,
            "movement_id": first + place,
            "notice_no": draft.notice_no,
            "is_inside_commitment": True,
            "is_recallable": False,
            "is_in_kind": False,
            "business_no": draft.business_no,
            "occurrence": 1,
            "origin": f"实缴!{place + 2}",
        }
        for place, draft in enumerate(drafts)
    ]
