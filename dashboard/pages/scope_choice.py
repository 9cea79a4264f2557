"""Which scopes a person may look at, the widest first, and a scope read from its label."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from dashboard.pages.context import BadAddress, PageContext
from funds.book import Look, visible
from funds.models import Fund, FundFact, Park, Party
from funds.permissions import Readable
from funds.queries.noted_answers import NotedAnswers
from funds.queries.scopes import (
    CITY,
    Scope,
    ScopeName,
    company_scope,
    fund_scope,
    industry_scope,
    manager_scope,
    park_scope,
)

MOST_CODES = 200
_scopes = NotedAnswers[tuple[Readable, date], Sequence[Scope]]()


def offer_scopes(context: PageContext) -> Sequence[Scope]:
    """The scopes that this person has figures of, widest first; none before any of their funds was set up."""
    visit = context.visit
    readable = visit.rights.readable()
    if readable.is_city:
        return [CITY]
    key = readable, context.as_of
    found = _scopes.find_kept(visit.book, visit.head, key) if context.as_known is None else None
    if found is None:
        with visit.look(context.as_known) as look:
            found = _scopes.find(visit.book, look, key, lambda: _read_scopes(look, *key))
    return found


def read_scope(text: str) -> Scope:
    """A scope from its label."""
    name, _, codes = text.partition(":")
    parts = [code for code in codes.split(",") if code]
    if name == CITY.name and not codes:
        return CITY
    if name == ScopeName.PARK and len(parts) == 1:
        return park_scope(parts[0])
    if name == ScopeName.MANAGER and len(parts) == 1:
        return manager_scope(parts[0])
    if name == ScopeName.COMPANY and len(parts) == 1:
        return company_scope(parts[0])
    if name == ScopeName.INDUSTRY and len(parts) == 1:
        return industry_scope(parts[0])
    if name == ScopeName.FUND and 0 < len(parts) <= MOST_CODES:
        return fund_scope(*parts)
    raise BadAddress("page.bad_scope", text=text[:40])


def _read_scopes(look: Look, readable: Readable, as_of: date) -> Sequence[Scope]:
    """A person's parks one by one, then all the own funds together."""
    parks = [park_scope(code) for code in _park_codes(look, readable.park_ids)]
    funds = _fund_codes(look, readable.fund_ids, as_of)
    return (*parks, *([fund_scope(*funds)] if funds else []))


def _park_codes(look: Look, ids: frozenset[int]) -> list[str]:
    query = select(Park.code).where(Park.id.in_(ids)).order_by(Park.code)
    return list(look.connection.execute(query).scalars())


def _fund_codes(look: Look, ids: frozenset[int], as_of: date) -> list[str]:
    """Funds that were set up by the day, as known at the version."""
    query = (
        select(Party.code)
        .join(Fund, Fund.party_id == Party.id)
        .join(FundFact, FundFact.fund_id == Fund.id)
        .where(Fund.id.in_(ids), FundFact.established <= as_of, visible(FundFact, look.version))
        .distinct()
    )
    return sorted(look.connection.execute(query).scalars())
