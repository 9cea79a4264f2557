"""The database's own wall on PostgreSQL: a transaction says what it may see, and a policy on each table holds it to that.

SQLite has no such thing; there the queries are alone.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, text

from funds.models import book_tables
from funds.models.row_scopes import FUND, ROW_SCOPES, Reach, Way, tables_within

POLICY, SHOWS = "book_sight", "book_shows"
# Only ever set for one transaction: what is set for a session stays with a pooled connection.
REACH, FUNDS, PARKS, WRITES = "app.reach", "app.funds", "app.parks", "app.writes"
# "is not null" because the planner takes it for granted; of an equation it expects next to no rows, and would
# read the whole book by nested loops.
_WHOLE = f"(SELECT 1 WHERE current_setting('{REACH}', true) = 'whole') IS NOT NULL"
_ANY = f"(SELECT 1 WHERE current_setting('{REACH}', true) IN ('whole', 'part')) IS NOT NULL"
_WRITES = f"{_WHOLE} AND (SELECT 1 WHERE current_setting('{WRITES}', true) = 'yes') IS NOT NULL"


@dataclass(frozen=True)
class Sight:
    """What a transaction may see: the whole book, or what is everybody's with the rows of some funds and parks."""

    is_whole: bool = False
    funds: frozenset[int] = frozenset()
    parks: frozenset[int] = frozenset()


WHOLE, OPEN = Sight(is_whole=True), Sight()


def announcement(sight: Sight, *, writes: bool) -> str:
    """What a transaction says at its beginning of what it may see; without it nothing of the book is seen."""
    said = {
        REACH: "whole" if sight.is_whole else "part",
        FUNDS: _as_array(sight.funds),
        PARKS: _as_array(sight.parks),
        WRITES: "yes" if writes else "",
    }
    return "; ".join(f"SET LOCAL {name} = '{value}'" for name, value in said.items())


def install_row_security(connection: Connection) -> None:
    """Put the wall (back) up around every book table that is there; on SQLite nothing."""
    if connection.dialect.name != "postgresql":
        return
    present = _present(connection)
    connection.execute(text(_function_sql(present)))
    for name in present:
        for statement in (
            f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY",
            f"DROP POLICY IF EXISTS {POLICY} ON {name}",
            policy_sql(name, present),
            f"COMMENT ON POLICY {POLICY} ON {name} IS '{_digest(policy_sql(name, present))}'",
        ):
            connection.execute(text(statement))


def remove_row_security(connection: Connection) -> None:
    """Take the wall down."""
    if connection.dialect.name != "postgresql":
        return
    for name in _present(connection):
        for statement in (
            f"DROP POLICY IF EXISTS {POLICY} ON {name}",
            f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY",
        ):
            connection.execute(text(statement))
    connection.execute(text(f"DROP FUNCTION IF EXISTS {SHOWS}(bigint)"))


def missing_row_security(connection: Connection) -> list[str]:
    """The book tables around which the wall is not as it ought to be; on SQLite none."""
    if connection.dialect.name != "postgresql":
        return []
    query = (
        "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity, count(p.oid), "
        "min(obj_description(p.oid, 'pg_policy')) FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid "
        "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' GROUP BY c.oid"
    )
    standing = {row[0] for row in connection.execute(text(query)) if _is_sound(*row)}
    body = connection.execute(text("SELECT prosrc FROM pg_proc WHERE proname = :name"), {"name": SHOWS})
    names = [table.name for table in book_tables()]
    lacking = [name for name in names if name not in standing]
    return lacking if body.scalar() == _function_body(names) else [*lacking, SHOWS]


def policy_sql(name: str, present: Collection[str] | None = None) -> str:
    """The policy of one table: which rows a sight shows, and that only a change of the book adds any.

    In an older shape of the book some ways lead by tables that are not `present` yet; they come with those.
    """
    return f"CREATE POLICY {POLICY} ON {name} USING ({_shown(name, present)}) WITH CHECK ({_WRITES})"


def _is_sound(name: str, is_forced: bool, policies: int, digest: str | None) -> bool:
    """A second policy would open what the first one closes."""
    return bool(is_forced) and policies == 1 and name in ROW_SCOPES and digest == _digest(policy_sql(name))


def _digest(statement: str) -> str:
    return sha256(statement.encode()).hexdigest()


def _shown(name: str, present: Collection[str] | None = None) -> str:
    scope = ROW_SCOPES[name]
    ways = [way for way in scope.ways if present is None or way.has_arrived or way.table in present]
    if scope.reach is Reach.SCOPED:
        return " OR ".join([_WHOLE, *(_follow(name, way) for way in ways)])
    if scope.reach is Reach.SOURCE:
        own = f"{_WHOLE} OR ({_ANY} AND {SHOWS}(revision_id))"
        return " OR ".join([own, *(_follow(name, way) for way in ways)])
    return _ANY


def _follow(name: str, way: Way) -> str:
    """The rows to which a way leads; the policies of the tables on it hold for the query within."""
    column = f"{name}.{way.column}"
    if way.has_arrived:
        setting = FUNDS if way.table == FUND else PARKS
        return f"{column} = ANY ((SELECT NULLIF(current_setting('{setting}', true), ''))::bigint[])"
    conditions = [" OR ".join(f"({_follow('passed', after)})" for after in way.then)] if way.then else []
    conditions += [_newest_sql(way)] if way.is_newest else []
    where = f" WHERE {' AND '.join(f'({each})' for each in conditions)}" if conditions else ""
    return f"{column} IN (SELECT passed.{way.by} FROM {way.table} AS passed{where})"  # noqa: S608 (own names)


def _newest_sql(way: Way) -> str:
    """The fact stands, and no later one about the same thing does."""
    order, later_order = (
        f"(COALESCE({each}.from_date, DATE '0001-01-01'), {each}.id)" for each in ("passed", "later")
    )
    return (
        f"{_stands_sql('passed', way)} AND NOT EXISTS (SELECT 1 FROM {way.table} AS later "  # noqa: S608 (own names)
        f"WHERE later.{way.by} = passed.{way.by} AND {_stands_sql('later', way)} AND {later_order} > {order})"
    )


def _stands_sql(name: str, way: Way) -> str:
    after = f"SELECT 1 FROM {way.table} AS after WHERE after.replaces_id = {name}.id"  # noqa: S608 (own names)
    return f"NOT {name}.withdrawn AND NOT EXISTS ({after})"


def _function_sql(present: Collection[str]) -> str:
    # Its body is a text and no dependency, so that a table it names can still be dropped.
    return (
        f"CREATE OR REPLACE FUNCTION {SHOWS}(change bigint) RETURNS boolean LANGUAGE sql STABLE AS "
        f"$${_function_body(present)}$$"
    )


def _function_body(present: Collection[str]) -> str:
    """Whether a change wrote a row that this transaction sees: then it sees the change's file too."""
    return f"SELECT {' OR '.join(_each_shown(present))}"


def _each_shown(present: Collection[str]) -> Iterator[str]:
    for name in tables_within(Reach.SCOPED, Reach.CODE_BOOK):
        if name in present:
            yield f"EXISTS (SELECT 1 FROM {name} WHERE {name}.revision_id = change)"  # noqa: S608 (own names)


def _present(connection: Connection) -> list[str]:
    query = (
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
    )
    found = {row[0] for row in connection.execute(text(query))}
    return [table.name for table in book_tables() if table.name in found]


def _as_array(ids: frozenset[int]) -> str:
    return "{" + ",".join(str(one) for one in sorted(ids)) + "}"
