"""The worked examples, from a workbook to a report, on both engines."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from funds.drafts import IndexLevelDraft, NavDraft
from funds.intake import write_workbook
from tests.dashboard.cli.goldens import WAN, YI, Drafts, one_fund, two_tiers
from tests.dashboard.cli.terminal import Answer, run
from tests.engines import Databases

AS_OF = "2025-12-31"
# The index of example A, and its fund's value at the end of 2022.
LEVELS = (
    ("2021-03-15", 1000), ("2021-12-20", 1080.5), ("2022-09-30", 905.2), ("2023-06-30", 968.4),
    ("2023-11-15", 921.75), ("2024-08-20", 842.3), ("2025-05-30", 1012.6), (AS_OF, 1155),
)  # fmt: skip
EARLIER = NavDraft(fund="A", valued_on=date(2022, 12, 31), nav_fen=70_800 * WAN)


def book_with(databases: Databases, drafts: Drafts, name: str) -> str:
    """A copy of a new book into which the drafts came as a workbook, once for every test that reads it."""

    def build(url: str) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "golden.xlsx"
            write_workbook(path, drafts, "示例市", "示例填报人", date(2025, 12, 31))
            assert run("init", "--book", url).code == 0
            answer = run("import", path, "--book", url)
        assert answer.code == 0, answer.err

    return databases.copy_of(f"golden {name}", build)


def beside_an_index() -> Drafts:
    """Example A with its index, one of total return, and an earlier report."""
    drafts = one_fund()
    levels = [
        IndexLevelDraft(
            index_code="示例全收益",
            quoted_on=date.fromisoformat(day),
            level_e6=round(level * 1_000_000),
            is_total_return=True,
        )
        for day, level in LEVELS
    ]
    return {**drafts, NavDraft: [EARLIER, *drafts[NavDraft]], IndexLevelDraft: levels}


def ask(book: str, *words: object) -> Answer:
    """A report as JSON."""
    answer = run("report", *words, "--as-of", AS_OF, "--format", "json", "--book", book)
    assert answer.code == 0, answer.err
    return answer


def table(answer: Answer, name: str) -> list[dict[str, Any]]:
    """The rows of one table of a report."""
    return [row for row in answer.json["rows"] if row.get("table") == name]


@pytest.fixture
def fund_a(databases: Databases) -> str:
    return book_with(databases, one_fund(), "fund_a")


@pytest.fixture
def fund_a_and_index(databases: Databases) -> str:
    return book_with(databases, beside_an_index(), "fund_a_and_index")


@pytest.fixture
def tiers(databases: Databases) -> str:
    return book_with(databases, two_tiers(), "tiers")


def test_one_fund_has_the_rate_and_multiples_of_the_worked_example(fund_a: str) -> None:
    answer = ask(fund_a, "performance", "--fund", "A")

    assert float(answer.figure("PF09")["value"]) == pytest.approx(0.0786713, abs=5e-8)
    assert float(answer.figure("PF06")["value"]) == pytest.approx(0.510870, abs=5e-7)
    assert float(answer.figure("PF07")["value"]) == pytest.approx(0.775, abs=5e-7)
    assert float(answer.figure("PF08")["value"]) == pytest.approx(1.285870, abs=5e-7)
    assert answer.figure("PF05")["value"] == "0.92"
    assert answer.json["rows"][0]["net_status"] == "ok"
    assert answer.json["rows"][0]["net_roots"] == [answer.figure("PF09")["value"]]


def test_one_fund_beside_an_index_has_the_answers_of_the_worked_example(fund_a_and_index: str) -> None:
    answer = ask(fund_a_and_index, "performance", "--fund", "A")

    for code, value, digits in (
        ("PF12", 1.195982, 5e-7),
        ("PF13", 0.0169469, 5e-8),
        ("PF14", 0.0280237, 5e-8),
        ("PF15", 0.0574421, 5e-8),
    ):
        figure = answer.figure(code)
        assert float(figure["value"]) == pytest.approx(value, abs=digits)
        assert figure["basis"] == "total_return_index"
    (market,) = table(answer, "market")
    assert float(market["PF13_spread"]) == pytest.approx(0.0617244, abs=5e-8)
    assert float(market["PF14_spread"]) == pytest.approx(0.0506476, abs=5e-8)
    assert float(market["PF15_log"]) == pytest.approx(0.0558529, abs=5e-8)


def test_one_fund_has_its_curve_its_bridge_and_what_rests_on_the_last_report(fund_a_and_index: str) -> None:
    answer = ask(fund_a_and_index, "performance", "--fund", "A")

    point = next(row for row in table(answer, "j_curve") if row["day"] == "2022-12-31")
    assert float(point["rate"]) == pytest.approx(-0.0501745, abs=5e-8)
    assert point["tvpi"] == "0.944"
    assert len(table(answer, "j_curve")) == 20
    (bridge,) = table(answer, "nav_bridge")
    assert (bridge["opening"], bridge["distributions"]) == (63_300 * WAN, -22_500 * WAN)
    assert (bridge["expected"], bridge["difference"], bridge["ties"]) == (40_800 * WAN, 30_500 * WAN, False)
    assert (bridge["nav_derived"], bridge["nav_difference"]) == (45_000 * WAN, 26_300 * WAN)
    net = table(answer, "rate")[0]
    # 70,800 brought forward by what moved since is 40,800, at which the fund earned less than nothing.
    assert float(net["last_mark_bps"]) > 786.71
    assert net["valued_before"] == "2025-09-30"


def test_two_tiers_are_counted_once_on_both_bases(tiers: str) -> None:
    city = ask(tiers, "leverage", "--city")

    for basis, naive, between, once in (("committed", 212, 35, 177), ("paid_in", 115, 22, 93)):
        assert city.figure("LV00a", basis)["value"] == naive * YI
        assert city.figure("LV00b", basis)["value"] == between * YI
        assert city.figure("LV00c", basis)["value"] == once * YI
    for code, committed, paid_in in (
        ("LV00d", 3.533333, 3.833333),
        ("LV04", 0.831169, 0.697674),
        ("LV08", 2.298701, 2.162791),
    ):
        assert float(city.figure(code, "committed")["value"]) == pytest.approx(committed, abs=5e-7)
        assert float(city.figure(code, "paid_in")["value"]) == pytest.approx(paid_in, abs=5e-7)


def test_state_owned_money_as_social_gives_the_other_answer(tiers: str) -> None:
    city = ask(tiers, "leverage", "--city", "--soe", "social")

    assert float(city.figure("LV04", "committed")["value"]) == pytest.approx(1.298701, abs=5e-7)
    assert float(city.figure("LV04", "paid_in")["value"]) == pytest.approx(1.162791, abs=5e-7)


def test_the_mother_multiplies_its_own_money(tiers: str) -> None:
    mother = ask(tiers, "leverage", "--fund", "M")

    assert float(mother.figure("LV01", "committed")["value"]) == pytest.approx(4.761905, abs=5e-7)
    assert float(mother.figure("LV01", "paid_in")["value"]) == pytest.approx(4.285714, abs=5e-7)


def test_the_first_level_share_of_a_fund_counts_its_own_investors_only(tiers: str) -> None:
    fund = ask(tiers, "leverage", "--fund", "A")

    assert fund.figure("LV05", "committed")["value"] == "0.5"
    assert float(fund.figure("LV05", "paid_in")["value"]) == pytest.approx(0.461538, abs=5e-7)


def test_every_figure_names_the_rows_that_it_rests_on(tiers: str) -> None:
    city = ask(tiers, "leverage", "--city", "--basis", "committed")

    assert len(city.figure("LV00a")["entries"]) == 21
    assert len(city.figure("LV00b")["entries"]) == 5
    assert all(name.startswith("commitment_movement:") for name in city.figure("LV04")["entries"])
    assert {figure["basis"] for figure in city.json["figures"]} == {"committed", "deployed_committed"}
