"""The table of figures at the end of a run of the fault programme, and what it lacks."""

import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.faults.kinds import Kind

MARK = "faults"
STEP, LINE = "fault-step", "line"
COUNTED = ("count", "kills", "acked")
FORBIDDEN = ("lost", "partial", "forks", "missed")
WIDTHS = {"step": 4, "what": 88, "count": 9, "kills": 5, "acked": 6, "seconds": 7, "pass": 4, "figures": 0}
_LONGEST_SEED = 2**31


@dataclass
class Line:
    """One line of the table: a test, all of its parameters but the engine taken together."""

    step: str
    what: str
    kinds: frozenset[str] = frozenset()
    figures: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    tests: int = 0
    failed: int = 0

    def add(self, properties: Mapping[str, Any], outcome: str, seconds: float) -> None:
        """Count one part of a test in; counts add up, of times the longest stays."""
        self.seconds += seconds
        self.failed += outcome == "failed"
        for name in (*COUNTED, *FORBIDDEN):
            if name in properties:
                self.figures[name] = self.figures.get(name, 0) + properties[name]
        for name in ("slowest", "recovery"):
            if name in properties:
                self.figures[name] = max(self.figures.get(name, 0.0), properties[name])
        if "note" in properties:
            self.figures["note"] = properties["note"]

    @property
    def is_sound(self) -> bool:
        """Whether nothing failed and nothing was lost, half written, forked or missed."""
        return not self.failed and not any(self.figures.get(name) for name in FORBIDDEN)

    def show(self) -> str:
        """The line as text."""
        shown = {
            "step": self.step,
            "what": self.what,
            "count": self.figures.get("count", self.tests),
            **{name: self.figures.get(name, "") for name in ("kills", "acked")},
            "seconds": f"{self.seconds:.1f}",
            "pass": "yes" if self.is_sound else "NO",
            "figures": self._show_rest(),
        }
        return _pad(shown)

    def _show_rest(self) -> str:
        bad = [f"{name} {self.figures[name]}" for name in FORBIDDEN if name in self.figures]
        times = [
            f"{name} {self.figures[name]:.2f} s" for name in ("slowest", "recovery") if name in self.figures
        ]
        note = [self.figures["note"]] if "note" in self.figures else []
        return ", ".join([*bad, *times, *note])


def settle_seed() -> None:
    """One seed for all processes of a run, drawn unless one was given."""
    os.environ.setdefault("SEED", str(secrets.randbelow(_LONGEST_SEED)))


def tell_steps(items: Iterable[pytest.Item]) -> None:
    """Let every report say which step and which kinds of fault its test is of."""
    for item in items:
        if mark := item.get_closest_marker(MARK):
            kinds = tuple(str(kind) for kind in mark.kwargs.get("kinds", ()))
            item.user_properties.append((STEP, (mark.kwargs.get("step", "–"), kinds)))


def gather(reports: Iterable[pytest.TestReport]) -> list[Line]:
    """The lines of all steps, in their order."""
    lines: dict[tuple[str, str], Line] = {}
    for report in reports:
        properties = dict(report.user_properties)
        if STEP not in properties:
            continue
        step, kinds = properties[STEP]
        what = properties.get(LINE) or _name(report.nodeid)
        line = lines.setdefault((step, what), Line(step, what, frozenset(kinds)))
        line.tests += report.when == "call"
        at_end = properties if report.when == "call" else {}
        line.add(at_end, report.outcome, report.duration)
    return [lines[key] for key in sorted(lines)]


def list_missing(lines: Iterable[Line]) -> list[str]:
    """The kinds of fault that nothing sound was about."""
    seen = {kind for line in lines if line.is_sound and line.tests for kind in line.kinds}
    return [kind for kind in Kind if kind not in seen]


def write_table(lines: list[Line], is_whole: bool) -> Iterator[str]:
    """The table as lines of text."""
    yield f"SEED={os.environ.get('SEED', '')}"
    yield _pad({name: name for name in WIDTHS})
    for line in lines:
        yield line.show()
    kills = sum(line.figures.get("kills", 0) for line in lines)
    acked = sum(line.figures.get("acked", 0) for line in lines)
    yield f"kills {kills}, acknowledged {acked}, lost {sum(line.figures.get('lost', 0) for line in lines)}"
    missing = list_missing(lines)
    yield f"kinds of fault: {len(Kind) - len(missing)} of {len(Kind)}"
    if is_whole:
        yield from (f"  not brought about, or not withstood: {kind}" for kind in missing)


def _name(nodeid: str) -> str:
    """A test's name as a sentence, with its engine."""
    test = nodeid.rpartition("::")[2]
    name, _, parameters = test.partition("[")
    engine = next((one for one in ("sqlite", "postgresql") if one in parameters), "")
    words = name.removeprefix("test_").replace("_", " ")
    return f"{words} ({engine})" if engine else words


def _pad(shown: Mapping[str, Any]) -> str:
    cells = []
    for name, width in WIDTHS.items():
        text = str(shown[name])
        is_number = name in (*COUNTED, "seconds")
        cells.append(text.rjust(width) if is_number else text.ljust(width))
    return "  ".join(cells).rstrip()
