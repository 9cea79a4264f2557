"""Keeping records by hand: put right, changed from a day on, refused with a comparison, and never lost."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from dashboard.answer_text import OPTIONS, write_answer
from dashboard.pages.context import BadAddress, PageContext, read_context
from dashboard.pages.upkeep import upkeep_page
from dashboard.pages.upkeep.edit_link import draw_edit_link
from dashboard.pages.upkeep.upkeep_desk import PATH, TABS
from dashboard.pages.upkeep.upkeep_table import make_standing_table
from funds.book import Book
from funds.errors import NotFound
from funds.models import FundFact, FundTerm, ParkFact
from tests.builders import day, prepared_book, rows_of
from tests.dashboard.pages.drawn import parts, text_of
from tests.dashboard.pages.proposals.proposal_visits import build_served_city, lines_of
from tests.dashboard.pages.trail_visits import visit_of
from tests.dashboard.serving import Served, callback_body, post_callback, serve
from tests.engines import SqliteDatabases
from tests.funds.recording.test_edits import F1, MOTHER, edited_city

FIELD = "upkeep-field"


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "edited", edited_city) as opened:
        yield opened
    sqlite.drop_made()


@pytest.fixture
def served(sqlite: SqliteDatabases, tmp_path: Path) -> Iterator[Served]:
    made = serve(sqlite.copy_of("served proposing", build_served_city), tmp_path)
    yield made
    made.book.close()
    sqlite.drop_made()


def context_of(book: Book, search: str, login: str = "local", language: str = "zh") -> PageContext:
    return read_context(visit_of(book, login, language), search, {}, PATH)


def page(book: Book, search: str, login: str = "local", language: str = "zh") -> Any:
    drawn = upkeep_page.lay_out(context_of(book, search, login, language))
    return orjson.loads(orjson.dumps(write_answer(drawn), option=OPTIONS))


def fields_of(drawn: Any) -> dict[str, Any]:
    """What the form holds, by column."""
    return {
        part["id"]["column"]: part.get("value")
        for part in parts(drawn)
        if isinstance(part.get("id"), dict) and part["id"].get("type") == FIELD
    }


def fact(book: Book, fund_id: int = F1) -> dict[str, Any]:
    return rows_of(book, FundFact, fund_id=fund_id)[-1]


def ask(row: dict[str, Any], way: str = "fix", code: str = "F1") -> str:
    return f"tab=fund&thing={code}&table=fund_fact&row={row['id']}&way={way}"


class Form:
    """The form in one browser: opened once, and sent as often as one likes."""

    def __init__(self, served: Served, search: str, login: str = "analyst") -> None:
        self.served, self.search = served, search
        self.client = served.signed_in(login)
        self.drawn = page(served.book, search, login)
        self.values = fields_of(self.drawn)
        self.seen: Any = next(
            one["data"] for one in parts(self.drawn) if one.get("id") == "upkeep-draft-seen"
        )
        self.key: Any = next(one["data"] for one in parts(self.drawn) if one.get("id") == "upkeep-draft-key")

    def body(self, output: str, more: dict[str, object]) -> dict[str, Any]:
        name = next(one for one in self.served.app.callback_map if output in one)
        body = callback_body(self.served.app, name, {"url.search": f"?{self.search}", **more})
        for wires in (body["inputs"], body["state"]):
            for at, wire in enumerate(wires):
                if FIELD in str(wire["id"]):
                    wires[at] = self._fields(wire["property"])
        body["changedPropIds"] = [one for one in body["changedPropIds"] if FIELD not in one]
        for at, wire in enumerate(body["outputs"] if isinstance(body["outputs"], list) else []):
            if FIELD in str(wire["id"]):
                body["outputs"][at] = [{**one, "property": wire["property"]} for one in self._fields("id")]
        return body

    def _fields(self, prop: str) -> list[dict[str, Any]]:
        ids: list[dict[str, Any]] = [{"column": column, "type": FIELD} for column in self.values]
        return [
            {"id": one, "property": prop, "value": one if prop == "id" else self.values[one["column"]]}
            for one in ids
        ]

    def save(self, **typed: str | None) -> str:
        self.values |= typed
        body = self.body(
            "..upkeep-told.children...", {"upkeep-save.n_clicks": 1, "upkeep-draft-seen.data": self.seen}
        )
        answer = post_callback(self.client, body)
        assert answer.status_code == 200, answer.text
        return answer.text

    def type(self, **typed: str | None) -> str:
        self.values |= typed
        standing = {"values": list(fields_of(self.drawn).values())}
        given = {"draft-key": self.key, "draft-standing": standing, "draft-seen": self.seen}
        body = self.body(
            "upkeep-draft-saved.children", {f"upkeep-{name}.data": value for name, value in given.items()}
        )
        answer = post_callback(self.client, body)
        assert answer.status_code == 200, answer.text
        return answer.text


def test_every_kind_of_record_is_drawn_with_its_rows_and_both_ways(book: Book) -> None:
    for tab in TABS:
        table = make_standing_table(context_of(book, f"tab={tab}"))
        assert [column.key for column in table.columns][:2] == ["table", "content"]
        for language in ("zh", "en"):
            assert "upkeep." not in text_of(page(book, f"tab={tab}", language=language))
    content = {line["table"]: line["content"] for line in lines_of(make_standing_table(context_of(book, "")))}
    assert content == {"基金信息": "名称 基金F1；基金类型 子基金；基金管理人 管理公司；成立日 2020-01-01"}


def test_a_form_holds_what_stands_and_a_change_from_a_day_asks_for_the_day(book: Book) -> None:
    row = fact(book)
    fixed = fields_of(page(book, ask(row)))
    assert (fixed["name"], fixed["manager_id"], fixed["reason"]) == ("基金F1", "GP", "")
    assert "from_date" not in fixed
    assert fields_of(page(book, ask(row, "from")))["from_date"] is None
    term = rows_of(book, FundTerm)[0]
    asked = f"tab=term&thing=F1&table=fund_term&row={term['id']}&way=from"
    assert fields_of(page(book, asked))["value_e6"] == "8"


def test_a_mistake_is_put_right_with_its_reason(served: Served) -> None:
    form = Form(served, ask(fact(served.book)))
    assert "已保存为第" in form.save(filing_no="SX0001", target_size_fen="12000", reason="备案证明")
    now = fact(served.book)
    assert (now["filing_no"], now["target_size_fen"]) == ("SX0001", 12_000 * 1_000_000)


def test_the_same_form_goes_on_after_it_was_saved(served: Served) -> None:
    form = Form(served, ask(fact(served.book)))
    answer = json.loads(form.save(filing_no="SX0001", reason="备案证明"))
    form.seen = answer["response"]["upkeep-draft-seen"]["data"]
    assert "已保存为第" in form.save(filing_no="SX0002", reason="又有更正")


def test_every_fault_stands_beside_its_field(served: Served) -> None:
    before = served.book.head()
    form = Form(served, ask(fact(served.book)))
    answer = json.loads(form.save(name="", established="2024-02-30", target_size_fen="-1", reason=""))
    said = json.dumps(answer["response"], ensure_ascii=False)
    assert "请填写这一项" in said
    assert "请写明理由" in said
    assert served.book.head() == before


def test_a_fund_is_called_otherwise_from_a_day_on(served: Served) -> None:
    form = Form(served, ask(fact(served.book), "from"))
    assert "已保存为第" in form.save(name="新名", from_date="2026-07-01", reason="更名公告")
    said = [(one["name"], one["from_date"]) for one in rows_of(served.book, FundFact, fund_id=F1)]
    assert said == [("基金F1", None), ("新名", day("2026-07-01"))]


def test_threat_27_the_second_of_two_sees_both_and_keeps_what_was_typed(served: Served) -> None:
    row = fact(served.book)
    first, second = Form(served, ask(row), "signatory"), Form(served, ask(row))
    assert "已保存为第" in first.save(filing_no="SX0001", reason="备案证明")
    before = served.book.head()
    told = second.save(filing_no="SX0002", reason="备案证明")
    assert served.book.head() == before
    for words in (
        "E-LOCK-01",
        "您打开时",
        "SX0001",
        "SX0002",
        "以我的为准重新提交",
        "采用现在的",
        "双方都改了",
    ):
        assert words in told or words == "E-LOCK-01"
    answer = json.loads(told)["response"]
    assert "upkeep-draft-seen" not in answer or answer["upkeep-draft-seen"] is not None
    body = second.body(
        "upkeep-told.children@",
        {"upkeep-stale-keep-mine.n_clicks": 1, "upkeep-stale-version.data": before.version},
    )
    assert "已保存为第" in post_callback(second.client, body).text
    assert fact(served.book)["filing_no"] == "SX0002"


def test_what_waits_for_a_second_person_says_so(served: Served) -> None:
    row = rows_of(served.book, ParkFact, park_id=1)[-1]
    form = Form(served, f"tab=park&thing=P1&table=park_fact&row={row['id']}&way=fix", "official")
    assert "另一人确认" in form.save(district="东区", reason="区划调整")
    assert rows_of(served.book, ParkFact, park_id=1)[-1]["district"] is None


def test_threat_12_what_was_typed_comes_back_after_the_session_is_gone(served: Served) -> None:
    search = ask(fact(served.book))
    form = Form(served, search)
    assert "暂存" in form.type(filing_no="SX0009", reason="备案")
    form.client.delete_cookie(f"fundtracker-{served.book.uuid[:8]}-session")
    again = page(served.book, search, "analyst")
    assert "草稿尚未提交" in text_of(again)
    continued = fields_of(page(served.book, f"{search}&draft=1", "analyst"))
    assert (continued["filing_no"], continued["reason"], continued["name"]) == ("SX0009", "备案", "基金F1")
    others = page(served.book, search, "signatory")
    offer = next(one for one in parts(others) if one.get("id") == "upkeep-draft-offer")
    assert offer["hidden"] is True
    assert fields_of(page(served.book, f"{search}&draft=1", "signatory"))["filing_no"] == ""


def test_threat_12_the_tab_keeps_what_the_server_did_not_get(book: Book) -> None:
    row = fact(book)
    keys = {one["persistence"] for one in parts(page(book, ask(row))) if "persistence" in one}
    assert keys == {f"local.fund_fact:fix:{row['id']}.{row['id']}"}
    theirs = {one["persistence"] for one in parts(page(book, ask(row), "analyst")) if "persistence" in one}
    assert keys.isdisjoint(theirs)


def test_a_draft_is_gone_once_it_is_recorded_or_typed_away(served: Served) -> None:
    search = ask(fact(served.book))
    form = Form(served, search)
    form.type(filing_no="SX0009")
    form.type(filing_no="")
    assert fields_of(page(served.book, f"{search}&draft=1", "analyst"))["filing_no"] == ""
    form.type(filing_no="SX0009")
    form.save(reason="备案证明")
    offer = next(
        one for one in parts(page(served.book, search, "analyst")) if one.get("id") == "upkeep-draft-offer"
    )
    assert offer["hidden"] is True


def test_a_draft_that_goes_on_still_meets_what_was_changed_meanwhile(served: Served) -> None:
    search = ask(fact(served.book))
    Form(served, search).type(filing_no="SX0009", reason="备案")
    Form(served, search, "signatory").save(filing_no="SX0001", reason="备案证明")
    late = Form(served, f"{search}&draft=1")
    assert "以我的为准重新提交" in late.save()


def test_threat_04_nobody_opens_or_forges_the_form_of_anothers_fund(served: Served) -> None:
    theirs, before = fact(served.book, MOTHER), served.book.head()
    with pytest.raises(NotFound):
        page(served.book, ask(theirs, code="M"), "manager")
    form = Form(served, ask(fact(served.book)), "manager")
    form.search = ask(theirs, code="F1")  # another's row under one's own fund
    assert "已保存" not in form.save(filing_no="SX0009", reason="冒用")
    assert served.book.head() == before


@pytest.mark.parametrize(
    "search",
    [
        "tab=x",
        "tab=fund&table=park_fact&row=1",
        "tab=fund&table=fund_fact&row=x",
        "tab=fund&table=fund_fact&way=y",
    ],
)
def test_an_address_that_says_nothing_is_refused(book: Book, search: str) -> None:
    with pytest.raises(BadAddress):
        page(book, search)


def test_a_thing_or_row_that_is_not_there_is_not_found(book: Book) -> None:
    for search in ("tab=fund&thing=F9", "tab=fund&thing=F1&table=fund_fact&row=999&way=fix"):
        with pytest.raises(NotFound):
            page(book, search)


def test_an_earlier_version_is_read_only(book: Book) -> None:
    version = book.head().version
    assert "只能查看" in text_of(page(book, f"{ask(fact(book))}&as_known={version}"))
    assert draw_edit_link(context_of(book, f"as_known={version}"), "fund", "F1") is None


def test_the_link_to_the_records_is_for_who_keeps_them(book: Book) -> None:
    assert draw_edit_link(context_of(book, "", "manager"), "fund", "F1", F1) is not None
    assert draw_edit_link(context_of(book, "", "manager"), "fund", "M", MOTHER) is None
    assert draw_edit_link(context_of(book, "", "reviewer"), "company", "C1") is None
