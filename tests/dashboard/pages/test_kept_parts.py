"""A part of a page is drawn anew when what it tells is another, or who looks may do something else."""

from collections.abc import Iterator
from dataclasses import replace

import orjson
import pytest
from dash import html
from dash.development.base_component import Component

from dashboard.auth.identity import Identity
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.kept_parts import Told, draw_told, tell
from dashboard.readings.answers import Reading, money
from funds.book import Book, find_person
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import park_scope
from tests.builders import fee, record
from tests.dashboard.readings.park_book import AS_OF, OFFICIAL, park_book
from tests.engines import SqliteDatabases


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with park_book(sqlite) as made:
        yield made
    sqlite.drop_made()


class Pen:
    """Counts how often it drew."""

    def __init__(self) -> None:
        self.strokes = 0

    def draw(self) -> Component:
        """A part that says how often it was drawn."""
        self.strokes += 1
        return html.P(str(self.strokes))


def asked(book: Book, search: str = "", language: str = "zh", login: str = "local") -> PageContext:
    """A page as somebody asks for it."""
    with book.look() as look:
        person = Identity(find_person(look.connection, login, look.version), login, login, ())
    return read_context(Visit(book, person, language, "light"), f"?as_of={AS_OF}&{search}", path="/parks/P1")


def slice_of(book: Book) -> LedgerSlice:
    return slice_ledger(book, "local", park_scope("P1"), AS_OF)


def told_of(slice_: LedgerSlice, fen: int = 1, **row: object) -> Told:
    """A reading with one figure and one row."""
    figures = (money("PF01", "committed", fen),)
    return tell(slice_, Reading("park", "park:P1", AS_OF, slice_.version, figures, ({"table": "t", **row},)))


def test_the_same_is_drawn_once_whatever_was_entered_meanwhile(book: Book) -> None:
    pen, context = Pen(), asked(book)
    first = draw_told(context, "card", told_of(slice_of(book), row=1), pen.draw)
    record(book, fee("F1", 5, "2022-01-01"))
    again = draw_told(asked(book), "card", told_of(slice_of(book), row=1), pen.draw)
    assert pen.strokes == 1
    assert orjson.dumps(first) == orjson.dumps(again)
    assert b'"1"' in orjson.dumps(first)


def test_another_figure_row_fact_or_fund_is_drawn_anew(book: Book) -> None:
    pen, context, slice_ = Pen(), asked(book), slice_of(book)
    others = [
        told_of(slice_, row=1),
        told_of(slice_, fen=2, row=1),
        told_of(slice_, row=2),
        told_of(replace(slice_, facts=replace(slice_.facts, parks=dict(slice_.facts.parks))), row=1),
        told_of(replace(slice_, members={}), row=1),
    ]
    for told in others:
        draw_told(context, "card", told, pen.draw)
    assert pen.strokes == len(others)


def test_each_part_address_language_and_right_has_a_drawing_of_its_own(book: Book) -> None:
    pen, told = Pen(), told_of(slice_of(book))
    contexts = [
        asked(book),
        asked(book, "tags=fractional"),
        asked(book, language="en"),
        asked(book, login=OFFICIAL),
    ]
    for _ in range(2):
        for context in contexts:
            draw_told(context, "card", told, pen.draw)
    assert pen.strokes == len(contexts)
    draw_told(contexts[0], "other card", told, pen.draw)
    assert pen.strokes == len(contexts) + 1


def test_nothing_to_draw_is_nothing(book: Book) -> None:
    assert orjson.dumps(draw_told(asked(book), "card", told_of(slice_of(book)), lambda: None)) == b"null"
