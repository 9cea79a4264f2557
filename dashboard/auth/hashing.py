"""How many costly hashes run at once: few enough that a flood of sign-ins leaves room for everybody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import ClassVar

from funds.errors import LedgerError

# Of the eight threads of a server two may hash and two more may wait for them.
_hashing = BoundedSemaphore(2)
_present = BoundedSemaphore(4)


class TooBusy(LedgerError):
    """Too many people are signing in at this moment."""

    status: ClassVar[int] = 429


@contextmanager
def taking_turn() -> Iterator[None]:
    """Wait for a turn to hash; refused at once where too many wait already."""
    if not _present.acquire(blocking=False):
        raise TooBusy("sign_in.busy")
    try:
        with _hashing:
            yield
    finally:
        _present.release()
