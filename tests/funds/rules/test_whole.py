"""Rules over many rows find in the whole book what they would have kept from being written."""

from collections.abc import Iterator

import pytest

from funds.book import Book
from funds.kinds import ExitKind
from funds.rules.whole import CHECKS, find_breaches
from tests.builders import (
    balance,
    commitment,
    contribution,
    exit_,
    fee,
    founded_book,
    fund,
    invested_city,
    nature,
    party,
    record,
    record_in,
    transfer,
    whole_city,
)
from tests.engines import Databases, SqliteDatabases
from tests.funds.rules.cases import CASES

OVER_MANY_ROWS = [
    "party.credit_code_taken",
    "ownership.over_whole",
    "industry.cycle",
    "segment.cycle",
    "tag.over_whole",
    "tag.below_whole",
    "tag.tie",
    "tag.two_primaries",
    "park_share.not_whole",
    "index.two_kinds",
    "fund.before_established",
    "fund.after_closed",
    "fund.never_set_up",
    "fund.after_invest_end",
    "fund.after_exit_end",
    "commitment.negative",
    "notice.over_commitment",
    "paid_in.no_commitment",
    "paid_in.over_commitment",
    "distribution.recall_over_paid_in",
    "cash.negative",
    "round.secondary_differs",
    "round.sum_differs",
    "round.fund_differs",
    "round.fund_not_listed",
    "exit.over_cost",
    "exit.nothing_held",
    "posts.mixed",
]


@pytest.fixture
def fresh(databases: Databases) -> Iterator[Book]:
    """A book of the test's own, on each engine in turn."""
    with founded_book(databases) as book:
        yield book


@pytest.fixture
def quick(sqlite: SqliteDatabases) -> Iterator[Book]:
    """A book of the test's own, on the engine that is quick."""
    with founded_book(sqlite) as book:
        yield book
    sqlite.drop_made()


def codes_in_book(book: Book) -> set[str]:
    """The rules that do not hold in the whole book."""
    with book.look() as look:
        return {breach.code for breach in find_breaches(look.connection, look.version)}


def test_a_sound_city_breaks_no_rule(fresh: Book) -> None:
    record(fresh, *whole_city())
    assert codes_in_book(fresh) == set()


@pytest.mark.parametrize("code", OVER_MANY_ROWS)
def test_what_got_in_somehow_is_found(quick: Book, code: str) -> None:
    case = CASES[code]
    with quick.change("local", "nobody judged the whole") as change:
        record_in(change, *case.base, *case.broken)
    assert code in codes_in_book(quick)


def test_every_check_has_tables_that_call_for_it() -> None:
    assert all(tables for tables in CHECKS.values())


def test_a_holding_without_an_investment_is_found(fresh: Book) -> None:
    record(fresh, *invested_city())
    with fresh.change("local", "nobody judged the whole") as change:
        record_in(change, exit_("F1", "C1", 0, "2021-06-29", kind=ExitKind.WRITE_OFF))
    assert codes_in_book(fresh) == {"holding.none"}


def test_only_what_a_change_touched_is_judged_with_it(fresh: Book) -> None:
    with fresh.change("local", "nobody judged the whole") as change:
        record_in(change, *invested_city(), fee("F1", 9_000))
    record(fresh, nature("LP1"), balance("F1", 1), party("X"))
    with fresh.change("local", "test", dry_run=True) as change:
        record_in(change, fee("M", 1))
        assert change.findings is not None
        assert change.findings.problems == []
    with fresh.change("local", "test", dry_run=True) as change:
        record_in(change, contribution("F1", "LP2", 1, "2020-03-02"))
        assert change.findings is not None
        assert [(p.code, p.where) for p in change.findings.problems] == [("cash.negative", "entry#7")]


def test_paid_in_may_follow_a_transferred_commitment(fresh: Book) -> None:
    city = [fund("F"), party("A"), party("B"), commitment("F", "A", 100), contribution("F", "A", 50)]
    record(fresh, *city, transfer("F", "A", "B", 80))
    # How much of the 50 went along is not known: 50 more may come from the two of them, and no more.
    record(fresh, contribution("F", "B", 45, "2023-01-01"), contribution("F", "A", 5, "2023-01-01"))
    with fresh.change("local", "test", dry_run=True) as change:
        record_in(change, contribution("F", "A", 1, "2024-01-01"))
        assert change.findings is not None
        assert [p.code for p in change.findings.problems] == ["paid_in.over_commitment"]
