"""Nothing happens to a fund before it is set up or after it is closed; late deals and calls are noted."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from funds.kinds import EntryKind, FundStatus
from funds.models import Balance, Entry, Exit, Fund, FundFact, FundNav, Holding, Mark, Party, Revision
from funds.models.visibility import visible
from funds.rules.breaches import Breach, Reach

CITY_TIME = ZoneInfo("Asia/Shanghai")
ENDED = (FundStatus.CLOSED, FundStatus.ABANDONED)


class Life(NamedTuple):
    """A row that happened to a fund, beside what the fund says of its own life."""

    row_id: int
    day: date
    fund: str
    established: date
    status: FundStatus | None
    status_from: date | None
    recorded_at: str


def check_days(reach: Reach) -> Iterator[Breach]:
    """Every row outside its fund's life."""
    for table, query, fields in _queries(reach):
        for row in reach.connection.execute(query):
            yield from _judge(table, Life(*row), fields)
    yield from _check_late_deals(reach)
    yield from _check_late_calls(reach)


def _judge(table: str, life: Life, fields: tuple[str, ...]) -> Iterator[Breach]:
    params = {"fund": life.fund, "day": life.day, "established": life.established}
    code, column = "", fields
    if life.status is FundStatus.ABANDONED:
        code, column = "fund.never_set_up", ("fund",)
    elif life.day < life.established:
        code = "fund.before_established"
    elif life.status is FundStatus.CLOSED and life.day > _closed_on(life):
        code, params["closed"] = "fund.after_closed", _closed_on(life)
    if code:
        yield Breach(code, table, life.row_id, column, "", dict(params))


def _closed_on(life: Life) -> date:
    """The day from which the fund says it is closed, else the day on which it was recorded so."""
    recorded = datetime.strptime(life.recorded_at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return life.status_from or recorded.astimezone(CITY_TIME).date()


def _queries(reach: Reach) -> Iterator[tuple[str, Select[*tuple[Any, ...]], tuple[str, ...]]]:
    moved = ("received_on", "paid_on", "exited_on")
    yield "entry", _beside_facts(reach, Entry, Entry.moved_on, Entry.fund_id), moved
    yield "fund_nav", _beside_facts(reach, FundNav, FundNav.valued_on, FundNav.fund_id), ("valued_on",)
    yield "balance", _beside_facts(reach, Balance, Balance.filed_on, Balance.fund_id), ("filed_on",)
    marks = _beside_facts(reach, Mark, Mark.valued_on, Holding.fund_id)
    yield "mark", marks.where(Holding.id == Mark.holding_id), ("valued_on",)
    # An exit that brought money is judged by its entry.
    exits = _beside_facts(reach, Exit, Exit.exited_on, Holding.fund_id)
    yield "exit", exits.where(Holding.id == Exit.holding_id, Exit.movement_id.is_(None)), ("exited_on",)


def _beside_facts(reach: Reach, model: Any, day: Any, fund_id: Any) -> Select[*tuple[Any, ...]]:
    """Rows of the revision (or of funds whose facts it wrote) that may be outside their fund's life."""
    query = (
        select(model.id, day, Party.code, FundFact.established, FundFact.status, FundFact.from_date)
        .add_columns(Revision.recorded_at)
        .where(
            FundFact.fund_id == fund_id,
            Fund.id == FundFact.fund_id,
            Party.id == Fund.party_id,
            Revision.id == FundFact.revision_id,
            visible(model, reach.version),
            visible(FundFact, reach.version),
            or_(day < FundFact.established, FundFact.status.in_(ENDED)),
        )
        .order_by(model.id)
    )
    if reach.revision_id is None:
        return query
    return query.where(or_(model.revision_id == reach.revision_id, FundFact.revision_id == reach.revision_id))


def _check_late_deals(reach: Reach) -> Iterator[Breach]:
    earlier = aliased(Entry)
    is_follow_on = exists(
        select(earlier.id).where(
            earlier.holding_id == Entry.holding_id,
            earlier.kind == EntryKind.INVESTMENT,
            earlier.moved_on <= FundFact.invest_end,
            visible(earlier, reach.version),
        )
    )
    late = and_(Entry.kind == EntryKind.INVESTMENT, Entry.moved_on > FundFact.invest_end, ~is_follow_on)
    for row in reach.connection.execute(_own_entries(reach, FundFact.invest_end).where(late)):
        params = {"fund": row.code, "day": row.moved_on, "end": row.invest_end}
        yield Breach("fund.after_invest_end", "entry", row.id, ("paid_on",), "", params)


def _check_late_calls(reach: Reach) -> Iterator[Breach]:
    late = and_(
        Entry.kind == EntryKind.PAID_IN,
        Entry.moved_on > FundFact.exit_end,
        or_(FundFact.extension_end.is_(None), Entry.moved_on > FundFact.extension_end),
    )
    for row in reach.connection.execute(_own_entries(reach, FundFact.exit_end).where(late)):
        params = {"fund": row.code, "day": row.moved_on, "end": row.exit_end}
        yield Breach("fund.after_exit_end", "entry", row.id, ("received_on",), "", params)


def _own_entries(reach: Reach, end: Any) -> Select[*tuple[Any, ...]]:
    query = (
        select(Entry.id, Entry.moved_on, Party.code, end)
        .join(FundFact, FundFact.fund_id == Entry.fund_id)
        .join(Fund, Fund.id == Entry.fund_id)
        .join(Party, Party.id == Fund.party_id)
        .where(visible(Entry, reach.version), visible(FundFact, reach.version))
        .order_by(Entry.id)
    )
    return query if reach.revision_id is None else query.where(Entry.revision_id == reach.revision_id)
