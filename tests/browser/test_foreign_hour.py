"""A fund manager's first hour with a ledger of one's own: its columns, three problems, twins, recorded, taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, expect
from playwright.sync_api import Page as BrowserPage

from tests.browser.desk import Desk, open_desk
from tests.browser.test_manager_hour import SHEET, UPLOAD, fetch
from tests.browser.visits import SLOW, find_faults, running
from tests.dashboard.pages.imports.foreign_ledger import (
    ALIKE,
    FAULTS,
    NEW_FIRMS,
    RIGHT,
    SAME,
    fund_name,
    put_in,
    write_faulty_foreign,
)
from tests.dashboard.serving import Served

pytestmark = pytest.mark.browser
HEADLINE = "#content .headline"


@pytest.fixture
def desk(browser: Browser, own_city: Served) -> Iterator[Desk]:
    """The manager of one fund, in a city that may be changed."""
    with running(own_city) as address, open_desk(browser, address, "manager") as made:
        yield made


def send_in(page: BrowserPage, content: bytes) -> None:
    """Hand a file in, and wait until its columns are asked about."""
    page.set_input_files(UPLOAD, FilePayload(name="我们的台账.xlsx", mimeType=SHEET, buffer=content))
    expect(page.locator(HEADLINE)).to_contain_text("请确认各列的对应关系", timeout=SLOW)


def go_on(page: BrowserPage) -> None:
    """Accept what the columns become."""
    page.get_by_role("button", name="下一步").click()
    expect(page.locator(".import-stages")).to_be_visible(timeout=SLOW)


def choose(page: BrowserPage, label: str, option: str) -> None:
    """Something from a list."""
    page.get_by_role("textbox", name=label).click()
    page.get_by_role("option", name=option).click()


def test_a_ledger_of_ones_own_goes_in_and_out_again(desk: Desk, tmp_path: Path) -> None:
    page = desk.show("/imports")
    send_in(page, write_faulty_foreign())
    table = page.locator(".map-table")
    expect(table).to_contain_text(f"{fund_name()} 投资台账 · 单位：万元")
    expect(table.locator(".map-preview tbody tr")).to_have_count(5)
    expect(table.locator(".map-part legend")).to_have_text(["对应到“企业名录”", "对应到“投资”"])
    choose(page, "企业名录：其他模板列", "规模标签")
    page.get_by_role("button", name="添加列").first.click()
    choose(page, "规模标签：取自文件的列", "E 备注")
    assert find_faults(page) == []
    go_on(page)
    expect(page.locator(HEADLINE)).to_contain_text("有 3 个问题须先改正")
    cells = page.locator("#table-problems tbody tr").filter(has_text="须改正").locator("td:nth-of-type(3)")
    assert set(cells.all_inner_texts()) == set(FAULTS)
    annotated = fetch(page, "#import-annotated", tmp_path)

    page.get_by_role("link", name="返回导入中心").click()
    expect(page.locator("#table-drafts")).to_be_visible(timeout=SLOW)
    send_in(page, put_in(annotated, RIGHT))
    expect(page.locator(".map-why").filter(has_text="上次这样对应").first).to_be_visible()
    go_on(page)
    expect(page.locator(HEADLINE)).to_have_text(
        f"新增 {2 * NEW_FIRMS} 行，相同 {SAME} 行，内容不同 0 行，疑似重复 {ALIKE} 行"
    )
    page.get_by_role("button", name="全部跳过").click()
    commit = page.get_by_role("button", name="提交入账")
    expect(commit).to_be_enabled(timeout=SLOW)
    commit.click()
    expect(page.locator(HEADLINE)).to_contain_text(f"已导入：新增 {2 * NEW_FIRMS} 行", timeout=SLOW)

    page.get_by_role("link", name="导入中心", exact=True).click()
    page.locator("#table-batches").get_by_role("link", name="打开").click()
    page.locator("#import-undo-reason").fill("导错了文件")
    page.get_by_role("button", name="撤销本批").click()
    expect(page.locator(".form-told")).to_contain_text("已撤销批次", timeout=SLOW)
    page.get_by_role("link", name="查看变更记录").click()
    expect(page.locator("#content")).to_contain_text("导错了文件", timeout=SLOW)
    assert (desk.complaints, list(desk.outside)) == ([], [])
