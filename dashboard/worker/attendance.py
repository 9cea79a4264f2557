"""Sees to it that a worker runs beside a server for as long as the server does."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dashboard
from dashboard.settings import Settings

LOOK_EVERY = 1.0
SHORTEST_LIFE = 10.0
PATIENCE = 30.0
_MODULE = "dashboard.worker"


@contextmanager
def attending(settings: Settings) -> Iterator[None]:
    """Run a worker while the body runs; one that dies is followed by another.

    Processes forked off within the body leave it too, and are not who ends the worker.
    """
    owner, is_over = os.getpid(), threading.Event()
    watch = threading.Thread(target=_watch, args=(settings, is_over), name="worker", daemon=True)
    watch.start()
    try:
        yield
    finally:
        if os.getpid() == owner:
            is_over.set()
            watch.join()


def start_worker(settings: Settings) -> subprocess.Popen[bytes]:
    """A worker of the same book, which ends when this process does."""
    root = str(Path(dashboard.__file__).parents[1])
    named = {"FUNDTRACKER_BOOK": settings.book, "FUNDTRACKER_ANCHORS": str(settings.anchors)}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", _MODULE, "--beside", str(os.getpid())],
        # An address with a password in it is not for everybody who may list processes.
        env={**os.environ, **named, "PYTHONPATH": root},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def _watch(settings: Settings, is_over: threading.Event) -> None:
    worker, began = start_worker(settings), time.monotonic()
    while not is_over.wait(LOOK_EVERY):
        # One that cannot even begin is not started over and over at the cost of the server.
        if worker.poll() is not None and time.monotonic() - began > SHORTEST_LIFE:
            worker, began = start_worker(settings), time.monotonic()
    worker.terminate()
    try:
        worker.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
