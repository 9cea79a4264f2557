"""The page of a quarter: who has filed and what is locked, each act by its verb, and only what one may do."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.auth.callbacks import BadValues
from dashboard.forms.quarter_forms import LATE_KINDS, read_control_total, read_late_form
from dashboard.pages.city.quarter_line import draw_quarter_line
from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.quarters.fund_card import list_acts
from dashboard.pages.quarters.quarters_acts import (
    ALL_OF_THEM,
    carry_out,
    file_total,
    propose_late,
    read_trigger,
)
from dashboard.pages.quarters.quarters_desk import QuartersDesk, open_desk
from dashboard.pages.quarters.quarters_page import lay_out
from dashboard.pages.quarters.quarters_tables import make_checks_table, make_funds_table, make_parks_table
from dashboard.pages.quarters.restatement_card import make_restatements_table
from dashboard.tables.shown import ShownTable
from funds.book import Book
from funds.drafts import FeeDraft
from funds.drafts.proposals import read_drafts
from funds.errors import NotAllowed, NotFound, RulesBroken
from funds.kinds import FeeKind
from funds.models import ControlTotal, Period, QuarterFiling, Reminder, Restatement
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY
from tests.builders import prepared_book, rows_of, wan
from tests.dashboard.pages.proposals.proposal_visits import build_served_city
from tests.dashboard.pages.visiting import find_links, text_below, visit_page
from tests.dashboard.readings.quarters.test_collection import quarter_city
from tests.dashboard.serving import callback_body, post_callback, serve
from tests.engines import SqliteDatabases
from tests.funds.recording.period_city import close, file, filing, lock, locking
from tests.funds.recording.proposal_city import approve, propose

AT = "as_of=2026-01-20&quarter=2025-Q4"
LATE = {"kind": "fee", "day": "2025-11-20", "amount": "3", "reason": "凭证迟到"}


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "quarters", quarter_city) as made:
        yield made
    sqlite.drop_made()


def context_of(book: Book, login: str = "analyst", search: str = "") -> PageContext:
    return visit_page(book, "/quarters", f"{AT}&{search}", login)


def desk_of(book: Book, login: str = "analyst", search: str = "") -> QuartersDesk:
    return open_desk(context_of(book, login, search))


def text_of(book: Book, login: str = "analyst", search: str = "") -> str:
    return text_below(lay_out(context_of(book, login, search)))


def column(table: ShownTable, key: str) -> list[str]:
    return [row[table.column(key)].text for row in table.rows]


def test_the_headline_counts_funds_parks_and_who_is_late(book: Book) -> None:
    assert "2 只基金中 0 只已锁定；1 个园区中 0 个已全部锁定；2 只尚未报送，其中 2 只已逾期。" in text_of(
        book
    )
    file(book, filing("M"), person="local")
    lock(book)
    assert "2 只基金中 1 只已锁定；1 个园区中 1 个已全部锁定；全部已报送。" in text_of(book)


def test_the_tables_say_the_same_as_their_exports(book: Book) -> None:
    lock(book)
    funds, parks = make_funds_table(context_of(book)), make_parks_table(context_of(book))
    assert column(funds, "locked") == ["2026-01-15 锁定", "未锁定"]
    assert column(funds, "checks") == ["6 / 6", "3 / 6"]
    assert column(funds, "late") == ["0", "5"]
    assert (column(parks, "park"), column(parks, "locked")) == (
        ["园区P1", "全市（不属于园区）"],
        ["已锁定", "未锁定"],
    )
    text = text_of(book)
    assert all(cell.text in text for table in (funds, parks) for row in table.rows for cell in row)


def test_a_funds_checks_say_what_was_found_and_where_to_go(book: Book) -> None:
    table = make_checks_table(context_of(book, search="fund=M"))
    found = dict(zip(column(table, "check"), column(table, "found"), strict=True))
    assert found["1 管理机构已报送"] == "尚未报送"
    assert found["3 净值衔接"].startswith("没有已复核的季末净值；推算净值为 ")
    assert column(table, "state")[0] == "未通过"
    links = [row[table.column("todo")].link for row in table.rows]
    assert links[2] == "/quarter-end?as_of=2026-01-20&fund=M&quarter=2025-Q4"
    assert make_checks_table(context_of(book)).rows == ()


def test_each_role_finds_the_acts_that_are_its_own(book: Book) -> None:
    def acts(login: str, search: str = "fund=F1") -> list[str]:
        desk = desk_of(book, login, search)
        assert desk.chosen is not None
        return list_acts(desk, desk.chosen)

    assert acts("manager") == ["file"]
    assert acts("analyst") == ["file", "remind"]
    file(book, filing())
    assert acts("reviewer") == ["lock"]
    waiting = propose(book, "analyst", "lock", locking())
    assert acts("analyst") == ["file"]
    assert acts("signatory") == ["file", "approve"]
    approve(book, "signatory", waiting)
    assert acts("analyst") == ["unlock"]
    assert acts("manager") == []
    assert acts("analyst", "fund=F1&as_known=2") == []


def test_acts_go_through_their_verbs(book: Book) -> None:
    def act(login: str, name: str, fund: str = ALL_OF_THEM, reason: str = "") -> str:
        return text_below(carry_out(desk_of(book, login), name, fund, reason))

    assert act("analyst", "remind", reason="请报送").startswith("已催报 2 只")
    assert len(rows_of(book, Reminder)) == 2
    assert act("manager", "file", "F1").startswith("已报送")
    assert rows_of(book, QuarterFiling)[0]["note"] is None
    assert act("analyst", "lock").startswith("已提请锁定 1 只")
    assert act("signatory", "approve").startswith("已锁定 1 只")
    with pytest.raises(RulesBroken):
        act("analyst", "unlock", "F1")
    assert act("analyst", "unlock", "F1", "估值重出").startswith("已提请解锁")
    assert [row["event"].value for row in rows_of(book, Period)] == ["lock"]
    with pytest.raises(NotAllowed):
        act("manager", "remind", "F1")
    with pytest.raises(NotFound):
        act("analyst", "lock")
    with pytest.raises(NotFound):
        act("manager", "file", "M")


def test_the_buttons_and_forms_of_the_page_answer(sqlite: SqliteDatabases, tmp_path: Path) -> None:
    """A refusal is told beside what was typed; what is done draws the page anew."""
    served = serve(sqlite.copy_of("served city of proposals", build_served_city), tmp_path)
    client, search = served.signed_in("signatory"), "?quarter=2026-Q1&fund=M"

    def send(output: str, values: dict[str, object], wire: dict[str, str] | None = None) -> str:
        body = callback_body(served.app, output, {**values, "url.search": search})
        if wire is not None:
            body["inputs"] = [[{"id": wire, "property": "n_clicks", "value": 1}]]
            told = json.dumps(wire, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            body["changedPropIds"] = [f"{told}.n_clicks"]
        answer = post_callback(client, body)
        return json.dumps(answer.json, ensure_ascii=False) if answer.status_code == 200 else ""

    acts, totals, lates = (
        next(name for name in served.app.callback_map if part in name)
        for part in ("quarters-body.children", "quarters-total-told", "quarters-late-told")
    )
    press = {"type": "quarters-act", "act": "file", "fund": "M"}
    assert "已报送（第" in send(acts, {"quarters-reason.value": "报送"}, press)
    assert "请写明原因" in send(acts, {}, {**press, "act": "unlock"})
    total: dict[str, object] = {"quarters-total-child.value": "F1", "quarters-total-called.value": "x"}
    assert "form-fault" in send(totals, {**total, "quarters-total-save.n_clicks": 1})
    total["quarters-total-called.value"] = "5"
    assert "控制总数已登记" in send(totals, {**total, "quarters-total-save.n_clicks": 1})
    assert '"response": {}' in send(totals, total)
    assert "form-fault" in send(lates, {"quarters-late-save.n_clicks": 1})
    served.book.close()
    sqlite.drop_made()


@pytest.mark.parametrize("trigger", [None, {}, {"act": "burn", "fund": "F1"}, {"act": "lock", "fund": ""}])
def test_a_button_that_is_none_is_refused(trigger: object) -> None:
    with pytest.raises(BadValues):
        read_trigger(trigger)


def test_a_mother_counts_what_she_paid_into_a_child(book: Book) -> None:
    assert "控制总数" in text_of(book, "analyst", "fund=M")
    assert "基金F1：尚未登记" in text_of(book, "analyst", "fund=M")
    told = file_total(
        desk_of(book, "analyst", "fund=M"), {"child": "F1", "called": "1,200", "distributed": ""}
    )
    assert text_below(told).startswith("控制总数已登记")
    (row,) = rows_of(book, ControlTotal)
    assert (row["called_fen"], row["distributed_fen"]) == (wan(1_200), 0)
    assert "基金F1：缴款 12,000,000.00 元，收到分配 0.00 元" in text_of(book, "analyst", "fund=M")
    assert "登记控制总数" not in text_of(book, "manager", "fund=F1").replace("请母基金登记控制总数", "")


def test_a_late_entry_is_proposed_approved_and_listed_with_its_effect(book: Book) -> None:
    assert "提请补录" not in text_of(book, "manager", "fund=F1")
    close(book)
    assert "提请补录" in text_of(book, "manager", "fund=F1")
    told = propose_late(desk_of(book, "manager", "fund=F1"), LATE)
    assert text_below(told).startswith("已提请补录")
    desk = desk_of(book, "signatory", "fund=F1")
    assert desk.chosen is not None
    (waiting,) = desk.chosen.waiting
    approve(book, "signatory", waiting.id)
    assert len(rows_of(book, Restatement)) == 1
    table = make_restatements_table(context_of(book))
    assert column(table, "what")[0].endswith(" 1 条")
    assert column(table, "who") == ["用户manager提请，用户signatory批准"]
    assert column(table, "why") == ["凭证迟到"]
    assert "补录说明：1 笔" in text_of(book)


def test_what_is_missing_in_a_form_is_told_field_by_field() -> None:
    with pytest.raises(RulesBroken) as broken:
        read_late_form("F1", "2025-Q4", {"kind": "mark", "day": "昨天"})
    assert sorted(problem.where for problem in broken.value.problems) == [
        "form:amount",
        "form:day",
        "form:other",
        "form:reason",
    ]
    with pytest.raises(RulesBroken) as broken:
        read_late_form("F1", "2025-Q4", {**LATE, "kind": "gift"})
    assert [problem.code for problem in broken.value.problems] == ["form.no_such_choice"]
    with pytest.raises(RulesBroken):
        read_control_total("M", "2025-Q4", {"called": "许多"})


@pytest.mark.parametrize("kind", LATE_KINDS)
def test_every_kind_of_late_row_becomes_its_draft(kind: str) -> None:
    draft = read_late_form("F1", "2025-Q4", {**LATE, "kind": kind, "other": "LP2"})
    assert draft.noun.lower() == {"income": "fee"}.get(kind, kind)
    if kind == "income":
        assert read_drafts(FeeDraft, draft.payload)[0].kind is FeeKind.OTHER_INCOME


@pytest.mark.parametrize(
    ("search", "fault"), [("quarter=2025Q4", BadAddress), ("quarter=2025-Q4&fund=F9", NotFound)]
)
def test_an_address_that_means_nothing_is_refused(book: Book, search: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        open_desk(visit_page(book, "/quarters", search, "analyst"))


def test_a_manager_does_not_find_the_other_fund(book: Book) -> None:
    assert "基金M" not in text_of(book, "manager")
    with pytest.raises(NotFound):
        desk_of(book, "manager", "fund=M")


def test_a_quarter_before_every_fund_says_so(book: Book) -> None:
    page = lay_out(visit_page(book, "/quarters", "quarter=2019-Q4", "analyst"))
    assert "这个季度没有需要报送的基金" in text_below(page)


def test_the_city_says_how_complete_its_quarter_is(book: Book) -> None:
    lock(book)
    context = visit_page(book, "/", "as_of=2026-01-20", "analyst")
    line = draw_quarter_line(context, slice_ledger(book, "analyst", CITY, context.as_of))
    assert text_below(line) == "2025年四季度：1 个园区中 1 个、2 只基金中 1 只已锁定"
    assert find_links(line)[0][1] == "/quarters?as_of=2026-01-20"
