"""T28: eight calls or payments on the last of a commitment at once: exactly one, and the cap is never exceeded."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from funds.book import Book
from funds.drafts import Draft
from funds.errors import RulesBroken
from funds.recording import Recorded, record_call_notices, record_contributions
from tests.builders import commitment, contribution, notice, paid_city, prepared_book, record
from tests.engines import Databases
from tests.faults.kinds import Kind, fault
from tests.races.racing import race

RACES = (20, 100)  # on each engine, half of them calls and half payments
RUNNERS = 8
LAST = 100  # 万元


def exhausted_city() -> list[Draft]:
    """The paid city where LP2 has been called for, and has paid, all that it committed to F1."""
    return [*paid_city(), contribution("F1", "LP2", 1_000, "2021-03-01"), notice("F1", "LP2", 2_000)]


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    with prepared_book(databases, "exhausted", exhausted_city) as made:
        yield made


def call(book: Book, number: int, place: int) -> Recorded:
    """One runner's call notice."""
    draft = notice("F1", "LP2", LAST, no=f"N{number}-{place}", on="2024-06-01")
    with book.change("local", "call") as change:
        return record_call_notices(change, [draft])


def pay(book: Book, number: int, place: int) -> Recorded:
    """One runner's payment."""
    draft = contribution("F1", "LP2", LAST, "2024-06-01", business_no=f"B{number}-{place}")
    with book.change("local", "pay") as change:
        return record_contributions(change, [draft])


@fault("F8", Kind.WRITE_SKEW)
@pytest.mark.parametrize(
    ("act", "code"), [(call, "notice.over_commitment"), (pay, "paid_in.over_commitment")]
)
def test_threat_28_of_eight_at_once_exactly_one_takes_the_last_of_a_commitment(
    book: Book,
    counts: Callable[[int, int], int],
    act: Callable[[Book, int, int], Recorded],
    code: str,
    record_property: Callable[[str, object], None],
) -> None:
    races = counts(*RACES) // 2
    with ThreadPoolExecutor(RUNNERS) as pool:
        for number in range(races):
            record(
                book,
                commitment("F1", "LP2", LAST, f"2023-01-{number % 28 + 1:02d}", business_no=f"C{number}"),
            )
            before = book.head().version
            runners = [lambda n=number, p=place: act(book, n, p) for place in range(RUNNERS)]
            ends = race(pool, runners)
            won = [end for end in ends if isinstance(end, Recorded)]
            lost = [end for end in ends if isinstance(end, RulesBroken)]
            assert [one.new for one in won] == [1]
            assert [[problem.code for problem in one.problems] for one in lost] == [[code]] * (RUNNERS - 1)
            assert book.head().version == before + 1
    record_property("count", races)
