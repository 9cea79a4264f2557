"""Freezes the leverage paper of a quarter as its first hand prepared it, and puts it in force by a second one."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from funds.book import Change
from funds.drafts.signing import PaperDraft
from funds.errors import Conflict, NotAllowed, NotFound
from funds.kinds import PaperRole, ScopeKind
from funds.models import Seal, Signature, SignedPaper
from funds.permissions import CITY, Action, Scope, read_rights
from funds.queries.signed_papers import PaperOnFile, read_papers
from funds.recording.documents import keep_document
from funds.recording.lookups import id_of, look_up_funds, look_up_parks
from funds.recording.sieve import Recorded, Sieve
from funds.recording.whole import check_whole
from funds.rules.rows import QUARTER, check_row

MONTHS = 3


def prepare_papers(change: Change, drafts: Sequence[PaperDraft]) -> Recorded:
    """Freeze papers: their bytes are kept by hash, and wait for the signature of somebody else."""
    sieve = Sieve(change, drafts)
    sieve.rights.require_somewhere(Action.PREPARE_PAPER)
    funds, parks = look_up_funds(sieve, "fund"), look_up_parks(sieve, "park")
    rows = []
    for draft in sieve.sound():
        fund_id, park_id = id_of(funds, draft.fund), id_of(parks, draft.park)
        sieve.rights.require(Action.PREPARE_PAPER, scope_of(fund_id, park_id))
        before = _find_before(change, draft.quarter, fund_id, park_id)
        _check(sieve, draft, before)
        rows.append((draft, fund_id, park_id, before))
    sieve.settle()
    for draft, fund_id, park_id, before in rows:
        (paper_id,) = change.add(SignedPaper, [_row(change, draft, fund_id, park_id, before)])
        change.add(Signature, [_hand(paper_id, PaperRole.PREPARED, change.person_id, change.person_id)])
    return sieve.conclude(len(rows), 0, 0)


def sign_papers(change: Change, ids: Sequence[int]) -> None:
    """Put papers in force by a second hand."""
    rights = read_rights(change.connection, change.person_id, change.on, change.version)
    rights.require_somewhere(Action.SIGN_PAPER)
    for paper_id in dict.fromkeys(ids):
        found = read_papers(change.connection, change.version, ids=[paper_id])
        if not found or not rights.may(Action.READ, scope_of(found[0].fund_id, found[0].park_id)):
            raise NotFound("paper.no_such", paper=paper_id)
        (paper,) = found
        rights.require(Action.SIGN_PAPER, scope_of(paper.fund_id, paper.park_id))
        if paper.signed is not None:
            raise Conflict("paper.signed_before", quarter=paper.quarter, version=paper.signed.version)
        if paper.is_overtaken:
            raise Conflict("paper.overtaken", quarter=paper.quarter)
        if paper.prepared.person_id == change.person_id:
            raise NotAllowed("paper.own", quarter=paper.quarter)
        hand = _hand(paper_id, PaperRole.SIGNED, change.person_id, paper.prepared.person_id)
        change.add(Signature, [hand])
    check_whole(change)


def scope_of(fund_id: int | None, park_id: int | None) -> Scope:
    """The part of the city that a paper is about."""
    if fund_id is not None:
        return Scope(ScopeKind.FUND, fund_id)
    return CITY if park_id is None else Scope(ScopeKind.PARK, park_id)


def end_of_quarter(quarter: str) -> date:
    """The last day of `2025-Q4`."""
    year, number = int(quarter[:4]), int(quarter[-1])
    first_after = date(year + number // 4, number % 4 * MONTHS + 1, 1)
    return date.fromordinal(first_after.toordinal() - 1)


def _find_before(
    change: Change, quarter: str, fund_id: int | None, park_id: int | None
) -> PaperOnFile | None:
    """The paper in force of the same quarter and scope."""
    return next(
        (
            paper
            for paper in read_papers(change.connection, change.version, quarter=quarter)
            if paper.is_in_force and (paper.fund_id, paper.park_id) == (fund_id, park_id)
        ),
        None,
    )


def _check(sieve: Sieve[PaperDraft], draft: PaperDraft, before: PaperOnFile | None) -> None:
    change = sieve.change
    if not QUARTER.fullmatch(draft.quarter):
        sieve.report(draft, "quarter", "quarter.format", {"text": draft.quarter})
    elif end_of_quarter(draft.quarter) >= change.on:
        sieve.report(draft, "quarter", "paper.quarter_open", {"quarter": draft.quarter})
    sealed = select(Seal.hash).where(Seal.revision_id == draft.version, Seal.revision_id < change.revision_id)
    if change.connection.execute(sealed).scalar() != draft.hash:
        sieve.report(draft, "version", "paper.unknown_head", {"version": draft.version})
    if before is not None and not draft.reason.strip():
        sieve.report(draft, "reason", "paper.no_reason", {"quarter": draft.quarter})
    given = {"reason": draft.reason} if draft.reason else {}
    for fault in check_row(SignedPaper, given, change.on):
        sieve.report(draft, fault.column, fault.code, fault.params)


def _row(
    change: Change, draft: PaperDraft, fund_id: int | None, park_id: int | None, before: PaperOnFile | None
) -> dict[str, object]:
    stem = f"leverage-{draft.quarter}-v{draft.version}"
    return {
        "quarter": draft.quarter,
        "fund_id": fund_id,
        "park_id": park_id,
        "known_version": draft.version,
        "known_hash": draft.hash,
        "rendered_at": draft.rendered_at,
        "json_id": keep_document(change, f"{stem}.json", draft.json),
        "xlsx_id": keep_document(change, f"{stem}.xlsx", draft.xlsx),
        "pdf_id": None if draft.pdf is None else keep_document(change, f"{stem}.pdf", draft.pdf),
        "supersedes_id": None if before is None else before.id,
        "reason": draft.reason.strip() or None,
        "origin": draft.place.origin,
    }


def _hand(paper_id: int, role: PaperRole, person_id: int, prepared_by_id: int) -> dict[str, object]:
    return {
        "paper_id": paper_id,
        "role": role,
        "person_id": person_id,
        "prepared_by_id": prepared_by_id,
        "origin": None,
    }
