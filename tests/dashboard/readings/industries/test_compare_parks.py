"""Two sides in one answer: their figures are those of the park's report, and the bridge leads from one to the other."""

from collections.abc import Iterator

import pytest

from dashboard.readings.answers import Figure, Reading
from dashboard.readings.industries.compare_parks import (
    BRIDGE,
    CHANGE,
    FIGURE,
    SIDE,
    read_compare,
    subtract,
)
from dashboard.readings.industries.tag_parts import TagMode
from dashboard.readings.places import read_park
from dashboard.reports.question import Question, answer
from funds.book import Book
from funds.errors import NotAllowed
from funds.queries.scopes import park_scope
from tests.builders import wan
from tests.dashboard.readings.industries.compare_book import LEFT, RIGHT, compare_book
from tests.dashboard.readings.park_book import slice_of
from tests.engines import SqliteDatabases

P1 = park_scope("P1")


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with compare_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def compared(book: Book, mode: TagMode = TagMode.PRIMARY) -> Reading:
    return read_compare(slice_of(book, P1, LEFT), slice_of(book, P1, RIGHT), None, mode)


def test_each_side_is_the_report_of_the_park_at_its_day(book: Book) -> None:
    reports = {"left": read_park(slice_of(book, P1, LEFT)), "right": read_park(slice_of(book, P1, RIGHT))}
    rows = compared(book).table(FIGURE)

    assert len(rows) == 18
    for row in rows:
        for side, report in reports.items():
            figure = report.figure(str(row["code"]), str(row[f"{side}_basis"]))
            assert (row[side], row[f"{side}_reason"]) == (figure.value, figure.reason)


def test_the_difference_of_the_alignment_is_exact(book: Book) -> None:
    (row,) = [one for one in compared(book).table(FIGURE) if (one["code"], one["basis"]) == ("AL01", "cost")]

    # 1,430 ÷ 1,680 − 900 ÷ 1,620
    assert row["change"] == "0.295634920635"


@pytest.mark.parametrize("mode", TagMode)
def test_the_steps_and_the_changes_lead_from_left_to_right(book: Book, mode: TagMode) -> None:
    reading = compared(book, mode)
    first, *steps, last = reading.table(BRIDGE)

    assert (first["step"], last["step"]) == ("left", "right")
    for part in ("cost", "aligned", "fair_value", "aligned_value"):
        gap = int(str(last[part])) - int(str(first[part]))
        assert sum(int(str(row[part])) for row in steps) == gap
        assert sum(int(str(row[part])) for row in reading.table(CHANGE)) == gap


def test_the_sides_say_what_led_and_the_events_say_what_was_decided(book: Book) -> None:
    reading = compared(book)

    assert [(row["day"], row["leading"], row["funds"]) for row in reading.table(SIDE)] == [
        ("2025-04-30", ["IC", "BIO"], 2),
        ("2025-12-31", ["IC", "BIO", "EV"], 3),
    ]
    events = {str(row["decision"]): row for row in reading.table("compare_event")}
    assert (events["fund_joined"]["code"], events["fund_joined"]["day"]) == ("F8", "2025-06-15")
    assert (events["share_changed"]["share_before"], events["share_changed"]["share_after"]) == (
        600_000,
        900_000,
    )
    assert (events["leading_began"]["code"], events["leading_began"]["day"]) == ("EV", "2025-07-01")
    assert events.keys() == {"fund_joined", "share_changed", "leading_began", "tagged"}


def test_a_firm_that_was_tagged_anew_is_told_with_its_tags_and_its_part(book: Book) -> None:
    reading = compared(book)
    (event,) = [row for row in reading.table("compare_event") if row["decision"] == "tagged"]
    (part,) = [row for row in reading.table(CHANGE) if row["cause"] == "tag"]

    assert (event["code"], event["industries_before"], event["industries_after"]) == ("C5", [], ["IC 100%"])
    assert (part["company"], part["aligned"], part["day"]) == ("C5", wan(100), None)


def test_a_rate_and_a_ratio_are_subtracted_as_exactly_as_they_are() -> None:
    half, third = (Figure("LV04", "paid_in", "", numerator=1, denominator=n) for n in (2, 3))
    rates = (Figure("PF09", "reported", value) for value in ("0.0786712874", "0.05"))

    assert subtract(half, third) == "0.166666666667"
    assert subtract(*rates) == "0.0286712874"
    assert subtract(Figure("PF02", "paid_in", 7), Figure("PF02", "paid_in", 9)) == -2
    assert subtract(half, Figure("LV04", "paid_in", None, "multiple.no_paid_in")) is None


def test_the_report_of_a_park_against_another_day_holds_the_same_rows(book: Book) -> None:
    asked = Question("park", LEFT, P1, against=(P1, RIGHT))
    reading = answer(book, "local", asked)

    assert reading.table(BRIDGE) == compared(book).table(BRIDGE)
    assert reading.figure("PF02") == read_park(slice_of(book, P1, LEFT)).figure("PF02")


def test_an_official_compares_the_own_parks_and_no_other(book: Book) -> None:
    asked = Question("park", LEFT, P1, against=(park_scope("P3"), RIGHT))

    assert len(answer(book, "two", asked).table(SIDE)) == 2
    with pytest.raises(NotAllowed):
        answer(book, "two", Question("park", LEFT, P1, against=(park_scope("P4"), RIGHT)))
