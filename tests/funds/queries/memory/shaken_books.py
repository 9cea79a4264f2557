"""Books with random rows added, corrected and withdrawn in every table that is kept as columns."""

from dataclasses import fields
from datetime import date, timedelta
from random import Random
from typing import Any

import numpy as np
from sqlalchemy import select

from funds.book import Book, Change, visible
from funds.models import (
    Balance,
    CommitmentMovement,
    DealFact,
    Entry,
    Exit,
    FundNav,
    IndexLevel,
    Mark,
    PartyFact,
    Person,
)
from funds.models.base import Replaceable
from funds.queries.loading_columns import Ledger
from tests.builders import PERSON

SHAKEN: tuple[type[Replaceable], ...] = (
    Entry,
    CommitmentMovement,
    DealFact,
    Exit,
    Mark,
    FundNav,
    Balance,
    IndexLevel,
    PartyFact,
)
FIRST, DAYS = date(2019, 1, 1), 3000
AMOUNTS = ("amount_fen", "fair_value_fen", "nav_fen", "level_e6")
DATES = ("moved_on", "signed_on", "paid_on", "exited_on", "valued_on", "filed_on", "quoted_on")


def shake(book: Book, random: Random) -> None:
    """One revision of random rows: new ones, ones that replace others, and withdrawals."""
    with book.change(PERSON, "shaken") as change:
        people = [*change.connection.execute(select(Person.id)).scalars(), None]
        for model in random.sample(SHAKEN, random.randint(1, 4)):
            standing = _standing(change, model)
            chosen = random.sample(standing, min(len(standing), random.randint(1, 5)))
            change.add(model, [_shaken(row, random, people) for row in chosen])


def _standing(change: Change, model: type[Replaceable]) -> list[dict[str, Any]]:
    rows = change.connection.execute(
        select(*model.__table__.columns).where(visible(model, change.version)).order_by(model.id)  # type: ignore[attr-defined]
    )
    return [dict(row._mapping) for row in rows]


def _shaken(row: dict[str, Any], random: Random, people: list[int | None]) -> dict[str, Any]:
    way = random.choice(("new", "corrected", "withdrawn"))
    row = {**row, "replaces_id": None if way == "new" else row["id"], "withdrawn": way == "withdrawn"}
    for name in AMOUNTS:
        if name in row:
            row[name] = random.choice((-1, 1)) * random.randint(1, 10 ** random.randint(1, 16))
    for name in DATES:
        if name in row:
            row[name] = FIRST + timedelta(random.randrange(DAYS))
    if "approved_by_id" in row:
        row["approved_by_id"] = random.choice(people)
    if "index_code" in row:
        row["index_code"] = random.choice(("FULL", "PRICE", "AN'OTHER", row["index_code"]))
    if "cost_out_fen" in row:
        row["cost_out_fen"] = random.choice((None, 0, 12_345))
    return {name: value for name, value in row.items() if name not in ("id", "revision_id")}


def days_to_ask(random: Random) -> list[date]:
    """Before everything, some day, and after everything."""
    return [date(2000, 1, 1), FIRST + timedelta(random.randrange(DAYS)), date(2100, 1, 1)]


def assert_same(found: Ledger, wanted: Ledger) -> None:
    """Every column of every table is the same, bit for bit, and nobody can write into it."""
    for table in fields(wanted):
        kept, read = getattr(found, table.name), getattr(wanted, table.name)
        assert len(kept) == len(read), table.name
        for column in fields(read):
            mine, theirs = getattr(kept, column.name), getattr(read, column.name)
            assert mine.dtype == theirs.dtype, (table.name, column.name)
            assert np.array_equal(mine, theirs), (table.name, column.name)
            assert not mine.flags.writeable, (table.name, column.name)
