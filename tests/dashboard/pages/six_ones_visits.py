"""Pages of the six ones as somebody of the small city asks for them."""

import orjson

from dashboard.answer_text import OPTIONS, write_answer
from dashboard.auth.identity import Identity
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext, read_context
from dashboard.tables.shown import ShownTable
from funds.book import Book, find_person
from tests.dashboard.readings.six_ones_book import AS_OF


def asked(
    book: Book, path: str, search: str = "", language: str = "zh", login: str = "local", **parts: str
) -> PageContext:
    """An address as somebody asks for it."""
    with book.look() as look:
        person = Identity(find_person(look.connection, login, look.version), login, login, ())
    visit = Visit(book, person, language, "light")
    return read_context(visit, f"?as_of={AS_OF}&{search}", parts, path)


def column(table: ShownTable, key: str) -> list[str]:
    """What stands in a column."""
    return [row[table.column(key)].text for row in table.rows]


def cell_hover(table: ShownTable, row: int, key: str) -> str:
    """What explains a cell."""
    return table.rows[row][table.column(key)].hover


def as_sent(component: object) -> object:
    """A component as it goes to the browser."""
    sent: object = orjson.loads(orjson.dumps(write_answer(component), option=OPTIONS))
    return sent
