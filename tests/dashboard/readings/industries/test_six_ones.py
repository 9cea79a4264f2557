"""The twenty targets by hand: values, what is not filed, sums that lack a park, and gaps under both versions."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from dashboard.readings.industries.six_ones import (
    GRID,
    SIX_ONES_TABLE,
    TARGETS,
    read_six_ones,
    read_six_ones_figures,
    six_ones_figures,
)
from dashboard.readings.industries.six_ones_catalogue import SIX_ONES
from dashboard.readings.industries.six_ones_evidence import read_filed_evidence
from dashboard.readings.industries.six_ones_targets import gap_to, is_met, list_versions
from dashboard.readings.industries.six_ones_trend import TREND
from dashboard.readings.places import read_city, read_park
from dashboard.readings.single import read_single
from funds.book import Book
from funds.errors import NotAllowed, NotFound
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import CITY, fund_scope, park_scope
from tests.builders import policy, record
from tests.dashboard.readings.six_ones_book import OFFICIAL, own_park, six_ones_book, slice_of, weights
from tests.engines import SqliteDatabases

DRAFT, FINAL = 1, 2
Row = Mapping[str, object]


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with six_ones_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def standing(slice_: LedgerSlice, code: str) -> Row:
    (row,) = [row for row in read_six_ones(slice_).table(SIX_ONES_TABLE) if row["code"] == code]
    return row


def target(slice_: LedgerSlice, code: str, version: int = FINAL) -> Row:
    rows = read_six_ones(slice_).table(TARGETS)
    (row,) = [row for row in rows if (row["code"], row["policy_version"]) == (code, version)]
    return row


def test_all_twenty_stand_in_every_scope_with_both_versions(book: Book) -> None:
    for slice_ in (slice_of(book), own_park(book)):
        reading = read_six_ones(slice_)
        assert [row["code"] for row in reading.table(SIX_ONES_TABLE)] == list(SIX_ONES)
        asked = {(row["code"], row["policy_version"]) for row in reading.table(TARGETS)}
        assert asked == {(code, version) for code in SIX_ONES for version in (DRAFT, FINAL)}
        assert {figure.code for figure in reading.figures} == {*SIX_ONES, "AL07"}
    assert [one.from_date for one in list_versions(slice_.facts)] == [date(2022, 5, 13), date(2022, 11, 16)]


def test_a_filed_figure_comes_with_everything_that_was_filed(book: Book) -> None:
    row = standing(own_park(book), "S06")
    told = {name: row[name] for name in ("value", "unit", "period", "from_whom", "responsible", "evidence")}
    assert told == {
        "value": "1",
        "unit": "个",
        "period": "2025",
        "from_whom": "示例统计",
        "responsible": "P1管理机构",
        "evidence": "示例文件 1 号",
    }


def test_what_is_not_filed_is_absent_and_what_was_filed_as_none_is_none(book: Book) -> None:
    reading = read_six_ones_figures(own_park(book))
    assert (reading.figure("S08").value, reading.figure("S08").reason) == (None, "six_ones.not_filed")
    assert reading.figure("S17").value == "0"
    assert reading.figure("S03").reason == "six_ones.city_only"


def test_percentages_are_shares_of_one_as_figures_and_percent_in_rows(book: Book) -> None:
    assert read_six_ones_figures(own_park(book)).figure("S02").value == "0.625"
    assert standing(own_park(book), "S02")["value"] == "62.5"


def test_a_period_counts_from_its_last_day(book: Book) -> None:
    def value(day: date) -> object:
        return standing(own_park(book, day), "S02")["value"]

    assert value(date(2025, 12, 30)) == "58"
    assert value(date(2025, 12, 31)) == "62.5"


@pytest.mark.parametrize(
    ("code", "gap", "met"),
    [("S02", "2.5", True), ("S09", "3.6", True), ("S17", "-1", False), ("S06", "-1", False)],
)
def test_the_gap_of_a_park_lies_on_the_right_side_of_the_target(
    book: Book, code: str, gap: str, met: bool
) -> None:
    row = target(own_park(book), code)
    assert (row["gap"], row["is_met"]) == (gap, met)


def test_chain_leaders_follow_each_versions_threshold(book: Book) -> None:
    """P1 has A with 30 and E with 500; P2 has 62, 35 and 8: from 50 on one each, from 20 on two each."""
    for slice_, draft, final in ((own_park(book), "1", "2"), (slice_of(book), "2", "4")):
        assert target(slice_, "S05", DRAFT)["value"] == draft
        assert target(slice_, "S05", FINAL)["value"] == standing(slice_, "S05")["value"] == final
        assert target(slice_, "S05", FINAL)["gap"] is None


def test_a_team_is_asked_for_each_leader_of_the_version(book: Book) -> None:
    """One team: enough for the draft's one leader, not for the final text's two."""
    draft, final = (target(own_park(book), "S06", version) for version in (DRAFT, FINAL))
    assert (draft["asked"], draft["is_met"]) == ("1", True)
    assert (final["asked"], final["is_met"]) == ("2", False)


def test_a_target_for_all_parks_together_is_none_of_one_park(book: Book) -> None:
    row = target(own_park(book), "S12")
    assert (row["target_value"], row["asked"], row["gap"]) == ("9000", None, None)


def test_the_citys_sum_takes_the_period_that_most_parks_filed_and_says_whom_it_lacks(book: Book) -> None:
    row = standing(slice_of(book), "S12")
    assert (row["value"], row["period"], row["newer"]) == ("9200", "2025", "2026-Q2")
    assert (row["missing_parks"], row["told"]) == (["P3"], "9300")
    assert target(slice_of(book), "S12")["is_met"] is True
    assert standing(slice_of(book), "S12")["basis"] == "filed"


def test_a_sum_that_falls_short_for_want_of_a_park_is_undecided(book: Book) -> None:
    row = target(slice_of(book), "S13")
    assert (row["value"], row["gap"], row["is_met"]) == ("14000", "-1000", None)


def test_the_two_versions_ask_for_different_things(book: Book) -> None:
    draft, final = (target(slice_of(book), "S04", version) for version in (DRAFT, FINAL))
    assert (draft["target_value"], draft["target_words"], draft["gap"]) == (None, "若干（未定数值）", None)
    assert (final["target_value"], final["gap"], final["is_met"]) == ("3", "0", True)
    assert (target(slice_of(book), "S02")["is_kept"], final["is_kept"]) == (True, False)


def test_what_is_asked_of_each_park_is_counted_over_parks(book: Book) -> None:
    row = target(slice_of(book), "S02")
    assert (row["value"], row["parks_met"], row["parks_known"]) == (None, 2, 3)
    assert standing(slice_of(book), "S02")["reason"] == "six_ones.by_park"


def test_funds_of_a_direction_are_counted_once_for_the_city(book: Book) -> None:
    assert standing(own_park(book), "S18")["value"] == "1"  # F2 declares what does not lead in P1
    assert standing(slice_of(book, park_scope("P2")), "S18")["value"] == "1"
    assert standing(slice_of(book, park_scope("P3")), "S18")["reason"] == "alignment.no_leading_industry"
    assert standing(slice_of(book), "S18")["value"] == "2"


def test_leverage_names_its_definition(book: Book) -> None:
    row = standing(slice_of(book), "S19")
    assert (row["definition"], row["reason"]) == ("LV04 paid_in", "leverage.no_fiscal")
    record(book, policy("leverage.official_definition", "2026-01-01", words="LV05", pack="tracker"))
    assert standing(slice_of(book), "S19")["definition"] == "LV05 paid_in"


def test_the_place_is_the_filed_one_until_weights_are_set(book: Book) -> None:
    second = park_scope("P2")
    assert (
        standing(slice_of(book, second), "S20")["value"],
        standing(slice_of(book, second), "S20")["basis"],
    ) == (
        "1",
        "filed",
    )
    record(book, *weights(S02=60))
    row = standing(slice_of(book, second), "S20")
    assert (row["value"], row["basis"], row["told"]) == ("3", "appraisal", "1")


def test_more_than_is_not_as_many_as() -> None:
    many, some = SIX_ONES["S12"], SIX_ONES["S13"]
    assert not is_met(many, Fraction(9000), Fraction(9000))
    assert is_met(some, Fraction(15000), Fraction(15000))
    assert gap_to(replace(some, is_ceiling=True), Fraction(31), Fraction(30)) == -1


def test_the_trend_tells_every_period_and_what_a_sum_lacks(book: Book) -> None:
    own = [row for row in read_six_ones(own_park(book)).table(TREND) if row["code"] == "S02"]
    assert [(row["period"], row["value"]) for row in own] == [("2024", "58"), ("2025", "62.5")]
    city = [row for row in read_six_ones(slice_of(book)).table(TREND) if row["code"] == "S12"]
    assert [(row["period"], row["value"], row["lacking"]) for row in city] == [
        ("2025", "9200", 1),
        ("2026-Q2", "4300", 2),
    ]


def test_a_park_official_hears_nothing_of_another_park(book: Book) -> None:
    reading = read_six_ones(own_park(book))
    assert reading.table(GRID) == ()
    assert {row["park"] for row in reading.rows if "park" in row} == {"P1"}
    entries = {
        name for figure in reading.figures for name in figure.entries if name.startswith("park_figure")
    }
    own = {row.id for row in own_park(book).facts.park_figures if row.park_id == 1}
    assert {int(name.split(":")[1]) for name in entries} <= own
    for scope in (CITY, park_scope("P2")):
        with pytest.raises(NotAllowed):
            slice_of(book, scope, person=OFFICIAL)


def test_reports_and_passports_give_the_same_figures(book: Book) -> None:
    part = own_park(book)
    told = {figure.code: figure for figure in read_six_ones_figures(part).figures}
    report = read_park(part)
    assert all(report.figure(code).value == figure.value for code, figure in told.items())
    assert report.table(SIX_ONES_TABLE) == read_six_ones(part).table(SIX_ONES_TABLE)
    assert read_single(part, "S12", "filed").figure == told["S12"]
    city = slice_of(book)
    assert read_city(city).table(GRID) == read_six_ones(city).table(GRID) != ()
    assert six_ones_figures(slice_of(book, fund_scope("F1"))) == ()
    with pytest.raises(NotFound):
        read_single(slice_of(book, fund_scope("F1")), "S12", "filed")


def test_the_rows_behind_a_figure_name_their_cell_and_person(book: Book) -> None:
    part = own_park(book)
    evidence = read_filed_evidence(book, part, read_six_ones_figures(part).figure("S06").entries)
    (row,) = evidence.rows
    assert (row.subject, row.period, row.file, row.evidence) == (
        "园区P1",
        "2025",
        "six_ones.xlsx",
        "示例文件 1 号",
    )
    assert str(row.origin).startswith("园区指标!")
    counted = read_filed_evidence(book, part, read_six_ones_figures(part).figure("S18").entries)
    assert (counted.count, counted.counted) == (0, ("基金F1",))
