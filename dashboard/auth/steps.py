"""What somebody who gave the right password still has to do before being in."""

from dashboard.auth.door import Door
from dashboard.auth.passwords import is_expired, read_changed_at
from dashboard.auth.second_factor import read_factor
from dashboard.auth.sessions import Step
from funds.book import Look


def next_step(door: Door, look: Look, person_id: int, *, has_code: bool = False) -> Step | None:
    """The next thing to do, judged anew from what the book holds; None when nothing remains."""
    factor = read_factor(look.connection, person_id)
    is_active = factor is not None and factor.is_active
    if is_active and not has_code:
        return Step.CODE
    if is_expired(read_changed_at(look.connection, person_id), door.book.now(), door.profile):
        return Step.PASSWORD
    return Step.SECOND_FACTOR if door.needs_factor and not is_active else None
