"""Which changes wait for a second person: dated policy rows of the book, one for each kind of proposal."""

from enum import IntEnum

from funds.book import Change
from funds.measures import MICRO
from funds.queries.policy_values import find_policy_values

STEM = "second_person"


class Level(IntEnum):
    """When a second person is needed."""

    NEVER = 0
    UNLESS_CONFIRMING = 1  # whoever holds the confirming right records at once, anybody else proposes
    ALWAYS = 2


def read_level(change: Change, kind: str) -> Level:
    """The level in force today; where the book says nothing, whoever may not confirm proposes."""
    code = f"{STEM}.{kind}"
    found = find_policy_values(change.connection, change.version, [code], change.on).get(code)
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
