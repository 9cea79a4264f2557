"""How accounts are worded: instants by the clocks of the city, browsers by name, roles with where they hold."""

from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from dashboard.auth.tenures import Tenure
from dashboard.auth.visit import Visit
from dashboard.words import say_problem
from dashboard.words.numbers import ABSENT
from funds.book.book import CITY_TIME
from funds.errors import LedgerError, RulesBroken
from funds.kinds import ScopeKind

# The more particular names first: every one of these calls itself by the next ones too.
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    *(("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad")),
    *(("Mac OS", "macOS"), ("HarmonyOS", "HarmonyOS"), ("Linux", "Linux")),
)


def word_instant(instant: str | None) -> str:
    """An instant of the book to the minute, by the clocks of the city."""
    if instant is None:
        return ABSENT
    return datetime.fromisoformat(instant).astimezone(CITY_TIME).strftime("%Y-%m-%d %H:%M")


def word_browser(visit: Visit, text: str) -> str:
    """Which browser on which system, as far as it says so itself."""
    found = [next((name for sign, name in names if sign in text), None) for names in (BROWSERS, SYSTEMS)]
    return " · ".join(name for name in found if name) or visit.say("account.unknown_browser")


def word_scope(visit: Visit, tenure: Tenure) -> str:
    """Where a role holds."""
    if tenure.scope_kind is ScopeKind.CITY:
        return visit.say("people.scope_city")
    return visit.say("people.named", name=tenure.place or ABSENT, code=tenure.scope)


def word_error(visit: Visit, error: LedgerError) -> list[str]:
    """What was wrong, line by line."""
    if isinstance(error, RulesBroken):
        return [say_problem(problem, visit.language) for problem in error.problems]
    return [visit.say(error.code, **error.params)]


def draw_faults(lines: Sequence[str]) -> Component:
    """What was wrong, read out at once."""
    return html.Div([html.P(line) for line in lines], className="form-told form-fault", role="alert")


def draw_done(*children: Component | str) -> Component:
    """What was done."""
    return html.Div(list(children), className="form-told", role="status")
