"""A PostgreSQL server of its own that may be killed and started again."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from tests.clusters import Cluster, Server, created_server, find_binaries, stop_server
from tests.engines import PostgresDatabases, ServerMissing

PATIENCE = 30.0


@dataclass
class Breakable:
    """A server, its present process, and the databases on it."""

    server: Server
    process: subprocess.Popen[bytes]
    databases: PostgresDatabases

    def kill(self, *, with_children: bool) -> None:
        """End the server's first process at once, and with it those that serve connections, or leave them to notice."""
        children = list_children(self.process.pid) if with_children else []
        for pid in (self.process.pid, *children):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self, how: signal.Signals) -> None:
        """SIGINT: open transactions are rolled back (fast); SIGQUIT: as after a crash (immediate)."""
        self.process.send_signal(how)
        self.process.wait(timeout=PATIENCE)

    def start(self) -> float:
        """Start it again and wait for its first answer; after a kill the last connections may still be going."""
        began = time.perf_counter()
        self.process = self.server.start(fsync=False)
        while not self._answers():
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError(self.server.log.read_text(errors="replace"))
            if self.process.poll() is not None:
                self.process = self.server.start(fsync=False)
            time.sleep(0.02)
        return time.perf_counter() - began

    def _answers(self) -> bool:
        url = self.databases.superuser_url.set(drivername="postgresql").render_as_string(hide_password=False)
        with suppress(psycopg.OperationalError), psycopg.connect(url, connect_timeout=2) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
        return False


@contextmanager
def breakable_server() -> Iterator[Breakable]:
    """A running server with the roles of the tests."""
    binaries = find_binaries()
    if binaries is None:
        raise ServerMissing("no PostgreSQL server to kill")
    with created_server(binaries) as server:
        process = server.start(fsync=False)
        server.await_ready(process)
        cluster = Cluster(server.home / "socket", process.pid, server.version())
        databases = PostgresDatabases(make_url(cluster.url("postgres")))
        databases.make_roles()
        made = Breakable(server, process, databases)
        try:
            yield made
        finally:
            stop_server(made.process)


def list_children(pid: int) -> list[int]:
    """The processes that a process started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # The name in brackets may hold anything; the parent is the second field after it.
            if int(stat.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(stat.parent.name))
    return found
