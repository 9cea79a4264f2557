"""Facts and columns hold what was in force on the day, as known at the version."""

from collections.abc import Iterator
from datetime import date

import pytest

from funds.book import Book
from funds.kinds import FeeKind, FundStatus, GovernmentLevel, Nature, ParkRelation, SegmentPosition
from funds.queries.columns import FEE_KINDS, NOBODY
from funds.queries.facts import Facts
from funds.queries.keeping import load_once
from funds.queries.loading_columns import Ledger
from funds.recording.reversals import reverse_revision
from tests.builders import (
    company,
    contribution,
    day,
    fee,
    fund,
    fund_park,
    index_level,
    investment,
    nature,
    paid_city,
    prepared_book,
    record,
    segment,
    tag,
    term,
)
from tests.engines import Databases


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """The paid city with what the facts of a fund, a firm and an index are read from."""
    with prepared_book(databases, "facts", paid_city) as made:
        record(
            made,
            segment("IC", "S1", position=SegmentPosition.UPSTREAM),
            company("C9", park="P2", produces_in="外地", ownership="民营", size_tags="规上;小巨人"),
            tag("C9", "IC", segment="S1", is_primary=True),
            nature("LP2", Nature.SOCIAL, sub_type="保险资金"),
            fund(
                "F9",
                on="2020-06-01",
                level=GovernmentLevel.MUNICIPAL,
                status=FundStatus.INVESTING,
                invest_end=day("2025-06-01"),
                exit_end=day("2027-06-01"),
            ),
            fund_park("F9", "P1", 100, "2020-06-01"),
            fund_park("F9", "P2", 30, "2021-01-01", relation=ParkRelation.FUNDED, to_date=day("2023-01-01")),
            term("F9", on="2020-06-01"),
            term("F9", on="2024-01-01", value_e6=60_000, clause="补充协议第3条"),
            term("F9", "让利", "2022-01-01", words="以本金加利息受让"),
            fee("F1", 10, "2020-12-31"),
            contribution("F1", "LP2", 5, "2021-01-01"),
            index_level("PRICE", "2020-01-31", 100, is_total_return=False),
            index_level("FULL", "2024-01-31", 300, is_total_return=True),
            index_level("FULL", "2020-01-31", 200, is_total_return=True),
        )
        yield made


def read(book: Book, on: str = "2025-12-31") -> tuple[Facts, Ledger]:
    with book.look() as look:
        return load_once(book, look, day(on))


def test_a_holding_is_gone_with_a_firm_that_was_taken_back(book: Book) -> None:
    before = read(book)[1].holdings.id.tolist()
    record(book, company("C10"), investment("F1", "C10", 5, "2021-02-01"))
    brought = book.head().version
    assert len(read(book)[1].holdings.id) == len(before) + 1
    with book.change("local", "a firm too many", action="reverse", reverses_id=brought) as change:
        reverse_revision(change, brought)
    facts, ledger = read(book)
    assert ledger.holdings.id.tolist() == before
    assert set(ledger.holdings.company.tolist()) <= facts.companies.keys()


def test_a_fund_has_its_dates_its_parks_and_its_terms(book: Book) -> None:
    facts, _ = read(book)
    (found,) = [one for one in facts.funds.values() if one.code == "F9"]
    parks = {park.code: park.id for park in facts.parks.values()}

    assert (found.level, found.status) == (GovernmentLevel.MUNICIPAL, FundStatus.INVESTING)
    assert (found.invest_end, found.exit_end, found.extension_end) == (
        date(2025, 6, 1),
        date(2027, 6, 1),
        None,
    )
    assert found.shares == {parks["P1"]: 1_000_000}
    assert {(term.name, term.value_e6, term.words, term.clause) for term in facts.terms[found.id]} == {
        ("门槛收益率", 60_000, None, "补充协议第3条"),
        ("让利", None, "以本金加利息受让", None),
    }
    assert [link.relation for link in facts.park_links if link.fund_id == found.id] == [
        ParkRelation.ESTABLISHED
    ]


def test_on_an_earlier_day_the_earlier_facts_hold(book: Book) -> None:
    facts, ledger = read(book, "2022-06-30")
    (found,) = [one for one in facts.funds.values() if one.code == "F9"]
    links = {link.relation: link.share_ppm for link in facts.park_links if link.fund_id == found.id}

    assert links == {ParkRelation.ESTABLISHED: 1_000_000, ParkRelation.FUNDED: 300_000}
    assert {term.value_e6 for term in facts.terms[found.id]} == {80_000, None}
    assert len(ledger.indexes) == 2


def test_a_firm_has_its_park_and_the_link_of_the_chain(book: Book) -> None:
    facts, _ = read(book)
    (firm,) = [one for one in facts.companies.values() if one.code == "C9"]
    (held,) = facts.tags[firm.id]

    assert (firm.produces_in, firm.ownership, firm.size_tags) == ("外地", "民营", ("规上", "小巨人"))
    assert firm.park_id is not None
    assert facts.parks[firm.park_id].code == "P2"
    assert held.segment_id is not None
    assert facts.segments[held.segment_id].code == "S1"
    assert facts.segments[held.segment_id].position is SegmentPosition.UPSTREAM


def test_natures_carry_their_kind(book: Book) -> None:
    facts, _ = read(book)

    assert [fact.sub_type for fact in facts.natures.values()] == ["保险资金"]


def test_indexes_are_numbered_by_code_and_say_whether_they_hold_dividends(book: Book) -> None:
    facts, ledger = read(book)
    levels = list(
        zip(
            ledger.indexes.index.tolist(),
            ledger.indexes.day.tolist(),
            ledger.indexes.level.tolist(),
            strict=True,
        )
    )

    assert {number: (index.code, index.is_total_return) for number, index in facts.indexes.items()} == {
        0: ("FULL", True),
        1: ("PRICE", False),
    }
    assert levels == [
        (0, day("2020-01-31").toordinal(), 200_000_000),
        (0, day("2024-01-31").toordinal(), 300_000_000),
        (1, day("2020-01-31").toordinal(), 100_000_000),
    ]


def test_a_fee_says_which_and_other_lines_say_none(book: Book) -> None:
    _, ledger = read(book)

    assert sorted(set(ledger.entries.fee.tolist())) == [NOBODY, FEE_KINDS[FeeKind.MANAGEMENT]]
