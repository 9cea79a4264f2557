"""A worker in a process of its own that is killed at a certain moment of its job."""

import os
import signal
from collections.abc import Callable
from typing import Any

import pytest

from dashboard.jobs import task
from dashboard.worker.work import work_once
from funds.book import Book

PATIENCE = 60


def pause_after(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, reach: Callable[[], None]) -> None:
    """Come to the moment right after a function has been called for the first time."""
    plain = getattr(owner, name)

    def wrapped(*given: Any, **more: Any) -> Any:
        answer = plain(*given, **more)
        reach()
        return answer

    monkeypatch.setattr(owner, name, wrapped)


def pause_at_stage(monkeypatch: pytest.MonkeyPatch, stage: str, reach: Callable[[], None]) -> None:
    """Come to the moment right after a stage has been told of."""
    tick = task.Task.tick

    def wrapped(self: task.Task, name: str, done: int = 0, total: int = 0) -> None:
        tick(self, name, done, total)
        if name.partition(":")[0] == stage:
            reach()

    monkeypatch.setattr(task, "TELL_EVERY", 0.0)
    monkeypatch.setattr(task.Task, "tick", wrapped)


def kill_at(book: Book, prepare: Callable[[pytest.MonkeyPatch, Callable[[], None]], None]) -> None:
    """Have a job taken by another process, and kill that at the moment that `prepare` arranges for."""
    url, clock = book.url.render_as_string(hide_password=False), book.clock
    book.close()  # no connection is shared with a child
    told, telling = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            signal.alarm(PATIENCE)

            def reach() -> None:
                os.write(telling, b"!")
                signal.pause()

            with pytest.MonkeyPatch.context() as monkeypatch, Book(url, clock=clock) as own:
                prepare(monkeypatch, reach)
                work_once(own)
        finally:
            os._exit(1)
    os.close(telling)
    reached = os.read(told, 1)
    os.close(told)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert reached == b"!", "the moment never came"
