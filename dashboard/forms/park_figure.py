"""The form of a park's figure: indicator, period, value, source, owner, evidence, and why it is corrected."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from funds.dates import parse_period
from funds.drafts import ParkFigureDraft
from funds.errors import RulesBroken
from funds.faults import ValueFault
from funds.measures import parse_figure
from funds.problems import Problem, fatal
from funds.rules.park_figures import MEASURES

FIELDS = ("indicator", "period", "value", "source", "owner", "evidence", "reason")
NEEDED = ("indicator", "period", "value", "source", "owner")
LONGEST = 2_000
T = TypeVar("T")


@dataclass(frozen=True)
class FiledForm:
    """A form without a fault: the draft, and the reason that was given."""

    draft: ParkFigureDraft
    reason: str


def read_form(park: str | None, texts: Mapping[str, str], *, is_correction: bool) -> FiledForm:
    """The draft that the texts say; everything that is wrong is told at once, field by field."""
    given = {name: _clean(texts.get(name, "")) for name in FIELDS}
    needed = (*NEEDED, "reason") if is_correction else NEEDED
    problems = [fatal(f"park_figure.missing_{name}", f"form:{name}") for name in needed if not given[name]]
    indicator, period, value = given["indicator"], "", 0
    if indicator and indicator not in MEASURES:
        problems.append(fatal("indicator.unknown", "form:indicator", text=indicator[:20]))
    if given["period"]:
        period = _read(problems, "period", lambda: parse_period(given["period"])) or ""
    if given["value"]:
        value = _read(problems, "value", lambda: parse_figure(given["value"])) or 0
    if problems:
        raise RulesBroken(problems)
    draft = ParkFigureDraft(
        park=park,
        indicator=indicator,
        period=period,
        value_e6=value,
        unit=MEASURES[indicator].unit,
        source=given["source"],
        owner=given["owner"],
        evidence=given["evidence"] or None,
    )
    return FiledForm(draft, given["reason"])


def _read(problems: list[Problem], field: str, parse: Callable[[], T]) -> T | None:
    """A value that can be read, or a problem at its field."""
    try:
        return parse()
    except ValueFault as fault:
        problems.append(fatal(fault.code, f"form:{field}", **fault.params))
        return None


def _clean(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()[:LONGEST]
