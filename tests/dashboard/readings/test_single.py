"""The passport of a rate holds its flows, roots, curve and last mark; of a comparison, the index."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from dashboard.readings.returns import rate_workings
from dashboard.readings.returns.dated_flows import Flows
from dashboard.readings.returns.rate_workings import net_working
from dashboard.readings.single import IndexUsed, read_single
from funds.book import Book
from funds.errors import NotFound
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, fund_scope
from tests.builders import index_level, nature, record, wan
from tests.dashboard.readings.return_books import YEAR_END, book_of, flows, pool_of, twice_turned, worked_city
from tests.engines import SqliteDatabases


@pytest.fixture
def city(sqlite: SqliteDatabases) -> Iterator[Book]:
    with book_of(sqlite, *worked_city()) as book:
        yield book


def fund_slice(book: Book, code: str = "F1", day: date = YEAR_END) -> LedgerSlice:
    return slice_ledger(book, "local", fund_scope(code), day)


def test_a_net_rate_shows_its_flows_by_day_with_their_rows_and_the_value_last(city: Book) -> None:
    single = read_single(fund_slice(city), "PF09", "derived")
    assert single.working is not None
    listed = [(flow.day.isoformat(), flow.amount) for flow in single.working.flows]
    assert listed == [
        ("2020-03-01", -wan(2_000)),
        ("2020-03-01", -wan(1_000)),
        ("2024-03-01", wan(200)),
        ("2024-03-01", wan(100)),
        ("2024-12-31", wan(3_300)),
    ]
    rows = [flow.row for flow in single.working.flows]
    assert rows[-1] is None
    assert set(rows[:-1]) <= set(single.figure.entries)
    assert single.rate is not None
    assert (single.rate.status, single.working.solved.value) == ("ok", single.figure.value)
    assert single.working.last_mark.before == date(2024, 9, 30)
    assert single.working.last_mark.points is not None


def test_the_curve_crosses_nothing_at_the_root(city: Book) -> None:
    single = read_single(fund_slice(city), "PF09", "derived")
    assert single.working is not None
    (root,) = single.working.solved.rate.roots
    samples = single.working.samples
    assert len(samples) == 81
    assert all(later.rate > sooner.rate for sooner, later in pairwise(samples))
    assert all((sample.worth > 0) == (sample.rate < root) for sample in samples)
    assert samples[0].rate > -1


def test_a_gross_rate_shows_the_deals(city: Book) -> None:
    single = read_single(fund_slice(city), "PF10", "fair_value")
    assert single.working is not None
    assert [flow.amount for flow in single.working.flows] == [
        wan(amount) for amount in (-1_000, -500, 600, 50, -100, 330, 1_275)
    ]


def test_several_roots_lie_inside_the_curve(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *twice_turned()) as book:
        single = read_single(fund_slice(book, "T", date(2023, 12, 31)), "PF09", "derived")
    assert single.figure.value is None
    assert single.working is not None
    assert single.working.solved.roots == ("0.1", "0.2")
    signs = [sample.worth > 0 for sample in single.working.samples]
    assert sum(one != other for one, other in pairwise(signs)) == 2
    assert single.working.last_mark.reason == "returns.no_mark"


def test_a_single_day_has_no_curve(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *twice_turned()) as book:
        first_day = read_single(fund_slice(book, "T", date(2021, 1, 1)), "PF09", "derived")
    assert first_day.rate is not None
    assert first_day.rate.status == "no_time_span"
    assert first_day.working is not None
    assert first_day.working.samples == ()


def test_flows_of_one_sign_have_a_curve_that_crosses_nothing(city: Book) -> None:
    working = net_working(fund_slice(city), pool_of(flows(("2022-01-01", 50)), 70))
    assert working.solved.rate.status == "no_sign_change"
    assert {sample.worth > 0 for sample in working.samples} == {True}
    assert (working.samples[0].rate, working.samples[-1].rate) == (-0.5, 1.0)


def test_a_scope_without_deals_has_nothing_to_draw(city: Book) -> None:
    single = read_single(fund_slice(city, "F1", date(2020, 12, 30)), "PF10", "fair_value")
    assert single.rate is not None
    assert single.rate.status == "too_few_flows"
    assert single.working is not None
    assert single.working.samples == ()
    assert [flow.amount for flow in single.working.flows] == [0]


def test_a_comparison_names_its_index_with_its_day_and_level(city: Book) -> None:
    assert read_single(fund_slice(city), "PF12", "index").index is None
    record(
        city,
        index_level("B", "2020-01-02"),
        index_level("B", "2024-12-30", 1_300),
        index_level("A", "2020-01-02", 50, is_total_return=True),
        index_level("A", "2024-12-27", 80, is_total_return=True),
    )
    single = read_single(fund_slice(city), "PF15", "total_return_index")
    assert single.index == IndexUsed("A", True, date(2024, 12, 27), 80_000_000)
    assert single.rate is None
    assert single.figure.value is not None


def test_figures_of_every_area_are_found_and_others_refused(city: Book) -> None:
    record(city, nature("LP1"))
    slice_ = slice_ledger(city, "local", CITY, YEAR_END)
    assert read_single(slice_, "LV04", "committed").figure.code == "LV04"
    assert read_single(slice_, "AL01", "cost").working is None
    with pytest.raises(NotFound):
        read_single(slice_, "PF09", "committed")


def test_of_many_flows_the_newest_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_workings, "MOST_FLOWS", 2)
    flows = Flows(np.array([30, 10, 20, 30]), np.array([-3, -1, -2, 9]), np.array([103, 101, 102]))
    listed = list(rate_workings._list_newest(flows))
    assert [(flow.day.toordinal(), flow.amount, flow.row) for flow in listed] == [
        (30, -3, "entry:103"),
        (30, 9, None),
    ]
