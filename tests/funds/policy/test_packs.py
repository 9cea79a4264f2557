"""Policy packs say what the papers say, each row dated, sourced and marked as checked or not."""

from collections import Counter
from datetime import date

import pytest

from funds.drafts import Place, PolicyDraft
from funds.kinds import Confirmation
from funds.policy import load_policies
from funds.policy.packs import PACKS, read_pack, read_row

CONFIRMED = Confirmation.CONFIRMED
SEEN_IN_SECOND_HAND_ONLY = ("ndrc.", "R01.", "R02.", "LV12.", "fund_cluster.")
ROW = {
    "pack": "p",
    "code": "C",
    "name": "名",
    "from": date(2022, 5, 13),
    "document": "文",
    "confirmation": "unchecked",
}


def row_in_force(pack: str, code: str, on: date) -> PolicyDraft:
    """What an independent reader would find: the newest row of the pack and code on or before a day."""
    rows = [r for r in load_policies() if (r.pack, r.code) == (pack, code) and r.from_date <= on]
    return max(rows, key=lambda row: row.from_date)


@pytest.mark.parametrize(
    ("code", "on", "value", "unit"),
    [
        ("S01", date(2022, 6, 1), 16, "个"),
        ("S02", date(2022, 6, 1), 60, "%"),
        ("S02", date(2025, 6, 1), 60, "%"),
        ("S02.due", date(2022, 6, 1), 2025, "年"),
        ("S03", date(2022, 6, 1), 6, "个"),
        ("S05", date(2022, 11, 15), 50, "亿元"),
        ("S05", date(2022, 11, 16), 20, "亿元"),
        ("S08", date(2022, 6, 1), 100, "%"),
        ("S09", date(2022, 6, 1), 30, "%"),
        ("S12", date(2022, 6, 1), 9000, "家"),
        ("S13", date(2022, 6, 1), 15000, "家"),
        ("S14", date(2022, 6, 1), 30, "个"),
        ("S15", date(2022, 6, 1), 300, "家"),
        ("S17", date(2022, 6, 1), 1, "个"),
        ("S17.due", date(2022, 6, 1), 2023, "年"),
        ("S04", date(2022, 11, 16), 3, "个"),
        ("cluster.trillion", date(2022, 11, 16), 2, "个"),
        ("fund_family.target_size", date(2022, 6, 1), 1000, "亿元"),
        ("park.leading_industries.max", date(2023, 1, 1), 3, "个"),
    ],
)
def test_the_city_pack_holds_the_figures_of_the_plan(code: str, on: date, value: int, unit: str) -> None:
    row = row_in_force("hangzhou-2022", code, on)
    assert (row.value_e6, row.unit, row.confirmation) == (value * 10**6, unit, CONFIRMED)


def test_a_cluster_target_without_a_number_in_the_draft_stays_words() -> None:
    row = row_in_force("hangzhou-2022", "S04", date(2022, 5, 13))
    assert row.value_e6 is None
    assert row.words


def test_every_scorecard_line_has_a_row_from_the_draft_on() -> None:
    codes = {row.code for row in load_policies() if row.from_date == date(2022, 5, 13)}
    assert {f"S{number:02d}" for number in range(1, 21)} <= codes


def test_the_leverage_definition_is_not_chosen_by_the_program() -> None:
    for code in ("leverage.official_definition", "leverage.official_basis", "leverage.official_soe"):
        row = row_in_force("tracker", code, date(2026, 9, 30))
        assert (row.words, row.value_e6, row.confirmation) == ("待定", None, Confirmation.UNCHECKED)


def test_staleness_and_later_rounds_are_parameters() -> None:
    on = date(2026, 9, 30)
    assert row_in_force("tracker", "nav.stale_quarters", on).value_e6 == 1_000_000
    assert row_in_force("tracker", "nav.stale_days", on).value_e6 == 45_000_000
    assert row_in_force("tracker", "LV10.later_round_months", on).value_e6 == 36_000_000


def test_the_bands_of_social_share_are_marked_unchecked() -> None:
    bands = [
        row_in_force("national", f"ndrc.LV05.points_{points}", date(2026, 1, 1)) for points in range(1, 6)
    ]
    assert [row.value_e6 for row in bands] == [share * 10**6 for share in (10, 20, 30, 40, 50)]
    assert {row.confirmation for row in bands} == {Confirmation.UNCHECKED}


def test_nothing_seen_in_second_hand_only_counts_as_confirmed() -> None:
    rows = [row for row in load_policies() if row.code.startswith(SEEN_IN_SECOND_HAND_ONLY)]
    assert len(rows) > 20
    assert {row.confirmation for row in rows} == {Confirmation.UNCHECKED}


def test_no_reference_line_for_alignment_is_shipped() -> None:
    assert not [row for row in load_policies() if "参考线" in row.name]


def test_rows_are_told_apart_by_pack_code_and_date() -> None:
    keys = Counter((row.pack, row.code, row.from_date) for row in load_policies())
    assert max(keys.values()) == 1


def test_each_row_names_its_pack_file_and_place() -> None:
    origins = [row.place.origin for row in load_policies()]
    assert len(set(origins)) == len(origins)
    assert {str(origin).split("!")[0] for origin in origins} == set(PACKS)
    assert origins[0] == "hangzhou_2022_draft.toml!1"


def test_a_row_takes_document_date_and_confirmation_from_its_pack() -> None:
    [row] = read_pack("x.toml", {**ROW, "row": [{"code": "C", "name": "名", "value": "0.5"}]})
    assert (row.value_e6, row.document, row.from_date) == (500_000, "文", date(2022, 5, 13))


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"value": "1", "words": "一"},
        {"value": "0.0000001"},
        {"value": "六成"},
        {"value": "1", "from": "2022"},
    ],
)
def test_a_faulty_row_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_row(Place("x.toml", 1), {**ROW, **change})
