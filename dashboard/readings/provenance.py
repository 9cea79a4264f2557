"""The rows of the book behind a figure: what, when, whose, from which cell of which file, by whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from dashboard.readings.row_names import rows_by_table
from funds.book import Book
from funds.book.noting import PEOPLE, note_tables, noting_nothing
from funds.kinds import EntryKind
from funds.models import (
    Balance,
    CommitmentMovement,
    Document,
    Entry,
    Exit,
    FundNav,
    ImportBatch,
    LocalInvestment,
    Mark,
    Person,
    PersonFact,
    Revision,
)
from funds.queries.columns import ENTRY_KINDS, Int
from funds.queries.last_changes import StandingAnswers
from funds.queries.ledger_slice import LedgerSlice

# What a row is called in words: the kind of movement, or the table that it stands in.
KIND_BY_NUMBER: Mapping[int, EntryKind] = {number: kind for kind, number in ENTRY_KINDS.items()}
MODELS: Mapping[str, type[Any]] = {
    "entry": Entry,
    "commitment_movement": CommitmentMovement,
    "fund_nav": FundNav,
    "mark": Mark,
    "exit": Exit,
    "balance": Balance,
    "local_investment": LocalInvestment,
}


@dataclass(frozen=True)
class Witness:
    """A row as the slice knows it: its kind, day, fund, who stands at the other side, and its whole amount."""

    table: str
    row: int
    kind: str
    day: date
    fund: int
    other: str
    amount: int


@dataclass(frozen=True)
class Evidence:
    """A witness with where it came from: cell, file, person and revision."""

    witness: Witness
    fund_name: str
    origin: str | None
    file: str | None
    person: str
    version: int


@dataclass(frozen=True)
class Provenance:
    """How many rows there are, how many the person may see, and the first of these."""

    count: int
    seen: int
    rows: tuple[Evidence, ...]


def read_provenance(book: Book, slice_: LedgerSlice, names: Sequence[str], limit: int = 50) -> Provenance:
    """The first rows by day of those that are named, without those of funds that are not the person's to see."""
    wanted = rows_by_table(names)
    seen, found = _find_witnesses(slice_, wanted, limit)
    first = sorted(found, key=lambda one: (one.day, one.table, one.row))[:limit]
    files = _list_files(book)
    with book.look(slice_.version, slice_.readable.sight) as look:
        rows = tuple(_testify(look.connection, slice_, first, files))
    return Provenance(sum(map(len, wanted.values())), seen, rows)


def _find_witnesses(slice_: LedgerSlice, wanted: Mapping[str, Int], limit: int) -> tuple[int, list[Witness]]:
    """How many of the rows that are named are the person's to see, and of each table the first of these by day."""
    found, names, seen = list[Witness](), _Names(slice_), 0
    own = np.fromiter(names.may_see, np.int64, len(names.may_see))
    ledger = slice_.ledger
    tables: Mapping[str, tuple[Any, str]] = {
        "entry": (ledger.entries, "amount"),
        "commitment_movement": (ledger.commitments, "amount"),
        "exit": (ledger.exits, "amount"),
        "mark": (ledger.marks, "value"),
        "fund_nav": (ledger.navs, "value"),
        "balance": (ledger.balances, "amount"),
    }
    for table in wanted.keys() & tables.keys():
        columns, value = tables[table]
        places = np.flatnonzero(np.isin(columns.id, wanted[table]))
        funds = names.funds_of(columns, places, has_own_fund=table not in ("exit", "mark"))
        is_own = np.isin(funds, own)
        places, funds = places[is_own], funds[is_own]
        seen += len(places)
        first = _find_first(columns.id[places], columns.day[places], limit)
        shown = columns.take(places[first])
        lines = zip(*(getattr(shown, name).tolist() for name in ("id", "day", value)), strict=True)
        for at, (row, day, amount) in enumerate(lines):
            kind, other = names.tell(table, shown, at)
            found.append(
                Witness(table, row, kind, date.fromordinal(day), int(funds[first[at]]), other, amount)
            )
    recognised = [
        one
        for one in _find_recognised(slice_, wanted.get("local_investment", ()))
        if one.fund in names.may_see
    ]
    return seen + len(recognised), [*found, *recognised]


class _Names:
    """Who the funds, parties and firms of rows are, and which funds are the person's to see."""

    def __init__(self, slice_: LedgerSlice) -> None:
        self.slice = slice_
        self.may_see = {fund.id for fund in slice_.readable_funds}
        holdings = slice_.ledger.holdings
        pairs = zip(holdings.fund.tolist(), holdings.company.tolist(), strict=True)
        self.held = dict(zip(holdings.id.tolist(), pairs, strict=True))

    def funds_of(self, columns: Any, places: Int, *, has_own_fund: bool) -> Int:
        """Whose each row is: its own fund, or that of its holding."""
        if has_own_fund:
            funds: Int = columns.fund[places]
            return funds
        held = (self.held.get(one, (0, 0))[0] for one in columns.holding[places].tolist())
        return np.fromiter(held, np.int64, len(places))

    def tell(self, table: str, columns: Any, place: int) -> tuple[str, str]:
        """What a row is called, and who stands at its other side."""
        if table == "entry":
            kind = KIND_BY_NUMBER[int(columns.kind[place])]
            return kind, self.party(int(columns.counterparty[place])) or self.firm(
                int(columns.holding[place])
            )
        if table == "commitment_movement":
            return table, self.party(int(columns.investor[place]))
        return table, self.firm(int(columns.holding[place])) if table in ("exit", "mark") else ""

    def party(self, row: int) -> str:
        """An institution or a fund by name."""
        facts, fund = self.slice.facts, self.slice.fund_of_party.get(row)
        if fund is not None:
            return facts.funds[fund].name
        return facts.parties[row].name if row in facts.parties else ""

    def firm(self, holding: int) -> str:
        """The firm of a holding by name."""
        companies = self.slice.facts.companies
        company = self.held.get(holding, (0, 0))[1]
        return companies[company].name if company in companies else ""


def _find_first(ids: Int, days: Int, limit: int) -> Int:
    """Which are the first by day and id: only those of the days that come into question are put in order."""
    if len(days) > limit:
        early = np.flatnonzero(days <= np.partition(days, limit)[limit])
        return early[np.lexsort((ids[early], days[early]))[:limit]]
    return np.lexsort((ids, days))


def _find_recognised(slice_: LedgerSlice, rows: Iterable[int]) -> Iterable[Witness]:
    """Recognised local investment, which stands among the facts."""
    table, companies, ids = "local_investment", slice_.facts.companies, set(rows)
    for one in slice_.facts.capital.local_investments:
        if one.id in ids:
            name = companies[one.company_id].name if one.company_id in companies else ""
            yield Witness(table, one.id, table, one.recognised_on, one.fund_id, name, one.amount)


def _testify(
    connection: Connection, slice_: LedgerSlice, witnesses: Sequence[Witness], files: Mapping[int, str]
) -> Iterable[Evidence]:
    """Where each row came from."""
    sources = {
        table: _sources(connection, MODELS[table], [one.row for one in witnesses if one.table == table])
        for table in {one.table for one in witnesses}
    }
    revisions = {revision for rows in sources.values() for _, revision in rows.values()}
    people = _people(connection, revisions)
    for one in witnesses:
        origin, revision = sources[one.table][one.row]
        fund = slice_.facts.funds[one.fund].name
        yield Evidence(one, fund, origin, files.get(revision), people.get(revision, ""), revision)


def _sources(connection: Connection, model: type[Any], ids: list[int]) -> dict[int, tuple[str | None, int]]:
    query = select(model.id, model.origin, model.revision_id).where(model.id.in_(ids))
    return {row.id: (row.origin, row.revision_id) for row in connection.execute(query)}


# To ask the wall for the file of one revision takes longer than to read the names of all, which change seldom.
_files = StandingAnswers[None, Mapping[int, str]]({ImportBatch.__tablename__, Document.__tablename__})


def _list_files(book: Book) -> Mapping[int, str]:
    """The file that each revision was read from; to be told only beside a row of it that the person sees."""
    query = select(ImportBatch.revision_id, Document.name).join(
        Document, Document.id == ImportBatch.document_id
    )
    with book.look() as look:
        return _files.find(
            book, look, None, lambda: {row.revision_id: row.name for row in look.connection.execute(query)}
        )


def _people(connection: Connection, revisions: Iterable[int]) -> dict[int, str]:
    query = (
        select(Revision.id, PersonFact.name)
        .join(Person, Person.id == Revision.person_id)
        .join(PersonFact, PersonFact.person_id == Person.id)
        .where(Revision.id.in_(list(revisions)))
        .order_by(PersonFact.id)
    )
    note_tables(PEOPLE)
    with noting_nothing():  # who made a revision is never another, however many come after it
        return {row.id: row.name for row in connection.execute(query)}
