"""Everybody hands in documents, freezes and signs papers, draws samples and judges lines: let in as the table says."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from funds.book import Book, Change
from funds.drafts.signing import AttachmentDraft, DrawnLine, FindingDraft, PaperDraft, SampleDraft
from funds.kinds import AttachmentSubject, AuditStep, Basis, DocumentKind, ScopeKind
from funds.models import Entry, Fund, Party
from funds.permissions import Action
from funds.recording import (
    prepare_papers,
    record_attachments,
    record_findings,
    record_samples,
    sign_papers,
    withdraw_attachments,
)
from tests.builders import rows_of
from tests.dashboard.serving import Clock
from tests.engines import SqliteDatabases
from tests.funds.recording.files import PDF
from tests.matrix.city import OTHER_FUND, OTHER_PARK, OWN_FUND, OWN_PARK, build_matrix_city
from tests.matrix.identities import Identity, Standing
from tests.matrix.test_proposals import Attempt, holds_for, judge

Rule = Callable[[Identity], bool]
# What `local` leaves for the others: a document, a drawn line and a doubted one of each side, and three papers.
FUNDS = (OWN_FUND, OTHER_FUND)
QUARTER = "2025-Q4"


def in_city(action: Action) -> Rule:
    """Whoever holds the right for the whole city."""
    return lambda identity: identity.holds(action) and identity.scope is ScopeKind.CITY


def in_park(action: Action, code: str) -> Rule:
    """Whoever holds the right for a park."""
    return lambda identity: (
        identity.holds(action)
        and (identity.scope is ScopeKind.CITY or (identity.scope is ScopeKind.PARK and identity.code == code))
    )


def _but_not(one: Rule, other: Rule) -> Rule:
    """Whoever holds the first right and not the second."""
    return lambda identity: one(identity) and not other(identity)


def fund_id(book: Book, code: str) -> int:
    (party,) = rows_of(book, Party, code=code)
    return int(rows_of(book, Fund, party_id=party["id"])[0]["id"])


def document(book: Book, fund: str | None = None, park: str | None = None) -> AttachmentDraft:
    """A file beside a fund or a park."""
    subject = (AttachmentSubject.PARK, park == OWN_PARK or 2)
    if fund is not None:
        subject = (AttachmentSubject.FUND, fund_id(book, fund))
    return AttachmentDraft(
        subject=subject[0],
        subject_id=int(subject[1]),
        kind=DocumentKind.OTHER,
        title="资料",
        file_name="a.pdf",
        content=PDF,
        fund=fund,
        park=park,
    )


def paper(book: Book, **scope: Any) -> PaperDraft:
    head = book.head()
    return PaperDraft(
        quarter=QUARTER,
        version=head.version,
        hash=head.hash,
        rendered_at="2026-02-01T00:00:00.000000Z",
        json=b"{}",
        xlsx=b"PK",
        pdf=None,
        **scope,
    )


def sample(book: Book) -> SampleDraft:
    """A line of each side."""
    lines = []
    for code in FUNDS:
        row = next(one for one in rows_of(book, Entry, fund_id=fund_id(book, code)) if one["amount_fen"] > 0)
        lines.append(
            DrawnLine(
                fund_id=row["fund_id"],
                table="entry",
                row_id=row["id"],
                amount_fen=row["amount_fen"],
                is_certain=False,
            )
        )
    return SampleDraft(
        quarter=QUARTER,
        basis=Basis.PAID_IN,
        version=book.head().version,
        seed="s",
        method="m",
        wanted=2,
        lines=2,
        total_fen=2,
        items=tuple(lines),
    )


def prepare(book: Book) -> None:
    """What the attempts are made on."""
    with book.change("local", "资料") as change:
        record_attachments(change, [document(book, code) for code in FUNDS])
    for drawn in (sample(book), sample(book)):
        with book.change("local", "抽样") as change:
            record_samples(change, [drawn])
    with book.change("local", "存疑") as change:
        record_findings(
            change, [FindingDraft(item_id=one, step=AuditStep.DOUBTED, words="存疑") for one in (3, 4)]
        )
    with book.change("local", "签批") as change:
        prepare_papers(change, [paper(book), paper(book, park=OWN_PARK), paper(book, fund=OTHER_FUND)])


def attempts(book: Book) -> Iterator[Attempt]:
    """Every act, for the own side and for the other."""
    drawn = sample(book)
    yield Attempt("draw", lambda change: record_samples(change, [drawn]), in_city(Action.AUDIT))
    for place, code in enumerate(FUNDS, 1):
        file = document(book, code)
        business, audit = holds_for(Action.RECORD_BUSINESS, code), holds_for(Action.AUDIT, code)
        yield Attempt(f"attach {code}", _attaching(file), business)
        yield Attempt(f"take off {code}", _taking_off(place), business)
        yield Attempt(f"pass {code}", _finding(place, AuditStep.PASSED), audit)
        yield Attempt(f"answer {code}", _finding(place + 2, AuditStep.ANSWERED), _but_not(business, audit))
        yield Attempt(f"close {code}", _finding(place + 2, AuditStep.CLOSED), audit)
    for code in (OWN_PARK, OTHER_PARK):
        at_park = document(book, None, code)
        yield Attempt(f"attach {code}", _attaching(at_park), in_park(Action.RECORD_BUSINESS, code))
    scopes: Sequence[tuple[dict[str, str], Rule, Rule]] = (
        ({}, in_city(Action.PREPARE_PAPER), in_city(Action.SIGN_PAPER)),
        (
            {"park": OWN_PARK},
            in_park(Action.PREPARE_PAPER, OWN_PARK),
            in_park(Action.SIGN_PAPER, OWN_PARK),
        ),
        (
            {"fund": OTHER_FUND},
            holds_for(Action.PREPARE_PAPER, OTHER_FUND),
            holds_for(Action.SIGN_PAPER, OTHER_FUND),
        ),
    )
    for number, (scope, may_prepare, may_sign) in enumerate(scopes, 1):
        yield Attempt(f"prepare {scope}", _preparing(paper(book, **scope)), may_prepare)
        yield Attempt(f"sign {scope}", _signing(number), may_sign)


def _attaching(draft: AttachmentDraft) -> Callable[[Change], object]:
    return lambda change: record_attachments(change, [draft])


def _taking_off(row_id: int) -> Callable[[Change], object]:
    return lambda change: withdraw_attachments(change, [row_id])


def _finding(item: int, step: AuditStep) -> Callable[[Change], object]:
    return lambda change: record_findings(change, [FindingDraft(item_id=item, step=step, words="理由")])


def _preparing(draft: PaperDraft) -> Callable[[Change], object]:
    return lambda change: prepare_papers(change, [draft])


def _signing(number: int) -> Callable[[Change], object]:
    return lambda change: sign_papers(change, [number])


@pytest.fixture(scope="module")
def sqlite_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A book of its own, with something of everything in it."""
    databases = SqliteDatabases(tmp_path_factory.mktemp("signing"))
    book = Book(databases.copy_of("matrix city", build_matrix_city), clock=Clock())
    prepare(book)
    yield book
    book.close()


@pytest.fixture(scope="module")
def tried(sqlite_book: Book) -> list[Attempt]:
    return list(attempts(sqlite_book))


def test_verbs_beside_the_ledger_let_in_whom_the_table_says(
    sqlite_book: Book, tried: list[Attempt], identity: Identity
) -> None:
    if identity.standing is Standing.ACTIVE:
        before = sqlite_book.head()
        assert judge(sqlite_book, identity, tried) == []
        assert sqlite_book.head() == before


def test_an_auditor_can_write_nothing_at_all(tried: list[Attempt], identity: Identity) -> None:
    if identity.name.startswith("auditor"):
        assert [one.name for one in tried if one.rule(identity)] == []
