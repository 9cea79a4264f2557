"""The bridge says what was filed and confirmed, and every bar leads to its investors, evidence and entries."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.pages.context import BadAddress
from dashboard.pages.leverage.bridge_card import (
    draw_bridge,
    make_bridge_entry_table,
    make_bridge_line_table,
    make_bridge_table,
    write_finding,
)
from dashboard.pages.leverage.leverage_state import LeverageState, open_leverage
from dashboard.readings.money.leverage_bridge import CLAIMED, CONFIRMED, STEPS
from funds.book import Book
from tests.dashboard.pages.visiting import find_links, text_below, visit_page, walk
from tests.dashboard.readings.money.leverage_city import PAPER, leverage_city
from tests.dashboard.readings.return_books import book_of
from tests.engines import SqliteDatabases

DAY = "as_of=2024-12-31"
BARS = (CLAIMED, *STEPS, CONFIRMED)


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with book_of(sqlite, *leverage_city()) as made:
        yield made


def opened(book: Book, more: str = "") -> LeverageState:
    return open_leverage(visit_page(book, "/leverage", f"{DAY}{more}"))


def test_the_finding_is_what_was_filed_confirmed_and_taken_off_most(book: Book) -> None:
    state = opened(book)
    assert write_finding(state, state.rows("bridge")) == (
        "2024-Q4 1 只基金申报社会资本 450.00万元，审定 300.00万元，核减 150.00万元；影响最大的是其他公共资金 150.00万元"
    )


def test_the_table_steps_from_claimed_to_confirmed_to_the_fen(book: Book) -> None:
    rows = make_bridge_table(opened(book)).rows
    assert [row[0].text for row in rows] == [
        "申报",
        "未到位",
        "其他公共资金",
        "重复计算",
        "重新定性",
        "撤销",
        "未能解释",
        "审定",
    ]
    amounts = [row[1].value for row in rows]
    assert sum(amounts[:-1]) == amounts[-1] == 300  # type: ignore[arg-type]
    assert (rows[0][3].text, rows[-1][3].text) == ("2.25×", "1.50×")


def test_every_bar_is_a_link_and_one_with_nothing_says_so(book: Book) -> None:
    card = draw_bridge(opened(book))
    bars = [part for part in walk(card) if "bridge-line" in str(getattr(part, "className", "")).split()]
    asked = [parse_qs(urlsplit(str(bar.href)).query)["bar"][0] for bar in bars]
    assert tuple(asked) == BARS
    told = {step: text_below(bar) for step, bar in zip(asked, bars, strict=True)}
    assert "0（没有）" in told["unpaid"]
    assert "-150.00" in told["other_public"]


def test_a_bar_opens_investors_with_evidence_and_who_confirmed_it(book: Book) -> None:
    table = make_bridge_line_table(opened(book, "&bar=other_public"))
    (row,) = table.rows
    assert row[0].text.endswith("SOE")
    assert (row[2].value, row[3].text, row[4].text, row[5].text) == (150, "市级国企资金", PAPER, "local")
    assert str(row[6].link).startswith("/history/party_nature/")
    assert "1 笔，合计 150.00万元" in table.title


def test_an_investor_opens_the_entries_and_an_entry_its_history(book: Book) -> None:
    lines = make_bridge_line_table(opened(book, "&bar=other_public"))
    query = urlsplit(str(lines.rows[0][0].link)).query
    state = open_leverage(visit_page(book, "/leverage", query))
    (entry,) = make_bridge_entry_table(state).rows
    assert (entry[0].text, entry[1].text, entry[4].value) == ("2020-04-01", "实缴", 150)
    assert str(entry[0].link).startswith("/history/entry/")
    assert (str(entry[0].link), entry[0].text) in [
        (address, words) for words, address in find_links(draw_bridge(state))
    ]


def test_filings_stand_behind_the_claim_and_behind_what_nothing_explains(book: Book) -> None:
    filed = make_bridge_line_table(opened(book, "&bar=claimed")).rows
    assert [row[1].text for row in filed] == ["LV04 实缴 2.25×", "未申报"]
    assert str(filed[0][1].link).startswith("/history/claim/")
    assert (filed[1][2].text, filed[1][2].hover) == ("—", "这只基金没有申报可以换算成金额的撬动数。")
    assert make_bridge_line_table(opened(book, "&bar=unexplained")).title == "未能解释：没有这样的钱"


@pytest.mark.parametrize("bar", BARS)
def test_every_bar_can_be_opened_and_exported(book: Book, bar: str) -> None:
    state = opened(book, f"&bar={bar}&line=A|SOE")
    amounts = {row["step"]: row["amount"] for row in state.rows("bridge")}
    table = make_bridge_line_table(state)
    if bar not in ("claimed", "unexplained"):
        assert sum(row[2].value for row in table.rows) * 1_000_000 == abs(amounts[bar])  # type: ignore[misc]
    assert table.title in text_below(draw_bridge(state))


def test_without_a_claim_the_card_says_what_to_do(book: Book) -> None:
    state = opened(book, "&scope=fund:M")
    assert "未申报" in text_below(draw_bridge(state))
    assert make_bridge_table(state).rows == ()


def test_a_line_that_is_not_there_is_said_and_a_bar_that_does_not_exist_is_refused(book: Book) -> None:
    assert "没有这一行" in text_below(draw_bridge(opened(book, "&bar=unpaid&line=A|NOBODY")))
    with pytest.raises(BadAddress):
        draw_bridge(opened(book, "&bar=wall"))
