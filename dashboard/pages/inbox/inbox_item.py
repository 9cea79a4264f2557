"""One thing that waits: what it is, whose fund it concerns, since when, by when, and where it is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from funds.queries.proposals import Proposed


class Kind(StrEnum):
    """The groups in the order in which they stand."""

    CONFIRM = "confirm"
    SIGN = "sign"
    FINDING = "finding"
    FILING = "filing"
    MARKS = "marks"
    LOCK = "lock"
    LATE = "late"
    OVERDUE = "overdue"
    TERM = "term"
    MINE = "mine"


# What only this person, or one of few, can do; the rest is called to mind.
ACTS = (Kind.CONFIRM, Kind.SIGN, Kind.FINDING, Kind.FILING)
REMINDERS = tuple(kind for kind in Kind if kind not in ACTS)


@dataclass(frozen=True)
class Item:
    """One line; `what` is a message code with its params, of which `fen` is an amount and `day` a day.

    Whose it is say the funds and parks; none of them is the whole city.
    """

    kind: Kind
    what: str
    path: str
    state: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, object] = field(default_factory=dict)
    funds: tuple[int, ...] = ()
    parks: tuple[int, ...] = ()
    since: date | None = None
    due: date | None = None
    is_at_fund: bool = False  # whether the address names the fund
    proposal: Proposed | None = None

    def late_days(self, today: date) -> int:
        """How many days the last day is past; 0 where it is not, or where there is none."""
        return 0 if self.due is None else max((today - self.due).days, 0)


def sort_items(items: Iterable[Item], today: date) -> list[Item]:
    """The latest first, then what is due first, then what has waited longest."""
    return sorted(
        items,
        key=lambda one: (-one.late_days(today), one.due or date.max, one.since or date.max, one.path),
    )
