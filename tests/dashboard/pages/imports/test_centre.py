"""The import centre's pages: what they show to whom, what their buttons do, and which files they hand out."""

import base64
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from dashboard.auth.demo import COMMISSION
from dashboard.pages.imports.batch_panel import draw_batch, draw_refusal, undo_batch
from dashboard.pages.imports.batches import make_batches_table
from dashboard.pages.imports.centre_page import make_drafts_table, read_upload
from dashboard.pages.imports.draft_page import lay_out
from dashboard.pages.imports.draft_store import (
    MOST_BYTES,
    MOST_DRAFTS,
    TooLarge,
    forget,
    keep_file,
)
from dashboard.pages.imports.draft_tables import make_changes, make_controls, make_meetings, make_problems
from dashboard.pages.imports.files import make_file
from dashboard.pages.my_funds.my_funds_page import lay_out as lay_out_my_funds
from funds.errors import Conflict, NotFound, RulesBroken
from funds.intake.choices import Choice
from tests.browser.city import FUND_CODE
from tests.builders import commitment, record
from tests.dashboard.pages.drawn import text_of
from tests.dashboard.pages.imports.desk import Hand
from tests.dashboard.pages.imports.ledger import put_cells, write_faulty_ledger, write_ledger
from tests.dashboard.pages.six_ones_visits import as_sent, column
from tests.funds.intake.workbooks import make_workbook


@pytest.fixture
def faulty(manager: Hand) -> int:
    return manager.hand_in(write_faulty_ledger())


def opened(content: bytes) -> Any:
    return load_workbook(BytesIO(content))


def test_problems_are_listed_by_cell_and_chosen_by_sheet_and_severity(manager: Hand, faulty: int) -> None:
    table = make_problems(manager.desk(faulty))
    assert column(table, "cell")[:3] == ["G2", "B2", "E2"]
    assert "须改正 3 项" in table.title
    fatal = make_problems(manager.desk(faulty, "severity=fatal"))
    assert column(fatal, "severity") == ["须改正"] * 3
    assert column(make_problems(manager.desk(faulty, "of_sheet=轮次")), "cell") == ["E2"]
    assert make_problems(manager.desk(faulty, "of_sheet=没有")).rows == ()
    text = text_of(as_sent(lay_out(manager.context(f"/imports/{faulty}", id=str(faulty)))))
    assert "提交入账" not in text
    assert "五百万" in text


def test_the_diff_counts_each_sheet_and_shows_old_beside_new(manager: Hand) -> None:
    draft = manager.hand_in(write_ledger())
    table = make_changes(manager.desk(draft))
    at = column(table, "sheet").index("费用")
    assert [column(table, key)[at] for key in ("read", "new", "same", "alike", "rows")] == [
        "17",
        "15",
        "0",
        "2",
        "4–18",
    ]
    assert column(table, "amount")[0] == "—", "a sheet of firms holds no amounts"
    meetings = make_meetings(manager.desk(draft))
    assert column(meetings, "old") == ["34.474354", "29.065796"]
    assert column(meetings, "decision") == ["未定"] * 2
    manager.decide(draft, Choice.SKIP)
    assert column(make_meetings(manager.desk(draft)), "decision") == ["跳过"] * 2
    english = text_of(as_sent(lay_out(manager.context(f"/imports/{draft}", "", "en", id=str(draft)))))
    assert "46 new, 12 the same" in english
    assert "imports." not in english


def test_control_totals_of_the_cover_stand_beside_what_was_counted(manager: Hand) -> None:
    titles, line = ("工作表", "行数", "金额合计（万元）"), ("投资", 9, 1)
    cover: dict[tuple[str, str], object] = {
        ("填报说明", f"{letter}{row}"): value
        for row, values in ((10, titles), (11, line))
        for letter, value in zip("ABC", values, strict=True)
    }
    draft = manager.hand_in(put_cells(write_ledger(), cover))
    table = make_controls(manager.desk(draft))
    assert (column(table, "rows_counted"), column(table, "agrees")) == (["9"], ["不符"])


def test_nobody_sees_another_persons_workbook(manager: Hand, faulty: int) -> None:
    other = Hand(manager.book, COMMISSION.login)
    with pytest.raises(NotFound):
        other.desk(faulty)
    for kind in ("annotated", "original"):
        with pytest.raises(NotFound):
            make_file(other.visit, kind, faulty)
    with pytest.raises(NotFound):
        lay_out(manager.context("/imports/x", id="x"))
    with pytest.raises(Conflict):
        forget(manager.book, other.person, faulty)
    assert make_drafts_table(other.context()).rows == ()
    assert len(make_drafts_table(manager.context()).rows) == 1


def test_the_annotated_workbook_holds_the_problems_and_the_same_data(manager: Hand, faulty: int) -> None:
    name, content = make_file(manager.visit, "annotated", faulty)
    assert name == "台账（批注）.xlsx"
    told = opened(content)
    assert "五百万" in told["投资"]["G2"].comment.text
    assert len(list(told["问题清单"].iter_rows())) == 1 + len(make_problems(manager.desk(faulty)).rows)
    before = manager.find(faulty).outcome
    after = manager.find(manager.hand_in(content)).outcome
    assert before == after


def test_the_template_lists_ones_own_codes_and_says_nothing_of_other_funds(manager: Hand) -> None:
    _, content = make_file(manager.visit, "template", None)
    codes = {row[1] for row in opened(content)["代码表"].iter_rows(min_row=2, values_only=True)}
    assert FUND_CODE in codes
    assert {"P01", "P02"} <= codes
    assert not {"F01", "F04"} & codes
    assert manager.find(manager.hand_in(content)).outcome.problems[-1].code == "import.nothing"  # type: ignore[union-attr]
    whole = Hand(manager.book, COMMISSION.login)
    _, wide = make_file(whole.visit, "template", None)
    assert "F04" in {row[1] for row in opened(wide)["代码表"].iter_rows(min_row=2, values_only=True)}


@pytest.mark.parametrize(
    ("kind", "number"), [("template", 1), ("annotated", None), ("batch", 3), ("x", None)]
)
def test_a_file_that_there_is_not_is_not_handed_out(manager: Hand, kind: str, number: int | None) -> None:
    with pytest.raises(NotFound):
        make_file(manager.visit, kind, number)  # change 3 is the city's own workbook


def test_ones_own_batches_are_listed_with_the_file_and_the_way_back(manager: Hand) -> None:
    assert make_batches_table(manager.context()).rows == ()
    header = ("业务编号", "基金代码*", "类型*", "金额（万元）*", "日期*")
    content = make_workbook({"费用": [header, ("N1", FUND_CODE, "合伙费用", 1, date(2026, 9, 1))]})
    version = manager.record(manager.hand_in(content)).version
    assert version is not None
    table = make_batches_table(manager.context())
    assert [column(table, key) for key in ("batch", "rows_new", "fate")] == [[f"#{version}"], ["1"], ["有效"]]
    whole = make_batches_table(Hand(manager.book, COMMISSION.login).context())
    assert len(whole.rows) == 2, "the city sees its own and the manager's"
    assert make_file(manager.visit, "batch", version) == ("台账.xlsx", content)
    assert draw_batch(manager.context()) is None
    with pytest.raises(NotFound):
        draw_batch(manager.context(search="batch=3"))
    undo_batch(manager.context(search=f"batch={version}"), "导错")
    assert column(make_batches_table(manager.context()), "fate") == [f"已撤销（批次 #{version + 1}）"]
    assert "已撤销" in text_of(as_sent(draw_batch(manager.context(search=f"batch={version}"))))


def test_what_rests_on_a_batch_keeps_it_from_being_taken_back(small: Hand) -> None:
    version = small.record(
        small.hand_in(make_workbook({"机构": [("机构代码*", "名称*"), ("NEW", "新机构")]}))
    ).version
    record(small.book, commitment("F1", "NEW", 1))
    with pytest.raises(Conflict) as refused:
        undo_batch(small.context(search=f"batch={version}"), "导错")
    assert refused.value.code == "reversal.rested_upon"
    assert "commitment" in refused.value.params["rows"]
    context = small.context(search=f"batch={version}")
    told = text_of(as_sent(draw_refusal(context, refused.value)))
    assert f"第 {small.book.head().version} 版：认缴" in told
    with pytest.raises(RulesBroken) as broken:
        undo_batch(context, " ")
    assert "撤销原因" in text_of(as_sent(draw_refusal(context, broken.value)))


def test_an_upload_is_bytes_of_a_size_and_so_many_at_a_time(small: Hand) -> None:
    assert read_upload(f"data:x;base64,{base64.b64encode(b'abc').decode()}") == b"abc"
    with pytest.raises(TooLarge):
        read_upload("x" * (MOST_BYTES * 3 // 2))
    for bad in ("data:x;base64,%%%", "data:x;base64,a"):
        with pytest.raises(RulesBroken):
            read_upload(bad)
    with pytest.raises(TooLarge):
        keep_file(small.book, small.person, "x.xlsx", bytes(MOST_BYTES + 1))
    for number in range(MOST_DRAFTS):
        keep_file(small.book, small.person, f"{number}.xlsx", b"x")
    with pytest.raises(Conflict):
        keep_file(small.book, small.person, "more.xlsx", b"x")


def test_ones_own_funds_show_their_figures_and_what_waits(manager: Hand, faulty: int) -> None:
    drawn = as_sent(lay_out_my_funds(manager.context("/my-funds")))
    text = text_of(drawn)
    for words in ("示例生物医药成长子基金", "PF01", "PF09", "3 个问题须改正", "下载示例工作簿", "2026-Q3"):
        assert words in text
    whole = text_of(as_sent(lay_out_my_funds(Hand(manager.book, COMMISSION.login).context("/my-funds"))))
    assert "示例云岭园区生物医药基金" not in text
    assert "示例云岭园区生物医药基金" in whole, "more than a handful of funds are a list"
