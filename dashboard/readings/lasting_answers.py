"""Answers that outlive an entry which does not touch what they rest on: on facts alone, or on what is held in firms."""

from collections.abc import Callable, Collection
from dataclasses import fields, replace
from functools import partial, wraps
from threading import Lock
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from dashboard.readings.answer_store import AnswerStore
from dashboard.readings.kept_answers import STORE, keep_answer, keep_for_city
from funds.kinds import EntryKind
from funds.queries.capital_facts import CapitalFacts
from funds.queries.cash_papers import no_cash
from funds.queries.company_papers import no_papers
from funds.queries.facts import Facts
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.loading_columns import Ledger
from funds.queries.memory.letting_go import let_go
from funds.queries.memory.same_rows import are_same_rows, table_of
from funds.queries.quarter_papers import no_quarters
from funds.queries.value_papers import no_values

MOST_OF_FACTS = 2_000  # answers of one state of the facts
FIRM_KINDS = (EntryKind.INVESTMENT, EntryKind.PROCEEDS)
# What of the ledger tells what is held in firms; of the entries the lines of FIRM_KINDS.
FIRM_COLUMNS = ("entries", "holdings", "decisions", "exits", "marks")
# What parks file; no money rests on it.
FILED = ("park_figures",)
# Facts that are filed or told of money: nothing in firms rests on them.
TOLD_OF_MONEY = (*FILED, "capital", "natures", "stages")
CUTS, COMMITMENT_CUTS = "_cuts_of_firms", "_cuts_of_commitments"
KEPT = 8  # cuts of one book: days that people look at side by side
NOT_HERE: Any = object()

P = ParamSpec("P")
Answer = TypeVar("Answer")
Thing = TypeVar("Thing")


def keep_on_facts(
    reading: Callable[Concatenate[Facts, P], Answer],
) -> Callable[Concatenate[Facts, P], Answer]:
    """Answer once as long as the facts of a day are the same; the reading is handed nothing else.

    The facts are the same object until a table behind them is touched (`KeptFacts`), so that a payment leaves
    these answers as they are.
    """
    name = f"{reading.__module__}.{reading.__qualname__}"

    @wraps(reading)
    def kept(facts: Facts, /, *args: P.args, **options: P.kwargs) -> Answer:
        key = (name, args, tuple(sorted(options.items())))
        answer: Answer = _answers_on(facts).find(key, lambda: reading(facts, *args, **options))
        return answer

    return kept


def keep_of_firms(
    reading: Callable[Concatenate[LedgerSlice, P], Answer],
) -> Callable[Concatenate[LedgerSlice, P], Answer]:
    """As `keep_answer`, for a reading of what is held in firms: payments of investors leave its answer as it is.

    The reading is handed a slice that has nothing else, nor a version: what it has not it cannot rest on.
    """
    kept = keep_answer(reading)

    @wraps(reading)
    def of_firms(slice_: LedgerSlice, /, *args: P.args, **options: P.kwargs) -> Answer:
        return kept(firms_alone(slice_), *args, **options)

    return of_firms


def keep_firms_of_city(
    reading: Callable[Concatenate[LedgerSlice, P], Answer],
) -> Callable[Concatenate[LedgerSlice, P], Answer]:
    """As `keep_for_city`, for a reading of what is held in firms."""
    kept = keep_for_city(reading)

    @wraps(reading)
    def of_firms(slice_: LedgerSlice, /, *args: P.args, **options: P.kwargs) -> Answer:
        return kept(firms_alone(slice_), *args, **options)

    return of_firms


def keep_of_commitments(
    reading: Callable[Concatenate[LedgerSlice, P], Answer],
) -> Callable[Concatenate[LedgerSlice, P], Answer]:
    """As `keep_answer`, for a reading of what was committed: lines of the ledger leave its answer as it is.

    The reading is handed a slice that has nothing else of the ledger, nor a version, nor what parks file.
    """
    kept = keep_answer(reading)

    @wraps(reading)
    def of_commitments(slice_: LedgerSlice, /, *args: P.args, **options: P.kwargs) -> Answer:
        alone = replace(timeless(slice_), ledger=_ledger_of_commitments(slice_.ledger))
        return kept(alone, *args, **options)

    return of_commitments


def firms_alone(slice_: LedgerSlice) -> LedgerSlice:
    """The slice with what is held in firms alone; its facts and columns are the same ones until that changes."""
    return replace(
        slice_,
        version=0,
        facts=_firm_facts.of(slice_.facts, _facts_cut),
        ledger=_ledger_of_firms(slice_.ledger),
        shelf={},
        open_company=no_papers,
        open_values=no_values,
        open_cash=no_cash,
        open_quarter=no_quarters,
    )


def without_filed(slice_: LedgerSlice) -> LedgerSlice:
    """The slice without what parks file; its facts are the same ones until others change."""
    facts = facts_unfiled(slice_.facts)
    return slice_ if facts is slice_.facts else replace(slice_, facts=facts)


def timeless(slice_: LedgerSlice) -> LedgerSlice:
    """The same without version and papers: what is worked out of it is right at every version with the same columns."""
    return replace(
        slice_,
        version=0,
        facts=facts_unfiled(slice_.facts),
        shelf={},
        open_company=no_papers,
        open_values=no_values,
        open_cash=no_cash,
        open_quarter=no_quarters,
    )


def facts_unfiled(facts: Facts) -> Facts:
    """The facts without what parks file."""
    return _unfiled.of(facts, _facts_cut)


def _answers_on(facts: Facts) -> AnswerStore[Any]:
    found = vars(facts).get(STORE)
    if found is None:
        # Two threads may both make a store; both go on with the one that came first.
        found = vars(facts).setdefault(STORE, AnswerStore[Any](MOST_OF_FACTS))
    store: AnswerStore[Any] = found
    return store


class _Cuts(Generic[Thing]):
    """What is cut of facts or ledgers: the same again is the very same object.

    The last few stay, so that what is cut anew for every version (the ledger of last year's end, say) finds
    what was worked out before.
    """

    def __init__(
        self, name: str, cut: Callable[[Thing], Thing], are_same: Callable[[Thing, Thing], bool]
    ) -> None:
        self._name, self._cut, self._are_same = name, cut, are_same
        self._lock = Lock()

    def of(self, whole: Thing, known: list[Thing]) -> Thing:
        """What is cut of a thing, if it was known before as it was then; of what was cut already, the thing itself."""
        if self._name not in vars(whole):
            with self._lock:
                vars(whole)[self._name] = self._find(self._cut(whole), known)
        found: Thing | None = vars(whole)[self._name]
        return whole if found is None else found

    def _find(self, made: Thing, known: list[Thing]) -> Thing:
        found = next((one for one in known if self._are_same(one, made)), made)
        vars(found)[self._name] = None  # it is its own
        known[:] = [*(one for one in known if one is not found), found]
        let_go(*known[:-KEPT])
        del known[:-KEPT]
        return found


def _cut_facts(facts: Facts, left_out: Collection[str]) -> Facts:
    """The facts without what is left out: to look at that is an error."""
    made = Facts.__new__(Facts)
    for field in fields(Facts):
        vars(made)[field.name] = NOT_HERE if field.name in left_out else getattr(facts, field.name)
    return made


def _are_same_facts(one: Facts, other: Facts) -> bool:
    """Whether all of their pieces are the very same ones."""
    pieces = [field.name for field in fields(Facts) if field.name not in ("as_of", "capital")]
    return (
        one.as_of == other.as_of
        and all(getattr(one, name) is getattr(other, name) for name in pieces)
        and _is_same_capital(one.capital, other.capital)
    )


def _is_same_capital(one: CapitalFacts, other: CapitalFacts) -> bool:
    """It is put together of pieces of its own."""
    if NOT_HERE in (one, other):
        return one is other
    return all(getattr(one, field.name) is getattr(other, field.name) for field in fields(CapitalFacts))


def _cut_ledger(ledger: Ledger) -> Ledger:
    """The columns of what is held; the others are not there, and to look at them is an error."""
    made = Ledger.__new__(Ledger)
    vars(made).update({name: getattr(ledger, name) for name in FIRM_COLUMNS})
    vars(made)["entries"] = ledger.entries.of_kind(*FIRM_KINDS)
    return made


def _are_same_ledgers(one: Ledger, other: Ledger) -> bool:
    return all(
        are_same_rows(getattr(one, name).source(), getattr(other, name).source()) for name in FIRM_COLUMNS
    )


def _cut_to_commitments(ledger: Ledger) -> Ledger:
    made = Ledger.__new__(Ledger)
    vars(made)["commitments"] = ledger.commitments
    return made


def _have_same_commitments(one: Ledger, other: Ledger) -> bool:
    return are_same_rows(one.commitments.source(), other.commitments.source())


_facts_cut: list[Facts] = []
_unfiled = _Cuts[Facts]("_unfiled", partial(_cut_facts, left_out=FILED), _are_same_facts)
_firm_facts = _Cuts[Facts]("_firm_facts", partial(_cut_facts, left_out=TOLD_OF_MONEY), _are_same_facts)
_firm_ledgers = _Cuts[Ledger]("_firm_ledger", _cut_ledger, _are_same_ledgers)
_commitment_ledgers = _Cuts[Ledger]("_commitment_ledger", _cut_to_commitments, _have_same_commitments)


def _ledger_of_firms(ledger: Ledger) -> Ledger:
    """Those of one book lie with the table of its entries, and go with it."""
    table = table_of(ledger.entries.source())
    return _firm_ledgers.of(ledger, [] if table is None else vars(table).setdefault(CUTS, []))


def _ledger_of_commitments(ledger: Ledger) -> Ledger:
    """Those of one book lie with the table of its commitments."""
    table = table_of(ledger.commitments.source())
    known = [] if table is None else vars(table).setdefault(COMMITMENT_CUTS, [])
    return _commitment_ledgers.of(ledger, known)
