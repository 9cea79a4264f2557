"""The papers of a fund's quarter: sums that tie, what waits told apart, each investor's own account, awkward funds."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from io import BytesIO

import openpyxl
import pytest

from dashboard.help import load_definition_drafts
from dashboard.pages.funds.fund_pack import (
    COMMISSION,
    TO_INVESTORS,
    make_commission_paper,
    make_investor_paper,
)
from dashboard.pages.funds.fund_pack_card import draw_packs, pack_link
from dashboard.pages.funds.fund_page import PAGE
from dashboard.pages.funds.fund_view import load_fund
from dashboard.reports.as_pdf import write_pdf
from dashboard.reports.paper import Paper
from dashboard.reports.paper_sheets import write_paper_workbook
from dashboard.tables.shown import ShownTable
from funds.book import Book
from funds.errors import NotAllowed, NotFound
from funds.kinds import ExitKind
from tests.builders import distribution, exit_, mark, nav, notice, record_in
from tests.dashboard.pages.fund_visits import context_of, words_of
from tests.dashboard.pages.quarter_end.quarter_visits import kept_databases, quarter_city
from tests.dashboard.pages.trail_visits import visit_of
from tests.dashboard.readings.return_books import book_of
from tests.engines import SqliteDatabases
from tests.matrix.asking import read_pdf

END = date(2025, 12, 31)
LATER = date(2026, 1, 10)


@pytest.fixture(scope="module")
def book() -> Iterator[Book]:
    """F1 at the end of 2025: a distribution in the quarter, one mark approved, one waiting, one missing."""
    more = [
        distribution("F1", "LP2", 100, "2025-11-11"),
        notice("F1", "LP2", 1_000, "N9", "2020-02-01"),
        mark("F1", "C1", 950, "2025-12-31"),
        nav("F1", "2900.000001", "2025-12-31"),
    ]
    drafts = [*load_definition_drafts(), *quarter_city(), *more]
    with kept_databases() as files, book_of(files, *drafts) as made:
        with made.change("manager", "季末估值") as change:
            record_in(change, mark("F1", "C2", 480, "2025-12-31", evidence="新报告"))
        yield made


def paper(book: Book, which: str, code: str = "F1", language: str = "zh", search: str = "") -> Paper:
    return PAGE.papers[which](context_of(book, code, LATER, language, search))


def tables_of(made: Paper) -> dict[str, ShownTable]:
    return {table.name: table for section in made.sections for table in section.tables}


def column(table: ShownTable, key: str) -> list[object]:
    return [row[table.column(key)].value for row in table.rows]


def words_in(made: Paper) -> str:
    return "".join(sentence for section in made.sections for sentence in section.sentences)


def test_the_paper_is_of_the_quarters_last_day_whatever_day_the_page_shows(book: Book) -> None:
    made = paper(book, COMMISSION)
    assert made.title == "基金F1 2025年四季度季报"
    assert END.isoformat() in made.words.running
    earlier = paper(book, COMMISSION, search="quarter=2025-Q3")
    assert "截止 2025-09-30" in earlier.words.running


def test_the_accounts_sum_to_the_fund_in_every_column(book: Book) -> None:
    accounts = tables_of(paper(book, COMMISSION))["capital_accounts"]
    assert accounts.total is not None
    for key in ("committed", "paid_in", "distributed", "opening", "result", "closing"):
        place = accounts.column(key)
        assert sum(column(accounts, key)) == accounts.total[place].value  # type: ignore[arg-type]
    nav_row = tables_of(paper(book, COMMISSION))["pack_key"].rows[-1]
    assert accounts.total[accounts.column("closing")].value == nav_row[-1].value


def test_an_investors_statement_adds_up_and_stands_beside_the_whole_fund(book: Book) -> None:
    made = paper(book, TO_INVESTORS, search="investor=LP2")
    assert made.title.endswith("致民营甲公司")
    statement = tables_of(made)["capital_statement"]
    for key in ("own_quarter", "fund_quarter", "own_ever", "fund_ever"):
        *steps, closing = column(statement, key)
        assert sum(steps) == closing  # type: ignore[arg-type]
    assert column(statement, "own_quarter")[2] == Fraction(-100)
    rows = {row[0].text: row[1].text for row in tables_of(made)["capital_commitment"].rows}
    assert (rows["已通知缴款（万元）"], rows["DPI"]) == ("1,000.00", "0.10×")


def test_without_an_investor_every_account_stands_by_itself_and_an_unknown_one_is_refused(
    book: Book,
) -> None:
    made = paper(book, TO_INVESTORS)
    named = [section.title for section in made.sections if "资本账户：" in section.title]
    assert named == ["资本账户：基金M", "资本账户：民营甲公司"]
    with pytest.raises(NotFound):
        paper(book, TO_INVESTORS, search="investor=LP1")


def test_what_waits_is_told_and_left_out_of_every_number(book: Book) -> None:
    made = paper(book, COMMISSION)
    told = words_in(made)
    assert "在持 3 家中，1 家的本季估值待复核，没有计入" in told
    assert "1 家没有本季估值" in told
    held = tables_of(made)["pack_holdings"]
    states = {row[0].text: (row[held.column("fair_value")].text, row[-1].text) for row in held.rows}
    assert states == {
        "企业C1": ("950.00", "已复核"),
        "企业C2": ("450.00", "待复核"),
        "企业C3": ("200.00", "缺"),
    }
    (waiting,) = tables_of(made)["pack_waiting"].rows
    assert [cell.text for cell in waiting] == ["企业C2", "480.00", "450.00", "新报告"]


def test_rates_come_with_their_status_and_every_code_is_explained(book: Book) -> None:
    tables = tables_of(paper(book, COMMISSION))
    returns = {row[0].text: row[-1].text for row in tables["pack_returns"].rows}
    assert returns["PF09"].startswith("有唯一解")
    explained = {row[0].text.split()[0] for row in tables["definitions"].rows}
    assert explained == {code for name, table in tables.items() for code, _ in table.definitions}
    assert {"PF01", "PF09", "PF11"} <= explained


def test_the_value_and_the_bridge_are_those_of_the_quarters_page_and_tie(book: Book) -> None:
    tables = tables_of(paper(book, COMMISSION))
    for name in ("quarter_nav", "quarter_bridge"):
        checks = [row[1].text for row in tables[name].rows if row[0].text.startswith("核对")]
        assert checks == ["0.00 元"]


def test_both_papers_are_written_as_pdf_and_workbook_and_in_english(book: Book) -> None:
    made = paper(book, TO_INVESTORS, language="en", search="investor=LP2")
    assert "Capital account of" in read_pdf(write_pdf(made))
    sheets = openpyxl.load_workbook(BytesIO(write_paper_workbook(paper(book, COMMISSION)))).sheetnames
    assert "全体出资人" in sheets
    assert write_paper_workbook(made) == write_paper_workbook(
        paper(book, TO_INVESTORS, language="en", search="investor=LP2")
    )


def test_the_papers_of_a_fund_of_somebody_else_are_refused(book: Book) -> None:
    visit = visit_of(book, "manager")
    context = context_of(book, "M", LATER)
    other = type(context)(**{**vars(context), "visit": visit})
    for make in (make_commission_paper, make_investor_paper):
        with pytest.raises(NotAllowed):
            make(other)


def test_a_fund_without_holdings_and_one_that_lost_everything_have_papers_too(
    sqlite: SqliteDatabases, book: Book
) -> None:
    mother = paper(book, COMMISSION, "M")
    assert "pack_holdings" not in tables_of(mother)
    assert "pack_stakes" in tables_of(mother)
    gone = [exit_("F1", code, 0, "2025-12-01", ExitKind.WRITE_OFF) for code in ("C1", "C2", "C3")]
    with book_of(sqlite, *quarter_city(), *gone) as lost:
        made = paper(lost, COMMISSION)
        held = tables_of(made)["pack_holdings"]
        assert {row[-1].text for row in held.rows} == {"已核销"}
        assert words_in(made).count("在持") == 0


def test_the_card_offers_every_paper_by_name_in_both_forms(book: Book) -> None:
    view = load_fund(context_of(book, "F1", LATER))
    text = words_of(draw_packs(view))
    assert "基金季报 · 2025年四季度" in text
    assert text.count("下载 PDF") == 4
    address = pack_link(view.context, TO_INVESTORS, "pdf", "2025-Q4", "LP2")
    assert address.endswith("paper=quarter-investor&form=pdf&quarter=2025-Q4&investor=LP2")
