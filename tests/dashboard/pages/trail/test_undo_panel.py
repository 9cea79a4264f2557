"""Taking a change back from its page: what it would do, what rests on it, and that nothing goes without a reason."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.pages.trail.trail_desk import open_desk
from dashboard.pages.trail.undo_panel import draw_preview, undo_change
from funds.book import Book
from funds.errors import NotAllowed
from funds.models import FundFact, Party, PartyFact
from funds.recording.rests import Rest
from funds.recording.reversals import Preview, TableUndo, preview_reversal
from tests.builders import fund, party, prepared_book, record, rows_of
from tests.dashboard.pages.proposals.proposal_visits import build_served_city
from tests.dashboard.pages.trail_visits import context_of, sent_page, visit_of
from tests.dashboard.pages.visiting import text_below
from tests.dashboard.serving import Served, callback_body, post_callback, serve
from tests.engines import SqliteDatabases
from tests.funds.recording.proposal_city import proposing_city
from tests.funds.recording.test_edits import F1, edit


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "proposing", proposing_city) as opened:
        yield opened
    sqlite.drop_made()


def preview(book: Book, version: int, login: str = "local") -> Preview:
    with book.change(login, "preview", "reverse", reverses_id=version, dry_run=True) as change:
        return preview_reversal(change, version)


def drawn(book: Book, version: int, login: str, found: Preview) -> str:
    with open_desk(context_of(book, login, f"/trail/{version}")) as desk:
        return text_below(draw_preview(desk, version, found))


def renamed(book: Book) -> int:
    """A change of F1's filing number; returns its version."""
    row = rows_of(book, FundFact, fund_id=F1)[0]
    edit(book, FundFact, row["id"], {"filing_no": "SX0001"}, by="manager")
    return book.head().version


def test_a_preview_counts_what_goes_and_what_comes_back_and_writes_nothing(book: Book) -> None:
    version = renamed(book)
    assert preview(book, version) == Preview((TableUndo("fund_fact", 0, 1),), ())
    assert book.head().version == version
    record(book, party("LP7", "新机构"))
    found = preview(book, version + 1)
    assert found.tables == (TableUndo("party_fact", 1, 0),)
    assert "机构" in drawn(book, version + 1, "analyst", found) or "主体信息" in drawn(
        book, version + 1, "analyst", found
    )


def test_what_rests_on_a_change_is_named_with_the_way_to_it(book: Book) -> None:
    record(book, party("GP7", "新管理公司"))
    brought = book.head().version
    record(book, fund("F7", manager="GP7"))
    found = preview(book, brought)
    assert {rest.revision_id for rest in found.rests} == {brought + 1}
    told = drawn(book, brought, "analyst", found)
    assert f"第 {brought + 1} 版" in told
    assert "确认撤销" not in told
    # Whoever may not see the fund learns how many there are, and no more.
    assert "基金信息" not in drawn(book, brought, "manager", found)
    assert "另有" in drawn(book, brought, "manager", found)


def test_a_change_by_people_of_a_revision_rests_on_it(book: Book) -> None:
    found = Preview((), (Rest("revision", 9, 9),))
    assert "由当时登记的人员" in drawn(book, 2, "analyst", found)
    assert "由当时登记的人员" not in drawn(book, 2, "manager", found)


def test_a_change_is_taken_back_for_a_reason_and_once(book: Book) -> None:
    version = renamed(book)
    visit = visit_of(book, "manager")
    assert "请写明撤销理由" in text_below(undo_change(visit, version, ""))
    assert book.head().version == version
    assert f"已撤销第 {version} 版" in text_below(undo_change(visit, version, "录入有误"))
    assert rows_of(book, FundFact, fund_id=F1)[0]["filing_no"] is None
    assert "undo-open" not in sent_page(book, "manager", f"/trail/{version}")


def test_threat_04_nobody_takes_back_what_is_not_theirs(book: Book) -> None:
    row = rows_of(book, PartyFact, party_id=rows_of(book, Party, code="LP1")[0]["id"])[0]
    edit(book, PartyFact, row["id"], {"kind": "财政"}, by="analyst")
    version = book.head().version
    with pytest.raises(NotAllowed):
        preview(book, version, "manager")
    with pytest.raises(NotAllowed):
        undo_change(visit_of(book, "manager"), version, "录入有误")
    assert "undo-open" not in sent_page(book, "reviewer", f"/trail/{version}")


@pytest.fixture
def served(sqlite: SqliteDatabases, tmp_path: Path) -> Iterator[Served]:
    made = serve(sqlite.copy_of("served proposing", build_served_city), tmp_path)
    yield made
    made.book.close()
    sqlite.drop_made()


def test_the_buttons_preview_and_take_back(served: Served) -> None:
    version, client = renamed(served.book), served.signed_in("manager")

    def press(output: str, path: str, **values: Any) -> str:
        body = callback_body(served.app, output, {"url.pathname": path, **values})
        return post_callback(client, body).text

    path = f"/trail/{version}"
    assert "恢复原值 1 条" in press("undo-panel.children", path, **{"undo-open.n_clicks": 1})
    assert "不能撤回" in press("undo-panel.children", "/trail/1", **{"undo-open.n_clicks": 1})
    given = {"undo-confirm.n_clicks": 1, "undo-reason.value": "录入有误"}
    assert "取值不正确" in press("undo-told.children", "/trail/x", **given)
    assert "已撤销" in press("undo-told.children", path, **given)
    assert "已经撤回" in press("undo-told.children", path, **given)
    assert "undo-told" not in press("undo-told.children", path)
