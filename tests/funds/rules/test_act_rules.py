"""Rules of what people do by screen: the sound act passes, the faulty one breaks its rule at its field."""

from collections.abc import Callable, Iterator
from functools import cache, partial

import pytest

from funds.book import Book
from funds.errors import RulesBroken
from funds.problems import Problem, Severity
from funds.recording import Recorded
from funds.rules.catalogue import RULES
from tests.builders import prepared_book
from tests.engines import SqliteDatabases
from tests.funds.recording.period_city import closing_city
from tests.funds.rules.act_cases import ACTS, Act, prepare_ground


@pytest.fixture(scope="module")
def acted(sqlite: SqliteDatabases) -> Iterator[Book]:
    """The closing city made ready for the acts, in which everything is tried and nothing written."""
    with prepared_book(sqlite, "closing", closing_city) as book:
        prepare_ground(book)
        yield book


def told_of(book: Book, by: str, act: Act) -> list[Problem]:
    """The problems of an act that is only tried, however its verb tells them."""
    try:
        with book.change(by, "试", dry_run=True) as change:
            done = act(change)
            gathered = change.findings.problems if change.findings else []
            return [*gathered, *(done.warnings if isinstance(done, Recorded) else [])]
    except RulesBroken as broken:
        return list(broken.problems)


@pytest.fixture(scope="module")
def kept_of(acted: Book) -> Callable[[str, Act], list[Problem]]:
    """What a sound act leaves broken; one that several rules share is tried once."""
    return cache(partial(told_of, acted))


@pytest.mark.parametrize("code", ACTS)
def test_a_sound_act_keeps_the_rule_and_a_faulty_one_breaks_no_other(
    acted: Book, kept_of: Callable[[str, Act], list[Problem]], code: str
) -> None:
    pair = ACTS[code]
    kept = kept_of(pair.kept_by or pair.by, pair.kept)
    assert [problem for problem in kept if problem.severity is Severity.FATAL or problem.code == code] == []
    broken = told_of(acted, pair.by, pair.broken)
    assert {(problem.code, problem.severity) for problem in broken} == {(code, RULES[code].severity)}
    assert sorted(problem.where for problem in broken) == sorted(pair.cells)
