"""The way to a paper: only what the page offers, only to whom the page is open, under an honest name."""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from dash import html
from openpyxl import load_workbook
from pypdf import PdfReader

from dashboard.pages.context import PageContext
from dashboard.pages.page import Page
from dashboard.reports.paper import BarChart, Paper, PaperSection, PaperWords
from dashboard.tables.shown import Cell, Column, ShownTable
from funds.permissions import Action
from tests.dashboard.serving import Served, serve

CANARY = "=1+CANARY-51c"
ADDRESS = "/paper?page=/things/X&paper=review&as_of=2026-03-31&form="


def blank(_context: PageContext) -> html.Div:
    return html.Div()


def make_paper(context: PageContext) -> Paper:
    columns = (Column("name", "名称"), Column("number", "数（个）", is_number=True))
    table = ShownTable("things", "东西", columns, ((Cell(CANARY, CANARY), Cell("2", 2, "#,##0")),))
    sections = (
        PaperSection(
            "其一",
            (f"截止 {context.as_of}",),
            None,
            (table,),
            "口径：PF01",
            "",
            BarChart("things", "name", ("number",)),
        ),
        PaperSection("其二", (), None, (table,), "口径：PF02", "无"),
    )
    return Paper("审议/../材料\r\nX", "副题", "zh", PaperWords("示例市", "示例"), sections)


PAGES = (
    Page("/", "page.overview", Action.READ, blank),
    Page("/things/{code}", "page.overview", Action.READ, blank, papers={"review": make_paper}),
    Page("/policy/{code}", "page.overview", Action.SET_POLICY, blank, papers={"review": make_paper}),
)


@pytest.fixture
def shop(own_url: str, tmp_path: Path) -> Iterator[Served]:
    """An application whose pages have a paper."""
    made = serve(own_url, tmp_path, PAGES)
    yield made
    made.book.close()


def test_a_paper_comes_in_both_forms_under_a_name_that_leads_nowhere(shop: Served) -> None:
    client = shop.signed_in("manager")
    for form, kind in (("pdf", "application/pdf"), ("xlsx", "application/vnd.openxml")):
        answer = client.get(ADDRESS + form)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith(kind)
        assert answer.headers["Cache-Control"] == "no-store"
        given = answer.headers["Content-Disposition"]
        assert re.fullmatch(r"attachment; filename\*=UTF-8''[\w%.\-]+", given, re.ASCII)
        assert re.search(rf"审议_.._材料__X_2026-03-31_v\d+\.{form}$", unquote(given))
    assert "截止 2026-03-31" in PdfReader(BytesIO(client.get(ADDRESS + "pdf").data)).pages[0].extract_text()


def test_the_workbook_has_a_cover_a_sheet_of_each_table_and_no_formula(shop: Served) -> None:
    book = load_workbook(BytesIO(shop.signed_in("manager").get(ADDRESS + "xlsx").data))
    cover, first, second = book.worksheets
    assert [cover.title, first.title, second.title] == ["审议..材料X", "东西", "东西2"]
    told = [str(cell.value) for line in cover.iter_rows() for cell in line if cell.value]
    assert {"示例市", "示例", "其一", "截止 2026-03-31", "口径：PF01", "其二", "无"} <= set(told)
    assert (first["A4"].value, first["A4"].data_type, first["B4"].value) == (CANARY, "s", 2)
    assert (len(first._charts), len(second._charts)) == (1, 0)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/paper", 404),
        (ADDRESS, 404),
        (f"{ADDRESS}docx", 404),
        ("/paper?page=/things/X&paper=nothing&form=pdf", 404),
        ("/paper?page=/nowhere&paper=review&form=pdf", 404),
        ("/paper?page=/policy/X&paper=review&form=pdf", 403),
        ("/paper?page=/things/X&paper=review&form=pdf&as_of=yesterday", 400),
        ("/paper?page=/things/X&paper=review&form=pdf&as_known=99999", 404),
    ],
)
def test_what_cannot_be_had_is_refused_with_a_calm_page(shop: Served, address: str, status: int) -> None:
    answer = shop.signed_in("manager").get(address)
    assert answer.status_code == status
    assert "CANARY" not in answer.text
    assert "<html" in answer.text


def test_nobody_gets_a_paper_without_signing_in(shop: Served) -> None:
    answer = shop.client().get(ADDRESS + "pdf")
    assert answer.status_code == 302
    assert "/sign-in" in answer.headers["Location"]
    assert shop.signed_in("bystander").get(ADDRESS + "pdf").status_code == 403


def test_without_the_printer_the_page_says_what_to_do(shop: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    answer = shop.signed_in("manager").get(ADDRESS + "pdf")
    assert answer.status_code == 501
    assert "industry-fund-tracker[report]" in answer.text
    assert shop.signed_in("manager").get(ADDRESS + "xlsx").status_code == 200
