"""Who may correct, confirm or reverse a row that stands in the book, by the kind of row it is."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from funds.book import Change
from funds.errors import NotAllowed
from funds.kinds import ScopeKind
from funds.models import (
    Attachment,
    Balance,
    BookRow,
    CallNotice,
    Claim,
    Commitment,
    CommitmentMovement,
    CompanyFact,
    CompanyTag,
    ControlTotal,
    Deal,
    DealFact,
    Definition,
    Entry,
    Exit,
    Fund,
    FundFact,
    FundField,
    FundNav,
    FundPark,
    FundTerm,
    Holding,
    IndexLevel,
    IndustryCrosswalk,
    IndustryFact,
    LocalInvestment,
    Mark,
    Membership,
    NationalIndustry,
    ParkFact,
    ParkFigure,
    ParkIndustry,
    Party,
    PartyFact,
    PartyNature,
    PersonFact,
    Policy,
    ProjectStage,
    QuarterFiling,
    ReportedFigure,
    Revision,
    SegmentCrosswalk,
    SegmentEdge,
    SegmentFact,
)
from funds.permissions import CITY, Action, Rights, Scope
from funds.recording.chains import read_row
from funds.recording.stakeholders import SHARED, require_shared_row

CITY_WIDE: Mapping[type[BookRow], Action] = {
    **dict.fromkeys(
        (
            IndustryFact,
            NationalIndustry,
            IndustryCrosswalk,
            SegmentFact,
            SegmentEdge,
            SegmentCrosswalk,
            ParkFact,
            ParkIndustry,
        ),
        Action.RECORD_CODE_BOOK,
    ),
    **dict.fromkeys((Policy, Definition), Action.SET_POLICY),
    PersonFact: Action.MANAGE_PEOPLE,
    Membership: Action.GRANT_ROLES,
}
REFERENCE: frozenset[type[BookRow]] = frozenset(
    {PartyFact, CompanyFact, CompanyTag, IndexLevel, ReportedFigure}
)
OF_FUND: frozenset[type[BookRow]] = frozenset(
    {
        Attachment,
        FundFact,
        FundField,
        FundPark,
        FundTerm,
        FundNav,
        Balance,
        Claim,
        LocalInvestment,
        ProjectStage,
    }
)
OF_FUND |= {QuarterFiling, ControlTotal}
OF_HOLDING: frozenset[type[BookRow]] = frozenset({Exit, Mark})
OF_COMMITMENT: frozenset[type[BookRow]] = frozenset({CommitmentMovement, CallNotice})
VETTED: Mapping[type[BookRow], tuple[str, Action]] = {
    PartyNature: ("confirmed_by_id", Action.CONFIRM_NATURE),
    Mark: ("approved_by_id", Action.APPROVE_VALUES),
    FundNav: ("approved_by_id", Action.APPROVE_VALUES),
}


def require_row(change: Change, rights: Rights, model: type[BookRow], row: Mapping[str, Any]) -> None:
    """Refuse to touch a row that this person could not have written, or that others have confirmed."""
    scope = scope_of(change, model, row)
    if model in CITY_WIDE:
        rights.require(CITY_WIDE[model])
    elif model in REFERENCE:
        _require_reference(change, rights, row)
    elif model in SHARED:
        require_shared_row(change, rights, model, row)
    elif model is ParkFigure:
        rights.require(Action.RECORD_PARK_FIGURES, scope)
    elif model is Attachment:
        rights.require(Action.RECORD_BUSINESS, scope)
    elif not rights.may(Action.RECORD_BUSINESS, scope):
        raise NotAllowed(
            "permission.refused_funds", action=Action.RECORD_BUSINESS, funds=_fund_code(change, scope)
        )
    if model is Membership and row["person_id"] == change.person_id:
        raise NotAllowed("permission.own_role")
    if model is FundPark:
        rights.require_parks(Action.RECORD_BUSINESS, {row["park_id"]})
    if model in VETTED and row[VETTED[model][0]] is not None:
        rights.require(VETTED[model][1], scope)


def vetter_of(
    change: Change, rights: Rights, model: type[BookRow], row: Mapping[str, Any]
) -> dict[str, object]:
    """The column that says who confirmed a row, as it is when this person writes the row anew."""
    if model not in VETTED:
        return {}
    column, action = VETTED[model]
    return {column: change.person_id if rights.may(action, scope_of(change, model, row)) else None}


def scope_of(change: Change, model: type[BookRow], row: Mapping[str, Any]) -> Scope:
    """The part of the city that a row belongs to."""
    if model is Attachment and row["fund_id"] is None:
        return CITY if row["park_id"] is None else Scope(ScopeKind.PARK, row["park_id"])
    if model is ParkFigure:
        return CITY if row["park_id"] is None else Scope(ScopeKind.PARK, row["park_id"])
    fund_id = _fund_of(change, model, row)
    return CITY if fund_id is None else Scope(ScopeKind.FUND, fund_id)


def _fund_of(change: Change, model: type[BookRow], row: Mapping[str, Any]) -> int | None:
    if model is Entry:
        # Both lines of a transfer belong to the fund whose movement it is: the child.
        first = read_row(change, Entry, row["movement_id"])
        return int((first or row)["fund_id"])
    if model in OF_FUND:
        return int(row["fund_id"])
    query = None
    if model in OF_HOLDING:
        query = select(Holding.fund_id).where(Holding.id == row["holding_id"])
    elif model in OF_COMMITMENT:
        query = select(Commitment.fund_id).where(Commitment.id == row["commitment_id"])
    elif model is DealFact:
        query = (
            select(Holding.fund_id).join(Deal, Deal.holding_id == Holding.id).where(Deal.id == row["deal_id"])
        )
    return None if query is None else int(change.connection.execute(query).scalar_one())


def _fund_code(change: Change, scope: Scope) -> str:
    query = select(Party.code).join(Fund, Fund.party_id == Party.id).where(Fund.id == scope.id)
    return str(change.connection.execute(query).scalar_one())


def _require_reference(change: Change, rights: Rights, row: Mapping[str, Any]) -> None:
    """City-wide data are put right by whoever recorded them, or by somebody with a right over the city."""
    rights.require_somewhere(Action.RECORD_REFERENCE)
    query = select(Revision.person_id).where(Revision.id == row["revision_id"])
    if change.connection.execute(query).scalar_one() != change.person_id:
        rights.require(Action.RECORD_REFERENCE)
