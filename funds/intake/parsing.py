"""Starts the child process that parses a workbook, and hears what it has to say."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import IO, cast

import orjson

import funds

PATIENCE_SECONDS = 60.0
_MODULE = "funds.intake.child"


def parse_workbook(content: bytes, patience: float = PATIENCE_SECONDS) -> Iterator[dict[str, object]]:
    """The child's lines, as they come; a last line with a problem where the child did not come to its end."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", _MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=list_environment(),
    )
    timer = Timer(patience, process.kill)
    timer.start()
    try:
        yield from _hear(process, content)
    finally:
        timer.cancel()
        process.kill()
        with process:  # waits, and closes the pipes
            pass


def _hear(process: subprocess.Popen[bytes], content: bytes) -> Iterator[dict[str, object]]:
    """The child reads all before it says anything, so that neither waits for the other."""
    ear, mouth = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
    is_complete = False
    with suppress(BrokenPipeError):
        ear.write(content)
        ear.close()
    for raw in mouth:
        line: dict[str, object] = orjson.loads(raw)
        is_complete = is_complete or "end" in line or "problem" in line
        yield line
    if not is_complete:
        yield {"problem": {"code": "import.too_heavy", "where": "", "params": {}}}


def list_environment() -> dict[str, str]:
    """Only what Python needs, with this very package to be found first, whatever the current folder holds."""
    root = str(Path(funds.__file__).parents[1])
    inherited = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**inherited, "PYTHONPATH": root, "PYTHONUTF8": "1"}
