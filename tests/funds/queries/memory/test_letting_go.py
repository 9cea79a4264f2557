"""What is dropped is emptied of the answers that lie on it, and of nothing that belongs to it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest

from funds.book import Book
from funds.queries.keeping import load_once
from funds.queries.memory.kept_facts import KEPT
from funds.queries.memory.kept_ledger import LEDGERS
from funds.queries.memory.letting_go import let_go
from tests.builders import prepared_book, whole_city
from tests.engines import SqliteDatabases


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    """A city with rows in every table."""
    with prepared_book(sqlite, "kept-columns", whole_city) as made:
        yield made


@dataclass
class Thing:
    """Something with a lookup of its own."""

    own: dict[str, int] = field(default_factory=lambda: {"a": 1})


def test_stores_are_emptied_and_fields_are_not() -> None:
    thing = Thing()
    answers: dict[str, object] = {"question": thing}
    vars(thing).update(_answers=answers, _note=5, worked_out=[1])
    let_go(thing)
    assert answers == {}
    assert vars(thing) == {"own": {"a": 1}, "_answers": {}, "_note": 5, "worked_out": [1]}


def test_facts_and_columns_that_nobody_looked_at_for_long_are_let_go(book: Book) -> None:
    stores: list[dict[str, object]] = []
    for number in range(max(KEPT, LEDGERS) + 2):
        with book.look() as look:
            facts, ledger = load_once(book, look, date(2019 + number, 12, 31))
        for thing in (facts, ledger):
            store = vars(thing).setdefault("_answers_for_test", {"a": thing})
            if all(store is not one for one in stores):
                stores.append(store)
    assert stores[0] == stores[1] == {}
    assert stores[-1] != {}
