"""Chains on a page: what the sentences find, how gaps are marked, and the list behind one."""

import json
from collections.abc import Iterator

import pytest

from dashboard.pages.industries.chain_card import draw_chains, write_finding
from dashboard.pages.industries.chain_state import ChainState
from dashboard.pages.industries.chain_tables import (
    draw_candidates,
    make_candidates_table,
    make_chain_table,
    make_leaders_table,
    write_fit,
)
from dashboard.tables.shown import ShownTable
from funds.book import Book
from funds.drafts import Draft
from tests.builders import (
    commitment,
    company,
    company_figure,
    contribution,
    fund,
    fund_park,
    industry,
    investment,
    ownership,
    park,
    park_industry,
    policy,
    record,
    segment,
    tag,
)
from tests.dashboard.pages.fund_visits import words_of
from tests.dashboard.pages.industries.visits import chains_of
from tests.dashboard.pages.opening import PageEncoder
from tests.dashboard.readings.industries.chain_book import OFFICIAL, chain_book
from tests.engines import SqliteDatabases


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with chain_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def column(table: ShownTable, key: str) -> list[str]:
    return [row[table.column(key)].text for row in table.rows]


def drawn(state: ChainState) -> str:
    return json.dumps(draw_chains(state), cls=PageEncoder, ensure_ascii=False)


def test_the_finding_counts_gaps_names_some_and_speaks_of_leaders(book: Book) -> None:
    assert write_finding(chains_of(book, "P1")) == (
        "主导产业产业链 4 个环节中 1 个有在投企业，3 个缺口：设计、模拟设计、制造；没有认定的链主企业"
    )
    assert write_finding(chains_of(book, "P2")) == (
        "主导产业产业链 4 个环节中 1 个有在投企业，3 个缺口：材料、模拟设计、制造；没有认定的链主企业"
    )
    record(book, tag("D3", "IC", segment="S3", on="2021-01-01"))
    assert write_finding(chains_of(book, "P2")).endswith("；链主企业 1 家，已投 0 家")
    assert write_finding(chains_of(book, "P9")) == "截止日没有登记主导产业，没有产业链可看"


def test_without_segments_there_is_a_calm_card_and_with_all_covered_no_gap_is_named(book: Book) -> None:
    record(book, industry("NEW"), park("PN"), park_industry("PN", "NEW"))
    empty = chains_of(book, "PN")
    assert write_finding(empty) == "还没有登记产业链环节"
    assert "环节关系" in words_of(draw_chains(empty))
    record(
        book,
        segment("NEW", "N1"),
        company("NC"),
        tag("NC", "NEW", segment="N1"),
        fund("NF"),
        fund_park("NF", "PN"),
    )
    record(book, *_funded("NF"), investment("NF", "NC", 10))
    assert write_finding(chains_of(book, "PN")).startswith("主导产业产业链 1 个环节都有在投企业；")


def _funded(code: str) -> list[Draft]:
    """Money for a fund to invest."""
    return [commitment(code, "LP", 100), contribution(code, "LP", 100)]


def test_a_gap_is_a_link_to_its_candidates_and_says_gap_in_words(book: Book) -> None:
    text = drawn(chains_of(book, "P1"))
    assert "gap=IC.S2&as_of" in text or "as_of=2025-12-31&gap=IC.S2#chain-candidates" in text
    assert "chain-node chain-gap" in text
    assert "缺口" in text
    assert "1 家 · 100.00万元" in text
    assert "上游：产业BIO · 试剂" in text


def test_the_chosen_gap_shows_its_own_candidates_and_a_wrong_one_none(book: Book) -> None:
    state = chains_of(book, "P1", OFFICIAL, "gap=IC.S3")
    table = make_candidates_table(state)
    assert table.title == "“制造”的候选企业 4 家"
    assert column(table, "name") == ["企业D3（链主）", "企业D4", "企业E1", "企业D5"]
    assert column(table, "why") == [
        "国标代码对应该环节（3973、部分对应、对照待核实）",
        "标签属于该产业，未标环节",
        "标签属于该产业，未标环节",
        "国标代码对应该产业，企业还没有标签（65）",
    ]
    for wrong in ("IC.S1", "IC.S9", "nothing"):
        assert chains_of(book, "P1", OFFICIAL, f"gap={wrong}").chosen is None
    assert "看全部缺口" in words_of(draw_candidates(state))
    assert "全部缺口的候选企业" in words_of(draw_candidates(chains_of(book, "P1", OFFICIAL)))


def test_a_gap_that_nobody_fits_says_so(book: Book) -> None:
    record(book, segment("BIO", "T2", name="封闭"), park("PB"), park_industry("PB", "BIO"))
    text = words_of(draw_candidates(chains_of(book, "PB", search="gap=BIO.T2")))
    assert "名录中没有标签或国标代码相符" in text


def test_a_leader_says_by_what_it_is_one_and_how_it_is_held(book: Book) -> None:
    record(
        book,
        policy("S05", value_e6=50_000_000, unit="亿元"),
        company("LD", park="P1", size_tags="链主企业"),
        company("LO", park="P1"),
        company("SUB"),
        tag("LD", "IC", segment="S3"),
        tag("LO", "IC"),
        ownership("LD", "SUB", 51),
        company_figure("LD", "年产值", "2024", 60, unit="亿元"),
        company_figure("LO", "年产值", "2024", 51, unit="亿元"),
        investment("F1", "SUB", 10),
    )
    table = make_leaders_table(chains_of(book, "P1"))
    assert table.title == "主导产业链主企业 2 家，已投 1 家"
    assert column(table, "by") == ["名录认定、2024 年产值达到门槛", "2024 年产值达到门槛"]
    assert column(table, "held") == ["基金F1（经控股企业企业SUB）", "未投"]
    assert column(table, "output") == ["60.00", "51.00"]


def test_the_table_has_a_row_for_each_segment_with_its_state(book: Book) -> None:
    table = make_chain_table(chains_of(book, "P1"))
    assert column(table, "segment") == ["材料", "设计", "模拟设计", "制造"]
    assert column(table, "state") == ["有在投企业", "缺口", "缺口", "缺口"]
    assert column(table, "parent") == ["", "", "设计", ""]
    assert column(table, "candidates") == ["—", "4", "3", "3"]


def test_firms_without_a_segment_stand_apart(book: Book) -> None:
    assert "另有 1 家在投企业标了该产业、没有标环节" in drawn(chains_of(book, "P3"))


@pytest.mark.parametrize("park_code", ["P1", "P3", "P9"])
def test_english_leaves_no_word_unsaid(book: Book, park_code: str) -> None:
    state = chains_of(book, park_code, language="en")
    told = words_of(draw_chains(state)) + write_finding(state)
    assert "chains." not in told
    assert "{" not in told
    assert all("chains." not in write_fit(state, row) for row in state.reading.table("chain_candidate"))
