"""Clocks that are set back, stand in another zone or change to summer time: the city's day and every report stay the same."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.cli.main import main
from funds.book import Book
from funds.models import Revision
from tests.engines import SqliteDatabases
from tests.faults.books import build_paid, verify_all
from tests.faults.jobs import write_one
from tests.faults.kinds import Kind, fault

ZONES = ("UTC", "Asia/Shanghai", "America/New_York", "Pacific/Apia")
NOW = datetime(2030, 1, 15, 4, 0, tzinfo=UTC)  # long after the book was founded
# An instant in UTC, and the day that it is in the city: year's end, leap day, and the summers of 1986 to 1991.
DAYS = {
    datetime(2024, 12, 31, 15, 59, 59, tzinfo=UTC): date(2024, 12, 31),
    datetime(2024, 12, 31, 16, 30, tzinfo=UTC): date(2025, 1, 1),
    datetime(2024, 2, 28, 16, 0, tzinfo=UTC): date(2024, 2, 29),
    datetime(2024, 2, 29, 16, 0, tzinfo=UTC): date(2024, 3, 1),
    datetime(1986, 5, 3, 17, 59, tzinfo=UTC): date(1986, 5, 4),
    datetime(1986, 7, 1, 15, 30, tzinfo=UTC): date(1986, 7, 2),
    datetime(1991, 12, 31, 15, 30, tzinfo=UTC): date(1991, 12, 31),
}
REPORTS = ("city", "leverage", "performance")


@pytest.fixture
def paid(sqlite: SqliteDatabases) -> Iterator[str]:
    yield sqlite.copy_of("paid for writers", build_paid)
    sqlite.drop_made()


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """`stand_in(zone)`: let this machine's clock stand in a time zone."""

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


def stand_still(instant: datetime) -> datetime:
    """What a clock says that goes no more."""
    return instant


def report(url: str, kind: str, path: Path) -> bytes:
    """The bytes of a report, as the command writes it."""
    arguments = ["report", kind, "--city", "--as-of", "2025-12-31", "--format", "json", "--output", str(path)]
    assert main([*arguments, "--book", url]) == 0
    return path.read_bytes()


@fault("Z6", Kind.TIME_ZONE)
def test_a_report_is_the_same_to_the_byte_in_every_time_zone(
    paid: str, tmp_path: Path, stand_in: Callable[[str], None], full: bool, tell: Callable[..., None]
) -> None:
    reports: dict[str, set[bytes]] = {kind: set() for kind in (REPORTS if full else REPORTS[:1])}
    for zone in ZONES:
        stand_in(zone)
        for kind, written in reports.items():
            written.add(report(paid, kind, tmp_path / "report.json"))
    assert verify_all(paid) == []
    tell(
        count=len(ZONES) * len(reports),
        missed=sum(len(written) - 1 for written in reports.values()),
        note="summer time among the zones",
    )


@fault("Z6", Kind.TIME_ZONE)
def test_the_day_of_a_change_is_the_citys_whatever_the_machine_thinks(
    paid: str, stand_in: Callable[[str], None], tell: Callable[..., None]
) -> None:
    missed = 0
    for zone in ZONES:
        stand_in(zone)
        for instant, expected in DAYS.items():
            with Book(paid, clock=partial(stand_still, instant)) as book:
                missed += book.today() != expected
                missed += book.now() != instant.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    tell(count=len(ZONES) * len(DAYS), missed=missed)


@fault("Z6", Kind.CLOCK_BACK)
def test_a_clock_set_back_turns_no_order_around(paid: str, tmp_path: Path, tell: Callable[..., None]) -> None:
    moves = (0, 60, -3_600, 1, -86_400, 7_200)
    now, expected = NOW, []
    for number, seconds in enumerate(moves):
        now += timedelta(seconds=seconds)
        with Book(paid, anchors=tmp_path, clock=partial(stand_still, now)) as book:
            version, reason = write_one(book, "clock", number)
            expected.append((version, reason))
    with Book(paid) as book, book.look() as look:
        rows = look.connection.execute(
            select(Revision.id, Revision.reason, Revision.recorded_at).order_by(Revision.id)
        ).all()
    written = [(row.id, row.reason) for row in rows][-len(moves) :]
    assert written == expected
    assert [row.recorded_at for row in rows] == sorted(row.recorded_at for row in rows)
    assert verify_all(paid, tmp_path) == []
    tell(count=len(moves), lost=0)
