"""The leverage page: what it says, that it is what the report says, and who sees what of it."""

from collections.abc import Iterator
from fractions import Fraction

import pytest

from dashboard.pages.context import BadAddress
from dashboard.pages.leverage.clock_card import make_clock_table, write_longest, write_synchrony
from dashboard.pages.leverage.definitions_card import make_definitions_table
from dashboard.pages.leverage.deployed_card import make_deployed_table
from dashboard.pages.leverage.lens_cards import make_lens_table, write_band
from dashboard.pages.leverage.leverage_page import lay_out
from dashboard.pages.leverage.leverage_scopes import draw_selection, name_scope, offer_groups
from dashboard.pages.leverage.natures_card import make_restated_table
from dashboard.pages.leverage.official_line import write_certainty, write_headline
from dashboard.pages.leverage.published_card import make_progress_table, make_reported_table
from dashboard.pages.passports.passport import draw_passport
from dashboard.readings.money.capital import SoeTreatment
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.money.leverage_whole import read_whole_leverage
from dashboard.words.numbers import format_ratio
from funds.book import Book
from funds.errors import NotAllowed
from funds.kinds import Basis, GovernmentLevel
from funds.queries.scopes import CITY, Scope, fund_scope, industry_scope, manager_scope, park_scope
from tests.builders import policy
from tests.dashboard.pages.leverage.leverage_visits import (
    KEEPER,
    NEWCOMER,
    OFFICIAL,
    column,
    context_of,
    leverage_book,
    opened,
    sent_page,
)
from tests.dashboard.pages.visiting import find_links, text_below
from tests.engines import SqliteDatabases

SWITCHED = "basis=committed&soe=social&look=through&level=municipal"
ASKED = LeverageOptions(None, SoeTreatment.SOCIAL, GovernmentLevel.MUNICIPAL, look_through=True)


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with leverage_book(sqlite) as made:
        yield made


def test_without_a_choice_no_figure_is_called_official(book: Book) -> None:
    said = write_headline(opened(book))
    assert said.startswith("市里尚未选定认可口径。只按当前切换看，实缴、基金层的社会资本杠杆率（LV04")
    # 300 over 1,700.
    assert said.endswith("财政层级“各级合计”）为 0.18×，不作认定数。")
    assert "认缴、项目层" in write_headline(opened(book, "basis=committed&layer=project"))


def test_what_is_certain_stands_beside_what_is_not(book: Book) -> None:
    assert write_certainty(opened(book)) == (
        "性质存疑的出资人 3 家、810.00万元；若改判，实缴、基金层的杠杆率（LV04）最低 0.08×、最高 0.21×；"
        "实缴 2,810.00万元中已投到企业 700.00万元（24.9%）。"
    )


def test_the_chosen_definition_is_named_with_its_terms_and_its_paper(sqlite: SqliteDatabases) -> None:
    chosen = [
        policy(f"leverage.official_{name}", "2024-01-01", words=words, document="示例决定")
        for name, words in (("definition", "LV04"), ("basis", "实缴"), ("soe", "计入社会资本"))
    ]
    with leverage_book(sqlite, *chosen) as made:
        # HELD, PRIV, TURN and SOE are 1,050 over 1,700, whatever the switches say.
        for search in ("", "basis=committed&soe=fiscal"):
            assert write_headline(opened(made, search)) == (
                "本市按市里认可的口径“社会资本杠杆率”（LV04，国企资金计入社会资本）：实缴 0.62×。"
                "依据：示例决定，自 2024年1月1日 起。"
            ).replace("本市", made.city_name)


@pytest.mark.parametrize(
    ("search", "scope", "options"),
    [
        ("", CITY, LeverageOptions()),
        (f"{SWITCHED}&scope=fund:A", fund_scope("A"), ASKED),
        ("scope=park:P1&soe=fiscal", park_scope("P1"), LeverageOptions(soe=SoeTreatment.FISCAL)),
        ("scope=industry:IC", industry_scope("IC"), LeverageOptions()),
        ("scope=manager:GP", manager_scope("GP"), LeverageOptions()),
    ],
)
def test_every_figure_is_that_of_the_report(
    book: Book, search: str, scope: Scope, options: LeverageOptions
) -> None:
    state = opened(book, search)
    report = read_whole_leverage(state.slice.narrow(scope), options)
    shown = [
        cell.figure and (cell.figure, cell.value)
        for table in (make_definitions_table(state), make_lens_table(state))
        for row in table.rows
        for cell in row
    ]
    found = [one for one in shown if one]
    assert len(found) > 20
    for key, value in found:
        assert key.scope == scope.label
        told = report.figure(key.code, key.basis).value
        exact = None if told is None else Fraction(told)
        if key.code.startswith("LV00") and key.code != "LV00d" and exact is not None:
            exact /= 1_000_000  # the table is in 万元
        assert value == exact, key


def test_a_passport_counts_as_the_page_does(book: Book) -> None:
    state = opened(book, SWITCHED)
    (seen,) = [row for row in state.rows("lens") if row["lens"] == "fund"]
    text = text_below(draw_passport(context_of(book, SWITCHED), "LV04", "committed", "city"))
    assert format_ratio(Fraction(seen["LV04"])) in text
    assert "出资人穿透" in text
    assert "财政层级市" in text
    assert "机构GP" in text_below(draw_passport(context_of(book), "LV04", "paid_in", "manager:GP"))


def test_formulas_are_filled_in_and_every_definition_is_there(book: Book) -> None:
    table = make_definitions_table(opened(book))
    workings = dict(
        zip(
            zip(column(table, "code"), column(table, "on_basis"), strict=True),
            column(table, "working"),
            strict=True,
        )
    )
    assert workings["LV04", "实缴"] == "社会资本 300.00 ÷ 财政 1,700.00"
    assert workings["LV00c", "实缴"] == "直接相加 3,210.00 − 基金之间 400.00 = 2,810.00"
    assert {f"LV{number:02d}" for number in range(3, 14)} <= {code for code, _ in workings}
    committed = make_definitions_table(opened(book, "basis=committed"))
    assert "LV02 = LV01" in column(committed, "code")
    assert set(column(committed, "on_basis")).isdisjoint({"实缴", "已投出（穿透）"})


def test_a_definition_that_cannot_be_worked_out_says_why(book: Book) -> None:
    table = make_definitions_table(opened(book, "scope=industry:IC"))
    row = next(row for row in table.rows if row[0].text == "LV08")
    assert row[table.column("value")].text == "—"
    assert (
        row[table.column("working")].text == "按产业看时只计投到该产业企业的钱；此口径针对整只基金，不适用。"
    )
    assert "无法计算" in table.title


def test_four_lenses_stand_together_with_their_band(book: Book) -> None:
    state = opened(book)
    table = make_lens_table(state)
    assert column(table, "LV04") == ["0.24×", "0.80×", "0.18×", "0.60×"]
    assert column(table, "LV05") == ["13.7%", "30.5%", "10.7%", "24.8%"]
    assert write_band(state, state.rows_on_both("lens")[1]) == (
        "投向评价该项 3 分；到 4 分（占比 40.0%）还差：另增社会资本 110.43万元，"
        "或以社会资本替换其他资金 66.26万元；分档待核实。"
    )
    assert column(make_lens_table(opened(book, "scope=industry:IC")), "lens") == [
        "认缴 · 项目层",
        "实缴 · 项目层",
    ]


def test_paid_in_money_sums_to_what_became_of_it(book: Book) -> None:
    table = make_deployed_table(opened(book))
    assert table.title.endswith("杠杆率（LV04）按实缴 0.18×，按已投出 0.60×")
    assert table.total is not None
    for row in (*table.rows, table.total):
        external, reused, invested, passed, kept = (Fraction(str(cell.value)) for cell in row[1:6])
        assert external + reused == invested + passed + kept


def test_the_clock_names_where_money_lies_longest(book: Book) -> None:
    state = opened(book)
    assert write_longest(state) == "平均停留最久的一环：第 1 层基金，每元 1,419 天，现有 1,600.00万元"
    assert column(make_clock_table(state), "layer_of")[0] == "财政（认缴未拨）"
    assert write_synchrony(state) == "到位同步率（LV06）0.75×；1 只可比的基金中 1 只财政先于社会资本到位"


def test_what_the_press_says_stands_apart_as_not_comparable(book: Book) -> None:
    table = make_reported_table(opened(book))
    assert table.title == "仅见于公开数据的 2 条说法，与以上各口径不可比"
    assert not [cell for row in table.rows for cell in row if cell.figure]
    progress = make_progress_table(opened(book))
    assert progress.title == "对 1.00亿元的目标：认缴到 29.1%，实缴到 28.1%（去重规模 LV00c）"


def test_who_stated_a_nature_otherwise_is_told_with_the_way_to_it(book: Book) -> None:
    table = make_restated_table(opened(book))
    assert column(table, "nature") == ["社会资本", "国有企业"]
    assert column(table, "evidence") == ["示例证明", "股权变更"]
    assert all(str(row[-1].link).startswith("/history/party_nature/") for row in table.rows)


def test_an_official_sees_the_own_park_and_nothing_of_the_mother(book: Book) -> None:
    state = opened(book, login=OFFICIAL)
    assert state.scope == "park:P1"
    offered = {scope.label for _, group in offer_groups(state) for scope, _ in group}
    assert offered == {"park:P1", "industry:IC", "fund:A"}
    text = sent_page(book, login=OFFICIAL)
    assert "基金M" not in text
    for scope in ("city", "fund:M", "manager:GP"):
        with pytest.raises(NotAllowed):
            opened(book, f"scope={scope}", OFFICIAL)
    assert opened(book, login=KEEPER).scope == "fund:A"


def test_who_has_nothing_to_see_is_told_so(book: Book) -> None:
    text = text_below(lay_out(context_of(book, login=NEWCOMER)))
    assert "还没有可查看的园区或基金" in text


def test_a_click_adds_a_fund_to_the_selection_or_takes_it_out(book: Book) -> None:
    links = dict(find_links(draw_selection(opened(book, "scope=fund:A&soe=social"))))
    assert "scope=fund%3AA%2CM" in links["☐ 基金M"]
    assert "soe=social" in links["☐ 基金M"]
    assert "scope" not in links["☑ 基金A"]
    both = opened(book, "scope=fund:A,M")
    assert (both.scope, name_scope(both)) == ("fund:A,M", "所选 2 只基金")


@pytest.mark.parametrize(
    "search",
    ["basis=x", "layer=x", "level=x", "look=1", "league=x", "soe=x", "scope=company:C1", "scope=nowhere"],
)
def test_an_address_that_says_something_else_is_refused(book: Book, search: str) -> None:
    with pytest.raises(BadAddress):
        lay_out(context_of(book, search))


def test_bases_are_switched_by_links_that_keep_the_rest(book: Book) -> None:
    links = dict(find_links(lay_out(context_of(book, "scope=fund:A&look=through"))))
    for kept in (f"basis={Basis.COMMITTED}", "scope=fund%3AA", "look=through"):
        assert kept in links["认缴"]
    assert "look" not in links["第一层"]
