"""RESULTS.md: what each job said when it was last kept, on which machine and when, and which goals were missed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.race import Row
from benchmarks.table import HEADS, MARKS, cells_of

PLACE = Path(__file__).parent / "RESULTS.md"
MISSED, MET = f"**{MARKS[False]}**", MARKS[True]
OPENING = """# What `make bench` last said

Written by `python -m benchmarks --keep`, which renews the sections of the jobs that were run and leaves the others.
A ratio is the peer's time divided by ours in the same run, so that a busy machine slows both; times alone mean
little, and less the busier the machine was.
"""
SECTION = re.compile(r"^## (\S+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def keep_results(
    found: Mapping[str, Sequence[Row]], machine: Mapping[str, str], order: Sequence[str], place: Path = PLACE
) -> None:
    """Put the rows of some jobs in the place of what these said before."""
    sections = read_sections(place.read_text(encoding="utf-8")) if place.exists() else {}
    sections |= {job: _write_section(rows, machine) for job, rows in found.items()}
    ordered = sorted(sections, key=lambda job: order.index(job) if job in order else len(order))
    parts = [OPENING, _sum_up(sections), *(f"## {job}\n\n{sections[job].strip()}\n" for job in ordered)]
    place.write_text("\n".join(parts), encoding="utf-8")


def read_sections(text: str) -> dict[str, str]:
    """The sections of the file by their jobs."""
    return {found[1]: found[2].strip() for found in SECTION.finditer(text)}


def _sum_up(sections: Mapping[str, str]) -> str:
    lines = [line for section in sections.values() for line in section.splitlines()]
    met = [line for line in lines if line.endswith(f"| {MET} |")]
    missed = [line for line in lines if line.endswith(f"| {MISSED} |")]
    told = [f"{len(met)} of {len(met) + len(missed)} goals met.{' Missed:' if missed else ''}", ""]
    return "\n".join([*told, *(_tell_missed(line) for line in missed)]) + "\n"


def _tell_missed(line: str) -> str:
    job, ours, _peer, ratio, goal, _mark = (cell.strip() for cell in line.strip("|").split("|"))
    return f"- {job}: {ours}{f', ratio {ratio}' if ratio else ''}, goal {goal}"


def _write_section(rows: Sequence[Row], machine: Mapping[str, str]) -> str:
    told = [f"- {name}: {said}" for name, said in machine.items()]
    table = [_line(HEADS), _line(["---", "---:", "---", "---:", "---", "---"]), *map(_write_row, rows)]
    return "\n".join([*told, "", *table])


def _write_row(row: Row) -> str:
    cells = cells_of(row)
    return _line((*cells[:-1], MISSED if row.met is False else cells[-1]))


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"
