"""What is wrong, as other programs are told: the program's own words, with pointers into what was sent."""

from typing import Any

from pydantic import ValidationError

from dashboard.api.answers import ProblemGiven
from dashboard.words import say, say_problem
from funds.errors import LedgerError, RulesBroken
from funds.problems import Problem, fatal

# What pydantic calls a fault, where it is one of these; every other one is a value of the wrong kind.
NAMED = {"missing": "api.missing", "extra_forbidden": "api.unknown_name"}


def phrase_problem(problem: Problem, language: str) -> ProblemGiven:
    """A problem in words."""
    return ProblemGiven(
        code=problem.code,
        where=problem.where,
        severity=problem.severity.value,
        message=say_problem(problem, language),
        params=problem.params,
    )


def phrase_fault(error: LedgerError, language: str) -> dict[str, Any]:
    """Why nothing was done, as a document."""
    told: dict[str, Any] = {"code": error.code, "message": say(error.code, language, **error.params)}
    if isinstance(error, RulesBroken):
        told["problems"] = [phrase_problem(problem, language).model_dump() for problem in error.problems]
    return told


def list_problems(error: ValidationError) -> list[Problem]:
    """What does not fit the description, each with a pointer to its place; the values are not repeated."""
    return [
        fatal(NAMED.get(one["type"], "api.bad_value"), _point_to(one["loc"]), fault=one["msg"])
        for one in error.errors(include_url=False, include_input=False, include_context=False)
    ]


def _point_to(steps: tuple[int | str, ...]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)
