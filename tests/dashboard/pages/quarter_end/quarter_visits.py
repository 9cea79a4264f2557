"""A small city at the end of 2025, and its quarter's end as somebody sees it, without a server."""

from collections.abc import Iterator
from contextlib import contextmanager

from dashboard.forms.quarter_marks import MarkLine
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.quarter_end.quarter_desk import PATH, QuarterDesk, open_desk
from funds.book import Book
from funds.drafts import Draft
from tests.builders import investment, mark, nav
from tests.dashboard.pages.trail_visits import visit_of
from tests.dashboard.readings.return_books import book_of
from tests.engines import SqliteDatabases
from tests.funds.recording.proposal_city import proposing_city
from tests.memory import scratch_folder

QUARTER = "2025-Q4"


def quarter_city() -> list[Draft]:
    """F1 holds C1 and C2, marked last quarter, and C3, never marked; its value was reported last quarter."""
    return [
        *proposing_city(),
        investment("F1", "C3", 200, "2025-11-01"),
        mark("F1", "C1", 900, "2025-09-30", evidence="上季报告"),
        mark("F1", "C2", 450, "2025-09-30", evidence="上季报告"),
        nav("F1", 2_900, "2025-09-30"),
    ]


@contextmanager
def kept_databases() -> Iterator[SqliteDatabases]:
    """Files of a module's own, which no other test's end sweeps away."""
    with scratch_folder("kept") as folder:
        yield SqliteDatabases(folder)


@contextmanager
def quarter_book(sqlite: SqliteDatabases, *more: Draft) -> Iterator[Book]:
    """The city in a book."""
    with book_of(sqlite, *quarter_city(), *more) as book:
        yield book


def context_of(
    book: Book, login: str = "manager", search: str = "fund=F1", language: str = "zh"
) -> PageContext:
    """The page as somebody asks for it."""
    return read_context(visit_of(book, login, language), search, None, PATH)


def desk_of(book: Book, login: str = "manager", search: str = "fund=F1") -> QuarterDesk:
    """What its cards share."""
    return open_desk(context_of(book, login, search))


def tick(company: str) -> MarkLine:
    """A holding whose value is held."""
    return MarkLine(company, is_ticked=True, value="", method="recent_round", evidence="")


def typed(company: str, value: str, evidence: str = "B轮协议", method: str = "recent_round") -> MarkLine:
    """A holding that is marked anew."""
    return MarkLine(company, is_ticked=False, value=value, method=method, evidence=evidence)
