"""What stands about a thing, row by row, and which things of a kind there are: for whoever keeps the records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select

from funds.book import Look, visible
from funds.models import (
    Company,
    CompanyFact,
    Fund,
    FundFact,
    Industry,
    IndustryFact,
    Park,
    ParkFact,
    Party,
    PartyFact,
    table_of,
)
from funds.queries.trail_readers import TrailReader, readable_rows
from funds.queries.trail_rows import MODELS, RowVersion, read_rows


@dataclass(frozen=True)
class Thing:
    """A fund, firm, institution, park or industry by its code, under its newest name."""

    id: int
    code: str
    name: str


def list_things(look: Look, kind: str) -> Sequence[Thing]:
    """Everything of a kind that stands in the book, by code."""
    rows = look.connection.execute(_QUERIES[kind](look.version)).all()
    named = {row[0]: Thing(*row) for row in rows}
    return sorted(named.values(), key=lambda thing: thing.code)


def find_standing(
    look: Look, reader: TrailReader, name: str, about: Mapping[str, int]
) -> Sequence[RowVersion]:
    """The rows of a table that stand and point at a thing, in order of their days."""
    table, model = table_of(MODELS[name]), MODELS[name]
    same = [table.c[column] == value for column, value in about.items()]
    query = select(table.c.id).where(visible(model, look.version), readable_rows(table, name, reader), *same)
    order: list[ColumnElement[Any]] = [table.c.id]
    if "from_date" in table.c:
        order = [table.c.from_date.is_not(None), table.c.from_date, table.c.id]
    ids = look.connection.execute(query.order_by(*order)).scalars()
    return read_rows(look.connection, reader, [(name, row_id) for row_id in ids])


def find_ends(look: Look, name: str, row_id: int) -> tuple[int, int]:
    """The first and the last row of the chain of replacements that a row is part of."""
    table = table_of(MODELS[name])
    first = last = row_id
    before = select(table.c.replaces_id).where(table.c.id == bindparam("at"))
    while (found := look.connection.execute(before, {"at": first}).scalar()) is not None:
        first = found
    after = select(table.c.id).where(table.c.replaces_id == bindparam("at"))
    while (found := look.connection.execute(after, {"at": last}).scalar()) is not None:
        last = found
    return first, last


def _newest_last(query: Select[int, str, str], fact: Any, version: int) -> Select[int, str, str]:
    return query.where(visible(fact, version)).order_by(fact.from_date.is_not(None), fact.from_date, fact.id)


def _funds(version: int) -> Select[int, str, str]:
    query = select(Fund.id, Party.code, FundFact.name).join(Party, Party.id == Fund.party_id)
    return _newest_last(query.join(FundFact, FundFact.fund_id == Fund.id), FundFact, version)


def _parties(version: int) -> Select[int, str, str]:
    """Institutions: whoever is neither a firm of the register nor a fund."""
    query = select(Party.id, Party.code, PartyFact.name).join(PartyFact, PartyFact.party_id == Party.id)
    query = query.where(Party.id.not_in(select(Company.party_id)), Party.id.not_in(select(Fund.party_id)))
    return _newest_last(query, PartyFact, version)


def _companies(version: int) -> Select[int, str, str]:
    query = select(Company.id, Party.code, PartyFact.name).join(Party, Party.id == Company.party_id)
    query = query.join(PartyFact, PartyFact.party_id == Party.id)
    stands = select(CompanyFact.company_id).where(visible(CompanyFact, version))
    return _newest_last(query.where(Company.id.in_(stands)), PartyFact, version)


def _parks(version: int) -> Select[int, str, str]:
    query = select(Park.id, Park.code, ParkFact.name).join(ParkFact, ParkFact.park_id == Park.id)
    return _newest_last(query, ParkFact, version)


def _industries(version: int) -> Select[int, str, str]:
    query = select(Industry.id, Industry.code, IndustryFact.name)
    query = query.join(IndustryFact, IndustryFact.industry_id == Industry.id)
    return _newest_last(query, IndustryFact, version)


_QUERIES = {
    "fund": _funds,
    "party": _parties,
    "company": _companies,
    "park": _parks,
    "industry": _industries,
}
