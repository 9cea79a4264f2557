"""What each process keeps of each book that it has open: columns and facts, the whole city's, for no scope."""

from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

from funds.book import WHOLE, Book, Look
from funds.book.noting import REVISIONS, note_tables, noting_nothing
from funds.models import ParkFigure
from funds.queries.facts import Facts
from funds.queries.loading_columns import Ledger
from funds.queries.loading_facts import PIECES
from funds.queries.memory.kept_facts import KeptFacts
from funds.queries.memory.kept_ledger import LEDGER_TABLES, KeptLedger
from funds.queries.memory.kept_sums import sum_lines
from funds.queries.memory.touched_tables import TouchedTables

Loaded = tuple[Facts, Ledger]
# Figures of parks come with the facts, change daily, and note themselves where somebody looks at them.
FACT_TABLES = frozenset[str]().union(*(piece.tables for piece in PIECES)) - {
    ParkFigure.__tablename__,
    REVISIONS,
}

_kept: WeakKeyDictionary[Book, tuple[KeptLedger, KeptFacts]] = WeakKeyDictionary()
_lock = Lock()


def load_once(book: Book, look: Look, as_of: date) -> Loaded:
    """Facts and ledger of a day and version; what the process has not seen of the book yet is read first."""
    ledgers, kept_facts = _open(book, look)
    with noting_nothing():
        ledger, touched = _read(ledgers, look, as_of)
        facts = kept_facts.find(touched, look.version, as_of)
        if facts is None:
            facts = kept_facts.read(look.connection, touched, look.version, as_of)
    note_tables(LEDGER_TABLES | FACT_TABLES)
    return facts, ledger


def keep_ledger(book: Book, look: Look, as_of: date) -> Ledger:
    """The ledger alone."""
    with noting_nothing():
        ledger, _ = _read(_open(book, look)[0], look, as_of)
    note_tables(LEDGER_TABLES)
    return ledger


def warm(book: Book) -> None:
    """Read a book before anybody asks, so that the first visitor need not wait for it."""
    with book.look() as look:
        if look.version:
            _, ledger = load_once(book, look, book.today())
            ledger.entries.where("fund", ())  # sorts the lines by fund
            sum_lines(ledger.entries)


def is_warm(book: Book) -> bool:
    """Whether this process has the book's columns; a book without a change has none to be had."""
    return book in _kept or not book.head().version


def _read(ledgers: KeptLedger, look: Look, as_of: date) -> tuple[Ledger, TouchedTables]:
    """The columns, without a question to the book where they are known to go as far as its head."""
    found = ledgers.find(look.head, look.version, as_of)
    return found or ledgers.read(look.connection, look.head, look.version, as_of)


def _open(book: Book, look: Look) -> tuple[KeptLedger, KeptFacts]:
    if look.sight != WHOLE:
        raise ValueError("what is kept for everybody is read by who sees the whole book")
    with _lock:
        if book not in _kept:
            _kept[book] = KeptLedger(), KeptFacts()
        return _kept[book]
