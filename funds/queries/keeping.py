"""Keeps the last few ledgers that were loaded: a version never changes, so what was read of it stays true."""

from collections import OrderedDict
from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

from funds.book import Book, Look
from funds.queries.facts import Facts
from funds.queries.loading_columns import Ledger, load_ledger
from funds.queries.loading_facts import load_facts

KEPT = 4  # days and versions that people look at side by side
Loaded = tuple[Facts, Ledger]

_kept: WeakKeyDictionary[Book, OrderedDict[tuple[int, date], Loaded]] = WeakKeyDictionary()
_lock = Lock()


def load_once(book: Book, look: Look, as_of: date) -> Loaded:
    """Facts and ledger of a day and version, read once; both are the whole city's, for no scope in particular."""
    key = (look.version, as_of)
    with _lock:
        found = _kept.setdefault(book, OrderedDict()).get(key)
        if found is not None:
            _kept[book].move_to_end(key)
            return found
    loaded = (
        load_facts(look.connection, as_of, look.version),
        load_ledger(look.connection, as_of, look.version),
    )
    with _lock:
        shelf = _kept.setdefault(book, OrderedDict())
        shelf[key] = loaded
        while len(shelf) > KEPT:
            shelf.popitem(last=False)
    return loaded
