"""Corrects rows: a copy with other values takes the place of a row, and of every row of the same movement."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from funds.book import Change, visible
from funds.drafts import Place
from funds.errors import NotAllowed
from funds.models import (
    Attachment,
    CommitmentMovement,
    CompanyFact,
    Entry,
    Exit,
    FundFact,
    IndustryFact,
    ParkFact,
    PartyFact,
    PersonFact,
    Replaceable,
    RoundFact,
    SegmentFact,
    table_of,
)
from funds.permissions import Rights, read_rights
from funds.problems import Problem, only_fatal
from funds.recording.chains import content_columns, read_row, read_successors
from funds.recording.companions import carry_over, read_companions
from funds.recording.guards import require_row, vetter_of
from funds.recording.second_person import must_propose
from funds.recording.whole import check_whole, hand_over
from funds.rules.catalogue import break_rule
from funds.rules.rows import check_row

KIND = "correction"
# What a row is a fact about, or a line of, stays; a movement between others is reversed and recorded anew.
FIXED: Mapping[type[Replaceable], frozenset[str]] = {
    PartyFact: frozenset({"party_id"}),
    CompanyFact: frozenset({"company_id"}),
    ParkFact: frozenset({"park_id"}),
    IndustryFact: frozenset({"industry_id"}),
    SegmentFact: frozenset({"segment_id"}),
    RoundFact: frozenset({"round_id"}),
    PersonFact: frozenset({"person_id"}),
    FundFact: frozenset({"fund_id"}),
    Entry: frozenset({"kind", "counterparty_id"}),
    CommitmentMovement: frozenset({"kind"}),
    # Another file, or the same one beside another thing, is another attachment.
    Attachment: frozenset({"document_id", "park_id", "subject", "subject_id", "file_name"}),
}
FIXED_ANYWHERE = frozenset({"movement_id", "occurrence", "confirmed_by_id", "approved_by_id"})
FIXED_TARGETS = frozenset({"fund", "holding", "deal", "commitment"})
GROUPS: Mapping[type[Replaceable], tuple[str, ...]] = {
    Entry: ("fund_id", "kind", "detail", "moved_on", "counterparty_id", "amount_fen"),
    CommitmentMovement: ("commitment_id", "kind", "signed_on", "amount_fen"),
    Exit: ("holding_id", "kind", "exited_on", "amount_fen"),
}


FORM = Place()


@dataclass(frozen=True)
class Correction:
    """A row of a table and the values that it ought to have."""

    model: type[Replaceable]
    row_id: int
    values: Mapping[str, object]
    place: Place = FORM


def correct_rows(change: Change, corrections: Sequence[Correction]) -> list[int]:
    """Put copies with other values in the place of rows; returns the ids of the copies asked for."""
    rights = read_rights(change.connection, change.person_id, change.on, change.version)
    if must_propose(change, KIND, may_confirm=True):
        raise NotAllowed("correction.needs_second_person")
    ids = [_correct(change, rights, correction) for correction in corrections]
    if change.findings is None:
        check_whole(change)
    return [row_id for row_id in ids if row_id is not None]


def read_visible(change: Change, model: type[Replaceable], row_id: int) -> Mapping[str, Any] | None:
    """A row by its id, if it stands."""
    row = read_row(change, model, row_id)
    if row is None or row["withdrawn"] or read_successors(change, model, row_id):
        return None
    return row


def replace_row(
    change: Change,
    rights: Rights,
    model: type[Replaceable],
    row: Mapping[str, Any],
    changed: Mapping[str, object],
) -> int:
    """Write a copy with other values in the place of a row."""
    copy = {column: row[column] for column in content_columns(model)} | dict(changed)
    if GROUPS.keys() & {model} and not changed.keys().isdisjoint(GROUPS[model]):
        copy["occurrence"] = _next_occurrence(change, model, copy)
    copy |= vetter_of(change, rights, model, row)
    return change.add(model, [{**copy, "replaces_id": row["id"]}])[0]


def _correct(change: Change, rights: Rights, correction: Correction) -> int | None:
    model = correction.model
    row = read_visible(change, model, correction.row_id)
    if row is None:
        name = f"{table_of(model).name}#{correction.row_id}"
        hand_over(change.findings, [break_rule("correction.not_visible", name, {"row": name})])
        return None
    require_row(change, rights, model, row)
    changed = {column: value for column, value in correction.values.items() if row.get(column) != value}
    problems = list(_check(correction, row, changed))
    if not problems:
        require_row(change, rights, model, {**row, **changed})
        problems = list(_check_values(change, correction, {**row, **changed}))
    hand_over(change.findings, problems)
    if only_fatal(problems):
        return None
    for companion in read_companions(change, model, row):
        if carried := carry_over(model, changed, companion):
            replace_row(change, rights, *companion, carried)
    return replace_row(change, rights, model, row, changed)


def _check(
    correction: Correction, row: Mapping[str, Any], changed: Mapping[str, object]
) -> Iterator[Problem]:
    """What cannot be corrected at all."""
    place = correction.place
    if not changed:
        yield break_rule("correction.no_change", place.of("row"), {})
    for column in changed:
        if column not in correctable(correction.model):
            yield break_rule("correction.fixed_column", place.of(column), {"column": column})
    amount = changed.get("amount_fen")
    if correction.model is CommitmentMovement and isinstance(amount, int) and amount * row["amount_fen"] <= 0:
        yield break_rule("ledger.wrong_sign", place.of("amount_fen"), {})
    if correction.model is Exit and "amount_fen" in changed and 0 in (amount, row["amount_fen"]):
        yield break_rule("correction.no_entry", place.of("amount_fen"), {})


def correctable(model: type[Replaceable]) -> frozenset[str]:
    """The columns of a table that a correction may change."""
    table = table_of(model)
    bound = {
        column.name
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name in FIXED_TARGETS
    }
    return frozenset(content_columns(model)) - bound - FIXED_ANYWHERE - FIXED.get(model, frozenset())


def _check_values(change: Change, correction: Correction, row: Mapping[str, Any]) -> Iterator[Problem]:
    values = {column: row[column] for column in content_columns(correction.model)}
    for fault in check_row(correction.model, values, change.on):
        yield break_rule(fault.code, correction.place.of(fault.column), fault.params)


def _next_occurrence(change: Change, model: type[Replaceable], row: Mapping[str, Any]) -> int:
    table = table_of(model)
    same = (table.c[column].is_not_distinct_from(row[column]) for column in GROUPS[model])
    query = select(func.max(table.c.occurrence)).where(visible(model, change.version), *same)
    return int(change.connection.execute(query).scalar() or 0) + 1
