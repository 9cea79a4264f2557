"""The commission's first hour: to the bridge, an audit sample, the quarter locked and its paper signed by two people."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as BrowserPage

from dashboard.auth.demo import COMMISSION, MANAGER, SECOND, DemoIdentity
from dashboard.sample.quarter_locks import READY, record_quarters
from funds.book import Book
from funds.drafts import FeeDraft, MembershipDraft, PersonDraft
from funds.kinds import FeeKind, Role, ScopeKind
from funds.recording import VERBS
from tests.browser.city import BEGAN, FUND_CODE
from tests.browser.desk import Desk, open_desk
from tests.browser.fields import fill_in
from tests.browser.visits import SLOW, find_faults, running, settle
from tests.dashboard.cli.terminal import run
from tests.dashboard.serving import Served

pytestmark = pytest.mark.browser
OpenDesk = Callable[[DemoIdentity], Desk]
FUND, LAST_DAY = "示例生物医药成长子基金", "2026-06-30"
LINES, ITEMS, PAPERS = (f"#table-{name} tbody tr" for name in ("bridge_line", "items", "papers"))


@pytest.fixture
def city(either_city: Served) -> Served:
    """The city with a second signatory: one quarter locked, the next one filed by everybody."""
    book = either_city.book
    with book.change("local", "people") as change:
        VERBS[PersonDraft](change, [PersonDraft(login=SECOND.login, name=SECOND.login)])
        granted = MembershipDraft(
            login=SECOND.login, role=Role.COMMISSION_SIGNATORY, scope_kind=ScopeKind.CITY, from_date=BEGAN
        )
        VERBS[MembershipDraft](change, [granted])
    record_quarters(book, "local", COMMISSION.login, SECOND.login)
    return either_city


@pytest.fixture
def open_as(browser: Browser, city: Served) -> Iterator[OpenDesk]:
    """Another person's browser; none may complain or ask other machines."""
    with running(city) as address, ExitStack() as desks:
        opened: list[Desk] = []

        def open_one(who: DemoIdentity) -> Desk:
            opened.append(desks.enter_context(open_desk(browser, address, who.key)))
            return opened[-1]

        yield open_one
        assert [(desk.complaints, list(desk.outside)) for desk in opened] == [([], [])] * len(opened)


def go(page: BrowserPage, name: str) -> None:
    """A page by its name in the navigation."""
    page.locator("#nav").get_by_role("link", name=name, exact=True).click()
    expect(page.locator("#content h1")).to_contain_text(name[:2], timeout=SLOW)
    settle(page)


def look_through_leverage(page: BrowserPage) -> None:
    """Both switches, the bridge, one bar of it, and who was reclassified on which evidence."""
    go(page, "撬动社会资本")
    for switch, name in (("基准", "认缴"), ("层面", "项目层")):
        group = page.get_by_role("group", name=switch)
        group.get_by_role("link", name=name).click()
        expect(group.locator(".segment-chosen")).to_have_text(name, timeout=SLOW)
    page.locator(".bridge-line").filter(has_text="其他公共资金").click()
    line = page.locator(LINES).filter(has_text="示例滨湖城市投资公司")
    expect(line).to_contain_text("区县级国企资金", timeout=SLOW)
    expect(line).to_contain_text("示例出资人证明材料")


def doubt_one_line(page: BrowserPage) -> None:
    """Draw a sample of the quarter and doubt the first line of the manager's fund in it."""
    go(page, "审计抽样")
    fill_in(page, "audit-wanted", "60")
    fill_in(page, "audit-seed", "七月")
    page.locator("#audit-draw").click()
    page.get_by_role("link", name="查看这次抽样").click()
    expect(page.locator("#content")).to_contain_text("得到同样的", timeout=SLOW)
    page.locator(ITEMS).filter(has_text=FUND).first.locator("th a").click()
    expect(page.locator(".audit-item")).to_contain_text(FUND, timeout=SLOW)
    assert find_faults(page) == []
    page.get_by_role("button", name="存疑").click()
    expect(page.locator("#audit-told")).to_contain_text("请写明", timeout=SLOW)
    page.get_by_label("理由或说明").fill("缺付款凭证")
    page.get_by_role("button", name="存疑").click()
    expect(page.locator("#audit-told")).to_contain_text("等待基金答复", timeout=SLOW)


def answer_doubt(page: BrowserPage) -> None:
    """The manager finds the doubt in the inbox, and answers it at the very line."""
    page.locator('#nav a[href^="/inbox"]').click()
    doubt = page.locator("#table-finding tbody tr")
    expect(doubt).to_have_count(1, timeout=SLOW)
    expect(doubt).to_contain_text("缺付款凭证")
    expect(doubt).to_contain_text(FUND)
    doubt.get_by_role("link").click()
    expect(page.locator(".audit-item")).to_contain_text(FUND, timeout=SLOW)
    assert page.locator(ITEMS).filter(has_not_text=FUND).count() == 0
    page.get_by_label("理由或说明").fill("凭证已补")
    page.get_by_role("button", name="答复").click()
    expect(page.locator("#audit-told")).to_contain_text("已答复", timeout=SLOW)


def lock_quarter(proposer: BrowserPage, approver: BrowserPage) -> None:
    """One proposes to lock every fund whose checks hold, and cannot approve it; another does."""
    for page in (proposer, approver):
        go(page, "季度报送与锁定")
        page.locator(".quarters-choice summary").click()
        page.locator(f'.quarters-choice a[href*="{READY}"]').click()
        expect(page.locator("#content h1")).to_contain_text("二季度", timeout=SLOW)
    proposer.get_by_role("button", name="提请锁定").click()
    expect(proposer.locator(".form-told")).to_contain_text("须由另一人批准", timeout=SLOW)
    expect(proposer.get_by_role("button", name="批准锁定")).to_have_count(0)
    approver.reload()
    approver.get_by_role("button", name="批准锁定").click(timeout=SLOW)
    expect(approver.locator(".form-told")).to_contain_text("已锁定", timeout=SLOW)


def sign_paper(preparer: BrowserPage, signer: BrowserPage) -> None:
    """One freezes the paper of the quarter, and cannot sign it; another does."""
    for page in (preparer, signer):
        go(page, "撬动成果签批")
    preparer.get_by_role("button", name="准备并冻结").click()
    expect(preparer.locator("#signing-told")).to_contain_text("等待另一人签批", timeout=SLOW)
    expect(preparer.get_by_role("button", name=f"签批 {READY}")).to_have_count(0)
    signer.reload()
    signer.get_by_role("button", name=f"签批 {READY}").click(timeout=SLOW)
    expect(signer.locator("#signing-told")).to_contain_text("已签批生效", timeout=SLOW)
    assert find_faults(signer) == []


def fetch_files(page: BrowserPage, folder: Path) -> dict[str, bytes]:
    """The frozen files of the newest paper, by their endings."""
    found: dict[str, bytes] = {}
    for link in page.locator(PAPERS).first.get_by_role("link", name="下载").all():
        with page.expect_download(timeout=SLOW) as coming:
            link.click()
        file = folder / "paper"
        coming.value.save_as(file)
        found[Path(coming.value.suggested_filename).suffix] = file.read_bytes()
    return found


def record_more(book: Book) -> None:
    """Later changes: a cost of this summer."""
    fee = FeeDraft(
        fund=FUND_CODE, kind=FeeKind.PARTNERSHIP, amount_fen=100, paid_on=date(2026, 8, 3), business_no="L1"
    )
    with book.change("local", "later") as change:
        VERBS[FeeDraft](change, [fee])


@pytest.mark.full
def test_from_the_city_to_a_signed_paper_that_stays_as_it_is(
    city: Served, open_as: OpenDesk, tmp_path: Path
) -> None:
    page, second = open_as(COMMISSION).page, open_as(SECOND).page
    page.locator("#home-link").click()
    expect(page.locator("#content h1")).to_have_text("全市总览", timeout=SLOW)
    look_through_leverage(page)
    doubt_one_line(page)
    answer_doubt(open_as(MANAGER).page)
    lock_quarter(page, second)
    sign_paper(page, second)

    files = fetch_files(second, tmp_path)
    assert {".json", ".xlsx"} <= files.keys()
    workbook = load_workbook(BytesIO(files[".xlsx"]))
    assert READY in str(workbook.worksheets[0]["A1"].value)
    digest = sha256(files[".json"]).hexdigest()[:12]
    expect(second.locator(PAPERS).first).to_contain_text(digest)

    record_more(city.book)
    known = json.loads(files[".json"])["version"]
    assert known < city.book.head().version
    asked = ("--as-of", LAST_DAY, "--as-known", known, "--format", "json", "--book", city.settings.book)
    answer = run("report", "leverage", "--city", *asked)
    assert answer.out == files[".json"], answer.err
    second.locator(PAPERS).first.get_by_role("link", name="复算").click()
    expect(second.locator("#content")).to_contain_text("逐字节相同", timeout=SLOW)
    assert fetch_files(second, tmp_path) == files
