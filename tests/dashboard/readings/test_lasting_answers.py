"""Answers that outlive an entry are those that would be worked out anew, and go with what they rest on."""

from collections.abc import Callable
from dataclasses import fields, replace
from random import Random
from typing import Any

import pytest

from dashboard.readings.industries.alignment import AlignmentView, view_alignment
from dashboard.readings.industries.comparison import read_quantiles
from dashboard.readings.industries.cube import cube_rows
from dashboard.readings.industries.industry_list import read_industries
from dashboard.readings.industries.six_ones import read_six_ones
from dashboard.readings.lasting_answers import (
    facts_unfiled,
    firms_alone,
    keep_firms_of_city,
    keep_of_commitments,
    keep_of_firms,
    keep_on_facts,
    timeless,
)
from dashboard.readings.money.leverage import read_leverage
from dashboard.readings.places import read_city, read_park
from dashboard.readings.portfolio.holdings import held_firms
from dashboard.readings.returns.earlier_ledgers import slice_until
from funds.book import Book
from funds.queries.facts import Facts
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.loading_columns import Ledger
from funds.queries.scopes import CITY, Scope, fund_scope, park_scope
from tests.builders import (
    commitment,
    contribution,
    day,
    fee,
    investment,
    mark,
    park,
    park_figure,
    park_industry,
    record,
    tag,
    whole_city,
)
from tests.dashboard.readings.return_books import YEAR_END, book_of
from tests.engines import SqliteDatabases
from tests.funds.queries.memory.shaken_books import shake

ASKED: dict[Scope, tuple[Callable[[LedgerSlice], object], ...]] = {
    CITY: (read_city, read_six_ones, read_industries, cube_rows, read_leverage),
    park_scope("P1"): (read_park, read_six_ones, read_quantiles, read_leverage),
    fund_scope("F1"): (held_firms, lambda one: view_alignment(one, AlignmentView(look_through=True))),
}


def slice_of(book: Book, scope: Scope = CITY) -> LedgerSlice:
    return slice_ledger(book, "local", scope, YEAR_END)


def worked_out(slice_: LedgerSlice) -> LedgerSlice:
    """The same, of facts and columns that nothing is kept of and nothing is known of."""
    facts = replace(slice_.facts, parks=dict(slice_.facts.parks))
    columns = {field.name: copied(getattr(slice_.ledger, field.name)) for field in fields(Ledger)}
    return replace(slice_, facts=facts, ledger=Ledger(**columns))


def copied(columns: Any) -> Any:
    return type(columns)(**{field.name: getattr(columns, field.name).copy() for field in fields(columns)})


@keep_on_facts
def count_parks(facts: Facts, /, *_more: object) -> list[int]:
    """A fresh answer each time that it is worked out."""
    return [len(facts.parks)]


@keep_of_firms
def say_scope(slice_: LedgerSlice, /, *_more: object) -> list[object]:
    """A fresh answer each time that it is worked out."""
    return [slice_.scope, slice_.readable, slice_.version, len(slice_.ledger.entries)]


@keep_of_commitments
def say_committed(slice_: LedgerSlice) -> list[Any]:
    """A fresh answer each time that it is worked out."""
    return [slice_.scope, slice_.version, len(slice_.ledger.commitments)]


@keep_firms_of_city
def say_city(slice_: LedgerSlice) -> list[object]:
    """A fresh answer each time that it is worked out."""
    return [slice_.scope, slice_.version]


@pytest.mark.parametrize("seed", [5])
def test_after_any_change_every_answer_is_as_if_worked_out_anew(
    sqlite: SqliteDatabases, seed: int, counts: Callable[[int, int], int]
) -> None:
    random, period = Random(seed), iter(range(1950, 2020))
    with book_of(sqlite, *whole_city()) as book:
        for _ in range(counts(3, 40)):
            if random.random() < 0.7:
                shake(book, random)
            else:
                record(book, park_figure("P1", "S12", str(next(period)), value=random.randint(1, 99)))
            for scope, readings in ASKED.items():
                slice_ = slice_of(book, scope)
                for read in readings:
                    assert read(slice_) == read(worked_out(slice_))


def test_money_of_investors_and_what_parks_file_leave_what_is_held_as_it_is(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *whole_city()) as book:
        before = say_scope(slice_of(book)), say_city(slice_of(book)), say_scope(at_new_year(book))
        record(book, contribution("F1", "LP2", 1, "2022-01-01"))
        record(book, fee("F1", 5, "2021-01-01"))
        record(book, park_figure(None, "S02", "2020"))
        after = say_scope(slice_of(book)), say_city(slice_of(book)), say_scope(at_new_year(book))
        assert all(one is other for one, other in zip(before, after, strict=True))


def test_lines_and_what_parks_file_leave_what_was_committed_as_it_is(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *whole_city()) as book:
        before = say_committed(slice_of(book))
        record(book, contribution("F1", "LP2", 1, "2022-01-01"))
        record(book, investment("F1", "C1", 3, "2022-05-05"))
        record(book, park_figure(None, "S02", "2020"))
        assert say_committed(slice_of(book)) is before
        scoped = say_committed(slice_of(book, park_scope("P1")))
        assert scoped is not before
        assert scoped[0] == park_scope("P1")
        record(book, commitment("F1", "LP2", 1, "2022-01-01"))
        after = say_committed(slice_of(book))
        assert after[-1] == before[-1] + 1
        record(book, park_industry("P1", "BIO", on="2024-11-30"))
        assert say_committed(slice_of(book)) is not after


def test_what_was_committed_cannot_rest_on_lines(sqlite: SqliteDatabases) -> None:
    @keep_of_commitments
    def count_lines(slice_: LedgerSlice) -> int:
        return len(slice_.ledger.entries)

    with book_of(sqlite, *whole_city()) as book, pytest.raises(AttributeError):
        count_lines(slice_of(book))


def at_new_year(book: Book) -> LedgerSlice:
    """The ledger of an earlier day, cut out anew each time."""
    return slice_until(slice_of(book), day("2023-12-31"))


@pytest.mark.parametrize(
    "draft",
    [
        investment("F1", "C1", 3, "2022-05-05"),
        mark("F1", "C1", 3, "2024-11-30"),
        tag("C1", "IC", on="2024-11-30"),
        park_industry("P1", "BIO", on="2024-11-30"),
    ],
    ids=["payment", "mark", "tag", "leading"],
)
def test_what_they_rest_on_makes_them_old(sqlite: SqliteDatabases, draft: object) -> None:
    with book_of(sqlite, *whole_city()) as book:
        before = say_scope(slice_of(book)), say_city(slice_of(book))
        record(book, draft)  # type: ignore[arg-type]
        after = say_scope(slice_of(book)), say_city(slice_of(book))
        assert all(one is not other for one, other in zip(before, after, strict=True))


def test_scope_right_and_day_each_make_another_question(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *whole_city()) as book:
        slice_ = slice_of(book)
        asked = [
            slice_,
            slice_of(book, park_scope("P1")),
            replace(slice_, readable=replace(slice_.readable, is_city=False)),
            replace(slice_, members=dict(list(slice_.members.items())[:1])),
            slice_ledger(book, "local", CITY, day("2024-06-30")),
        ]
        answers = [say_scope(one) for one in asked]
        assert len({id(answer) for answer in answers}) == len(asked)
        assert [answer[0] for answer in answers] == [one.scope for one in asked]
        assert say_scope(slice_, 1) is not answers[0]
        assert {answer[2] for answer in answers} == {0}


def test_answers_on_facts_go_with_the_facts(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *whole_city()) as book:
        before = slice_of(book).facts
        first = count_parks(before), count_parks(facts_unfiled(before))
        record(book, contribution("F1", "LP2", 1, "2022-01-01"))
        assert count_parks(slice_of(book).facts) is first[0]
        assert count_parks(before, 1) is not first[0]
        record(book, park_figure(None, "S02", "2020"))
        assert count_parks(slice_of(book).facts) is not first[0]
        assert count_parks(facts_unfiled(slice_of(book).facts)) is first[1]
        record(book, park("P9"))
        assert count_parks(facts_unfiled(slice_of(book).facts)) == [first[1][0] + 1]


def test_what_was_left_out_cannot_be_looked_at(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *whole_city()) as book:
        slice_ = slice_of(book)
        firms = firms_alone(slice_)
        assert firms_alone(firms).ledger is firms.ledger
        assert firms_alone(timeless(slice_)).facts is firms.facts
        for name in ("commitments", "navs", "balances", "indexes"):
            with pytest.raises(AttributeError):
                getattr(firms.ledger, name)
        for slice_without in (firms, timeless(slice_)):
            with pytest.raises(TypeError):
                list(slice_without.facts.park_figures)
        with pytest.raises(AttributeError):
            assert firms.facts.capital.natures
