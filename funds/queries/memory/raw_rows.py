"""Reads rows of numbers past everything that would make an object of each: chunks of whole columns."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

CHUNK = 65_536
HEADER = 19  # bytes before the first row of PostgreSQL's binary form: signature, flags, no extension


def read_numbers(connection: Connection, statement: str, width: int) -> Iterator[npt.NDArray[np.int64]]:
    """The rows of so many whole numbers without NULL, a chunk at a time, one row of the array per column."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        yield from _copied(driver, statement, width)
    else:
        yield from _fetched(driver, statement, width)


def _fetched(driver: Any, statement: str, width: int) -> Iterator[npt.NDArray[np.int64]]:
    cursor = driver.cursor()
    try:
        rows = iter(cursor.execute(statement))
        while True:
            numbers = np.fromiter(chain.from_iterable(islice(rows, CHUNK)), dtype=np.int64)
            if not len(numbers):
                return
            yield numbers.reshape(-1, width).T
    finally:
        cursor.close()


def _copied(driver: Any, statement: str, width: int) -> Iterator[npt.NDArray[np.int64]]:
    """Each row is the count of its fields, and each field its length before eight bytes."""
    row = np.dtype([("count", ">i2"), ("fields", [("length", ">i4"), ("value", ">i8")], (width,))])
    with driver.cursor() as cursor, cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT BINARY)") as copy:
        blocks = iter(copy)
        first = next(blocks)[HEADER:]
        for each in _in_chunks(chain([first], (bytes(block) for block in blocks)), row.itemsize):
            yield np.frombuffer(each, dtype=row)["fields"]["value"].astype(np.int64).T


def _in_chunks(blocks: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Whole rows of `size` bytes together; the two bytes that end the copy are left out."""
    left = b""
    while True:
        more = b"".join(islice(blocks, CHUNK))
        if not more:
            return
        left += more
        whole = len(left) // size * size
        if whole:
            yield left[:whole]
        left = left[whole:]
