"""Work that takes longer than a request: what was asked for, who is at it, how far it is, what came of it."""

from sqlalchemy import Boolean, ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from funds.models.base import Base, Id, Operational
from funds.models.spine import TIME

RUNNER = String(200)


class Job(Operational, Base):
    """One piece of work that somebody asked for; nobody else sees it, and it is forgotten.

    `claim` names the attempt that is at it, so that one who was given up for lost can finish nothing; `runner` names
    its process, so that work whose process is gone is begun again.
    """

    __tablename__ = "job"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    subject: Mapped[str] = mapped_column(
        String(64), index=True
    )  # what it is about: a draft's number, a quarter
    given: Mapped[str | None] = mapped_column(Text)  # whatever else it was told
    state: Mapped[str] = mapped_column(String(32), index=True)
    stage: Mapped[str | None] = mapped_column(String(64))
    done: Mapped[int] = mapped_column(Id)
    total: Mapped[int] = mapped_column(Id)
    attempts: Mapped[int] = mapped_column(Integer)
    cancel_asked: Mapped[bool] = mapped_column(Boolean)
    claim: Mapped[str | None] = mapped_column(String(32))
    runner: Mapped[str | None] = mapped_column(RUNNER)
    heartbeat_at: Mapped[str | None] = mapped_column(TIME)
    requested_at: Mapped[str] = mapped_column(TIME)
    started_at: Mapped[str | None] = mapped_column(TIME)
    ended_at: Mapped[str | None] = mapped_column(TIME, index=True)
    version: Mapped[int | None] = mapped_column(Id)  # the revision that it became
    notice: Mapped[str | None] = mapped_column(String(100))  # the code of what there is to say at the end
    params: Mapped[str | None] = mapped_column(Text)


class MadePaper(Operational, Base):
    """The file that a job made for its owner; forgotten soon, as it can be made again."""

    __tablename__ = "made_paper"
    job_id: Mapped[int] = mapped_column(Id, ForeignKey("job.id"), primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(400))
    kind: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class JobWorker(Operational, Base):
    """A process that takes jobs, for as long as it lives."""

    __tablename__ = "job_worker"
    runner: Mapped[str] = mapped_column(RUNNER, primary_key=True)
    started_at: Mapped[str] = mapped_column(TIME)
    seen_at: Mapped[str] = mapped_column(TIME)
