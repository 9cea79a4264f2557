"""Which quarters of which funds are locked as known at a version, and what was let into them since."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from funds.kinds import PeriodEvent
from funds.models import Period, Restatement, Revision
from funds.queries.period_dates import FundQuarter

CITY_TIME = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Locking:
    """The last thing that happened to a quarter of a fund: who proposed it, who approved it, when, and why."""

    id: int
    fund_id: int
    quarter: str
    event: PeriodEvent
    proposer_id: int
    approver_id: int
    at: str
    version: int
    reason: str

    @property
    def day(self) -> str:
        """The day in the city on which it happened."""
        return city_day(self.at)

    @property
    def is_locked(self) -> bool:
        """Whether the quarter is closed."""
        return self.event is PeriodEvent.LOCK


@dataclass(frozen=True)
class Restated:
    """One change that entered a locked quarter of a fund: who proposed it, who approved it, when, and why."""

    id: int
    fund_id: int
    quarter: str
    proposer_id: int
    approver_id: int
    at: str
    version: int
    reason: str


def read_periods(connection: Connection, version: int, *quarters: str) -> dict[FundQuarter, Locking]:
    """The last event of every fund's quarter that was ever locked, or of those quarters that are named."""
    row = Period
    query = (
        select(row.id, row.fund_id, row.quarter, row.event, row.proposer_id, Revision.person_id)
        .add_columns(Revision.recorded_at, row.revision_id, row.reason)
        .join(Revision, Revision.id == row.revision_id)
        .where(row.revision_id <= version)
        .order_by(row.id)
    )
    if quarters:
        query = query.where(row.quarter.in_(quarters))
    return {(found.fund_id, found.quarter): Locking(*found) for found in connection.execute(query)}


def read_locks(connection: Connection, version: int, *quarters: str) -> dict[FundQuarter, Locking]:
    """The quarters that are locked, all of them or among those that are named."""
    return {
        pair: last for pair, last in read_periods(connection, version, *quarters).items() if last.is_locked
    }


def read_restated(connection: Connection, version: int, quarter: str | None = None) -> list[Restated]:
    """What was let into locked quarters, oldest first."""
    row = Restatement
    query = (
        select(row.id, row.fund_id, row.quarter, row.proposer_id, Revision.person_id)
        .add_columns(Revision.recorded_at, row.revision_id, row.reason)
        .join(Revision, Revision.id == row.revision_id)
        .where(row.revision_id <= version)
        .order_by(row.id)
    )
    if quarter is not None:
        query = query.where(row.quarter == quarter)
    return [Restated(*found) for found in connection.execute(query)]


def restated_in(connection: Connection, revision_id: int) -> set[FundQuarter]:
    """The locked quarters that one revision says it enters."""
    query = select(Restatement.fund_id, Restatement.quarter).where(Restatement.revision_id == revision_id)
    return {(fund, quarter) for fund, quarter in connection.execute(query)}


def city_day(at: str) -> str:
    """The day in the city of a time of the book."""
    instant = datetime.strptime(at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return instant.astimezone(CITY_TIME).date().isoformat()
