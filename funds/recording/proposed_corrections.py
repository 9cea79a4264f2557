"""Corrections that wait for a second person: which row, which values, and which right they take."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Date, Enum

from funds.book import Change
from funds.drafts.proposals import CorrectionDraft, Scalar
from funds.errors import NotFound, RulesBroken
from funds.models import Membership, ParkFigure, PersonFact, Replaceable, table_of
from funds.permissions import CITY, Action, Scope, read_rights
from funds.queries.trail_readers import make_reader, may_see_row
from funds.recording.chains import read_row
from funds.recording.corrections import Correction, correct_rows
from funds.recording.guards import CITY_WIDE, REFERENCE, scope_of
from funds.recording.rests import MODELS
from funds.recording.stakeholders import SHARED
from funds.rules.catalogue import break_rule

# People and their rights are the administrators' own matter.
NEVER_PROPOSED = (PersonFact, Membership)


def record_corrections(change: Change, drafts: Sequence[CorrectionDraft]) -> list[int]:
    """Put the values right, by the verb that any correction goes through."""
    return correct_rows(change, [_read(draft) for draft in drafts])


def model_of(draft: CorrectionDraft) -> type[Replaceable]:
    """The table that a correction is for."""
    model = MODELS.get(draft.table)
    if model is None or model in NEVER_PROPOSED:
        raise NotFound("proposal.no_such_row", row=f"{draft.table}#{draft.row_id}")
    return model


def approving_action(draft: CorrectionDraft) -> Action:
    """The right that whoever approves must hold where the row belongs."""
    model = model_of(draft)
    if model in CITY_WIDE:
        return CITY_WIDE[model]
    if model in REFERENCE:
        return Action.RECORD_REFERENCE
    return Action.RECORD_PARK_FIGURES if model is ParkFigure else Action.RECORD_BUSINESS


def proposing_action(draft: CorrectionDraft) -> Action:
    """The right that whoever proposes must hold; the city's own lists may be put right on anybody's word."""
    return Action.RECORD_REFERENCE if model_of(draft) in CITY_WIDE else approving_action(draft)


def correction_scopes(change: Change, drafts: Sequence[CorrectionDraft]) -> tuple[Scope, ...]:
    """Where the rows belong; what concerns several funds takes a right over the city."""
    found = {_scope_of_row(change, draft) for draft in drafts}
    return (CITY,) if CITY in found else tuple(sorted(found, key=lambda scope: (scope.kind, scope.id or 0)))


def require_sight(change: Change, draft: CorrectionDraft) -> None:
    """Refuse a row that this person does not see: a correction of it would tell what it says."""
    rights = read_rights(change.connection, change.person_id, change.on, change.version)
    model_of(draft)
    if not may_see_row(change.connection, make_reader(change.person_id, rights), draft.table, draft.row_id):
        raise NotFound("proposal.no_such_row", row=f"{draft.table}#{draft.row_id}")


def read_value(column: Column[Any], value: Scalar) -> object:
    """A value as its column holds it; raises ValueError for one that the column cannot hold."""
    if value is None:
        return None
    read: object = value
    if isinstance(column.type, Date):
        read = date.fromisoformat(str(value))
    elif isinstance(column.type, Enum) and column.type.enum_class is not None:
        read = column.type.enum_class(value)
    if type(read) is not column.type.python_type and not isinstance(read, StrEnum | date):
        raise ValueError(f"{column.name} takes no {value!r}")
    return read


def _scope_of_row(change: Change, draft: CorrectionDraft) -> Scope:
    model = model_of(draft)
    row = read_row(change, model, draft.row_id)
    is_shared = model in CITY_WIDE or model in REFERENCE or model in SHARED
    return CITY if is_shared or row is None else scope_of(change, model, row)


def _read(draft: CorrectionDraft) -> Correction:
    model = model_of(draft)
    columns = table_of(model).columns
    values: dict[str, object] = {}
    for given in draft.values:
        try:
            known = given.column in columns
            values[given.column] = read_value(columns[given.column], given.value) if known else given.value
        except ValueError as fault:
            problem = break_rule("correction.bad_value", draft.place.of(given.column), {"value": given.value})
            raise RulesBroken([problem]) from fault
    return Correction(model, draft.row_id, values, draft.place)
