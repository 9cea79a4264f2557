"""Which process works on something: where it runs, its number and the moment it began, so that no later one is taken for it."""

import os
import socket
from pathlib import Path

_STARTED = 19  # fields after the name in /proc/PID/stat up to the moment of the start


def name_runner() -> str:
    """This very process."""
    return f"{_name_place()}/{os.getpid()}.{_read_start(os.getpid())}"


def is_here(runner: str | None) -> bool:
    """Whether a process runs where this one does, so that its going can be seen at once."""
    return (runner or "").rpartition("/")[0] == _name_place()


def is_running(runner: str | None) -> bool:
    """Whether a process of this place is still there."""
    number, _, started = (runner or "").rpartition("/")[2].partition(".")
    return is_here(runner) and number.isdigit() and started != "" and _read_start(int(number)) == started


def _name_place() -> str:
    """The machine, and on it the space in which numbers of processes count: containers have one each."""
    try:
        space = Path("/proc/self/ns/pid").readlink().name
    except OSError:
        space = ""
    return f"{socket.gethostname()[:100]}:{space}"


def _read_start(number: int) -> str:
    """When a process began, by the kernel's count; nothing of one that is no more, or is dead and not buried."""
    try:
        told = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    except OSError:
        return ""
    fields = told.rpartition(")")[2].split()
    return "" if fields[0] in ("Z", "X") else fields[_STARTED]
