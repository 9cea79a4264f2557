"""Confirms what waits: natures by the commission, marks and net asset values by whoever may approve them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from funds.book import Change, visible
from funds.errors import Conflict, NotAllowed
from funds.models import FundNav, Mark, PartyNature, Replaceable, table_of
from funds.permissions import Rights, read_rights
from funds.recording.chains import content_columns
from funds.recording.corrections import read_visible
from funds.recording.guards import VETTED, scope_of
from funds.recording.makers import makers_of
from funds.recording.natures import NATURE
from funds.recording.values import MARK, NAV
from funds.recording.whole import check_whole

KEYS: Mapping[type[Replaceable], tuple[str, ...]] = {noun.model: noun.key for noun in (NATURE, MARK, NAV)}


def confirm_natures(change: Change, nature_ids: Sequence[int]) -> list[int]:
    """Confirm natures that are 待定; each takes the place of a confirmed one of the same party and day."""
    return _confirm(change, PartyNature, nature_ids)


def approve_marks(change: Change, mark_ids: Sequence[int]) -> list[int]:
    """Approve marks that are 待复核."""
    return _confirm(change, Mark, mark_ids)


def approve_navs(change: Change, nav_ids: Sequence[int]) -> list[int]:
    """Approve reported net asset values that are 待复核."""
    return _confirm(change, FundNav, nav_ids)


def _confirm(change: Change, model: type[Replaceable], row_ids: Sequence[int]) -> list[int]:
    rights = read_rights(change.connection, change.person_id, change.on, change.version)
    ids = [_confirm_row(change, rights, model, row_id) for row_id in row_ids]
    if change.findings is None:
        check_whole(change)
    return ids


def _confirm_row(change: Change, rights: Rights, model: type[Replaceable], row_id: int) -> int:
    column, action = VETTED[model]
    row = read_visible(change, model, row_id)
    if row is None or row[column] is not None:
        raise Conflict("confirmation.not_waiting", row=f"{table_of(model).name}#{row_id}")
    rights.require(action, scope_of(change, model, row))
    if change.person_id in makers_of(change, model, row):
        raise NotAllowed("confirmation.own", row=f"{table_of(model).name}#{row_id}")
    for standing in _read_confirmed(change, model, row):
        copy = {name: standing[name] for name in content_columns(model)}
        change.add(model, [{**copy, "withdrawn": True, "replaces_id": standing["id"]}])
    copy = {name: row[name] for name in content_columns(model)}
    confirmed = {**copy, column: change.person_id, "replaces_id": row["id"]}
    return change.add(model, [confirmed])[0]


def _read_confirmed(
    change: Change, model: type[Replaceable], row: Mapping[str, Any]
) -> list[Mapping[str, Any]]:
    """What is confirmed so far under the same natural key, and gives way."""
    table = table_of(model)
    same = (table.c[name].is_not_distinct_from(row[name]) for name in KEYS[model])
    query = select(table).where(visible(model, change.version), table.c[VETTED[model][0]].is_not(None), *same)
    return [dict(found) for found in change.connection.execute(query).mappings().all()]
