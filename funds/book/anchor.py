"""The anchor: a file outside the data folder that remembers each head of the chain."""

import os
from dataclasses import dataclass
from pathlib import Path


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
        """Remember a head; one write, so that lines of two processes do not mix."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, f"{head.version} {head.hash}\n".encode())
            os.fsync(handle)
        finally:
            os.close(handle)

    def read(self) -> list[Head]:
        """The heads in the file, in its order; a line that is none is a head of version -1."""
        if not self.path.exists():
            return []
        heads = []
        for line in self.path.read_text(encoding="utf-8").splitlines():
            version, _, digest = line.partition(" ")
            heads.append(Head(int(version) if version.isdigit() else -1, digest))
        return heads
