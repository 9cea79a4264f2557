"""Workbooks on their way: kept for their owner alone, told how far they are, forgotten after a week."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, String, cast, delete, exists, insert, select, update

from dashboard.jobs.job import CHECK_IMPORT, UNDER_WAY, WRITE_IMPORT
from dashboard.jobs.store import ask
from dashboard.pages.imports.outcome import Outcome, read_outcome, write_outcome
from funds.book import OPEN, Book
from funds.errors import Conflict, LedgerError, NotFound
from funds.intake.choices import Choice
from funds.models import ImportDraft, Job

MOST_BYTES = 30 * 2**20
MOST_DRAFTS = 20  # of one person; the oldest that nobody works on make room
LONGEST_NAME = 200


class State(StrEnum):
    """How far a workbook is; broken off is what stands as being worked on and has no job any more.

    One of another layout waits in between for somebody to say what its columns become.
    """

    WAITING = "waiting"
    READING = "reading"
    MAPPING = "mapping"
    CHECKING = "checking"
    CHECKED = "checked"
    WRITING = "writing"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    BROKEN = "broken"


AT_WORK = frozenset({State.WAITING, State.READING, State.CHECKING, State.WRITING})
LOOKED_AT = frozenset({State.WAITING, State.READING, State.CHECKING})
STARTABLE = frozenset({State.CHECKED, State.STOPPED, State.FAILED, State.BROKEN})


class TooLarge(LedgerError):
    """A file that is too large to be taken in here."""

    status = 413


@dataclass(frozen=True)
class StoredDraft:
    """A workbook on its way, without its content."""

    id: int
    name: str
    size: int
    sha256: str
    state: State
    rows_read: int
    outcome: Outcome | None
    choices: Mapping[str, Choice]
    version: int | None
    made_at: str
    is_mapped: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether it can be recorded: nothing grave, something to record, and every meeting decided about."""
        if self.state is not State.CHECKED or self.outcome is None or self.outcome.grave:
            return False
        return not self.undecided and not self.outcome.already

    @property
    def decided(self) -> Mapping[str, Choice]:
        """What was decided about the rows that meet the book, as it was last looked at."""
        met = self.outcome.meetings if self.outcome is not None else ()
        return {one.origin: self.choices[one.origin] for one in met if one.origin in self.choices}

    @property
    def undecided(self) -> int:
        """Rows that meet the book and wait for a decision."""
        return len(self.outcome.meetings) - len(self.decided) if self.outcome is not None else 0


LARGE = frozenset({"content", "tables", "mapping"})
JOBS = (CHECK_IMPORT, WRITE_IMPORT)
HAS_JOB: ColumnElement[bool] = exists().where(
    Job.person_id == ImportDraft.person_id,
    Job.subject == cast(ImportDraft.id, String),
    Job.kind.in_(JOBS),
    Job.state.in_([one.value for one in UNDER_WAY]),
)
_COLUMNS = [
    *(column for column in ImportDraft.__table__.columns if column.name not in LARGE),
    HAS_JOB.label("has_job"),
]
Also = Callable[[Connection], object]


def keep_file(book: Book, person_id: int, name: str, content: bytes) -> int:
    """Take a file in, to be looked through."""
    if len(content) > MOST_BYTES:
        raise TooLarge("imports.too_large", most=MOST_BYTES // 2**20)
    row = {
        "person_id": person_id,
        "name": name[-LONGEST_NAME:],
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "content": content,
        "state": State.WAITING.value,
        "rows_read": 0,
        "made_at": book.now(),
    }
    with book.keep() as connection:
        _make_room(connection, person_id)
        made = connection.execute(insert(ImportDraft).values(row).returning(ImportDraft.id))
        draft_id = int(made.scalar_one())
        ask(connection, book.now(), person_id, CHECK_IMPORT, draft_id)
        return draft_id


def list_drafts(book: Book, person_id: int) -> list[StoredDraft]:
    """What somebody has sent in, the newest first."""
    query = select(*_COLUMNS).where(ImportDraft.person_id == person_id).order_by(ImportDraft.id.desc())
    with book.look(sight=OPEN) as look:
        return [_read(row) for row in look.connection.execute(query)]


def find_draft(book: Book, person_id: int, draft_id: int) -> StoredDraft:
    """One of them; of another person's nothing is known."""
    query = select(*_COLUMNS).where(_is_own(person_id, draft_id))
    with book.look(sight=OPEN) as look:
        row = look.connection.execute(query).first()
    if row is None:
        raise NotFound("imports.no_such_draft")
    return _read(row)


def read_content(book: Book, person_id: int, draft_id: int) -> bytes:
    """The file itself."""
    query = select(ImportDraft.content).where(_is_own(person_id, draft_id))
    with book.look(sight=OPEN) as look:
        content = look.connection.execute(query).scalar()
    if content is None:
        raise NotFound("imports.no_such_draft")
    return bytes(content)


def move(
    book: Book,
    draft_id: int,
    since: Collection[State],
    to: State,
    also: Also | None = None,
    **values: Any,
) -> bool:
    """Bring a workbook from one of some states to another; False where somebody else was first.

    What is `also` done with it is kept in the same step, or nothing is.
    """
    with book.keep() as connection:
        has_moved = move_in(connection, draft_id, since, to, **values)
        if has_moved and also is not None:
            also(connection)
        return has_moved


def move_in(
    connection: Connection, draft_id: int, since: Collection[State], to: State, **values: Any
) -> bool:
    """The same beside something else that is being written."""
    changed = {"state": to.value, "runner": None, **values}
    if isinstance(values.get("result"), Outcome):
        changed["result"] = write_outcome(values["result"])
    query = update(ImportDraft).where(ImportDraft.id == draft_id, ImportDraft.state.in_(since))
    return connection.execute(query.values(changed)).rowcount == 1


def keep_choices(book: Book, person_id: int, draft_id: int, choices: Mapping[str, Choice]) -> None:
    """Remember what was decided."""
    query = update(ImportDraft).where(_is_own(person_id, draft_id), ImportDraft.state == State.CHECKED.value)
    with book.keep() as connection:
        connection.execute(query.values(choices=orjson.dumps(dict(choices)).decode()))


def forget(book: Book, person_id: int, draft_id: int) -> None:
    """Throw a workbook away that nobody works on."""
    query = delete(ImportDraft).where(_is_own(person_id, draft_id), ImportDraft.state.not_in(AT_WORK))
    with book.keep() as connection:
        if connection.execute(query).rowcount == 0:
            raise Conflict("imports.not_startable")


def _is_own(person_id: int, draft_id: int) -> Any:
    return (ImportDraft.person_id == person_id) & (ImportDraft.id == draft_id)


def _make_room(connection: Connection, person_id: int) -> None:
    query = select(ImportDraft.id, ImportDraft.state).where(ImportDraft.person_id == person_id)
    kept = connection.execute(query.order_by(ImportDraft.id.desc())).all()[MOST_DRAFTS - 1 :]
    idle = [row.id for row in kept if State(row.state) not in AT_WORK]
    if len(idle) < len(kept):
        raise Conflict("imports.too_many", most=MOST_DRAFTS)
    connection.execute(delete(ImportDraft).where(ImportDraft.id.in_(idle)))


def _read(row: Any) -> StoredDraft:
    state = State(row.state)
    if state in AT_WORK and not row.has_job:
        state = State.BROKEN
    choices = orjson.loads(row.choices) if row.choices else {}
    return StoredDraft(
        row.id,
        row.name,
        row.size,
        row.sha256,
        state,
        row.rows_read,
        read_outcome(row.result) if row.result else None,
        {origin: Choice(choice) for origin, choice in choices.items()},
        row.version,
        row.made_at,
        bool(row.is_mapped),
    )
