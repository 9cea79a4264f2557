"""Each reason to mark a holding anew, and what is not judged where policy or the papers are silent."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest

from dashboard.readings.portfolio.implied_stakes import NO_POST_MONEY, NO_STAKE
from dashboard.readings.portfolio.mark_triggers import Trigger, TriggerKind
from dashboard.readings.portfolio.quarter_marks import list_valuations
from funds.drafts import Draft
from funds.kinds import ExitKind
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import fund_scope
from tests.builders import (
    company,
    company_figure,
    day,
    exit_,
    investment,
    mark,
    paid_city,
    policy,
    round_,
    round_investor,
    wan,
)
from tests.dashboard.readings.return_books import book_of
from tests.engines import SqliteDatabases
from tests.memory import scratch_folder

END = date(2024, 12, 31)
LIMITS: tuple[Draft, ...] = (
    policy("mark.trigger_quarters", value_e6=2_000_000),
    policy("mark.trigger_drop", value_e6=20_000_000, unit="%"),
    policy("mark.trigger_indicators", words="产值、营业收入"),
)
LAST_QUARTER = "2024-09-30"
Figures = tuple[tuple[str, str, int], ...]
FILED: Mapping[str, Figures] = {
    "fallen": (("产值", "2023", 100), ("产值", "2024", 79)),
    "at-the-line": (("产值", "2023", 100), ("产值", "2024", 80)),
    "no-year-before": (("产值", "2022", 100), ("产值", "2024", 10)),
    "another": (("就业", "2023", 100), ("就业", "2024", 10)),
    "known-before": (("产值", "2022", 100), ("产值", "2023", 10)),
    "seen": (("产值", "2023", 100), ("产值", "2024", 10)),
}


def later_round(firm: str, on: str = "2024-11-20", post: int | None = 5_000) -> list[Draft]:
    """1,000 of new money, none of it ours."""
    code = f"R-{firm}"
    money = None if post is None else wan(post)
    return [
        round_(code, firm, 1_000, on, name="B轮", post_money_fen=money),
        round_investor(code, "LP2", 1_000),
    ]


def held(
    firm: str, *more: Draft, marked: str | None = LAST_QUARTER, stake: int | None = 100_000
) -> list[Draft]:
    """A firm that F1 has held since the beginning of 2022 for 100, 10 % of it, and last marked at 250."""
    drafts: list[Draft] = [company(firm), investment("F1", firm, 100, "2022-01-10", stake_ppm=stake), *more]
    return drafts if marked is None else [*drafts, mark("F1", firm, 250, marked)]


def all_cases() -> list[Draft]:
    """A firm for each case, by name."""
    sold = exit_("F1", "half-sold", 60, "2024-05-05", transferred_ppm=500_000)
    dividend = exit_("F1", "half-sold", 3, "2024-05-06", ExitKind.DIVIDEND)
    cases = [
        held("quiet"),
        held("never", marked=None),
        held("old", marked="2024-06-30"),
        held("round", *later_round("round")),
        held("no-post", *later_round("no-post", post=None)),
        held("no-stake", *later_round("no-stake"), stake=None),
        held("not-yet", *later_round("not-yet", "2025-01-05")),
        held("half-sold", sold, dividend, *later_round("half-sold")),
        held("exit", exit_("F1", "exit", 30, "2024-11-01", transferred_ppm=250_000)),
    ]
    cases += [
        held(
            code,
            *(company_figure(code, *one) for one in figures),
            marked="2024-12-31" if code == "seen" else LAST_QUARTER,
        )
        for code, figures in FILED.items()
    ]
    return [*paid_city(), *LIMITS, *(draft for case in cases for draft in case)]


@pytest.fixture(scope="module")
def slice_() -> Iterator[LedgerSlice]:
    with scratch_folder("triggers") as folder, book_of(SqliteDatabases(folder), *all_cases()) as book:
        yield slice_ledger(book, "local", fund_scope("F1"), END)


@pytest.fixture(scope="module")
def found(slice_: LedgerSlice) -> Mapping[str, tuple[Trigger, ...]]:
    return {one.company.code: one.triggers for one in list_valuations(slice_)}


Found = Mapping[str, tuple[Trigger, ...]]


def test_a_holding_marked_last_quarter_asks_for_nothing(found: Found) -> None:
    assert found["quiet"] == ()


def test_a_holding_that_was_never_marked_says_so_and_since_when(found: Found) -> None:
    (one,) = found["never"]
    assert (one.kind, one.day) == (TriggerKind.NO_MARK, day("2022-01-10"))


def test_two_quarters_without_a_mark_are_told(found: Found) -> None:
    (one,) = found["old"]
    assert (one.kind, one.quarters) == (TriggerKind.OLD_MARK, 2)


def test_where_policy_is_silent_neither_quarters_nor_indicators_are_judged(slice_: LedgerSlice) -> None:
    silent = replace(slice_, facts=replace(slice_.facts, policy_rows=()))
    judged = {one.company.code: [t.kind for t in one.triggers] for one in list_valuations(silent)}
    assert (judged["old"], judged["fallen"], judged["never"]) == ([], [], [TriggerKind.NO_MARK])


def test_a_round_after_the_last_mark_implies_a_value_for_the_stake_held(found: Found) -> None:
    """10 % before; 1,000 of new money on 5,000 post-money leave 8 %: 400."""
    (one,) = found["round"]
    assert (one.kind, one.about, one.day) == (TriggerKind.NEW_ROUND, "B轮", day("2024-11-20"))
    assert one.implied is not None
    assert (one.amount, one.implied.value) == (wan(5_000), wan(400))


@pytest.mark.parametrize(("firm", "reason"), [("no-post", NO_POST_MONEY), ("no-stake", NO_STAKE)])
def test_what_a_round_implies_is_left_open_where_a_paper_is_silent(
    found: Found, firm: str, reason: str
) -> None:
    (one,) = found[firm]
    assert one.implied is not None
    assert (one.implied.value, one.implied.reason) == (None, reason)


def test_a_round_after_the_quarters_end_is_not_known_then(found: Found) -> None:
    assert found["not-yet"] == ()


def test_a_sale_takes_its_part_of_the_stake_and_a_dividend_none(found: Found) -> None:
    (one,) = found["half-sold"]
    assert one.implied is not None
    assert one.implied.value == wan(200)


def test_an_indicator_down_by_more_than_policy_allows_is_told_with_its_periods(found: Found) -> None:
    (one,) = found["fallen"]
    assert (one.kind, one.drop_ppm, one.about) == (TriggerKind.DROP, 210_000, "产值 2023 → 2024")


@pytest.mark.parametrize("firm", [firm for firm in FILED if firm != "fallen"])
def test_a_figure_that_says_nothing_new_or_too_little_asks_for_nothing(found: Found, firm: str) -> None:
    assert found[firm] == ()


def test_an_exit_since_the_last_mark_is_told_with_its_money(found: Found) -> None:
    (one,) = found["exit"]
    assert (one.kind, one.day, one.amount) == (TriggerKind.EXIT, day("2024-11-01"), wan(30))
