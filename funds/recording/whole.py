"""Judges a change as a whole, once every row of it is in: sums, cash, commitments, shares."""

from collections.abc import Collection, Iterable

from sqlalchemy import select

from funds.book import Change, Findings
from funds.drafts import Draft, Place
from funds.errors import RulesBroken
from funds.models import Base
from funds.problems import Problem, only_fatal
from funds.recording.closed_quarters import guard_quarters
from funds.rules.breaches import Breach
from funds.rules.catalogue import break_rule
from funds.rules.whole import find_own_breaches


def check_whole(
    change: Change, drafts: Iterable[Draft] = (), tables: Collection[str] | None = None
) -> list[Problem]:
    """Raise (or gather) what the change leaves broken; `drafts` name the cells. Returns the warnings.

    A verb called by itself ends with this; in gather mode it is called once, after the last verb. `tables`
    narrows it to the rules of what was written there.
    """
    suspects = change.findings.suspects if change.findings else set()
    judged = change.touched if tables is None else tables
    with change.held.aside():
        breaches = find_own_breaches(change.connection, change.revision_id, judged, change.held)
        standing = [breach for breach in breaches if breach.suspicion not in suspects]
        located = _locate(change, standing, drafts) if standing else []
    problems = hand_over(change.findings, located)
    guard_quarters(change)
    return problems


def hand_over(findings: Findings | None, problems: list[Problem]) -> list[Problem]:
    """Gather problems, or raise them when one is fatal and nobody gathers."""
    if findings is not None:
        findings.problems.extend(problems)
    elif only_fatal(problems):
        raise RulesBroken(problems)
    return problems


def _locate(change: Change, breaches: list[Breach], drafts: Iterable[Draft]) -> list[Problem]:
    places: dict[str | None, Place] = {
        draft.place.origin: draft.place for draft in drafts if draft.place.origin
    }
    return [
        break_rule(breach.code, _find_place(change, breach, places), breach.params) for breach in breaches
    ]


def _find_place(change: Change, breach: Breach, places: dict[str | None, Place]) -> str:
    """The cell of the row that broke the rule; an older row is named by its table and id."""
    table = Base.metadata.tables[breach.table]
    query = select(table.c.origin, table.c.revision_id).where(table.c.id == breach.row_id)
    row = change.connection.execute(query).one()
    if row.revision_id != change.revision_id:
        return f"{breach.table}#{breach.row_id}"
    place = places.get(row.origin)
    if place is None:
        return row.origin or Place().of(breach.fields[0])
    named = [field for field in breach.fields if place.holds(field)]
    return place.of(named[0] if named else breach.fields[0])
