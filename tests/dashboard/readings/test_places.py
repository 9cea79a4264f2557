"""The city in one answer: parks with their medians, the steps of the money, and one ledger read for all of it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from dashboard.readings.industries.medians import median_rows
from dashboard.readings.places import read_city, read_park
from dashboard.readings.portfolio import holdings
from funds.book import Book
from funds.queries.costs import Course, follow_holding
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY, park_scope
from tests.browser.city import build_city, build_empty
from tests.engines import SqliteDatabases

LAST_DAY = date(2026, 9, 30)
PARTS = ("fiscal", "state_owned", "social", "undetermined", "fund", "leading", "other")


@pytest.fixture
def city(sqlite: SqliteDatabases) -> Iterator[Book]:
    """The made-up city."""
    book = Book(sqlite.copy_of("made-up city", build_city))
    yield book
    book.close()
    sqlite.drop_made()


def steps(book: Book, day: date = LAST_DAY) -> dict[str, Any]:
    reading = read_city(slice_ledger(book, "local", CITY, day))
    return {str(row["step"]): row for row in reading.table("funnel")}


def test_every_step_is_its_figure_and_the_sum_of_its_parts(city: Book) -> None:
    reading = read_city(slice_ledger(city, "local", CITY, LAST_DAY))
    found = steps(city)
    assert found["committed"]["amount"] == reading.figure("LV00c", "committed").value
    assert found["paid_in"]["amount"] == reading.figure("PF02").value
    assert found["invested"]["amount"] == reading.figure("PF16").numerator
    assert found["distributed"]["amount"] == reading.figure("PF03").value
    assert found["naive"]["amount"] == found["committed"]["amount"] + found["between"]["amount"]
    for step in ("committed", "paid_in", "invested"):
        parts = [found[step].get(f"part_{part}", 0) for part in PARTS]
        assert sum(parts) == found[step]["amount"] > 0, step


def test_shares_are_figures_and_only_the_target_is_a_policy(city: Book) -> None:
    reading = read_city(slice_ledger(city, "local", CITY, LAST_DAY))
    found = steps(city)
    assert [found[step].get("share") for step in ("paid_in", "invested", "distributed")] == [
        reading.figure(code).value for code in ("PF05", "PF16", "PF06")
    ]
    assert found["aimed"]["amount"] == 100_000_000_000 * 100
    assert found["committed"]["share"] == "0.1414"


def test_before_the_first_fund_nothing_has_come_anywhere(city: Book) -> None:
    found = steps(city, date(2010, 1, 1))
    assert [found[step]["amount"] for step in ("committed", "paid_in", "invested")] == [0, 0, 0]
    assert found["aimed"]["amount"] is None
    assert found["paid_in"]["share"] is None


def test_an_empty_book_has_no_median(sqlite: SqliteDatabases) -> None:
    book = Book(sqlite.copy_of("empty city", build_empty))
    reading = read_city(slice_ledger(book, "local", CITY, LAST_DAY))
    assert reading.table("park") == reading.table("park_median") == ()
    book.close()
    sqlite.drop_made()


def test_a_parks_row_says_what_its_own_report_says(city: Book) -> None:
    slice_ = slice_ledger(city, "local", CITY, LAST_DAY)
    (row,) = [row for row in read_city(slice_).table("park") if row["code"] == "P03"]
    park = read_park(slice_ledger(city, "local", park_scope("P03"), LAST_DAY))
    for code, basis in (("LV04", "paid_in"), ("PF01", "committed"), ("PF09", "reported"), ("AL01", "cost")):
        assert row[f"{code}.{basis}"] == park.figure(code, basis).value
    assert row["invested"] == park.figure("PF16").numerator


def test_all_parks_share_one_reading_of_the_holdings(city: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    followed: list[Course] = []

    def follow(*given: Any) -> Course:
        followed.append(follow_holding(*given))
        return followed[-1]

    monkeypatch.setattr(holdings, "follow_holding", follow)
    slice_ = slice_ledger(city, "local", CITY, LAST_DAY)
    read_city(slice_)
    assert 0 < len(followed) <= len(slice_.ledger.holdings)


def test_a_median_is_the_middle_value_or_halfway_between_the_two_middle_ones() -> None:
    rows: list[dict[str, object]] = [
        {"PF01.committed": 5, "LV04.paid_in": "0.5", "PF09.reported": "0.1", "name": "甲", "funds": 1},
        {"PF01.committed": 2, "LV04.paid_in": None, "PF09.derived": "0.04", "name": "乙", "funds": 2},
        {"PF01.committed": 10, "LV04.paid_in": "0.25", "name": "丙", "funds": 2, "LV04.paid_in.reason": "x"},
        {"PF01.committed": 6, "name": "丁", "funds": 3},
    ]
    found, counts = median_rows(rows)
    assert found["PF01.committed"] == 6  # 5.5 fen, halves up
    assert (found["LV04.paid_in"], counts["LV04.paid_in"]) == ("0.375", 2)
    assert (found["PF09.nav"], counts["PF09.nav"]) == ("0.07", 2)
    assert (found["funds"], counts["funds"]) == (2, 4)
    assert found["name"] == "medians.median"
    assert "LV04.paid_in.reason" not in found
