"""A park official's first hour on a phone: own park, the median, what lies outside, gaps, six ones, and the paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from tests.browser.desk import PHONE, Desk, open_desk
from tests.browser.visits import SLOW, fits, settle

pytestmark = pytest.mark.browser
DAY = "as_of=2026-09-30"
OTHER_FUND = "示例云岭园区生物医药基金"


@pytest.fixture
def phone(browser: Browser, city_at: str) -> Iterator[Desk]:
    """The park's official with a phone in hand."""
    with open_desk(browser, city_at, "park", size=PHONE) as made:
        yield made


def test_from_ones_own_park_to_the_paper_for_the_meeting(phone: Desk, tmp_path: Path) -> None:
    page = phone.show(f"/?{DAY}", PHONE)
    expect(page.locator("#content h1")).to_contain_text("滨湖园区", timeout=SLOW)
    assert fits(page)
    # Of three other parks no spread is told, as it would tell single parks.
    expect(page.locator("#content")).to_contain_text("有数的其他园区不足 5 个")
    expect(page.locator("#table-spread")).to_contain_text("中位数")
    expect(page.locator("#table-off_industry tbody tr").first).to_be_visible()

    # A gap in the chain leads to firms of the register that could fill it.
    gap = page.locator(".chain-gap:visible").filter(has_text="候选 1 家").first
    gap.scroll_into_view_if_needed()
    gap.click()
    expect(page.locator("#table-candidates tbody tr").first).to_be_visible(timeout=SLOW)
    settle(page)
    six = page.locator("#six-ones")
    expect(six).to_contain_text("2022-05-13 版")
    expect(six).to_contain_text("2022-11-16 版")
    assert fits(page)

    with page.expect_download(timeout=SLOW) as coming:
        page.get_by_role("link", name="下载 PDF").click()
    file = tmp_path / "paper.pdf"
    coming.value.save_as(file)
    assert coming.value.suggested_filename.endswith(".pdf")
    told = "".join(part.extract_text() for part in PdfReader(file).pages)
    assert "滨湖园区产业基金审议材料" in told
    assert "其他园区只列分位数" in told
    # F04 is another park's fund: neither page nor paper knows it.
    assert OTHER_FUND not in told
    assert OTHER_FUND not in page.locator("#content").inner_text()
    assert (phone.complaints, list(phone.outside)) == ([], [])
