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
FEWEST_KILLS = 240
WIDTHS = {"step": 4, "what": 88, "count": 9, "kills": 5, "acked": 6, "seconds": 7, "pass": 8, "figures": 0}
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
    left_out: int = 0

    def add(self, properties: Mapping[str, Any], seconds: float) -> None:
        """Count a test in; counts add up, of times the longest stays."""
        self.seconds += seconds
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
            "pass": "NO" if not self.is_sound else "yes" if self.tests else "left out",
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


def settle_seed() -> int:
    """One seed for all processes of a run, drawn unless one was given."""
    return int(os.environ.setdefault("SEED", str(secrets.randbelow(_LONGEST_SEED))))


def tell_steps(items: Iterable[pytest.Item]) -> None:
    """Let every report say which step and which kinds of fault its test is of."""
    for item in items:
        if mark := item.get_closest_marker(MARK):
            kinds = tuple(str(kind) for kind in mark.kwargs.get("kinds", ()))
            item.user_properties.append((STEP, (mark.kwargs.get("step", "–"), kinds)))


def gather(reports: Iterable[pytest.TestReport]) -> list[Line]:
    """The lines of all steps, in their order."""
    kept = [report for report in reports if STEP in dict(report.user_properties)]
    told: dict[str, dict[str, Any]] = {}
    for report in kept:
        told.setdefault(report.nodeid, {}).update(report.user_properties)
    lines: dict[tuple[str, str], Line] = {}
    for nodeid, properties in told.items():
        step, kinds = properties[STEP]
        what = properties.get(LINE) or _name(nodeid)
        line = lines.setdefault((step, what), Line(step, what, frozenset(kinds)))
        parts = [report for report in kept if report.nodeid == nodeid]
        line.tests += any(report.when == "call" and report.passed for report in parts)
        line.failed += any(report.failed for report in parts)
        line.left_out += any(report.skipped for report in parts)
        line.add(properties, sum(report.duration for report in parts))
    return [lines[key] for key in sorted(lines)]


def list_missing(lines: Iterable[Line]) -> list[str]:
    """The kinds of fault that nothing sound was about, but for those that cannot be had on this machine."""
    seen = {kind for line in lines if line.is_sound and (line.tests or line.left_out) for kind in line.kinds}
    return [kind for kind in Kind if kind not in seen]


def list_gaps(lines: list[Line]) -> list[str]:
    """What a whole run lacks: kinds of fault, and kills."""
    gaps = [f"not brought about, or not withstood: {kind}" for kind in list_missing(lines)]
    kills = _sum(lines, "kills")
    return gaps + ([f"{kills} kills of {FEWEST_KILLS}"] if kills < FEWEST_KILLS else [])


def _sum(lines: Iterable[Line], name: str) -> int:
    return sum(line.figures.get(name, 0) for line in lines)


def write_table(lines: list[Line], is_whole: bool) -> Iterator[str]:
    """The table as lines of text."""
    yield f"SEED={os.environ.get('SEED', '')}"
    yield _pad({name: name for name in WIDTHS})
    for line in lines:
        yield line.show()
    sums = {name: _sum(lines, name) for name in ("kills", "acked", *FORBIDDEN)}
    yield ", ".join(f"{name} {count}" for name, count in sums.items())
    recoveries = [line.figures["recovery"] for line in lines if "recovery" in line.figures]
    if recoveries:
        yield f"longest recovery {max(recoveries):.2f} s"
    missing = list_missing(lines)
    yield f"kinds of fault: {len(Kind) - len(missing)} of {len(Kind)}"
    if is_whole:
        yield from (f"  {gap}" for gap in list_gaps(lines))


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
