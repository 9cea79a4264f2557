"""A workbook comes back with its problems at their cells, and otherwise as it was sent."""

import subprocess
import sys
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from funds.intake import read_content
from funds.intake.annotating import AUTHOR, write_notes
from funds.intake.annotation import NotAnnotated, Note, annotate_workbook
from funds.intake.our_sheets import PROBLEM_SHEET
from tests.funds.intake.workbooks import investments, make_workbook

WORDS = {
    "number": "序号",
    "severity": "级别",
    "sheet": "工作表",
    "cell": "单元格",
    "problem": "问题",
    "fatal": "须改正",
    "warning": "请留意",
}
ROWS = (
    ("N1", "F1", "C1", "2024-03-01", 12345678.123456, 12.5),
    ("N2", "F1", "=C2", "2024-03-02", "一百", None),
)
FAULT = {"where": "投资!E3", "severity": "fatal", "text": "=cmd|' /C calc'!A0"}
DOUBT = {"where": "投资!E3", "severity": "warning", "text": "请核对"}


def workbook() -> bytes:
    return make_workbook({**investments(*ROWS), "别的": [["a", 1.5, True]]})


def opened(content: bytes) -> Any:
    return load_workbook(BytesIO(content))


def test_every_value_is_the_same_afterwards() -> None:
    before = workbook()
    after = write_notes(before, [FAULT, DOUBT], WORDS)
    one, other = opened(before), opened(after)
    for sheet in one.worksheets:
        told = [[cell.value for cell in row] for row in other[sheet.title].iter_rows()]
        assert told == [[cell.value for cell in row] for row in sheet.iter_rows()]
    before_drafts, after_drafts = (
        [sheet.drafts for sheet in read_content("x.xlsx", content).sheets] for content in (before, after)
    )
    assert before_drafts == after_drafts
    assert all("问题清单" not in str(one.params) for one in read_content("x.xlsx", after).problems)


def test_problems_stand_at_their_cell_and_in_a_list_with_a_way_there() -> None:
    told = opened(write_notes(workbook(), [FAULT, DOUBT, {**DOUBT, "where": ""}], WORDS))
    cell = told["投资"]["E3"]
    assert cell.comment.text.splitlines() == [FAULT["text"], DOUBT["text"]]
    assert cell.fill.start_color.rgb.endswith("FBD5D5")
    sheet = told[PROBLEM_SHEET]
    assert told.sheetnames[0] == PROBLEM_SHEET
    assert [cell.value for cell in sheet[2]] == ["1", "须改正", "投资", "E3", FAULT["text"]]
    assert sheet["D2"].hyperlink.location == "'投资'!E3"
    assert sheet["D4"].hyperlink is None, "a problem of the whole file has no cell"


def test_nothing_that_is_said_becomes_a_formula() -> None:
    told = opened(write_notes(workbook(), [FAULT], WORDS))
    assert told[PROBLEM_SHEET]["E2"].data_type == "s"
    assert [cell.data_type for cell in told[PROBLEM_SHEET][2]] == ["s"] * 5


def test_notes_of_an_earlier_copy_are_gone_and_somebody_elses_stay() -> None:
    once = opened(write_notes(workbook(), [FAULT], WORDS))
    once["投资"]["B2"].comment = Comment("自己的批注", "财务")
    stream = BytesIO()
    once.save(stream)
    twice = opened(write_notes(stream.getvalue(), [{**DOUBT, "where": "投资!B2"}], WORDS))
    assert twice["投资"]["E3"].comment is None
    assert twice["投资"]["E3"].fill.fill_type is None
    assert twice["投资"]["B2"].comment.text.splitlines() == ["自己的批注", "请核对"]
    assert twice.sheetnames.count(PROBLEM_SHEET) == 1


@pytest.mark.parametrize("where", ["", "没有的表!A1", "投资!A0", "投资#3"])
def test_a_problem_without_a_cell_is_only_listed(where: str) -> None:
    told = opened(write_notes(workbook(), [{**DOUBT, "where": where}], WORDS))
    assert told[PROBLEM_SHEET]["D2"].hyperlink is None
    assert all(cell.comment is None for row in told["投资"].iter_rows() for cell in row)


def test_the_child_writes_the_copy() -> None:
    told = opened(annotate_workbook(workbook(), [Note("投资!E3", "fatal", "不是数字")], WORDS))
    assert told["投资"]["E3"].comment.author == AUTHOR


def test_what_is_no_workbook_or_takes_too_long_comes_back_as_a_refusal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(NotAnnotated):
        annotate_workbook(b"<html></html>", [], WORDS)

    def late(*_given: object, **_more: object) -> None:
        raise subprocess.TimeoutExpired(sys.executable, 1)

    monkeypatch.setattr(subprocess, "run", late)
    with pytest.raises(NotAnnotated):
        annotate_workbook(workbook(), [], WORDS)
