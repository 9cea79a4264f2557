"""Thousands of spoilt files: each is refused with a problem that says where and what to do, or holds what it held."""

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.words import LANGUAGES, say
from funds.intake import reading as template_reading
from funds.intake.child import describe_workbook
from funds.intake.foreign import reading as foreign_reading
from funds.intake.foreign.converting import convert
from funds.intake.foreign.names import Directory
from funds.intake.foreign.proposing import propose_mappings
from funds.intake.foreign.reading import ForeignReading, read_foreign
from funds.intake.parsing import parse_workbook
from funds.intake.reading import WorkbookReading, read_content
from funds.problems import Problem
from tests.faults.kinds import Kind, fault
from tests.funds.intake.malformed import spoil
from tests.funds.intake.workbooks import PARTY, investments, make_workbook

FOREIGN = Path(__file__).parent / "foreign"
ROWS: list[list[str | float]] = [
    [f"B{row}", "F1", f"C{row}", "2023-06-30", 100.5 + row, 5] for row in range(20)
]
LONGEST = 2.0


def seeds() -> dict[str, bytes]:
    """Sound files of every kind."""
    files = {
        path.name: path.read_bytes()
        for folder in ("messy", "more")
        for path in sorted((FOREIGN / folder).iterdir())
        if path.suffix in (".xlsx", ".csv", ".xls") and path.stat().st_size
    }
    own = {**investments(*ROWS), "机构": [PARTY, ["P1", "甲", None, "企业"]]}
    return {"template.xlsx": make_workbook(own), **files}


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child's work without the child: starting it for each file would take most of the time."""
    for module in (template_reading, foreign_reading):
        monkeypatch.setattr(module, "parse_workbook", describe_workbook)


def say_all(problems: tuple[Problem, ...]) -> None:
    """Every problem has words in both languages, with nothing left to fill in."""
    for problem in problems:
        for language in LANGUAGES:
            words = say(problem.code, language, **problem.params)
            assert words
            assert "{" not in words.replace("{}", ""), words


def outcome(name: str, content: bytes) -> tuple[object, tuple[Problem, ...]]:
    """What is read of a file, and what is told of it, through the door that its kind goes through."""
    if name == "template.xlsx":
        read: WorkbookReading = read_content(name, content, describe_workbook)
        return [sheet.drafts for sheet in read.sheets], read.problems
    found: ForeignReading = read_foreign(name, content)
    made = convert(found, propose_mappings(found.tables), Directory())
    return [[row.cells for row in table.rows] for table in found.tables], made.problems


@fault("Z1", Kind.MALFORMED_FILE)
@pytest.mark.usefixtures("in_this_process")
def test_a_spoilt_file_is_told_or_holds_what_it_held(
    counts: Callable[[int, int], int], record_property: Callable[[str, object], None]
) -> None:
    files = seeds()
    sound = {name: outcome(name, content) for name, content in files.items()}
    names = sorted(files)
    seen: Counter[str] = Counter()
    silent: list[tuple[int, str, str]] = []
    slowest = (0.0, 0, "")
    for number in range(counts(1_000, 10_000)):
        name = names[number % len(names)]
        way, content = spoil(files[name], number)
        began = time.process_time()
        data, problems = outcome(name, content)
        taken = time.process_time() - began
        slowest = max(slowest, (taken, number, name))
        say_all(problems)
        is_told = bool(problems) and problems != sound[name][1]
        seen[f"{'told' if is_told else 'same'}"] += 1
        if not is_told and data != sound[name][0]:
            silent.append((number, name, way))
    assert slowest[0] < LONGEST, slowest
    # A file of text, or a value that was replaced by a sound one, carries no check sums: its data may differ.
    assert [one for one in silent if not may_differ(*one[1:])] == []
    assert seen["told"] > seen["same"]
    record_property("count", seen.total())
    record_property("slowest", slowest[0])


def may_differ(name: str, way: str) -> bool:
    """What no reader can tell from what was meant: another letter in a text, a torn sign that leaves sound XML."""
    return not name.endswith(".xlsx") or way in {"tear_part", "put_nasty_text", "drop_part"}


def test_the_child_itself_holds_its_limits_with_spoilt_files(counts: Callable[[int, int], int]) -> None:
    files = seeds()
    names = sorted(files)
    for number in range(counts(12, 300)):
        _, content = spoil(files[names[number * 7 % len(names)]], 1_000_000 + number)
        began = time.perf_counter()
        lines = list(parse_workbook(content))
        assert time.perf_counter() - began < LONGEST
        assert "end" in lines[-1] or any("problem" in line for line in lines)
