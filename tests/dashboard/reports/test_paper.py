"""A paper is set with its fonts inside, says on each page what it rests on, and shows words as words."""

import sys
from collections.abc import Sequence
from io import BytesIO

import pytest
from markupsafe import Markup
from pypdf import PdfReader

from dashboard.reports.as_pdf import NoPrinter, write_pdf
from dashboard.reports.paper import Paper, PaperSection, PaperWords
from dashboard.reports.paper_page import MOST_ROWS, write_paper_page
from dashboard.tables.shown import Cell, Column, ShownTable

NAME, AMOUNT = Column("name", "企业"), Column("amount", "剩余成本（亿元）", is_number=True)


def make_table(rows: int, columns: Sequence[Column] = (NAME, AMOUNT)) -> ShownTable:
    cells = tuple(
        (Cell(f"示例企业{at}", f"示例企业{at}"), *(Cell(f"{at}.00", at) for _ in columns[1:]))
        for at in range(rows)
    )
    return ShownTable("firms", "在投企业", tuple(columns), cells)


def make_paper(*sections: PaperSection) -> Paper:
    words = PaperWords("示例市 · 截止 2025-12-31 · 账本版本 7", "示例数据")
    return Paper("园区审议材料", "金额单位 亿元", "zh", words, sections)


def read_pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def test_every_page_says_whose_it_is_and_what_it_rests_on() -> None:
    paper = make_paper(
        PaperSection("投向", ("六成投在主导产业。",), None, (make_table(3),), "口径：AL01 v1"),
        PaperSection("企业", (), None, (make_table(90),), "口径：PF16 v2"),
    )
    pages = read_pages(write_pdf(paper))
    assert len(pages) > 2
    assert all("示例市 · 截止 2025-12-31 · 账本版本 7" in page and "示例数据" in page for page in pages)
    assert ["AL01" in page for page in pages] == [True] + [False] * (len(pages) - 1)
    assert all("PF16 v2" in page for page in pages[1:])
    assert f"2 / {len(pages)}" in pages[1]


def test_text_can_be_taken_out_again_and_fonts_are_inside() -> None:
    content = write_pdf(make_paper(PaperSection("金额", ("资金、企业与园区",), None, (make_table(1),))))
    assert "资金、企业与园区" in read_pages(content)[0]
    reader = PdfReader(BytesIO(content))
    fonts = [
        one.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        for page in reader.pages
        for one in page["/Resources"]["/Font"].values()  # type: ignore[index]
    ]
    assert fonts
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_the_same_paper_is_the_same_file() -> None:
    paper = make_paper(PaperSection("投向", (), None, (make_table(2),)))
    assert write_pdf(paper) == write_pdf(paper)


def test_a_long_table_is_cut_and_says_so() -> None:
    page = write_paper_page(
        make_paper(PaperSection("企业", (), None, (make_table(MOST_ROWS + 5),))), "{shown}/{all}"
    )
    assert f"{MOST_ROWS}/{MOST_ROWS + 5}" in page
    assert f"示例企业{MOST_ROWS}" not in page


def test_a_wide_table_lies_across_the_page() -> None:
    columns = (
        NAME,
        *(Column(str(at), f"列{at}", is_number=True, group="组" if at > 2 else "") for at in range(9)),
    )
    page = write_paper_page(make_paper(PaperSection("企业", (), None, (make_table(1, columns),))), "")
    assert 'class="section wide"' in page
    assert 'colspan="6">组' in page


def test_a_missing_number_says_why_and_nothing_else_does() -> None:
    rows = ((Cell("甲", "甲", hover="全名"), Cell("—", None, hover="没有估值")),)
    total = (Cell("合计", "合计"), Cell("0.00", 0))
    table = ShownTable("firms", "企业", (NAME, AMOUNT), rows, note="按成本排序", total=total)
    page = write_paper_page(make_paper(PaperSection("企业", (), None, (table,), absence="没有更多")), "")
    assert "没有估值" in page
    assert "全名" not in page
    assert "按成本排序" in page
    assert "没有更多" in page
    assert '<tr class="total">' in page


def test_what_looks_like_markup_is_text() -> None:
    page = write_paper_page(make_paper(PaperSection("<b>标题</b>", ("<img src=x>",))), "")
    assert "<b>" not in page
    assert "<img" not in page


def test_a_paper_asks_nothing_of_other_machines(caplog: pytest.LogCaptureFixture) -> None:
    drawing = Markup('<img src="http://127.0.0.1:9/x.png" alt="">')
    write_pdf(make_paper(PaperSection("图", (), drawing)))
    (refused,) = [record.getMessage() for record in caplog.records if record.name == "weasyprint"]
    assert "disallowed protocol" in refused


def test_without_the_printer_the_advice_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(NoPrinter, match=r"report\.no_pdf"):
        write_pdf(make_paper())
