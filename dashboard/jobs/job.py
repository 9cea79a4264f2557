"""A job as it stands, and the states that it passes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson

from funds.models import Job

CHECK_IMPORT, WRITE_IMPORT, FREEZE_PAPER = "check_import", "write_import", "freeze_paper"
MAKE_PAPER = "make_paper"


class JobState(StrEnum):
    """Waiting and running are under way; the others are ends."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNDER_WAY = frozenset({JobState.WAITING, JobState.RUNNING})
# From here on nobody can stop a job: what it does is in the book or is not.
FINAL = "record"


@dataclass(frozen=True)
class StoredJob:
    """One piece of work as it stands."""

    id: int
    kind: str
    person_id: int
    subject: str
    given: Mapping[str, Any]
    state: JobState
    stage: str
    done: int
    total: int
    attempts: int
    cancel_asked: bool
    claim: str | None
    runner: str | None
    heartbeat_at: str | None
    requested_at: str
    started_at: str | None
    version: int | None
    notice: str
    params: Mapping[str, str]

    @property
    def is_under_way(self) -> bool:
        """Whether it has not ended."""
        return self.state in UNDER_WAY

    @property
    def is_stoppable(self) -> bool:
        """Whether its owner may still do without it."""
        if self.state is JobState.RUNNING:
            return not self.cancel_asked and self.stage != FINAL
        return self.state is JobState.WAITING


COLUMNS = [column for column in Job.__table__.columns if column.name != "ended_at"]


def read_job(row: Any) -> StoredJob:
    """From its row."""
    return StoredJob(
        row.id,
        row.kind,
        row.person_id,
        row.subject,
        orjson.loads(row.given) if row.given else {},
        JobState(row.state),
        row.stage or "",
        row.done,
        row.total,
        row.attempts,
        row.cancel_asked,
        row.claim,
        row.runner,
        row.heartbeat_at,
        row.requested_at,
        row.started_at,
        row.version,
        row.notice or "",
        orjson.loads(row.params) if row.params else {},
    )
