"""Locks and unlocks quarters of funds, on the word of two people and never of one."""

from collections.abc import Mapping, Sequence
from typing import TypeVar
from weakref import WeakKeyDictionary

from funds.book import Change
from funds.drafts.periods import LockDraft, QuarterDraft, UnlockDraft
from funds.errors import Conflict, NotAllowed
from funds.kinds import PeriodEvent
from funds.models import Period, table_of
from funds.queries.codes import KnownBody
from funds.queries.period_dates import PERIOD_DATES
from funds.queries.periods import read_locks
from funds.queries.quarter_checks import CheckDesk
from funds.recording.closed_quarters import name_person_of
from funds.recording.collection import check_quarters
from funds.recording.lookups import look_up_funds
from funds.recording.sieve import Sieve
from funds.rules.values import check_values

DATED = frozenset(table_of(model).name for model in PERIOD_DATES)
Turn = TypeVar("Turn", LockDraft, UnlockDraft)
_desks: WeakKeyDictionary[Change, dict[str, CheckDesk]] = WeakKeyDictionary()


def record_locks(change: Change, drafts: Sequence[LockDraft]) -> None:
    """Lock quarters whose checks all hold; only as a proposal that another person approves."""
    require_two(change)
    sieve = Sieve(change, drafts)
    funds = look_up_funds(sieve, "fund")
    check_quarters(sieve)
    _check_reasons(sieve)
    sieve.settle()
    locks = read_locks(change.connection, change.version)
    for draft in drafts:
        lock = locks.get((funds[draft.fund].id, draft.quarter))
        if lock is not None:
            person = name_person_of(change, lock.approver_id)
            raise Conflict(
                "period.locked_already", about=draft.fund, quarter=draft.quarter, person=person, day=lock.day
            )
    for quarter in dict.fromkeys(draft.quarter for draft in drafts):
        _check_all(sieve, quarter, funds)
    sieve.settle()
    _write(change, drafts, funds, PeriodEvent.LOCK)


def record_unlocks(change: Change, drafts: Sequence[UnlockDraft]) -> None:
    """Open locked quarters again; only as a proposal that another person approves."""
    require_two(change)
    sieve = Sieve(change, drafts)
    funds = look_up_funds(sieve, "fund")
    check_quarters(sieve)
    _check_reasons(sieve)
    sieve.settle()
    locks = read_locks(change.connection, change.version)
    for draft in drafts:
        if (funds[draft.fund].id, draft.quarter) not in locks:
            raise Conflict("period.not_locked", about=draft.fund, quarter=draft.quarter)
    _write(change, drafts, funds, PeriodEvent.UNLOCK)


def require_two(change: Change) -> None:
    """Refuse what is not the carrying out of somebody's proposal."""
    if change.on_behalf_of is None:
        raise NotAllowed("period.needs_second_person")


def _check_all(sieve: Sieve[LockDraft], quarter: str, funds: Mapping[str, KnownBody]) -> None:
    change = sieve.change
    asked = {funds[draft.fund].id: draft for draft in sieve.drafts if draft.quarter == quarter}
    desk = _open_desk(change, quarter)
    for fund in asked:
        open_ = [str(result.check.number) for result in desk.judge(fund) if not result.is_green]
        if open_:
            params = {"fund": asked[fund].fund, "quarter": quarter, "checks": ", ".join(open_)}
            sieve.report(asked[fund], "quarter", "period.checks_open", params)


def _open_desk(change: Change, quarter: str) -> CheckDesk:
    """What the checks look at, kept for the locks of one change as long as it writes nothing that they look at."""
    if not change.touched.keys().isdisjoint(DATED):
        return CheckDesk(change.connection, change.version, quarter)
    desks = _desks.setdefault(change, {})
    if quarter not in desks:
        desks[quarter] = CheckDesk(change.connection, change.version, quarter)
    return desks[quarter]


def _check_reasons(sieve: Sieve[Turn]) -> None:
    for draft in sieve.drafts:
        for fault in check_values(Period, {"reason": draft.reason}, sieve.change.on):
            sieve.report(draft, fault.column, fault.code, fault.params)


def _write(
    change: Change,
    drafts: Sequence[QuarterDraft],
    funds: Mapping[str, KnownBody],
    event: PeriodEvent,
) -> None:
    rows = [
        {
            "fund_id": funds[draft.fund].id,
            "quarter": draft.quarter,
            "event": event,
            "proposer_id": change.on_behalf_of,
            "reason": getattr(draft, "reason"),  # noqa: B009
            "origin": draft.place.origin,
        }
        for draft in drafts
    ]
    change.add(Period, rows)
