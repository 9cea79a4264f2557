"""What is written as a workbook is read back as the same drafts, to the last fen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funds.drafts import Draft, FundDraft, InvestmentDraft, MembershipDraft, NavDraft, Place
from funds.intake import WorkbookReading, read_workbook, write_workbook
from funds.intake.columns import Sheet
from funds.intake.sheet_reading import SheetShape, read_sheet
from funds.intake.sheets import SHEETS
from funds.intake.writing import cell_of
from funds.kinds import VehicleType
from funds.money import MOST_FEN
from funds.problems import Severity
from tests.faults.kinds import Kind, fault
from tests.funds.intake.drafting import drafts_of

AS_OF = date(2025, 12, 31)
FUND = FundDraft(
    code="F1",
    name="=1+1",
    vehicle_type=VehicleType.SUB_FUND,
    established=date(2021, 3, 1),
    fields=("SW", "XC"),
)


def _bare(drafts: Sequence[Draft]) -> list[Draft]:
    return [replace(draft, place=Place()) for draft in drafts]


def _write(path: Path, drafts: Mapping[type[Draft], Sequence[Draft]], **options: bool) -> WorkbookReading:
    write_workbook(path / "a.xlsx", drafts, "示例市", "某某公司", AS_OF, **options)
    return read_workbook(path / "a.xlsx")


# A whole workbook takes half a second: a tenth as many as of everything else.
@settings(max_examples=settings().max_examples // 10)
@given(data=st.data())
def test_every_sheet_is_read_back_as_it_was_written(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    written = {
        sheet.draft_type: data.draw(st.lists(drafts_of(sheet), min_size=1, max_size=3)) for sheet in SHEETS
    }
    reading = _write(tmp_path_factory.mktemp("round"), written)
    assert [problem for problem in reading.problems if problem.severity is Severity.FATAL] == []
    read = {sheet.draft_type: _bare(sheet.drafts) for sheet in reading.sheets}
    assert read == {kind: list(drafts) for kind, drafts in written.items() if drafts}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
@given(data=st.data())
def test_the_cells_of_a_draft_are_read_as_that_draft(sheet: Sheet, data: st.DataObject) -> None:
    draft = data.draw(drafts_of(sheet))
    cells = [cell_of(draft, column) for column in sheet.columns]
    sent = [
        "" if cell is None else f"\0date:{cell}" if isinstance(cell, date) else str(cell) for cell in cells
    ]
    reading = read_sheet(sheet, SheetShape(), [[column.heading for column in sheet.columns], sent])
    assert _bare(reading.drafts) == [draft]


def test_the_cover_says_who_and_when_and_the_controls_agree(tmp_path: Path) -> None:
    reading = _write(tmp_path, {FundDraft: [FUND, replace(FUND, code="F2", target_size_fen=123)]})
    assert (reading.city, reading.filer, reading.as_of) == ("示例市", "某某公司", AS_OF)
    (control,) = reading.controls
    assert (control.title, control.rows, control.sum_fen) == ("基金", 2, 123)
    assert reading.problems == ()


def test_controls_may_be_left_out(tmp_path: Path) -> None:
    assert _write(tmp_path, {FundDraft: [FUND]}, with_controls=False).controls == ()


def test_a_sheet_without_drafts_is_not_written(tmp_path: Path) -> None:
    reading = _write(tmp_path, {InvestmentDraft: [], FundDraft: [FUND]})
    assert [sheet.title for sheet in reading.sheets] == ["基金"]


def test_a_name_that_looks_like_a_formula_stays_a_name(tmp_path: Path) -> None:
    reading = _write(tmp_path, {FundDraft: [FUND]})
    assert _bare(reading.sheets[0].drafts) == [FUND]


@fault("Z7", Kind.GREAT_SUMS)
@pytest.mark.parametrize("fen", [1, -1, MOST_FEN, MOST_FEN - 1, 123_456_789_012_345, 100_000_000_000_001])
def test_an_amount_of_any_size_survives_to_the_fen(tmp_path: Path, fen: int) -> None:
    nav = NavDraft(fund="F1", valued_on=AS_OF, nav_fen=fen)
    assert _bare(_write(tmp_path, {NavDraft: [nav]}).sheets[0].drafts) == [nav]


def test_the_same_drafts_make_the_same_bytes(tmp_path: Path) -> None:
    first, second = (_write(tmp_path, {FundDraft: [FUND]}).sha256 for _ in range(2))
    assert first == second


def test_a_draft_without_a_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="MembershipDraft"):
        _write(tmp_path, {MembershipDraft: []})
