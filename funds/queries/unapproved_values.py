"""Marks and reported net asset values that nobody has approved yet: of which fund and day, by whom and since when."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, exists, select
from sqlalchemy.orm import aliased

from funds.models import FundNav, Holding, Mark, Revision
from funds.models.visibility import visible

MARK, NAV = "mark", "nav"
# A second name for marks, made once.
_LATER = aliased(Mark, name="approved_mark")


@dataclass(frozen=True)
class Unapproved:
    """One value that waits; `kind` is `mark` or `nav`."""

    kind: str
    id: int
    fund_id: int
    valued_on: date
    maker_id: int
    at: str


def read_unapproved(connection: Connection, version: int, day: date) -> list[Unapproved]:
    """Those of days up to one, marks first; a mark that a later approved one overtook waits no longer."""
    found: list[Unapproved] = []
    for kind, query in ((MARK, _marks(version, day)), (NAV, _navs(version, day))):
        for row_id, fund, valued_on, maker, at in connection.execute(query):
            found.append(Unapproved(kind, row_id, fund, valued_on, maker, at))
    return found


def _marks(version: int, day: date) -> Select[int, int, date, int, str]:
    is_overtaken = exists().where(
        _LATER.holding_id == Mark.holding_id,
        _LATER.valued_on > Mark.valued_on,
        _LATER.valued_on <= day,
        _LATER.approved_by_id.is_not(None),
        visible(_LATER, version),
    )
    return (
        select(Mark.id, Holding.fund_id, Mark.valued_on, Revision.person_id, Revision.recorded_at)
        .join(Holding, Holding.id == Mark.holding_id)
        .join(Revision, Revision.id == Mark.revision_id)
        .where(Mark.approved_by_id.is_(None), Mark.valued_on <= day, visible(Mark, version), ~is_overtaken)
        .order_by(Mark.valued_on, Mark.id)
    )


def _navs(version: int, day: date) -> Select[int, int, date, int, str]:
    row = FundNav
    return (
        select(row.id, row.fund_id, row.valued_on, Revision.person_id, Revision.recorded_at)
        .join(Revision, Revision.id == row.revision_id)
        .where(row.approved_by_id.is_(None), row.valued_on <= day, visible(row, version))
        .order_by(row.valued_on, row.id)
    )
