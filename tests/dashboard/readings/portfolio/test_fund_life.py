"""The milestones of a fund, how far its money was used by each quarter end, and whether it is young."""

from datetime import date

from dashboard.readings.portfolio.contract_terms import term_rows
from dashboard.readings.portfolio.fund_life import is_young, life_rows, pace_rows
from dashboard.readings.returns.performance import read_performance
from funds.drafts import Draft
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import fund_scope
from tests.builders import (
    commitment,
    contribution,
    day,
    distribution,
    fund,
    invested_city,
    party,
    policy,
    term,
    wan,
)
from tests.dashboard.readings.return_books import YEAR_END, book_of
from tests.engines import SqliteDatabases

DATED = fund(
    "T",
    on="2023-02-10",
    invest_end=day("2026-02-10"),
    exit_end=day("2030-02-10"),
    extension_end=day("2031-02-10"),
)
YOUNG = policy("irr.young_years", on="2020-01-01", value_e6=2_000_000)
LAST = day("2023-12-31")


def slice_of(sqlite: SqliteDatabases, code: str, on: date, *drafts: Draft) -> LedgerSlice:
    with book_of(sqlite, *drafts) as book:
        return slice_ledger(book, "local", fund_scope(code), on)


def events(slice_: LedgerSlice) -> dict[object, tuple[object, object]]:
    return {row["event"]: (row["day"], row["is_ahead"]) for row in life_rows(slice_)}


def test_what_the_contract_sets_may_lie_ahead(sqlite: SqliteDatabases) -> None:
    assert events(slice_of(sqlite, "T", LAST, DATED)) == {
        "established": ("2023-02-10", False),
        "invest_end": ("2026-02-10", True),
        "exit_end": ("2030-02-10", True),
        "extension_end": ("2031-02-10", True),
    }


def test_what_happened_stands_by_its_first_day_and_payments_by_their_last_too(
    sqlite: SqliteDatabases,
) -> None:
    drafts = [*invested_city(), contribution("F1", "LP2", 100, "2022-05-01"), distribution("F1", "LP2", 50)]
    told = events(slice_of(sqlite, "F1", YEAR_END, *drafts))
    assert told["first_call"] == ("2020-03-01", False)
    assert told["last_call"] == ("2022-05-01", False)
    assert told["first_investment"] == ("2021-06-30", False)
    assert told["first_distribution"] == ("2024-03-01", False)
    assert "first_exit" not in told


def test_a_mother_invests_by_paying_into_funds_and_a_single_call_is_no_last_one(
    sqlite: SqliteDatabases,
) -> None:
    told = events(slice_of(sqlite, "M", YEAR_END, *invested_city(), distribution("F1", "M", 50)))
    assert told["first_investment"] == ("2020-03-01", False)
    assert told["first_exit"] == ("2024-03-01", False)
    assert "last_call" not in told


def test_the_pace_ends_with_the_shares_of_the_figures(sqlite: SqliteDatabases) -> None:
    slice_ = slice_of(sqlite, "F1", YEAR_END, *invested_city())
    rows = list(pace_rows(slice_))
    last, reading = rows[-1], read_performance(slice_)
    assert (rows[0]["day"], last["day"], len(rows)) == ("2020-03-31", "2024-12-31", 20)
    assert last["paid_share"] == reading.figure("PF05").value
    assert last["invested"] == reading.figure("PF16").numerator
    assert (rows[0]["paid_share"], rows[0]["invested_share"]) == ("0.5", "0")


def test_money_outside_commitments_does_not_speed_the_pace(sqlite: SqliteDatabases) -> None:
    extra = contribution("F1", "LP2", 600, "2022-05-01", is_inside_commitment=False)
    *_, last = pace_rows(slice_of(sqlite, "F1", YEAR_END, *invested_city(), extra))
    assert last["paid_in"] == wan(3_000)


def test_without_commitments_there_is_no_share(sqlite: SqliteDatabases) -> None:
    late = [DATED, party("LP"), commitment("T", "LP", 10, "2023-12-01")]
    first, *_, last = pace_rows(slice_of(sqlite, "T", LAST, *late))
    assert (first["paid_share"], first["invested_share"]) == (None, None)
    assert (last["paid_share"], last["committed"]) == ("0", wan(10))


def test_policy_says_for_how_long_a_fund_is_young(sqlite: SqliteDatabases) -> None:
    for on, expected in (("2025-02-09", True), ("2025-02-10", False)):
        slice_ = slice_of(sqlite, "T", day(on), DATED, YOUNG)
        assert is_young(slice_, slice_.member_funds[0]) is expected, on
    unruled = slice_of(sqlite, "T", day("2023-03-01"), DATED)
    assert is_young(unruled, unruled.member_funds[0]) is False


def test_terms_stand_with_number_or_words_and_their_clause(sqlite: SqliteDatabases) -> None:
    terms = [
        term("T", value_e6=8_000_000, unit="%", clause="第十条"),
        term("T", "分配顺序", words="整体分配"),
    ]
    rate, order = term_rows(slice_of(sqlite, "T", LAST, DATED, *terms))
    assert (rate["term"], rate["value_e6"], rate["unit"], rate["clause"]) == (
        "门槛收益率",
        8_000_000,
        "%",
        "第十条",
    )
    assert (order["words"], order["value_e6"], order["from"]) == ("整体分配", None, "2020-01-01")
