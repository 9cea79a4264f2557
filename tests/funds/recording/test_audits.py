"""Samples and their lines: drawn from what stands, passed or doubted with a reason, answered, closed."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from funds.book import Book, find_person
from funds.drafts.signing import DrawnLine, FindingDraft, SampleDraft
from funds.errors import Conflict, NotAllowed, NotFound, RulesBroken
from funds.kinds import AuditStep, Basis, Role
from funds.models import AuditFinding, CommitmentMovement, Entry, Fund, Party
from funds.permissions import read_rights
from funds.queries.audits import DrawnItem, open_findings, read_items, read_samples
from funds.queries.invariants import check_invariants
from funds.queries.trail_readers import make_reader
from funds.recording import record_findings, record_samples
from funds.recording.reversals import reverse_revision
from tests.builders import membership, person, prepared_book, record, rows_of
from tests.engines import Databases, SqliteDatabases
from tests.funds.recording.proposal_city import proposing_city

ANALYST, SIGNATORY, MANAGER, REVIEWER, OFFICIAL = "analyst", "signatory", "manager", "reviewer", "official"
PASSED, DOUBTED, ANSWERED, CLOSED = AuditStep


@pytest.fixture
def city(databases: Databases) -> Iterator[Book]:
    """The city with people on both sides, on each engine in turn."""
    with prepared_book(databases, "proposing", proposing_city) as book:
        yield book


@pytest.fixture
def quick(sqlite: SqliteDatabases) -> Iterator[Book]:
    """The same on the quick engine."""
    with prepared_book(sqlite, "proposing", proposing_city) as book:
        yield book
    sqlite.drop_made()


def line(book: Book, code: str = "F1") -> DrawnLine:
    """The first money that was paid into a fund."""
    (party,) = rows_of(book, Party, code=code)
    (one,) = rows_of(book, Fund, party_id=party["id"])
    row = next(row for row in rows_of(book, Entry, fund_id=one["id"]) if row["amount_fen"] > 0)
    return DrawnLine(
        fund_id=one["id"], table="entry", row_id=row["id"], amount_fen=row["amount_fen"], is_certain=True
    )


def sample(book: Book, *items: DrawnLine, **more: Any) -> SampleDraft:
    drawn = {
        "version": book.head().version,
        "seed": "七月",
        "method": "m",
        "wanted": 2,
        "lines": 9,
        "total_fen": 90,
    }
    given = {"quarter": "2025-Q4", "basis": Basis.PAID_IN, "items": items, **drawn}
    return SampleDraft(**{**given, **more})


def draw(book: Book, *items: DrawnLine, login: str = ANALYST) -> list[DrawnItem]:
    with book.change(login, "抽样", "sample") as change:
        record_samples(change, [sample(book, *items)])
    return items_of(book)


def take(book: Book, login: str, step: AuditStep, words: str = "", item: int = 1) -> None:
    with book.change(login, "审计", "audit") as change:
        record_findings(change, [FindingDraft(item_id=item, step=step, words=words)])


def items_of(book: Book) -> list[DrawnItem]:
    with book.look() as look:
        return read_items(look.connection, look.version, None)


def seen(book: Book, login: str) -> tuple[int, int, int]:
    """How many samples, lines and open doubts somebody sees, wall included."""
    with book.look() as look:
        who = find_person(look.connection, login, look.version)
        rights = read_rights(look.connection, who, book.today())
    reader = make_reader(who, rights)
    with book.look(sight=rights.readable().sight) as look:
        asked = (look.connection, look.version, reader)
        return len(read_samples(*asked)), len(read_items(*asked)), len(open_findings(*asked))


def test_a_doubt_goes_to_the_manager_and_back_until_it_is_closed(city: Book) -> None:
    (item,) = draw(city, line(city))
    assert (item.step, item.is_open, item.line) == (None, False, f"entry:{item.line_id}")
    take(city, ANALYST, DOUBTED, "凭证缺银行回单")
    assert items_of(city)[0].waits_for_manager
    take(city, MANAGER, ANSWERED, "已补银行回单")
    (answered,) = items_of(city)
    assert (answered.is_open, answered.waits_for_manager) == (True, False)
    take(city, SIGNATORY, CLOSED, "回单相符")
    (closed,) = items_of(city)
    assert [(one.step, one.words) for one in closed.findings] == [
        (DOUBTED, "凭证缺银行回单"),
        (ANSWERED, "已补银行回单"),
        (CLOSED, "回单相符"),
    ]
    assert not closed.is_open


def test_each_sees_the_lines_of_the_own_funds_only(city: Book) -> None:
    record(city, person("auditor"), membership("auditor", Role.AUDITOR))
    draw(city, line(city), line(city, "M"))
    take(city, ANALYST, DOUBTED, "请说明", rows(city, "F1"))
    counts = {login: seen(city, login) for login in (ANALYST, "auditor", MANAGER, OFFICIAL)}
    assert counts == {
        ANALYST: (1, 2, 1),
        "auditor": (1, 2, 1),
        MANAGER: (1, 1, 1),
        OFFICIAL: (1, 1, 1),
    }
    draw(city, line(city, "M"))
    assert seen(city, MANAGER)[0] == 1, "of a sample without a line of theirs they see nothing"


def rows(book: Book, code: str) -> int:
    """The drawn line of a fund."""
    wanted = line(book, code)
    return next(one.id for one in items_of(book) if one.fund_id == wanted.fund_id)


@pytest.mark.parametrize(
    ("login", "step"),
    [
        (MANAGER, PASSED),
        (MANAGER, DOUBTED),
        (REVIEWER, PASSED),
        (OFFICIAL, CLOSED),
    ],
)
def test_the_audited_do_not_judge_themselves(quick: Book, login: str, step: AuditStep) -> None:
    draw(quick, line(quick))
    with pytest.raises(NotAllowed):
        take(quick, login, step, "自评")
    with pytest.raises(NotAllowed):
        draw(quick, line(quick), login=login)


def test_an_auditor_changes_nothing(quick: Book) -> None:
    record(quick, person("auditor"), membership("auditor", Role.AUDITOR))
    draw(quick, line(quick))
    take(quick, ANALYST, DOUBTED, "请说明")
    for step in AuditStep:
        with pytest.raises(NotAllowed):
            take(quick, "auditor", step, "看")


def test_who_judges_does_not_answer(quick: Book) -> None:
    draw(quick, line(quick))
    take(quick, ANALYST, DOUBTED, "请说明")
    for judge in (ANALYST, SIGNATORY):
        with pytest.raises(NotAllowed, match="funds_answer"):
            take(quick, judge, ANSWERED, "代答")
    take(quick, OFFICIAL, ANSWERED, "园区代为说明")


def test_nobody_answers_for_another_fund(quick: Book) -> None:
    draw(quick, line(quick, "M"))
    with pytest.raises(NotFound):
        take(quick, MANAGER, ANSWERED, "不是我的")
    with pytest.raises(NotFound):
        take(quick, ANALYST, PASSED, item=99)


def test_steps_come_in_their_order(quick: Book) -> None:
    draw(quick, line(quick))
    with pytest.raises(Conflict):
        take(quick, MANAGER, ANSWERED, "还没有问")
    take(quick, ANALYST, PASSED)
    for step in (PASSED, CLOSED):
        with pytest.raises(Conflict):
            take(quick, ANALYST, step, "再来")
    take(quick, ANALYST, DOUBTED, "重新看过")
    take(quick, MANAGER, ANSWERED, "说明")
    take(quick, ANALYST, DOUBTED, "仍不清楚")
    assert items_of(quick)[0].step is DOUBTED


@pytest.mark.parametrize("words", ["", "  "])
def test_a_doubt_has_a_reason(quick: Book, words: str) -> None:
    draw(quick, line(quick))
    with pytest.raises(RulesBroken) as caught:
        take(quick, ANALYST, DOUBTED, words)
    assert [problem.code for problem in caught.value.problems] == ["audit.no_words"]
    with pytest.raises(RulesBroken) as caught:
        take(quick, ANALYST, DOUBTED, "长" * 2_001)
    assert [problem.code for problem in caught.value.problems] == ["value.too_long"]


def test_a_sample_says_what_the_book_says(quick: Book) -> None:
    good = line(quick)
    movement = rows_of(quick, CommitmentMovement)[0]
    faulty = {
        "audit.line_differs": [
            sample(quick, replace(good, amount_fen=1)),
            sample(quick, replace(good, row_id=999)),
            sample(quick, replace(good, table="commitment_movement", row_id=movement["id"])),
            sample(quick, good, version=1),
            sample(quick, good, version=quick.head().version + 1),
            sample(quick, good, version=0),
        ],
        "audit.nothing_drawn": [sample(quick)],
        "audit.no_seed": [sample(quick, good, seed=" ")],
        "audit.wanted": [sample(quick, good, wanted=0), sample(quick, good, wanted=501)],
        "quarter.format": [sample(quick, good, quarter="2025")],
    }
    for code, samples in faulty.items():
        for one in samples:
            with pytest.raises(RulesBroken) as caught, quick.change(ANALYST, "抽样") as change:
                record_samples(change, [one])
            assert {problem.code for problem in caught.value.problems} == {code}, one
    assert items_of(quick) == []


def test_a_finding_in_another_name_is_found_and_none_is_taken_back(quick: Book) -> None:
    draw(quick, line(quick))
    with quick.look() as look:
        other = find_person(look.connection, SIGNATORY, look.version)
    row = {"item_id": 1, "step": PASSED, "words": None, "person_id": other, "origin": None}
    with quick.change(ANALYST, "冒名") as change:
        change.add(AuditFinding, [row])
    with quick.look() as look:
        found = check_invariants(look.connection, look.version)
    assert [(problem.code, problem.where) for problem in found] == [("invariant.rule", "audit_finding#1")]
    last = quick.head().version
    with (
        pytest.raises(Conflict, match="for_good"),
        quick.change("local", "冲", "reverse", reverses_id=last) as change,
    ):
        reverse_revision(change, last)
