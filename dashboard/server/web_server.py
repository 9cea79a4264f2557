"""The server before the application: several processes with some threads each, on one book."""

import gc
from collections.abc import Mapping
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from dashboard.allocation import give_back
from dashboard.settings import Settings

# An interpreter runs one thread at a time: more of them only make everybody wait for everybody's half-done work.
THREADS = 4
KEEP_ALIVE = 30  # seconds; gunicorn's own 2 close connections under the browser's hands
GRACE = 30  # seconds for what is under way when a process is to end
# A kept connection stays with its process; opened anew from time to time it comes to whichever has least to do.
MOST_ON_ONE_CONNECTION = 4
# Full collections of what an application holds took a third of its time; what is there at the start stays for good.
COLLECT_AT = (50_000, 20, 100)


def run_server(server: Flask, settings: Settings) -> None:
    """Serve until told to end: TERM lets requests under way finish, HUP renews the processes one for one.

    The processes are forks of this one, which has the application and the book's columns ready: one that is killed
    is replaced at once. What they run is what this process has loaded; new code comes with a restart.
    """
    gc.collect()
    give_back()
    gc.freeze()
    gc.set_threshold(*COLLECT_AT)
    _Server(server, choose_options(settings)).run()


def choose_options(settings: Settings) -> dict[str, object]:
    """How gunicorn is to run.

    No process ends by itself after some number of requests: memory stays flat, and HUP is there for doubts.
    """
    return {
        "bind": f"{settings.host}:{settings.port}",
        "workers": settings.workers,
        "threads": THREADS,
        "worker_class": "gthread",
        "keepalive": KEEP_ALIVE,
        "graceful_timeout": GRACE,
        "pre_request": _close_after_some,
        "preload_app": True,
        "control_socket_disable": True,
        "loglevel": "warning",
        "logger_class": _OurJournal,
    }


def _close_after_some(_worker: object, request: Any) -> None:
    """Let a busy process give up its people: the answer tells them that the connection ends with it."""
    if request.req_number >= MOST_ON_ONE_CONNECTION:
        request.force_close()


class _OurJournal(Logger):  # type: ignore[misc]
    """Gunicorn's own words go where ours go."""

    def setup(self, cfg: Any) -> None:
        """Leave every handler to the root."""
        super().setup(cfg)
        for handler in list(self.error_log.handlers):
            self.error_log.removeHandler(handler)
        self.error_log.propagate = True


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
