"""Leverage from a workbook to a report, on both engines: the two tiers row by row, and the cases of the literature."""

from typing import Any

import pytest

from tests.dashboard.cli.goldens import YI, two_tiers
from tests.dashboard.cli.leverage_goldens import case, corners, literature
from tests.dashboard.cli.terminal import Answer
from tests.dashboard.cli.test_goldens import ask, book_with, table
from tests.engines import Databases

BASES = ("committed", "paid_in")
SIX = 5e-7


@pytest.fixture
def tiers(databases: Databases) -> str:
    return book_with(databases, two_tiers(), "tiers")


@pytest.fixture
def cases(databases: Databases) -> str:
    return book_with(databases, literature(), "leverage cases")


def values(answer: Answer, code: str) -> list[float]:
    """A figure on both bases."""
    return [float(answer.figure(code, basis)["value"]) for basis in BASES]


def in_yi(row: dict[str, Any], name: str) -> float:
    return float(row[name]) / YI


def test_every_row_of_the_two_tiers_comes_out_to_six_digits_on_both_bases(tiers: str) -> None:
    city = ask(tiers, "leverage", "--city")

    for code, promised, paid in (("LV00a", 212, 115), ("LV00b", 35, 22), ("LV00c", 177, 93)):
        assert values(city, code) == [promised * YI, paid * YI]
    for code, committed, paid_in in (
        ("LV00d", 3.533333, 3.833333),
        ("LV08", 2.298701, 2.162791),
        ("LV04", 0.831169, 0.697674),
        ("LV09", 2.787617, 2.363196),
    ):
        assert values(city, code) == pytest.approx([committed, paid_in], abs=SIX)
    natures = {(row["basis"], row["nature"]): row["first_level"] for row in table(city, "composition")}
    sides = [[natures[basis, one] / YI for one in ("fiscal", "state_owned", "social")] for basis in BASES]
    assert sides == [[77, 36, 64], [43, 20, 30]]
    social = ask(tiers, "leverage", "--city", "--soe", "social")
    assert values(social, "LV04") == pytest.approx([1.298701, 1.162791], abs=SIX)
    mother = ask(tiers, "leverage", "--fund", "M")
    assert values(mother, "LV01") == pytest.approx([4.761905, 4.285714], abs=SIX)


def test_fund_a_at_its_first_level_and_looked_through(tiers: str) -> None:
    first = ask(tiers, "leverage", "--fund", "A")
    seen = ask(tiers, "leverage", "--fund", "A", "--look-through")

    assert values(first, "LV05") == pytest.approx([0.5, 0.461538], abs=SIX)
    assert [row["points"] for row in table(first, "lens") if row["lens"] == "fund"] == [5, 4]
    assert values(seen, "LV05") == pytest.approx([0.566800, 0.508741], abs=SIX)
    for answer, code in ((first, "LV07"), (seen, "LV07"), (seen, "LV04")):
        assert values(answer, code) == pytest.approx([1.869393, 1.447761], abs=SIX)
    by_source = {
        row["code"]: row["fiscal"]
        for row in table(first, "attribution")
        if (row["basis"], row["by"]) == ("committed", "government")
    }
    assert {code: fen / YI for code, fen in by_source.items()} == {"FC": 6.96, "FD": 3.2, "FP": 5.0}


def test_city_money_at_the_bottom_is_shared_once_and_claimed_more_than_once(tiers: str) -> None:
    rows = table(ask(tiers, "leverage", "--city"), "attribution")

    city = {row["basis"]: row for row in rows if row["by"] == "level" and row["level"] == "municipal"}
    assert [in_yi(city[basis], "fiscal") for basis in BASES] == pytest.approx([10.68, 6.761364], abs=SIX)
    assert [float(city[basis]["LV09"]) for basis in BASES] == pytest.approx([2.787617, 2.363196], abs=SIX)
    claims = [float(city[basis]["full_claim"]) for basis in BASES]
    assert claims == pytest.approx([4.538390, 3.561345], abs=SIX)
    for basis in BASES:
        own = [row for row in rows if row["basis"] == basis]
        (every,) = [row for row in own if row["by"] == "all"]
        shared = sum(row["social_pro_rata"] for row in own if row["by"] in ("government", "nobody"))
        assert shared == every["social_pro_rata"]
        assert sum(row["social_full_claim"] for row in own if row["by"] == "government") > shared


def test_social_money_is_behind_the_government_where_it_is(tiers: str) -> None:
    rows = table(ask(tiers, "leverage", "--city"), "synchrony")

    found = {row["fund"]: float(row["LV06"]) for row in rows}
    assert found["M"] == pytest.approx(0.8)
    assert [found[code] for code in "ABCP"] == pytest.approx([0.849231, 1, 0.5, 0.4], abs=SIX)
    alone = ask(tiers, "leverage", "--fund", "A").figure("LV06")
    assert alone["basis"] == "arrival"
    assert float(alone["value"]) == pytest.approx(0.849231, abs=SIX)


def test_one_fund_has_six_defensible_answers_each_with_its_definition(cases: str) -> None:
    expected = case("own-definitions-one-fund")["expected"]
    own = ask(cases, "leverage", "--fund", "OWN", "--basis", "committed")
    city = ask(cases, "leverage", "--fund", "OWN", "--fiscal-level", "municipal")
    fiscal = ask(cases, "leverage", "--fund", "OWN", "--soe", "fiscal")

    assert float(city.figure("LV03", "committed")["value"]) == expected["放大倍数_市财政"]
    assert float(own.figure("LV03")["value"]) == pytest.approx(expected["放大倍数_全部财政"], abs=SIX)
    assert float(own.figure("LV04")["value"]) == expected["撬动比_仅社会资本(民营外资GP)"]
    not_state = float(fiscal.figure("LV04", "committed")["value"])
    assert not_state == pytest.approx(expected["撬动比_非国有对国有"], abs=SIX)
    not_fiscal = float(own.figure("LV03")["value"]) - 1
    assert not_fiscal == pytest.approx(expected["撬动比_非财政"], abs=SIX)
    natures = table(own, "nature")
    counted = sum(
        row["committed"]
        for row in natures
        if row["nature"] == "fiscal" or (row["nature"], row["level"]) == ("state_owned", "municipal")
    )
    every = sum(row["committed"] for row in natures)
    assert every == expected["check_sum"] * YI
    assert every / counted == pytest.approx(expected["放大倍数_财政加市属国企"], abs=SIX)


def test_one_fund_differs_by_what_was_promised_paid_and_invested(cases: str) -> None:
    expected = case("own-basis")["expected"]
    fund = ask(cases, "leverage", "--fund", "BASE")

    assert values(fund, "LV03") == pytest.approx([expected["认缴口径"], expected["实缴口径"]])
    assert values(fund, "LV04") == pytest.approx([expected["撬动比_认缴"], expected["撬动比_实缴"]])
    deployed = {row["nature"]: row for row in table(fund, "deployed")}
    invested = deployed["all"]["invested"] / deployed["fiscal"]["external"]
    assert invested == pytest.approx(expected["已投口径"])
    assert deployed["all"]["kept"] == 4 * YI


@pytest.mark.parametrize("name", ["cefc-2015-16", "cefc-2016-17"])
def test_a_published_ratio_lies_between_what_rounding_allows(cases: str, name: str) -> None:
    golden = case(name)
    ends = [
        float(ask(cases, "leverage", "--fund", code).figure("LV04", "committed")["value"])
        for code, _, _ in corners(name)
    ]

    assert ends == pytest.approx(golden["expected"]["range_from_rounding"], abs=SIX)
    assert ends[0] <= golden["published"]["private_per_public"] <= ends[1]


def test_a_fund_without_fiscal_money_has_a_reason_and_no_number(tiers: str) -> None:
    fund = ask(tiers, "leverage", "--fund", "B")

    for code in ("LV03", "LV04"):
        figure = fund.figure(code, "committed")
        assert (figure["value"], figure["reason"]) == (None, "leverage.no_fiscal")
    assert fund.figure("LV07", "committed")["value"] is not None
