"""A project's states come in their order, and what follows the closing needs one: filed, or paid."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import func, select

from funds.kinds import EntryKind, ProjectState
from funds.models import Company, Entry, Holding, ProjectStage
from funds.models.visibility import visible
from funds.rules.breaches import Breach, Reach

ORDER = tuple(ProjectState)
AFTER_CLOSING = (ProjectState.MANAGED, ProjectState.EXITED)


class Stage(NamedTuple):
    """A state of a fund's project in a firm, and the row that says so."""

    row_id: int
    fund_id: int
    company_id: int
    state: ProjectState
    day: date


def check_projects(reach: Reach) -> Iterator[Breach]:
    """Every state dated before an earlier one, and every state after a closing that there was not."""
    projects: dict[tuple[int, int], list[Stage]] = defaultdict(list)
    for stage in _read_stages(reach):
        projects[stage.fund_id, stage.company_id].append(stage)
    paid = _read_payments(reach, {fund for fund, _ in projects})
    for pair, stages in projects.items():
        stages.sort(key=lambda stage: ORDER.index(stage.state))
        for earlier, later in pairwise(stages):
            if later.day < earlier.day:
                params: dict[str, object] = {"day": later.day, "earlier": earlier.day}
                yield _breach(reach, "project.out_of_order", later, params)
        yield from _check_closing(reach, stages, paid.get(pair))


def _check_closing(reach: Reach, stages: Sequence[Stage], first_paid: date | None) -> Iterator[Breach]:
    filed = [stage.day for stage in stages if stage.state is ProjectState.CLOSED]
    closings = [day for day in (*filed, first_paid) if day is not None]
    for stage in stages:
        if stage.state in AFTER_CLOSING and not any(day <= stage.day for day in closings):
            yield _breach(reach, "project.not_closed", stage, {"day": stage.day})


def _breach(reach: Reach, code: str, stage: Stage, params: dict[str, object]) -> Breach:
    fund = reach.fund_codes([stage.fund_id])[stage.fund_id]
    query = select(Company.party_id).where(Company.id == stage.company_id)
    party = int(reach.connection.execute(query).scalar_one())
    company = reach.party_codes([party])[party]
    named = {"fund": fund, "company": company, **params}
    suspicion = f"holding/{fund}/{company}"
    return Breach(code, "project_stage", stage.row_id, ("reached_on",), suspicion, named)


def _read_stages(reach: Reach) -> Iterator[Stage]:
    """The states of the funds whose states or payments were touched."""
    row = ProjectStage
    touched = reach.touched(
        row.fund_id,
        (row, select(row.fund_id)),
        (Entry, select(Entry.fund_id).where(Entry.kind == EntryKind.INVESTMENT)),
    )
    query = select(row.id, row.fund_id, row.company_id, row.stage, row.reached_on)
    found = reach.connection.execute(query.where(visible(row, reach.version), touched).order_by(row.id))
    return (Stage(*one) for one in found)


def _read_payments(reach: Reach, funds: set[int]) -> dict[tuple[int, int], date]:
    """The first payment of some funds into each of their firms."""
    query = (
        select(Holding.fund_id, Holding.company_id, func.min(Entry.moved_on))
        .join(Entry, Entry.holding_id == Holding.id)
        .where(visible(Entry, reach.version), Entry.kind == EntryKind.INVESTMENT, Holding.fund_id.in_(funds))
        .group_by(Holding.fund_id, Holding.company_id)
    )
    return {(row[0], row[1]): row[2] for row in reach.connection.execute(query)}
