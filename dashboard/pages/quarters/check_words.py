"""The checks of a quarter in words: what was found, and where to go to put it right."""

from collections.abc import Mapping

from dashboard.pages.quarters.quarters_desk import QuartersDesk
from dashboard.readings.quarters.collection import FundQuarter
from dashboard.words.numbers import format_count, format_yuan
from funds.queries.quarter_checks import Check, CheckResult

COUNTS = frozenset({"count", "missing", "differing", "proposals", "values"})
# Where each check is put right.
WAYS: Mapping[Check, str] = {
    Check.FILED: "/quarters",
    Check.MARKS: "/quarter-end",
    Check.BRIDGE: "/quarter-end",
    Check.CALLS: "/quarters",
    Check.BALANCES: "/imports",
    Check.WAITING: "/proposals",
}


def name_check(desk: QuartersDesk, check: Check) -> str:
    """What a check is called."""
    return desk.say(f"quarters.check_{check.value}")


def word_check(desk: QuartersDesk, result: CheckResult) -> str:
    """What a check found, with its numbers: counts as they are, money in yuan to the fen."""
    params = {
        name: format_count(value) if name in COUNTS else format_yuan(value)
        for name, value in result.params.items()
    }
    return desk.say(f"quarters.found_{result.case}", **params)


def word_way(desk: QuartersDesk, one: FundQuarter, result: CheckResult) -> tuple[str, str]:
    """What to do about an open check, and where."""
    words = desk.say(f"quarters.todo_{result.check.value}")
    state = {"fund": one.fund.code, "quarter": desk.quarter}
    path = WAYS[result.check]
    return words, desk.context.link(path, **(state if path in ("/quarters", "/quarter-end") else {}))
