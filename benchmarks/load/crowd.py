"""The people of the load: accounts in a demo book with a password each, and what each of them can do there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from dashboard.auth.api_tokens import TokenDraft, make_token
from dashboard.auth.passwords import hash_password, keep_password
from funds.book import LOCAL, OPEN, Book, find_person
from funds.drafts import MembershipDraft, PersonDraft
from funds.kinds import EntryKind, Role, ScopeKind
from funds.permissions import CITY, LATEST
from funds.queries.columns import ENTRY_KINDS
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY as WHOLE_CITY
from funds.recording import record_memberships, record_people

PASSWORD = "seven small boats at noon"  # noqa: S105 (of people who live for two minutes)
BEGAN = date(2020, 1, 1)
# Of ten people two sit in the commission, four in parks, four with managers.
ROLES = (
    Role.COMMISSION_SIGNATORY,
    Role.COMMISSION_ANALYST,
    *(Role.PARK_OFFICIAL,) * 4,
    *(Role.FUND_MANAGER,) * 4,
)
LEAST_OPEN_FEN = 10_000_000_00
"""What an investor must still owe a fund for small payments to fit into it however many there are."""


@dataclass(frozen=True)
class Promise:
    """An investor that may still pay into a fund."""

    fund: str
    investor: str


@dataclass(frozen=True)
class Person:
    """Somebody with an account, and where it is good for."""

    login: str
    role: Role
    place: str | None
    token: str | None = None
    promise: Promise | None = None


def make_crowd(book: Book, count: int) -> list[Person]:
    """So many people in the three trades, each with an account in the book, managers with a token too."""
    with book.look(sight=OPEN):
        slice_ = slice_ledger(book, LOCAL, WHOLE_CITY, book.today())
    people = _plan(count, sorted(park.code for park in slice_.facts.parks.values()), find_promises(slice_))
    _appoint(book, people)
    return _let_in(book, people)


def find_promises(slice_: LedgerSlice) -> list[Promise]:
    """One investor of each fund that has not paid all, the least indebted left out."""
    owed: dict[tuple[int, int], int] = {}
    lines, entries = slice_.commitments, slice_.entries
    for fund, party, amount in zip(
        lines.fund.tolist(), lines.investor.tolist(), lines.amount.tolist(), strict=True
    ):
        owed[fund, party] = owed.get((fund, party), 0) + amount
    paid = np.flatnonzero(entries.kind == ENTRY_KINDS[EntryKind.PAID_IN])
    for row in paid.tolist():
        key = int(entries.fund[row]), int(entries.counterparty[row])
        owed[key] = owed.get(key, 0) - abs(int(entries.amount[row]))
    facts = slice_.facts
    best: dict[int, tuple[int, int]] = {}
    for (fund, party), left in owed.items():
        # Money from a fund of the book is a line in both books, and a manager has only one of them.
        if party not in slice_.fund_of_party and left >= LEAST_OPEN_FEN:
            best[fund] = max(best.get(fund, (0, 0)), (left, party))
    found = [
        Promise(facts.funds[fund].code, facts.parties[party].code) for fund, (_left, party) in best.items()
    ]
    return sorted(found, key=lambda promise: promise.fund)


def _plan(count: int, parks: Sequence[str], promises: Sequence[Promise]) -> list[Person]:
    people = []
    for number in range(count):
        role, turn = ROLES[number % len(ROLES)], number // len(ROLES) * 4 + number % len(ROLES) % 4
        login = f"load.{number:03d}"
        if role is Role.PARK_OFFICIAL:
            people.append(Person(login, role, parks[turn % len(parks)]))
        elif role is Role.FUND_MANAGER:
            promise = promises[turn % len(promises)]
            people.append(Person(login, role, promise.fund, promise=promise))
        else:
            people.append(Person(login, role, None))
    return people


def _appoint(book: Book, people: Sequence[Person]) -> None:
    kinds = {Role.PARK_OFFICIAL: ScopeKind.PARK, Role.FUND_MANAGER: ScopeKind.FUND}
    with book.change(LOCAL, "load.people", action="people") as change:
        record_people(change, [PersonDraft(login=one.login, name=one.login) for one in people])
        memberships = [
            MembershipDraft(
                login=one.login,
                role=one.role,
                scope_kind=kinds.get(one.role, ScopeKind.CITY),
                scope=one.place,
                from_date=BEGAN,
            )
            for one in people
        ]
        record_memberships(change, memberships)


def _let_in(book: Book, people: Sequence[Person]) -> list[Person]:
    """One hash serves all: making two hundred would take longer than the load, checking them is what counts."""
    hashed, now = hash_password(PASSWORD), book.now()
    with book.look(sight=OPEN) as look:
        ids = {one.login: find_person(look.connection, one.login, LATEST) for one in people}
    made = []
    with book.keep() as connection:
        for one in people:
            keep_password(connection, ids[one.login], hashed, now)
            token = None
            if one.role is Role.FUND_MANAGER:
                token = make_token(connection, ids[one.login], TokenDraft("load", True, CITY, 1), now)
            made.append(Person(one.login, one.role, one.place, token, one.promise))
    return made
