"""A fund manager's first hour: the template, three problems, a workbook recorded, a deal on top, and all taken back."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, FilePayload, expect
from playwright.sync_api import Page as BrowserPage

from tests.browser.city import FUND_CODE
from tests.browser.desk import Desk, open_desk
from tests.browser.fields import choose, fill_in
from tests.browser.visits import SLOW, find_faults, running, settle
from tests.dashboard.pages.imports.ledger import PARTNER, put_cells, write_faulty_ledger
from tests.dashboard.serving import Served

pytestmark = pytest.mark.browser
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UPLOAD = "#import-upload input[type=file]"
# What was meant in the three cells.
RIGHT = {("投资", "G2"): 14830, ("估值", "B2"): "QM1", ("轮次投资方", "C3"): 100}
# 认缴, 实缴, 已投, 净资产, DPI, TVPI, IRR.
CODES = ("PF01", "PF02", "PF16", "PF04", "PF06", "PF08", "PF09")
FIRM = "示例新企业1号"
# A second round of a firm that the workbook brought, with an investor of the register beside the fund.
TEXTS = {
    "round_name": "B轮",
    "total": "200",
    "part-1": "100",
    "amount": "100",
    "paid_on": "2026-09-15",
}


@pytest.fixture
def desk(browser: Browser, either_city: Served) -> Iterator[Desk]:
    """The manager of one fund, in a city that may be changed."""
    with running(either_city) as address, open_desk(browser, address, "manager") as made:
        yield made


def fetch(page: BrowserPage, link: str, folder: Path) -> bytes:
    """The file behind a link."""
    with page.expect_download(timeout=SLOW) as coming:
        page.locator(link).click()
    file = folder / "file.xlsx"
    coming.value.save_as(file)
    return file.read_bytes()


def send_in(page: BrowserPage, content: bytes) -> None:
    """Hand a workbook in, and wait until it is looked through."""
    page.set_input_files(UPLOAD, FilePayload(name="台账.xlsx", mimeType=SHEET, buffer=content))
    expect(page.locator(".import-stages")).to_be_visible(timeout=SLOW)


def read_figures(page: BrowserPage) -> list[str]:
    """The numbers of one's own fund."""
    page.get_by_role("link", name="我的基金").click()
    expect(page.locator(".my-fund .figure-number").first).to_be_visible(timeout=SLOW)
    return page.locator(".my-fund .figure-number").all_inner_texts()


def read_fund(page: BrowserPage) -> list[str]:
    """The figures on one's own fund's page, opened from the page of one's own funds."""
    page.locator(".my-fund .section-title a").click()
    expect(page.locator(".fund-page")).to_be_visible(timeout=SLOW)
    settle(page)
    places = (f'.fund-page .figure-number[id*=\'"code":"{code}"\']' for code in CODES)
    return [page.locator(place).first.inner_text() for place in places]


def log_deal(page: BrowserPage) -> int:
    """A deal on top of the workbook's, its effect seen before it is recorded; the version that it became."""
    page.locator(".deal-link a").click()
    expect(page.locator("#content h1")).to_have_text("登记交易", timeout=SLOW)
    choose(page, "deal-company", FIRM)
    expect(page.locator("#deal-firm-told")).to_contain_text("这一笔为追加", timeout=SLOW)
    choose(page, "deal-round", "新轮次")
    choose(page, "deal-who-1", PARTNER)
    for field, text in TEXTS.items():
        fill_in(page, f"deal-{field}", text)
    effect = page.locator("#deal-effect")
    expect(effect.locator(".deal-headline")).to_contain_text("项会变动", timeout=SLOW)
    expect(effect.locator(".deal-mark").filter(has_text="变动").first).to_be_visible()
    for code in ("LV10", "AL01"):
        expect(effect).to_contain_text(code)
    expect(page.locator("#deal-difference")).to_contain_text("等于本轮总额")
    assert find_faults(page) == []
    page.locator("#deal-save").click()
    told = page.locator("#deal-told")
    expect(told).to_contain_text("已登记（第", timeout=SLOW)
    return int("".join(filter(str.isdigit, told.locator("p").first.inner_text())))


def undo_batch(page: BrowserPage, reason: str) -> None:
    """Ask to take the workbook back."""
    page.locator("#nav").get_by_role("link", name="导入中心").click()
    page.locator("#table-batches").get_by_role("link", name="打开").click()
    page.locator("#import-undo-reason").fill(reason)
    page.get_by_role("button", name="撤销本批").click()


def undo_change(page: BrowserPage, reason: str) -> None:
    """Take a change back on its own page of the trail."""
    page.locator("#undo-open").click()
    box = page.get_by_label("撤销理由")
    expect(box).to_be_visible(timeout=SLOW)
    box.fill(reason)
    page.locator("#undo-confirm").click()
    expect(page.locator("#undo-told .form-told")).to_be_visible(timeout=SLOW)


def test_from_the_template_to_figures_and_back_again(desk: Desk, tmp_path: Path) -> None:
    page = desk.show("/my-funds")
    before = read_figures(page)
    assert len(before) == 8
    page.get_by_role("link", name="去导入中心").click()
    expect(page.locator("#import-get-template")).to_be_visible(timeout=SLOW)
    template = load_workbook(BytesIO(fetch(page, "#import-get-template", tmp_path)))
    assert FUND_CODE in [row[1].value for row in template["代码表"].iter_rows()]

    send_in(page, write_faulty_ledger())
    expect(page.locator("#content")).to_contain_text("有 3 个问题须先改正")
    cells = page.locator("#table-problems tbody tr").filter(has_text="须改正").locator("td:nth-of-type(3)")
    assert cells.all_inner_texts() == ["G2", "B2", "E2"]
    assert find_faults(page) == []
    annotated = fetch(page, "#import-annotated", tmp_path)
    assert "五百万" in load_workbook(BytesIO(annotated))["投资"]["G2"].comment.text

    page.get_by_role("link", name="返回导入中心").click()
    expect(page.locator("#table-drafts")).to_be_visible(timeout=SLOW)
    send_in(page, put_cells(annotated, RIGHT))
    expect(page.locator("#content .headline")).to_have_text(
        "新增 46 行，相同 12 行，内容不同 0 行，疑似重复 2 行"
    )
    commit = page.get_by_role("button", name="提交入账")
    expect(commit).to_be_disabled()
    for radio in page.get_by_role("radio", name="跳过").all():
        radio.check()
    expect(commit).to_be_enabled(timeout=SLOW)
    assert find_faults(page) == []
    commit.click()
    expect(page.locator("#content .headline")).to_contain_text("已导入：新增 46 行", timeout=SLOW)
    after = read_figures(page)
    assert after != before
    assert all(number[-1:] in "0123456789%×" for number in read_fund(page))
    assert FIRM in page.locator("#content").inner_text()
    deal = log_deal(page)
    logged = read_figures(page)
    assert logged != after
    # The deal is in a firm that the workbook brought: the workbook cannot go before it.
    undo_batch(page, "导错了文件")
    refused = page.locator("#import-told")
    expect(refused).to_contain_text("条记录以它为依据", timeout=SLOW)
    refused.get_by_role("link", name=f"第 {deal} 版").first.click()
    undo_change(page, "登错了一笔")
    assert read_figures(page) == after
    undo_batch(page, "导错了文件")
    expect(page.locator(".form-told")).to_contain_text("已撤销批次", timeout=SLOW)
    assert read_figures(page) == before
    read_fund(page)
    assert FIRM not in page.locator("#content").inner_text()
    page.locator("#nav").get_by_role("link", name="变更记录").click()
    settle(page)
    lines = page.locator("#content tbody tr").all_inner_texts()
    assert "冲销" in lines[0]
    assert "导错了文件" in lines[0]
    assert "登错了一笔" in lines[1]
    assert "台账.xlsx" in lines[3]
    assert (desk.complaints, list(desk.outside)) == ([], [])
