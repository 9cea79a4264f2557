"""AL08 and AL09 counted by hand, from one workbook to reports, on both engines; the city is in `goldens_chains`."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.dashboard.cli.goldens import WAN
from tests.dashboard.cli.goldens_chains import two_chains
from tests.dashboard.cli.terminal import run
from tests.dashboard.cli.test_goldens import book_with
from tests.engines import ENGINES, Databases

NOW, BEFORE, NODES = ("AL08", "leaders"), ("AL08", "leaders_before"), ("AL09", "segments")
# What is asked, once for each engine.
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "PA": ("alignment", "--park", "PA", "--as-of", "2025-12-31"),
    "PA in 2024": ("alignment", "--park", "PA", "--as-of", "2024-12-31"),
    "PA in 2023": ("alignment", "--park", "PA", "--as-of", "2023-12-31"),
    "PA under the draft": ("alignment", "--park", "PA", "--as-of", "2022-06-30"),
    "PB": ("alignment", "--park", "PB", "--as-of", "2025-12-31"),
    "PB in 2024": ("alignment", "--park", "PB", "--as-of", "2024-12-31"),
    "FA": ("alignment", "--fund", "FA", "--as-of", "2025-12-31"),
    "FS": ("alignment", "--fund", "FS", "--as-of", "2025-12-31"),
    "FI": ("alignment", "--fund", "FI", "--as-of", "2025-12-31"),
    "M": ("alignment", "--fund", "M", "--as-of", "2025-12-31"),
    "GP": ("alignment", "--manager", "GP", "--as-of", "2025-12-31"),
    "city": ("alignment", "--city", "--as-of", "2025-12-31"),
    "XA": ("industry", "--industry", "XA", "--as-of", "2025-12-31"),
    "the list": ("industry", "--city", "--as-of", "2025-12-31"),
    "park report": ("park", "--park", "PA", "--as-of", "2025-12-31"),
}
# Question, figure, how many, of how many.
BY_HAND: tuple[tuple[str, tuple[str, str], int, int], ...] = (
    # 20 亿: L1, L2 and L3 (recognised); held are L2, L3 through S3, and L1 through H and S4. 50 亿: L1 and L3.
    ("PA", NOW, 3, 3),
    ("PA", BEFORE, 2, 2),
    # XB still led, and with it E1; S4 was not yet bought.
    ("PA in 2024", NOW, 2, 4),
    ("PA in 2024", BEFORE, 1, 3),
    # Only the draft's 50 亿: L1, L3 and E1; S3 not yet bought.
    ("PA under the draft", NOW, 0, 3),
    # L5 (25 亿) counts by 20 亿 only; written off it still counts, liquidated no more.
    ("PB in 2024", NOW, 2, 2),
    ("PB", NOW, 1, 2),
    ("PB", BEFORE, 1, 1),
    ("FA", NOW, 3, 3),
    # The leaders of both parks that set it up; it holds L6.
    ("FS", NOW, 1, 5),
    ("FI", NOW, 0, 3),
    # The mother holds no firm itself; the city's leaders are L1, L2, L3, L5, L6 and E1.
    ("M", NOW, 0, 6),
    ("city", NOW, 4, 6),
    ("city", BEFORE, 3, 4),
    ("GP", NOW, 4, 5),
    # In XA and below it, wherever they lie: L1, L2, L3 and L6.
    ("XA", NOW, 4, 4),
    ("XA", BEFORE, 3, 3),
    # A1 by L6's second tag, A2X by K and with it A2; A3 was sold.
    ("PA", NODES, 3, 5),
    # A1, A2, B2, and A3, of which half was sold; XB still led.
    ("PA in 2023", NODES, 4, 7),
    ("PA under the draft", NODES, 2, 7),
    ("PB in 2024", NODES, 2, 2),
    ("PB", NODES, 1, 2),
    ("FA", NODES, 2, 5),
    ("FS", NODES, 2, 7),
    ("FI", NODES, 0, 5),
    ("city", NODES, 4, 7),
    ("XA", NODES, 3, 5),
)
Told = dict[str, dict[str, Any]]


@pytest.fixture(params=ENGINES, scope="module")
def told(request: pytest.FixtureRequest) -> Iterator[Told]:
    """Every answer, on each engine in turn."""
    databases: Databases = request.getfixturevalue("sqlite" if request.param == "sqlite" else "postgres")
    book = book_with(databases, two_chains(), "two chains")
    found = {}
    for name, words in QUESTIONS.items():
        answer = run("report", *words, "--format", "json", "--book", book)
        assert answer.code == 0, answer.err
        found[name] = answer.json
    yield found
    databases.drop_made()


def figure_of(told: Told, name: str, code: str, basis: str) -> dict[str, Any]:
    (found,) = [one for one in told[name]["figures"] if (one["code"], one["basis"]) == (code, basis)]
    return dict(found)


def rows_of(told: Told, name: str, table: str) -> list[dict[str, Any]]:
    return [row for row in told[name]["rows"] if row.get("table") == table]


def test_every_case_is_what_the_hand_counts(told: Told) -> None:
    wrong = []
    for name, figure, count, whole in BY_HAND:
        found = figure_of(told, name, *figure)
        if (found["numerator"], found["denominator"]) != (count, whole):
            wrong.append(f"{name} {figure}: {found['numerator']}/{found['denominator']}, not {count}/{whole}")
    assert wrong == []


def test_before_the_second_version_there_is_no_earlier_threshold(told: Told) -> None:
    found = figure_of(told, "PA under the draft", *BEFORE)
    assert (found["value"], found["reason"]) == (None, "chains.no_earlier_threshold")


def test_a_figure_names_the_rows_behind_it(told: Told) -> None:
    tables = {entry.partition(":")[0] for entry in figure_of(told, "PA", *NOW)["entries"]}
    assert tables == {"company", "company_figure", "entry", "party_ownership", "policy"}
    tables = {entry.partition(":")[0] for entry in figure_of(told, "PA", *NODES)["entries"]}
    assert tables == {"company_tag", "entry", "segment"}


def test_cost_by_segment_is_cut_to_the_park_and_by_the_weights_of_tags(told: Told) -> None:
    """FS's 200 in L6 belong to PA by 60 %, and of that 40 % to A1."""
    nodes = {row["segment"]: row for row in rows_of(told, "park report", "chain_node")}
    costs = {code: row["cost"] for code, row in nodes.items()}
    assert costs == {"A1": 48 * WAN, "A2": 180 * WAN, "A2X": 80 * WAN, "A3": 0, "D1": 0}
    assert {code for code, row in nodes.items() if row["is_gap"]} == {"A3", "D1"}
    assert (nodes["D1"]["leaders"], nodes["D1"]["leaders_covered"]) == (1, 1)
    assert nodes["A2X"]["parent"] == "A2"


def test_the_lines_of_a_chain_lead_into_its_sub_industry(told: Told) -> None:
    edges = [
        (row["source_segment"], row["target_segment"]) for row in rows_of(told, "park report", "chain_edge")
    ]
    assert edges == [("A1", "A2"), ("A2", "D1")]


def test_an_industry_shows_who_leads_what_serves_it_and_whose_money(told: Told) -> None:
    parks = rows_of(told, "XA", "industry_park")
    assert [(row["park"], row["cost"], row["share"]) for row in parks] == [
        ("PA", 180 * WAN, "0.428571428571")
    ]
    funds = {row["fund"]: (row["firms"], row["cost"]) for row in rows_of(told, "XA", "industry_fund")}
    assert funds == {"FA": (2, 180 * WAN)}, "by its main tag L6 is in XB"
    assert sum(row["cost"] for row in rows_of(told, "XA", "industry_money")) == 180 * WAN
    listed = {row["code"]: (row["depth"], row["parks"], row["cost"]) for row in told["the list"]["rows"]}
    assert listed["XA"] == (0, ["PA"], 180 * WAN)
    assert listed["XB"] == (0, ["PB"], 200 * WAN)
    assert listed["XAD"] == (1, [], 0)
