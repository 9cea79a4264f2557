"""Which funds have not filed a quarter, who was reminded of it, and by when each step of a quarter is due."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, or_, select

from funds.kinds import FundStatus
from funds.measures import MICRO
from funds.models import FundFact, Policy, QuarterFiling, Reminder
from funds.models.visibility import visible

ENDED = (FundStatus.CLOSED, FundStatus.ABANDONED)
STEPS = {f"quarter.due_{step}": step for step in ("filed", "reviewed", "locked", "signed")}


@dataclass(frozen=True)
class Unfiled:
    """One fund without a filing; `reminded_on` is the day of the last reminder."""

    fund_id: int
    reminders: int
    reminded_on: date | None


@dataclass(frozen=True)
class DueDays:
    """How many days after a quarter's end each step is due, by step, each from one day to another."""

    rows: tuple[tuple[str, int, date, date | None], ...]

    def of(self, step: str, end: date) -> date | None:
        """The last day of a step for the quarter that ends on a day; of several rows the one that began last speaks."""
        days = None
        for name, number, begun, over in self.rows:
            if name == step and begun <= end and (over is None or end < over):
                days = number
        return None if days is None else end + timedelta(days=days)


def read_due_days(connection: Connection, version: int) -> DueDays:
    """What the policy rows known at a version say."""
    row = Policy
    query = (
        select(row.code, row.value_e6, row.from_date, row.to_date)
        .where(row.code.in_(STEPS), row.value_e6.is_not(None))
        .where(row.park_id.is_(None), visible(row, version))
        .order_by(row.from_date, row.id)
    )
    return DueDays(
        tuple(
            (STEPS[found.code], (found.value_e6 or 0) // MICRO, found.from_date, found.to_date)
            for found in connection.execute(query)
        )
    )


def read_unfiled(connection: Connection, version: int, quarter: str, end: date, as_of: date) -> list[Unfiled]:
    """The funds that stood at a quarter's end and have not filed it, by id."""
    fact, filing = FundFact, QuarterFiling
    has_filed = (filing.fund_id == fact.fund_id) & (filing.quarter == quarter) & visible(filing, version)
    query = (
        select(fact.fund_id, fact.established, fact.status, filing.id.label("filed"))
        .outerjoin(filing, has_filed)
        .where(visible(fact, version), or_(fact.from_date.is_(None), fact.from_date <= as_of))
        .where(fact.established <= as_of)
        .order_by(fact.from_date.is_not(None), fact.from_date, fact.id)
    )
    newest = {row.fund_id: row for row in connection.execute(query)}
    missing = sorted(
        fund
        for fund, row in newest.items()
        if row.filed is None and row.established <= end and row.status not in ENDED
    )
    if not missing:
        return []
    reminded: dict[int, list[date]] = {}
    sent = select(Reminder.fund_id, Reminder.reminded_on).where(Reminder.quarter == quarter)
    for one in connection.execute(sent.where(Reminder.revision_id <= version).order_by(Reminder.id)):
        reminded.setdefault(one.fund_id, []).append(one.reminded_on)
    return [
        Unfiled(fund, len(days), days[-1] if days else None)
        for fund in missing
        for days in (reminded.get(fund, []),)
    ]
