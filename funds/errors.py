"""Why the book cannot go on: one tree of exceptions, each with a message code and an HTTP status."""

from collections.abc import Sequence
from typing import ClassVar

from funds.problems import Problem


class LedgerError(Exception):
    """Cannot go on; `code` names the message and `params` fill it."""

    status: ClassVar[int] = 500

    def __init__(self, code: str, /, **params: object) -> None:
        self.code = code
        self.params = {name: str(value) for name, value in params.items()}
        super().__init__(f"{code} {self.params}" if params else code)


class NotFound(LedgerError):
    """What was asked for is not in the book, or not for this person to see."""

    status = 404


class NotAllowed(LedgerError):
    """This person may not do this here."""

    status = 403


class Conflict(LedgerError):
    """Somebody else was first, or a later row rests on what was to change."""

    status = 409


class PeriodClosed(LedgerError):
    """The quarter is locked for this fund."""

    status = 409


class RulesBroken(LedgerError):
    """The drafts break rules; `problems` lists every one of them."""

    status = 422

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("rules.broken", count=len(self.problems))


class SchemaBehind(LedgerError):
    """The book's shape is older than the program, or its guards are missing."""

    status = 503


class BookUnusable(LedgerError):
    """The book cannot be opened, reached or written."""

    status = 503


class NotAnchored(LedgerError):
    """The change is in the book, but the anchor could not take its head."""

    status = 507
