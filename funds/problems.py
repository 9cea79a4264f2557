"""A user's fault as a value: what is wrong, where it stands, how grave it is, and what a message needs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    FATAL = "fatal"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """`code` is `area.fault`; `where` is `投资!C14`, `form:amount` or empty; `params` fill the message."""

    code: str
    where: str = ""
    severity: Severity = Severity.FATAL
    params: dict[str, str] = field(default_factory=dict)


def fatal(code: str, where: str = "", /, **params: object) -> Problem:
    """A problem that keeps anything from being written."""
    return Problem(code, where, Severity.FATAL, {name: str(value) for name, value in params.items()})


def warning(code: str, where: str = "", /, **params: object) -> Problem:
    """A problem to look at that keeps nothing from being written."""
    return Problem(code, where, Severity.WARNING, {name: str(value) for name, value in params.items()})


def only_fatal(problems: Iterable[Problem]) -> list[Problem]:
    """Those problems that stop a change."""
    return [problem for problem in problems if problem.severity is Severity.FATAL]
