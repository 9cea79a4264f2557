"""The anchor: a file outside the data folder that remembers each head of the chain."""

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

from funds.errors import NotAnchored


@dataclass(frozen=True)
class Head:
    """A version of the book and the hash of its seal."""

    version: int
    hash: str


@dataclass(frozen=True)
class Anchor:
    """A file of lines `version hash`, one per change, only ever appended to."""

    path: Path

    def append(self, head: Head) -> None:
        """Remember a head, or raise NotAnchored: the change is kept then, and the next one's head speaks for it too."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                _write_line(handle, f"{head.version} {head.hash}\n".encode())
            finally:
                os.close(handle)
        except OSError as fault:
            said = {"version": head.version, "file": self.path, "fault": fault.strerror or fault}
            raise NotAnchored("book.not_anchored", **said) from fault

    def read(self) -> list[Head]:
        """The heads in the file, in its order; a line that is none is a head of version -1."""
        if not self.path.exists():
            return []
        heads = []
        for line in self.path.read_text(encoding="utf-8").splitlines():
            version, _, digest = line.partition(" ")
            heads.append(Head(int(version) if version.isdigit() else -1, digest))
        return heads


def _write_line(handle: int, line: bytes) -> None:
    """A whole line on the disk, or nothing of it: half a line would spoil the next one."""
    fcntl.flock(handle, fcntl.LOCK_EX)
    end = os.fstat(handle).st_size
    try:
        written = os.write(handle, line)
        while written < len(line):  # there was room for a part; the rest goes in, or says why not
            written += os.write(handle, line[written:])
        os.fsync(handle)
    except OSError:
        os.ftruncate(handle, end)
        raise
