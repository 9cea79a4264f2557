"""Filed figures are known from the last day of their period, as known at a version, until they are replaced."""

from collections.abc import Iterator
from datetime import date

import pytest

from funds.book import Book
from funds.models import ParkFigure
from funds.queries.filed_figures import end_of_period
from funds.queries.loading_facts import load_facts
from funds.queries.park_figures import list_filed, list_parks
from funds.recording.corrections import Correction, correct_rows
from tests.builders import base_city, company_figure, founded_book, park_figure, policy, record
from tests.engines import Databases


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    with founded_book(databases) as made:
        yield made


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ("2025", date(2025, 12, 31)),
        ("2025-Q1", date(2025, 3, 31)),
        ("2025-Q4", date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2025-12", date(2025, 12, 31)),
    ],
)
def test_a_period_ends_on_its_last_day(period: str, last: date) -> None:
    assert end_of_period(period) == last


def test_figures_are_loaded_by_period_with_what_was_filed(book: Book) -> None:
    record(
        book,
        *base_city(),
        park_figure("P1", period="2025", evidence="文件"),
        park_figure("P1", period="2025-12", value=61),
        park_figure("P1", period="2024", value=59),
        company_figure("C1", period="2024", unit="万元"),
        policy("S02", words="若干", pack="二"),
        policy("S02", "2099-01-01"),
    )
    with book.look() as look:
        facts = load_facts(look.connection, date(2025, 12, 31), look.version)
        early = load_facts(look.connection, date(2025, 12, 30), look.version)
    # of periods that end together the longest is the last
    assert [row.period for row in facts.park_figures] == ["2024", "2025-12", "2025"]
    assert facts.park_figures[-1].evidence == "文件"
    assert [row.period for row in early.park_figures] == ["2024"]
    ((firm,),) = facts.company_figures.values()
    assert (firm.period, firm.value_e6, firm.unit) == ("2024", 5_000_000, "万元")
    assert [(row.words, row.from_date) for row in facts.policy_rows] == [("若干", date(2022, 5, 13))]


def test_a_corrected_figure_is_the_old_one_at_the_old_version(book: Book) -> None:
    record(book, *base_city(), park_figure("P1"), park_figure(None, "S03", value=6))
    with book.look() as look:
        before = look.version
    with book.change("local", "统计局更正") as change:
        correct_rows(change, [Correction(ParkFigure, 1, {"value_e6": 61_000_000, "evidence": "文件"})])

    def value(version: int) -> list[int]:
        with book.look(version) as look:
            facts = load_facts(look.connection, date(2025, 12, 31), look.version)
            return [row.value_e6 for row in facts.park_figures if row.park_id is not None]

    assert (value(before), value(before + 1)) == ([60_000_000], [61_000_000])
    with book.look() as look:
        parks = {park.code: park.id for park in list_parks(look)}
        assert [row.evidence for row in list_filed(look, parks["P1"])] == ["文件"]
        assert [row.indicator for row in list_filed(look, None)] == ["S03"]
