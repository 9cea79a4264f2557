"""The real server for the load: `fundtracker serve` with its workers, what they weigh, and one that is killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

PROGRAM = (sys.executable, "-c", "import sys; from dashboard.cli import main; sys.exit(main())")
PATIENCE = 120.0
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    """A running server; `weights` are the bytes of each of its processes at each look, as if it were alone.

    `shares` are the bytes of all of them together, in which a page that several share counts once.
    """

    port: int
    process: subprocess.Popen[bytes]
    log: Path
    weights: list[tuple[float, dict[int, int]]] = field(default_factory=list)
    shares: list[int] = field(default_factory=list)
    killed: tuple[float, int] | None = None
    busy: dict[int, list[float]] = field(default_factory=dict)

    def workers(self) -> list[int]:
        """The processes that answer: children that run the very program of their parent."""
        own = _command(self.process.pid)
        return [pid for pid in _children(self.process.pid) if _command(pid) == own]

    def kill_worker(self) -> None:
        """Kill one of them outright; when and which is remembered."""
        victim = min(self.workers())
        os.kill(victim, signal.SIGKILL)
        self.killed = time.monotonic(), victim

    def weigh(self) -> None:
        """Note what each process takes of memory, and how long it was busy."""
        pids = (self.process.pid, *_children(self.process.pid))
        found = {pid: _resident(pid) for pid in pids}
        self.weights.append((time.monotonic(), {pid: size for pid, size in found.items() if size}))
        self.shares.append(sum(map(_share, pids)))
        for pid in pids:
            if spent := _processor_time(pid):
                self.busy.setdefault(pid, [spent]).append(spent)

    def cpu_seconds(self) -> float:
        """The processor time between the first and the last look at each process, of those that died too."""
        return sum(times[-1] - times[0] for times in self.busy.values())


@contextmanager
def running_server(book: str, folder: Path, workers: int) -> Iterator[Server]:
    """`fundtracker serve` on a book, with nothing of this environment's settings, stopped at the end."""
    port = _free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FUNDTRACKER_")}
    environment = {
        **kept,
        "FUNDTRACKER_BOOK": book,
        "FUNDTRACKER_ANCHORS": str(folder / "anchors"),
        **{f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("DATA", "STATE", "CONFIG", "CACHE")},
    }
    log = folder / "server.log"
    command = [*PROGRAM, "serve", "--port", str(port), "--workers", str(workers)]
    with log.open("wb") as lines:
        process = subprocess.Popen(
            command,
            env=environment,
            stdout=lines,
            stderr=lines,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        _await_ready(process, port, log)
        yield Server(port, process, log)
    finally:
        _stop(process)


@contextmanager
def being_weighed(server: Server, every: float = 2.0) -> Iterator[None]:
    """Weigh the processes again and again while the body runs."""
    over = threading.Event()
    server.weigh()

    def watch() -> None:
        while not over.wait(every):
            server.weigh()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
        server.weigh()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _await_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, number)
        try:
            process.wait(timeout=20)
            return
        except subprocess.TimeoutExpired:
            continue


def _children(pid: int) -> list[int]:
    """Every process below one, whichever of its threads began it."""
    own: list[int] = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            own += [int(child) for child in listed.read_text().split()]
        except OSError:  # a thread that ended meanwhile
            continue
    return own + [deeper for child in own for deeper in _children(child)]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_BYTES
    except (OSError, IndexError):
        return 0


def _share(pid: int) -> int:
    """Its own pages, and of those that it shares with others its part of each (PSS)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # gone, or about to
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _processor_time(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS
