"""Edits of what things are: put right, or otherwise from a day on, unless somebody else was first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from funds.book import Change, Findings
from funds.drafts import Draft
from funds.drafts.edits import EditDraft
from funds.drafts.proposals import CorrectionDraft, ProposalDraft
from funds.errors import NotAllowed, NotFound, RulesBroken
from funds.models import (
    CompanyFact,
    FundFact,
    FundPark,
    FundTerm,
    ParkFact,
    ParkIndustry,
    PartyFact,
    PartyNature,
    Replaceable,
    table_of,
)
from funds.permissions import Action, read_rights
from funds.problems import only_fatal
from funds.recording import natures, parties, places, vehicles
from funds.recording.chains import read_row
from funds.recording.corrections import KIND, Correction, correct_rows
from funds.recording.proposal_rows import read_reason
from funds.recording.proposals import record_proposals
from funds.recording.proposed_corrections import read_value, record_corrections
from funds.recording.second_person import may_vouch, must_propose
from funds.recording.stale import refuse_stale
from funds.recording.whole import check_whole
from funds.rules.catalogue import break_rule

TO = "to_date"


@dataclass(frozen=True)
class Editable:
    """A table that may be edited: the verb behind it, and by which columns two facts speak of the same."""

    model: type[Replaceable]
    record: Any
    ground: tuple[str, ...]

    @property
    def has_end(self) -> bool:
        """Whether a fact ends where the next begins; else the newest simply holds."""
        return TO in table_of(self.model).columns


@dataclass(frozen=True)
class Edited:
    """What came of it: `waiting` are the proposals that it became instead, for a second person."""

    waiting: tuple[int, ...] = ()


EDITABLE: Mapping[str, Editable] = {
    table_of(one.model).name: one
    for one in (
        Editable(FundFact, vehicles.record_funds, ("fund_id",)),
        Editable(FundTerm, vehicles.record_fund_terms, ("fund_id", "term")),
        Editable(FundPark, vehicles.record_fund_parks, ("fund_id", "park_id", "relation")),
        Editable(PartyFact, parties.record_parties, ("party_id",)),
        Editable(PartyNature, natures.record_natures, ("party_id",)),
        Editable(CompanyFact, parties.record_companies, ("company_id",)),
        Editable(ParkFact, places.record_parks, ("park_id",)),
        Editable(ParkIndustry, places.record_park_industries, ("park_id", "industry_id")),
    )
}


def record_edit(change: Change, draft: EditDraft) -> Edited:
    """Put a row right, or let something else hold from a day on; what takes a second person becomes a proposal.

    Refused with the difference field by field where somebody else has changed the same since it was opened.
    """
    editable = EDITABLE.get(draft.table)
    if editable is None:
        raise NotFound("edit.no_such_row", row=f"{draft.table}#{draft.row_id}"[:80])
    mine = _read_values(editable, draft)
    if draft.fact is None:
        return _put_right(change, editable, draft, mine)
    return _hold_from(change, editable, draft, draft.fact, mine)


def _read_values(editable: Editable, draft: EditDraft) -> dict[str, object]:
    """What the form says as the columns hold it."""
    columns = table_of(editable.model).columns
    values: dict[str, object] = {}
    for given in draft.values:
        try:
            values[given.column] = read_value(columns[given.column], given.value)
        except (KeyError, ValueError) as fault:
            problem = break_rule("correction.bad_value", draft.place.of(given.column), {"value": given.value})
            raise RulesBroken([problem]) from fault
    return values


def _put_right(change: Change, editable: Editable, draft: EditDraft, mine: Mapping[str, object]) -> Edited:
    row_id = refuse_stale(change, editable.model, draft.row_id or 0, draft.seen_version, mine)
    row = read_row(change, editable.model, row_id or 0) or {}
    changed = tuple(one for one in draft.values if row[one.column] != mine[one.column])
    if not changed:
        raise RulesBroken([break_rule("correction.no_change", draft.place.of("reason"), {})])
    correction = CorrectionDraft(table=draft.table, row_id=row_id or 0, values=changed, place=draft.place)
    if not must_propose(change, KIND, may_confirm=True):
        try:
            record_corrections(change, [correction])
            return Edited()
        except NotAllowed:
            pass  # not theirs to put right; they may say what they know
    return _propose(change, KIND, correction, draft.seen_version)


def _hold_from(
    change: Change, editable: Editable, draft: EditDraft, fact: Draft, mine: Mapping[str, object]
) -> Edited:
    """Write the fact; one that has an end is ended by the next of its kind."""
    ends = editable.has_end and draft.row_id is not None
    if draft.row_id is not None:
        row_id = refuse_stale(change, editable.model, draft.row_id, draft.seen_version, mine)
    if not ends:
        ground = {column: mine[column] for column in editable.ground}
        refuse_stale(change, editable.model, ground, draft.seen_version, mine)
    if editable.model is PartyNature and not _vouches(change):
        return _propose(change, "nature", fact, draft.seen_version)
    change.findings = Findings()
    if ends:
        ending = Correction(editable.model, row_id or 0, {TO: mine["from_date"]}, draft.place)
        correct_rows(change, [ending])
    recorded = editable.record(change, [fact])
    check_whole(change, [fact])
    findings, change.findings = change.findings, None
    problems = only_fatal(findings.problems)
    if not problems and not recorded.new:
        problems = [break_rule("correction.no_change", draft.place.of("from_date"), {})]
    if problems:
        raise RulesBroken(problems)
    return Edited()


def _vouches(change: Change) -> bool:
    rights = read_rights(change.connection, change.person_id, change.on, change.version)
    return may_vouch(change, natures.KIND, may_confirm=rights.may(Action.CONFIRM_NATURE))


def _propose(change: Change, kind: str, draft: Any, seen_version: int) -> Edited:
    proposal = ProposalDraft(
        kind=kind, drafts=(draft,), reason=read_reason(change), seen_version=min(seen_version, change.version)
    )
    return Edited(tuple(record_proposals(change, [proposal])))
