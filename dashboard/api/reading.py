"""Reads what a program asks for: reports, lists of the register, and the trail, as far as its token goes."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select

from dashboard.api.amounts import describe_reading
from dashboard.api.answers import (
    CompaniesGiven,
    DefinitionGiven,
    DefinitionsGiven,
    FundGiven,
    FundsGiven,
    IndustriesGiven,
    NamedGiven,
    ParkGiven,
    ParksGiven,
    RevisionGiven,
    RevisionsGiven,
)
from dashboard.api.bearer import ApiVisit
from dashboard.api.queries import DefinitionsAsked, ListAsked, ReportAsked, RevisionsAsked, make_question
from dashboard.api.values import write_yuan
from dashboard.help.shelf import definition_codes
from dashboard.reports.as_json import LANGUAGE
from dashboard.reports.question import ANSWERS, answer
from dashboard.words import say
from funds.errors import NotAllowed, NotFound
from funds.models import Fund, Park, Party
from funds.permissions import Action
from funds.queries.facts import FundFacts, NamedThing, ParkFacts
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, Scope, fund_scope, park_scope
from funds.queries.trail_readers import make_reader
from funds.queries.trail_revisions import Trail, TrailFilter

T = TypeVar("T", bound=NamedThing)


def read_report(visit: ApiVisit, kind: str, asked: ReportAsked) -> dict[str, object]:
    """A report."""
    if kind not in ANSWERS:
        raise NotFound("api.no_report", report=kind[:40])
    question = make_question(kind, asked)
    return describe_reading(answer(visit.book, visit.person.login, question, visit.token.narrowing))


def list_funds(visit: ApiVisit, asked: ListAsked) -> FundsGiven:
    """The funds that may be read."""
    part = _open(visit, asked)
    shown, onward = _cut(part.readable_funds, asked)
    return FundsGiven(version=part.version, next=onward, funds=[_describe_fund(part, one) for one in shown])


def list_parks(visit: ApiVisit, asked: ListAsked) -> ParksGiven:
    """The parks of the city."""
    part = _open(visit, asked)
    shown, onward = _cut(list(part.facts.parks.values()), asked)
    return ParksGiven(version=part.version, next=onward, parks=[_describe_park(one) for one in shown])


def list_companies(visit: ApiVisit, asked: ListAsked) -> CompaniesGiven:
    """The firms of the city's register."""
    part = _open(visit, asked)
    shown, onward = _cut(list(part.facts.companies.values()), asked)
    return CompaniesGiven(version=part.version, next=onward, companies=_name(shown))


def list_industries(visit: ApiVisit, asked: ListAsked) -> IndustriesGiven:
    """The city's industries."""
    part = _open(visit, asked)
    shown, onward = _cut(list(part.facts.industries.values()), asked)
    return IndustriesGiven(version=part.version, next=onward, industries=_name(shown))


def list_definitions(visit: ApiVisit, asked: DefinitionsAsked) -> DefinitionsGiven:
    """What each figure means, by the version of its page that holds."""
    part = _open_on(visit, visit.book.today(), asked.known)
    named = [
        DefinitionGiven(
            code=code,
            name=say(f"figure.{code}", LANGUAGE),
            definition_version=part.facts.definitions.get(code),
        )
        for code in definition_codes()
    ]
    return DefinitionsGiven(version=part.version, definitions=named)


def list_revisions(visit: ApiVisit, asked: RevisionsAsked) -> RevisionsGiven:
    """The changes that may be seen, newest first."""
    visit.rights.require_somewhere(Action.READ_TRAIL)
    with visit.look(asked.known) as look:
        reader = make_reader(visit.person.person_id, visit.rights)
        trail = Trail(look.connection, reader, look.version)
        found = [one for one in trail.find(TrailFilter()) if asked.before is None or one < asked.before]
        shown = found[: asked.limit]
        lines = trail.lines(shown)
    onward = str(shown[-1]) if len(found) > len(shown) else None
    told = [
        RevisionGiven(
            version=line.version,
            recorded_at=line.recorded_at,
            action=line.action,
            reason=line.reason,
            reverses=line.reverses,
            reversed_by=line.reversed_by,
            hash=line.hash,
        )
        for line in lines
    ]
    return RevisionsGiven(version=look.version, next=onward, revisions=told)


def _open(visit: ApiVisit, asked: ListAsked) -> LedgerSlice:
    return _open_on(visit, asked.as_of or visit.book.today(), asked.known)


def _open_on(visit: ApiVisit, as_of: date, known: Any) -> LedgerSlice:
    """The facts of a day, by way of the widest scope that may be read."""
    within, person = visit.token.narrowing, visit.person.login
    return slice_ledger(visit.book, person, _find_scope(visit), as_of, known, within)


def _find_scope(visit: ApiVisit) -> Scope:
    readable = visit.rights.readable()
    if readable.is_city:
        return CITY
    with visit.look() as look:
        parks = select(Park.code).where(Park.id.in_(readable.park_ids)).order_by(Park.code)
        park = look.connection.execute(parks).scalars().first()
        if park is not None:
            return park_scope(park)
        funds = select(Party.code).join(Fund, Fund.party_id == Party.id)
        funds = funds.where(Fund.id.in_(readable.fund_ids)).order_by(Party.code)
        fund = look.connection.execute(funds).scalars().first()
    if fund is None:
        raise NotAllowed("permission.refused", action=Action.READ, scope="any")
    return fund_scope(fund)


def _cut(things: Sequence[T], asked: ListAsked) -> tuple[list[T], str | None]:
    """The part of a list that is asked for, and after which code the next one begins."""
    rest = sorted((thing for thing in things if thing.code > asked.after), key=lambda thing: thing.code)
    shown = rest[: asked.limit]
    return shown, shown[-1].code if len(rest) > len(shown) else None


def _name(things: Sequence[NamedThing]) -> list[NamedGiven]:
    return [NamedGiven(code=thing.code, name=thing.name) for thing in things]


def _describe_fund(part: LedgerSlice, fund: FundFacts) -> FundGiven:
    manager = part.facts.parties.get(fund.manager_id) if fund.manager_id is not None else None
    return FundGiven(
        code=fund.code,
        name=fund.name,
        vehicle_type=fund.vehicle_type.value,
        status=fund.status.value if fund.status else None,
        established=fund.established.isoformat(),
        manager=manager.code if manager else None,
        target_size=None if fund.target_size_fen is None else write_yuan(fund.target_size_fen),
        parks=sorted(part.facts.parks[park].code for park in fund.shares if park is not None),
    )


def _describe_park(park: ParkFacts) -> ParkGiven:
    return ParkGiven(code=park.code, name=park.name, level=park.level, district=park.district)
