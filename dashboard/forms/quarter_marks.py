"""The forms of a quarter's end: a line for each holding, marked anew or held at its value, and the fund's own report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.readings.portfolio.quarter_marks import MarkState, Valuation
from funds.drafts import MarkDraft, NavDraft, Place
from funds.errors import RulesBroken
from funds.faults import ValueFault
from funds.kinds import MarkMethod, NavSource
from funds.money import parse_money
from funds.problems import Problem, fatal

LONGEST = 2_000
FIELDS = frozenset({"method", "evidence"})


@dataclass(frozen=True)
class LinePlace(Place):
    """A line of the form, by the code of its firm: what a rule says of the mark stands beside it."""

    line: str = ""

    def of(self, name: str) -> str:
        """`form:value:C1`; whatever has no field of its own stands at the value."""
        return f"form:{name if name in FIELDS else 'value'}:{self.line}"


@dataclass(frozen=True)
class MarkLine:
    """What the browser holds for one holding, by the code of its firm."""

    company: str
    is_ticked: bool
    value: str
    method: str
    evidence: str

    @property
    def is_typed(self) -> bool:
        """Whether a new value was given; a method that the form chose itself says nothing."""
        return bool(self.value.strip() or self.evidence.strip())


def read_lines(
    fund: str, end: date, lines: Sequence[MarkLine], reason: str, held: Mapping[str, Valuation]
) -> tuple[MarkDraft, ...]:
    """The marks that the lines say; everything that is wrong is told at once, by firm and field.

    What is ticked keeps the value that counts today and the method of its last mark: the browser says neither.
    """
    problems: list[Problem] = []
    drafts = []
    why = clean(reason)
    said = [line for line in lines if line.is_ticked or line.is_typed]
    if not said:
        problems.append(fatal("quarter_end.nothing_said", "form:lines"))
    if any(line.is_ticked for line in said) and not why:
        problems.append(fatal("quarter_end.no_reason", "form:reason"))
    for line in said:
        one = held.get(line.company)
        if one is None or one.state is MarkState.MARKED:
            problems.append(fatal("quarter_end.not_open", "form:lines", firm=clean(line.company)[:40]))
        elif line.is_ticked and line.is_typed:
            problems.append(_fault(one, "value", "quarter_end.tick_and_value"))
        elif line.is_ticked:
            drafts += _maintain(problems, fund, end, one, why)
        else:
            drafts += _read_line(problems, fund, end, one, line)
    if problems:
        raise RulesBroken(problems)
    return tuple(drafts)


def read_nav(fund: str, end: date, value: str, source: str, investor: str | None) -> NavDraft:
    """The reported net asset value that the form says."""
    problems: list[Problem] = []
    fen = 0
    try:
        fen = parse_money(clean(value), signed=True)
    except ValueFault as fault:
        problems.append(fatal(fault.code, "form:nav_value", **fault.params))
    if source not in set(NavSource):
        problems.append(fatal("quarter_end.no_source", "form:nav_source"))
    if problems:
        raise RulesBroken(problems)
    return NavDraft(fund=fund, valued_on=end, nav_fen=fen, investor=investor, source=NavSource(source))


def clean(text: str | None) -> str:
    """What somebody typed, on one line and fit for the book."""
    return "".join(sign if sign.isprintable() else " " for sign in text or "").strip()[:LONGEST]


def _maintain(problems: list[Problem], fund: str, end: date, one: Valuation, why: str) -> list[MarkDraft]:
    if one.last is None:
        problems.append(_fault(one, "tick", "quarter_end.nothing_to_keep"))
        return []
    return [_draft(fund, end, one, one.value, one.last.method, why)]


def _read_line(
    problems: list[Problem], fund: str, end: date, one: Valuation, line: MarkLine
) -> list[MarkDraft]:
    before = len(problems)
    fen = 0
    try:
        fen = parse_money(clean(line.value))
    except ValueFault as fault:
        problems.append(_fault(one, "value", fault.code, **fault.params))
    if line.method not in set(MarkMethod):
        problems.append(_fault(one, "method", "quarter_end.no_method"))
    evidence = clean(line.evidence)
    if not evidence:
        problems.append(_fault(one, "evidence", "quarter_end.no_evidence"))
    if len(problems) > before:
        return []
    return [_draft(fund, end, one, fen, MarkMethod(line.method), evidence)]


def _draft(fund: str, end: date, one: Valuation, fen: int, method: MarkMethod, evidence: str) -> MarkDraft:
    return MarkDraft(
        place=LinePlace(line=one.company.code),
        fund=fund,
        company=one.company.code,
        valued_on=end,
        fair_value_fen=fen,
        method=method,
        evidence=evidence or None,
    )


def _fault(one: Valuation, field: str, code: str, /, **params: str) -> Problem:
    """A problem of one line; the page puts it beside the fields of its firm."""
    return fatal(code, f"form:{field}:{one.company.code}", **params)
