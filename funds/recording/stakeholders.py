"""Rows that concern several funds (rounds, evidence of investors, figures of firms) and who may touch them.

The firm and the investor are the city's, so that anybody who records business may bring in something new about
them. What stands and concerns others is changed by whoever answers for all of them, or by the commission.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select

from funds.book import Change, visible
from funds.errors import NotAllowed
from funds.kinds import ScopeKind
from funds.models import (
    Base,
    BookRow,
    CompanyFigure,
    Fund,
    PartyNature,
    PartyOwnership,
    Replaceable,
    Revision,
    RoundFact,
    RoundInvestor,
    table_of,
)
from funds.models.row_scopes import ROW_SCOPES, Way
from funds.permissions import Action, Rights, Scope
from funds.recording.rests import MODELS

SHARED: frozenset[type[BookRow]] = frozenset(
    {PartyNature, PartyOwnership, CompanyFigure, RoundFact, RoundInvestor}
)
OF_ROUND: frozenset[type[BookRow]] = frozenset({RoundFact, RoundInvestor})
ACTION = Action.RECORD_BUSINESS


def require_shared_row(change: Change, rights: Rights, model: type[BookRow], row: Mapping[str, Any]) -> None:
    """Refuse to change a row unless the person answers for every fund that it concerns.

    What concerns nobody yet is put right by whoever recorded it, or by somebody with a right over the city.
    """
    rights.require_somewhere(ACTION)
    if rights.may(ACTION):
        return
    concerned = find_stakeholders(change, model, row)
    if concerned:
        _require_all(rights, concerned, f"{table_of(model).name}#{row['id']}")
    elif not _is_author(change, row):
        rights.require(ACTION)


def require_new(
    change: Change, rights: Rights, model: type[BookRow], rows: Iterable[tuple[str, Mapping[str, Any]]]
) -> None:
    """Refuse to add to what concerns a fund that the person does not answer for; a row comes with its name."""
    rights.require_somewhere(ACTION)
    if rights.may(ACTION):
        return
    for name, row in _once(model, rows):
        _require_all(rights, find_stakeholders(change, model, row), name)


def require_known(
    change: Change, rights: Rights, model: type[BookRow], rows: Iterable[tuple[str, Mapping[str, Any]]]
) -> None:
    """Refuse to add to what concerns funds and parks of which the person answers for none."""
    rights.require_somewhere(ACTION)
    if rights.may(ACTION):
        return
    for name, row in _once(model, rows):
        concerned = _reach(change, model, row)
        if concerned and not any(rights.may(ACTION, scope) for scope in concerned):
            raise NotAllowed("permission.refused_shared", row=name)


def require_listed(change: Change, rights: Rights, joining: Iterable[tuple[str, int, int]]) -> None:
    """Refuse a fund's way into a round of others (by code, id and fund) whose list does not name the fund.

    Who takes part in a round may read it: a payment of one's own making must not be enough.
    """
    if rights.may(ACTION):
        return
    refused = set()
    for name, round_id, fund_id in set(joining):
        concerned = find_stakeholders(change, RoundFact, {"round_id": round_id})
        is_in = Scope(ScopeKind.FUND, fund_id) in concerned
        if not is_in and not all(rights.may(ACTION, scope) for scope in concerned):
            refused.add(name)
    if refused:
        raise NotAllowed("permission.refused_round", rounds=", ".join(sorted(refused)[:5]))


def find_stakeholders(change: Change, model: type[BookRow], row: Mapping[str, Any]) -> set[Scope]:
    """The funds that a row concerns; where there are none, the parks."""
    found = _reach(change, model, row)
    if model in OF_ROUND:
        round_id = row["round_id"]
        found |= {Scope(ScopeKind.FUND, fund_id) for fund_id in listed_funds(change, [round_id])[round_id]}
    return {scope for scope in found if scope.kind is ScopeKind.FUND} or found


def listed_funds(change: Change, round_ids: Collection[int]) -> dict[int, set[int]]:
    """The funds of the book that the lists of some rounds name as investors."""
    row = RoundInvestor
    query = (
        select(row.round_id, Fund.id)
        .join(Fund, Fund.party_id == row.investor_id)
        .where(row.round_id.in_(round_ids), visible(row, change.version))
    )
    listed: dict[int, set[int]] = {round_id: set() for round_id in round_ids}
    for found in change.connection.execute(query):
        listed[found[0]].add(found[1])
    return listed


def _require_all(rights: Rights, concerned: Iterable[Scope], name: str) -> None:
    """Which funds they are is not said: that is theirs to know."""
    if not all(rights.may(ACTION, scope) for scope in concerned):
        raise NotAllowed("permission.refused_shared", row=name)


def _reach(change: Change, model: type[BookRow], row: Mapping[str, Any]) -> set[Scope]:
    """Where the ways of a row's table arrive."""
    found: set[Scope] = set()
    for way in _ways(model):
        found |= _follow(change, way, {row[way.column]} - {None})
    return found


def _ways(model: type[BookRow]) -> tuple[Way, ...]:
    """Who owns whom is a matter of the owned: the owner's funds may know it, and it changes nothing for them."""
    ways = ROW_SCOPES[table_of(model).name].ways
    return tuple(way for way in ways if way.column == "owned_id") if model is PartyOwnership else ways


def _follow(change: Change, way: Way, values: set[int]) -> set[Scope]:
    if way.has_arrived:
        return {Scope(ScopeKind(way.table), value) for value in values}
    after = way.then or ROW_SCOPES[way.table].ways
    rows = _read_newest(change, way, values) if way.is_newest else _read(change, way, values)
    found: set[Scope] = set()
    for further in after:
        found |= _follow(change, further, {row[further.column] for row in rows} - {None})
    return found


def _read(change: Change, way: Way, values: Collection[int]) -> list[Mapping[str, Any]]:
    table = Base.metadata.tables[way.table]
    query = select(table).where(table.c[way.by].in_(values))
    return [dict(row) for row in change.connection.execute(query).mappings()]


def _read_newest(change: Change, way: Way, values: Collection[int]) -> list[Mapping[str, Any]]:
    """Of each thing the fact in force."""
    model: type[Replaceable] = MODELS[way.table]
    table = table_of(model)
    query = select(table).where(table.c[way.by].in_(values), visible(model, change.version))
    query = query.order_by(table.c.from_date.is_not(None), table.c.from_date, table.c.id)
    return list({row[way.by]: dict(row) for row in change.connection.execute(query).mappings()}.values())


def _once(
    model: type[BookRow], rows: Iterable[tuple[str, Mapping[str, Any]]]
) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """One row for each thing that they are about."""
    columns = [way.column for way in _ways(model)]
    return {tuple(row[column] for column in columns): (name, row) for name, row in rows}.values()


def _is_author(change: Change, row: Mapping[str, Any]) -> bool:
    query = select(Revision.person_id).where(Revision.id == row["revision_id"])
    return bool(change.connection.execute(query).scalar_one() == change.person_id)
