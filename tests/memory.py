"""Folders that go with their session, in memory where the machine has room: databases there wait for no disk."""

import fcntl
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SHARED_MEMORY = Path("/dev/shm")
ROOM = 2 << 30


def find_memory(folder: Path = SHARED_MEMORY, room: int = ROOM) -> Path | None:
    """The folder, if programs may run from it and it has so many bytes free; else None: files go to disk."""
    try:
        system = os.statvfs(folder)
    except OSError:
        return None
    roomy = system.f_bavail * system.f_frsize >= room and not system.f_flag & os.ST_NOEXEC
    return folder if roomy and os.access(folder, os.W_OK | os.X_OK) else None


@contextmanager
def scratch_folder(kind: str, place: Path | None = None) -> Iterator[Path]:
    """A new folder with a short path, removed afterwards; so are those of sessions that were killed.

    Its name is locked for as long as this process lives, so that nobody takes it for one of those.
    """
    place = place or find_memory() or Path(tempfile.gettempdir())
    _sweep(place)
    folder = place / f"fundtracker-{kind}-{secrets.token_hex(4)}"
    lock = folder.with_suffix(".lock")
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            lock.unlink(missing_ok=True)


def _sweep(place: Path) -> None:
    for lock in place.glob("fundtracker-*.lock"):
        try:
            with lock.open() as other:
                fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
                lock.unlink(missing_ok=True)
        except OSError:  # held, or somebody else's
            continue
