"""Who reads the trail: which rows of the book are theirs to see, as conditions of the database."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    tuple_,
)

from funds.models import Base
from funds.models.row_scopes import FUND, ROW_SCOPES, Reach, Way
from funds.permissions import Action, Rights

NOBODY = 0
ALWAYS = literal(date.min)


@dataclass(frozen=True)
class TrailReader:
    """What a person may see of what was written; `is_city` reads every fund and park."""

    person_id: int
    is_city: bool
    funds: frozenset[int]
    parks: frozenset[int]
    sees_reference: bool
    sees_people: bool
    sees_every_author: bool

    def only_fund(self, fund_id: int) -> "TrailReader":
        """The same person looking at one fund; at nothing where that fund is not theirs."""
        funds = frozenset({fund_id}) if self.is_city or fund_id in self.funds else frozenset[int]()
        return replace(
            self,
            person_id=NOBODY,
            is_city=False,
            funds=funds,
            parks=frozenset(),
            sees_reference=False,
            sees_people=False,
            sees_every_author=False,
        )


def make_reader(person_id: int, rights: Rights) -> TrailReader:
    """The reader that somebody's rights make."""
    readable = rights.readable()
    of_parks = (rights.funds_of_parks.get(park, frozenset()) for park in readable.park_ids)
    return TrailReader(
        person_id=person_id,
        is_city=readable.is_city,
        funds=readable.fund_ids.union(*of_parks),
        parks=readable.park_ids,
        sees_reference=rights.may_somewhere(Action.READ),
        sees_people=_keeps_people(rights),
        sees_every_author=rights.may(Action.READ_TRAIL),
    )


def readable_rows(table: FromClause, name: str, reader: TrailReader) -> ColumnElement[bool]:
    """The condition on a table (or an alias of it) that leaves the rows a reader may see."""
    scope = ROW_SCOPES[name]
    if scope.reach in (Reach.CODE_BOOK, Reach.REGISTER):
        return true() if reader.sees_reference else false()
    if scope.reach is Reach.PEOPLE:
        return true() if reader.sees_people else table.c[scope.person] == reader.person_id
    if scope.reach is not Reach.SCOPED:
        return false()  # shown with its change or not at all
    return true() if reader.is_city else _any_way(table, scope.ways, reader)


def sees_all(name: str, reader: TrailReader) -> bool:
    """Whether every row of a table is the reader's to see."""
    reach = ROW_SCOPES[name].reach
    if reach is Reach.PEOPLE:
        return reader.sees_people
    return reader.is_city if reach is Reach.SCOPED else reader.sees_reference


def may_see_row(connection: Connection, reader: TrailReader, name: str, row_id: int) -> bool:
    """Whether there is such a row and it is the reader's to see."""
    table = Base.metadata.tables[name]
    query = select(table.c.id).where(table.c.id == row_id, readable_rows(table, name, reader))
    return connection.execute(query).first() is not None


def _keeps_people(rights: Rights) -> bool:
    """The three administrators: who manages people, who grants roles, and who reads the trail without business."""
    if rights.may(Action.MANAGE_PEOPLE) or rights.may(Action.GRANT_ROLES):
        return True
    return any(
        Action.READ_TRAIL in grant.actions and Action.READ not in grant.actions for grant in rights.grants
    )


def _any_way(table: FromClause, ways: tuple[Way, ...], reader: TrailReader) -> ColumnElement[bool]:
    return or_(false(), *(_follow(table, way, reader) for way in ways))


def _follow(table: FromClause, way: Way, reader: TrailReader) -> ColumnElement[bool]:
    column = table.c[way.column]
    if way.has_arrived:
        return column.in_(sorted(reader.funds if way.table == FUND else reader.parks))
    following = Base.metadata.tables[way.table].alias()
    led = _any_way(following, way.then or ROW_SCOPES[way.table].ways, reader)
    if way.is_newest:
        led = and_(led, _is_newest(following, way))
    return column.in_(select(following.c[way.by]).where(led))


def _is_newest(fact: FromClause, way: Way) -> ColumnElement[bool]:
    """The fact stands, and no later one about the same thing does."""
    later = Base.metadata.tables[way.table].alias()
    order, later_order = (
        tuple_(func.coalesce(each.c.from_date, ALWAYS), each.c.id) for each in (fact, later)
    )
    overtaken = select(later.c.id).where(
        later.c[way.by] == fact.c[way.by], _stands(later, way), later_order > order
    )
    return and_(_stands(fact, way), not_(overtaken.exists()))


def _stands(fact: FromClause, way: Way) -> ColumnElement[bool]:
    after = Base.metadata.tables[way.table].alias()
    replaced = select(after.c.id).where(after.c.replaces_id == fact.c.id)
    return and_(not_(fact.c.withdrawn), not_(replaced.exists()))
