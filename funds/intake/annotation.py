"""A copy of a workbook with what is wrong at its cells, made by a child process within limits."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import orjson

from funds.errors import LedgerError
from funds.intake.archive import check_archive
from funds.intake.parsing import PATIENCE_SECONDS, list_environment

MODULE = "funds.intake.annotating"
HEAD_BYTES = 8
MOST_NOTES = 5_000


class NotAnnotated(LedgerError):
    """A copy could not be made."""

    status = 422


@dataclass(frozen=True)
class Note:
    """What is wrong at a cell (`投资!C14`), in words."""

    where: str
    severity: str
    text: str


def annotate_workbook(
    content: bytes, notes: Sequence[Note], words: Mapping[str, str], patience: float = PATIENCE_SECONDS
) -> bytes:
    """The workbook with the notes at its cells and in a list; everything else stays as it was.

    `words` names the list's columns (number, severity, sheet, cell, problem) and both severities.
    """
    if check_archive(content) is not None:
        raise NotAnnotated("imports.not_annotated")
    asked = orjson.dumps({"notes": [asdict(note) for note in notes[:MOST_NOTES]], "words": dict(words)})
    sent = len(asked).to_bytes(HEAD_BYTES, "big") + asked + content
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", MODULE],
            input=sent,
            capture_output=True,
            env=list_environment(),
            timeout=patience,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as fault:
        raise NotAnnotated("imports.not_annotated") from fault
    return done.stdout
