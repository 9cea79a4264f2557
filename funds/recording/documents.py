"""Records documents beside things of the book: each content once, by its hash, and who handed it in for what."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import or_, select

from funds.book import Change, visible
from funds.drafts.signing import AttachmentDraft
from funds.errors import NotFound
from funds.kinds import AttachmentSubject, ScopeKind
from funds.measures import MICRO
from funds.models import Attachment, Document, Policy
from funds.permissions import CITY, Action, Rights, Scope, read_rights
from funds.queries.trail_readers import NOBODY, TrailReader, may_see_row
from funds.recording.chains import content_columns, read_row, read_successors
from funds.recording.lookups import id_of, look_up_funds, look_up_parks
from funds.recording.sieve import Recorded, Sieve
from funds.recording.whole import check_whole
from funds.rules.documents import MEGABYTE, check_file
from funds.rules.rows import check_row

LIMIT = "document.most_megabytes"
USUAL_MEGABYTES = 20


def record_attachments(change: Change, drafts: Sequence[AttachmentDraft]) -> Recorded:
    """Files beside things that this person looks after; the same file at the same thing comes once."""
    sieve = Sieve(change, drafts)
    sieve.rights.require_somewhere(Action.RECORD_BUSINESS)
    funds, parks = look_up_funds(sieve, "fund"), look_up_parks(sieve, "park")
    owners = {id(one): (id_of(funds, one.fund), id_of(parks, one.park)) for one in sieve.sound()}
    _require(sieve.rights, owners.values())
    most = read_most_bytes(change)
    for draft in sieve.sound():
        for fault in check_file(draft.file_name, draft.content, most):
            sieve.report(draft, fault.column, fault.code, fault.params)
        for fault in check_row(Attachment, {"title": draft.title}, change.on):
            sieve.report(draft, fault.column, fault.code, fault.params)
        if not _belongs(change, draft, *owners[id(draft)]):
            sieve.report(draft, "subject_id", "attachment.other_scope")
    sieve.settle()
    rows = [_row(change, draft, *owners[id(draft)]) for draft in sieve.sound()]
    fresh = [row for at, row in enumerate(rows) if row not in rows[:at] and not _stands(change, row)]
    change.add(Attachment, fresh)
    return sieve.conclude(len(fresh), len(rows) - len(fresh), 0)


def withdraw_attachments(change: Change, ids: Sequence[int]) -> None:
    """Take documents off their things; what lay there before stays known."""
    rights = read_rights(change.connection, change.person_id, change.on, change.version)
    rights.require_somewhere(Action.RECORD_BUSINESS)
    for row_id in dict.fromkeys(ids):
        row = read_row(change, Attachment, row_id)
        is_there = row is not None and not row["withdrawn"]
        if row is None or not is_there or read_successors(change, Attachment, row_id):
            raise NotFound("attachment.unknown")
        _require(rights, [(row["fund_id"], row["park_id"])])
        copy = {column: row[column] for column in content_columns(Attachment)}
        change.add(Attachment, [{**copy, "withdrawn": True, "replaces_id": row_id}])
    check_whole(change)


def keep_document(change: Change, name: str, content: bytes) -> int:
    """The id of a content in the book, which is kept once; its first name stays."""
    digest = sha256(content).hexdigest()
    known = change.connection.execute(select(Document.id).where(Document.sha256 == digest)).scalar()
    if known is not None:
        return int(known)
    file = {"sha256": digest, "name": name, "size": len(content), "content": content, "origin": None}
    return change.add(Document, [file])[0]


def read_most_bytes(change: Change) -> int:
    """How large a file may be today: dated policy, or the usual."""
    query = (
        select(Policy.value_e6)
        .where(
            Policy.code == LIMIT,
            Policy.value_e6.is_not(None),
            Policy.from_date <= change.on,
            or_(Policy.to_date.is_(None), Policy.to_date > change.on),
            visible(Policy, change.version),
        )
        .order_by(Policy.from_date.desc(), Policy.id.desc())
    )
    found = change.connection.execute(query.limit(1)).scalar()
    return (USUAL_MEGABYTES if found is None else int(found) // MICRO) * MEGABYTE


def _require(rights: Rights, owners: Iterable[tuple[int | None, int | None]]) -> None:
    """Refuse what is not all in one's own funds and parks; of neither, it is the city's."""
    for fund_id, park_id in owners:
        scopes = [Scope(ScopeKind.FUND, fund_id)] if fund_id is not None else []
        scopes += [Scope(ScopeKind.PARK, park_id)] if park_id is not None else []
        for scope in scopes or [CITY]:
            rights.require(Action.RECORD_BUSINESS, scope)


def _belongs(change: Change, draft: AttachmentDraft, fund_id: int | None, park_id: int | None) -> bool:
    """Whether the thing is there, and is one of the fund's or the park's."""
    if draft.subject is AttachmentSubject.PARK and park_id not in (None, draft.subject_id):
        return False
    owner = TrailReader(
        person_id=NOBODY,
        is_city=fund_id is None and park_id is None,
        funds=frozenset() if fund_id is None else frozenset({fund_id}),
        parks=frozenset() if park_id is None else frozenset({park_id}),
        sees_reference=True,
        sees_people=False,
        sees_every_author=False,
    )
    return may_see_row(change.connection, owner, draft.subject.value, draft.subject_id)


def _row(change: Change, draft: AttachmentDraft, fund_id: int | None, park_id: int | None) -> dict[str, Any]:
    return {
        "document_id": keep_document(change, draft.file_name, draft.content),
        "fund_id": fund_id,
        "park_id": park_id,
        "subject": draft.subject,
        "subject_id": draft.subject_id,
        "kind": draft.kind,
        "title": draft.title,
        "file_name": draft.file_name,
        "origin": draft.place.origin,
    }


def _stands(change: Change, row: Mapping[str, Any]) -> bool:
    """Whether the file lies at the thing already, whatever it is called there."""
    same = [
        getattr(Attachment, name) == row[name]
        if row[name] is not None
        else getattr(Attachment, name).is_(None)
        for name in ("document_id", "fund_id", "park_id", "subject", "subject_id")
    ]
    query = select(Attachment.id).where(visible(Attachment, change.version), *same)
    return change.connection.execute(query).first() is not None
