"""Which of the large columns that were read stay with their rows, so that a process keeps only so many bytes."""

from collections import deque
from threading import Lock
from typing import Any
from weakref import ReferenceType, ref

import numpy.typing as npt

SMALL = 1 << 16  # bytes: what stays as long as its rows do, and is not counted
MOST = 16 << 20  # bytes of all others together

_lock = Lock()
_read: deque[tuple[ReferenceType[Any], str, int]] = deque()


def keep_column(rows: Any, name: str, values: npt.NDArray[Any]) -> None:
    """Leave a column with its rows; the ones read longest ago give way."""
    rows.__dict__[name] = values
    if values.nbytes <= SMALL or values.base is not None:  # small, or only a look at what is kept anyway
        return
    with _lock:
        _read.append((ref(rows), name, values.nbytes))
        if sum(size for _, _, size in _read) > MOST:
            _let_go()


def _let_go() -> None:
    alive = [one for one in _read if one[0]() is not None]
    left = sum(size for _, _, size in alive)
    _read.clear()
    for one in alive:
        if left > MOST:
            left -= one[2]
            if (rows := one[0]()) is not None:
                rows.__dict__.pop(one[1], None)
        else:
            _read.append(one)
