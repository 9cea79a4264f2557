"""Papers of a quarter: one hand freezes, another signs, and what was signed stays as it was."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from funds.book import Book
from funds.drafts.signing import PaperDraft
from funds.errors import Conflict, NotAllowed, NotFound, RulesBroken
from funds.kinds import PaperRole, Role, ScopeKind
from funds.models import Document, Park, Person, Seal, Signature
from funds.queries.invariants import check_invariants
from funds.queries.signed_papers import PaperOnFile, read_papers
from funds.recording import prepare_papers, sign_papers
from funds.recording.papers import end_of_quarter
from funds.recording.reversals import reverse_revision
from tests.builders import fee, membership, person, prepared_book, record, rows_of
from tests.engines import Databases, SqliteDatabases
from tests.funds.recording.proposal_city import proposing_city

ANALYST, SIGNATORY, SECOND, MANAGER, OFFICIAL = "analyst", "signatory", "second", "manager", "official"
QUARTER = "2025-Q4"


@pytest.fixture
def city(databases: Databases) -> Iterator[Book]:
    """The city with an analyst and two signatories, on each engine in turn."""
    with prepared_book(databases, "proposing", proposing_city) as book:
        yield book


@pytest.fixture
def quick(sqlite: SqliteDatabases) -> Iterator[Book]:
    """The same on the quick engine."""
    with prepared_book(sqlite, "proposing", proposing_city) as book:
        yield book
    sqlite.drop_made()


def draft(book: Book, quarter: str = QUARTER, **more: Any) -> PaperDraft:
    """A paper of the book as it stands."""
    head = book.head()
    made = {
        "version": head.version,
        "hash": head.hash,
        "rendered_at": "2026-03-01T08:00:00.000000Z",
        "json": f"{quarter} {head.version}".encode(),
        "xlsx": b"PK",
        "pdf": b"%PDF",
    }
    return PaperDraft(quarter=quarter, **{**made, **more})


def prepare(book: Book, login: str = ANALYST, *drafts: PaperDraft) -> int:
    """Freeze, and return the newest paper's id."""
    with book.change(login, "经办", "prepare") as change:
        prepare_papers(change, drafts or [draft(book)])
    return papers(book)[0].id


def sign(book: Book, login: str, paper: int) -> None:
    with book.change(login, "签批", "sign") as change:
        sign_papers(change, [paper])


def papers(book: Book, version: int | None = None) -> list[PaperOnFile]:
    with book.look(version) as look:
        return read_papers(look.connection, look.version)


def codes(book: Book, *drafts: PaperDraft) -> list[str]:
    with pytest.raises(RulesBroken) as caught:
        prepare(book, ANALYST, *drafts)
    return [problem.code for problem in caught.value.problems]


def test_two_people_put_a_paper_in_force(city: Book) -> None:
    paper_id = prepare(city)
    (waiting,) = papers(city)
    assert (waiting.is_waiting, waiting.is_in_force, waiting.signed) == (True, False, None)
    for nobody in (ANALYST, MANAGER, OFFICIAL):
        with pytest.raises((NotAllowed, NotFound)):
            sign(city, nobody, paper_id)
    sign(city, SIGNATORY, paper_id)
    (paper,) = papers(city)
    assert paper.is_in_force
    assert paper.signed is not None
    assert paper.signed.person_id != paper.prepared.person_id
    assert [one.form for one in paper.files] == ["json", "xlsx", "pdf"]
    assert paper.file("docx") is None
    with pytest.raises(Conflict, match="signed_before"):
        sign(city, SECOND, paper_id)


def test_whoever_prepared_a_paper_never_signs_it_not_even_after_a_change_of_role(quick: Book) -> None:
    paper_id = prepare(quick)
    own = prepare(quick, SIGNATORY, draft(quick, "2025-Q3"))
    with pytest.raises(NotAllowed, match=r"paper\.own"):
        sign(quick, SIGNATORY, own)
    record(quick, membership(ANALYST, Role.COMMISSION_SIGNATORY))
    with pytest.raises(NotAllowed, match=r"paper\.own"):
        sign(quick, ANALYST, paper_id)
    sign(quick, SECOND, paper_id)


def test_the_database_itself_refuses_one_hand_under_both(city: Book) -> None:
    paper_id = prepare(city)
    (analyst,) = rows_of(city, Person, login=ANALYST)
    row = {"paper_id": paper_id, "role": PaperRole.SIGNED, "person_id": analyst["id"]}
    with pytest.raises(IntegrityError), city.change(SIGNATORY, "假签") as change:
        change.add(Signature, [{**row, "prepared_by_id": analyst["id"], "origin": None}])


@pytest.mark.parametrize(
    ("signer", "named", "prepared"),
    [(SIGNATORY, SECOND, ANALYST), (ANALYST, ANALYST, SECOND), (SECOND, SECOND, SIGNATORY)],
)
def test_a_signature_in_another_name_is_found(quick: Book, signer: str, named: str, prepared: str) -> None:
    paper_id = prepare(quick)
    ids = {login: rows_of(quick, Person, login=login)[0]["id"] for login in (SECOND, ANALYST, SIGNATORY)}
    row = {"paper_id": paper_id, "role": PaperRole.SIGNED, "origin": None}
    with quick.change(signer, "假签") as change:
        change.add(Signature, [{**row, "person_id": ids[named], "prepared_by_id": ids[prepared]}])
    with quick.look() as look:
        found = check_invariants(look.connection, look.version)
    assert [(problem.code, problem.where) for problem in found] == [("invariant.rule", "signature#2")]


def test_a_paper_rests_on_a_sealed_version_of_a_quarter_that_is_over(quick: Book) -> None:
    assert codes(quick, draft(quick, "2026-Q4")) == ["paper.quarter_open"]
    assert codes(quick, draft(quick, "2025")) == ["quarter.format"]
    assert codes(quick, draft(quick, hash="0" * 64)) == ["paper.unknown_head"]
    assert codes(quick, draft(quick, version=99)) == ["paper.unknown_head"]
    assert codes(quick, draft(quick, reason="\x07")) == ["value.control_character"]
    assert rows_of(quick, Document) == []


def test_only_those_with_the_right_prepare_and_only_where_they_hold_it(quick: Book) -> None:
    with pytest.raises(NotAllowed):
        prepare(quick, MANAGER)
    record(
        quick,
        person("local analyst"),
        membership("local analyst", Role.COMMISSION_ANALYST, ScopeKind.PARK, "P1"),
    )
    with pytest.raises(NotAllowed):
        prepare(quick, "local analyst")
    paper_id = prepare(quick, "local analyst", draft(quick, park="P1"))
    (park,) = rows_of(quick, Park, code="P1")
    assert [paper.park_id for paper in papers(quick)] == [park["id"]]
    sign(quick, SIGNATORY, paper_id)
    prepare(quick, ANALYST, draft(quick, fund="F1"))
    assert [paper.reason for paper in papers(quick)] == [None, None], "of another scope, nothing is replaced"
    with pytest.raises(RulesBroken):
        prepare(quick, ANALYST, draft(quick, fund="F9"))
    (waiting, _) = papers(quick)
    with pytest.raises(NotAllowed):
        sign(quick, ANALYST, waiting.id)
    with pytest.raises(NotFound):
        sign(quick, SIGNATORY, 99)


def test_a_later_paper_takes_the_place_of_the_signed_one_with_a_reason(quick: Book) -> None:
    first = prepare(quick)
    beside = prepare(quick, ANALYST, draft(quick, json=b"{}"))
    sign(quick, SIGNATORY, first)
    signed_at = quick.head().version
    with pytest.raises(Conflict, match="overtaken"):
        sign(quick, SIGNATORY, beside)
    assert codes(quick, draft(quick)) == ["paper.no_reason"]
    second = prepare(quick, ANALYST, draft(quick, reason="补录一笔出资"))
    assert [paper.is_in_force for paper in papers(quick)] == [False, False, True]
    sign(quick, SECOND, second)
    newest, _, oldest = papers(quick)
    assert (newest.supersedes_id, newest.reason, newest.is_in_force) == (first, "补录一笔出资", True)
    assert (oldest.is_overtaken, oldest.signed is not None) == (True, True)
    assert [paper.is_in_force for paper in papers(quick, signed_at)] == [False, True], "as it was known then"


def test_what_was_signed_is_not_taken_back(quick: Book) -> None:
    sign(quick, SIGNATORY, prepare(quick))
    last = quick.head().version
    with (
        pytest.raises(Conflict, match="for_good"),
        quick.change("local", "冲销", "reverse", reverses_id=last) as change,
    ):
        reverse_revision(change, last)


def test_frozen_bytes_stay_whatever_is_recorded_later(quick: Book) -> None:
    content = b'{"report": 1}'
    prepare(quick, ANALYST, draft(quick, json=content, pdf=None))
    (before,) = papers(quick)
    record(quick, fee("F1", 1))
    (after,) = papers(quick)
    assert (after, after.file("pdf")) == (before, None)
    stored = before.file("json")
    assert stored is not None
    with quick.look() as look:
        query = select(Document.content).where(Document.id == stored.document_id)
        assert look.connection.execute(query).scalar_one() == content
        sealed = select(Seal.hash).where(Seal.revision_id == before.known_version)
        assert look.connection.execute(sealed).scalar_one() == before.known_hash


def test_quarters_end_on_their_last_day() -> None:
    ends = [end_of_quarter(f"2024-Q{number}").isoformat() for number in range(1, 5)]
    assert ends == ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]
