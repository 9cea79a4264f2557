"""Documents: each content once, beside things of one's own funds and parks, and seen by nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from funds.book import Book, Look, find_person
from funds.drafts.signing import AttachmentDraft
from funds.errors import NotAllowed, NotFound, RulesBroken
from funds.kinds import AttachmentSubject, DocumentKind
from funds.models import Attachment, Document, Fund, Holding, ImportBatch, Park, Party
from funds.permissions import read_rights
from funds.queries.attachments import Attached, DocumentFile, find_document, list_subjects, read_attachments
from funds.queries.trail_readers import TrailReader, make_reader
from funds.recording import record_attachments, withdraw_attachments
from funds.recording.corrections import Correction, correct_rows
from funds.recording.reversals import reverse_revision
from tests.builders import policy, prepared_book, record, rows_of
from tests.engines import Databases, SqliteDatabases
from tests.funds.recording.files import PAGE, PDF, PNG
from tests.funds.recording.two_sides import MANAGER, ONE, TWO, two_sides

FUND, HOLDING = AttachmentSubject.FUND, AttachmentSubject.HOLDING


@pytest.fixture
def city(databases: Databases) -> Iterator[Book]:
    """Two sides, on each engine in turn."""
    with prepared_book(databases, "two sides", two_sides) as book:
        yield book


@pytest.fixture
def quick(sqlite: SqliteDatabases) -> Iterator[Book]:
    """The same on the quick engine."""
    with prepared_book(sqlite, "two sides", two_sides) as book:
        yield book
    sqlite.drop_made()


def fund_id(book: Book, code: str) -> int:
    (party,) = rows_of(book, Party, code=code)
    return int(rows_of(book, Fund, party_id=party["id"])[0]["id"])


def draft(book: Book, code: str | None = "F1", content: bytes = PDF, **more: Any) -> AttachmentDraft:
    """A voucher for the fund itself, unless told otherwise."""
    subject = more.pop("subject", (FUND, fund_id(book, code or "F1")))
    kept = {"kind": DocumentKind.VOUCHER, "title": "付款凭证", "file_name": "凭证.pdf", "fund": code}
    return AttachmentDraft(subject=subject[0], subject_id=subject[1], content=content, **{**kept, **more})


def attach(book: Book, login: str, *drafts: AttachmentDraft) -> tuple[int, int]:
    """How many are new and how many were there."""
    with book.change(login, "登记资料") as change:
        recorded = record_attachments(change, drafts)
    return recorded.new, recorded.same


def seen(book: Book, login: str, **asked: Any) -> list[Attached]:
    with eyes(book, login) as (look, reader):
        return read_attachments(look.connection, look.version, reader, **asked)


def fetched(book: Book, login: str, document: int = 1) -> DocumentFile | None:
    with eyes(book, login) as (look, reader):
        return find_document(look.connection, look.version, reader, document)


@contextmanager
def eyes(book: Book, login: str) -> Iterator[tuple[Look, TrailReader]]:
    """The book as somebody may see it, wall included."""
    with book.look() as look:
        person = find_person(look.connection, login, look.version)
        rights = read_rights(look.connection, person, book.today())
    with book.look(sight=rights.readable().sight) as look:
        yield look, make_reader(person, rights)


def broken(book: Book, login: str, *drafts: AttachmentDraft) -> list[tuple[str, str]]:
    with pytest.raises(RulesBroken) as caught:
        attach(book, login, *drafts)
    return [(problem.code, problem.where) for problem in caught.value.problems]


def test_a_file_is_kept_once_and_lies_beside_both_things(city: Book) -> None:
    assert attach(city, MANAGER, draft(city)) == (1, 0)
    assert attach(city, TWO, draft(city, "F2", file_name="另一边.pdf", title="另一份")) == (1, 0)
    assert len(rows_of(city, Document)) == 1
    assert [one.title for one in seen(city, "local")] == ["另一份", "付款凭证"]
    assert [(one.title, one.size) for one in seen(city, MANAGER)] == [("付款凭证", len(PDF))]
    names = [found.name if found else None for found in (fetched(city, one) for one in (MANAGER, TWO))]
    assert names == ["凭证.pdf", "另一边.pdf"], "neither learns what the other called it"
    assert fetched(city, ONE) == fetched(city, MANAGER), "P1 has set F1 up"


def test_nobody_else_sees_a_document_or_that_there_is_one(city: Book) -> None:
    attach(city, TWO, draft(city, "F2"))
    assert seen(city, MANAGER) == seen(city, ONE) == []
    assert fetched(city, MANAGER) is None
    assert fetched(city, MANAGER, 99) is None


def test_the_same_file_at_the_same_thing_comes_once(quick: Book) -> None:
    assert attach(quick, MANAGER, draft(quick), draft(quick)) == (1, 1)
    assert attach(quick, MANAGER, draft(quick, title="又一次")) == (0, 1)
    holding = rows_of(quick, Holding, fund_id=fund_id(quick, "F1"))[0]["id"]
    assert attach(quick, MANAGER, draft(quick, subject=(HOLDING, holding))) == (1, 0)
    assert len(rows_of(quick, Document)) == 1
    assert [one.subject for one in seen(quick, MANAGER, subject=(HOLDING, holding))] == [HOLDING]
    assert len(seen(quick, MANAGER, fund_id=fund_id(quick, "F1"))) == 2
    assert seen(quick, "local", fund_id=fund_id(quick, "F2")) == []


def test_threat_04_a_document_goes_to_no_thing_of_another_fund(quick: Book) -> None:
    theirs = rows_of(quick, Holding, fund_id=fund_id(quick, "F2"))[0]["id"]
    with pytest.raises(NotAllowed):
        attach(quick, MANAGER, draft(quick, "F2"))
    at_field = [("attachment.other_scope", "form:subject_id")]
    assert broken(quick, MANAGER, draft(quick, subject=(HOLDING, theirs))) == at_field
    assert broken(quick, MANAGER, draft(quick, subject=(HOLDING, 99))) == at_field
    park = AttachmentSubject.PARK
    assert broken(quick, ONE, draft(quick, None, park="P1", subject=(park, 2))) == at_field
    assert broken(quick, MANAGER, replace(draft(quick), fund="F9")) == [("code.unknown", "form:fund")]


def test_a_park_has_documents_of_its_own_and_the_city_too(quick: Book) -> None:
    (own,) = rows_of(quick, Park, code="P1")
    at_park = draft(quick, None, park="P1", subject=(AttachmentSubject.PARK, own["id"]))
    assert attach(quick, ONE, at_park) == (1, 0)
    with pytest.raises(NotAllowed):
        attach(quick, TWO, at_park)
    at_firm = draft(quick, None, PNG, file_name="照.png", subject=(AttachmentSubject.COMPANY, 1))
    with pytest.raises(NotAllowed):
        attach(quick, ONE, at_firm)
    assert attach(quick, "local", at_firm) == (1, 0)
    assert [len(seen(quick, login)) for login in (ONE, TWO, MANAGER, "local")] == [1, 0, 0, 2]


def test_rules_of_files_are_told_field_by_field(quick: Book) -> None:
    faulty = draft(quick, content=PAGE, title=" ")
    assert broken(quick, MANAGER, faulty) == [
        ("document.mismatch", "form:content"),
        ("value.blank", "form:title"),
    ]
    assert broken(quick, MANAGER, draft(quick, file_name="a.exe")) == [
        ("document.not_taken", "form:file_name")
    ]
    assert rows_of(quick, Document) == []


def test_how_large_a_file_may_be_is_dated_policy(quick: Book) -> None:
    large = draft(quick, content=PDF[:-6] + bytes(2 * 2**20) + PDF[-6:])
    record(quick, policy("document.most_megabytes", "2020-01-01", value_e6=1_000_000))
    assert broken(quick, MANAGER, large) == [("document.too_large", "form:content")]
    record(quick, policy("document.most_megabytes", "2021-01-01", value_e6=3_000_000))
    assert attach(quick, MANAGER, large) == (1, 0)


def test_a_document_is_taken_off_with_a_trace_and_only_by_its_own_people(quick: Book) -> None:
    attach(quick, MANAGER, draft(quick))
    before = quick.head().version
    (row,) = rows_of(quick, Attachment)
    with pytest.raises(NotAllowed), quick.change(TWO, "撤下") as change:
        withdraw_attachments(change, [row["id"]])
    with quick.change(MANAGER, "撤下") as change:
        withdraw_attachments(change, [row["id"]])
    assert seen(quick, MANAGER) == []
    assert fetched(quick, MANAGER) is None
    with quick.look(before) as look:
        assert len(rows_of(look, Attachment)) == 1
    for gone in (row["id"], row["id"] + 1, 99):
        with pytest.raises(NotFound), quick.change(MANAGER, "撤下") as change:
            withdraw_attachments(change, [gone])


def test_an_attachment_is_renamed_and_reversed_but_never_moved(quick: Book) -> None:
    (own,) = rows_of(quick, Park, code="P1")
    attach(quick, MANAGER, draft(quick))
    attach(quick, ONE, draft(quick, None, park="P1", subject=(AttachmentSubject.PARK, own["id"])))
    first, second = rows_of(quick, Attachment)
    with quick.change(ONE, "改名", "correct") as change:
        correct_rows(change, [Correction(Attachment, second["id"], {"title": "园区文件"})])
    with pytest.raises(RulesBroken), quick.change(ONE, "挪走", "correct") as change:
        correct_rows(change, [Correction(Attachment, first["id"], {"subject_id": 2})])
    with pytest.raises(NotAllowed), quick.change(TWO, "改名", "correct") as change:
        correct_rows(change, [Correction(Attachment, second["id"] + 1, {"title": "别人的"})])
    with quick.change(MANAGER, "冲销", "reverse", reverses_id=first["revision_id"]) as change:
        assert reverse_revision(change, first["revision_id"]) == 1
    assert [one["title"] for one in rows_of(quick, Attachment)] == ["园区文件"]


def test_the_things_of_a_fund_that_take_documents(quick: Book) -> None:
    own = fund_id(quick, "F1")
    with quick.look() as look:
        found = list(list_subjects(look.connection, look.version, own))
    assert found[0] == (FUND, own)
    assert {kind.value for kind, _ in found} == {"fund", "holding", "commitment", "deal"}


def test_imported_workbooks_are_for_whoever_reads_the_whole_city(quick: Book) -> None:
    with quick.change("local", "台账.xlsx", "import") as change:
        file = {"sha256": "0" * 64, "name": "台账.xlsx", "size": 1, "content": b"-", "origin": None}
        (one,) = change.add(Document, [file])
        batch = {"document_id": one, "rows_read": 0, "rows_new": 0, "total_fen": 0, "origin": None}
        change.add(ImportBatch, [batch])
    found = fetched(quick, "local", one)
    assert found is not None
    assert found.name == "台账.xlsx"
    assert fetched(quick, MANAGER, one) is None
