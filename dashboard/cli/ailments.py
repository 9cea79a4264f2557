"""What may be unsafe or slow about a book itself: its engine, its shape, its anchor, its clock and who may come in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text

import migrations
from dashboard.jobs.claims import has_work
from dashboard.jobs.presence import list_workers
from dashboard.server.checks import check_configuration, has_local, vacant_posts
from dashboard.server.readiness import is_writable, newest_anchored
from dashboard.settings import Settings
from funds.book import LOCAL, OPEN, Book
from funds.book.app_role import read_standing
from funds.errors import LedgerError
from funds.kinds import BookKind
from funds.models import Revision
from funds.problems import Problem, fatal, warning

NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "afs", "ceph"})
# What must be on for what was acknowledged to outlive a power cut.
SAFE = ("fsync", "full_page_writes", "synchronous_commit")
OLDEST_SERVER = 150_000
CLOCKS_MAY_DIFFER = timedelta(seconds=5)


@dataclass(frozen=True)
class Patient:
    """A book that is looked at, with the settings that it is run with."""

    book: Book
    settings: Settings

    @property
    def is_file(self) -> bool:
        """Whether the book is an SQLite file."""
        return self.book.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path:
        """That file."""
        return Path(str(self.book.url.database)).absolute()


def look_at_shape(patient: Patient) -> Iterator[Problem]:
    """Tables, guards and wall as they must be, in the newest shape."""
    current, head = migrations.current_revision(patient.book.engine), migrations.head_revision()
    if current != head:
        yield fatal("doctor.schema_behind", "", current=current, head=head)
        return
    try:
        patient.book.check_ready()
    except LedgerError as fault:
        yield fatal("doctor.not_whole", "", fault=fault.code, params=", ".join(fault.params.values()))


def look_at_settings(patient: Patient) -> Iterator[Problem]:
    """What would keep the server from starting; the same words as there."""
    yield from check_configuration(patient.settings)
    standing = read_standing(patient.book.engine)
    if standing is not None and standing.is_unbound:
        yield fatal("doctor.role_unbound", standing.name, role=standing.name)
    elif standing is not None and standing.is_owner:
        yield warning("doctor.role_owner", standing.name, role=standing.name)


def look_at_people(patient: Patient) -> Iterator[Problem]:
    """Doors that should be closed, and posts that should be held, once others can reach the server."""
    if patient.settings.is_local or patient.book.kind == BookKind.DEMO.value:
        return
    if has_local(patient.book):
        yield fatal("doctor.local_active", LOCAL)
    for post in vacant_posts(patient.book):
        yield warning("doctor.post_vacant", post.value, post=post.value)


def look_at_engine(patient: Patient) -> Iterator[Problem]:
    """Whether the database keeps what it acknowledges, and finds rows without reading all of them."""
    with patient.book.engine.connect() as connection:
        if patient.is_file:
            mode = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar())
            if mode != "wal":
                yield fatal("doctor.no_wal", str(patient.file), mode=mode)
            if (kind := _file_system(patient.file)) in NETWORK:
                yield fatal("doctor.network_file", str(patient.file), kind=kind)
            return
        said = dict(
            tuple(row)
            for row in connection.execute(text("SELECT name, setting FROM pg_settings"))
            if row[0] in (*SAFE, "data_checksums", "autovacuum", "server_version_num")
        )
        unread = connection.execute(
            text("SELECT reltuples < 0 FROM pg_class WHERE relname = 'entry' AND relkind = 'r'")
        ).scalar()
    for name in SAFE:
        if said.get(name) == "off":
            yield fatal("doctor.server_unsafe", name, setting=name)
    if said.get("data_checksums") == "off":
        yield warning("doctor.no_checksums", "data_checksums")
    if said.get("autovacuum") == "off":
        yield warning("doctor.no_autovacuum", "autovacuum")
    if unread:
        yield warning("doctor.never_analysed", "entry")
    if int(said.get("server_version_num", OLDEST_SERVER)) < OLDEST_SERVER:
        yield warning("doctor.old_server", said["server_version_num"])


def look_at_anchor(patient: Patient) -> Iterator[Problem]:
    """Whether the last head is remembered, in another place than the book itself."""
    anchor = patient.book.anchor
    if anchor is None:
        return
    known = newest_anchored(anchor)
    head = patient.book.head()
    where = str(anchor.path)
    if head.version and not anchor.path.exists():
        yield fatal("doctor.anchor_missing", where, version=head.version)
    elif known > head.version:
        yield fatal("doctor.anchor_ahead", where, known=known, version=head.version)
    elif known < head.version:
        yield warning("doctor.anchor_behind", where, known=known, version=head.version)
    if not is_writable(anchor):
        yield fatal("doctor.anchor_unwritable", where)
    elif patient.is_file and anchor.path.exists() and _is_one_disk(anchor.path, patient.file):
        yield warning("doctor.anchor_beside", where)


def look_at_clock(patient: Patient) -> Iterator[Problem]:
    """Whether time goes forwards, and the same way on the server of the database."""
    now = patient.book.now()
    with patient.book.look(sight=OPEN) as look:
        last = look.connection.execute(select(func.max(Revision.recorded_at))).scalar()
        theirs = None
        if not patient.is_file:
            theirs = look.connection.execute(text("SELECT now()")).scalar_one()
    if last is not None and last > now:
        yield fatal("doctor.clock_back", "", now=now, last=last)
    if theirs is not None:
        apart = abs(theirs - datetime.fromisoformat(now).astimezone(UTC))
        if apart > CLOCKS_MAY_DIFFER:
            yield warning("doctor.clocks_differ", "", seconds=int(apart.total_seconds()))


def look_at_jobs(patient: Patient) -> Iterator[Problem]:
    """Whether somebody does the work that waits."""
    if has_work(patient.book) and not any(worker.is_alive for worker in list_workers(patient.book)):
        yield warning("doctor.nobody_works")


def _is_one_disk(one: Path, other: Path) -> bool:
    return one.stat().st_dev == other.stat().st_dev


def _file_system(path: Path) -> str:
    """The kind of the file system that a path lies on, where the system tells."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return ""
    found = ("", "")
    for line in mounts.read_text("utf-8", "replace").splitlines():
        _, place, kind, *_ = line.split(" ")
        if path.is_relative_to(place) and len(place) >= len(found[0]):
            found = (place, kind)
    return found[1]
