"""The last quarter's claims show every deduction, and each is found to be what the manager counted in."""

from collections.abc import Iterator
from datetime import date

import pytest

from dashboard.readings.money.leverage_bridge import bridge_rows, claim_rows
from dashboard.readings.money.leverage_options import LeverageOptions
from funds.book import Book
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY
from tests.browser.city import build_city
from tests.engines import SqliteDatabases

LAST = date(2026, 9, 30)


@pytest.fixture
def city(sqlite: SqliteDatabases) -> Iterator[Book]:
    book = Book(sqlite.copy_of("made-up city", build_city))
    yield book
    book.close()
    sqlite.drop_made()


def test_every_habit_of_the_last_quarter_is_found_out(city: Book) -> None:
    slice_ = slice_ledger(city, "local", CITY, LAST)
    options = LeverageOptions()
    rows = [*bridge_rows(slice_, options), *claim_rows(slice_, options)]
    bars = {str(row["step"]): int(str(row["amount"])) for row in rows if row["table"] == "bridge"}
    claims = {row["fund"]: row for row in rows if row["table"] == "claim" and row["claimed"] is not None}
    assert {row["quarter"] for row in claims.values()} == {"2026-Q3"}
    assert {
        code: claims[code]["counted_in"] for code in ("F03", "F04", "F05", "F07", "F08", "F10", "F12")
    } == {
        "F03": ["other_public"],
        "F04": ["other_public"],
        "F05": ["reclassified"],
        "F07": ["unpaid"],
        "F08": ["unpaid"],
        "F10": ["double"],
        "F12": ["cancelled"],
    }
    assert all(
        bars[step] < 0
        for step in ("unpaid", "other_public", "double", "reclassified", "cancelled", "unexplained")
    )
    assert sum(bars.values()) - bars["confirmed"] == bars["confirmed"]
