"""A question that a report answers: which figures, for whom, as of when, as known when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from dashboard.readings.answers import Figure, Reading
from dashboard.readings.industries.alignment import TagMode, read_alignment
from dashboard.readings.industries.compare_parks import read_compare
from dashboard.readings.industries.industry_view import answer_industry
from dashboard.readings.money.leverage import LeverageOptions
from dashboard.readings.money.leverage_whole import read_whole_leverage
from dashboard.readings.places import read_city, read_fund, read_park
from dashboard.readings.portfolio.company_view import read_company
from dashboard.readings.returns.returns import read_returns
from funds.book import Book
from funds.narrowing import Narrowing
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, Scope, ScopeName


@dataclass(frozen=True)
class Question:
    """What is asked; `definition` keeps only the figures of one code.

    `against` is another park and day, or the same park at another day, that a park is laid beside.
    """

    report: str
    as_of: date
    scope: Scope = CITY
    options: LeverageOptions = field(default_factory=LeverageOptions)
    mode: TagMode = TagMode.PRIMARY
    definition: str | None = None
    as_known: int | datetime | None = None
    look_through: bool = False
    since: date | None = None
    against: tuple[Scope, date] | None = None


Answer = Callable[[LedgerSlice, Question], Reading]

ANSWERS: Mapping[str, Answer] = {
    "city": lambda part, asked: read_city(part, asked.options, asked.mode, look_through=asked.look_through),
    "park": lambda part, asked: read_park(
        part, asked.options, asked.mode, look_through=asked.look_through, since=asked.since
    ),
    "fund": lambda part, asked: read_fund(part, asked.options, asked.mode, look_through=asked.look_through),
    "industry": lambda part, asked: answer_industry(part, asked.mode),
    "company": lambda part, _asked: read_company(part),
    "leverage": lambda part, asked: read_whole_leverage(part, asked.options.seen_through(asked.look_through)),
    "performance": lambda part, asked: read_returns(part),
    "alignment": lambda part, asked: read_alignment(
        part, asked.mode, look_through=asked.look_through, since=asked.since
    ),
}
# Reports that can look through the funds of the scope, and those that can tell of a chosen period.
LOOK_THROUGH = frozenset({"city", "park", "fund", "leverage", "alignment"})
WITH_PERIOD = frozenset({"alignment", "park"})
WHOLE_FUNDS = frozenset({ScopeName.CITY, ScopeName.PARK, ScopeName.FUND, ScopeName.MANAGER})
# Reports that do not stand for every kind of scope.
SCOPES: Mapping[str, frozenset[ScopeName]] = {
    "city": frozenset({ScopeName.CITY}),
    "park": frozenset({ScopeName.PARK}),
    "fund": frozenset({ScopeName.FUND, ScopeName.MANAGER}),
    "industry": frozenset({ScopeName.INDUSTRY, ScopeName.CITY}),
    "company": frozenset({ScopeName.COMPANY}),
    "leverage": WHOLE_FUNDS | {ScopeName.INDUSTRY},
    "performance": WHOLE_FUNDS,
}


def find_misuse(question: Question) -> str | None:
    """What is asked of a report that it does not have, as a message code; None where it fits."""
    report, since = question.report, question.since
    if question.look_through and report not in LOOK_THROUGH:
        return "report.no_look_through"
    if since is not None and (report not in WITH_PERIOD or since > question.as_of):
        return "report.no_period"
    if question.against is not None and report != "park":
        return "report.against_other"
    allowed = SCOPES.get(report)
    if allowed is not None and question.scope.name not in allowed:
        return "report.wrong_scope"
    return None


def answer(book: Book, person: str, question: Question, within: Narrowing | None = None) -> Reading:
    """The reading that answers a question, for what this person may see."""
    part = slice_ledger(book, person, question.scope, question.as_of, question.as_known, within)
    reading = ANSWERS[question.report](part, question)
    if question.against is not None:
        scope, day = question.against
        other = slice_ledger(book, person, scope, day, part.version, within)
        beside = read_compare(part, other, question.options, question.mode)
        reading = replace(reading, rows=(*reading.rows, *beside.rows))
    if question.definition is None:
        return reading
    kept: tuple[Figure, ...] = tuple(f for f in reading.figures if f.code == question.definition)
    return Reading(reading.report, reading.scope, reading.as_of, reading.version, kept, reading.rows)
