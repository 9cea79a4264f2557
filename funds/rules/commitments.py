"""Nobody pays in, or is called for, more than was committed; and no commitment falls below zero."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Select, SQLColumnExpression, select

from funds.kinds import CommitmentChange, EntryKind
from funds.models import BookRow, CallNotice, Commitment, CommitmentMovement, Entry
from funds.models.visibility import visible
from funds.money import format_fen
from funds.rules.breaches import Breach, Reach


@dataclass(frozen=True)
class Step:
    """A change of what an investor has committed, was called for, paid in or got back recallably."""

    day: date
    investor_id: int
    committed: int = 0
    called: int = 0
    paid_in: int = 0
    recalled: int = 0
    transfer_id: int | None = None


@dataclass
class Account:
    """Running sums of one investor, or of several whose commitments were transferred among them.

    How much paid-in money goes along with a transfer is not written down, so that from then on those
    investors are judged together.
    """

    members: set[int]
    committed: int = 0
    called: int = 0
    paid_in: int = 0
    recalled: int = 0

    def take(self, step: Step) -> None:
        self.committed += step.committed
        self.called += step.called
        self.paid_in += step.paid_in
        self.recalled += step.recalled

    def join(self, other: "Account") -> None:
        self.members |= other.members
        self.committed += other.committed
        self.called += other.called
        self.paid_in += other.paid_in
        self.recalled += other.recalled

    def judge(self, steps: Iterable[Step]) -> str | None:
        """The rule that the account breaks at the end of a day, if any."""
        room = self.committed + self.recalled
        if self.paid_in > room:
            return "paid_in.over_commitment" if self.committed else "paid_in.no_commitment"
        if self.recalled > self.paid_in:
            return "distribution.recall_over_paid_in"
        if self.called > room and any(step.called for step in steps):
            return "notice.over_commitment"
        return None


@dataclass(frozen=True)
class Excess:
    """A rule first broken by an investor of a fund on a day, and by how much."""

    code: str
    fund_id: int
    investor_id: int
    day: date
    amount_fen: int
    investor_ids: frozenset[int]


def check_commitments(reach: Reach) -> Iterator[Breach]:
    """The first fault of each investor of each fund that the revision touched."""
    steps = _read_steps(reach)
    excesses = [found for fund_id, course in steps.items() for found in follow_fund(fund_id, course)]
    funds = reach.fund_codes(excess.fund_id for excess in excesses)
    parties = reach.party_codes(excess.investor_id for excess in excesses)
    for excess in excesses:
        table, culprit = _find_culprit(reach, excess)
        fund, investor = funds[excess.fund_id], parties[excess.investor_id]
        yield Breach(
            excess.code,
            table,
            culprit,
            ("amount_fen",),
            f"commitment/{fund}/{investor}",
            {"fund": fund, "investor": investor, "day": excess.day, "excess": format_fen(excess.amount_fen)},
        )


def follow_fund(fund_id: int, steps: Iterable[Step]) -> Iterator[Excess]:
    """Walk through one fund's days; an account that broke a rule is not judged again."""
    accounts: dict[int, Account] = {}
    own: dict[int, int] = defaultdict(int)
    faulty: set[int] = set()
    for day, group in groupby(sorted(steps, key=lambda step: step.day), key=lambda step: step.day):
        today = list(group)
        for step in today:
            accounts.setdefault(step.investor_id, Account({step.investor_id})).take(step)
            own[step.investor_id] += step.committed
        _join_transfers(accounts, today)
        for investor in dict.fromkeys(step.investor_id for step in today):
            account = accounts[investor]
            code = "commitment.negative" if own[investor] < 0 else account.judge(today)
            if code and not account.members & faulty:
                faulty |= account.members
                amount = _excess(code, account, own[investor])
                members = {investor} if code == "commitment.negative" else account.members
                yield Excess(code, fund_id, investor, day, amount, frozenset(members))


def _join_transfers(accounts: dict[int, Account], steps: Iterable[Step]) -> None:
    partners: dict[int, int] = {}
    for step in steps:
        if step.transfer_id is None:
            continue
        partner = partners.setdefault(step.transfer_id, step.investor_id)
        left, right = accounts[partner], accounts[step.investor_id]
        if left is not right:
            left.join(right)
            accounts.update(dict.fromkeys(right.members, left))


def _excess(code: str, account: Account, own: int) -> int:
    if code == "commitment.negative":
        return -own
    if code == "distribution.recall_over_paid_in":
        return account.recalled - account.paid_in
    asked = account.called if code == "notice.over_commitment" else account.paid_in
    return asked - account.committed - account.recalled


def _read_steps(reach: Reach) -> dict[int, list[Step]]:
    """All steps of every fund that has a commitment, call, contribution or distribution of the revision."""
    steps: dict[int, list[Step]] = defaultdict(list)
    movement, notice = CommitmentMovement, CallNotice
    bound = select(Commitment.fund_id, Commitment.investor_id)
    changed = bound.add_columns(
        movement.signed_on, movement.amount_fen, movement.kind, movement.movement_id
    ).join(movement, movement.commitment_id == Commitment.id)
    for row in _rows(reach, changed.where(visible(movement, reach.version)), Commitment.fund_id):
        transfer = row[5] if row[4] is CommitmentChange.TRANSFER else None
        steps[row[0]].append(Step(row[2], row[1], committed=row[3], transfer_id=transfer))
    called = bound.add_columns(notice.noticed_on, notice.amount_fen).join(
        notice, notice.commitment_id == Commitment.id
    )
    for row in _rows(reach, called.where(visible(notice, reach.version)), Commitment.fund_id):
        steps[row[0]].append(Step(row[2], row[1], called=row[3]))
    moved = select(Entry.fund_id, Entry.counterparty_id, Entry.moved_on, Entry.amount_fen).where(
        visible(Entry, reach.version)
    )
    paid = moved.where(Entry.kind == EntryKind.PAID_IN, Entry.is_inside_commitment)
    for row in _rows(reach, paid, Entry.fund_id):
        steps[row[0]].append(Step(row[2], row[1], paid_in=row[3]))
    returned = moved.where(Entry.kind == EntryKind.DISTRIBUTION, Entry.is_recallable)
    for row in _rows(reach, returned, Entry.fund_id):
        steps[row[0]].append(Step(row[2], row[1], recalled=-row[3]))
    return steps


def _rows(reach: Reach, query: Select[*tuple[Any, ...]], fund_id: Any) -> Any:
    touched = reach.touched(fund_id, *_sources())
    return reach.connection.execute(query.where(reach.unsettled(fund_id), touched))


def _sources() -> Iterator[tuple[type[BookRow], Select[Any]]]:
    yield Entry, select(Entry.fund_id)
    for model in (CommitmentMovement, CallNotice):
        yield model, select(Commitment.fund_id).join(model, model.commitment_id == Commitment.id)


def _find_culprit(reach: Reach, excess: Excess) -> tuple[str, int]:
    """The row whose cell is named: a payment, a call, a recallable return, or a lowered commitment."""
    entries = (
        Entry.fund_id == excess.fund_id,
        Entry.counterparty_id.in_(excess.investor_ids),
        Entry.moved_on <= excess.day,
    )
    commitment = select(Commitment.id).where(
        Commitment.fund_id == excess.fund_id, Commitment.investor_id.in_(excess.investor_ids)
    )
    if excess.code == "distribution.recall_over_paid_in":
        returned = (*entries, Entry.kind == EntryKind.DISTRIBUTION, Entry.is_recallable)
        return "entry", reach.find_culprit(Entry, Entry.moved_on, *returned)
    if excess.code == "notice.over_commitment":
        called = (CallNotice.commitment_id.in_(commitment), CallNotice.noticed_on <= excess.day)
        return "call_notice", reach.find_culprit(CallNotice, CallNotice.noticed_on, *called)
    paid = (*entries, Entry.kind == EntryKind.PAID_IN, Entry.is_inside_commitment)
    if excess.code != "commitment.negative" and _exists_on(reach, excess.day, *paid):
        return "entry", reach.find_culprit(Entry, Entry.moved_on, *paid)
    movement = CommitmentMovement
    lowered = (
        movement.commitment_id.in_(commitment),
        movement.signed_on <= excess.day,
        movement.amount_fen < 0,
    )
    return "commitment_movement", reach.find_culprit(movement, movement.signed_on, *lowered)


def _exists_on(reach: Reach, day: date, *conditions: SQLColumnExpression[bool]) -> bool:
    query = select(Entry.id).where(visible(Entry, reach.version), Entry.moved_on == day, *conditions)
    return reach.connection.execute(query).first() is not None
