"""AL01–AL06 and AL10–AL12 worked out by hand, from one workbook to reports, on both engines.

The fractions below are the hand arithmetic in 万元; the city is in `goldens_alignment`.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import pytest

from tests.dashboard.cli.goldens import WAN
from tests.dashboard.cli.goldens_alignment import two_parks
from tests.dashboard.cli.terminal import run
from tests.dashboard.cli.test_goldens import book_with
from tests.engines import ENGINES, Databases

TODAY, EARLIER = ("--as-of", "2025-12-31"), ("--as-of", "2024-06-30")
THROUGH, FRACTIONAL, ANY_TAG = "--look-through", ("--mode", "fractional"), ("--mode", "multi_tag")
# What is asked, once for each engine.
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "A": ("--fund", "A", *TODAY),
    "A before": ("--fund", "A", *EARLIER),
    "A since 2023": ("--fund", "A", *TODAY, "--from", "2023-01-01"),
    "S": ("--fund", "S", *TODAY),
    "S by weights": ("--fund", "S", *TODAY, *FRACTIONAL),
    "M": ("--fund", "M", *TODAY, THROUGH),
    "M by weights": ("--fund", "M", *TODAY, THROUGH, *FRACTIONAL),
    "I": ("--fund", "I", *TODAY, THROUGH),
    "M and T": ("--fund", "M", "--fund", "T", *TODAY, THROUGH),
    "A and S": ("--fund", "A", "--fund", "S", *TODAY),
    "A and S by weights": ("--fund", "A", "--fund", "S", *TODAY, *FRACTIONAL),
    "A and T": ("--fund", "A", "--fund", "T", *TODAY),
    "PA": ("--park", "PA", *TODAY, THROUGH),
    "PA by weights": ("--park", "PA", *TODAY, *FRACTIONAL),
    "PA by any tag": ("--park", "PA", *TODAY, *ANY_TAG),
    "PB": ("--park", "PB", *TODAY),
    "PB by weights": ("--park", "PB", *TODAY, *FRACTIONAL),
    "city": ("--city", *TODAY, THROUGH),
    "GP": ("--manager", "GP", *TODAY),
    "BIO by weights": ("--industry", "BIO", *TODAY, *FRACTIONAL),
    "IC": ("--industry", "IC", *TODAY),
    "C1": ("--company", "C1", *TODAY),
}
# Question, code, basis, and what it is.
BY_HAND: tuple[tuple[str, str, str, Fraction], ...] = (
    # A: C1 300, C5 100 and C7 150 of 800; at their decisions C1, C3 and C7. A write-off keeps its cost.
    ("A", "AL01", "cost", Fraction(300 + 100 + 150, 800)),
    ("A", "AL01", "cost_at_decision", Fraction(300 + 200 + 150, 800)),
    # The day before the change BIO led, EQP did not, and C4 was not yet bought; the quarter of C1 is sold.
    ("A before", "AL01", "cost", Fraction(300 + 200 + 150, 750)),
    # S by its 60 % in PA and 40 % in PB; by weights C2 counts 60 % for IC in both.
    ("S", "AL01", "cost", Fraction(600, 600)),
    ("S by weights", "AL01", "cost", Fraction(300 * 6 // 10 + 60 + 200 * 6 // 10 + 40, 600)),
    ("PA", "AL01", "cost", Fraction(550 + 300 + 60, 800 + 360)),
    ("PA", "AL01", "cost_at_decision", Fraction(650 + 300 + 60, 800 + 360)),
    ("PA by weights", "AL01", "cost", Fraction(550 + 180 + 60, 1_160)),
    ("PA by weights", "AL01", "cost_at_decision", Fraction(650 + 300 + 60, 1_160)),
    ("PA by any tag", "AL01", "cost", Fraction(910, 1_160)),
    ("PB by weights", "AL01", "cost", Fraction(120 + 40, 240)),
    ("city", "AL01", "cost", Fraction(550 + 600 + 80 + 60, 800 + 600 + 80 + 60)),
    ("GP", "AL01", "cost", Fraction(550 + 600, 1_400)),
    # M looked through: itself 60, a quarter of A, half of S, nothing of I, an eighth of T.
    ("M", "AL01", "cost", Fraction(60, 60)),
    ("M", "AL01", "cost_through", (60 + Fraction(550, 4) + 300 + 10) / (60 + 200 + 300 + 10)),
    ("M", "AL01", "cost_at_decision_through", (60 + Fraction(650, 4) + 300 + 10) / Fraction(570)),
    ("M by weights", "AL01", "cost_through", (60 + Fraction(550, 4) + 200 + 10) / Fraction(570)),
    # PA looked through: half of T is A's, and AI does not lead in PA.
    ("PA", "AL01", "cost_through", Fraction(910, 1_160 + 40)),
    ("city", "AL01", "cost_through", Fraction(1_290, 1_540)),
    # Of BIO: 200 of C3 and 40 % of C2, 120 for PA and 80 for PB; it leads nowhere now, in PA it did.
    ("BIO by weights", "AL01", "cost", Fraction(0, 400)),
    ("BIO by weights", "AL01", "cost_at_decision", Fraction(200 + 120, 400)),
    ("IC", "AL01", "cost", Fraction(300 + 150 + 600, 1_050)),
    ("C1", "AL01", "cost", Fraction(300 + 100, 400)),
    # By value: C1 is marked at 490, C7 written off to nothing.
    ("A", "AL02", "fair_value", Fraction(490 + 100, 490 + 200 + 100 + 50)),
    ("A", "AL02", "fair_value_at_decision", Fraction(490 + 200, 840)),
    ("A before", "AL02", "fair_value", Fraction(300 + 200 + 150, 750)),
    ("PB by weights", "AL02", "fair_value", Fraction(160, 240)),
    ("M", "AL02", "fair_value_through", (60 + Fraction(590, 4) + 300 + 10) / (60 + 210 + 300 + 10)),
    # What was paid in 2025: A 50 into C4, S 100 into C1, M 60 into C6.
    ("A", "AL03", "flow_ytd", Fraction(0, 50)),
    ("PA", "AL03", "flow_ytd", Fraction(60, 50 + 60)),
    ("city", "AL03", "flow_ytd", Fraction(160, 210)),
    ("M", "AL03", "flow_ytd_through", (60 + Fraction(50)) / (60 + 50 + Fraction(50, 4))),
    # From 2023 on A paid 100 into C5, which leads now and did not then, and 50 into C4.
    ("A since 2023", "AL03", "flow_period", Fraction(100, 150)),
    ("A since 2023", "AL03", "flow_period_at_decision", Fraction(0, 150)),
    # By count: C1, C5, C7 of A's five; S's two; by weights 60 % of C2 is enough.
    ("A", "AL04", "count", Fraction(3, 5)),
    ("PA", "AL04", "count", Fraction(5, 7)),
    ("PB by weights", "AL04", "count", Fraction(2, 2)),
    ("M", "AL04", "count_through", Fraction(1 + 3 + 2 + 1, 1 + 5 + 2 + 1)),
    # In the park: C5 lies in PB, C3 does not lead any more.
    ("A", "AL05", "cost", Fraction(300 + 150, 800)),
    ("A", "AL05", "cost_at_decision", Fraction(300 + 200 + 150, 800)),
    ("A", "AL05", "count", Fraction(2, 5)),
    ("PA", "AL05", "cost", Fraction(300 + 150 + 60, 1_160)),
    ("PB", "AL05", "cost", Fraction(200, 240)),
    ("PA", "AL05", "flow_ytd", Fraction(60, 110)),
    ("A", "AL05", "fair_value", Fraction(490, 840)),
    # The city's own part counts firms of any park: C6 lies in PB.
    ("M", "AL05", "cost_through", (60 + Fraction(450, 4) + 30 + 100 + 10) / Fraction(570)),
    # Of commitments: A 2,000; PA 2,000 and 60 % of S's 1,000; M 1,500.
    ("A", "AL06", "cost", Fraction(550, 2_000)),
    ("PA", "AL06", "cost", Fraction(910, 2_000 + 600)),
    ("PA by weights", "AL06", "cost", Fraction(790, 2_600)),
    ("M", "AL06", "cost_through", (60 + Fraction(550, 4) + 300 + 10) / 1_500),
    ("A", "AL06", "fair_value", Fraction(590, 2_000)),
    # The city: what comes from outside its funds, M 1,500 and LP's 1,500, 500 and 200.
    ("city", "AL06", "cost", Fraction(1_290, 1_500 + 1_500 + 500 + 200)),
)
# The same for AL11, whose value is no quotient of amounts.
SPREAD_BY_HAND: tuple[tuple[str, str, Fraction], ...] = (
    ("A", "hhi_firms", Fraction(300**2 + 200**2 + 100**2 + 50**2 + 150**2, 800**2)),
    ("A", "effective_firms", Fraction(800**2, 300**2 + 200**2 + 100**2 + 50**2 + 150**2)),
    ("A", "hhi_industries", Fraction(450**2 + 200**2 + 100**2 + 50**2, 800**2)),
    ("S by weights", "hhi_industries", Fraction(400**2 + 200**2, 600**2)),
    ("PA", "hhi_firms", Fraction(360**2 + 300**2 + 200**2 + 50**2 + 100**2 + 150**2, 1_160**2)),
    # M looked through holds C1 125, C2 250, C3 50, C4 12.5, C5 25, C6 70, C7 37.5: in halves of a 万元.
    ("M", "hhi_firms_through", Fraction(250**2 + 500**2 + 100**2 + 25**2 + 50**2 + 140**2 + 75**2, 1_140**2)),
)
# AL10: 1 − u·v ÷ √(u²·v²), to nine digits. A is IC 450, BIO 200, EQP 100, MAT 50: u² = 255,000.
DIFFERENCES: tuple[tuple[str, str, float], ...] = (
    ("A and S", "fund_pairs_within", 1 - 450 * 600 / (255_000 * 600**2) ** 0.5),
    # By weights S is IC 400 and BIO 200.
    ("A and S by weights", "fund_pairs", 1 - (450 * 400 + 200 * 200) / (255_000 * 200_000) ** 0.5),
    ("A and T", "fund_pairs_across", 1.0),
    # M and T hold AI alone: the most alike pair of the city.
    ("city", "fund_pairs", 0.0),
    # PA is IC 810, BIO 200, EQP 100, MAT 50; PB is IC 240.
    ("city", "park_pairs_within", 1 - 810 / (810**2 + 200**2 + 100**2 + 50**2) ** 0.5),
    # Looked through, M is IC 412.5, BIO 50, EQP 25, MAT 12.5 and AI 60 + 10; T is AI 80.
    ("M and T", "fund_pairs", 0.0),
    ("M and T", "fund_pairs_through", 1 - 70 / (412.5**2 + 50**2 + 25**2 + 12.5**2 + 70**2) ** 0.5),
)
PRESENCE: tuple[tuple[str, Fraction], ...] = (
    ("PA", Fraction(1, 1)),
    ("PB", Fraction(0, 1)),
    ("city", Fraction(1, 2)),
    ("IC", Fraction(1, 2)),
)
Told = Mapping[str, Any]


@pytest.fixture(scope="module", params=ENGINES)
def told(request: pytest.FixtureRequest) -> Iterator[Told]:
    """Every report as JSON, from one book that came in as a workbook."""
    engine: Databases = request.getfixturevalue("sqlite" if request.param == "sqlite" else "postgres")
    book = book_with(engine, two_parks(), "two_parks")
    answers = {
        name: run("report", "alignment", *words, "--format", "json", "--book", book)
        for name, words in QUESTIONS.items()
    }
    assert {name: answer.err for name, answer in answers.items() if answer.code} == {}
    yield {name: answer.json for name, answer in answers.items()}
    engine.drop_made()


def figure(told: Told, question: str, code: str, basis: str) -> Mapping[str, Any]:
    """A figure of an answer."""
    (found,) = [one for one in told[question]["figures"] if (one["code"], one["basis"]) == (code, basis)]
    return dict(found)


@pytest.mark.full
def test_every_share_is_what_was_worked_out_by_hand(told: Told) -> None:
    found = {}
    for question, code, basis, _ in BY_HAND:
        one = figure(told, question, code, basis)
        found[question, code, basis] = Fraction(one["numerator"], one["denominator"])
    assert found == {(question, code, basis): value for question, code, basis, value in BY_HAND}


def test_every_code_has_at_least_three_cases() -> None:
    counts = {code: sum(one[1] == code for one in BY_HAND) for code in ("AL01", "AL02", "AL03", "AL04")}
    counts |= {code: sum(one[1] == code for one in BY_HAND) for code in ("AL05", "AL06")}
    counts |= {"AL10": len(DIFFERENCES), "AL11": len(SPREAD_BY_HAND), "AL12": len(PRESENCE)}
    assert min(counts.values()) >= 3, counts


def test_concentration_is_what_was_worked_out_by_hand(told: Told) -> None:
    for question, basis, value in SPREAD_BY_HAND:
        text = figure(told, question, "AL11", basis)["value"]
        assert float(text) == pytest.approx(float(value), rel=1e-11), (question, basis)


def test_differences_are_what_was_worked_out_by_hand(told: Told) -> None:
    for question, basis, value in DIFFERENCES:
        text = figure(told, question, "AL10", basis)["value"]
        assert float(text) == pytest.approx(value, abs=1e-11), (question, basis)
    assert figure(told, "A", "AL10", "fund_pairs")["reason"] == "alignment.no_pair"


def test_a_fund_for_the_leading_industry_is_counted(told: Told) -> None:
    for question, value in PRESENCE:
        one = figure(told, question, "AL12", "count")
        assert Fraction(one["numerator"], one["denominator"]) == value, question


def test_the_mother_tells_what_share_of_which_fund_it_reached(told: Told) -> None:
    rows = {row["fund"]: row for row in told["M"]["rows"] if row.get("table") == "looked_through"}

    assert {code: row["share"] for code, row in rows.items()} == {
        "A": "0.25",
        "I": "1",
        "M": "1",
        "S": "0.5",
        "T": "0.125",
    }
    assert {code: row["cost"] for code, row in rows.items()} == {
        "A": 200 * WAN,
        "I": 0,
        "M": 60 * WAN,
        "S": 300 * WAN,
        "T": 10 * WAN,
    }


def test_a_fund_that_only_waits_has_nothing_and_says_so(told: Told) -> None:
    for basis in ("cost", "cost_through"):
        one = figure(told, "I", "AL01", basis)
        assert (one["value"], one["reason"]) == (None, "alignment.no_holdings")
    assert figure(told, "I", "AL06", "cost")["value"] == "0", "what is promised is there all the same"


def test_over_the_city_looked_through_equals_direct_to_the_last_digit(told: Told) -> None:
    figures = {(one["code"], one["basis"]): one for one in told["city"]["figures"]}
    ours = {"AL01", "AL02", "AL03", "AL04", "AL05", "AL06", "AL11"}
    paired = [key for key in figures if key[0] in ours and not key[1].endswith("_through")]

    assert len(paired) > 20
    for code, basis in paired:
        direct, through = figures[code, basis], figures[code, f"{basis}_through"]
        for part in ("value", "numerator", "denominator"):
            assert direct[part] == through[part], (code, basis)


def test_pairs_above_the_line_are_marked_and_those_of_one_leading_industry_told_apart(told: Told) -> None:
    rows = [row for row in told["city"]["rows"] if row.get("table") == "overlap" and row["pair_of"] == "park"]

    assert [(row["first"], row["second"], row["is_within"], row["is_alike"]) for row in rows] == [
        ("PA", "PB", True, True)
    ]
    assert rows[0]["line_ppm"] == 800_000


def test_money_is_committed_to_no_industry_and_to_no_firm(told: Told) -> None:
    for question in ("IC", "C1"):
        one = figure(told, question, "AL06", "cost")
        assert (one["value"], one["reason"]) == (None, "alignment.no_commitment_to_industry")
    assert figure(told, "C1", "AL12", "count")["reason"] == "alignment.not_of_a_firm"


def test_a_sum_row_says_whether_the_parts_make_it_up(told: Told) -> None:
    for question, reason in (
        ("PA by weights", "alignment.parts_sum"),
        ("PA by any tag", "alignment.parts_exceed"),
    ):
        rows = [row for row in told[question]["rows"] if row.get("table") == "breakdown_industry"]
        parts, whole = rows[:-1], rows[-1]
        assert whole["sum_reason"] == reason
        assert whole["cost"] == 1_160 * WAN
        # C2's 300 stands in IC and in BIO when any tag counts.
        expected = 1_160 if question == "PA by weights" else 1_160 + 300
        assert sum(row["cost"] for row in parts) == expected * WAN
