"""People and their accounts as they meet them at a browser: the first administrator, an invitation, two steps."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect

from funds.kinds import Role
from tests.browser.visits import fits, listen, running
from tests.dashboard.auth.second_steps import code_of
from tests.dashboard.serving import PASSWORD, Served, add_person, build_own, serve
from tests.engines import SqliteDatabases

pytestmark = pytest.mark.browser
OpenPage = Callable[..., BrowserPage]
NEW = "eight large ships"
SLOW = 30_000


@pytest.fixture
def own(sqlite: SqliteDatabases, tmp_path: Path) -> Iterator[Served]:
    """A book of one's own with an administrator, a signatory, and others."""
    made = serve(sqlite.copy_of("served own", build_own), tmp_path)
    yield made
    made.book.close()
    sqlite.drop_made()


@pytest.fixture
def address(own: Served) -> Iterator[str]:
    with running(own) as at:
        yield at


def come_in(page: BrowserPage, address: str, login: str, password: str = PASSWORD) -> None:
    """Sign in by keyboard."""
    page.goto(f"{address}/sign-in")
    expect(page.locator("input[name=login]")).to_be_focused()
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def ready(page: BrowserPage, title: str) -> None:
    """Wait until a page of the frame is there."""
    expect(page.locator("#content h1")).to_have_text(title, timeout=SLOW)


@pytest.mark.full
def test_an_administrator_invites_and_the_invited_sets_up_two_steps(
    open_page: OpenPage, own: Served, address: str
) -> None:
    page = open_page()
    complaints = listen(page)
    come_in(page, address, "sysadmin")
    ready(page, "人员与账号")
    page.get_by_label("姓名").fill("新来的同事")
    page.locator("#new-login").fill("newcomer")
    page.keyboard.press("Enter")
    code = page.locator("#one-time-code")
    expect(code).to_be_visible(timeout=SLOW)
    given = code.inner_text()
    expect(page.locator("#table-people")).to_contain_text("等待设置密码")
    expect(page.locator("#new-login")).to_have_value("")
    assert fits(page)
    assert complaints == []

    other = open_page(390, 844)
    other.goto(f"{address}/sign-in")
    other.get_by_role("link", name="收到了邀请码").click()
    expect(other.locator("input[name=login]")).to_be_focused()
    expect(other.locator("input[name=code]")).to_be_visible()
    for text in ("newcomer", given, NEW, NEW):
        other.keyboard.type(text)
        other.keyboard.press("Tab")
    other.keyboard.press("Enter")
    ready(other, "我的账号")
    other.get_by_role("link", name="启用").click()
    expect(other.get_by_role("button", name="开始设置")).to_be_focused()
    other.keyboard.press("Enter")
    expect(other.locator(".qr img")).to_be_visible()
    assert other.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth")
    other.keyboard.type(code_of(own, "newcomer"))
    other.keyboard.press("Tab")
    other.keyboard.type(NEW)
    other.keyboard.press("Enter")
    expect(other.locator(".codes li")).to_have_count(10)
    recovery = other.locator(".codes li").first.inner_text()
    other.get_by_role("link", name="我已保存，继续").click()
    expect(other.locator(".form-told")).to_contain_text("两步验证已启用", timeout=SLOW)

    own.clock.advance(minutes=2)
    third = open_page()
    come_in(third, address, "newcomer", NEW)
    expect(third.locator("input[name=code]")).to_be_focused()
    third.keyboard.type(code_of(own, "newcomer"))
    third.keyboard.press("Enter")
    ready(third, "我的账号")
    expect(third.locator("#table-devices tbody tr")).to_have_count(2)
    third.get_by_role("button", name="在其他设备上退出").click()
    expect(third.locator("#devices .form-told")).to_have_text("已退出 1 处登录。", timeout=SLOW)
    other.reload()
    expect(other.locator("input[name=login]")).to_be_visible()

    fourth = open_page()
    come_in(fourth, address, "newcomer", NEW)
    expect(fourth.locator("input[name=code]")).to_be_focused()
    fourth.keyboard.type(recovery)
    fourth.keyboard.press("Enter")
    ready(fourth, "我的账号")
    expect(fourth.locator("#content")).to_contain_text("剩余恢复码 9 个")


@pytest.mark.full
def test_a_lock_is_told_and_an_administrator_lifts_it(open_page: OpenPage, own: Served, address: str) -> None:
    page = open_page()
    for _ in range(5):
        come_in(page, address, "manager", "wrong")
        expect(page.get_by_role("alert")).to_contain_text("用户名或密码不正确")
    come_in(page, address, "manager")
    expect(page.get_by_role("alert")).to_contain_text("15 分钟后再试")

    desk = open_page()
    complaints = listen(desk)
    come_in(desk, address, "sysadmin")
    ready(desk, "人员与账号")
    desk.get_by_role("link", name="name of manager").click()
    desk.get_by_role("button", name="解除锁定").click()
    expect(desk.locator(".form-told")).to_contain_text("已解除锁定", timeout=SLOW)
    desk.locator(".asked summary").last.click()
    expect(desk.get_by_role("button", name="确认停用")).to_be_visible()
    assert complaints == []

    come_in(page, address, "manager")
    expect(page.locator("#shell")).to_be_visible(timeout=SLOW)


@pytest.mark.full
def test_a_role_holds_from_the_next_click_and_ends_with_the_next(
    open_page: OpenPage, own: Served, address: str
) -> None:
    add_person(own.book, "secadmin", Role.SECURITY_ADMIN)
    from dashboard.auth.passwords import add_person_secret

    add_person_secret(own.book, "secadmin", PASSWORD)
    page, desk = open_page(), open_page()
    complaints = listen(desk)
    come_in(page, address, "bystander")
    ready(page, "我的账号")
    expect(page.locator("#nav a")).to_have_count(0)

    come_in(desk, address, "secadmin")
    ready(desk, "角色授权")
    for field, text in (("grant-person", "name of bystander"), ("grant-role", "审计（只读）")):
        desk.locator(f"#{field}").click()
        desk.get_by_role("option", name=text).click()
    desk.locator("#grant").click()
    expect(desk.locator("#grant-told")).to_contain_text("请填写依据", timeout=SLOW)
    desk.locator("#grant-reason").fill("任命文件1号")
    desk.locator("#grant").click()
    expect(desk.locator("#grant-told")).to_contain_text("已授予 bystander", timeout=SLOW)
    page.reload()
    expect(page.locator("#nav a").first).to_be_visible(timeout=SLOW)

    row = desk.locator("#table-tenures tbody tr", has_text="name of bystander")
    row.get_by_role("link").click()
    desk.locator("#end-reason").fill("任命文件2号")
    desk.get_by_role("button", name="今天起结束").click()
    expect(desk.locator("#tenure-card")).to_contain_text("已结束", timeout=SLOW)
    expect(row).to_have_count(0)
    page.reload()
    ready(page, "我的账号")
    expect(page.locator("#nav a")).to_have_count(0)
    assert complaints == []


@pytest.mark.full
def test_signing_out_in_one_window_ends_the_other(open_page: OpenPage, own: Served, address: str) -> None:
    page = open_page()
    come_in(page, address, "bystander")
    ready(page, "我的账号")
    second = page.context.new_page()
    second.goto(f"{address}/account")
    ready(second, "我的账号")
    page.goto(f"{address}/sign-out")
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("status")).to_have_text("您已退出登录。")
    second.reload()
    expect(second.locator("input[name=login]")).to_be_visible()
