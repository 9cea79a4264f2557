"""Several people who do something at the very same moment, each with a connection of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from funds.errors import LedgerError

T = TypeVar("T")


def race(pool: ThreadPoolExecutor, acts: Sequence[Callable[[], T]]) -> list[T | LedgerError]:
    """Let all of them go at once; what each came to, in their order."""
    start = Barrier(len(acts))

    def go(act: Callable[[], T]) -> T | LedgerError:
        start.wait(timeout=60)
        try:
            return act()
        except LedgerError as error:
            return error

    return list(pool.map(go, acts))
