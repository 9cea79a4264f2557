"""What queries say of quarters, samples, imports and standing facts in their rarer cases."""

from collections.abc import Iterator

import pytest

from funds.book import Book
from funds.dates import days_of_quarter
from funds.errors import NotFound
from funds.kinds import AuditStep, BalanceItem, Role, ScopeKind
from funds.models import FundFact, ImportBatch, Industry, Mark, Party, PartyFact
from funds.permissions import read_rights
from funds.queries.audits import open_findings, read_items
from funds.queries.cash_papers import CashPapers, no_cash
from funds.queries.import_batches import list_batches, read_original
from funds.queries.period_dates import find_rows
from funds.queries.periods import read_restated
from funds.queries.quarter_checks import Check, CheckResult, read_checks
from funds.queries.quarter_papers import no_quarters
from funds.queries.standing_facts import find_ends, find_standing, list_things
from funds.queries.trail_readers import TrailReader, make_reader
from funds.recording.corrections import Correction, correct_rows
from tests.builders import (
    balance,
    fee,
    investment,
    membership,
    person,
    prepared_book,
    record,
    round_,
    round_investor,
    rows_of,
)
from tests.engines import SqliteDatabases
from tests.funds.recording import test_audits as audits
from tests.funds.recording.period_city import END, QUARTER, close, closing_city, fund_id_of, late
from tests.funds.recording.proposal_city import approve, correction, id_of, propose


@pytest.fixture
def city(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "closing", closing_city) as book:
        yield book
    sqlite.drop_made()


def check(book: Book, which: Check) -> CheckResult:
    """One check of F1 at the quarter's end."""
    fund = fund_id_of(book, "F1")
    with book.look() as look:
        found = read_checks(look.connection, look.version, QUARTER, [fund])[fund]
    return next(result for result in found if result.check is which)


def reader_of(book: Book, login: str) -> TrailReader:
    with book.look() as look:
        who = id_of(book, login)
        return make_reader(who, read_rights(look.connection, who, book.today()))


def test_balances_beside_the_deposit_count_towards_the_value(city: Book) -> None:
    """The report was made before the fee that accrued: the bridge no longer ties, by just that."""
    assert check(city, Check.BRIDGE).is_green
    record(city, balance("F1", 10, END, item=BalanceItem.ACCRUED_MANAGEMENT_FEE))
    opened = check(city, Check.BRIDGE)
    assert (opened.is_green, opened.case, opened.params["gap"]) == (False, "gap", 10_000_000)
    assert check(city, Check.BALANCES).is_green


def test_what_waits_about_the_register_keeps_no_fund_from_being_locked(city: Book) -> None:
    (fact,) = (one["id"] for one in rows_of(city, FundFact, fund_id=fund_id_of(city, "F1")))
    party = rows_of(city, Party, code="LP1")[0]["id"]
    (name,) = (one["id"] for one in rows_of(city, PartyFact, party_id=party))
    propose(city, "analyst", "correction", correction("party_fact", name, name="市财政局（本级）"))
    assert check(city, Check.WAITING).is_green
    propose(city, "manager", "correction", correction("fund_fact", fact, filing_no="SX9"))
    waiting = check(city, Check.WAITING)
    assert (waiting.is_green, waiting.params["proposals"]) == (False, 1)


def test_notes_of_every_quarter_are_read_at_once(city: Book) -> None:
    close(city, "F1", QUARTER, "2025-Q3")
    for day, quarter in (("2025-11-20", QUARTER), ("2025-08-20", "2025-Q3")):
        approve(city, "signatory", propose(city, "manager", "late", late(fee("F1", 1, day), quarter=quarter)))
    with city.look() as look:
        every = read_restated(look.connection, look.version)
        one = read_restated(look.connection, look.version, QUARTER)
    assert [note.quarter for note in every] == [QUARTER, "2025-Q3"]
    assert one == every[:1]


def test_a_round_that_a_fund_paid_in_two_parts_is_one_row_of_its_quarter(city: Book) -> None:
    record(
        city,
        round_("R8", "C3", 30, "2025-11-20"),
        round_investor("R8", "F1", 30),
        investment("F1", "C3", 10, "2025-11-21", round="R8"),
        investment("F1", "C3", 20, "2025-11-25", round="R8"),
    )
    with city.look() as look:
        found = find_rows(look.connection, look.version)
    assert {name: len(quarters[fund_id_of(city, "F1"), QUARTER]) for name, quarters in found.items()} == {
        "entry": 2,
        "deal_fact": 2,
        "round_fact": 1,
        "round_investor": 1,
    }


def test_lines_of_one_sample_are_told_apart_from_anothers(city: Book) -> None:
    for _ in range(2):
        audits.draw(city, audits.line(city))
    audits.take(city, "analyst", AuditStep.DOUBTED, "缺回单", item=2)
    with city.look() as look:
        by_sample = [
            [item.id for item in read_items(look.connection, look.version, None, sample_id=number)]
            for number in (1, 2)
        ]
        by_id = read_items(look.connection, look.version, reader_of(city, "manager"), ids=[2])
        mine = open_findings(look.connection, look.version, reader_of(city, "manager"))
    assert by_sample == [[1], [2]]
    assert [item.id for item in by_id] == [item.id for item in mine] == [2]


def test_a_file_is_its_bringers_and_the_citys(city: Book) -> None:
    record(city, person("other"), membership("other", Role.FUND_MANAGER, ScopeKind.FUND, "F1"))
    with city.look() as look:
        for login in ("other", "signatory"):
            with pytest.raises(NotFound):
                read_original(look.connection, look.version, reader_of(city, login), look.version)
        assert list_batches(look.connection, look.version, reader_of(city, "signatory")) == []
    assert rows_of(city, ImportBatch) == []


def test_the_things_of_each_kind_and_what_stands_about_them(city: Book) -> None:
    fund = fund_id_of(city, "F1")
    (row,) = rows_of(city, FundFact, fund_id=fund)
    with city.change("local", "更正", "correct") as change:
        correct_rows(change, [Correction(FundFact, row["id"], {"filing_no": "SX1"})])
    (newest,) = rows_of(city, FundFact, fund_id=fund)
    with city.look() as look:
        reader = reader_of(city, "manager")
        assert [thing.code for thing in list_things(look, "industry")] == sorted(
            one["code"] for one in rows_of(city, Industry)
        )
        assert find_ends(look, "fund_fact", newest["id"]) == (row["id"], newest["id"])
        assert find_ends(look, "fund_fact", row["id"]) == (row["id"], newest["id"])
        (mark, *_) = find_standing(look, reader, "mark", {"holding_id": 1})
    assert mark.id == rows_of(city, Mark, holding_id=1)[0]["id"]


def test_a_slice_of_columns_alone_has_neither_cash_papers_nor_quarters() -> None:
    assert no_cash([1]) == CashPapers()
    papers = no_quarters(QUARTER, [1])
    assert (papers.quarter, papers.filed, papers.locks) == (QUARTER, {}, {})
    assert days_of_quarter(QUARTER)[1].isoformat() == END
