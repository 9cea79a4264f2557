"""What may be unsafe or missing around a book: room on the disks, who may read its files, backups, fonts, old lines."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import func, select

from dashboard.cli.ailments import Patient
from dashboard.cli.backup_notes import last_backup
from dashboard.jobs.retention import LOG, read_kept_days
from funds.book import OPEN
from funds.kinds import BookKind
from funds.models import SignIn
from funds.problems import Problem, fatal, warning

LITTLE, HARDLY_ANY = 2 * 2**30, 200 * 2**20
BACKUP_EVERY = timedelta(hours=26)  # one a night, and two hours for it to be late


def look_at_room(patient: Patient) -> Iterator[Problem]:
    """Whether there is room for the book to grow, and for its anchor."""
    places = [patient.settings.anchors]
    wanted = LITTLE
    if patient.is_file:
        places.insert(0, patient.file.parent)
        wanted = max(LITTLE, 2 * patient.file.stat().st_size)
    for place in places:
        free = shutil.disk_usage(_nearest(place)).free
        told = {"free": f"{free / 1e6:.0f}", "wanted": f"{wanted / 1e6:.0f}"}
        if free < HARDLY_ANY:
            yield fatal("doctor.disk_full", str(place), **told)
        elif free < wanted:
            yield warning("doctor.disk_low", str(place), **told)


def look_at_files(patient: Patient) -> Iterator[Problem]:
    """Whether anybody else on this machine can read or write the book, its anchor or the notes beside it."""
    paths = [patient.settings.state]
    if patient.is_file:
        paths.append(patient.file)
    for path in paths:
        if path.exists() and path.stat().st_mode & 0o007:
            yield warning("doctor.open_to_all", str(path), mode=f"{path.stat().st_mode & 0o777:03o}")
    anchor = patient.book.anchor
    if anchor is not None and anchor.path.exists() and anchor.path.stat().st_mode & 0o022:
        yield fatal("doctor.anchor_open", str(anchor.path))


def look_at_backups(patient: Patient) -> Iterator[Problem]:
    """Whether there is a backup of last night, and it is still where it was put."""
    if patient.book.kind == BookKind.DEMO.value:
        return
    note = last_backup(patient.book, patient.settings)
    if note is None:
        yield warning("doctor.no_backup")
        return
    age = datetime.fromisoformat(patient.book.now()) - datetime.fromisoformat(note.made_at)
    if age > BACKUP_EVERY:
        yield warning("doctor.backup_old", note.file, days=age.days, at=note.made_at[:10])
    if not Path(note.file).exists():
        yield warning("doctor.backup_gone", note.file)


def look_at_papers(_patient: Patient) -> Iterator[Problem]:
    """Whether papers can be written as PDF, with Chinese letters in them."""
    if find_spec("weasyprint") is None:
        yield warning("doctor.no_pdf", "weasyprint")
        return
    lister = shutil.which("fc-list")
    if lister is None:
        return
    done = subprocess.run([lister, ":lang=zh", "family"], capture_output=True, text=True, check=False)
    if done.returncode == 0 and not done.stdout.strip():
        yield warning("doctor.no_fonts", "fontconfig")


def look_at_log(patient: Patient) -> Iterator[Problem]:
    """Whether the access log holds lines far older than it is kept."""
    with patient.book.look(sight=OPEN) as look:
        oldest = look.connection.execute(select(func.min(SignIn.tried_at))).scalar()
    if oldest is not None:
        age = datetime.fromisoformat(patient.book.now()) - datetime.fromisoformat(oldest)
        kept = read_kept_days(patient.book)[LOG]
        if age > timedelta(days=kept + 31):
            yield warning("doctor.log_long", "sign_in", day=oldest[:10], days=kept)


def _nearest(path: Path) -> Path:
    """The path, or the first folder above it that is there."""
    while not path.exists() and path != path.parent:
        path = path.parent
    return path
