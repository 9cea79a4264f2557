"""An answer is kept for exactly those who asked the same of the same, and handed to nobody else."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from dashboard.readings.industries.alignment import TagMode
from dashboard.readings.kept_answers import keep_answer, keep_for_city
from dashboard.readings.lasting_answers import firms_alone, timeless
from dashboard.readings.returns.earlier_ledgers import slice_until
from dashboard.reports.question import ANSWERS, SCOPES, Question
from funds.book import Book
from funds.errors import LedgerError
from funds.kinds import Role, ScopeKind
from funds.permissions import Readable
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.memory.letting_go import let_go
from funds.queries.scopes import CITY, Scope, fund_scope, park_scope
from tests.builders import contribution, membership, person, record
from tests.dashboard.readings.return_books import YEAR_END, book_of, worked_city
from tests.engines import SqliteDatabases

ASKED = (CITY, park_scope("P1"), fund_scope("F1"))
WHO = ("local", "official", "keeper")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    databases = SqliteDatabases(tmp_path_factory.mktemp("kept"))
    with book_of(databases, *worked_city()) as book:
        record(book, person("official"), person("keeper"))
        record(book, membership("official", Role.PARK_OFFICIAL, ScopeKind.PARK, "P1"))
        record(book, membership("keeper", Role.FUND_MANAGER, ScopeKind.FUND, "F1"))
        yield book


def slice_of(book: Book, scope: Scope = CITY, who: str = "local") -> LedgerSlice:
    return slice_ledger(book, who, scope, YEAR_END)


@keep_answer
def say_who(slice_: LedgerSlice, /, *_args: object, **_options: object) -> list[object]:
    """A fresh answer each time that it is worked out."""
    return [slice_.scope, slice_.readable]


@keep_for_city
def say_city(slice_: LedgerSlice, /, *_args: object) -> list[object]:
    """The same for everybody."""
    return [slice_.scope, slice_.readable, slice_.open_company(1), slice_.members]


def test_the_same_question_has_the_same_answer(city: Book) -> None:
    first = say_who(slice_of(city), TagMode.PRIMARY, deep=True)
    assert say_who(slice_of(city), TagMode.PRIMARY, deep=True) is first
    assert say_who(slice_of(city), TagMode.PRIMARY, deep=False) is not first
    assert say_who(slice_of(city), TagMode.FRACTIONAL, deep=True) is not first


def test_scope_right_piece_day_and_columns_each_make_another_question(city: Book) -> None:
    slice_ = slice_of(city)
    one = Readable(is_city=False, park_ids=frozenset({1}), fund_ids=frozenset())
    others = [
        slice_.narrow(park_scope("P1")),
        replace(slice_, readable=one),
        replace(slice_, readable=replace(one, park_fund_ids=frozenset({2}))),
        replace(slice_, members=dict(list(slice_.members.items())[:1])),
        replace(slice_, as_of=YEAR_END.replace(month=6, day=30)),
        replace(slice_, version=slice_.version - 1),
        replace(slice_, facts=replace(slice_.facts)),
        replace(slice_, ledger=replace(slice_.ledger)),
        slice_until(slice_, YEAR_END),
    ]
    answers = [say_who(one) for one in (slice_, *others)]
    assert len({id(answer) for answer in answers}) == len(others) + 1


def test_what_is_the_citys_knows_neither_scope_nor_person(city: Book) -> None:
    whole = say_city(slice_of(city))
    narrowed = slice_of(city, park_scope("P1"), "official")
    assert say_city(narrowed) is whole
    assert whole[0] == CITY
    assert whole[3] == slice_of(city).members


def test_an_entry_makes_every_answer_old(city: Book) -> None:
    before = say_who(slice_of(city)), say_city(slice_of(city))
    record(city, contribution("F1", "LP2", 1, "2022-01-01"))
    after = say_who(slice_of(city)), say_city(slice_of(city))
    assert before[0] is not after[0]
    assert before[1] is not after[1]


def forget(slice_: LedgerSlice) -> None:
    """Everything that was worked out of it, also what would outlive the next entry."""
    firms = firms_alone(slice_)
    let_go(slice_.facts, slice_.ledger, firms.facts, firms.ledger, timeless(slice_).facts)


def ask(book: Book, who: str, report: str, scope: Scope) -> str:
    try:
        return repr(ANSWERS[report](slice_of(book, scope, who), Question(report, YEAR_END, scope)))
    except LedgerError as refused:
        return type(refused).__name__


def test_no_answer_crosses_from_one_person_to_another_whoever_asked_first(city: Book) -> None:
    """Every report at every scope for everybody, each time with what somebody else left behind."""
    cells = [
        (report, scope)
        for report in ANSWERS
        for scope in ASKED
        if scope.name in SCOPES.get(report, {scope.name})
    ]
    alone = {}
    for who in WHO:
        for report, scope in cells:
            forget(slice_of(city))
            alone[who, report, scope.label] = ask(city, who, report, scope)
    assert len(set(alone.values())) > len(cells)
    for first, second in zip(WHO, (*WHO[1:], WHO[0]), strict=True):
        forget(slice_of(city))
        for who in (first, second):
            told = {(who, report, scope.label): ask(city, who, report, scope) for report, scope in cells}
            assert [key for key, answer in told.items() if answer != alone[key]] == []
