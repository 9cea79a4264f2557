"""The one place where a locked quarter keeps rows out: a walk over what a change touched, at its end."""

from collections import Counter

from sqlalchemy import select

from funds.book import Change
from funds.book.held import FUND, HeldRows
from funds.dates import quarter_of
from funds.errors import PeriodClosed
from funds.models import Entry, Fund, Party, PersonFact, Restatement
from funds.models.visibility import visible
from funds.permissions import Action, read_rights
from funds.queries.codes import each_chunk
from funds.queries.period_dates import FundQuarter, find_touched
from funds.queries.periods import Locking, read_locks, restated_in

LISTED = 5


def guard_quarters(change: Change) -> None:
    """Refuse rows of a locked quarter; where they come late with a reason (补录), note each quarter as restated."""
    with change.held.aside():
        touched = find_touched(change.connection, change.revision_id, change.touched)
    for part in change.held.of(Entry.__tablename__):
        touched.update(_count_waiting(part))
    if not touched:
        return
    locks = read_locks(change.connection, change.version, *{quarter for (_, quarter), _ in touched})
    closed = {pair: locks[pair] for pair, _ in touched if pair in locks}
    if closed:
        restated = restated_in(change.connection, change.revision_id)
        closed = {pair: lock for pair, lock in closed.items() if pair not in restated}
    if not closed:
        return
    rows = sum(count for (pair, _), count in touched.items() if pair in closed)
    if change.late_reason is None:
        raise _refusal(change, list(closed.values()), rows)
    _restate(change, closed, change.late_reason)


def _count_waiting(part: HeldRows) -> dict[tuple[FundQuarter, str], int]:
    """How many lines of each fund's quarter wait to be written."""
    days = part.columns["moved_on"]
    quarters = {day: quarter_of(day) for day in {*days}}
    pairs = Counter(zip(part.columns[FUND], (quarters[day] for day in days), strict=True))
    return {(pair, part.table.name): count for pair, count in pairs.items()}


def _restate(change: Change, closed: dict[FundQuarter, Locking], reason: str) -> None:
    rights = read_rights(change.connection, change.person_id, change.on, change.version)
    rights.require_funds(Action.APPROVE_LOCK, _codes(change, {fund for fund, _ in closed}))
    rows = [
        {
            "fund_id": fund,
            "quarter": quarter,
            "period_id": lock.id,
            "proposer_id": change.on_behalf_of or change.person_id,
            "reason": reason,
            "origin": None,
        }
        for (fund, quarter), lock in sorted(closed.items())
    ]
    change.add(Restatement, rows)


def _refusal(change: Change, locks: list[Locking], rows: int) -> PeriodClosed:
    locks = sorted(locks, key=lambda lock: (lock.quarter, lock.fund_id))
    codes = _codes(change, {lock.fund_id for lock in locks})
    named = [f"{codes[lock.fund_id]} {lock.quarter}" for lock in locks[:LISTED]]
    first = locks[0]
    return PeriodClosed(
        "period.closed",
        which=", ".join(named),
        rows=rows,
        day=first.day,
        person=name_person_of(change, first.approver_id),
        proposer=name_person_of(change, first.proposer_id),
        version=first.version,
    )


def name_person_of(change: Change, person_id: int) -> str:
    """What a person is called."""
    query = select(PersonFact.name).where(
        PersonFact.person_id == person_id, visible(PersonFact, change.version)
    )
    return str(change.connection.execute(query).scalar() or f"#{person_id}")


def _codes(change: Change, fund_ids: set[int]) -> dict[int, str]:
    query = select(Fund.id, Party.code).join(Party, Party.id == Fund.party_id)
    return {
        row.id: row.code
        for piece in each_chunk(sorted(fund_ids))
        for row in change.connection.execute(query.where(Fund.id.in_(piece)))
    }
