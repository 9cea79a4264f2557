"""What was let into a quarter after it was locked: the note that goes with the paper of the quarter."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from dashboard.pages.context import PageContext
from dashboard.pages.trail.trail_desk import write_city_time
from dashboard.tables.shown import Cell, Column, Row, ShownTable
from funds.book import Look
from funds.queries.ledger_slice import slice_ledger
from funds.queries.periods import Restated, read_locks, read_restated
from funds.queries.scopes import CITY
from funds.queries.trail_names import Names

NAME = "late"
COLUMNS = ("version", "when", "proposer", "approver", "fund", "reason")


def list_late(context: PageContext, quarter: str) -> ShownTable:
    """Each change that entered the locked quarter, oldest first."""
    with _look(context) as (look, names):
        found = read_restated(look.connection, look.version, quarter)
        rows = tuple(_row(names, one) for one in found)
    columns = tuple(Column(key, context.say(f"signing.late_{key}"), key == "version") for key in COLUMNS)
    return ShownTable(NAME, context.say("signing.late_title", count=len(found)), columns, rows)


def write_late(context: PageContext, quarter: str) -> Sequence[str]:
    """How many there were, and how many funds have locked the quarter at all."""
    with _look(context) as (look, _names):
        found = read_restated(look.connection, look.version, quarter)
        locked = sum(key[1] == quarter for key in read_locks(look.connection, look.version))
    visit = context.visit
    funds = len(slice_ledger(visit.book, visit.person.login, CITY, context.as_of, look.version).members)
    said = context.say("signing.late_locked", all=funds, locked=locked)
    if not found:
        return said, context.say("signing.late_none")
    touched = len({one.fund_id for one in found})
    return said, context.say("signing.late_some", count=len(found), funds=touched)


@contextmanager
def _look(context: PageContext) -> Iterator[tuple[Look, Names]]:
    with context.visit.look(context.version) as look:
        yield look, Names(look.connection, look.version)


def _row(names: Names, one: Restated) -> Row:
    texts = (
        write_city_time(one.at),
        names.of("person", one.proposer_id),
        names.of("person", one.approver_id),
        names.of("fund", one.fund_id),
        one.reason,
    )
    return (Cell(str(one.version), one.version), *(Cell(text, text, tone="wrap") for text in texts))
