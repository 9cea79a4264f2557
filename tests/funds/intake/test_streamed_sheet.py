"""Rows written while the file is written hold what they were given: texts as texts, amounts to the fen."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from funds.drafts import ContributionDraft
from funds.intake import read_workbook, write_workbook

AS_OF = date(2026, 9, 30)
ODD_CODES = ("=1+1", "+A1", "-2", "@x", "a&b<c>", "_x0041_", "\t甲", '"引"', "1001", "007")
AMOUNTS = (1, 99, 10**13 + 1, 123_456_789_012_345, 10**15 - 1, 10**15, 100_000_000, 30_000_000_001)


def _drafts() -> list[ContributionDraft]:
    return [
        ContributionDraft(
            business_no=f"B{place}",
            fund=ODD_CODES[place % len(ODD_CODES)],
            investor="LP1",
            amount_fen=amount,
            received_on=date(2021, 1, 1),
            notice_no=ODD_CODES[-1 - place] if place % 2 else None,
        )
        for place, amount in enumerate((*AMOUNTS, *AMOUNTS))
        if place < len(ODD_CODES)
    ]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("streamed") / "out.xlsx"
    write_workbook(path, {ContributionDraft: _drafts()}, "示例市", "甲", AS_OF)
    return path


def test_texts_stand_as_texts_whatever_sign_they_begin_with(written: Path) -> None:
    sheet = load_workbook(BytesIO(written.read_bytes()))["实缴"]
    cells = [sheet.cell(row, 2) for row in range(2, len(_drafts()) + 2)]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    (read,) = read_workbook(written).sheets
    assert [draft.fund for draft in read.drafts] == [draft.fund.strip() for draft in _drafts()]  # type: ignore[attr-defined]


def test_amounts_and_days_come_back_exactly(written: Path) -> None:
    reading = read_workbook(written)
    (sheet,) = reading.sheets
    assert [one.amount_fen for one in sheet.drafts] == [one.amount_fen for one in _drafts()]  # type: ignore[attr-defined]
    assert {one.received_on for one in sheet.drafts} == {date(2021, 1, 1)}  # type: ignore[attr-defined]
    assert reading.is_sound


def test_a_sheet_without_rows_is_written_too(tmp_path: Path) -> None:
    path = tmp_path / "none.xlsx"
    write_workbook(path, {ContributionDraft: []}, "示例市", "甲", AS_OF)
    assert load_workbook(path).sheetnames == ["填报说明"]
