"""When the call notices of each fund changed last: what rests on one fund's stays while others are called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from funds.book import Book, Head
from funds.book.noting import note_tables, noting_nothing
from funds.models import CallNotice, Commitment, Seal
from funds.queries.last_changes import NEVER, find_last_change, find_seen_change

TABLES = frozenset({CallNotice.__tablename__, Commitment.__tablename__})


@dataclass
class _Followed:
    """The last revision of each fund's notices up to a change of theirs."""

    changed: Head = NEVER
    last: Mapping[int, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


_followed: WeakKeyDictionary[Book, _Followed] = WeakKeyDictionary()
_lock = Lock()


def read_last_notices(book: Book, head: Head) -> Mapping[int, int]:
    """The last revision up to a head that wrote a notice of each fund, or wrote another in the place of one."""
    note_tables(TABLES)
    with _lock:
        followed = _followed.setdefault(book, _Followed())
    with followed.lock:
        if find_seen_change(book, head, TABLES) != followed.changed or head == NEVER:
            with noting_nothing(), book.look() as look:
                changed = find_last_change(book, look.connection, head, TABLES)
                _follow(look.connection, followed, changed)
        return followed.last


def _follow(connection: Connection, followed: _Followed, changed: Head) -> None:
    """Go on to a later change; one that has another past than ours is followed from its beginning."""
    before = followed.changed
    if changed.version < before.version or not _is_past(connection, before):
        before, followed.last = NEVER, {}
    row, gone, old = CallNotice, aliased(CallNotice), aliased(Commitment)
    written = (
        select(Commitment.fund_id, func.max(row.revision_id))
        .join(Commitment, Commitment.id == row.commitment_id)
        .group_by(Commitment.fund_id)
    )
    replaced = (
        select(old.fund_id, func.max(row.revision_id))
        .join(gone, gone.id == row.replaces_id)
        .join(old, old.id == gone.commitment_id)
        .group_by(old.fund_id)
    )
    last = dict(followed.last)
    for query in (written, replaced):
        news = query.where(row.revision_id > before.version, row.revision_id <= changed.version)
        for fund, revision in connection.execute(news):
            last[fund] = max(revision, last.get(fund, 0))
    followed.changed, followed.last = changed, last


def _is_past(connection: Connection, head: Head) -> bool:
    query = select(Seal.hash).where(Seal.revision_id == head.version)
    return head == NEVER or bool(connection.execute(query).scalar() == head.hash)
