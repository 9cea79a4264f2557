"""Which changes wait for a second person: dated policy rows of the book, one for each kind of proposal."""

from enum import IntEnum

from sqlalchemy import or_, select

from funds.book import Change, visible
from funds.measures import MICRO
from funds.models import Policy

STEM = "second_person"


class Level(IntEnum):
    """When a second person is needed."""

    NEVER = 0
    UNLESS_CONFIRMING = 1  # whoever holds the confirming right records at once, anybody else proposes
    ALWAYS = 2


def read_level(change: Change, kind: str) -> Level:
    """The level in force today; where the book says nothing, whoever may not confirm proposes."""
    query = (
        select(Policy.value_e6)
        .where(
            Policy.code == f"{STEM}.{kind}",
            Policy.value_e6.is_not(None),
            Policy.park_id.is_(None),
            Policy.from_date <= change.on,
            or_(Policy.to_date.is_(None), Policy.to_date > change.on),
            visible(Policy, change.version),
        )
        .order_by(Policy.from_date.desc(), Policy.id.desc())
        .limit(1)
    )
    found = change.connection.execute(query).scalar()
    if found is None:
        return Level.UNLESS_CONFIRMING
    return Level(min(max(found // MICRO, Level.NEVER), Level.ALWAYS))


def must_propose(change: Change, kind: str, *, may_confirm: bool) -> bool:
    """Whether what somebody records has to wait as a proposal."""
    if change.on_behalf_of is not None:
        return False
    level = read_level(change, kind)
    return level is Level.ALWAYS or (level is Level.UNLESS_CONFIRMING and not may_confirm)


def may_vouch(change: Change, kind: str, *, may_confirm: bool) -> bool:
    """Whether what somebody records is confirmed by that; where not, the row waits beside the others."""
    return may_confirm and (change.on_behalf_of is not None or read_level(change, kind) < Level.ALWAYS)
