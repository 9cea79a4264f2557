"""When the call notices of each fund changed last: what rests on one fund's stays while others are called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.orm import aliased

from funds.book import Book, Head
from funds.book.noting import note_tables, noting_nothing
from funds.models import CallNotice, Commitment, Seal
from funds.queries.last_changes import NEVER, find_last_change, find_seen_change

TABLES = frozenset({CallNotice.__tablename__, Commitment.__tablename__})

_GONE, _OLD = aliased(CallNotice), aliased(Commitment)
_IS_NEW = CallNotice.revision_id > bindparam("after"), CallNotice.revision_id <= bindparam("until")
_WRITTEN = (
    select(Commitment.fund_id, func.max(CallNotice.revision_id))
    .join(Commitment, Commitment.id == CallNotice.commitment_id)
    .where(*_IS_NEW)
    .group_by(Commitment.fund_id)
)
_REPLACED = (
    select(_OLD.fund_id, func.max(CallNotice.revision_id))
    .join(_GONE, _GONE.id == CallNotice.replaces_id)
    .join(_OLD, _OLD.id == _GONE.commitment_id)
    .where(*_IS_NEW)
    .group_by(_OLD.fund_id)
)


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
    last = dict(followed.last)
    for query in (_WRITTEN, _REPLACED):
        for fund, revision in connection.execute(query, {"after": before.version, "until": changed.version}):
            last[fund] = max(revision, last.get(fund, 0))
    followed.changed, followed.last = changed, last


def _is_past(connection: Connection, head: Head) -> bool:
    query = select(Seal.hash).where(Seal.revision_id == head.version)
    return head == NEVER or bool(connection.execute(query).scalar() == head.hash)
