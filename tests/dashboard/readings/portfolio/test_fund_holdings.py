"""Holdings of a fund with cost, proceeds, value and state; stakes of a mother in its children."""

from datetime import date

import pytest

from dashboard.readings.portfolio.fund_holdings import holding_rows, holding_sum_rows, stake_rows
from dashboard.readings.returns.performance import read_performance
from funds.drafts import Draft
from funds.kinds import ExitKind
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, fund_scope
from tests.builders import (
    day,
    distribution,
    exit_,
    fund_park,
    invested_city,
    investment,
    mark,
    nav,
    paid_city,
    park_industry,
    policy,
    tag,
    wan,
)
from tests.dashboard.readings.return_books import YEAR_END, book_of
from tests.engines import SqliteDatabases

LIMIT = [policy("nav.stale_quarters", value_e6=1_000_000), policy("nav.stale_days", value_e6=45_000_000)]
TOLD: list[Draft] = [
    *invested_city(),
    *LIMIT,
    park_industry("P1", "IC"),
    park_industry("P2", "BIO"),
    fund_park("F1", "P1", 60),
    fund_park("F1", "P2", 40),
    tag("C1", "IC"),
    tag("C2", "BIO"),
    investment("F1", "C3", 200, "2022-02-01"),
    exit_("F1", "C1", 600, cost_out_fen=wan(400)),
    mark("F1", "C1", 900, "2024-12-31"),
    mark("F1", "C2", 450, "2024-06-30"),
    exit_("F1", "C3", 0, "2024-05-01", ExitKind.WRITE_OFF),
]


def told(sqlite: SqliteDatabases, *more: Draft, code: str = "F1", on: date = YEAR_END) -> LedgerSlice:
    with book_of(sqlite, *TOLD, *more) as book:
        return slice_ledger(book, "local", fund_scope(code), on)


def test_a_holding_stands_with_its_cost_proceeds_value_and_multiple(sqlite: SqliteDatabases) -> None:
    first, *_ = holding_rows(told(sqlite))
    assert (first["company"], first["industry"], first["park"]) == ("C1", "IC", "P1")
    assert (first["invested"], first["cost"], first["proceeds"]) == (wan(1_000), wan(600), wan(600))
    assert (first["fair_value"], first["moic"], first["mark_day"]) == (wan(900), "1.5", "2024-12-31")
    assert (first["first_paid"], first["cost_share"]) == ("2021-06-30", "0.461538461538")
    assert (first["is_stale"], first["is_written_off"], first["is_exited"]) == (False, False, False)


def test_the_largest_remaining_cost_comes_first_and_states_are_told_apart(sqlite: SqliteDatabases) -> None:
    rows = {row["company"]: row for row in holding_rows(told(sqlite))}
    assert list(rows) == ["C1", "C2", "C3"]
    assert rows["C2"]["is_stale"] is True
    assert (rows["C3"]["is_written_off"], rows["C3"]["is_stale"], rows["C3"]["is_exited"]) == (
        True,
        False,
        False,
    )
    assert (rows["C3"]["mark_day"], rows["C3"]["industry"], rows["C3"]["park"]) == (None, None, None)


def test_where_parks_lead_in_different_industries_a_holding_counts_by_their_shares(
    sqlite: SqliteDatabases,
) -> None:
    leading = {row["company"]: row["leading_ppm"] for row in holding_rows(told(sqlite))}
    assert leading == {"C1": 600_000, "C2": 400_000, "C3": 0}


def test_what_was_sold_whole_is_exited_and_needs_no_fresh_mark(sqlite: SqliteDatabases) -> None:
    sold = exit_("F1", "C2", 480, "2024-11-01", transferred_ppm=1_000_000)
    rows = {row["company"]: row for row in holding_rows(told(sqlite, sold))}
    assert (rows["C2"]["is_exited"], rows["C2"]["is_stale"], rows["C2"]["cost_share"]) == (True, False, "0")


def test_the_sums_say_how_much_lies_in_the_largest_and_agree_with_the_figures(
    sqlite: SqliteDatabases,
) -> None:
    slice_ = told(sqlite)
    (total,) = holding_sum_rows(slice_)
    assert (total["holdings"], total["exited"], total["written_off"], total["stale"]) == (3, 0, 1, 1)
    assert (total["top"], total["top_share"]) == (3, "1")
    assert total["moic"] == read_performance(slice_).figure("PF11").value
    assert total["cost"] == wan(1_300)


def test_with_nothing_left_there_is_no_share_of_the_cost(sqlite: SqliteDatabases) -> None:
    gone = [exit_("F1", code, 10, "2025-01-02", transferred_ppm=1_000_000) for code in ("C1", "C2")]
    gone.append(exit_("F1", "C3", 0, "2025-01-02", ExitKind.LIQUIDATION))
    slice_ = told(sqlite, *gone, on=day("2025-01-31"))
    (total,) = holding_sum_rows(slice_)
    # A write-off is told as one even when it was wound up.
    assert (total["holdings"], total["top_share"]) == (1, None)
    assert {row["cost_share"] for row in holding_rows(slice_)} == {None}


def test_a_fund_that_bought_nothing_has_neither_rows_nor_sums(sqlite: SqliteDatabases) -> None:
    mother = told(sqlite, code="M")
    assert list(holding_rows(mother)) == []
    assert list(holding_sum_rows(mother)) == []


def test_a_mother_holds_her_stakes_by_capital_account_or_by_share_of_what_was_paid_in(
    sqlite: SqliteDatabases,
) -> None:
    back = distribution("F1", "M", 300)
    with book_of(sqlite, *paid_city(), back, nav("F1", 3_300)) as book:
        (shared,) = stake_rows(slice_ledger(book, "local", fund_scope("M"), YEAR_END))
    with book_of(sqlite, *paid_city(), back, nav("F1", 3_300), nav("F1", 2_500, investor="M")) as book:
        (filed,) = stake_rows(slice_ledger(book, "local", fund_scope("M"), YEAR_END))
    assert (shared["code"], shared["committed"], shared["paid"]) == ("F1", wan(4_000), wan(2_000))
    assert (shared["received"], shared["value"], shared["moic"]) == (wan(300), wan(2_200), "1.25")
    assert (shared["share_of_paid_in"], shared["nav_source"]) == ("0.666666666667", "reported")
    assert (filed["value"], filed["moic"]) == (wan(2_500), "1.4")


def test_a_fund_of_firms_alone_has_no_stakes(sqlite: SqliteDatabases) -> None:
    assert list(stake_rows(told(sqlite))) == []


@pytest.mark.parametrize("scope", ["city", "fund"])
def test_rows_of_several_funds_name_their_fund(sqlite: SqliteDatabases, scope: str) -> None:
    with book_of(sqlite, *TOLD) as book:
        asked = CITY if scope == "city" else fund_scope("F1", "M")
        slice_ = slice_ledger(book, "local", asked, day("2022-12-31"))
    assert {row["fund"] for row in holding_rows(slice_)} == {"F1"}
    assert {row["fund"] for row in stake_rows(slice_)} == {"M"}
