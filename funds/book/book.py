"""The book: opened once, looked at by anyone, changed by one writer at a time and sealed at every change."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, insert, inspect, select
from sqlalchemy.exc import DBAPIError

from funds.book.anchor import Anchor, Head
from funds.book.change import Change
from funds.book.engine import open_engine, read_url
from funds.book.lock import hold_file_lock, take_transaction_lock
from funds.book.look import LateLook, Look, find_met
from funds.book.seal import read_head, seal_revision
from funds.errors import BookUnusable, NotAllowed, NotFound, SchemaBehind
from funds.models import BookIdentity, Person, PersonFact, Revision, Seal, row_tables
from funds.models.guards import missing_guards
from funds.models.row_security import OPEN, WHOLE, Sight, missing_row_security
from funds.models.visibility import visible

CITY_TIME = ZoneInfo("Asia/Shanghai")


class Book:
    """A book at an address (an SQLite file or a PostgreSQL URL); `clock` gives the time of each change in UTC."""

    def __init__(
        self,
        address: str,
        anchors: Path | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.url = read_url(address)
        self.engine = open_engine(address)
        self._anchors = anchors
        self.clock = clock
        self._identity: tuple[str, int, str, str] | None = None
        self.changes = 0
        """How many revisions this process has written: until there is another one, what it saw last is its own last word."""

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_fault: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def check_ready(self) -> None:
        """Refuse a book that is absent, empty, or whose tables lack their guards or their wall."""
        if self.url.get_backend_name() == "sqlite" and not Path(str(self.url.database)).exists():
            raise BookUnusable("book.absent", book=self.url.database)
        try:
            with self.engine.connect() as connection:
                present = set(inspect(connection).get_table_names())
                lacking = [table.name for table in row_tables() if table.name not in present]
                guards = [] if lacking else missing_guards(connection)
                open_tables = [] if lacking else missing_row_security(connection)
        except DBAPIError as fault:
            raise BookUnusable(
                "book.unreachable", book=self.url.render_as_string(), fault=fault.orig
            ) from fault
        if lacking:
            raise SchemaBehind("book.tables_missing", tables=", ".join(lacking[:5]))
        if guards:
            raise SchemaBehind("book.guards_missing", guards=", ".join(guards[:5]))
        if open_tables:
            raise SchemaBehind("book.wall_missing", tables=", ".join(open_tables[:5]))

    @property
    def uuid(self) -> str:
        """The book's own random name."""
        return self._read_identity()[0]

    @property
    def number(self) -> int:
        """The number that its ids carry."""
        return self._read_identity()[1]

    @property
    def kind(self) -> str:
        """`own` or `demo`."""
        return self._read_identity()[2]

    @property
    def city_name(self) -> str:
        """Whose book it is."""
        return self._read_identity()[3]

    @property
    def anchor(self) -> Anchor | None:
        """The file of heads that belongs to this book, if anchors are kept."""
        return Anchor(self._anchors / f"{self.uuid}.anchor") if self._anchors else None

    def head(self) -> Head:
        """The last version and its hash."""
        with self._looking(OPEN) as connection:
            return read_head(connection)

    def now(self) -> str:
        """The present instant as the book writes it."""
        return write_time(self.clock())

    def today(self) -> date:
        """The present day in the city."""
        return self.local_now().date()

    def local_now(self) -> datetime:
        """The present instant by the clocks of the city."""
        return self.clock().astimezone(CITY_TIME)

    @contextmanager
    def look(self, as_known: int | datetime | None = None, sight: Sight = WHOLE) -> Iterator[Look]:
        """Look at the book as known at a version, at an instant, or now; on PostgreSQL no further than `sight`."""
        with ExitStack() as stack:
            head = find_met(self)
            if head is not None and not isinstance(as_known, datetime):
                version = choose_version(as_known, head)
                yield LateLook(lambda: stack.enter_context(self._looking(sight)), version, head, sight)
                return
            connection = stack.enter_context(self._looking(sight))
            head = read_head(connection)
            yield Look(connection, resolve_version(connection, as_known, head), head)

    @contextmanager
    def change(
        self,
        person: str,
        reason: str,
        action: str = "record",
        *,
        reverses_id: int | None = None,
        dry_run: bool = False,
    ) -> Iterator[Change]:
        """Change the book as one revision by `person`: all that the body adds, or nothing when it raises."""
        with self._revision(self.number, action, reason, reverses_id) as (change, name):
            name(find_person(change.connection, person, change.version - 1))
            yield change
            if dry_run:
                change.abandon()

    @contextmanager
    def founding(self, number: int) -> Iterator[Change]:
        """The first revision, by the first person, whom it writes itself."""
        with self._revision(number, "found", "book.founded", None) as (change, name):
            name(change.next_id(Person))
            yield change
        self._identity = None

    @contextmanager
    def _revision(
        self, number: int, action: str, reason: str, reverses_id: int | None
    ) -> Iterator[tuple[Change, Callable[[int], None]]]:
        """Lock, write the revision once its person is named, and at the end seal, commit and anchor."""
        with self._writing() as connection:
            previous = read_head(connection)
            change = Change(connection, previous.version + 1, number, self.today())

            def name_person(person_id: int) -> None:
                if reverses_id is not None and not 0 < reverses_id <= previous.version:
                    raise NotFound("book.no_such_version", version=reverses_id, last=previous.version)
                change.person_id = person_id
                self._write_revision(change, action, reason, reverses_id)

            yield change, name_person
            if change.is_abandoned:
                return
            head = seal_revision(connection, change.revision_id, change.touched.values(), previous)
            connection.commit()
            self.changes += 1
        if self.anchor:
            self.anchor.append(head)

    @contextmanager
    def keep(self) -> Iterator[Connection]:
        """Write operational rows (sessions, secrets, sign-ins), which are no part of the book."""
        with hold_file_lock(self.url), self._connect(OPEN) as connection:
            connection = connection.execution_options(writing=True)
            with connection.begin():
                yield connection.execution_options(writing=False)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with hold_file_lock(self.url), self._connect(WHOLE) as connection:
            connection = connection.execution_options(writing=True)
            connection.begin()
            take_transaction_lock(connection)
            yield connection  # closing without a commit rolls back

    @contextmanager
    def _looking(self, sight: Sight) -> Iterator[Connection]:
        with self._connect(sight) as connection:
            yield connection
            # Nothing was written; but after a rollback PostgreSQL's driver forgets what it has prepared.
            connection.commit()

    @contextmanager
    def _connect(self, sight: Sight) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            yield connection.execution_options(sight=sight)

    def _write_revision(self, change: Change, action: str, reason: str, reverses_id: int | None) -> None:
        before = select(Revision.recorded_at).where(Revision.id == change.version - 1)
        last = change.connection.execute(before).scalar()
        row = {
            "id": change.revision_id,
            # A clock set back must not turn the order of revisions around.
            "recorded_at": max(self.now(), last or ""),
            "person_id": change.person_id,
            "action": action,
            "reason": reason,
            "reverses_id": reverses_id,
        }
        change.connection.execute(insert(Revision), [row])

    def _read_identity(self) -> tuple[str, int, str, str]:
        if self._identity is None:
            with self._connect(OPEN) as connection:
                row = connection.execute(
                    select(BookIdentity.uuid, BookIdentity.number, BookIdentity.kind, BookIdentity.city_name)
                ).first()
            if row is None:
                raise BookUnusable("book.not_founded", book=self.url.render_as_string())
            self._identity = (row.uuid, row.number, row.kind.value, row.city_name)
        return self._identity


def write_time(instant: datetime) -> str:
    """An instant as the book writes it: UTC, microseconds, `Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def resolve_version(connection: Connection, as_known: int | datetime | None, last: Head | None = None) -> int:
    """The version meant: the last one, one that exists, or the last one recorded by an instant."""
    if not isinstance(as_known, datetime):
        return choose_version(as_known, last or read_head(connection))
    recorded = select(func.max(Seal.revision_id)).join(Revision, Revision.id == Seal.revision_id)
    found = connection.execute(recorded.where(Revision.recorded_at <= write_time(as_known))).scalar()
    if found is None:
        raise NotFound("book.nothing_known_yet", instant=write_time(as_known))
    return int(found)


def choose_version(as_known: int | None, head: Head) -> int:
    """The last version, or one that exists."""
    if as_known is not None and not 0 < as_known <= head.version:
        raise NotFound("book.no_such_version", version=as_known, last=head.version)
    return head.version if as_known is None else as_known


def find_person(connection: Connection, login: str, version: int) -> int:
    """The id of an active person; refuses anybody else."""
    query = (
        select(Person.id)
        .join(PersonFact, PersonFact.person_id == Person.id)
        .where(Person.login == login, PersonFact.active, visible(PersonFact, version))
    )
    found = connection.execute(query).scalar()
    if found is None:
        raise NotAllowed("person.unknown", person=login)
    return int(found)
