"""What the codes that people write stand for: bulk look-ups from code to identity, as known at a version."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, or_, select

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
    Person,
    PersonFact,
    Round,
    RoundFact,
    Segment,
    SegmentFact,
)
from funds.models.visibility import visible

CHUNK = 2_000  # well under the number of parameters that either engine takes in one statement

T = TypeVar("T")


@dataclass(frozen=True)
class Known:
    """An identity of the book; without visible facts it may be used again but not be referred to."""

    id: int
    code: str
    is_visible: bool


@dataclass(frozen=True)
class KnownBody(Known):
    """A fund or a firm, with the party that it is."""

    party_id: int


@dataclass(frozen=True)
class KnownRound(Known):
    """A round with its firm (none while it has no visible facts)."""

    company_id: int | None


def each_chunk(values: Iterable[T]) -> Iterator[list[T]]:
    """The distinct values in pieces that fit into one statement."""
    rest = iter(dict.fromkeys(values))
    while piece := list(islice(rest, CHUNK)):
        yield piece


def each_code_chunk(codes: Iterable[str]) -> Iterator[list[str]]:
    """The same for codes as people wrote them; no text of a database holds a NUL."""
    return each_chunk(code for code in codes if "\x00" not in code)


def known_parties(connection: Connection, version: int, codes: Iterable[str]) -> dict[str, Known]:
    """Parties of any kind: institutions, firms and funds."""
    seen = or_(
        _has(PartyFact.id, PartyFact.party_id == Party.id, visible(PartyFact, version)),
        exists(
            select(FundFact.id)
            .join(Fund, Fund.id == FundFact.fund_id)
            .where(Fund.party_id == Party.id, visible(FundFact, version))
        ),
    )
    return _known(
        connection, codes, lambda piece: select(Party.id, Party.code, seen).where(Party.code.in_(piece))
    )


def known_funds(connection: Connection, version: int, codes: Iterable[str]) -> dict[str, KnownBody]:
    """Funds by their codes."""
    return _bodies(connection, codes, lambda piece: fund_select(version).where(Party.code.in_(piece)))


def funds_of_parties(connection: Connection, version: int, party_ids: Iterable[int]) -> dict[int, KnownBody]:
    """Those of the parties that are funds of the book."""
    found: dict[int, KnownBody] = {}
    for piece in each_chunk(party_ids):
        for row in connection.execute(fund_select(version).where(Fund.party_id.in_(piece))):
            fund = KnownBody(row[0], row[1], bool(row[2]), row[3])
            if fund.is_visible:
                found[fund.party_id] = fund
    return found


def fund_select(version: int) -> Select[int, str, bool, int]:
    """Id, code, whether visible, and party of every fund."""
    seen = _has(FundFact.id, FundFact.fund_id == Fund.id, visible(FundFact, version))
    return select(Fund.id, Party.code, seen, Fund.party_id).join(Party, Party.id == Fund.party_id)


def known_companies(connection: Connection, version: int, codes: Iterable[str]) -> dict[str, KnownBody]:
    """Firms of the register by their codes."""
    seen = _has(CompanyFact.id, CompanyFact.company_id == Company.id, visible(CompanyFact, version))
    query = select(Company.id, Party.code, seen, Company.party_id).join(Party, Party.id == Company.party_id)
    return _bodies(connection, codes, lambda piece: query.where(Party.code.in_(piece)))


def known_industries(connection: Connection, version: int, codes: Iterable[str]) -> dict[str, Known]:
    """Industries by their codes, in any edition."""
    seen = _has(IndustryFact.id, IndustryFact.industry_id == Industry.id, visible(IndustryFact, version))
    query = select(Industry.id, Industry.code, seen)
    return _known(connection, codes, lambda piece: query.where(Industry.code.in_(piece)))


def known_parks(connection: Connection, version: int, codes: Iterable[str]) -> dict[str, Known]:
    """Parks by their codes."""
    seen = _has(ParkFact.id, ParkFact.park_id == Park.id, visible(ParkFact, version))
    return _known(
        connection, codes, lambda piece: select(Park.id, Park.code, seen).where(Park.code.in_(piece))
    )


def known_people(connection: Connection, version: int, logins: Iterable[str]) -> dict[str, Known]:
    """People by their sign-in names."""
    seen = _has(PersonFact.id, PersonFact.person_id == Person.id, visible(PersonFact, version))
    query = select(Person.id, Person.login, seen)
    return _known(connection, logins, lambda piece: query.where(Person.login.in_(piece)))


def known_rounds(connection: Connection, version: int, codes: Iterable[str]) -> dict[str, KnownRound]:
    """Rounds by their codes, with the firm of each."""
    found: dict[str, KnownRound] = {}
    for piece in each_code_chunk(codes):
        query = (
            select(Round.id, Round.code, RoundFact.company_id)
            .outerjoin(RoundFact, (RoundFact.round_id == Round.id) & visible(RoundFact, version))
            .where(Round.code.in_(piece))
        )
        for row in connection.execute(query):
            found[row.code] = KnownRound(row.id, row.code, row.company_id is not None, row.company_id)
    return found


def known_segments(
    connection: Connection, version: int, industry_ids: Collection[int]
) -> dict[tuple[int, str], Known]:
    """Segments of some industries by industry id and segment code."""
    seen = _has(SegmentFact.id, SegmentFact.segment_id == Segment.id, visible(SegmentFact, version))
    found: dict[tuple[int, str], Known] = {}
    for piece in each_chunk(industry_ids):
        query = select(Segment.id, Segment.code, seen, Segment.industry_id).where(
            Segment.industry_id.in_(piece)
        )
        for row in connection.execute(query):
            found[row.industry_id, row.code] = Known(row.id, row.code, bool(row[2]))
    return found


def _has(column: object, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(select(column).where(*conditions))  # type: ignore[call-overload]


def _known(
    connection: Connection, codes: Iterable[str], query: Callable[[list[str]], Select[int, str, bool]]
) -> dict[str, Known]:
    rows: Iterator[Row[int, str, bool]] = (
        row for piece in each_code_chunk(codes) for row in connection.execute(query(piece))
    )
    return {row[1]: Known(row[0], row[1], bool(row[2])) for row in rows}


def _bodies(
    connection: Connection,
    codes: Iterable[str],
    query: Callable[[list[str]], Select[int, str, bool, int]],
) -> dict[str, KnownBody]:
    rows: Iterator[Row[int, str, bool, int]] = (
        row for piece in each_code_chunk(codes) for row in connection.execute(query(piece))
    )
    return {row[1]: KnownBody(row[0], row[1], bool(row[2]), row[3]) for row in rows}
