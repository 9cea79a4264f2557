"""Several server processes on one book: what one records the other shows at once, and one that dies is replaced."""

import os
import signal
import time
from http.client import HTTPException
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import make_url

from dashboard.auth.api_tokens import TokenDraft
from funds.book import Book
from funds.book.app_role import admit_role
from funds.book.verify import verify_chain
from funds.permissions import CITY
from tests.dashboard.api.programs import DAY, ROOT, build_trail_city, make
from tests.dashboard.api.test_writing import SENT
from tests.dashboard.server.processes import Running, running
from tests.engines import APP_ROLE, Databases, PostgresDatabases
from tests.faults.kinds import Kind, fault

FUND = f"{ROOT}/reports/fund?scope=fund:F1&as_of={DAY}"


@fault("L1", Kind.WEB_PROCESS_KILLED)
@pytest.mark.parametrize(
    "databases",
    [pytest.param(one, marks=pytest.mark.full) for one in ("sqlite", "postgresql")],
    indirect=True,
)
def test_two_processes_on_one_book_see_each_others_entries_and_outlive_each_other(
    databases: Databases, tmp_path: Path
) -> None:
    url = databases.copy_of("trail city", build_trail_city)
    with Book(url, anchors=tmp_path / "anchors") as book:
        token = make(book, "manager", TokenDraft("test", True, CITY, 30))
        if isinstance(databases, PostgresDatabases):
            admit_role(book.engine, APP_ROLE)
    served = (
        databases.as_app(url) if isinstance(databases, PostgresDatabases) else str(make_url(url).database)
    )
    bearer = {"Authorization": f"Bearer {token}"}
    settings = {"FUNDTRACKER_ANCHORS": str(tmp_path / "anchors")}
    with running(served, tmp_path, "--workers", "2", **settings) as server:
        assert server.ask("GET", "/ready")[::2] == (200, {"ready": True})
        writer, before = _read(server, bearer)
        status, told, said = server.ask(
            "POST",
            f"{ROOT}/contributions",
            SENT["contributions"],
            {**bearer, "Idempotency-Key": "one-thing-1"},
        )
        assert status == 201, said
        writer = server.process_of(told["x-request-id"])
        began = time.monotonic()
        seen = {writer: before}
        while len(seen) < 2 or any(version <= before for version in seen.values()):
            process, version = _read(server, bearer)
            assert version >= said["version"], (process, writer)
            seen[process] = version
            assert time.monotonic() - began < 60
        assert set(seen.values()) == {said["version"]}

        _kill_one_under_way(server, bearer, writer)
        processes = {_read(server, bearer)[0] for _ in range(12)}
        assert writer not in processes
        assert server.end() == 0
    with Book(url, anchors=tmp_path / "anchors") as book, book.look() as look:
        assert verify_chain(look.connection, book.anchor) == []


def _read(server: Running, bearer: dict[str, str]) -> tuple[int, int]:
    """Ask once: who answered, and the version that the answer stands on."""
    status, told, said = server.ask("GET", FUND, None, bearer)
    assert status == 200, said
    return server.process_of(told["x-request-id"]), int(said["version"])


def _kill_one_under_way(server: Running, bearer: dict[str, str], victim: int) -> None:
    """Kill a process while people ask; at most what it had in hand is lost, and all who ask again are answered."""
    statuses: list[int] = []
    lost: list[str] = []

    def ask() -> None:
        for _ in range(6):
            try:
                statuses.append(server.ask("GET", FUND, None, bearer)[0])
            except (OSError, HTTPException) as fault:
                lost.append(type(fault).__name__)

    people = [Thread(target=ask) for _ in range(4)]
    for one in people:
        one.start()
    time.sleep(0.05)
    os.kill(victim, signal.SIGKILL)
    for one in people:
        one.join()
    assert set(statuses) == {200}
    assert len(lost) <= len(people)


@pytest.mark.full
def test_a_server_told_to_renew_its_processes_finishes_what_is_under_way(
    databases: Databases, tmp_path: Path
) -> None:
    url = databases.copy_of("trail city", build_trail_city)
    with Book(url) as book:
        token = make(book, "manager", TokenDraft("test", True, CITY, 30))
    bearer = {"Authorization": f"Bearer {token}"}
    with running(url, tmp_path, "--workers", "2") as server:
        before = {_read(server, bearer)[0] for _ in range(20)}
        statuses: list[int] = []

        def ask() -> None:
            statuses.extend(server.ask("GET", FUND, None, bearer)[0] for _ in range(20))

        people = [Thread(target=ask) for _ in range(3)]
        for one in people:
            one.start()
        server.process.send_signal(signal.SIGHUP)
        for one in people:
            one.join()
        assert statuses == [200] * 60
        time.sleep(1)
        after = {_read(server, bearer)[0] for _ in range(20)}
        assert not before & after
