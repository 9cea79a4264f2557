"""T27: of two who edit the same at once one wins, the other gets the difference, and nothing is lost."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from funds.book import Book
from funds.models import FundFact, table_of
from funds.recording.edits import Edited
from funds.recording.stale import StaleEdit
from tests.builders import prepared_book, rows_of
from tests.engines import Databases
from tests.faults.kinds import Kind, fault
from tests.funds.recording.proposal_city import proposing_city
from tests.funds.recording.test_edits import F1, edit
from tests.races.racing import race

PAIRS = (50, 500)  # on each engine
PEOPLE = ("local", "manager")


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    with prepared_book(databases, "proposing", proposing_city) as made:
        yield made


@fault("F8", Kind.LOST_UPDATE)
def test_threat_27_one_of_two_simultaneous_edits_wins_and_none_is_lost(
    book: Book, counts: Callable[[int, int], int], record_property: Callable[[str, object], None]
) -> None:
    pairs, began = counts(*PAIRS), book.head().version
    won: list[str] = []
    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        for number in range(pairs):
            row, seen = rows_of(book, FundFact, fund_id=F1)[0], book.head().version
            texts = [f"{number}-{person}" for person in PEOPLE]

            def try_one(
                place: int, row_id: int = row["id"], at: int = seen, say: list[str] = texts
            ) -> Edited:
                return edit(book, FundFact, row_id, {"filing_no": say[place]}, by=PEOPLE[place], seen=at)

            ends = race(pool, [lambda: try_one(0), lambda: try_one(1)])
            (winner,) = [place for place, end in enumerate(ends) if isinstance(end, Edited)]
            loser = ends[1 - winner]
            assert isinstance(loser, StaleEdit), loser
            (field,) = loser.overtaken.fields
            assert (field.column, field.opened) == ("filing_no", row["filing_no"])
            assert (field.now, field.mine) == (texts[winner], texts[1 - winner])
            won.append(texts[winner])
    table = table_of(FundFact)
    with book.look() as look:
        query = select(table.c.filing_no).where(table.c.fund_id == F1, table.c.replaces_id.is_not(None))
        assert list(look.connection.execute(query.order_by(table.c.id)).scalars()) == won
    assert book.head().version == began + pairs
    record_property("count", pairs)
