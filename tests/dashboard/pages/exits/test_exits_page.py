"""Exits, transfers between funds and conversions by the screen."""

from collections.abc import Iterator

import pytest

from dashboard.forms.typed import TypedForm
from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.exits.exits_forms import save_conversion, save_exit, save_move
from dashboard.pages.exits.exits_page import lay_out, make_table
from funds.book import Book
from funds.errors import Conflict, NotAllowed, RulesBroken
from funds.kinds import Role, ScopeKind
from funds.models import DealFact, Exit
from tests.builders import build_book, membership, open_book, person, prepared_book, record, rows_of
from tests.dashboard.pages.drawn import text_of
from tests.dashboard.pages.six_ones_visits import as_sent, column
from tests.dashboard.pages.visiting import visit_page
from tests.dashboard.readings.portfolio.cash_book import cash_city
from tests.engines import SqliteDatabases

PART = {"holding": "F1|C1", "day": "2025-06-30", "amount": "600"}


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "cash city", cash_city) as made:
        yield made
    sqlite.drop_made()


def at(book: Book, search: str = "", login: str = "local") -> PageContext:
    return visit_page(book, "/exits", search, login)


def shown(book: Book, search: str = "", login: str = "local") -> str:
    return text_of(as_sent(lay_out(at(book, search, login))))


def test_the_page_says_what_came_back_against_which_cost(book: Book) -> None:
    assert "共 1 笔退出与回款，收回 300.00 万元，转出成本 250.00 万元。" in shown(book)
    assert column(make_table(at(book)), "cost_left") == ["750.00"]


def test_an_exit_in_part_a_write_off_and_a_liquidation(book: Book) -> None:
    assert save_exit(at(book), TypedForm({**PART, "kind": "transfer", "part": "40"})) == "已登记。"
    save_exit(at(book), TypedForm({"holding": "F1|C2", "day": "2025-06-30", "kind": "write_off"}))
    save_exit(
        at(book), TypedForm({"holding": "F1|C2", "day": "2025-09-30", "kind": "liquidation", "amount": "5"})
    )
    table = make_table(at(book))
    assert column(table, "kind") == ["清算", "股权转让", "核销", "股权转让"]
    assert column(table, "cost_out") == ["500.00", "300.00", "0.00", "250.00"]
    assert "其中 1 家企业已核销。" in shown(book)


def test_threat_24_the_same_exit_twice_is_recorded_once(book: Book) -> None:
    typed = TypedForm({**PART, "kind": "buyback", "part": "100"})
    save_exit(at(book), typed)
    with pytest.raises(Conflict, match=r"cash\.same"):
        save_exit(at(book), typed)
    assert len(rows_of(book, Exit)) == 2


def test_a_holding_passes_to_another_fund(book: Book) -> None:
    save_move(at(book), TypedForm({**PART, "buyer": "M", "part": "100"}))
    assert "基金M · 企业C1（剩余成本 600.00 万元）" in str(as_sent(lay_out(at(book, "act=move"))))


def test_a_conversion_says_what_the_payment_became(book: Book) -> None:
    save_conversion(at(book), TypedForm({"holding": "F1|C2", "day": "2025-06-30", "instrument": "股权"}))
    assert "股权" in {row["instrument"] for row in rows_of(book, DealFact)}


def test_more_than_is_held_is_refused_at_its_field(book: Book) -> None:
    with pytest.raises(RulesBroken) as broken:
        save_exit(at(book), TypedForm({**PART, "kind": "transfer", "cost_out": "751"}))
    assert [(one.code, one.where) for one in broken.value.problems] == [
        ("exit.over_cost", "form:cost_out_fen")
    ]


def test_each_form_is_drawn_for_who_may_record(book: Book) -> None:
    for act, words in (("exit", "核销金额为 0"), ("move", "受让基金"), ("convert", "新工具")):
        assert words in str(as_sent(lay_out(at(book, f"act={act}"))))
    with pytest.raises(BadAddress):
        shown(book, "act=other")
    record(book, person("aud"), membership("aud", Role.AUDITOR, ScopeKind.FUND, "F1"))
    assert "登记退出" not in shown(book, login="aud")
    with pytest.raises(NotAllowed):
        shown(book, "act=exit", "aud")
    with pytest.raises(NotAllowed):
        save_exit(at(book, login="aud"), TypedForm({**PART, "kind": "buyback", "part": "100"}))


def test_before_anything_left_and_before_there_is_a_fund_the_page_says_so(
    sqlite: SqliteDatabases, book: Book
) -> None:
    assert "还没有退出或回款" in shown(book, "as_of=2021-12-31")
    empty = open_book(sqlite.copy_of("founded", build_book))
    assert "还没有您可查看的基金" in shown(empty)
    empty.close()
