"""Records how a quarter is collected: what managers filed, what mothers counted, and who was reminded."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import select

from funds.book import Change
from funds.dates import days_of_quarter
from funds.drafts.periods import ControlTotalDraft, FilingDraft, QuarterDraft, ReminderDraft
from funds.models import Commitment, ControlTotal, FundFact, QuarterFiling, Reminder
from funds.models.visibility import visible
from funds.permissions import Action
from funds.queries.codes import KnownBody
from funds.recording.facts import Line, Noun, Plan, check_lines, keep_facts, read_standing
from funds.recording.lookups import look_up_funds
from funds.recording.movements import open_funds
from funds.recording.sieve import Recorded, Sieve
from funds.rules.rows import QUARTER
from funds.rules.values import check_values

FILING = Noun(QuarterFiling, ("fund_id", "quarter"))
CONTROL_TOTAL = Noun(ControlTotal, ("fund_id", "child_id", "quarter"), fields={"child_id": "child"})
Q = TypeVar("Q", bound=QuarterDraft)


def record_filings(change: Change, drafts: Sequence[FilingDraft]) -> Recorded:
    """A quarter is filed; filing it again takes the place of the first time."""
    sieve = Sieve(change, drafts)
    funds = open_funds(sieve)
    check_quarters(sieve)
    lines = [
        Line(
            draft,
            {
                "fund_id": funds[draft.fund].id,
                "quarter": draft.quarter,
                "filed_on": change.on,
                "filed_by_id": change.person_id,
                "note": draft.note,
            },
        )
        for draft in sieve.drafts
    ]
    return keep_facts(sieve, _plan_anew(sieve, FILING, lines))


def record_control_totals(change: Change, drafts: Sequence[ControlTotalDraft]) -> Recorded:
    """What a mother paid into her child and got back in a quarter, by her manager's own count."""
    sieve = Sieve(change, drafts)
    funds = open_funds(sieve)
    children = look_up_funds(sieve, "child")
    check_quarters(sieve)
    for draft in sieve.sound():
        if not _is_committed(change, funds[draft.fund], children[draft.child]):
            params = {"fund": draft.fund, "child": draft.child}
            sieve.report(draft, "child", "control_total.not_mother", params)
    lines = [
        Line(
            draft,
            {
                "fund_id": funds[draft.fund].id,
                "child_id": children[draft.child].id,
                "quarter": draft.quarter,
                "called_fen": draft.called_fen,
                "distributed_fen": draft.distributed_fen,
            },
        )
        for draft in sieve.drafts
    ]
    return keep_facts(sieve, _plan_anew(sieve, CONTROL_TOTAL, lines))


def record_reminders(change: Change, drafts: Sequence[ReminderDraft]) -> Recorded:
    """Remind managers of a quarter that they have not filed."""
    sieve = Sieve(change, drafts)
    funds = look_up_funds(sieve, "fund")
    named = {funds[code].id: code for _, _, code in sieve.referring("fund")}
    sieve.rights.require_funds(Action.LOCK_QUARTER, named)
    check_quarters(sieve)
    filed = _read_filed(change, drafts)
    for draft in sieve.sound():
        if (funds[draft.fund].id, draft.quarter) in filed:
            sieve.report(draft, "quarter", "reminder.filed", {"fund": draft.fund, "quarter": draft.quarter})
        for fault in check_values(Reminder, {"note": draft.note}, change.on):
            sieve.report(draft, fault.column, fault.code, fault.params)
    sieve.settle()
    addressees = _read_managers(change, [funds[draft.fund].id for draft in sieve.sound()])
    rows = [
        {
            "fund_id": funds[draft.fund].id,
            "quarter": draft.quarter,
            "addressee_id": addressees.get(funds[draft.fund].id),
            "reminded_on": change.on,
            "note": draft.note,
            "origin": draft.place.origin,
        }
        for draft in sieve.sound()
    ]
    change.add(Reminder, rows)
    return sieve.conclude(len(rows), 0, 0)


def check_quarters(sieve: Sieve[Q]) -> None:
    """A quarter is written as one, and is over."""
    for draft in sieve.sound():
        if not QUARTER.fullmatch(draft.quarter):
            sieve.report(draft, "quarter", "quarter.format", {"text": draft.quarter})
        elif days_of_quarter(draft.quarter)[1] >= sieve.change.on:
            sieve.report(draft, "quarter", "period.not_ended", {"quarter": draft.quarter})


def _plan_anew(sieve: Sieve[Q], noun: Noun, lines: Sequence[Line]) -> Plan:
    """Each line takes the place of what stands under its key; one that comes twice is taken once."""
    check_lines(sieve, noun, lines)
    sound = {noun.key_of(line.values): line for line in lines if sieve.is_sound(line.draft)}
    standing = {noun.key_of(row): row for row in read_standing(sieve.change, noun, list(sound.values()))}
    plan = Plan(noun)
    for key, line in sound.items():
        before = standing.get(key)
        if before is not None and all(before[name] == value for name, value in line.values.items()):
            plan.same += 1
        else:
            plan.fresh.append((line, None if before is None else before["id"]))
    return plan


def _is_committed(change: Change, mother: KnownBody, child: KnownBody) -> bool:
    query = select(Commitment.id).where(
        Commitment.fund_id == child.id, Commitment.investor_id == mother.party_id
    )
    return change.connection.execute(query).first() is not None


def _read_filed(change: Change, drafts: Sequence[ReminderDraft]) -> set[tuple[int, str]]:
    row = QuarterFiling
    query = select(row.fund_id, row.quarter).where(
        row.quarter.in_({draft.quarter for draft in drafts}), visible(row, change.version)
    )
    return {(found.fund_id, found.quarter) for found in change.connection.execute(query)}


def _read_managers(change: Change, fund_ids: Sequence[int]) -> dict[int, int | None]:
    query = select(FundFact.fund_id, FundFact.manager_id).where(
        FundFact.fund_id.in_(fund_ids), visible(FundFact, change.version)
    )
    return {row.fund_id: row.manager_id for row in change.connection.execute(query.order_by(FundFact.id))}
