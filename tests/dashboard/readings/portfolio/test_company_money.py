"""Whose money went into a firm and what became of it, by hand: rounds, sources, funds, course."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from dashboard.readings.portfolio.company_course import course_rows
from dashboard.readings.portfolio.company_holdings import (
    exit_rows,
    fund_rows,
    fund_sum_rows,
    mark_rows,
    payment_rows,
)
from dashboard.readings.portfolio.company_returns import company_rate_rows, read_company_figures
from dashboard.readings.portfolio.company_rounds import round_investor_rows, round_nature_rows, round_rows
from dashboard.readings.portfolio.company_sources import source_rows, trace_payments
from dashboard.readings.portfolio.company_view import read_company
from dashboard.readings.single import read_single
from funds.book import LOCAL, Book
from funds.errors import NotFound
from funds.kinds import ExitKind
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, company_scope
from tests.builders import company, contribution, exit_, fund, fund_park, investment, record, round_, wan
from tests.dashboard.readings.company_book import BEYOND, OFFICIAL, ON, company_book, look_at
from tests.engines import SqliteDatabases

OF_MONEY = {
    *("company_round", "company_round_nature", "company_investor", "company_fund", "company_source"),
    *("company_payment", "company_exit", "company_mark", "company_course", "company_filed", "company_owner"),
}


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with company_book(sqlite) as made:
        yield made


def natures(slice_: LedgerSlice, code: str) -> dict[str, tuple[int, int]]:
    """By nature: as it came and looked through, of one round, in 万元, without what is nothing on both sides."""
    rows: list[Any] = [row for row in round_nature_rows(slice_) if row["round_code"] == code]
    found = {row["nature"]: (row["new_money"] + row["old_shares"], row["looked_through"]) for row in rows}
    return {
        nature: (came // wan(1), seen // wan(1)) for nature, (came, seen) in found.items() if came or seen
    }


def test_two_firms_of_one_slice_have_each_their_own(book: Book) -> None:
    city = slice_ledger(book, LOCAL, CITY, ON)
    for code in ("C1", "C2", "C1"):
        narrowed = city.narrow(company_scope(code))
        alone = look_at(book, code, login=LOCAL)
        for rows in (round_rows, payment_rows, fund_rows):
            assert list(rows(narrowed)) == list(rows(alone))
    assert list(payment_rows(look_at(book, "C1"))) != list(payment_rows(look_at(book, "C2")))


def test_a_round_tells_new_money_from_old_shares_and_adds_up(book: Book) -> None:
    first, second = round_rows(look_at(book, "C1"))
    assert (first["round_total"], first["new_money"], first["old_shares"]) == (wan(1_000), wan(900), wan(100))
    assert (first["difference"], first["investors"], first["loan_beside"]) == (0, 3, None)
    assert (second["loan_beside"], second["post_money"]) == (wan(200), None)


def test_rounds_are_split_by_nature_and_through_the_funds(book: Book) -> None:
    """600 of F1 = 300 city fiscal + 100 state-owned + 200 social; 400 of F2 = 300 district + 100 unknown."""
    slice_ = look_at(book, "C1")
    assert natures(slice_, "R1") == {
        "fiscal": (0, 300),
        "state_owned": (0, 100),
        "social": (400, 600),
        "fund": (600, 0),
    }
    assert natures(slice_, "R2") == {
        "fiscal": (0, 450),
        "state_owned": (0, 50),
        "social": (200, 300),
        "fund": (700, 0),
        "undetermined": (0, 100),
    }


def test_a_fund_out_of_sight_stays_a_fund(book: Book) -> None:
    """P1's official looks through F1 alone; F2's part of the round stands as what it is."""
    slice_ = look_at(book, "C1", OFFICIAL)
    assert natures(slice_, "R2") == {
        "fiscal": (0, 150),
        "state_owned": (0, 50),
        "social": (200, 300),
        "fund": (700, 400),
    }
    own = {row["code"]: row["is_fund_seen"] for row in round_investor_rows(slice_)}
    assert own == {"VC": False, "LP2": False, "F1": True, "F2": False}


def test_a_round_that_lists_nobody_says_so(book: Book) -> None:
    (row,) = round_rows(look_at(book, "C6"))
    assert (row["listed_sum"], row["difference"], row["investors"]) == (None, None, 0)
    assert natures(look_at(book, "C6"), "R3") == {"unlisted": (700, 700)}


def test_every_round_sums_to_its_total_on_both_sides_to_the_fen(book: Book) -> None:
    record(
        book,
        company("C8", "辛公司"),
        round_("R8", "C8", "333.33", "2022-06-30"),
        investment("F1", "C8", "333.33", "2022-06-30", round="R8"),
    )
    for code in ("C1", "C6", "C8"):
        slice_ = look_at(book, code)
        for paper in round_rows(slice_):
            rows: list[Any] = [
                row for row in round_nature_rows(slice_) if row["round_code"] == paper["round_code"]
            ]
            assert sum(row["new_money"] + row["old_shares"] for row in rows) == paper["round_total"]
            assert sum(row["looked_through"] for row in rows) == paper["round_total"]


def test_payments_are_traced_to_the_level_of_the_fiscal_yuan(book: Book) -> None:
    """950 of F1 by a half, a sixth and a third; what LP2 paid in later has no part in it."""
    rows: list[Any] = list(source_rows(look_at(book, "C1")))
    found = {(row["fund"], row["nature"], row["level"]): row["amount"] for row in rows}
    assert found == {
        ("F1", "fiscal", "municipal"): wan(475),
        ("F1", "state_owned", None): 15_833_333_3,
        ("F1", "social", None): 31_666_666_7,
        ("F2", "fiscal", "district"): wan(300),
        ("F2", "undetermined", None): wan(100),
    }
    assert sum(row["amount"] for row in rows) == wan(1_350)


def test_a_payment_of_a_fund_without_money_under_commitments_has_no_source(book: Book) -> None:
    beside = contribution("F7", "LP2", 10, is_inside_commitment=False)
    record(book, fund("F7"), fund_park("F7", "P1"), beside, investment("F7", "C5", 10, "2021-01-01"))
    slice_ = look_at(book, "C5")
    (row,) = source_rows(slice_)
    assert (row["nature"], row["amount"], row["reason"]) == (None, wan(10), "look_through.no_money")
    assert trace_payments(slice_) is trace_payments(slice_)


def test_each_fund_stands_with_multiple_rate_and_state(book: Book) -> None:
    first, second = fund_rows(look_at(book, "C1"))
    assert (first["fund"], first["moic"], first["mark_day"]) == ("F1", "1.26315789474", "2023-12-31")
    assert (second["invested"], second["cost"], second["proceeds"]) == (wan(400), wan(200), wan(260))
    assert (second["fair_value"], second["moic"], second["gross_status"]) == (wan(250), "1.275", "ok")
    assert [row["is_stale"] for row in (first, second)] == [True, True]


@pytest.mark.parametrize(
    ("code", "funds", "holding", "written_off"),
    [("C1", 2, 2, 0), ("C2", 1, 0, 1), ("C3", 1, 0, 0), ("C4", 0, 0, 0)],
)
def test_the_sums_tell_held_written_off_exited_and_never(
    book: Book, code: str, funds: int, holding: int, written_off: int
) -> None:
    (row,) = fund_sum_rows(look_at(book, code))
    assert (row["funds"], row["still_holding"], row["written_off"]) == (funds, holding, written_off)


def test_the_figures_of_a_firm_are_those_of_its_deals_alone(book: Book) -> None:
    reading = read_company_figures(look_at(book, "C1"))
    multiple = reading.figure("PF11")
    assert [figure.code for figure in reading.figures] == ["PF10", "PF11"]
    assert (multiple.numerator, multiple.denominator) == (wan(1_710), wan(1_350))
    assert read_company_figures(look_at(book, "C1", OFFICIAL)).figure("PF11").denominator == wan(950)
    (rate,) = company_rate_rows(look_at(book, "C1"))
    assert (rate["value"], rate["status"]) == (reading.figure("PF10").value, "ok")


@pytest.mark.parametrize(("code", "rate", "multiple"), [("C2", "-1", "0"), ("C4", None, None)])
def test_a_total_loss_is_a_rate_and_no_deal_is_none(
    book: Book, code: str, rate: str | None, multiple: str | None
) -> None:
    reading = read_company_figures(look_at(book, code))
    assert (reading.figure("PF10").value, reading.figure("PF11").value) == (rate, multiple)


def test_a_passport_of_a_firm_shows_what_the_page_shows(book: Book) -> None:
    slice_ = look_at(book, "C1")
    single = read_single(slice_, "PF10", "fair_value")
    assert single.figure == read_company(slice_).figure("PF10")
    assert single.working is not None
    assert sum(flow.row is not None for flow in single.working.flows) == 5
    assert single.scope == "company:C1"
    with pytest.raises(NotFound):
        read_single(slice_, "PF02", "paid_in")


def test_payments_name_their_round_and_the_stake_they_brought(book: Book) -> None:
    rows = list(payment_rows(look_at(book, "C1")))
    assert [(row["round_code"], row["amount"]) for row in rows] == [
        ("R1", wan(600)),
        ("R2", wan(300)),
        ("R2", wan(400)),
        (None, wan(50)),
    ]
    assert (rows[0]["payment_decided"], rows[0]["deal_instrument"]) == ("2021-05-01", "增资")
    assert rows[1]["stake_ppm"] == 60_000


def test_exits_tell_the_part_that_was_sold_and_a_write_off(book: Book) -> None:
    (sold,) = exit_rows(look_at(book, "C1"))
    assert (sold["kind"], sold["amount"], sold["transferred_ppm"]) == ("transfer", wan(260), 500_000)
    (gone,) = exit_rows(look_at(book, "C2"))
    assert (gone["kind"], gone["amount"], gone["cost_out"]) == (ExitKind.WRITE_OFF, 0, None)


def test_a_mark_that_waits_for_approval_is_told_and_counts_in_nothing(book: Book) -> None:
    slice_ = look_at(book, "C1")
    pending, *rest = mark_rows(slice_)
    assert (pending["day"], pending["is_second_person"], pending["is_last_mark"]) == (
        "2024-09-30",
        False,
        False,
    )
    assert [(row["is_last_mark"], row["is_stale"]) for row in rest] == [(True, True), (True, True)]
    assert next(iter(fund_rows(slice_)))["fair_value"] == wan(1_200)


def test_the_course_moves_with_payments_marks_and_sales(book: Book) -> None:
    rows: list[Any] = list(course_rows(look_at(book, "C1")))
    steps = [(row["day"], row["cost"] // wan(1), row["fair_value"] // wan(1)) for row in rows]
    assert steps == [
        ("2021-06-30", 600, 600),
        ("2022-06-30", 1_300, 1_300),
        ("2023-01-31", 1_350, 1_350),
        ("2023-12-31", 1_350, 1_600),
        ("2024-06-30", 1_350, 1_700),
        ("2024-09-01", 1_150, 1_450),
        ("2024-12-31", 1_150, 1_450),
    ]
    assert list(course_rows(look_at(book, "C4"))) == []


def test_somebody_else_sees_the_register_and_no_money(book: Book) -> None:
    reading = read_company(look_at(book, "C1", BEYOND))
    told = {str(row["table"]) for row in reading.rows}
    assert told >= {"company", "company_tag", "company_neighbour", "company_name", "company_crosswalk"}
    assert told & OF_MONEY == set()
    assert all(figure.value is None and figure.reason for figure in reading.figures)


def test_money_of_funds_out_of_sight_changes_nothing_in_the_answer(book: Book) -> None:
    before = read_company(look_at(book, "C1", OFFICIAL))
    record(
        book, investment("F2", "C1", 77, "2023-05-05"), exit_("F2", "C1", 9, "2024-10-01", ExitKind.DIVIDEND)
    )
    after = read_company(look_at(book, "C1", OFFICIAL))
    assert (after.figures, after.rows) == (before.figures, before.rows)


def test_parts_of_a_payment_sum_to_it_for_any_amount(book: Book) -> None:
    amounts = [f"{number}.{number % 100:02d}" for number in np.random.default_rng(7).integers(1, 100, 12)]
    record(
        book, *(investment("F1", "C4", amount, f"2022-{at:02d}-15") for at, amount in enumerate(amounts, 1))
    )
    for payment in trace_payments(look_at(book, "C4")):
        assert payment.parts is not None
        assert sum(payment.parts) == payment.amount
