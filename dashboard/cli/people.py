"""The command `person`: who may sign in, with which password, and who no longer may."""

import sys
from argparse import Namespace
from getpass import getpass

from dashboard.auth.passwords import add_person_secret, check_password
from dashboard.cli.opening import open_book
from dashboard.settings import Settings
from dashboard.words import say
from funds.book import LOCAL, Book
from funds.drafts import MembershipDraft, PersonDraft
from funds.errors import RulesBroken
from funds.kinds import ScopeKind
from funds.recording import record_memberships, record_people, retire_person

DONE = 0


def run_person(given: Namespace, settings: Settings) -> int:
    """Add a person with a role and a password, change a password, or retire a person."""
    with open_book(settings) as book:
        by = settings.person or LOCAL
        if given.action == "retire":
            with book.change(by, "person.retired", action="people") as change:
                retire_person(change, given.login)
        else:
            password = _ask_password(given, settings)
            problems = check_password(given.login, password)
            if problems:
                raise RulesBroken(problems)
            if given.action == "add":
                _add(book, by, given)
            add_person_secret(book, given.login, password)
    print(say(f"person.{given.action}_done", settings.language, login=given.login))
    return DONE


def _add(book: Book, by: str, given: Namespace) -> None:
    kind = ScopeKind.PARK if given.park else ScopeKind.FUND if given.fund else ScopeKind.CITY
    with book.change(by, "person.added", action="people") as change:
        record_people(change, [PersonDraft(login=given.login, name=given.name or given.login)])
        membership = MembershipDraft(
            login=given.login,
            role=given.role,
            scope_kind=kind,
            scope=given.park or given.fund,
            from_date=change.on,
        )
        record_memberships(change, [membership])


def _ask_password(given: Namespace, settings: Settings) -> str:
    if given.password_stdin:
        return sys.stdin.readline().rstrip("\n")
    return getpass(say("person.ask_password", settings.language, login=given.login))
