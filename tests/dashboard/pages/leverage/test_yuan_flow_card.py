"""The flow of every yuan says what all cuts carry, and each band leads to its payments and their entries."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from dashboard.auth.demo import PARK
from dashboard.pages.context import BadAddress
from dashboard.pages.leverage.bridge_card import make_bridge_entry_table, make_bridge_line_table
from dashboard.pages.leverage.bridge_lines import key_of
from dashboard.pages.leverage.leverage_state import LeverageState, open_leverage
from dashboard.pages.leverage.yuan_drill import draw_yuan_panel, make_yuan_entry_table, make_yuan_line_table
from dashboard.pages.leverage.yuan_flow_card import (
    draw_yuan_flow,
    make_yuan_cut_table,
    make_yuan_flow_table,
    write_cut_sum,
    write_yuan_finding,
)
from dashboard.tables.shown import Cell
from funds.book import Book
from funds.errors import NotAllowed
from tests.browser.city import PARK_CODE, build_city
from tests.dashboard.pages.visiting import text_below, visit_page
from tests.dashboard.readings.money.leverage_city import leverage_city
from tests.dashboard.readings.return_books import book_of
from tests.engines import SqliteDatabases

DAY = {"as_of": "2024-12-31"}


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with book_of(sqlite, *leverage_city()) as made:
        yield made


def opened(book: Book, **more: str) -> LeverageState:
    return open_leverage(visit_page(book, "/leverage", urlencode({**DAY, **more})))


def test_the_finding_and_the_cuts_are_the_same_money(book: Book) -> None:
    state = opened(book)
    assert write_yuan_finding(state).startswith("实缴外部资金 2,810.00万元，其中 700.00万元 已投到企业")
    assert write_cut_sum(state) == "各截面合计 28,100,000.00 元，到分相等。"
    assert {row[1].value for row in make_yuan_cut_table(state).rows} == {2_810}
    committed = opened(book, basis="committed")
    assert write_cut_sum(committed) == "各截面合计 29,100,000.00 元，到分相等。"


def test_a_pair_shows_whose_money_it_is_and_opens_its_payments(book: Book) -> None:
    rows = {(row[0].text, row[1].text): row for row in make_yuan_flow_table(opened(book)).rows}
    down = rows["第 1 层 市级母基金 1 只", "第 2 层 子基金 1 只"]
    assert [cell.value for cell in down[2:]] == [400, 300, 100, 0, 0]
    state = open_leverage(visit_page(book, "/leverage", urlsplit(str(down[0].link)).query))
    (line,) = make_yuan_line_table(state).rows
    assert (line[0].text, line[2].value, line[3].value) == ("基金A", 400, 1)
    again = open_leverage(visit_page(book, "/leverage", urlsplit(str(line[0].link)).query))
    (entry,) = make_yuan_entry_table(again).rows
    assert (entry[1].text, entry[4].value) == ("实缴", 400)
    assert str(entry[0].link).startswith("/history/entry/")


def test_what_is_left_has_no_lines_and_says_so(book: Book) -> None:
    state = opened(book, band="tier:2|kept")
    assert make_yuan_line_table(state).rows == ()
    assert "这是余额" in text_below(draw_yuan_panel(state))
    assert "没有这一条带" in text_below(draw_yuan_panel(opened(book, band="tier:7|tier:9")))
    with pytest.raises(BadAddress):
        draw_yuan_panel(opened(book, band="tier"))


def test_a_fund_alone_names_the_funds_outside_it(book: Book) -> None:
    state = opened(book, scope="fund:A", band="outside_giver|tier:2")
    assert "范围外的基金" in {row[0].text for row in make_yuan_flow_table(state).rows}
    assert [row[0].text for row in make_yuan_line_table(state).rows] == ["基金M"]
    assert "按该基金自己的构成分摊" in text_below(draw_yuan_panel(state))


def test_nothing_paid_in_and_nothing_invested_are_told(book: Book) -> None:
    early = opened(book, as_of="2020-03-15")
    assert write_yuan_finding(early) == "实缴外部资金 2,000.00万元，还没有投到企业"
    before = opened(book, as_of="2019-12-31")
    assert make_yuan_flow_table(before).rows == ()
    assert "还没有资金" in text_below(draw_yuan_flow(before))


def test_a_park_counts_its_share(book: Book) -> None:
    state = opened(book, scope="park:P1")
    assert write_cut_sum(state).startswith("各截面合计 7,260,000.00 元")


@pytest.fixture
def sample(sqlite: SqliteDatabases) -> Iterator[Book]:
    """The made-up city with its three people."""
    made = Book(sqlite.copy_of("made-up city", build_city))
    yield made
    made.close()
    sqlite.drop_made()


def test_a_park_official_drills_into_her_own_funds_alone(sample: Book) -> None:
    def seen(**more: str) -> LeverageState:
        query = urlencode({"as_of": "2026-09-30", "scope": f"park:{PARK_CODE}", **more})
        return open_leverage(visit_page(sample, "/leverage", query, PARK.login))

    state = seen()
    own = {fund.name for fund in state.slice.readable_funds}
    entries: list[tuple[Cell, ...]] = []
    for row in state.rows("yuan"):
        band = f"{row['giver']}|{row['taker']}"
        for line in make_yuan_line_table(seen(band=band)).rows:
            assert line[1].text in own
            pair = parse_qs(urlsplit(str(line[0].link)).query)["pair"][0]
            entries += make_yuan_entry_table(seen(band=band, pair=pair)).rows
    for row in state.rows("bridge_line"):
        bar = {"bar": row["step"], "line": key_of(row)}
        assert {line[1].text for line in make_bridge_line_table(seen(**bar)).rows} <= own
        entries += make_bridge_entry_table(seen(**bar)).rows
    assert len(entries) > 20
    assert {entry[2].text for entry in entries} <= own
    with pytest.raises(NotAllowed):
        open_leverage(visit_page(sample, "/leverage", "scope=park:P02", PARK.login))
