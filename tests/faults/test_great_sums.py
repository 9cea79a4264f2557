"""A million movements: every sum is what Python's own whole numbers say, to the fen."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select

from funds.book import Book
from funds.kinds import EntryKind
from funds.models import Entry
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY
from tests.builders import fee, invested_city, record, rows_of
from tests.engines import SqliteDatabases
from tests.faults.books import build_founded
from tests.faults.kinds import Kind, fault

LINES = (2_000, 1_000_000)
AT_ONCE = 100_000
FIRST = date(2005, 1, 1)
KINDS = (EntryKind.FEE, EntryKind.OTHER_INCOME)
LARGEST = 10**13  # 千亿 in fen
AS_OF = date(2026, 11, 23)


def build_city(url: str) -> None:
    build_founded(url)
    with Book(url) as book:
        record(book, *invested_city(), fee("F1", 20))


def draw_line(dice: Random, paid: Mapping[str, Any], fund: int) -> dict[str, object]:
    """A movement of any size between a fen and a thousand 亿, either way."""
    size = dice.randint(1, LARGEST) if dice.random() < 0.3 else dice.randint(1, 10 ** dice.randint(1, 12))
    kind = dice.choice(KINDS)
    line = {name: value for name, value in paid.items() if name not in ("id", "revision_id")}
    amount = -size if kind is EntryKind.FEE else size
    moved_on = FIRST + timedelta(dice.randrange(7_000))
    return line | {"fund_id": fund, "kind": kind, "amount_fen": amount, "moved_on": moved_on}


@pytest.mark.full
@fault("Z7", Kind.GREAT_SUMS)
def test_sums_of_a_million_random_movements_are_exact(
    sqlite: SqliteDatabases, dice: Random, counts: Callable[[int, int], int], tell: Callable[..., None]
) -> None:
    lines = counts(*LINES)
    with Book(sqlite.copy_of("city for great sums", build_city)) as book:
        (paid,) = rows_of(book, Entry, kind=EntryKind.FEE)
        funds = sorted({row["fund_id"] for row in rows_of(book, Entry)})
        sums: dict[tuple[int, str], int] = defaultdict(int)
        for row in rows_of(book, Entry):
            sums[row["fund_id"], row["kind"]] += row["amount_fen"]
        for start in range(0, lines, AT_ONCE):
            drawn = [draw_line(dice, paid, dice.choice(funds)) for _ in range(min(AT_ONCE, lines - start))]
            for line in drawn:
                sums[line["fund_id"], line["kind"]] += line["amount_fen"]  # type: ignore[index,operator]
            with book.change("local", "many") as change:
                change.add(Entry, drawn)
        query = select(Entry.fund_id, Entry.kind, func.sum(Entry.amount_fen))
        with book.look() as look:
            found = look.connection.execute(query.group_by(Entry.fund_id, Entry.kind)).all()
        missed = sum(int(row[2]) != sums[row[0], row[1]] for row in found)
        assert len(found) == len(sums)
        city = slice_ledger(book, "local", CITY, AS_OF, None)
        entries = city.entries
        missed += int(entries.amount.sum()) != sum(sums.values())
        for fund in funds:
            own = int(entries.amount[entries.fund == fund].sum())
            missed += own != sum(amount for (of, _), amount in sums.items() if of == fund)
    sqlite.drop_made()
    tell(count=lines, missed=missed)
