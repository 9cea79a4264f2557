"""Judges lines that wait to be written, by column: funds of which every rule is plainly kept need no more than that."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, func, select

from funds.book.held import HeldRows
from funds.kinds import CommitmentChange, EntryKind
from funds.models import CallNotice, Commitment, CommitmentMovement, Entry, FundFact
from funds.models.visibility import visible
from funds.queries.codes import each_chunk
from funds.rules.days import ENDED

Ints = NDArray[np.int64]
# Beyond this, sums in eight bytes could run over.
_MOST_SUM = 2.0**62
_NO_DAY = date.max.toordinal()


@dataclass(frozen=True)
class _Lines:
    """The waiting lines as arrays; days are numbers."""

    fund: Ints
    party: Ints
    day: Ints
    amount: Ints
    is_paid_in: NDArray[np.bool_]
    is_inside: NDArray[np.bool_]
    is_recalled: NDArray[np.bool_]


def find_doubtful(connection: Connection, version: int, parts: Sequence[HeldRows]) -> set[int]:
    """The funds of waiting lines that may break a rule over many rows, or do; all others break none."""
    lines = _to_arrays(parts)
    funds = {int(fund) for fund in np.unique(lines.fund)}
    if float(np.abs(lines.amount.astype(np.float64)).sum()) > _MOST_SUM / 4:
        return funds
    short = _find_short(connection, version, funds, lines)
    over = _find_over(connection, version, funds, lines)
    return short | over | set(_find_outside(connection, version, funds, lines))


def _to_arrays(parts: Sequence[HeldRows]) -> _Lines:
    def gather(name: str) -> list[Any]:
        return [value for part in parts for value in part.columns[name]]

    kinds = gather("kind")
    paid_in = np.array([kind is EntryKind.PAID_IN for kind in kinds])
    distributed = np.array([kind is EntryKind.DISTRIBUTION for kind in kinds])
    return _Lines(
        np.array(gather("fund_id"), dtype=np.int64),
        np.array([party or 0 for party in gather("counterparty_id")], dtype=np.int64),
        _to_numbers(gather("moved_on")),
        np.array(gather("amount_fen"), dtype=np.int64),
        paid_in,
        paid_in & np.array(gather("is_inside_commitment"), dtype=np.bool_),
        distributed & np.array(gather("is_recallable"), dtype=np.bool_),
    )


def _to_numbers(days: Sequence[date]) -> Ints:
    known = {day: day.toordinal() for day in {*days}}
    return np.array([known[day] for day in days], dtype=np.int64)


def _read(
    connection: Connection, query: Select[*tuple[Any, ...]], funds: Collection[int], fund_id: Any
) -> list[Any]:
    return [
        row
        for piece in each_chunk(sorted(funds))
        for row in connection.execute(query.where(fund_id.in_(piece)))
    ]


def _find_short(connection: Connection, version: int, funds: Collection[int], lines: _Lines) -> set[int]:
    """Funds whose cash is negative at the end of a day."""
    query = select(Entry.fund_id, Entry.moved_on, func.sum(Entry.amount_fen)).where(visible(Entry, version))
    rows = _read(connection, query.group_by(Entry.fund_id, Entry.moved_on), funds, Entry.fund_id)
    fund = np.concatenate([lines.fund, np.array([row[0] for row in rows], dtype=np.int64)])
    day = np.concatenate([lines.day, _to_numbers([row[1] for row in rows])])
    amount = np.concatenate([lines.amount, np.array([int(row[2]) for row in rows], dtype=np.int64)])
    order = np.lexsort((day, fund))
    (balance,), is_last = _run(order, (fund,), day, amount[None, :])
    return {int(one) for one in np.unique(fund[order][is_last & (balance < 0)])}


def _find_over(connection: Connection, version: int, funds: Collection[int], lines: _Lines) -> set[int]:
    """Funds with an investor beyond what was committed; where commitments passed from one to another, perhaps."""
    steps, transferred = _read_steps(connection, version, funds)
    count = int(lines.fund.size)
    own = np.zeros((4, count), dtype=np.int64)
    own[2], own[3] = lines.amount * lines.is_inside, -lines.amount * lines.is_recalled
    matters = lines.is_inside | lines.is_recalled
    fund = np.concatenate([lines.fund[matters], steps[0]])
    party = np.concatenate([lines.party[matters], steps[1]])
    day = np.concatenate([lines.day[matters], steps[2]])
    order = np.lexsort((day, party, fund))
    sums, is_last = _run(order, (fund, party), day, np.concatenate([own[:, matters], steps[3:]], axis=1))
    committed, called, paid_in, recalled = sums
    room = committed + recalled
    is_over = (committed < 0) | (paid_in > room) | (recalled > paid_in) | (called > room)
    return transferred | {int(one) for one in np.unique(fund[order][is_last & is_over])}


def _run(order: Any, keys: Iterable[Ints], day: Ints, amounts: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Running sums of each group in order of day, and which of them are a day's last."""
    if not order.size:
        return amounts, np.zeros(0, dtype=np.bool_)
    is_first = np.zeros(order.size, dtype=np.bool_)
    is_first[0] = True
    for key in keys:
        is_first[1:] |= key[order][1:] != key[order][:-1]
    is_last = np.ones(order.size, dtype=np.bool_)
    is_last[:-1] = is_first[1:] | (day[order][1:] != day[order][:-1])
    sums = np.cumsum(amounts[:, order], axis=1)
    starts = np.flatnonzero(is_first)
    before = sums[:, starts] - amounts[:, order][:, starts]
    return sums - np.repeat(before, np.diff([*starts, order.size]), axis=1), is_last


def _read_steps(connection: Connection, version: int, funds: Collection[int]) -> tuple[Ints, set[int]]:
    """What the book says: fund, investor, day, committed, called, paid in and recalled; and funds with transfers."""
    movement, notice, bound = CommitmentMovement, CallNotice, (Commitment.fund_id, Commitment.investor_id)
    changed = (
        select(*bound, movement.signed_on, movement.amount_fen, movement.kind)
        .join(movement, movement.commitment_id == Commitment.id)
        .where(visible(movement, version))
    )
    called = (
        select(*bound, notice.noticed_on, notice.amount_fen)
        .join(notice, notice.commitment_id == Commitment.id)
        .where(visible(notice, version))
    )
    key = (Entry.fund_id, Entry.counterparty_id, Entry.moved_on)
    moved = select(*key, func.sum(Entry.amount_fen)).where(visible(Entry, version)).group_by(*key)
    paid = moved.where(Entry.kind == EntryKind.PAID_IN, Entry.is_inside_commitment)
    returned = moved.where(Entry.kind == EntryKind.DISTRIBUTION, Entry.is_recallable)
    changes = _read(connection, changed, funds, Commitment.fund_id)
    transferred = {row.fund_id for row in changes if row.kind is CommitmentChange.TRANSFER}
    found: list[list[Any]] = []
    kinds = (
        (0, 1, changes),
        (1, 1, _read(connection, called, funds, Commitment.fund_id)),
        (2, 1, _read(connection, paid, funds, Entry.fund_id)),
        (3, -1, _read(connection, returned, funds, Entry.fund_id)),
    )
    for place, sign, rows in kinds:
        for row in rows:
            amounts = [0, 0, 0, 0]
            amounts[place] = sign * int(row[3])
            found.append([row[0], row[1], row[2].toordinal(), *amounts])
    return np.array(found, dtype=np.int64).reshape(len(found), 7).T, transferred


def _find_outside(
    connection: Connection, version: int, funds: Collection[int], lines: _Lines
) -> Iterator[int]:
    """Funds with a line before their beginning, after their end, or paid in late."""
    query = select(
        FundFact.fund_id, FundFact.established, FundFact.status, FundFact.exit_end, FundFact.extension_end
    ).where(visible(FundFact, version))
    for row in _read(connection, query, funds, FundFact.fund_id):
        own = lines.fund == row.fund_id
        late = max(row.exit_end.toordinal() if row.exit_end else _NO_DAY, _number(row.extension_end))
        paid = lines.day[own & lines.is_paid_in]
        is_late = paid.size and row.exit_end is not None and int(paid.max()) > late
        if row.status in ENDED or int(lines.day[own].min()) < row.established.toordinal() or is_late:
            yield row.fund_id


def _number(day: date | None) -> int:
    return 0 if day is None else day.toordinal()
