"""Keeps what was worked out of a ledger: by reading, scope, whole right to read, day and version, never across them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from dashboard.readings.answer_store import AnswerStore
from funds.permissions import Readable
from funds.queries.attribution import ALL
from funds.queries.cash_papers import no_cash
from funds.queries.company_papers import no_papers
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.loading_columns import Ledger
from funds.queries.quarter_papers import no_quarters
from funds.queries.scopes import CITY
from funds.queries.value_papers import no_values

MOST = 4_000  # answers of one day and version
STORE = "_kept_answers"
NOBODY_IN_PARTICULAR = Readable(is_city=True, park_ids=frozenset(), fund_ids=frozenset())

P = ParamSpec("P")
Answer = TypeVar("Answer")
Reading = Callable[Concatenate[LedgerSlice, P], Answer]


@dataclass(frozen=True, eq=False)
class _Same:
    """Stands in a key for a thing that is the same only as itself; it keeps the thing, so that no other takes its place."""

    thing: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.thing is self.thing

    def __hash__(self) -> int:
        return id(self.thing)


def answers_of(ledger: Ledger) -> AnswerStore[Any]:
    """The answers kept of a ledger; they are forgotten with it.

    They lie on the very columns that they were worked out of, so that an earlier day, a single firm or a deal
    that is only supposed, each of which has columns of its own, can never be answered by them.
    """
    found = vars(ledger).get(STORE)
    if found is None:
        # Two threads may both make a store; both go on with the one that came first.
        found = vars(ledger).setdefault(STORE, AnswerStore[Any](MOST))
    store: AnswerStore[Any] = found
    return store


def keep_answer(reading: Reading[P, Answer]) -> Reading[P, Answer]:
    """Answer the same question of the same slice once: scope, pieces of funds and all that the person may read count."""
    name = _name_of(reading)

    @wraps(reading)
    def kept(slice_: LedgerSlice, /, *args: P.args, **options: P.kwargs) -> Answer:
        who = (slice_.scope, tuple(slice_.members.items()), slice_.readable)
        key = (name, *_what(slice_), who, args, tuple(sorted(options.items())))
        answer: Answer = answers_of(slice_.ledger).find(key, lambda: reading(slice_, *args, **options))
        return answer

    return kept


def keep_for_city(reading: Reading[P, Answer]) -> Reading[P, Answer]:
    """Answer once for everybody what depends on facts and ledger alone.

    The reading is handed a slice of the whole city without scope, without person and without papers, so that it
    cannot depend on any of them.
    """
    name = _name_of(reading)

    @wraps(reading)
    def kept(slice_: LedgerSlice, /, *args: P.args, **options: P.kwargs) -> Answer:
        key = (name, *_what(slice_), args, tuple(sorted(options.items())))
        answer: Answer = answers_of(slice_.ledger).find(
            key, lambda: reading(without_person(slice_), *args, **options)
        )
        return answer

    return kept


def without_person(slice_: LedgerSlice) -> LedgerSlice:
    """The whole city as nobody in particular would see it; what is read of it may be shown to no one as it is."""
    return replace(
        slice_,
        scope=CITY,
        readable=NOBODY_IN_PARTICULAR,
        members=dict.fromkeys(slice_.facts.funds, ALL),
        shelf={},
        open_company=no_papers,
        open_values=no_values,
        open_cash=no_cash,
        open_quarter=no_quarters,
    )


def _what(slice_: LedgerSlice) -> tuple[object, ...]:
    return _Same(slice_.facts), slice_.as_of, slice_.version


def _name_of(reading: Callable[..., object]) -> str:
    return f"{reading.__module__}.{reading.__qualname__}"
