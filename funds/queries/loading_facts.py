"""Reads the dated facts of the city piece by piece, as of a day and as known at a version."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from funds.models import (
    Base,
    Claim,
    CommitmentMovement,
    Company,
    CompanyFact,
    CompanyFigure,
    CompanyTag,
    Definition,
    Fund,
    FundFact,
    FundField,
    FundPark,
    FundTerm,
    IndexLevel,
    Industry,
    IndustryCrosswalk,
    IndustryFact,
    LocalInvestment,
    NationalIndustry,
    Park,
    ParkFact,
    ParkFigure,
    ParkIndustry,
    Party,
    PartyFact,
    PartyNature,
    PartyOwnership,
    PersonFact,
    Policy,
    ProjectStage,
    ReportedFigure,
    Revision,
    Round,
    RoundFact,
    RoundInvestor,
    Segment,
    SegmentCrosswalk,
    SegmentEdge,
    SegmentFact,
)
from funds.queries.capital_facts import CapitalFacts
from funds.queries.facts import Facts
from funds.queries.loading_capital import CapitalReader
from funds.queries.loading_chains import ChainReader
from funds.queries.loading_city import CityReader
from funds.queries.loading_companies import CompanyReader
from funds.queries.loading_figures import FigureReader, company_figures_by
from funds.queries.loading_funds import FundReader
from funds.queries.project_facts import ProjectReader

Pieces = Mapping[str, Any]
Read = Callable[[Connection, date, int, Pieces], Any]
Extend = Callable[[Connection, date, int, Any, int], Any]


@dataclass(frozen=True)
class FactPiece:
    """One field of the facts, and the tables that its rows come from: while none of them changes, it stays.

    One that is not dated is the same for every day, and no field itself: another piece is made of it. One that
    changes daily is made of what was known at an earlier revision, where that can be done (`extend`, else None).
    """

    name: str
    tables: frozenset[str]
    read: Read
    is_dated: bool = True
    extend: Extend | None = None


def load_facts(connection: Connection, as_of: date, version: int) -> Facts:
    """Every dated fact of the city; a newer 生效日 on or before `as_of` wins over an older one."""
    pieces: dict[str, Any] = {}
    for piece in PIECES:
        pieces[piece.name] = piece.read(connection, as_of, version, pieces)
    return assemble_facts(as_of, pieces)


def assemble_facts(as_of: date, pieces: Pieces) -> Facts:
    """The facts of which all pieces were read."""
    capital = {
        name.removeprefix(CAPITAL): piece for name, piece in pieces.items() if name.startswith(CAPITAL)
    }
    others = (piece.name for piece in PIECES if piece.is_dated and not piece.name.startswith(CAPITAL))
    rest = {name: pieces[name] for name in others}
    return Facts(as_of=as_of, capital=CapitalFacts(**capital), **rest)


EVERY_FIGURE = "every_company_figure"
CAPITAL = "capital."  # before the names of the pieces that are fields of `CapitalFacts`


def _piece(
    reader: type[Any], name: str, *tables: type[Base], prefix: str = "", is_dated: bool = True
) -> FactPiece:
    def read(connection: Connection, as_of: date, version: int, _earlier: Pieces) -> Any:
        return getattr(reader(connection, as_of, version), name)()

    return FactPiece(prefix + name, _names(*tables), read, is_dated)


def _companies(connection: Connection, as_of: date, version: int, earlier: Pieces) -> Any:
    return CompanyReader(connection, as_of, version).companies(earlier["parties"])


def _company_figures(_connection: Connection, as_of: date, _version: int, earlier: Pieces) -> Any:
    return company_figures_by(as_of, earlier[EVERY_FIGURE])


def _more_park_figures(
    connection: Connection, as_of: date, version: int, known: Any, after: int
) -> tuple[Any, ...] | None:
    return FigureReader(connection, as_of, version).more_park_figures(known, after)


def _names(*tables: type[Base]) -> frozenset[str]:
    return frozenset(table.__tablename__ for table in tables)


_INDUSTRIES, _SEGMENTS = (Industry, IndustryFact), (Segment, SegmentFact)
PIECES: tuple[FactPiece, ...] = (
    _piece(CityReader, "parties", Party, PartyFact),
    _piece(FundReader, "funds", Party, Fund, FundFact, FundField, FundPark),
    _piece(CityReader, "parks", Park, ParkFact),
    _piece(CityReader, "industries", *_INDUSTRIES),
    _piece(CityReader, "leading", ParkIndustry),
    _piece(CityReader, "natures", PartyNature),
    FactPiece("companies", _names(Party, PartyFact, Company, CompanyFact), _companies),
    _piece(CompanyReader, "segments", *_SEGMENTS),
    _piece(CompanyReader, "tags", CompanyTag),
    _piece(CityReader, "definitions", Definition),
    _piece(CityReader, "policies", Policy),
    _piece(FundReader, "park_links", FundPark),
    _piece(FundReader, "terms", FundTerm),
    _piece(CityReader, "indexes", IndexLevel),
    replace(_piece(FigureReader, "park_figures", ParkFigure), extend=_more_park_figures),
    _piece(FigureReader, EVERY_FIGURE, CompanyFigure, is_dated=False),
    FactPiece("company_figures", _names(CompanyFigure), _company_figures),
    _piece(FigureReader, "policy_rows", Policy),
    _piece(CapitalReader, "natures", PartyNature, PersonFact, Revision, prefix=CAPITAL),
    _piece(CapitalReader, "ownership", PartyOwnership, prefix=CAPITAL),
    _piece(CapitalReader, "rounds", Round, RoundFact, RoundInvestor, prefix=CAPITAL),
    _piece(CapitalReader, "claims", Claim, prefix=CAPITAL),
    _piece(CapitalReader, "local_investments", LocalInvestment, prefix=CAPITAL),
    _piece(CapitalReader, "reported", ReportedFigure, prefix=CAPITAL),
    _piece(CapitalReader, "cancelled", CommitmentMovement, prefix=CAPITAL),
    _piece(
        ChainReader,
        "chains",
        *_INDUSTRIES,
        SegmentFact,
        SegmentEdge,
        IndustryCrosswalk,
        SegmentCrosswalk,
        PartyOwnership,
        CompanyFact,
        NationalIndustry,
    ),
    _piece(ProjectReader, "stages", ProjectStage),
)
