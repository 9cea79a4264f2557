"""A file of any layout: what its columns become is proposed, corrected, remembered, and then imported like any other."""

import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from dashboard.auth.callbacks import BadValues
from dashboard.auth.demo import COMMISSION
from dashboard.forms.column_mapping import Use
from dashboard.pages.imports import mapping_store as store
from dashboard.pages.imports.batch_panel import undo_batch
from dashboard.pages.imports.draft_page import lay_out
from dashboard.pages.imports.draft_store import State
from dashboard.pages.imports.file_reading import open_directory
from dashboard.pages.imports.files import make_file
from dashboard.pages.imports.mapping_page import Fields, act_on
from dashboard.pages.imports.mapping_view import NEXT
from funds.errors import Conflict, NotFound
from funds.intake.choices import Choice
from funds.models import Entry, ImportLayout
from funds.models.visibility import visible
from tests.browser.city import FUND_CODE
from tests.dashboard.pages.drawn import text_of
from tests.dashboard.pages.imports.desk import Hand
from tests.dashboard.pages.imports.foreign_ledger import (
    ALIKE,
    FAULTS,
    NEW_FIRMS,
    RIGHT,
    SAME,
    put_in,
    write_faulty_foreign,
    write_foreign,
    write_long_foreign,
)
from tests.dashboard.pages.six_ones_visits import as_sent
from tests.funds.intake.workbooks import make_workbook

NOTHING = Fields({}, {}, {}, {}, {})
CSV = "示例台账\n被投企业,投资时间,金额(万元)\n=1+1,2021-01-05,约5\n".encode("gb18030")
TITLES = ("被投企业名称", "投资时间", "投资金额（万元）")


def press(hand: Hand, draft: int, name: str, at: str = "", fields: Fields = NOTHING) -> Any:
    problems = act_on(hand.desk(draft), fields, name, at)
    hand.work()
    return problems


def said_of(hand: Hand, draft: int) -> store.StoredMapping:
    return store.find_mapping(hand.book, hand.person, draft)


def drawn(hand: Hand, draft: int, language: str = "zh") -> str:
    return text_of(as_sent(lay_out(hand.context(f"/imports/{draft}", "", language, id=str(draft)))))


def entries(hand: Hand) -> int:
    with hand.book.look() as look:
        query = select(func.count()).select_from(Entry).where(visible(Entry, look.version))
        return int(look.connection.execute(query).scalar_one())


def test_a_foreign_ledger_goes_in_and_out_again(manager: Hand) -> None:
    draft, before = manager.hand_in(write_foreign()), entries(manager)
    assert manager.find(draft).state is State.MAPPING
    shown = drawn(manager, draft)
    for words in ("项目台账!A3 起，9 行", "单位：万元", "来自表格上方的标题或工作表名", "下一步"):
        assert words in shown
    assert "import_mapping." not in drawn(manager, draft, "en")
    assert press(manager, draft, NEXT) == []
    outcome = manager.find(draft).outcome
    assert outcome is not None
    assert (outcome.new, outcome.same, outcome.count("twin.alike")) == (2 * NEW_FIRMS, SAME, ALIKE)
    assert [one.origin for one in outcome.meetings] == ["项目台账!8→投资", "项目台账!9→投资"]
    # Both payments together would overdraw the fund; as long as they may be skipped that is a warning.
    assert outcome.grave == 0
    assert "cash.negative" in {one.code for one in outcome.problems}
    manager.decide(draft, Choice.BOTH)
    refused = manager.record(draft)
    assert refused.outcome is not None
    assert (refused.state, refused.outcome.notice) == (State.CHECKED, "imports.decisions_refused")
    assert [one.code for one in refused.outcome.problems if one.severity == "fatal"] == ["cash.negative"]
    manager.decide(draft, Choice.SKIP)
    press_again(manager, draft)
    version = manager.record(draft).version
    assert entries(manager) > before
    undo_batch(manager.context(search=f"batch={version}"), "导错")
    assert entries(manager) == before


def press_again(hand: Hand, draft: int) -> None:
    hand.look_again(draft)


def test_problems_stand_at_the_files_own_cells_and_the_copy_comes_back_right(manager: Hand) -> None:
    draft = manager.hand_in(write_faulty_foreign())
    press(manager, draft, NEXT)
    outcome = manager.find(draft).outcome
    assert outcome is not None
    assert sorted(one.where for one in outcome.problems if one.severity == "fatal") == sorted(
        f"项目台账!{cell}" for cell in FAULTS
    )
    _, content = make_file(manager.visit, "annotated", draft)
    assert "约五百万元" in load_workbook(BytesIO(content))["项目台账"]["D10"].comment.text
    again = manager.hand_in(put_in(content, RIGHT))
    assert "上次这样对应" in drawn(manager, again)
    press(manager, again, NEXT)
    outcome = manager.find(again).outcome
    assert outcome is not None
    assert [one for one in outcome.problems if one.severity == "fatal"] == []
    assert (outcome.grave, outcome.new) == (0, 2 * NEW_FIRMS)


def test_what_was_said_of_a_layout_is_remembered_for_its_author_but_not_the_fund_above(manager: Hand) -> None:
    draft = manager.hand_in(write_foreign())
    place = "0|投资|决策日"
    press(manager, draft, "more", "0|投资", Fields({}, {}, {}, {}, {"0|投资": "决策日"}))
    press(manager, draft, NEXT, "", Fields({place: "2"}, {}, {"0": "take"}, {}, {}))
    mapping = said_of(manager, manager.hand_in(write_foreign())).said.mappings[0]
    feeds = {part.sheet: part.feeds for part in mapping.parts}
    assert feeds["投资"]["决策日"].column == 2
    assert mapping.why["投资.决策日"] == "import_mapping.why_last"
    assert mapping.why["投资.基金代码"] == "foreign.why_heading", "the words above this very table"
    whole = Hand(manager.book, COMMISSION.login)
    other = said_of(whole, whole.hand_in(write_foreign())).said.mappings[0]
    assert "决策日" not in {title for part in other.parts for title in part.feeds}
    with manager.book.look() as look:
        assert look.connection.execute(select(func.count()).select_from(ImportLayout)).scalar_one() == 1


def test_a_required_column_without_a_feed_and_one_with_two_keep_it_from_going_on(small: Hand) -> None:
    draft = small.hand_in(
        make_workbook({"明细": [TITLES, ("甲公司", "2021-01-05", 5), ("乙公司", "2021-02-05", 6)]})
    )
    found = press(small, draft, NEXT)
    assert [one.code for one in found] == ["import_mapping.missing"]
    assert found[0].where == "form:0|投资|基金代码"
    fields = Fields({"0|投资|金额": "2"}, {"0|投资|基金代码": "F1", "0|投资|金额": "5"}, {}, {}, {})
    assert [one.code for one in press(small, draft, NEXT, "", fields)] == ["import_mapping.both"]
    left = Fields({}, {}, {"0": "leave"}, {}, {})
    assert [one.code for one in press(small, draft, NEXT, "", left)] == ["import_mapping.nothing_taken"]
    assert small.find(draft).state is State.MAPPING
    fields = Fields({"0|投资|金额": "2"}, {"0|投资|金额": ""}, {"0": "take"}, {}, {})
    assert press(small, draft, NEXT, "", fields) == []
    assert small.find(draft).state is State.CHECKED
    with pytest.raises(Conflict):
        press(small, draft, NEXT)
    store.reopen(small.book, draft)
    assert said_of(small, draft).said.mappings[0].why["投资.基金代码"] == "import_mapping.why_yours"


def test_sheets_are_added_and_taken_away(small: Hand) -> None:
    draft = small.hand_in(make_workbook({"明细": [TITLES, ("甲公司", "2021-01-05", 5)]}))
    press(small, draft, "part", "0", Fields({}, {}, {}, {"0": "估值"}, {}))
    press(small, draft, "drop", "0|企业名录")
    said = said_of(small, draft).said
    assert [part.sheet for part in said.mappings[0].parts] == ["投资", "估值"]
    assert said.uses == (Use.TAKE,)


@pytest.mark.parametrize(
    ("name", "at", "fields"),
    [
        ("dance", "0|投资", NOTHING),
        ("more", "0|没有", NOTHING),
        ("part", "9", NOTHING),
        (NEXT, "", Fields({"0|投资": "1"}, {}, {}, {}, {})),
        (NEXT, "", Fields({"7|投资|金额": "1"}, {}, {}, {}, {})),
        (NEXT, "", Fields({}, {}, {"0": "dance"}, {}, {})),
    ],
)
def test_what_no_form_sends_is_refused(small: Hand, name: str, at: str, fields: Fields) -> None:
    draft = small.hand_in(make_workbook({"明细": [TITLES, ("甲公司", "2021-01-05", 5)]}))
    before = said_of(small, draft)
    with pytest.raises(BadValues):
        press(small, draft, name, at, fields)
    assert said_of(small, draft) == before


def test_another_persons_mapping_and_other_funds_names_are_unknown(manager: Hand) -> None:
    draft = manager.hand_in(write_foreign())
    with pytest.raises(NotFound):
        said_of(Hand(manager.book, COMMISSION.login), draft)
    own, whole = (open_directory(manager.book, login) for login in (manager.login, COMMISSION.login))
    assert {code for code in own.headings().values() if code.startswith("fund:")} == {f"fund:{FUND_CODE}"}
    assert len(whole.headings()) > len(own.headings())


def test_notes_on_a_text_file_come_back_in_a_workbook_of_the_same_cells(small: Hand) -> None:
    draft = small.hand_in(CSV, "台账.csv")
    press(small, draft, NEXT, "", Fields({}, {"0|投资|基金代码": "F1"}, {}, {}, {}))
    _, content = make_file(small.visit, "annotated", draft)
    sheet = load_workbook(BytesIO(content))["CSV"]
    assert (sheet["A3"].value, sheet["A3"].data_type) == ("=1+1", "s")
    assert sheet["C3"].comment is not None
    assert said_of(small, small.hand_in(content)).tables[0].rows == 1


def test_a_long_file_comes_to_its_preview(manager: Hand, counts: Callable[[int, int], int]) -> None:
    rows = counts(300, 5_000)
    content, begun = write_long_foreign(rows), time.monotonic()
    draft = manager.hand_in(content)
    press(manager, draft, NEXT)
    found = manager.find(draft)
    assert found.outcome is not None
    assert (found.outcome.grave, found.outcome.new) == (0, rows + rows // 10)
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("x.csv", "没有,表头\n的,文件\n".encode(), "foreign.no_table"),
        ("x.csv", "基金代码,金额\n".encode(), "foreign.no_rows"),
        ("x.xls", b"<html><table></table></html>", "import.html"),
    ],
)
def test_a_file_in_which_nothing_is_found_says_so_at_once(
    small: Hand, name: str, content: bytes, code: str
) -> None:
    draft = small.find(small.hand_in(content, name))
    assert draft.state is State.CHECKED
    assert draft.outcome is not None
    assert draft.outcome.problems[-1].code == code
    assert not draft.is_ready
