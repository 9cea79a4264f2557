"""What a person does with the own API tokens: make one for the password, see which are in use, end one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from dashboard.auth.access_log import Event, record_event
from dashboard.auth.account import Owner, confirm_password
from dashboard.auth.api_tokens import (
    LONGEST_NAME,
    MOST_TOKENS,
    KeptToken,
    TokenDraft,
    end_tokens,
    list_tokens,
    make_token,
)
from dashboard.auth.clean_text import clean_text
from dashboard.auth.door import Door
from dashboard.auth.visit import Visit
from funds.book import OPEN, visible
from funds.errors import LedgerError, NotFound, RulesBroken
from funds.kinds import BookKind, ScopeKind
from funds.models import Fund, FundFact, Park, ParkFact, Party
from funds.permissions import CITY, Scope
from funds.problems import fatal

DAYS = (30, 90, 180, 365)


class TooManyTokens(LedgerError):
    """Somebody keeps more tokens than anybody can look after."""

    status = 409


@dataclass(frozen=True)
class OfferedPlace:
    """A park or a fund that a token can be kept to."""

    scope: Scope
    code: str
    name: str

    @property
    def label(self) -> str:
        """How a form names it."""
        return f"{self.scope.kind.value}:{self.code}"


def grant_token(door: Door, owner: Owner, password: str, draft: TokenDraft) -> str:
    """A new token, told once; in a demo, whose people have no password, without one."""
    if not clean_text(draft.name, LONGEST_NAME):
        raise RulesBroken([fatal("token.no_name", "form:name")])
    if door.book.kind != BookKind.DEMO.value:
        confirm_password(door, owner, password)
    now = door.book.now()
    with door.book.keep() as connection:
        if len(list_tokens(connection, owner.person_id, now)) >= MOST_TOKENS:
            raise TooManyTokens("token.too_many", most=MOST_TOKENS)
        token = make_token(connection, owner.person_id, draft, now)
        detail = f"name={draft.name} write={draft.may_write}"
        record_event(connection, Event.TOKEN_MADE, owner.login, owner.address, now, detail=detail)
    return token


def drop_token(door: Door, owner: Owner, digest: str) -> None:
    """End one of the own tokens, whatever still uses it."""
    now = door.book.now()
    with door.book.keep() as connection:
        if end_tokens(connection, owner.person_id, now, only=digest) == 0:
            raise NotFound("http.404")
        record_event(connection, Event.TOKEN_ENDED, owner.login, owner.address, now)


def read_tokens(door: Door, person_id: int) -> Sequence[KeptToken]:
    """The tokens that a person has in use."""
    with door.book.look(sight=OPEN) as look:
        return list_tokens(look.connection, person_id, door.book.now())


def offer_places(visit: Visit) -> Sequence[OfferedPlace]:
    """The parks and funds that lie where the person may read, by code."""
    readable = visit.rights.readable()
    with visit.look() as look:
        parks = select(Park.id, Park.code, ParkFact.name).join(ParkFact, ParkFact.park_id == Park.id)
        parks = parks.where(visible(ParkFact, look.version)).order_by(Park.code)
        funds = select(Fund.id, Party.code, FundFact.name).join(Party, Party.id == Fund.party_id)
        funds = funds.join(FundFact, FundFact.fund_id == Fund.id)
        funds = funds.where(visible(FundFact, look.version)).order_by(Party.code)
        found = [_offer(ScopeKind.PARK, *row) for row in look.connection.execute(parks)]
        found += [_offer(ScopeKind.FUND, *row) for row in look.connection.execute(funds)]
    return [
        place
        for place in found
        if readable.is_city
        or (place.scope.kind is ScopeKind.PARK and place.scope.id in readable.park_ids)
        or (place.scope.kind is ScopeKind.FUND and readable.covers(place.scope.id or 0))
    ]


def read_place(places: Sequence[OfferedPlace], label: str) -> Scope:
    """The scope that a form names; everything where it names none."""
    if not label:
        return CITY
    chosen = next((place.scope for place in places if place.label == label), None)
    if chosen is None:
        raise RulesBroken([fatal("token.bad_choice", "form:where")])
    return chosen


def _offer(kind: ScopeKind, place_id: int, code: str, name: str) -> OfferedPlace:
    return OfferedPlace(Scope(kind, place_id), code, name)
