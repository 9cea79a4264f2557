"""How far a fund's project in a firm has come: what was filed, joined with what the ledger says, which is never contradicted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.readings.portfolio.holdings import HeldFirm, held_firms
from funds.kinds import EntryKind, ProjectState
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.project_facts import StageFacts

FILED, LEDGER = "filed", "ledger"
ORDER = tuple(ProjectState)
Pair = tuple[int, int]


@dataclass(frozen=True)
class Step:
    """One state of a project: its day and where that is from; `is_overruled` where the ledger says otherwise."""

    state: ProjectState
    day: date | None = None
    source: str | None = None
    decision_no: str | None = None
    words: str | None = None
    is_overruled: bool = False


def project_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """The states of each project of the scope's funds of which something was filed, in order."""
    filed = _filed(slice_)
    for fund, company in sorted(filed, key=lambda pair: (_fund(slice_, pair[0]), _firm(slice_, pair[1]))):
        steps = read_steps(slice_, fund, company)
        current = current_state(steps)
        for step in steps:
            if step.day is not None:
                yield {
                    "table": "project",
                    "fund": _fund(slice_, fund),
                    "company": _firm(slice_, company),
                    "stage": str(step.state),
                    "day": step.day.isoformat(),
                    "told_by": step.source,
                    "decision_no": step.decision_no,
                    "words": step.words,
                    "is_current": step.state is current,
                    "is_overruled": step.is_overruled,
                }


def read_steps(slice_: LedgerSlice, fund: int, company: int) -> list[Step]:
    """The five states of one project; 交割 is the first payment and 退出 the day on which nothing was left."""
    filed = {stage.state: stage for stage in _filed(slice_).get((fund, company), ())}
    held = next((one for one in held_firms(slice_, [fund]) if one.company == company), None)
    steps = []
    for state in ORDER:
        said = _say(state, filed.get(state))
        if state is ProjectState.CLOSED and held is not None:
            said = _overrule(said, _first_payment(slice_, held))
        elif state is ProjectState.EXITED and held is not None:
            gone = _last_exit(slice_, held)
            said = _overrule(said, gone) if gone is not None else _dismiss(said)
        steps.append(said)
    return steps


def current_state(steps: list[Step]) -> ProjectState | None:
    """The last state that was reached; none where nothing is known of the project."""
    reached = [step.state for step in steps if step.day is not None and not _is_dismissed(step)]
    return reached[-1] if reached else None


def _is_dismissed(step: Step) -> bool:
    return step.is_overruled and step.source == FILED


def _say(state: ProjectState, stage: StageFacts | None) -> Step:
    if stage is None:
        return Step(state)
    return Step(state, stage.reached_on, FILED, stage.decision_no, stage.words)


def _overrule(said: Step, day: date) -> Step:
    """The ledger's day, with the paper that was filed."""
    differs = said.day is not None and said.day != day
    return Step(said.state, day, LEDGER, said.decision_no, said.words, differs)


def _dismiss(said: Step) -> Step:
    """An exit that was filed while the ledger still holds something."""
    return Step(said.state, said.day, said.source, said.decision_no, said.words, said.day is not None)


def _first_payment(slice_: LedgerSlice, held: HeldFirm) -> date:
    paid = slice_.ledger.entries.of_kind(EntryKind.INVESTMENT)
    return date.fromordinal(int(paid.day[paid.holding == held.holding].min()))


def _last_exit(slice_: LedgerSlice, held: HeldFirm) -> date | None:
    """The day on which the last of a holding left; None while something is left."""
    course, exits = held.course, slice_.ledger.exits
    days = exits.day[exits.holding == held.holding]
    if not len(days) or course.cost or course.value:
        return None
    return date.fromordinal(int(days.max()))


def _filed(slice_: LedgerSlice) -> dict[Pair, list[StageFacts]]:
    """What was filed of the scope's funds, by fund and firm."""
    found: dict[Pair, list[StageFacts]] = {}
    for stage in slice_.facts.stages:
        if stage.fund_id in slice_.members and stage.company_id in slice_.facts.companies:
            found.setdefault((stage.fund_id, stage.company_id), []).append(stage)
    return found


def _fund(slice_: LedgerSlice, fund: int) -> str:
    return slice_.facts.funds[fund].code


def _firm(slice_: LedgerSlice, company: int) -> str:
    return slice_.facts.companies[company].code
