"""Each investor's commitment, payments, open commitment and distributions, and the sums of them."""

from datetime import date

from dashboard.readings.money.investors import investor_rows, investor_sum_rows
from dashboard.readings.money.leverage import read_leverage
from funds.kinds import CommitmentChange, GovernmentLevel, Nature
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, fund_scope
from tests.builders import commitment, contribution, distribution, fund, nature, paid_city, party, wan
from tests.dashboard.readings.return_books import YEAR_END, book_of
from tests.engines import SqliteDatabases

TOLD = [
    *paid_city(),
    nature("LP1", level=GovernmentLevel.MUNICIPAL),
    nature("LP2", Nature.SOCIAL, sub_type="民营企业"),
    party("LP3"),
    commitment("F1", "LP3", 500),
    contribution("F1", "LP2", 30, "2021-03-01", is_inside_commitment=False),
    distribution("F1", "M", 200),
    distribution("F1", "LP2", 100),
    fund("F2"),
]


def told(sqlite: SqliteDatabases, day: date = YEAR_END) -> LedgerSlice:
    with book_of(sqlite, *TOLD) as book:
        return slice_ledger(book, "local", fund_scope("F1"), day)


def test_an_investor_stands_with_what_it_promised_paid_still_owes_and_got_back(
    sqlite: SqliteDatabases,
) -> None:
    rows = {row["code"]: row for row in investor_rows(told(sqlite))}
    private = rows["LP2"]
    assert (private["nature"], private["level"], private["sub_type"]) == ("social", None, "民营企业")
    assert (private["committed"], private["paid_in"], private["open"]) == (wan(2_000), wan(1_000), wan(1_000))
    assert (private["paid_share"], private["paid_outside"]) == ("0.5", wan(30))
    assert private["distributed"] == wan(100)
    assert (rows["LP3"]["paid_in"], rows["LP3"]["paid_share"], rows["LP3"]["distributed"]) == (0, "0", 0)


def test_a_fund_among_the_investors_stands_under_its_own_name(sqlite: SqliteDatabases) -> None:
    (mother,) = [row for row in investor_rows(told(sqlite)) if row["nature"] == "fund"]
    assert (mother["code"], mother["name"], mother["sub_type"]) == ("M", "基金M", None)
    assert mother["distributed"] == wan(200)


def test_who_withdrew_before_paying_is_no_investor_any_more(sqlite: SqliteDatabases) -> None:
    withdrawn = commitment("F1", "LP3", 500, "2021-05-01", kind=CommitmentChange.CANCEL)
    with book_of(sqlite, *TOLD, withdrawn) as book:
        slice_ = slice_ledger(book, "local", fund_scope("F1"), YEAR_END)
    assert [row["code"] for row in investor_rows(slice_)] == ["LP2", "M"]


def test_natures_stand_in_order_and_what_is_not_confirmed_comes_last(sqlite: SqliteDatabases) -> None:
    assert [row["nature"] for row in investor_rows(told(sqlite))] == ["social", "fund", "undetermined"]


def test_the_sums_are_those_of_the_leverage_report(sqlite: SqliteDatabases) -> None:
    slice_ = told(sqlite)
    (total,) = investor_sum_rows(slice_)
    reported = {row["basis"]: row["total"] for row in read_leverage(slice_).rows}
    assert (total["committed"], total["paid_in"]) == (reported["committed"], reported["paid_in"])
    assert (total["investors"], total["open"], total["distributed"]) == (3, wan(3_500), wan(300))
    assert total["paid_outside"] == wan(30)


def test_who_paid_less_of_its_commitment_than_the_fund_as_a_whole_is_behind(sqlite: SqliteDatabases) -> None:
    (total,) = investor_sum_rows(told(sqlite))
    assert total["behind"] == 1  # LP3 paid nothing; 3,000 of 6,500 is less than a half


def test_a_fund_without_investors_has_no_sum_and_one_without_commitments_no_share(
    sqlite: SqliteDatabases,
) -> None:
    with book_of(sqlite, *TOLD) as book:
        everything = slice_ledger(book, "local", CITY, YEAR_END)
        early = slice_ledger(book, "local", CITY, date(2020, 1, 5))
    assert [row["fund"] for row in investor_sum_rows(everything)] == ["F1", "M"]
    assert list(investor_sum_rows(early)) == []


def test_money_without_a_commitment_has_no_paid_share(sqlite: SqliteDatabases) -> None:
    cancelled = [*TOLD, party("LP9"), contribution("F2", "LP9", 10, is_inside_commitment=False)]
    with book_of(sqlite, *cancelled) as book:
        slice_ = slice_ledger(book, "local", fund_scope("F2"), YEAR_END)
    (row,) = investor_rows(slice_)
    (total,) = investor_sum_rows(slice_)
    assert (row["committed"], row["paid_in"], row["paid_outside"], row["paid_share"]) == (0, 0, wan(10), None)
    assert total["paid_share"] is None
