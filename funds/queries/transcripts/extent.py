"""What is written out: everything that somebody may read, or the part of it that belongs to funds and parks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, select

from funds.models import (
    Base,
    BookRow,
    Company,
    Fund,
    FundPark,
    Holding,
    Industry,
    Park,
    Party,
    Round,
    Segment,
    table_of,
)
from funds.models.visibility import visible
from funds.permissions import Readable

Ids = frozenset[int]


@dataclass(frozen=True)
class Extent:
    """Funds and parks by id; None is all. `is_whole` takes reference data that nothing here points at as well."""

    funds: Ids | None = None
    parks: Ids | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.funds is None and self.parks is None

    def holds_fund(self, fund: int) -> bool:
        """Whether a fund belongs to it."""
        return self.funds is None or fund in self.funds


def find_extent(
    connection: Connection,
    version: int,
    readable: Readable,
    fund: int | None = None,
    park: int | None = None,
) -> Extent:
    """What of a fund, a park or the whole a person may read; a park's funds are those that belong to it."""
    mine = None if readable.is_city else readable.fund_ids | readable.park_fund_ids
    if fund is not None:
        return Extent(frozenset({fund}) & (mine if mine is not None else frozenset({fund})), frozenset())
    if park is None:
        return Extent(mine, None if readable.is_city else readable.park_ids)
    query = select(FundPark.fund_id).where(FundPark.park_id == park, visible(FundPark, version))
    funds = frozenset(connection.execute(query).scalars())
    return Extent(funds if mine is None else funds & mine, frozenset({park}))


@dataclass(frozen=True)
class Codes:
    """Every identity's code by its id, and whose each holding is."""

    party: Mapping[int, str]
    fund: Mapping[int, str]
    company: Mapping[int, str]
    park: Mapping[int, str]
    industry: Mapping[int, str]
    round: Mapping[int, str]
    segment: Mapping[int, tuple[int, str]]
    holding: Mapping[int, tuple[int, int]]
    party_of_fund: Mapping[int, int]
    party_of_company: Mapping[int, int]


def read_codes(connection: Connection) -> Codes:
    """All of them; identities are never withdrawn."""
    party = _pairs(connection, Party)
    party_of_fund = {row.id: row.party_id for row in connection.execute(select(Fund.id, Fund.party_id))}
    party_of_company = {
        row.id: row.party_id for row in connection.execute(select(Company.id, Company.party_id))
    }
    segments = connection.execute(select(Segment.id, Segment.industry_id, Segment.code))
    holdings = connection.execute(select(Holding.id, Holding.fund_id, Holding.company_id))
    return Codes(
        party=party,
        fund={fund: party[own] for fund, own in party_of_fund.items()},
        company={firm: party[own] for firm, own in party_of_company.items()},
        park=_pairs(connection, Park),
        industry=_pairs(connection, Industry),
        round=_pairs(connection, Round),
        segment={row.id: (row.industry_id, row.code) for row in segments},
        holding={row.id: (row.fund_id, row.company_id) for row in holdings},
        party_of_fund=party_of_fund,
        party_of_company=party_of_company,
    )


@dataclass
class Source:
    """Where rows are read from, and the identities that the rows read so far point at."""

    connection: Connection
    version: int
    extent: Extent
    codes: Codes
    parties: set[int] = field(default_factory=set)
    companies: set[int] = field(default_factory=set)
    industries: set[int] = field(default_factory=set)
    parks: set[int] = field(default_factory=set)
    rounds: set[int] = field(default_factory=set)

    def rows(self, model: type[BookRow], query: Select[Any] | None = None) -> list[Any]:
        """The rows of a table that stand, in the order in which they were written."""
        chosen = select(table_of(model)) if query is None else query
        return list(self.connection.execute(chosen.where(visible(model, self.version)).order_by(model.id)))

    def point_at_fund(self, fund: int) -> None:
        """A fund is a party too."""
        self.parties.add(self.codes.party_of_fund[fund])

    def point_at_company(self, company: int) -> None:
        """A firm is a party too."""
        self.companies.add(company)
        self.parties.add(self.codes.party_of_company[company])


def newest_facts(rows: Iterable[Any], owner: str) -> list[Any]:
    """One fact for each owner, for sheets that hold no dates: the one that always held, else the newest."""
    chosen: dict[int, Any] = {}
    for row in rows:
        key = getattr(row, owner)
        before = chosen.get(key)
        if before is None or (
            before.from_date is not None and (row.from_date is None or row.from_date > before.from_date)
        ):
            chosen[key] = row
    return list(chosen.values())


def _pairs(connection: Connection, model: type[Base]) -> dict[int, str]:
    table = model.__table__
    return {row.id: row.code for row in connection.execute(select(table.c.id, table.c.code))}


__all__ = ["Codes", "Extent", "Source", "find_extent", "newest_facts", "read_codes"]
