"""The checks of a quarter kept while neither its lines nor its papers change: what is paid after its end changes neither."""

from collections.abc import Mapping, Sequence
from itertools import count
from threading import Lock
from weakref import WeakKeyDictionary

from funds.book import Book, Look
from funds.dates import days_of_quarter
from funds.queries.column_sources import Source
from funds.queries.keeping import keep_ledger
from funds.queries.loading_columns import Ledger
from funds.queries.memory.same_rows import are_same_rows
from funds.queries.noted_answers import NotedAnswers
from funds.queries.quarter_checks import CheckResult, read_checks

# What the values of a quarter are worked out of.
COLUMNS = ("entries", "holdings", "exits", "marks", "navs", "balances")
QUARTERS = 4  # whose rows are remembered
MOST_FUNDS = 5_000
Checks = Mapping[int, tuple[CheckResult, ...]]
Rows = tuple[Source, ...]


class _KnownRows:
    """Numbers for the rows of a few ledgers: the same rows have the same number."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: list[tuple[int, Rows]] = []
        self._numbers = count(1)

    def number(self, rows: Rows) -> int:
        """The number of some rows."""
        with self._lock:
            found = next((one for one in self._known if _are_same(one[1], rows)), None)
            if found is None:
                found = next(self._numbers), rows
            self._known = [*(one for one in self._known if one is not found), found][-QUARTERS:]
            return found[0]


_kept = NotedAnswers[tuple[str, tuple[int, ...], int], Checks](MOST_FUNDS, len)
_rows: WeakKeyDictionary[Book, _KnownRows] = WeakKeyDictionary()
_lock = Lock()


def keep_checks(book: Book, look: Look, quarter: str, funds: Sequence[int]) -> Checks:
    """Every check of each fund at the end of a quarter; the look sees the whole book."""
    ledger = keep_ledger(book, look, days_of_quarter(quarter)[1])
    with _lock:
        known = _rows.setdefault(book, _KnownRows())
    key = quarter, tuple(funds), known.number(_rows_of(ledger))
    return _kept.find(
        book,
        look,
        key,
        lambda: read_checks(look.connection, look.version, quarter, funds, lambda _day: ledger),
    )


def _rows_of(ledger: Ledger) -> Rows:
    return tuple(getattr(ledger, name).source() for name in COLUMNS)


def _are_same(one: Rows, other: Rows) -> bool:
    return all(are_same_rows(*pair) for pair in zip(one, other, strict=True))
