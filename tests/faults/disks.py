"""A disk so small that it can be filled up: in memory, mounted where this machine lets us."""

import errno
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

SIZE = 24 * 2**20


@dataclass(frozen=True)
class SmallDisk:
    """A folder on a disk of its own."""

    folder: Path

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self, leaving: int = 0) -> None:
        """Take all its room but for a few bytes."""
        block = b"x" * 2**16
        with (
            self._ballast.open("ab", buffering=0) as file,
            pytest.raises(OSError, match=os.strerror(errno.ENOSPC)),
        ):
            while file.write(block):
                pass
        if leaving:
            with self._ballast.open("rb+") as file:
                file.truncate(self._ballast.stat().st_size - leaving)

    def make_room(self) -> None:
        """Give it all back."""
        self._ballast.unlink()


@contextmanager
def small_disk() -> Iterator[SmallDisk]:
    """A small disk; where none can be had the test is left out, and the table says so."""
    with tempfile.TemporaryDirectory(prefix="fundtracker-disk-") as folder:
        mounted = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder]
        try:
            done = subprocess.run(mounted, capture_output=True, text=True, check=False)
        except FileNotFoundError as missing:
            pytest.skip(f"no small disk here: {missing}")
        if done.returncode:
            pytest.skip(f"no small disk here: {done.stderr.strip()}")
        try:
            yield SmallDisk(Path(folder))
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)
