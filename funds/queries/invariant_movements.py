"""Movements of the whole book: the lines of one movement sum to nothing, mirror each other, and have their deal or exit."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from funds.kinds import CommitmentChange, EntryKind
from funds.models import CommitmentMovement, DealFact, Entry, Exit, Fund, FundFact
from funds.models.visibility import visible
from funds.problems import Problem, fatal

# The child's kind of line and the mother's.
MIRRORS = {
    EntryKind.PAID_IN: EntryKind.STAKE_PAYMENT,
    EntryKind.DISTRIBUTION: EntryKind.STAKE_RECEIPT,
}


def check_movements(connection: Connection, version: int) -> Iterator[Problem]:
    """Every movement of money or commitments that does not add up."""
    yield from _check_entry_sums(connection, version)
    yield from _check_transfers(connection, version)
    yield from _check_mirrors(connection, version)
    yield from _check_counterparts(connection, version)


def _check_entry_sums(connection: Connection, version: int) -> Iterator[Problem]:
    """A movement has one line, or two of two funds that sum to 0."""
    total = func.sum(Entry.amount_fen)
    odd = (
        select(Entry.movement_id)
        .where(visible(Entry, version))
        .group_by(Entry.movement_id)
        .having(or_(func.count() > 2, and_(func.count() == 2, total != 0)))
    )
    lines = (
        select(Entry.movement_id, Entry.id, Entry.amount_fen)
        .where(Entry.movement_id.in_(odd), visible(Entry, version))
        .order_by(Entry.movement_id, Entry.id)
    )
    yield from _name_groups(connection, lines, "entry", "invariant.transfer_sum")


def _check_transfers(connection: Connection, version: int) -> Iterator[Problem]:
    """Both halves of a transferred commitment sum to 0."""
    movement = CommitmentMovement
    is_transfer = and_(movement.kind == CommitmentChange.TRANSFER, visible(movement, version))
    odd = (
        select(movement.movement_id)
        .where(is_transfer)
        .group_by(movement.movement_id)
        .having(or_(func.count() != 2, func.sum(movement.amount_fen) != 0))
    )
    halves = (
        select(movement.movement_id, movement.id, movement.amount_fen)
        .where(movement.movement_id.in_(odd), is_transfer)
        .order_by(movement.movement_id, movement.id)
    )
    yield from _name_groups(connection, halves, "commitment_movement", "invariant.transfer_sum")


def _name_groups(
    connection: Connection, query: Select[int, int, int], table: str, code: str
) -> Iterator[Problem]:
    for movement_id, group in groupby(connection.execute(query), key=lambda row: row[0]):
        rows = list(group)
        named = ", ".join(f"{table}#{row[1]}" for row in rows)
        yield fatal(
            code, f"{table}#{rows[0][1]}", rows=named, movement=movement_id, sum=sum(r[2] for r in rows)
        )


def _check_mirrors(connection: Connection, version: int) -> Iterator[Problem]:
    """Money between two funds of the book stands in both, of the same fen and day; anti-joins both ways."""
    child, mother = aliased(Fund), aliased(Fund)
    other = aliased(Entry)
    for below, above in MIRRORS.items():
        for here, there in ((below, above), (above, below)):
            facing = select(other.id).where(
                other.movement_id == Entry.movement_id,
                other.kind == there,
                other.amount_fen == -Entry.amount_fen,
                other.moved_on == Entry.moved_on,
                other.fund_id == mother.id,
                other.counterparty_id == child.party_id,
                visible(other, version),
            )
            lines = (
                select(Entry.id)
                .join(child, child.id == Entry.fund_id)
                .join(mother, mother.party_id == Entry.counterparty_id, isouter=here is above)
                .where(Entry.kind == here, visible(Entry, version), ~facing.exists())
                .order_by(Entry.id)
            )
            if here is below:
                lines = lines.where(_is_visible_fund(mother.id, version))
            for (row_id,) in connection.execute(lines):
                yield fatal("invariant.mirror", f"entry#{row_id}")


def _is_visible_fund(fund_id: Any, version: int) -> ColumnElement[bool]:
    return select(FundFact.id).where(FundFact.fund_id == fund_id, visible(FundFact, version)).exists()


def _check_counterparts(connection: Connection, version: int) -> Iterator[Problem]:
    """A payment and its deal, proceeds and their exit, go together by movement and say the same."""
    same_deal = and_(
        Entry.movement_id == DealFact.movement_id,
        Entry.kind == EntryKind.INVESTMENT,
        Entry.deal_id == DealFact.deal_id,
        Entry.moved_on == DealFact.paid_on,
    )
    converted = and_(
        Entry.movement_id == -DealFact.movement_id,
        Entry.kind == EntryKind.INVESTMENT,
        Entry.deal_id == DealFact.deal_id,
        Entry.moved_on <= DealFact.paid_on,
    )
    same_exit = and_(
        Entry.movement_id == Exit.movement_id,
        Entry.kind == EntryKind.PROCEEDS,
        Entry.holding_id == Exit.holding_id,
        Entry.moved_on == Exit.exited_on,
        Entry.amount_fen == Exit.amount_fen,
    )
    entry, deal, exit_ = (visible(model, version) for model in (Entry, DealFact, Exit))
    lonely: list[tuple[str, Select[int]]] = [
        (
            "deal_fact",
            select(DealFact.id).where(
                deal,
                ~_there_is(Entry, same_deal, entry),
                ~_there_is(Entry, converted, entry),
            ),
        ),
        (
            "entry",
            select(Entry.id).where(
                Entry.kind == EntryKind.INVESTMENT, entry, ~_there_is(DealFact, same_deal, deal)
            ),
        ),
        (
            "exit",
            select(Exit.id).where(
                exit_,
                or_(
                    and_(Exit.amount_fen == 0, Exit.movement_id.is_not(None)),
                    and_(Exit.amount_fen != 0, ~_there_is(Entry, same_exit, entry)),
                ),
            ),
        ),
        (
            "entry",
            select(Entry.id).where(
                Entry.kind == EntryKind.PROCEEDS, entry, ~_there_is(Exit, same_exit, exit_)
            ),
        ),
    ]
    for table, query in lonely:
        for row_id in sorted(row[0] for row in connection.execute(query)):
            yield fatal("invariant.counterpart", f"{table}#{row_id}")


def _there_is(model: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(model.id).where(*conditions).correlate_except(model).exists()
