"""The command `doctor`: what is unsafe or slow about this book on this machine, and how to mend each of it."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

from dashboard.cli.ailments import (
    Patient,
    look_at_anchor,
    look_at_clock,
    look_at_engine,
    look_at_jobs,
    look_at_people,
    look_at_settings,
    look_at_shape,
)
from dashboard.cli.ailments_around import (
    look_at_backups,
    look_at_files,
    look_at_log,
    look_at_papers,
    look_at_room,
)
from dashboard.settings import Settings
from dashboard.words import read_words, say, say_problem
from funds.book import Book
from funds.errors import BookUnusable
from funds.problems import Problem

DONE, FOUND = 0, 1
Look = Callable[[Patient], Iterator[Problem]]
# These need no more than a connection; the others look into tables.
OUTER: tuple[Look, ...] = (look_at_shape, look_at_settings, look_at_engine)
INNER: tuple[Look, ...] = (
    look_at_people,
    look_at_anchor,
    look_at_clock,
    look_at_jobs,
    look_at_backups,
    look_at_room,
    look_at_files,
    look_at_papers,
    look_at_log,
)


def run_doctor(given: Namespace, settings: Settings) -> int:
    """Look at everything and say what was found; 1 where it is anything at all."""
    with Book(settings.book, anchors=settings.anchors) as book:
        patient = Patient(book, settings)
        if patient.is_file and not Path(patient.file).exists():
            raise BookUnusable("book.absent", book=patient.file)
        problems = examine(patient)
    if given.format == "json":
        told = [_as_json(problem, settings.language) for problem in problems]
        print(json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1))
    else:
        _print(problems, settings.language)
    return FOUND if problems else DONE


def examine(patient: Patient) -> list[Problem]:
    """Everything that was found; a book of an older shape is not looked into any further."""
    problems = [problem for look in OUTER for problem in look(patient)]
    if any(problem.code in ("doctor.schema_behind", "doctor.not_whole") for problem in problems):
        return problems
    return problems + [problem for look in INNER for problem in look(patient)]


def remedy_of(problem: Problem, language: str) -> str:
    """How to mend it; what the server's own checks say names the remedy already."""
    code = f"{problem.code}_remedy"
    return say(code, language, **problem.params) if code in read_words(language) else ""


def _as_json(problem: Problem, language: str) -> dict[str, object]:
    return {
        "code": problem.code,
        "where": problem.where,
        "severity": str(problem.severity),
        "message": say_problem(problem, language),
        "remedy": remedy_of(problem, language),
        "params": problem.params,
    }


def _print(problems: list[Problem], language: str) -> None:
    if not problems:
        print(say("doctor.well", language))
    for problem in problems:
        mark = say(f"severity.{problem.severity}", language)
        print(f"{mark}\t{problem.where}\t{say_problem(problem, language)}", file=sys.stderr)
        if remedy := remedy_of(problem, language):
            print(f"\t→ {remedy}", file=sys.stderr)
