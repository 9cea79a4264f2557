"""What stands behind values is read as far as it is the person's to see, on both engines alike."""

from collections.abc import Iterator
from datetime import date

import pytest

from funds.book import Book
from funds.kinds import NavSource
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY, fund_scope
from funds.queries.value_papers import ValuePapers, no_values
from tests.builders import (
    commitment,
    contribution,
    fee,
    fund,
    investment,
    mark,
    nav,
    notice,
    prepared_book,
    record,
    round_,
    round_investor,
    wan,
)
from tests.engines import Databases
from tests.funds.recording.proposal_city import proposing_city

END = date(2024, 12, 31)


def value_city() -> list[object]:
    """F1 and F2 both hold C3; each took part in a round of its own, and F2's is not F1's to see."""
    return [
        *proposing_city(),
        fund("F2"),
        commitment("F2", "LP2", 1_000),
        contribution("F2", "LP2", 500),
        notice("F2", "LP2", 500, "N2"),
        notice("F1", "LP2", 700, "N1"),
        round_("R1", "C3", 100, "2022-01-10", name="A轮", post_money_fen=wan(1_000)),
        round_investor("R1", "F1", 100),
        investment("F1", "C3", 100, "2022-01-10", round="R1", stake_ppm=100_000),
        round_("R2", "C3", 200, "2024-05-10", name="B轮", post_money_fen=wan(4_000)),
        round_investor("R2", "F2", 200),
        investment("F2", "C3", 200, "2024-05-10", round="R2"),
        mark("F1", "C3", 120),
        mark("F2", "C3", 220),
        nav("F2", 600),
    ]


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    with prepared_book(databases, "value papers", value_city) as made:  # type: ignore[arg-type]
        record(made, mark("F1", "C1", 950), nav("F1", 2_900, source=NavSource.AUDIT), person="manager")
        yield made


def papers(book: Book, login: str, until: date | None = None, *, only_waiting: bool = False) -> ValuePapers:
    """Everything that somebody may see of both funds."""
    scope = CITY if login == "local" else fund_scope("F1")
    slice_ = slice_ledger(book, login, scope, END)
    return slice_.open_values(list(slice_.facts.funds), until=until, only_waiting=only_waiting)


def test_a_manager_reads_marks_reports_rounds_and_notices_of_the_own_fund_alone(book: Book) -> None:
    mine = papers(book, "manager")
    assert [(one.value_fen, one.is_approved, one.maker) for one in mine.marks] == [
        (wan(120), True, "local"),
        (wan(950), False, "用户manager"),
    ]
    waiting = papers(book, "manager", only_waiting=True)
    assert [(one.value_fen, one.source, one.is_approved) for one in waiting.navs] == [
        (wan(2_900), NavSource.AUDIT, False)
    ]
    assert [one.value_fen for one in waiting.marks] == [wan(950)]
    assert [one.name for one in mine.rounds] == ["A轮"]
    assert [one.stake_ppm for one in mine.stakes if one.round_id is not None] == [100_000]
    assert [one.amount_fen for one in mine.called] == [wan(700)]


def test_the_city_reads_all_of_it(book: Book) -> None:
    every = papers(book, "local")
    assert [one.value_fen for one in every.marks] == [wan(120), wan(220), wan(950)]
    assert [one.name for one in every.rounds] == ["A轮", "B轮"]
    assert sorted(one.amount_fen for one in every.called) == [wan(500), wan(700)]


def test_of_each_holding_the_last_mark_by_a_day_is_read_and_the_last_that_waits(book: Book) -> None:
    record(book, mark("F1", "C3", 80, "2024-06-30"), mark("F1", "C3", 130, "2024-09-30"))
    record(book, mark("F1", "C1", 940, "2024-09-30"), person="manager")
    last, before, early = (
        [(one.value_fen, one.is_approved) for one in papers(book, "manager", day).marks]
        for day in (None, date(2024, 9, 30), date(2024, 6, 30))
    )
    assert last == [(wan(120), True), (wan(950), False)]
    assert before == [(wan(130), True), (wan(940), False)]
    assert early == [(wan(80), True)]


def test_papers_stay_until_somebody_values_something_anew(book: Book) -> None:
    """Who made a mark stands in the revision, and every entry makes one; that alone says nothing new."""
    first = papers(book, "local")
    record(book, fee("F1", 1, "2024-05-01"))
    assert papers(book, "local").marks is first.marks
    record(book, mark("F1", "C1", 960, "2024-11-30"))
    found = [one.value_fen for one in papers(book, "local").marks]
    assert found == [wan(960), wan(120), wan(220), wan(950)]


def test_a_slice_of_columns_alone_has_no_papers() -> None:
    assert no_values([1]) == ValuePapers()
