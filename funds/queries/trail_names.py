"""What the things that rows point at are called: funds, firms, parks and people by their newest names."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from funds.models import (
    Base,
    BookRow,
    Commitment,
    Company,
    Deal,
    Fund,
    FundFact,
    Holding,
    Industry,
    IndustryFact,
    Park,
    ParkFact,
    Party,
    PartyFact,
    Person,
    PersonFact,
    Proposal,
    Round,
    RoundFact,
    Segment,
    SegmentFact,
    table_of,
)
from funds.queries.codes import each_chunk

Found = Mapping[int, str]
JOIN = " · "
# Things with a code or name of their own: the identity, its code, and the facts that name it.
NAMED: Mapping[str, tuple[type[BookRow], str, type[BookRow], str]] = {
    "park": (Park, "code", ParkFact, "park_id"),
    "industry": (Industry, "code", IndustryFact, "industry_id"),
    "segment": (Segment, "code", SegmentFact, "segment_id"),
    "person": (Person, "login", PersonFact, "person_id"),
}


@dataclass
class Names:
    """Names by table and id as known at a version, each looked up once; a thing without a name has its code.

    A name is the newest ever given, so that what was withdrawn is still called something.
    """

    connection: Connection
    version: int
    _known: dict[str, dict[int, str]] = field(default_factory=dict)

    def load(self, table: str, ids: Iterable[int | None]) -> None:
        """Look up the names of many things at once."""
        known = self._known.setdefault(table, {})
        missing = sorted({one for one in ids if one is not None and one not in known})
        if missing:
            known |= self._find(table)(missing)

    def find(self, table: str, ids: Iterable[int]) -> Mapping[int, str]:
        """The names of many things, for whoever keeps them."""
        listed = list(ids)
        self.load(table, listed)
        return {one: self.of(table, one) for one in listed}

    def take(self, table: str, names: Mapping[int, str]) -> None:
        """Names that were kept."""
        self._known.setdefault(table, {}).update(names)

    def of(self, table: str, one: int) -> str:
        """What a thing is called."""
        self.load(table, [one])
        return self._known[table].get(one, f"#{one}")

    def of_institution(self, party: int) -> str:
        """What a party is called by itself; a fund, whose name is not everybody's to know, by its code."""
        named = self._read(PartyFact, "party_id", "name", [party])
        return {party: f"#{party}", **self._read(Party, "id", "code", [party]), **named}[party]

    def load_rows(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Look up whatever the columns of some rows point at."""
        listed = list(rows)
        for column, table in targets_of(name).items():
            self.load(table, (row.get(column) for row in listed))

    def _find(self, table: str) -> Callable[[list[int]], Found]:
        if table in NAMED:
            return lambda ids: self._named(table, ids)
        finders: Mapping[str, Callable[[list[int]], Found]] = {
            "party": self._parties,
            "fund": self._funds,
            "company": self._companies,
            "round": self._rounds,
            "holding": lambda ids: self._pairs(Holding, ("fund", "company"), ids),
            "commitment": lambda ids: self._pairs(Commitment, ("fund", "party"), ids),
            "deal": lambda ids: self._pairs(Deal, ("holding", "round"), ids),
            "proposal": lambda ids: self._read(Proposal, "id", "about", ids),
        }
        return finders.get(table, lambda _ids: {})

    def _named(self, table: str, ids: list[int]) -> Found:
        identity, code, facts, key = NAMED[table]
        codes = self._read(identity, "id", code, ids)
        return codes | self._read(facts, key, "name", ids)

    def _parties(self, ids: list[int]) -> Found:
        """Institutions and firms have names of their own; a fund is called as a fund."""
        funds = {fund: party for party, fund in self._read_ids(Fund, "party_id", "id", ids).items()}
        named = self._read(FundFact, "fund_id", "name", list(funds))
        own = {funds[fund]: name for fund, name in named.items()}
        return self._read(Party, "id", "code", ids) | own | self._read(PartyFact, "party_id", "name", ids)

    def _funds(self, ids: list[int]) -> Found:
        return self._as_parties(Fund, ids) | self._read(FundFact, "fund_id", "name", ids)

    def _companies(self, ids: list[int]) -> Found:
        return self._as_parties(Company, ids)

    def _as_parties(self, model: type[BookRow], ids: list[int]) -> dict[int, str]:
        parties = self._read_ids(model, "id", "party_id", ids)
        names = self._parties(sorted(parties.values()))
        return {one: names[party] for one, party in parties.items()}

    def _rounds(self, ids: list[int]) -> Found:
        """The firm and the round."""
        codes = self._read(Round, "id", "code", ids)
        names = self._read(RoundFact, "round_id", "name", ids)
        firms = self._read_ids(RoundFact, "round_id", "company_id", ids)
        self.load("company", firms.values())
        called = {one: JOIN.join((self.of("company", firms[one]), name)) for one, name in names.items()}
        return codes | called

    def _pairs(self, model: type[BookRow], tables: tuple[str, str], ids: list[int]) -> Found:
        """What is known by two things: a holding by fund and firm."""
        columns = ["investor_id" if table == "party" else f"{table}_id" for table in tables]
        first, second = (self._read_ids(model, "id", column, ids) for column in columns)
        self.load(tables[0], first.values())
        self.load(tables[1], second.values())
        return {
            one: JOIN.join(
                self.of(table, points[one])
                for table, points in zip(tables, (first, second), strict=True)
                if one in points
            )
            for one in first
        }

    def _read(self, model: type[BookRow], key: str, value: str, ids: list[int]) -> dict[int, str]:
        """One column by another, the newest row last."""
        return {one: str(text) for one, text in self._rows(model, key, value, ids)}

    def _read_ids(self, model: type[BookRow], key: str, value: str, ids: list[int]) -> dict[int, int]:
        return {one: int(found) for one, found in self._rows(model, key, value, ids)}

    def _rows(self, model: type[BookRow], key: str, value: str, ids: list[int]) -> Iterable[tuple[int, Any]]:
        table = table_of(model)
        query = select(table.c[key], table.c[value]).where(
            table.c.revision_id <= self.version, table.c[value].is_not(None)
        )
        for piece in each_chunk(ids):
            for row in self.connection.execute(query.where(table.c[key].in_(piece)).order_by(table.c.id)):
                yield row[0], row[1]


def targets_of(name: str) -> dict[str, str]:
    """The columns of a table that point at things, and at which."""
    return {
        column.name: key.column.table.name
        for column in Base.metadata.tables[name].columns
        for key in column.foreign_keys
        if column.name not in ("revision_id", "replaces_id")
    }
