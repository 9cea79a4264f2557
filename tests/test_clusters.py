"""The session's own PostgreSQL: both sources of programs, a closed home, and a stop that always comes."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.clusters import (
    Binaries,
    Cluster,
    ClusterFailed,
    debian_binaries,
    running_cluster,
    wheel_binaries,
)

SOURCES = {"debian": debian_binaries, "wheel": wheel_binaries}


@pytest.fixture(params=SOURCES)
def binaries(request: pytest.FixtureRequest) -> Binaries:
    """The programs of each source that this machine has."""
    found = SOURCES[request.param]()
    if found is None:
        pytest.skip(f"no PostgreSQL programs from {request.param} on this machine")
    return found


def answer_of(cluster: Cluster) -> str:
    with psycopg.connect(cluster.url("postgres").replace("+psycopg", "")) as connection:
        row = connection.execute("SELECT 'up'").fetchone()
    assert row is not None
    return str(row[0])


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_the_wheel_has_programs() -> None:
    assert wheel_binaries() is not None


def test_a_cluster_of_each_source_answers_and_leaves_nothing(binaries: Binaries) -> None:
    with running_cluster(binaries) as cluster:
        assert answer_of(cluster) == "up"
        assert "PostgreSQL" in cluster.version
        pid, home = cluster.pid, cluster.socket_folder.parent
    assert not is_running(pid)
    assert not home.exists()


@pytest.mark.full
def test_a_cluster_stops_although_connections_are_open_and_the_body_failed(binaries: Binaries) -> None:
    connections = []
    started = time.monotonic()
    with pytest.raises(ZeroDivisionError), running_cluster(binaries) as cluster:
        connections.append(psycopg.connect(cluster.url("postgres").replace("+psycopg", "")))
        connections[0].execute("SELECT 1")
        raise ZeroDivisionError
    assert time.monotonic() - started < 20
    assert not is_running(cluster.pid)
    connections[0].close()


@pytest.fixture
def closed_home() -> Iterator[Path]:
    """A folder that only its owner may enter, as root's home is."""
    with tempfile.TemporaryDirectory(prefix="closed-") as folder:
        yield Path(folder)


@pytest.mark.full
@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to run the server as somebody else")
def test_programs_in_a_closed_home_are_copied_and_the_home_stays_closed(closed_home: Path) -> None:
    wheel = wheel_binaries()
    assert wheel is not None
    package = wheel.folder.parent.parent
    for folder in (package, package.with_name(package.name + ".libs")):
        shutil.copytree(folder, closed_home / folder.name, symlinks=True)
    programs = closed_home / wheel.folder.relative_to(package.parent)
    with running_cluster(Binaries(programs, "wheel")) as cluster:
        assert answer_of(cluster) == "up"
    assert closed_home.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_a_cluster_goes_down_when_its_session_is_killed_outright() -> None:
    code = (
        "import time; from tests.clusters import *\n"
        "with running_cluster(wheel_binaries()) as cluster:\n"
        "    print(cluster.pid, cluster.socket_folder.parent, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as session:
        assert session.stdout is not None
        pid, home = session.stdout.readline().split()
        session.send_signal(signal.SIGKILL)
    limit = time.monotonic() + 20
    while is_running(int(pid)) and time.monotonic() < limit:
        time.sleep(0.05)
    assert not is_running(int(pid))
    shutil.rmtree(home, ignore_errors=True)


def test_programs_that_are_none_are_named_with_what_they_said(tmp_path: Path) -> None:
    programs = tmp_path / "server" / "bin"
    programs.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        program = programs / name
        program.write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
        program.chmod(0o755)
    with pytest.raises(ClusterFailed, match="not today"), running_cluster(Binaries(programs, "debian")):
        pass


def test_the_newest_of_several_servers_is_taken_by_number(tmp_path: Path) -> None:
    for version in ("9", "15", "16"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    found = debian_binaries(tmp_path)
    assert found is not None
    assert found.folder == tmp_path / "16" / "bin"
    assert debian_binaries(tmp_path / "none") is None


@pytest.mark.full
def test_a_committed_row_outlives_a_killed_server(binaries: Binaries) -> None:
    """fsync is off, but what was acknowledged has left the process: kill tests may use this cluster."""
    with running_cluster(binaries) as cluster:
        url = cluster.url("postgres").replace("+psycopg", "")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (id int)")
            connection.execute("INSERT INTO kept VALUES (1)")
            row = connection.execute("SELECT pg_backend_pid()").fetchone()
            assert row is not None
            os.kill(int(row[0]), signal.SIGKILL)
        limit = time.monotonic() + 20
        count = None
        while count is None and time.monotonic() < limit:
            try:
                with psycopg.connect(url) as connection:
                    count = connection.execute("SELECT count(*) FROM kept").fetchone()
            except psycopg.OperationalError:
                threading.Event().wait(0.05)
        assert count == (1,)
