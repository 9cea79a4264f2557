"""The commands as a person types them, with what they printed and their exit code."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

from dashboard.cli import main


@dataclass(frozen=True)
class Answer:
    """What a command left: its exit code, what it said, and what it complained about."""

    code: int
    out: bytes
    err: str

    @property
    def json(self) -> Any:
        """The answer as JSON."""
        return json.loads(self.out)

    def figure(self, code: str, basis: str | None = None) -> dict[str, Any]:
        """A figure of a report by code and basis."""
        return next(f for f in self.json["figures"] if f["code"] == code and basis in (None, f["basis"]))


def run(*words: object) -> Answer:
    """Run `fundtracker` with some words."""
    raw, err = io.BytesIO(), io.StringIO()
    out = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:
            code = int(stop.code or 0)
    sys.stdout.flush()
    return Answer(code, raw.getvalue(), err.getvalue())
