"""Keeps an answer from version to version for as long as the lines of the funds that it rests on stay the same."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from dashboard.readings.answer_store import AnswerStore
from dashboard.readings.kept_answers import keep_answer
from dashboard.readings.lasting_answers import without_filed
from dashboard.readings.reached_funds import reach
from funds.queries.cash_papers import no_cash
from funds.queries.company_papers import no_papers
from funds.queries.facts import Facts
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.memory.known_lines import known_rows
from funds.queries.quarter_papers import no_quarters
from funds.queries.value_papers import no_values

MOST = 4_000  # questions
STORE = "_last_answers"

P = ParamSpec("P")
Answer = TypeVar("Answer")
Reading = Callable[Concatenate[LedgerSlice, P], Answer]
# The last answer to each question, with the rows that it rests on.
LastAnswers = AnswerStore[tuple[Hashable, Any]]


def last_answers(facts: Facts) -> LastAnswers:
    """The answers kept of some facts; they are forgotten with them."""
    found: LastAnswers | None = vars(facts).get(STORE)
    # Two threads may both make a store; both go on with the one that came first.
    return vars(facts).setdefault(STORE, LastAnswers(MOST)) if found is None else found


def keep_by_lines(reading: Reading[P, Answer]) -> Reading[P, Answer]:
    """Answer once for as long as neither facts, day, rights nor any row behind the answer are others.

    The reading may look at facts but for what parks file, at every table of the ledger but the lines, and at the
    lines of the funds of its scope and of those below them (`reach`). It must not tell the version, and has no
    papers to look at. Where a ledger was not cut from the book as it stands, it is kept as any other answer.
    """
    name = f"{reading.__module__}.{reading.__qualname__}"
    on_ledger = keep_answer(reading)

    @wraps(reading)
    def kept(slice_: LedgerSlice, /, *args: P.args, **options: P.kwargs) -> Answer:
        slice_, known = without_filed(slice_), known_rows(slice_.ledger)
        if known is None:
            return on_ledger(slice_, *args, **options)
        who = (slice_.scope, tuple(slice_.members.items()), slice_.readable)
        rests_on = known.of(reach(slice_, slice_.members))
        _, answer = last_answers(slice_.facts).find(
            (name, slice_.as_of, who, args, tuple(sorted(options.items()))),
            lambda: (rests_on, on_ledger(_without_papers(slice_), *args, **options)),
            is_good=lambda kept: kept[0] == rests_on,
        )
        found: Answer = answer
        return found

    return kept


def keep_by_earlier_lines(
    reading: Callable[[LedgerSlice, date], Answer],
) -> Callable[[LedgerSlice, date], Answer]:
    """The same for what stood on an earlier day: lines of later days leave the answer as it is."""
    name = f"{reading.__module__}.{reading.__qualname__}"

    @wraps(reading)
    def kept(slice_: LedgerSlice, day: date) -> Answer:
        slice_, known = without_filed(slice_), known_rows(slice_.ledger)
        if known is None:
            return reading(slice_, day)
        who = (slice_.scope, tuple(slice_.members.items()), slice_.readable)
        rests_on = known.until(day).of(reach(slice_, slice_.members))
        _, answer = last_answers(slice_.facts).find(
            (name, slice_.as_of, day, who),
            lambda: (rests_on, reading(_without_papers(slice_), day)),
            is_good=lambda kept: kept[0] == rests_on,
        )
        found: Answer = answer
        return found

    return kept


def _without_papers(slice_: LedgerSlice) -> LedgerSlice:
    return replace(
        slice_,
        shelf={},
        open_company=no_papers,
        open_values=no_values,
        open_cash=no_cash,
        open_quarter=no_quarters,
    )
