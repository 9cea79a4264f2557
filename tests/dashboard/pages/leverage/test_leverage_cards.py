"""League, quarters, doubts and attribution on the leverage page: their order, their sums, their sentences."""

from collections.abc import Iterator
from fractions import Fraction

import pytest

from dashboard.pages.leverage.attribution_card import (
    make_attribution_table,
)
from dashboard.pages.leverage.attribution_card import (
    write_finding as write_attribution,
)
from dashboard.pages.leverage.history_card import draw_history, make_history_table
from dashboard.pages.leverage.history_card import write_finding as write_history
from dashboard.pages.leverage.league_card import make_league_table
from dashboard.pages.leverage.sensitivity_card import draw_sensitivity, make_sensitivity_table
from dashboard.pages.leverage.sensitivity_card import write_finding as write_doubts
from funds.book import Book
from tests.dashboard.pages.leverage.leverage_visits import OFFICIAL, column, leverage_book, opened
from tests.dashboard.pages.visiting import text_below
from tests.engines import SqliteDatabases


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with leverage_book(sqlite) as made:
        yield made


def test_the_league_stands_in_order_with_its_denominators(book: Book) -> None:
    table = make_league_table(opened(book))
    assert column(table, "name") == ["基金A", "基金M"]
    assert column(table, "LV04") == ["1.50×", "0.00×"]
    assert column(table, "fiscal") == ["200.00", "1,500.00"]
    assert table.rows[0][1].link == "/leverage?as_of=2024-12-31&scope=fund%3AA"
    assert table.title.startswith("基金A居首：实缴杠杆率（LV04）1.50×，分母是财政 200.00万元；2 个参与排行")


@pytest.mark.parametrize(
    ("league", "names", "multiples"),
    [
        ("manager", ["机构GP"], ["0.18×"]),
        ("park", ["园区P1"], ["1.50×"]),
        ("industry", ["产业IC"], ["0.60×"]),
    ],
)
def test_managers_parks_and_industries_are_compared_by_the_switch(
    book: Book, league: str, names: list[str], multiples: list[str]
) -> None:
    state = opened(book, f"league={league}")
    table = make_league_table(state)
    assert (column(table, "name"), column(table, "LV04")) == (names, multiples)
    key = table.rows[0][table.column("LV04")].figure
    assert key is not None
    narrowed = opened(book, f"scope={key.scope}")
    assert narrowed.figure("LV04", "paid_in").value == str(
        next(row["LV04"] for row in state.rows("league") if row["by"] == league)
    )


def test_a_part_of_a_fund_has_no_passport_of_the_whole(book: Book) -> None:
    table = make_league_table(opened(book, login=OFFICIAL))
    assert table.title == "基金A：实缴杠杆率（LV04）1.50×，分母是财政 120.00万元"
    assert table.rows[0][table.column("LV04")].figure is None
    seen = make_league_table(opened(book, "look=through"))
    assert seen.rows[0][seen.column("LV04")].figure is None


def test_quarters_are_laid_out_with_both_bases(book: Book) -> None:
    state = opened(book)
    table = make_history_table(state)
    assert column(table, "day")[0] == "2024-12-31"
    first = table.rows[0]
    assert [first[at].text for at in (1, 2, 6, 7)] == ["0.24×", "13.7%", "0.18×", "10.7%"]
    # TURN's 100 was social until 2023.
    by_day = dict(zip(column(table, "day"), column(table, "LV04_paid_in"), strict=True))
    assert by_day["2022-12-31"] == "0.24×"
    assert write_history(state) == "实缴杠杆率（LV04，第一层）现为 0.18×，与 2023年12月31日 相同"
    assert "按产业看" in text_below(draw_history(opened(book, "scope=industry:IC")))


def test_doubts_are_laid_out_with_party_class_and_evidence(book: Book) -> None:
    state = opened(book)
    assert write_doubts(state) == (
        "3 家存疑、共 810.00万元：基金层杠杆率（LV04）现为 0.18×，改判后在 0.08× 至 0.21× 之间"
    )
    table = make_sensitivity_table(state)
    held = next(row for row in table.rows if row[0].text == "机构HELD")
    assert [cell.text for cell in held[1:7]] == [
        "社会资本",
        "国有企业",
        "股权显示国资控股",
        "70.0%",
        "100.00",
        "0.12×",
    ]
    assert held[table.column("evidence")].text == "示例证明"
    assert table.rows[0][table.column("LV04")].figure is not None
    assert all(row[table.column("LV04")].figure is None for row in table.rows[1:])


def test_without_fiscal_money_of_a_level_doubts_are_told_without_a_range(book: Book) -> None:
    told = text_below(draw_sensitivity(opened(book, "level=national")))
    assert told.startswith("存疑性质的影响性质存疑的出资人 3 家、810.00万元；")


def test_attribution_sums_to_all_of_it_to_the_fen(book: Book) -> None:
    state = opened(book)
    table = make_attribution_table(state)
    place = table.column("social_pro_rata")
    own = [row for row in table.rows if row[0].text != "层级小计"]
    assert table.total is not None
    assert sum(Fraction(str(row[place].value)) for row in own) == table.total[place].value == 300
    assert [row[table.column("share_of_all")].text for row in own] == ["80.0%", "20.0%", "0.0%"]
    assert table.total[table.column("claimed_share")].text == "200.0%"
    assert write_attribution(state).endswith(
        "按比例归市级 80.0%；若各家都全额主张，合计 200.0%，同一元被数了不止一次"
    )
    keyed = [row for row in table.rows if row[table.column("LV09")].figure]
    assert [row[1].text for row in keyed] == ["市"]
