"""The kinds of jobs that there are: how each is done, and what becomes of its subject when it is not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from dashboard.auth.identity import Identity
from dashboard.jobs.job import CHECK_IMPORT, FREEZE_PAPER, MAKE_PAPER, WRITE_IMPORT, StoredJob
from dashboard.jobs.task import End, Task
from dashboard.pages.imports.workshop import check_draft, end_draft, write_draft
from dashboard.pages.signing.paper_job import freeze
from dashboard.worker.paper_making import make_paper


def leave_alone(_connection: Connection, _job: StoredJob, _end: End) -> None:
    """For a job whose subject does not know of it."""


@dataclass(frozen=True)
class Kind:
    """How a job of a kind is done by right of its owner, and what is kept beside its end where it came to none."""

    do: Callable[[Task, Identity], None]
    end: Callable[[Connection, StoredJob, End], None] = leave_alone


KINDS: Mapping[str, Kind] = {
    CHECK_IMPORT: Kind(check_draft, end_draft),
    WRITE_IMPORT: Kind(write_draft, end_draft),
    FREEZE_PAPER: Kind(freeze),
    MAKE_PAPER: Kind(make_paper),
}
