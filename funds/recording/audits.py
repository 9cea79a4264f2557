"""Records samples that were drawn for audit, and the steps of each line: passed or doubted, answered, closed."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from funds.book import Change, visible
from funds.drafts.signing import DrawnLine, FindingDraft, SampleDraft
from funds.errors import Conflict, NotAllowed, NotFound
from funds.kinds import AuditStep, ScopeKind
from funds.models import AuditFinding, AuditItem, AuditSample, Commitment, CommitmentMovement, Entry
from funds.permissions import Action, Rights, Scope
from funds.queries.audits import DrawnItem, read_items
from funds.queries.codes import each_chunk
from funds.recording.sieve import Recorded, Sieve
from funds.rules.rows import QUARTER, check_row

MOST_WANTED = 500
# Which step may follow which, and who takes it.
AFTER: Mapping[AuditStep, frozenset[AuditStep | None]] = {
    AuditStep.PASSED: frozenset({None}),
    AuditStep.DOUBTED: frozenset({None, AuditStep.PASSED, AuditStep.ANSWERED}),
    AuditStep.ANSWERED: frozenset({AuditStep.DOUBTED}),
    AuditStep.CLOSED: frozenset({AuditStep.DOUBTED, AuditStep.ANSWERED}),
}


def record_samples(change: Change, drafts: Sequence[SampleDraft]) -> Recorded:
    """Keep samples with all that draws them again; their lines must stand in the book as they say."""
    sieve = Sieve(change, drafts)
    sieve.rights.require(Action.AUDIT)
    for draft in drafts:
        _check_sample(sieve, draft)
    sieve.settle()
    for draft in sieve.sound():
        (sample_id,) = change.add(AuditSample, [_sample_row(draft)])
        change.add(AuditItem, [_item_row(sample_id, draft, item) for item in draft.items])
    return sieve.conclude(len(sieve.sound()), 0, sum(draft.total_fen for draft in sieve.sound()))


def record_findings(change: Change, drafts: Sequence[FindingDraft]) -> Recorded:
    """Take lines a step on: the commission passes, doubts and closes, the fund's own people answer."""
    sieve = Sieve(change, drafts)
    items = {one.id: one for one in read_items(change.connection, change.version, None)}
    readable = sieve.rights.readable()
    for draft in drafts:
        item = items.get(draft.item_id)
        if item is None or not readable.covers(item.fund_id):
            raise NotFound("audit.no_such_item", item=draft.item_id)
        _require_step(sieve.rights, draft.step, item)
        if item.step not in AFTER[draft.step]:
            raise Conflict("audit.not_that_step", item=draft.item_id)
        words = draft.words.strip()
        if not words and draft.step is not AuditStep.PASSED:
            sieve.report(draft, "words", "audit.no_words")
        for fault in check_row(AuditFinding, {"words": words} if words else {}, change.on):
            sieve.report(draft, fault.column, fault.code, fault.params)
    sieve.settle()
    rows = [
        {
            "item_id": draft.item_id,
            "step": draft.step,
            "words": draft.words.strip() or None,
            "person_id": change.person_id,
            "origin": draft.place.origin,
        }
        for draft in sieve.sound()
    ]
    change.add(AuditFinding, rows)
    return sieve.conclude(len(rows), 0, 0)


def _require_step(rights: Rights, step: AuditStep, item: DrawnItem) -> None:
    """Who judges a fund's lines does not answer for it."""
    scope = Scope(ScopeKind.FUND, item.fund_id)
    if step is not AuditStep.ANSWERED:
        rights.require(Action.AUDIT, scope)
        return
    rights.require(Action.RECORD_BUSINESS, scope)
    if rights.may(Action.AUDIT, scope):
        raise NotAllowed("audit.funds_answer", item=item.id)


def _check_sample(sieve: Sieve[SampleDraft], draft: SampleDraft) -> None:
    if not QUARTER.fullmatch(draft.quarter):
        sieve.report(draft, "quarter", "quarter.format", {"text": draft.quarter})
    if not draft.seed.strip():
        sieve.report(draft, "seed", "audit.no_seed")
    if not 1 <= draft.wanted <= MOST_WANTED:
        sieve.report(draft, "wanted", "audit.wanted", {"most": MOST_WANTED})
    if not 1 <= draft.version < sieve.change.revision_id:
        sieve.report(draft, "version", "audit.line_differs", {"line": draft.version})
        return
    if not draft.items:
        sieve.report(draft, "quarter", "audit.nothing_drawn")
    standing = _read_lines(sieve.change, draft)
    for item in draft.items:
        if standing.get((item.table, item.row_id)) != (item.fund_id, item.amount_fen):
            sieve.report(draft, "items", "audit.line_differs", {"line": f"{item.table}:{item.row_id}"})


def _read_lines(change: Change, draft: SampleDraft) -> Mapping[tuple[str, int], tuple[int, int]]:
    """Fund and amount of the named lines as known at the sample's version."""
    entries = select(Entry.id, Entry.fund_id, Entry.amount_fen).where(visible(Entry, draft.version))
    movements = (
        select(CommitmentMovement.id, Commitment.fund_id, CommitmentMovement.amount_fen)
        .join(Commitment, Commitment.id == CommitmentMovement.commitment_id)
        .where(visible(CommitmentMovement, draft.version))
    )
    found: dict[tuple[str, int], tuple[int, int]] = {}
    for table, query, key in (
        ("entry", entries, Entry.id),
        ("commitment_movement", movements, CommitmentMovement.id),
    ):
        for piece in each_chunk(item.row_id for item in draft.items if item.table == table):
            for row in change.connection.execute(query.where(key.in_(piece))):
                found[table, row.id] = (row.fund_id, row.amount_fen)
    return found


def _sample_row(draft: SampleDraft) -> dict[str, object]:
    return {
        "quarter": draft.quarter,
        "basis": draft.basis,
        "known_version": draft.version,
        "seed": draft.seed.strip(),
        "method": draft.method,
        "wanted": draft.wanted,
        "lines": draft.lines,
        "total_fen": draft.total_fen,
        "origin": draft.place.origin,
    }


def _item_row(sample_id: int, draft: SampleDraft, item: DrawnLine) -> dict[str, object]:
    return {
        "sample_id": sample_id,
        "fund_id": item.fund_id,
        "line_table": item.table,
        "line_id": item.row_id,
        "amount_fen": item.amount_fen,
        "is_certain": item.is_certain,
        "origin": draft.place.origin,
    }
