"""Calls, receipts, distributions and transfers by the screen: what is shown, recorded, refused and kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from dashboard.forms.kept_draft import keep_draft
from dashboard.forms.typed import TypedForm, TypedLine
from dashboard.pages.cash import cash_page
from dashboard.pages.cash.cash_forms import (
    PREFIX,
    fill_owed,
    save_distribution,
    save_notice,
    save_receipts,
    save_transfer,
    share_by_commitment,
    share_by_paid_in,
)
from dashboard.pages.cash.cash_fund_page import lay_out
from dashboard.pages.cash.cash_tables import (
    export_call_lines,
    export_calls,
    export_payout_lines,
    export_payouts,
    export_unfunded,
)
from dashboard.pages.context import BadAddress, PageContext, read_context
from dashboard.pages.typed_form import draft_key
from funds.book import Book
from funds.errors import Conflict, NotAllowed, NotFound, RulesBroken
from funds.kinds import EntryKind, Role, ScopeKind
from funds.models import CallNotice, Entry, Revision
from tests.builders import (
    build_book,
    membership,
    open_book,
    person,
    prepared_book,
    record,
    rows_of,
    term,
    wan,
)
from tests.dashboard.pages.drawn import parts, text_of
from tests.dashboard.pages.six_ones_visits import as_sent, column
from tests.dashboard.pages.typed_forms import parts_of, press
from tests.dashboard.pages.visiting import visit_page
from tests.dashboard.readings.portfolio.cash_book import cash_city
from tests.dashboard.serving import Clock, build_own, serve
from tests.engines import Databases, SqliteDatabases

PATH = "/cash/F1"
NOTICE = {"notice_no": "2026-01", "noticed_on": "2026-01-15", "due_on": "2026-02-10"}


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "cash city", cash_city) as made:
        yield made
    sqlite.drop_made()


def at(book: Book, search: str = "", login: str = "local", path: str = PATH) -> PageContext:
    return visit_page(book, path, search, login)


def shown(book: Book, search: str = "", login: str = "local") -> str:
    return text_of(as_sent(lay_out(at(book, search, login))))


def test_the_page_says_who_is_late_with_how_much(book: Book) -> None:
    text = shown(book)
    assert "1 位出资人逾期，共 200.00 万元；最久已逾期 198 天。" in text
    assert "未缴出资共" in text
    assert "登记缴款通知" in text


def test_a_notice_and_a_day_open_into_lines(book: Book) -> None:
    table = export_call_lines(at(book, "notice=N2"))
    assert column(table, "name") == ["民营甲公司", "基金M"]
    assert column(table, "state") == ["按期缴足", "逾期 198 天"]
    assert column(export_call_lines(at(book)), "notice") == ["N1", "N2", "N2", "N3"]
    assert column(export_payout_lines(at(book, "paid=2024-03-01")), "kind") == ["本金", "收益"]
    assert "缴款通知 N2：各出资人" in shown(book, "notice=N2")
    assert "2024-03-01 的分配" in shown(book, "paid=2024-03-01")
    for search, export in (("notice=N9", export_call_lines), ("paid=2020-01-01", export_payout_lines)):
        with pytest.raises(NotFound):
            export(at(book, search))


def test_tables_are_what_the_readings_say(book: Book) -> None:
    assert column(export_calls(at(book)), "outstanding") == ["100.00", "200.00", "0.00"]
    assert column(export_unfunded(at(book)), "callable")[0] == "1,450.00"
    assert column(export_payouts(at(book)), "total") == ["200.00"]


def test_a_notice_asks_every_investor_in_one_revision(book: Book) -> None:
    before = book.head().version
    lines = [TypedLine("M", "666.666667"), TypedLine("LP2", "333.333333")]
    told = save_notice(at(book, "act=notice"), TypedForm({**NOTICE, "total": "1000"}, lines))
    assert told == "已登记 2 笔，共 1,000.00 万元。"
    assert book.head().version == before + 1
    sent = rows_of(book, CallNotice, notice_no="2026-01")
    assert sum(row["amount_fen"] for row in sent) == wan(1_000)
    assert [row["origin"] for row in sent] == ["缴款通知单!1", "缴款通知单!2"]
    with book.look() as look:
        reason = (
            look.connection.execute(select(Revision.reason).order_by(Revision.id.desc())).scalars().first()
        )
    assert reason == "cash.why_notice"


def test_a_total_is_shared_out_by_what_was_promised_or_paid(book: Book) -> None:
    lines = [TypedLine("M"), TypedLine("LP2")]
    assert share_by_commitment(at(book), TypedForm({"total": "1000"}, lines)) == ["666.666667", "333.333333"]
    # 2,400 and 1,500 were paid in
    assert share_by_paid_in(at(book), TypedForm({"total": "390"}, lines)) == ["240", "150"]
    with pytest.raises(RulesBroken):
        share_by_commitment(at(book), TypedForm({}, lines))
    with pytest.raises(RulesBroken) as broken:
        share_by_paid_in(at(book), TypedForm({"total": "1"}, [TypedLine("LP1")]))
    assert broken.value.problems[0].code == "cash.nothing_paid_in"
    assert fill_owed(at(book, "notice=N2"), TypedForm({}, lines)) == ["200", ""]
    assert fill_owed(at(book), TypedForm({}, lines)) == ["300", ""]


def test_threat_24_the_same_receipts_twice_are_recorded_once(book: Book) -> None:
    fields = {"notice_no": "N2", "received_on": "2026-01-14"}
    typed = TypedForm(fields, [TypedLine("M", "200"), TypedLine("LP2", "7", is_meant=False)])
    before = len(rows_of(book, Entry, kind=EntryKind.PAID_IN))
    assert save_receipts(at(book), typed) == "已登记 1 笔，共 200.00 万元。"
    with pytest.raises(Conflict, match=r"cash\.same"):
        save_receipts(at(book), typed)
    assert len(rows_of(book, Entry, kind=EntryKind.PAID_IN)) == before + 1
    both = TypedForm(fields, [TypedLine("M", "200"), TypedLine("LP2", "7")])
    fields["notice_no"] = ""
    assert "另有 1 笔账簿中已有" in save_receipts(at(book), both)
    assert "没有逾期" in shown(book)


def test_a_distribution_may_be_called_again_where_it_says_so(book: Book) -> None:
    fields = {"paid_on": "2026-01-14", "kind": "principal", "recallable": "yes", "in_kind": "no"}
    save_distribution(at(book), TypedForm(fields, [TypedLine("M", "50")]))
    assert column(export_unfunded(at(book)), "callable")[0] == "1,500.00"


def test_an_interest_passes_from_one_investor_to_another(book: Book) -> None:
    fields = {"investor": "LP2", "transferee": "LP1", "amount": "300", "day": "2026-01-10"}
    save_transfer(at(book), TypedForm(fields))
    assert dict(
        zip(
            column(export_unfunded(at(book)), "name"),
            column(export_unfunded(at(book)), "committed"),
            strict=True,
        )
    ) == {
        "基金M": "4,000.00",
        "民营甲公司": "1,700.00",
        "市财政局": "300.00",
    }


def test_every_form_is_drawn_with_a_line_for_whom_it_is_about(book: Book) -> None:
    assert "可再通知 1,450.00 万元" in shown(book, "act=notice")
    assert "未到账 200.00 万元" in shown(book, "act=receipts&notice=N2")
    assert "实缴 2,400.00 万元" in shown(book, "act=payout")
    assert "转让人" in str(as_sent(lay_out(at(book, "act=transfer"))))
    with pytest.raises(BadAddress):
        shown(book, "act=other")


def test_what_was_typed_is_offered_again_and_each_amount_finds_its_investor(book: Book) -> None:
    context = at(book, "act=notice")
    typed = {"fields": ["2026-07", "2026-01-15", "", "9"], "codes": ["LP2", "M"], "amounts": ["3", "6"]}
    keep_draft(context.visit, PREFIX, draft_key(context), typed, context.version)
    assert "的草稿尚未提交" in shown(book, "act=notice")
    drawn = list(parts(as_sent(lay_out(at(book, "act=notice&draft=1")))))
    values = {part["id"]["name"]: part["value"] for part in drawn if _is(part, "cash-field")}
    assert (values["notice_no"], values["total"]) == ("2026-07", "9")
    amounts = {part["id"]["name"]: part["value"] for part in drawn if _is(part, "cash-amount")}
    assert amounts == {"M": "6", "LP2": "3"}
    other = {"fields": ["x"], "codes": [], "amounts": []}
    keep_draft(context.visit, PREFIX, draft_key(context), other, context.version)
    drawn = list(parts(as_sent(lay_out(at(book, "act=notice&draft=1")))))
    assert {part["value"] for part in drawn if _is(part, "cash-amount")} == {""}


def _is(part: dict[str, Any], kind: str) -> bool:
    wire = part.get("id")
    return isinstance(wire, dict) and wire["type"] == kind


def test_who_may_not_record_sees_no_form(book: Book) -> None:
    record(book, person("aud"), membership("aud", Role.AUDITOR, ScopeKind.FUND, "F1"))
    assert "登记缴款通知" not in shown(book, login="aud")
    with pytest.raises(NotAllowed):
        shown(book, "act=notice", "aud")
    with pytest.raises(NotAllowed):
        save_notice(at(book, login="aud"), TypedForm(NOTICE, [TypedLine("M", "1")]))
    with pytest.raises(NotAllowed):
        text_of(as_sent(lay_out(at(book, "", "aud", "/cash/M"))))


def test_an_earlier_version_is_only_looked_at(book: Book) -> None:
    record(book, term("F1", "其他", words="条款"))
    assert "登记缴款通知" not in shown(book, f"as_known={book.head().version - 1}")


def test_the_page_reads_in_english_and_without_anything_on_record(book: Book) -> None:
    context = at(book, path="/cash/M")
    assert "没有登记缴款通知；认缴内实缴共 6,000.00 万元。" in text_of(as_sent(lay_out(context)))
    english = read_context(
        context.visit.__class__(book, context.visit.person, "en", "light"), "?act=receipts", path=PATH
    )
    assert "Record receipts" in text_of(as_sent(lay_out(english)))


def test_all_funds_stand_together_with_who_is_late(book: Book) -> None:
    text = text_of(as_sent(cash_page.lay_out(at(book, path="/cash"))))
    assert "1 位出资人逾期未缴，共 200.00 万元，涉及 1 只基金。" in text
    assert column(cash_page.make_overdue(at(book, path="/cash")), "days") == ["198"]
    assert column(cash_page.make_funds(at(book, path="/cash")), "distributed") == ["200.00", "0.00"]
    early = at(book, "as_of=2020-06-01", path="/cash")
    assert "没有逾期未缴的出资" in text_of(as_sent(cash_page.lay_out(early)))


def test_before_there_is_a_fund_the_page_says_so(sqlite: SqliteDatabases) -> None:
    empty = open_book(sqlite.copy_of("founded", build_book))
    assert "还没有您可查看的基金" in text_of(as_sent(cash_page.lay_out(at(empty, path="/cash"))))
    with pytest.raises(NotFound):
        cash_page.make_funds(at(empty, path="/cash"))
    empty.close()
    sqlite.drop_made()


def test_threat_28_the_last_of_a_commitment_is_called_once(databases: Databases) -> None:
    """Two windows ask for the same last of it: one is written, the other is told at its line."""
    with prepared_book(databases, "cash city", cash_city) as book:
        first = TypedForm({**NOTICE, "notice_no": "A"}, [TypedLine("LP2", "1,500")])
        second = TypedForm({**NOTICE, "notice_no": "B"}, [TypedLine("M"), TypedLine("LP2", "1,500")])
        save_notice(at(book), first)
        with pytest.raises(RulesBroken) as broken:
            save_notice(at(book), second)
        (problem,) = broken.value.problems
        assert (problem.code, problem.where) == ("notice.over_commitment", "form:amount_fen-2")
        assert rows_of(book, CallNotice, notice_no="B") == []


def build_served(url: str) -> None:
    build_own(url)
    filled = Book(url, clock=Clock())
    record(filled, *cash_city())
    filled.close()


def test_the_button_records_and_puts_problems_beside_their_lines(
    sqlite: SqliteDatabases, tmp_path: Path
) -> None:
    served = serve(sqlite.copy_of("served cash city", build_served), tmp_path)
    client, address = served.signed_in("signatory"), f"{PATH}?act=notice"
    fields = {**NOTICE, "total": "300"}
    shared = press(served, client, PREFIX, address, fields, [("M", ""), ("LP2", "")], "share")
    assert parts_of(shared, "cash-amount", "value") == {"M": "200", "LP2": "100"}
    fields["total"] = ""
    refused = press(served, client, PREFIX, address, {**fields, "due_on": "soon"}, [("M", "1")])
    assert "日期" in parts_of(refused, "cash-field", "error")["due_on"]
    refused = press(served, client, PREFIX, address, fields, [("M", "1"), ("LP2", "9999")])
    assert "没有登记：有 1 处" in str(refused["cash-told"])
    errors = parts_of(refused, "cash-amount", "error")
    assert errors["M"] is None
    assert "超出" in errors["LP2"]
    assert parts_of(refused, "cash-amount", "value") == {}
    told = press(served, client, PREFIX, address, fields, [("M", "1"), ("LP2", "2")])
    assert "已登记 2 笔" in str(told["cash-told"])
    assert "缴款通知（4 份）" in str(told["cash-view"])
    assert parts_of(told, "cash-field", "value") == dict.fromkeys(fields, "")
    again = press(served, client, PREFIX, address, fields, [("M", "1"), ("LP2", "2")])
    assert "已登记：" in str(again["cash-told"])
    nothing = press(served, client, PREFIX, PATH, fields, [("M", "1")])
    assert "没有打开的表单" in str(nothing["cash-told"])
    served.book.close()
    sqlite.drop_made()
