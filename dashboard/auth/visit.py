"""One signed-in request: the book, the person, how the screen is set, and what the person may do."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import ClassVar

from flask import g

from dashboard.auth.access_rules import DEFAULT_RULES, AccessRules
from dashboard.auth.identity import Identity
from dashboard.auth.sessions import Step
from dashboard.words import LANGUAGES, say
from funds.book import Book, Look
from funds.book.anchor import Head
from funds.errors import LedgerError
from funds.permissions import Action, Rights
from funds.queries.standing_rights import kept_rights, standing_rights

SCHEMES = ("light", "dark")
LANGUAGE_COOKIE = "language"
SCHEME_COOKIE = "scheme"
MET = "_met"


class NotSignedIn(LedgerError):
    """Nobody is signed in, or no longer."""

    status: ClassVar[int] = 401


@dataclass(frozen=True)
class Meeting:
    """What the gate saw of the book when it let somebody in: how far this process had changed it, and its last version."""

    changes: int
    head: Head


@dataclass(frozen=True)
class Visit:
    """What pages and callbacks know about who asks; the scope of rows is narrowed further below."""

    book: Book
    person: Identity
    language: str
    scheme: str
    session: str = ""  # the digest that the book knows it by
    address: str = ""
    rules: AccessRules = DEFAULT_RULES
    met: Meeting | None = None

    @cached_property
    def head(self) -> Head:
        """The last version of the book when the visit first asked for it."""
        return self.last_head()

    def last_head(self) -> Head:
        """The last version now: the one seen last, as long as this process has not gone on to another one."""
        if self.met is None:
            return self.book.head()
        changes = self.book.changes
        met: Meeting = vars(self).get(MET, self.met)
        if met.changes != changes:
            met = vars(self)[MET] = Meeting(changes, self.book.head())
        return met.head

    @cached_property
    def rights(self) -> Rights:
        """What the person may do today; read once per request, and once for each version of the book."""
        if self.met is not None:
            kept = kept_rights(self.book, self.met.head, self.person.person_id, self.book.today())
            if kept is not None:
                return kept
        with self.book.look() as look:
            return standing_rights(self.book, look, self.person.person_id, self.book.today())

    @contextmanager
    def look(self, as_known: int | datetime | None = None) -> Iterator[Look]:
        """Look something up with the person's own eyes: on PostgreSQL the rows of others are not there."""
        with self.book.look(as_known, self.rights.readable().sight) as look:
            yield look

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code in the language of the visit."""
        return say(code, self.language, **params)

    def may_do(self, action: Action) -> bool:
        """Whether the person may do the action somewhere; readings and verbs narrow it to what and where."""
        return self.rights.may_somewhere(action)


@dataclass(frozen=True)
class Arrival:
    """Somebody who gave the right password and is not in before a step is done."""

    person: Identity
    step: Step
    session: str


def current_visit() -> Visit:
    """The visit that the gate let in; refuses where there is none."""
    visit = g.get("visit")
    if not isinstance(visit, Visit):
        raise NotSignedIn("session.absent")
    return visit


def current_arrival(step: Step) -> Arrival:
    """Whoever the gate let through to this step; refuses where there is nobody."""
    arrival = g.get("arrival")
    if not isinstance(arrival, Arrival) or arrival.step is not step:
        raise NotSignedIn("session.absent")
    return arrival


def chosen_language(cookies: Mapping[str, str], default: str) -> str:
    """The language that the browser asked for, else the default."""
    language = cookies.get(LANGUAGE_COOKIE)
    return language if language in LANGUAGES else default


def chosen_scheme(cookies: Mapping[str, str]) -> str:
    """Light or dark, as the browser last said."""
    scheme = cookies.get(SCHEME_COOKIE)
    return scheme if scheme in SCHEMES else SCHEMES[0]
