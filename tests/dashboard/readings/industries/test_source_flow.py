"""Money runs from natures through funds into links of chains, each fund balanced to the fen."""

from collections import Counter
from collections.abc import Iterator

import pytest

from dashboard.readings.industries.source_flow import source_flow_rows
from funds.book import Book
from tests.builders import wan
from tests.dashboard.readings.park_book import own_park, park_book
from tests.engines import SqliteDatabases


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with park_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def links(book: Book, *, look_through: bool = False) -> dict[tuple[str, str], int]:
    """Amounts by their ends."""
    sums: Counter[tuple[str, str]] = Counter()
    for row in source_flow_rows(own_park(book), look_through=look_through):
        sums[str(row["giver"]), str(row["taker"])] += int(str(row["amount"]))
    return dict(sums)


def test_money_comes_in_by_nature_and_goes_out_by_link(book: Book) -> None:
    """F1 got 1,500 from the mother, 300 fiscal, 1,200 social; F2's 1,000 social is P1's by 60 %."""
    found = links(book)

    assert found["nature:fiscal", "fund:F1"] == wan(300)
    assert found["nature:social", "fund:F1"] == wan(1_200)
    assert found["outside_giver", "fund:F1"] == wan(1_500)
    assert found["nature:social", "fund:F2"] == wan(600)
    assert found["fund:F1", "industry:IC/IC-1"] == wan(1_050)
    assert found["fund:F1", "industry:/"] == wan(100)
    assert found["fund:F2", "industry:MAT/"] == wan(120)


def test_looked_through_the_mothers_money_is_what_hers_is(book: Book) -> None:
    """M's own money is the city's: fiscal."""
    found = links(book, look_through=True)

    assert found["nature:fiscal", "fund:F1"] == wan(1_800)
    assert ("outside_giver", "fund:F1") not in found
    assert sum(links(book).values()) == sum(found.values())


@pytest.mark.parametrize("look_through", [False, True])
def test_every_fund_gives_what_it_gets(book: Book, look_through: bool) -> None:
    into, out = Counter[str](), Counter[str]()
    for (giver, taker), amount in links(book, look_through=look_through).items():
        out[giver] += amount
        into[taker] += amount

    for fund in ("fund:F1", "fund:F2"):
        assert into[fund] == out[fund] > 0
