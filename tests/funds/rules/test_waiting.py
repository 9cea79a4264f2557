"""Lines judged while they wait come to the same verdict as lines that were written and judged by the database."""

from collections.abc import Callable, Iterator
from random import Random

import pytest

from funds.book import Book
from funds.drafts import Draft
from funds.kinds import CommitmentChange, FundStatus
from funds.problems import Problem
from funds.rules import waiting, whole
from funds.rules.breaches import Breach, Reach
from tests.builders import (
    commitment,
    contribution,
    day,
    distribution,
    fee,
    founded_book,
    fund,
    notice,
    party,
    problems_of,
    record,
)
from tests.engines import SqliteDatabases

FUNDS = ("A", "B", "C", "D")


@pytest.fixture
def quick(sqlite: SqliteDatabases) -> Iterator[Book]:
    with founded_book(sqlite) as opened:
        yield opened


def _city() -> list[Draft]:
    """Four funds: one may be closed, one pays in late, one saw its commitments change hands."""
    investors = [party(code) for code in ("X", "Y", "Z")]
    funds = [
        fund("A", on="2020-01-01"),
        fund("B", on="2020-06-01", exit_end=day("2021-06-01")),
        fund("C", on="2020-01-01", status=FundStatus.CLOSED, from_date=day("2022-01-01")),
        fund("D", on="2020-01-01"),
    ]
    bound = [commitment(code, investor, 100, "2020-06-02") for code in FUNDS for investor in ("X", "Y")]
    of_mother = commitment("B", "A", 50, "2020-06-02")
    moved = commitment("D", "X", 40, "2020-07-01", kind=CommitmentChange.TRANSFER, transferee="Z")
    return [*investors, *funds, *bound, of_mother, moved]


def _draw(random: Random) -> list[Draft]:
    drawn: list[Draft] = []
    for number in range(random.randrange(1, 14)):
        code, investor = random.choice(FUNDS), random.choice(("X", "X", "Y", "Y", "Z", "A"))
        on = f"202{random.randrange(0, 4)}-{random.randrange(1, 13):02d}-{random.randrange(1, 29):02d}"
        amount = random.choice((5, 10, 30, 60))
        if investor == "A":
            code = "B"
        make = random.choice(("pay", "pay", "pay", "pay", "back", "recall", "fee", "call"))
        if make == "pay":
            inside = random.random() < 0.8
            no = f"P{number}"
            drawn.append(
                contribution(code, investor, amount, on, business_no=no, is_inside_commitment=inside)
            )
        elif make == "fee":
            drawn.append(fee(code, 1, on, business_no=f"E{number}"))
        elif make == "call":
            drawn.append(notice(code, random.choice(("X", "Y")), amount, f"N{number}", on))
        else:
            drawn.append(distribution(code, investor, 5, on, is_recallable=make == "recall"))
    return drawn


def _as_written(book: Book, drafts: list[Draft], monkeypatch: pytest.MonkeyPatch) -> list[Problem]:
    """What the rules say where every line is written before."""
    with monkeypatch.context() as patched:
        patched.setattr(
            whole,
            "find_doubtful",
            lambda _connection, _version, parts: {fund for part in parts for fund in part.columns["fund_id"]},
        )
        return problems_of(book, *drafts)


def test_lines_that_wait_are_judged_as_if_they_were_written(
    quick: Book, monkeypatch: pytest.MonkeyPatch, counts: Callable[[int, int], int]
) -> None:
    record(quick, *_city(), contribution("A", "X", 20, "2020-08-01", business_no="OLD"))
    random = Random(4)
    settled = 0
    find_doubtful = waiting.find_doubtful

    def watch(*given: object) -> set[int]:
        nonlocal settled
        doubtful = find_doubtful(*given)  # type: ignore[arg-type]
        settled += bool({fund for part in given[2] for fund in part.columns["fund_id"]} - doubtful)  # type: ignore[attr-defined]
        return doubtful

    monkeypatch.setattr(whole, "find_doubtful", watch)
    is_faulty = 0
    for _ in range(counts(8, 400)):
        drafts = _draw(random)
        found = problems_of(quick, *drafts)
        assert found == _as_written(quick, drafts, monkeypatch)
        is_faulty += bool(found)
    assert settled > 2
    assert is_faulty > 2


def test_sums_beyond_eight_bytes_are_left_to_the_database(
    quick: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "_MOST_SUM", 1.0)
    record(quick, *_city())
    assert problems_of(quick, contribution("A", "X", 20, "2020-08-01")) == []


def test_rules_over_written_lines_are_not_asked_while_every_line_waits(
    quick: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(quick, *_city())
    asked: list[int] = []

    def ask(reach: Reach) -> Iterator[Breach]:
        asked.append(reach.version)
        return iter(())

    monkeypatch.setattr(whole, "CHECKS", {ask: frozenset({"entry"})})
    assert problems_of(quick, contribution("A", "X", 20, "2020-08-01")) == []
    assert asked == []
    # More than was committed: that is written, and judged by every rule.
    assert problems_of(quick, contribution("A", "X", 2_000, "2020-08-01")) == []
    assert len(asked) == 1
