"""Prints problems for a person or for a program."""

import json
import sys
from collections.abc import Sequence

from dashboard.words import say, say_problem
from funds.problems import Problem


def print_problems(problems: Sequence[Problem], language: str, form: str) -> None:
    """Every problem: as a list of `{code, where, severity, message, params}`, or one per line with its place."""
    if form == "json":
        listed = [
            {
                "code": problem.code,
                "where": problem.where,
                "severity": str(problem.severity),
                "message": say_problem(problem, language),
                "params": problem.params,
            }
            for problem in problems
        ]
        print(json.dumps(listed, ensure_ascii=False, sort_keys=True, indent=1))
        return
    for problem in problems:
        mark = say(f"severity.{problem.severity}", language)
        print(f"{mark}\t{problem.where}\t{say_problem(problem, language)}", file=sys.stderr)
