"""Capital accounts sum to the fund to the fen, at both ends of a quarter, whoever filed an account of their own."""

from datetime import date

from dashboard.readings.money.capital_accounts import capital_account_rows, read_capital_accounts
from dashboard.readings.returns.performance import read_performance
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import fund_scope
from tests.builders import contribution, distribution, exit_, mark, nav, notice, paid_city, wan
from tests.dashboard.readings.return_books import book_of, worked_city
from tests.engines import SqliteDatabases

END = date(2024, 12, 31)
# The fund's value is no whole multiple of three, so that its two thirds and its third leave a fen.
ODD = [
    *paid_city(),
    notice("F1", "LP2", 700, "N1", "2024-02-01"),
    notice("F1", "LP2", 300, "N2", "2025-02-01"),
    nav("F1", "3000.000001"),
]


def test_the_accounts_of_a_fund_sum_to_its_own_figures(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *worked_city()) as book:
        slice_ = slice_ledger(book, "local", fund_scope("F1"), END)
        found, figures = read_capital_accounts(slice_), read_performance(slice_)
    assert sum(one.closing.committed for one in found.accounts) == figures.figure("PF01").value
    assert sum(one.closing.paid_in for one in found.accounts) == figures.figure("PF02").value
    assert sum(one.closing.distributed for one in found.accounts) == figures.figure("PF03").value
    assert sum(one.closing.value for one in found.accounts) == figures.figure("PF04").value
    assert (found.unallocated, found.opening_unallocated) == (0, 0)


def test_rounding_leaves_no_fen_behind(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *ODD) as book:
        found = read_capital_accounts(slice_ledger(book, "local", fund_scope("F1"), END))
    mother, other = found.accounts
    assert found.closing_value == wan(3_000) + 1
    assert (mother.closing.value, other.closing.value) == (wan(2_000) + 1, wan(1_000))
    assert found.unallocated == 0


def test_a_filed_account_counts_as_it_is_and_the_rest_is_told_apart(sqlite: SqliteDatabases) -> None:
    """The fund says 3,000, the mother's account 2,100, LP2 has its third: 100 too much."""
    with book_of(sqlite, *paid_city(), nav("F1", 3_000), nav("F1", 2_100, investor="M")) as book:
        found = read_capital_accounts(slice_ledger(book, "local", fund_scope("F1"), END))
    mother, other = found.accounts
    assert (mother.closing.value, mother.closing.is_filed) == (wan(2_100), True)
    assert (other.closing.value, other.closing.is_filed) == (wan(1_000), False)
    assert found.unallocated == wan(-100)


def test_the_quarter_explains_how_the_account_came_from_its_opening(sqlite: SqliteDatabases) -> None:
    drafts = [
        *paid_city(),
        nav("F1", 3_000, "2024-09-30"),
        contribution("F1", "LP2", 500, "2024-10-10"),
        distribution("F1", "LP2", 200, "2024-11-11"),
        nav("F1", 3_500),
    ]
    with book_of(sqlite, *drafts) as book:
        slice_ = slice_ledger(book, "local", fund_scope("F1"), END)
        found = read_capital_accounts(slice_)
        rows = {row["code"]: row for row in capital_account_rows(slice_)}
    one = found.of("LP2")
    assert one is not None
    assert (one.opening.value, one.paid_in, one.distributed) == (wan(1_000), wan(500), wan(200))
    # 3,500 × 1,500 ÷ 3,500 = 1,500 = 1,000 + 500 − 200 + 200.
    assert (one.closing.value, one.result, one.result_ever) == (wan(1_500), wan(200), wan(200))
    assert one.open == wan(500)
    assert (rows["LP2"]["closing"], rows["LP2"]["result_quarter"]) == (wan(1_500), wan(200))


def test_what_was_called_is_told_where_notices_are_on_record_and_by_then(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *ODD) as book:
        found = read_capital_accounts(slice_ledger(book, "local", fund_scope("F1"), END))
    called = {one.code: one.called for one in found.accounts}
    assert called == {"LP2": wan(700), "M": None}


def test_before_anything_is_paid_in_every_account_is_empty(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *ODD) as book:
        early = slice_ledger(book, "local", fund_scope("F1"), date(2020, 1, 31))
        found = read_capital_accounts(early)
    assert {one.closing.value for one in found.accounts} == {0}
    assert (found.closing_value, found.unallocated) == (0, 0)


def test_after_a_total_loss_the_accounts_hold_what_cash_is_left(sqlite: SqliteDatabases) -> None:
    lost = [exit_("F1", code, 0, "2024-10-01", transferred_ppm=1_000_000) for code in ("C1", "C2")]
    kept = [draft for draft in worked_city() if draft != mark("F1", "C1", 1_000, "2024-12-31")]
    with book_of(sqlite, *kept, *lost) as book:
        slice_ = slice_ledger(book, "local", fund_scope("F1"), END)
        found = read_capital_accounts(slice_)
    assert found.unallocated == 0
    assert sum(one.closing.value for one in found.accounts) == found.closing_value
