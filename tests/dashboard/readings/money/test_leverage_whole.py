"""All thirteen definitions in one answer: codes, bases, the official choice, industries, passports."""

from dataclasses import replace

import pytest

from dashboard.help import definition_codes
from dashboard.readings.money.leverage_whole import TABLES, read_leverage_figures, read_whole_leverage
from dashboard.readings.money.official import read_official
from dashboard.readings.single import read_single
from dashboard.words import LANGUAGES, read_words
from funds.kinds import Basis, Confirmation
from funds.queries.filed_figures import PolicyRow
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import fund_scope
from tests.builders import day, wan
from tests.dashboard.readings.money.leverage_city import read, told_city
from tests.engines import SqliteDatabases


@pytest.fixture
def city(sqlite: SqliteDatabases) -> LedgerSlice:
    return told_city(sqlite)


def choosing(slice_: LedgerSlice, **words: str) -> LedgerSlice:
    """The slice as if the commission had chosen."""
    rows = tuple(
        PolicyRow(
            900 + at, "示例", f"leverage.official_{name}", name, None, text, None, day("2024-01-01"), None,
            "示例决定", None, Confirmation.CONFIRMED,
        )
        for at, (name, text) in enumerate(words.items())
    )  # fmt: skip
    return replace(slice_, facts=replace(slice_.facts, policy_rows=(*slice_.facts.policy_rows, *rows)))


def test_every_definition_is_answered_on_both_bases(city: LedgerSlice) -> None:
    found = {(figure.code, figure.basis) for figure in read_leverage_figures(read(city)).figures}
    codes = {code for code in definition_codes() if code.startswith("LV")}
    assert {code for code, _ in found} == codes
    for code in codes - {"LV06", "LV10", "LV11"}:
        assert {(code, str(basis)) for basis in Basis} <= found


def test_every_table_says_its_name_and_has_words_for_every_column(city: LedgerSlice) -> None:
    rows = read_whole_leverage(read(city)).rows
    named = {str(row["table"]) for row in rows if "table" in row}
    assert set(TABLES) - {"funds"} <= named
    for language in LANGUAGES:
        words = read_words(language)
        assert {f"report.table_{name}" for name in named} <= words.keys()
        columns = {key for row in rows for key in row if key != "table" and f"figure.{key}" not in words}
        assert {f"report.field_{key}" for key in columns} <= words.keys() | FUND_COLUMNS


FUND_COLUMNS = {"report.field_fund"}  # a class of money in the table of funds, a fund's code elsewhere


def test_amounts_that_fill_in_a_formula_have_names(city: LedgerSlice) -> None:
    parts = {name for figure in read_leverage_figures(read(city)).figures for name, _ in figure.parts}
    assert len(parts) > 12
    for language in LANGUAGES:
        assert {f"leverage.part_{name}" for name in parts} <= read_words(language).keys()


def test_while_nothing_is_chosen_no_figure_is_official(city: LedgerSlice) -> None:
    slice_ = read(city)
    assert read_official(slice_) is None
    (row,) = read_whole_leverage(slice_).table("official")
    assert (row["definition"], row["reason"]) == (None, "leverage.no_official")


def test_the_chosen_definition_is_answered_on_its_own_terms(city: LedgerSlice) -> None:
    slice_ = choosing(read(city, fund_scope("A")), definition="LV04", basis="实缴", soe="计入社会资本")
    rows = [row for row in read_whole_leverage(slice_).table("official") if row["basis"] == "paid_in"]
    # PRIV 200, HELD 100, SOE 150 and TURN 100 over FC 200.
    assert [(row["value"], row["soe"], row["document"]) for row in rows] == [("2.75", "social", "示例决定")]


def test_the_multiplier_on_commitments_is_no_second_reading(city: LedgerSlice) -> None:
    choice = read_official(choosing(read(city), definition="LV02"))
    assert choice is not None
    assert (choice.code, choice.basis) == ("LV01", Basis.COMMITTED)


@pytest.mark.parametrize("word", ["LV99", "社会资本", ""])
def test_a_choice_in_unknown_words_is_no_choice(city: LedgerSlice, word: str) -> None:
    assert read_official(choosing(read(city), definition=word)) is None


def test_a_passport_has_the_same_figure_with_what_its_formula_is_filled_in_with(city: LedgerSlice) -> None:
    slice_ = read(city, fund_scope("A"))
    found = read_single(slice_, "LV06", "arrival").figure
    assert found.value == "0.75"
    assert dict(found.parts) == {
        "social_paid": wan(300),
        "social_committed": wan(400),
        "public_paid": wan(600),
        "public_committed": wan(600),
    }
    assert read_single(slice_, "LV07", "paid_in").figure.value == "0.6"


def test_what_the_press_says_stays_apart(city: LedgerSlice) -> None:
    whole = read_whole_leverage(read(city))
    assert {row["subject"] for row in whole.table("reported")} == {"示例市", "基金A"}
    alone = read_whole_leverage(read(city, fund_scope("A")))
    assert [(row["subject"], row["value_e6"]) for row in alone.table("reported")] == [("基金A", 6_000_000)]


def test_the_size_beside_the_target_counts_each_yuan_once(city: LedgerSlice) -> None:
    rows = {row["basis"]: row for row in read_whole_leverage(read(city)).table("progress")}
    assert (rows["committed"]["LV00c"], rows["committed"]["share"]) == (wan(2_910), "0.291")
    assert rows["paid_in"]["missing"] == wan(10_000 - 2_810)
