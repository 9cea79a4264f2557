"""The command `person`: who may sign in and how, in which role, and who no longer may."""

import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import date
from getpass import getpass

from dashboard.auth.access_log import forget_events
from dashboard.auth.access_rules import PROFILES, Profile
from dashboard.auth.administration import end_all_sessions, invite, reset_factor
from dashboard.auth.invitations import LIFE
from dashboard.auth.passwords import add_person_secret, require_password
from dashboard.cli.opening import open_book
from dashboard.settings import Settings
from dashboard.words import say
from funds.book import LOCAL, Book, find_person
from funds.drafts import MembershipDraft, PersonDraft
from funds.kinds import ScopeKind
from funds.recording import record_memberships, record_people, retire_person

DONE = 0
Act = Callable[[Book, str, Namespace, Settings], str]


def run_person(given: Namespace, settings: Settings) -> int:
    """Do what is asked about a person, and say what was done."""
    with open_book(settings) as book:
        print(ACTS[given.action](book, settings.person or LOCAL, given, settings))
    return DONE


def _add(book: Book, by: str, given: Namespace, settings: Settings) -> str:
    """A person with a role, and a password or (with `--invite`) a code to set one by."""
    password = None if given.invite else _ask_password(given, settings)
    with book.change(by, "person.added", action="people") as change:
        record_people(change, [PersonDraft(login=given.login, name=given.name or given.login)])
        record_memberships(change, [_draft_role(given, change.on)])
    done = say("person.add_done", settings.language, login=given.login)
    if password is None:
        return f"{done}\n{_tell_code(book, by, given, settings)}"
    add_person_secret(book, given.login, password, _profile_of(settings))
    return done


def _grant(book: Book, by: str, given: Namespace, settings: Settings) -> str:
    with book.change(by, given.reason, action="people") as change:
        record_memberships(change, [_draft_role(given, given.first or change.on)])
    return say("person.grant_done", settings.language, login=given.login)


def _tell_code(book: Book, by: str, given: Namespace, settings: Settings) -> str:
    code, hours = invite(book, by, given.login), int(LIFE.total_seconds() // 3600)
    return say("person.invite_done", settings.language, login=given.login, code=code, hours=hours)


def _set_password(book: Book, _by: str, given: Namespace, settings: Settings) -> str:
    add_person_secret(book, given.login, _ask_password(given, settings), _profile_of(settings))
    return say("person.password_done", settings.language, login=given.login)


def _reset_factor(book: Book, by: str, given: Namespace, settings: Settings) -> str:
    reset_factor(book, by, given.login)
    return say("person.reset_factor_done", settings.language, login=given.login)


def _retire(book: Book, by: str, given: Namespace, settings: Settings) -> str:
    with book.change(by, "person.retired", action="people") as change:
        retire_person(change, given.login)
        person_id = find_person(change.connection, given.login, change.version - 1)
    end_all_sessions(book, by, given.login, person_id)
    return say("person.retire_done", settings.language, login=given.login)


def _forget_log(book: Book, by: str, given: Namespace, settings: Settings) -> str:
    count = forget_events(book, given.before, by)
    return say("person.forget_log_done", settings.language, count=count, day=given.before)


ACTS: Mapping[str, Act] = {
    "add": _add,
    "grant": _grant,
    "invite": _tell_code,
    "password": _set_password,
    "reset-factor": _reset_factor,
    "retire": _retire,
    "forget-log": _forget_log,
}


def _draft_role(given: Namespace, first: date) -> MembershipDraft:
    kind = ScopeKind.PARK if given.park else ScopeKind.FUND if given.fund else ScopeKind.CITY
    return MembershipDraft(
        login=given.login,
        role=given.role,
        scope_kind=kind,
        scope=given.park or given.fund,
        from_date=first,
        to_date=getattr(given, "last", None),
    )


def _profile_of(settings: Settings) -> Profile:
    return PROFILES[settings.profile]


def _ask_password(given: Namespace, settings: Settings) -> str:
    """A password that may be used; asked for before anything is written."""
    if given.password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass(say("person.ask_password", settings.language, login=given.login))
    require_password(given.login, password, _profile_of(settings))
    return password
