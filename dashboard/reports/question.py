"""A question that a report answers: which figures, for whom, as of when, as known when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from dashboard.readings.answers import Figure, Reading
from dashboard.readings.industries.alignment import TagMode, read_alignment
from dashboard.readings.money.leverage import LeverageOptions, read_leverage
from dashboard.readings.places import read_city, read_fund, read_park
from dashboard.readings.returns.returns import read_returns
from funds.book import Book
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, Scope, ScopeName


@dataclass(frozen=True)
class Question:
    """What is asked; `definition` keeps only the figures of one code."""

    report: str
    as_of: date
    scope: Scope = CITY
    options: LeverageOptions = field(default_factory=LeverageOptions)
    mode: TagMode = TagMode.PRIMARY
    definition: str | None = None
    as_known: int | datetime | None = None


Answer = Callable[[LedgerSlice, Question], Reading]

ANSWERS: Mapping[str, Answer] = {
    "city": lambda part, asked: read_city(part, asked.options, asked.mode),
    "park": lambda part, asked: read_park(part, asked.options, asked.mode),
    "fund": lambda part, asked: read_fund(part, asked.options, asked.mode),
    "leverage": lambda part, asked: read_leverage(part, asked.options),
    "performance": lambda part, asked: read_returns(part),
    "alignment": lambda part, asked: read_alignment(part, asked.mode),
}
# Reports that stand for one kind of scope only.
SCOPES: Mapping[str, frozenset[ScopeName]] = {
    "city": frozenset({ScopeName.CITY}),
    "park": frozenset({ScopeName.PARK}),
    "fund": frozenset({ScopeName.FUND, ScopeName.MANAGER}),
}


def answer(book: Book, person: str, question: Question) -> Reading:
    """The reading that answers a question, for what this person may see."""
    part = slice_ledger(book, person, question.scope, question.as_of, question.as_known)
    reading = ANSWERS[question.report](part, question)
    if question.definition is None:
        return reading
    kept: tuple[Figure, ...] = tuple(f for f in reading.figures if f.code == question.definition)
    return Reading(reading.report, reading.scope, reading.as_of, reading.version, kept, reading.rows)
