"""Which process works on something: its number and the moment it began, so that no later one is taken for it."""

import os
from pathlib import Path

_STARTED = 19  # fields after the name in /proc/PID/stat up to the moment of the start


def name_runner() -> str:
    """This very process."""
    return f"{os.getpid()}.{_read_start(os.getpid())}"


def is_running(runner: str | None) -> bool:
    """Whether a process is still there."""
    number, _, started = (runner or "").partition(".")
    return number.isdigit() and started != "" and _read_start(int(number)) == started


def _read_start(number: int) -> str:
    """When a process began, by the kernel's count; nothing of one that is no more."""
    try:
        told = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    except OSError:
        return ""
    return told.rpartition(")")[2].split()[_STARTED]
