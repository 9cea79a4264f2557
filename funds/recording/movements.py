"""What all movements of a fund share: who may record them, how they are found again and written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from funds.book import Change, visible
from funds.book.held import BESIDE_HELD
from funds.drafts import Draft, MovementDraft
from funds.kinds import EntryKind
from funds.models import Entry, Replaceable
from funds.permissions import Action
from funds.queries.codes import Known, KnownBody, each_chunk
from funds.recording.chains import lives_on, was_undone
from funds.recording.lookups import look_up_funds
from funds.recording.sieve import Recorded, Sieve, codes_of
from funds.recording.twins import FieldNames, Footprint, Fresh, Group, Sorted, Standing, sort_movements
from funds.rules.rows import check_row

D = TypeVar("D", bound=Draft)
M = TypeVar("M", bound=MovementDraft)
Build = Callable[[Any], Footprint]


@dataclass(frozen=True)
class Family:
    """A kind of movement as the book holds it: which rows, in which funds, and what a row says."""

    model: type[Replaceable]
    query: Any
    fund_id: Any
    build: Build
    names: FieldNames
    kinds: frozenset[EntryKind] = frozenset()  # of lines of the ledger


MIRRORED: Mapping[EntryKind, EntryKind] = {
    EntryKind.PAID_IN: EntryKind.STAKE_PAYMENT,
    EntryKind.DISTRIBUTION: EntryKind.STAKE_RECEIPT,
}


@dataclass(frozen=True)
class Transfer:
    """A fund's line with an investor, who may be a fund of the book (the mother)."""

    line: Mapping[str, Any]
    child_party_id: int
    mother: KnownBody | None


def open_funds(sieve: Sieve[D]) -> dict[str, KnownBody]:
    """The funds that the drafts name, each of which this person must be allowed to record for."""
    funds = look_up_funds(sieve, "fund")
    named = {funds[code].id: code for code in codes_of(sieve.sound(), "fund")}
    sieve.rights.require_funds(Action.RECORD_BUSINESS, named)
    return funds


def check_positive(sieve: Sieve[M]) -> None:
    """Amounts are filed as positive; the kind gives the sign."""
    for draft in sieve.drafts:
        if draft.amount_fen <= 0:
            sieve.report(draft, "amount_fen", "amount.not_positive", {"amount": draft.amount_fen})


def check_other_party(
    sieve: Sieve[M], funds: Mapping[str, KnownBody], parties: Mapping[str, Known], field: str
) -> None:
    """A fund is never its own investor, and holds no stake in itself."""
    bodies = {fund.party_id for fund in funds.values()}
    if all(parties[code].id not in bodies for code in codes_of(sieve.drafts, field)):
        return
    for draft, _, code in sieve.referring(field):
        if funds[draft.fund].party_id == parties[code].id:
            sieve.report(draft, field, "fund.own_investor", {"fund": draft.fund})


def check_rows(
    sieve: Sieve[D], model: type[Replaceable], rows: Iterable[tuple[D, Mapping[str, object]]], **fields: str
) -> None:
    """Rules of single rows; `fields` names the draft's field of a column where the names differ.

    The signs of a draft's rows are ours, so that a wrong one is only ever an amount reported before.
    """
    for draft, values in rows:
        for fault in check_row(model, values, sieve.change.on):
            if fault.code == "ledger.wrong_sign":
                continue
            field = fields.get(fault.column, fault.column.removesuffix("_id"))
            sieve.report(draft, field, fault.code, fault.params)


def sort_family(sieve: Sieve[M], family: Family, movements: Sequence[tuple[M, Footprint]]) -> Sorted[M]:
    """Sort movements of one family into new ones and ones that the book has."""
    change = sieve.change
    fund_ids = list(dict.fromkeys(footprint.fund_id for _, footprint in movements))
    rows = read_family(change, family, family.query, fund_ids, visible(family.model, change.version))
    standing = [Standing(family.build(row), row.business_no, row.occurrence, row.id) for row in rows]
    return sort_movements(
        sieve,
        movements,
        replace(family.names, model=family.model),
        standing,
        lambda: read_corrected(change, family, fund_ids),
    )


def finish(sieve: Sieve[M], result: Sorted[M], write: Callable[[Sorted[M]], None]) -> Recorded:
    """Settle, write what is sound, and judge the whole."""
    sieve.settle()
    result.fresh = [fresh for fresh in result.fresh if sieve.is_sound(fresh.draft)]
    write(result)
    total = sum(fresh.footprint.amount_fen for fresh in result.fresh)
    return sieve.conclude(len(result.fresh), result.same, total)


def entry_line(fresh: Fresh[Any], kind: EntryKind, amount_fen: int, **values: object) -> dict[str, object]:
    """A line of the ledger with every column named, so that all lines go in together."""
    return {
        "fund_id": fresh.footprint.fund_id,
        "kind": kind,
        "amount_fen": amount_fen,
        "moved_on": fresh.footprint.day,
        "counterparty_id": None,
        "detail": None,
        "holding_id": None,
        "deal_id": None,
        "notice_no": None,
        "is_inside_commitment": True,
        "is_recallable": False,
        "is_in_kind": False,
        "business_no": fresh.draft.business_no,
        "occurrence": fresh.occurrence,
        "origin": fresh.draft.place.origin,
        **values,
    }


def write_transfers(change: Change, transfers: Iterable[Transfer]) -> None:
    """Write lines of child funds, each beside its mother's line where the investor is a fund of the book."""
    first = change.next_id(Entry)
    lines: list[dict[str, object]] = []
    for transfer in transfers:
        line = {**transfer.line, "movement_id": first + len(lines)}
        lines.append(line)
        if transfer.mother is not None:
            lines.append(mirror(line, transfer.mother.id, transfer.child_party_id))
    change.add(Entry, lines)


def mirror(line: Mapping[str, Any], mother_id: int, child_party_id: int) -> dict[str, object]:
    """The mother's side of a line of her child."""
    return {
        **line,
        "fund_id": mother_id,
        "kind": MIRRORED[line["kind"]],
        "amount_fen": -line["amount_fen"],
        "counterparty_id": child_party_id,
    }


def read_family(
    change: Change, family: Family, query: Any, fund_ids: Iterable[int], *conditions: ColumnElement[bool]
) -> list[Any]:
    """Rows of a family in some funds; lines of other kinds that wait to be written may go on waiting."""
    waiting = [part.columns["kind"] for part in change.held.of(family.model.__tablename__)]
    if family.kinds and all(family.kinds.isdisjoint(kinds) for kinds in waiting):
        query = query.execution_options(**BESIDE_HELD)
    return [
        row
        for piece in each_chunk(fund_ids)
        for row in change.connection.execute(query.where(family.fund_id.in_(piece), *conditions))
    ]


def read_corrected(change: Change, family: Family, fund_ids: Iterable[int]) -> list[Group]:
    """Movements as they were before somebody corrected them, unless they were withdrawn or undone in the end."""
    later = aliased(family.model)
    replaced = (
        select(later.id).where(later.replaces_id == family.model.id, ~later.withdrawn).correlate(family.model)
    )
    conditions = (replaced.exists(), ~was_undone(family.model))
    return [
        family.build(row).group
        for row in read_family(change, family, family.query, fund_ids, *conditions)
        if lives_on(change, family.model, row.id)
    ]
