"""The worked examples, from a workbook to a report, on both engines."""

from datetime import date
from pathlib import Path

import pytest

from funds.intake import write_workbook
from tests.dashboard.cli.goldens import YI, Drafts, one_fund, two_tiers
from tests.dashboard.cli.terminal import Answer, run

AS_OF = "2025-12-31"


def book_with(url: str, drafts: Drafts, folder: Path) -> str:
    """A new book into which the drafts came as a workbook."""
    path = folder / "golden.xlsx"
    write_workbook(path, drafts, "示例市", "示例填报人", date(2025, 12, 31))
    assert run("init", "--book", url).code == 0
    answer = run("import", path, "--book", url)
    assert answer.code == 0, answer.err
    return url


def ask(book: str, *words: object) -> Answer:
    """A report as JSON."""
    answer = run("report", *words, "--as-of", AS_OF, "--format", "json", "--book", book)
    assert answer.code == 0, answer.err
    return answer


@pytest.fixture
def fund_a(engine_url: str, tmp_path: Path) -> str:
    return book_with(engine_url, one_fund(), tmp_path)


@pytest.fixture
def tiers(engine_url: str, tmp_path: Path) -> str:
    return book_with(engine_url, two_tiers(), tmp_path)


def test_one_fund_has_the_rate_and_multiples_of_the_worked_example(fund_a: str) -> None:
    answer = ask(fund_a, "performance", "--fund", "A")

    assert float(answer.figure("PF09")["value"]) == pytest.approx(0.0786713, abs=5e-8)
    assert float(answer.figure("PF06")["value"]) == pytest.approx(0.510870, abs=5e-7)
    assert float(answer.figure("PF07")["value"]) == pytest.approx(0.775, abs=5e-7)
    assert float(answer.figure("PF08")["value"]) == pytest.approx(1.285870, abs=5e-7)
    assert answer.figure("PF05")["value"] == "0.92"
    assert answer.json["rows"][0]["net_status"] == "ok"
    assert answer.json["rows"][0]["net_roots"] == [answer.figure("PF09")["value"]]


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
    assert {figure["basis"] for figure in city.json["figures"]} == {"committed"}
