"""What happened to P1 of the park book between two days of 2025: one thing of every kind, worked out by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from funds.book import Book
from funds.kinds import ExitKind, Role, ScopeKind
from tests.builders import (
    exit_,
    fund,
    fund_park,
    investment,
    mark,
    membership,
    park_industry,
    person,
    tag,
    wan,
)
from tests.dashboard.readings.park_book import park_book
from tests.engines import SqliteDatabases

LEFT, RIGHT = date(2025, 4, 30), date(2025, 12, 31)
# On 2025-04-30 P1 holds, in 万元: C1 600 (IC), C2 500 (EV), C3 300 (BIO), C5 100 (no tag) and 60 % of 200 in C4
# (MAT); IC and BIO lead. The park book itself has 50 more for C1 on 2025-05-01.
HAPPENED = (
    tag("C5", "IC", on="2025-06-01"),
    fund("F8", on="2025-06-15"),
    fund_park("F8", "P1", on="2025-06-15"),
    park_industry("P1", "EV", 3, "2025-07-01"),
    fund_park("F2", "P1", 90, on="2025-08-01"),
    fund_park("F2", "P2", 10, on="2025-08-01"),
    mark("F1", "C1", 1_000, "2025-09-30"),
    exit_("F1", "C3", 200, "2025-10-15", cost_out_fen=wan(120)),
    investment("F1", "C4", 70, "2025-11-01"),
    exit_("F1", "C2", 0, "2025-12-01", ExitKind.WRITE_OFF),
)
PEOPLE = (
    person("two"),
    membership("two", Role.PARK_OFFICIAL, ScopeKind.PARK, "P1"),
    membership("two", Role.PARK_OFFICIAL, ScopeKind.PARK, "P3"),
    person("manager"),
    membership("manager", Role.FUND_MANAGER, ScopeKind.FUND, "F1"),
)


@contextmanager
def compare_book(sqlite: SqliteDatabases) -> Iterator[Book]:
    """The park book with all of it, an official of P1 and P3, and a manager."""
    with park_book(sqlite, (*HAPPENED, *PEOPLE)) as book:
        yield book
