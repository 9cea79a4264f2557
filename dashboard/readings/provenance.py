"""The rows of the book behind a figure: what, when, whose, from which cell of which file, by whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from funds.book import Book
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
from funds.queries.columns import ENTRY_KINDS
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
    wanted: dict[str, set[int]] = {}
    for name in names:
        table, _, row = name.partition(":")
        wanted.setdefault(table, set()).add(int(row))
    may_see = {fund.id for fund in slice_.readable_funds}
    found = [witness for witness in _find_witnesses(slice_, wanted) if witness.fund in may_see]
    first = sorted(found, key=lambda one: (one.day, one.table, one.row))[:limit]
    with book.look(slice_.version, slice_.readable.sight) as look:
        rows = tuple(_testify(look.connection, slice_, first))
    return Provenance(len(set(names)), len(found), rows)


def _find_witnesses(slice_: LedgerSlice, wanted: Mapping[str, set[int]]) -> Iterable[Witness]:
    ledger, facts = slice_.ledger, slice_.facts
    held = dict(
        zip(
            ledger.holdings.id.tolist(),
            zip(ledger.holdings.fund.tolist(), ledger.holdings.company.tolist(), strict=True),
            strict=True,
        )
    )

    def party(row: int) -> str:
        fund = slice_.fund_of_party.get(row)
        if fund is not None:
            return facts.funds[fund].name
        return facts.parties[row].name if row in facts.parties else ""

    def firm(holding: int) -> str:
        company = held.get(holding, (0, 0))[1]
        return facts.companies[company].name if company in facts.companies else ""

    entries, changes = ledger.entries, ledger.commitments
    for row, fund, kind, amount, day, other, holding in _lines(
        entries, wanted.get("entry", set()), "fund", "kind", "amount", "day", "counterparty", "holding"
    ):
        name = party(other) or firm(holding)
        yield Witness("entry", row, KIND_BY_NUMBER[kind], date.fromordinal(day), fund, name, amount)
    ids = wanted.get("commitment_movement", set())
    for row, fund, investor, amount, day in _lines(changes, ids, "fund", "investor", "amount", "day"):
        when = date.fromordinal(day)
        yield Witness("commitment_movement", row, "commitment_movement", when, fund, party(investor), amount)
    for table, columns in (("exit", ledger.exits), ("mark", ledger.marks)):
        value = "amount" if table == "exit" else "value"
        for row, holding, amount, day in _lines(columns, wanted.get(table, set()), "holding", value, "day"):
            fund = held.get(holding, (0, 0))[0]
            yield Witness(table, row, table, date.fromordinal(day), fund, firm(holding), amount)
    for row, fund, amount, day in _lines(ledger.navs, wanted.get("fund_nav", set()), "fund", "value", "day"):
        yield Witness("fund_nav", row, "fund_nav", date.fromordinal(day), fund, "", amount)
    for row, fund, amount, day in _lines(
        ledger.balances, wanted.get("balance", set()), "fund", "amount", "day"
    ):
        yield Witness("balance", row, "balance", date.fromordinal(day), fund, "", amount)
    yield from _find_recognised(slice_, wanted.get("local_investment", set()))


def _find_recognised(slice_: LedgerSlice, ids: set[int]) -> Iterable[Witness]:
    """Recognised local investment, which stands among the facts."""
    table, companies = "local_investment", slice_.facts.companies
    for one in slice_.facts.capital.local_investments:
        if one.id in ids:
            name = companies[one.company_id].name if one.company_id in companies else ""
            yield Witness(table, one.id, table, one.recognised_on, one.fund_id, name, one.amount)


def _lines(columns: Any, ids: set[int], *names: str) -> Iterable[tuple[Any, ...]]:
    chosen = [at for at, row in enumerate(columns.id.tolist()) if row in ids]
    return zip(*(getattr(columns, name)[chosen].tolist() for name in ("id", *names)), strict=True)


def _testify(connection: Connection, slice_: LedgerSlice, witnesses: Sequence[Witness]) -> Iterable[Evidence]:
    """Where each row came from."""
    sources = {
        table: _sources(connection, MODELS[table], [one.row for one in witnesses if one.table == table])
        for table in {one.table for one in witnesses}
    }
    revisions = {revision for rows in sources.values() for _, revision in rows.values()}
    files, people = _files(connection, revisions), _people(connection, revisions)
    for one in witnesses:
        origin, revision = sources[one.table][one.row]
        fund = slice_.facts.funds[one.fund].name
        yield Evidence(one, fund, origin, files.get(revision), people.get(revision, ""), revision)


def _sources(connection: Connection, model: type[Any], ids: list[int]) -> dict[int, tuple[str | None, int]]:
    query = select(model.id, model.origin, model.revision_id).where(model.id.in_(ids))
    return {row.id: (row.origin, row.revision_id) for row in connection.execute(query)}


def _files(connection: Connection, revisions: Iterable[int]) -> dict[int, str]:
    query = (
        select(ImportBatch.revision_id, Document.name)
        .join(Document, Document.id == ImportBatch.document_id)
        .where(ImportBatch.revision_id.in_(list(revisions)))
    )
    return {row.revision_id: row.name for row in connection.execute(query)}


def _people(connection: Connection, revisions: Iterable[int]) -> dict[int, str]:
    query = (
        select(Revision.id, PersonFact.name)
        .join(Person, Person.id == Revision.person_id)
        .join(PersonFact, PersonFact.person_id == Person.id)
        .where(Revision.id.in_(list(revisions)))
        .order_by(PersonFact.id)
    )
    return {row.id: row.name for row in connection.execute(query)}
