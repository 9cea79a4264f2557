"""Facts are read again piece by piece, and only what a changed table stands behind."""

import itertools
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from funds.book import Book, Look
from funds.kinds import ParkRelation
from funds.queries.facts import Facts
from funds.queries.keeping import load_once
from funds.queries.loading_facts import PIECES, load_facts
from funds.queries.loading_figures import FigureReader
from funds.queries.memory.kept_facts import KeptFacts
from funds.queries.memory.touched_tables import TouchedTables
from funds.recording.reversals import reverse_revision
from tests.builders import (
    commitment,
    company_figure,
    day,
    fee,
    fund_park,
    nature,
    park_figure,
    party,
    prepared_book,
    record,
    tag,
    whole_city,
)
from tests.engines import Databases

DAY = date(2025, 12, 31)
TABLE = re.compile(r"\b(?:FROM|JOIN) (\w+)")


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """A city with rows in every table."""
    with prepared_book(databases, "kept-columns", whole_city) as made:
        yield made


def read(book: Book, on: date = DAY) -> Facts:
    with book.look() as look:
        return load_once(book, look, on)[0]


class _Earlier(dict[str, Any]):
    """Pieces that another one rests on, read when it asks for them."""

    def __init__(self, look: Look) -> None:
        self.look = look

    def __missing__(self, name: str) -> Any:
        (piece,) = [one for one in PIECES if one.name == name]
        return piece.read(self.look.connection, DAY, self.look.version, self)


def test_a_piece_names_every_table_that_it_reads(sqlite: Databases) -> None:
    statements: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    with prepared_book(sqlite, "kept-columns", whole_city) as book, book.look() as look:
        event.listen(book.engine, "before_cursor_execute", listen)
        for piece in PIECES:
            statements.clear()
            piece.read(look.connection, DAY, look.version, _Earlier(look))
            named = {name for statement in statements for name in TABLE.findall(statement)}
            assert named == set(piece.tables), piece.name


def test_after_any_change_the_facts_are_as_if_read_anew(book: Book) -> None:
    changes = (
        (fee("F1", 1, "2021-01-01"),),
        (party("LP9"), commitment("F1", "LP9", 5, business_no="RJ-9"), nature("LP9")),
        (fund_park("M", "P2", 50, "2021-01-01", relation=ParkRelation.FUNDED),),
        (company_figure("C2"), park_figure("P2"), tag("C2", "BIO", is_primary=True)),
    )
    for given in changes:
        record(book, *given)
        for on in (day("2021-03-31"), DAY):
            kept = read(book, on)
            with book.look() as look:
                assert kept == load_facts(look.connection, on, look.version)


def test_a_change_of_one_table_leaves_the_other_pieces_where_they_are(book: Book) -> None:
    before = read(book)
    record(book, tag("C2", "BIO", is_primary=True))
    after = read(book)

    assert after.tags != before.tags
    assert after.funds is before.funds
    assert after.parties is before.parties


def test_an_older_version_has_its_own_facts(book: Book) -> None:
    before = read(book)
    version = book.head().version
    record(book, tag("C2", "BIO", is_primary=True))
    read(book)
    with book.look(version) as look:
        assert load_once(book, look, DAY)[0] is before


def test_what_is_the_same_on_two_days_is_kept_once(book: Book) -> None:
    one, other = read(book), read(book, date(2024, 12, 30))

    assert one.parties is other.parties
    assert one.park_figures is not other.park_figures  # a year's figures are known from its last day on


def test_figures_of_parks_are_added_to_those_known_and_read_anew_where_one_took_anothers_place(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, steps = KeptFacts(), []
    whole: list[None] = []
    monkeypatch.setattr(FigureReader, "park_figures", note_calls(FigureReader.park_figures, whole))
    for change in (
        lambda: record(book, park_figure("P1", period="2024")),
        lambda: record(book, park_figure("P2", period="2023"), park_figure(None, "S12", "2024-06")),
        lambda: record(book, park_figure("P1", period="2023-12")),
        lambda: take_back(book),
        lambda: record(book, park_figure("P1", period="2022")),
    ):
        change()
        with book.look() as look:
            found = kept.read(look.connection, follow(look), look.version, DAY).park_figures
            steps.append(len(whole))
            assert found == load_facts(look.connection, DAY, look.version).park_figures
    # Each comparison reads the whole once; the reading does so at first, and after a row was taken back.
    assert [here - before for before, here in itertools.pairwise([0, *steps])] == [1, 1, 1, 2, 1]


def note_calls(read: Callable[[FigureReader], Any], calls: list[None]) -> Callable[[FigureReader], Any]:
    def noting(reader: FigureReader) -> Any:
        calls.append(None)
        return read(reader)

    return noting


def take_back(book: Book) -> None:
    last = book.head().version
    with book.change("local", "冲销", action="reverse", reverses_id=last) as change:
        reverse_revision(change, last)


def follow(look: Look) -> TouchedTables:
    touched = TouchedTables()
    touched.follow(look.connection, 0, look.version)
    return touched
