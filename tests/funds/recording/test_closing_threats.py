"""T05 and T24 at the verbs by which a quarter is closed, signed and audited: nobody acts alone, nothing comes twice."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from sqlalchemy import func, select

from funds.book import Book
from funds.drafts.signing import AttachmentDraft
from funds.errors import Conflict, LedgerError, NotAllowed
from funds.kinds import AttachmentSubject, AuditStep, DocumentKind, Role
from funds.models import Mark, row_tables
from funds.recording import Recorded, record_attachments, record_control_totals
from funds.recording.confirmations import approve_marks
from tests.builders import (
    balance,
    fee,
    local_investment,
    mark,
    membership,
    nav,
    prepared_book,
    record,
    rows_of,
)
from tests.engines import SqliteDatabases
from tests.funds.recording import test_audits as audits
from tests.funds.recording import test_papers as papers
from tests.funds.recording.files import PDF
from tests.funds.recording.period_city import (
    close,
    closing_city,
    control_total,
    file,
    filing,
    fund_id_of,
    late,
    locking,
    unlocking,
)
from tests.funds.recording.proposal_city import approve, propose

IN = "2025-11-20"
Act = Callable[[Book, str], object]
Prepared = Callable[[Book], Act]


@pytest.fixture
def city(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "closing", closing_city) as book:
        yield book
    sqlite.drop_made()


def lock(book: Book) -> Act:
    """A lock that the analyst proposed."""
    file(book, filing())
    waiting = propose(book, "analyst", "lock", locking())
    return lambda at, login: approve(at, login, waiting)


def unlock(book: Book) -> Act:
    close(book)
    waiting = propose(book, "analyst", "unlock", unlocking())
    return lambda at, login: approve(at, login, waiting)


def enter_late(book: Book) -> Act:
    close(book)
    waiting = propose(book, "analyst", "late", late(fee("F1", 1, IN)))
    return lambda at, login: approve(at, login, waiting)


def value(book: Book) -> Act:
    """A mark that the analyst brought, which waits for who approves values."""
    record(book, mark("F1", "C1", 1_200, IN), person="analyst")
    row = rows_of(book, Mark)[-1]

    def end(at: Book, login: str) -> object:
        with at.change(login, "复核", "approve") as change:
            return approve_marks(change, [row["id"]])

    return end


def paper(book: Book) -> Act:
    prepared = papers.prepare(book, "analyst")
    return lambda at, login: papers.sign(at, login, prepared)


ENDINGS: Mapping[str, Prepared] = {
    "lock": lock,
    "unlock": unlock,
    "late entry": enter_late,
    "mark": value,
    "paper": paper,
}


@pytest.mark.parametrize("door", ENDINGS)
def test_threat_05_nobody_ends_what_they_began_not_even_after_a_change_of_role(city: Book, door: str) -> None:
    """T05: the analyst becomes a signatory meanwhile; another signatory may."""
    end = ENDINGS[door](city)
    with pytest.raises(NotAllowed):
        end(city, "analyst")
    record(city, membership("analyst", Role.COMMISSION_SIGNATORY))
    before = city.head()
    with pytest.raises(NotAllowed, match="own"):
        end(city, "analyst")
    assert city.head() == before
    end(city, "signatory")
    assert city.head().version == before.version + 1


@pytest.mark.parametrize("door", ENDINGS)
def test_threat_24_what_was_ended_is_not_ended_again(city: Book, door: str) -> None:
    """T24: the second click, the back button, and the other signatory a moment later."""
    end = ENDINGS[door](city)
    end(city, "signatory")
    before = city.head()
    for login in ("signatory", "second"):
        with pytest.raises(LedgerError) as refused:
            end(city, login)
        assert refused.value.status == 409
    assert city.head() == before


def attach(book: Book) -> Recorded:
    draft = AttachmentDraft(
        subject=AttachmentSubject.FUND,
        subject_id=fund_id_of(book, "F1"),
        kind=DocumentKind.VOUCHER,
        title="付款凭证",
        file_name="凭证.pdf",
        content=PDF,
        fund="F1",
    )
    with book.change("manager", "登记资料") as change:
        return record_attachments(change, [draft])


def count(book: Book) -> Recorded:
    with book.change("local", "控制总数") as change:
        return record_control_totals(change, [control_total(10)])


def bring_mark(book: Book) -> Recorded:
    return record(book, mark("F1", "C1", 1_300, IN), person="manager")["mark"]


def bring_nav(book: Book) -> Recorded:
    return record(book, nav("F1", 3_300, IN), person="manager")["nav"]


def file_balance(book: Book) -> Recorded:
    return record(book, balance("F1", 1_400, IN), person="manager")["balance"]


def recognise(book: Book) -> Recorded:
    return record(book, local_investment("F1", "C1", 10, IN), person="manager")["localinvestment"]


SENT = {
    "document": attach,
    "control total": count,
    "mark": bring_mark,
    "value": bring_nav,
    "balance": file_balance,
    "recognition": recognise,
}


@pytest.mark.parametrize("door", SENT)
def test_threat_24_what_is_sent_twice_stands_once(city: Book, door: str) -> None:
    """T24: the same again is told as the same, and adds no row."""
    assert SENT[door](city).new == 1
    rows = count_rows(city)
    again = SENT[door](city)
    assert (again.new, again.same) == (0, 1)
    assert count_rows(city) == rows


def test_threat_24_a_line_is_judged_once_and_a_quarter_proposed_once(city: Book) -> None:
    """T24: two tabs with the same line of a sample, two proposals of the same lock."""
    audits.draw(city, audits.line(city))
    audits.take(city, "analyst", AuditStep.PASSED)
    with pytest.raises(Conflict):
        audits.take(city, "signatory", AuditStep.PASSED)
    file(city, filing())
    waiting = propose(city, "analyst", "lock", locking())
    for login in ("analyst", "reviewer"):
        with pytest.raises(Conflict, match="asked_before"):
            propose(city, login, "lock", locking())
    approve(city, "signatory", waiting)


def count_rows(book: Book) -> dict[str, int]:
    """How many rows each table of the book holds, its changes aside."""
    with book.look() as look:
        return {
            table.name: look.connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in row_tables()
        }
