"""By which day each step of a quarter is due, as the policy in force says."""

from dataclasses import dataclass
from datetime import date, timedelta

from funds.kinds import Confirmation
from funds.measures import MICRO
from funds.queries.ledger_slice import LedgerSlice

STEPS = ("filed", "reviewed", "locked", "signed")


@dataclass(frozen=True)
class Deadline:
    """A step and its last day; None where no policy says one."""

    step: str
    day: date | None
    is_checked: bool = False


def read_deadlines(slice_: LedgerSlice, end: date) -> tuple[Deadline, ...]:
    """The steps of the quarter that ends on a day, in their order."""
    return tuple(_read(slice_, step, end) for step in STEPS)


def _read(slice_: LedgerSlice, step: str, end: date) -> Deadline:
    rows = [
        row
        for row in slice_.facts.policy_rows
        if row.code == f"quarter.due_{step}" and row.value_e6 is not None and row.holds_on(end)
    ]
    if not rows:
        return Deadline(step, None)
    row = max(rows, key=lambda one: (one.from_date, one.id))
    days = timedelta(days=(row.value_e6 or 0) // MICRO)
    return Deadline(step, end + days, row.confirmation is Confirmation.CONFIRMED)
