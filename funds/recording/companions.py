"""Keeps the rows of one movement in step: its lines in several funds, its exit, its deal, its other half."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from funds.book import Change, visible
from funds.kinds import ExitKind
from funds.models import CommitmentMovement, DealFact, Entry, Exit, Replaceable, table_of

Row = Mapping[str, Any]
Companion = tuple[type[Replaceable], Row]

# What the rows of a movement say alike, under one name; amounts keep the sign of their own side.
SHARED: Mapping[type[Replaceable], Mapping[str, str]] = {
    Entry: {
        "moved_on": "day",
        "amount_fen": "amount",
        "detail": "kind",
        "business_no": "business_no",
        "notice_no": "notice_no",
        "is_inside_commitment": "is_inside_commitment",
        "is_recallable": "is_recallable",
        "is_in_kind": "is_in_kind",
    },
    DealFact: {"paid_on": "day"},
    Exit: {"exited_on": "day", "amount_fen": "amount", "kind": "kind", "business_no": "business_no"},
    CommitmentMovement: {
        "signed_on": "day",
        "amount_fen": "amount",
        "basis": "basis",
        "business_no": "business_no",
    },
}
_TOGETHER: Mapping[type[Replaceable], tuple[type[Replaceable], ...]] = {
    Entry: (Entry, DealFact, Exit),
    DealFact: (Entry, DealFact, Exit),
    Exit: (Entry, DealFact, Exit),
    CommitmentMovement: (CommitmentMovement,),
}


def read_companions(change: Change, model: type[Replaceable], row: Row) -> list[Companion]:
    """The other visible rows of a row's movement."""
    movement_id = row.get("movement_id")
    if movement_id is None:
        return []
    found: list[Companion] = []
    for other in _TOGETHER.get(model, ()):
        table = table_of(other)
        query = select(table).where(visible(other, change.version), table.c.movement_id == movement_id)
        rows = change.connection.execute(query.order_by(table.c.id)).mappings()
        found += [(other, dict(hit)) for hit in rows if other is not model or hit["id"] != row["id"]]
    return found


def carry_over(model: type[Replaceable], changed: Row, companion: Companion) -> dict[str, object]:
    """What a change of one row of a movement means for another."""
    other, row = companion
    names = SHARED[model]
    said = {names[column]: value for column, value in changed.items() if column in names}
    carried = {column: said[name] for column, name in SHARED[other].items() if name in said}
    if isinstance(amount := carried.get("amount_fen"), int):
        carried["amount_fen"] = -abs(amount) if row["amount_fen"] < 0 else abs(amount)
    if other is Exit and "kind" in carried:
        carried["kind"] = ExitKind(str(carried["kind"]))
    if "detail" in carried and row["detail"] is None:  # the buyer's payment in a transfer between funds
        del carried["detail"]
    return {column: value for column, value in carried.items() if row[column] != value}
