"""Facts that a second right confirms: what its holder records stands, what others record waits beside it."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from funds.drafts import Draft
from funds.recording.facts import (
    Key,
    Line,
    Noun,
    Plan,
    check_lines,
    read_standing,
    report_changed,
    report_corrected,
    report_twin,
)
from funds.recording.sieve import Sieve

D = TypeVar("D", bound=Draft)


def plan_vetted(sieve: Sieve[D], noun: Noun, column: str, lines: Sequence[Line]) -> Plan:
    """Like `plan_facts`, where `column` names who confirmed a row (none = it waits).

    A waiting row never displaces a confirmed one, and stands beside it when it says otherwise; a confirmed
    row takes the place of a waiting one that says the same.
    """
    check_lines(sieve, noun, lines)
    sound = [line for line in lines if sieve.is_sound(line.draft)]
    confirmed: dict[Key, Mapping[str, Any]] = {}
    waiting: dict[Key, Mapping[str, Any]] = {}
    for row in read_standing(sieve.change, noun, sound):
        (waiting if row[column] is None else confirmed)[noun.key_of(row)] = row
    plan = Plan(noun)
    earlier: dict[Key, Line] = {}
    for line in sound:
        key = noun.key_of(line.values)
        if key in earlier:
            report_twin(sieve, noun, line, line.contradicts(earlier[key].values), "twin.contradicted")
            plan.same += 1
        else:
            _meet(sieve, plan, line, column, confirmed.get(key), waiting.get(key))
        earlier.setdefault(key, line)
    report_corrected(sieve, plan)
    return plan


def _meet(
    sieve: Sieve[D],
    plan: Plan,
    line: Line,
    column: str,
    confirmed: Mapping[str, Any] | None,
    waiting: Mapping[str, Any] | None,
) -> None:
    confirms = line.values[column] is not None
    if confirmed is not None and not line.contradicts(confirmed):
        plan.same += 1
    elif confirms and confirmed is not None:
        report_changed(sieve, plan.noun, line, confirmed)
    elif waiting is not None and not line.contradicts(waiting):
        _agree(plan, line, column, waiting)
    elif waiting is not None and not confirms:
        report_changed(sieve, plan.noun, line, waiting)
    else:
        plan.fresh.append((line, None))


def _agree(plan: Plan, line: Line, column: str, waiting: Mapping[str, Any]) -> None:
    if line.values[column] is None:
        plan.same += 1
        return
    kept = {name: waiting[name] for name in line.values} | {column: line.values[column]}
    plan.fresh.append((Line(line.draft, kept), waiting["id"]))
