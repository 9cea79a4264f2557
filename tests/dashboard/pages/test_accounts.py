"""The pages about accounts: one's own, everybody's for the system administrator, roles for the security administrator."""

import json
from typing import Any

import orjson
import pytest
from dash.development.base_component import Component

from dashboard.answer_text import OPTIONS, write_answer
from dashboard.auth.callbacks import BadValues
from dashboard.auth.identity import Identity
from dashboard.auth.passwords import add_person_secret
from dashboard.auth.visit import Visit
from dashboard.pages.context import read_context
from dashboard.pages.people import account, people, people_roles
from dashboard.pages.people.account_words import word_browser, word_instant
from dashboard.pages.people.people_acts import add_person as add_newcomer
from dashboard.pages.people.people_card import draw_person_card
from dashboard.pages.people.people_table import count_people, make_people_table
from dashboard.pages.people.people_tenures import draw_tenure_card, make_tenure_table, word_posts
from funds.book import Book
from funds.errors import Conflict, LedgerError, NotFound, RulesBroken
from funds.kinds import Role
from funds.permissions import Action
from tests.dashboard.auth.second_steps import is_in, person_id_of, set_up_factor
from tests.dashboard.serving import PASSWORD, Served, add_person, callback_body, post_callback, sign_in

FORM = {
    "person": "bystander",
    "role": "auditor",
    "scope": "city",
    "from": "2026-06-30",
    "to": "",
    "reason": "文件1号",
}


@pytest.fixture
def administered(served: Served) -> Served:
    """The same with a security administrator."""
    add_person(served.book, "secadmin", Role.SECURITY_ADMIN)
    add_person_secret(served.book, "secadmin", PASSWORD)
    return served


def visit_of(book: Book, login: str, language: str = "zh") -> Visit:
    """A visit of somebody, as the gate makes it."""
    return Visit(book, Identity(person_id_of(book, login), login, f"name of {login}", ()), language, "light")


def drawn(component: Component | None) -> str:
    """All that a component says, as text."""
    return json.dumps(orjson.loads(orjson.dumps(write_answer(component), option=OPTIONS)), ensure_ascii=False)


def test_one_sees_ones_own_account(administered: Served) -> None:
    client = administered.signed_in("manager")
    set_up_factor(administered, client, "manager")
    with administered.book.look() as look:
        from dashboard.auth.sessions import digest_token, find_session

        token = administered.cookie(client, "session")
        rules = visit_of(administered.book, "manager").rules
        assert find_session(look.connection, token, administered.book.now(), rules.limits)
    visit = Visit(
        administered.book,
        Identity(person_id_of(administered.book, "manager"), "manager", "name of manager", ()),
        "zh",
        "light",
        digest_token(token),
    )
    shown = drawn(account.lay_out(read_context(visit, "?notice=factor_set", None, "/account")))
    for words in (
        "name of manager",
        "基金管理人",
        "全市",
        "长期",
        "剩余恢复码 10 个",
        "本机",
        "启用两步验证",
    ):
        assert words in shown, words
    assert "两步验证已启用，其他设备上的登录已退出" in shown
    assert "notice" not in drawn(account.lay_out(read_context(visit, "?notice=other", None, "/account")))


def test_a_person_without_a_password_is_told_so(served_demo: Served) -> None:
    visit = visit_of(served_demo.book, "demo.manager")
    shown = drawn(account.lay_out(read_context(visit, "", None, "/account")))
    assert "示例身份没有密码" in shown
    assert "/account/password" not in shown


def test_a_person_without_a_role_is_told_whom_to_ask(served: Served) -> None:
    visit = visit_of(served.book, "bystander", "en")
    assert "ask the security administrator" in drawn(
        account.lay_out(read_context(visit, "", None, "/account"))
    )


def test_an_old_password_is_marked_where_the_profile_says_so(own_url: str, tmp_path: Any) -> None:
    from dataclasses import replace

    from dashboard.auth.access_rules import DENGBAO
    from tests.dashboard.serving import serve

    made = serve(own_url, tmp_path)
    made.clock.advance(days=100)
    visit = visit_of(made.book, "manager")
    strict = replace(visit, rules=replace(visit.rules, profile=DENGBAO))
    assert "请更换" in drawn(account.lay_out(read_context(strict, "", None, "/account")))
    assert "请更换" not in drawn(account.lay_out(read_context(visit, "", None, "/account")))
    made.book.close()


def device_body(served: Served, which: str) -> dict[str, Any]:
    """A click on a button that ends a session."""
    name = next(output for output in served.app.callback_map if output == "devices.children")
    button = {"type": "device", "which": which}
    return {
        "output": name,
        "outputs": {"id": "devices", "property": "children"},
        "inputs": [[{"id": button, "property": "n_clicks", "value": 1}]],
        "state": [],
        "changedPropIds": [f"{json.dumps(button, separators=(',', ':'), sort_keys=True)}.n_clicks"],
    }


def test_one_ends_sessions_elsewhere_and_keeps_this_one(served: Served) -> None:
    from dashboard.auth.sessions import digest_token

    here, there, third, other = (
        served.signed_in(who) for who in ("manager", "manager", "manager", "signatory")
    )
    one = digest_token(served.cookie(there, "session"))
    assert post_callback(here, device_body(served, one)).status_code == 200
    assert [is_in(client) for client in (here, there, third, other)] == [True, False, True, True]
    foreign = digest_token(served.cookie(other, "session"))
    post_callback(here, device_body(served, foreign))
    assert is_in(other), "the session of another person is not ended"
    answer = post_callback(here, device_body(served, "all"))
    assert "已退出 1 处登录" in json.dumps(answer.json, ensure_ascii=False)
    assert [is_in(client) for client in (here, third, other)] == [True, False, True]


@pytest.mark.parametrize("trigger", [None, "all", {}, {"which": 3}])
def test_a_click_on_nothing_ends_nothing(served: Served, trigger: object) -> None:
    with pytest.raises(BadValues):
        account.end_device(visit_of(served.book, "manager"), trigger)


def test_the_pages_are_for_their_administrators_only(administered: Served) -> None:
    for login, open_pages in (
        ("sysadmin", {"/people"}),
        ("secadmin", {"/people/roles"}),
        ("signatory", set()),
        ("bystander", set()),
    ):
        visit = visit_of(administered.book, login)
        found = {page.path for page in (people.PAGE, people_roles.PAGE) if page.is_for(visit)}
        assert found == open_pages, login
        assert account.PAGE.is_for(visit)


@pytest.mark.parametrize("login", ["signatory", "manager", "bystander", "secadmin"])
def test_their_callbacks_refuse_everybody_else(administered: Served, login: str) -> None:
    client = administered.signed_in(login)
    for output, needs in administered.app.guarded.needs.items():
        if needs == Action.MANAGE_PEOPLE:
            answer = post_callback(client, callback_body(administered.app, output))
            assert answer.status_code in (400, 403), output


def test_everybody_is_listed_with_how_the_account_stands(administered: Served) -> None:
    book = administered.book
    for _ in range(5):
        sign_in(administered.client(), "manager", "wrong")
    visit = visit_of(book, "sysadmin")
    add_newcomer(visit, "newcomer", "新人")
    people._draw_list(read_context(visit, "", None, "/people"))
    table = make_people_table(read_context(visit, "", None, "/people"))
    told = {row[1].text: (row[2].text, row[3].text) for row in table.rows}
    assert told["manager"] == ("暂停登录", "基金管理人 · 全市")
    assert told["newcomer"] == ("等待设置密码", "—")
    assert told["signatory"][0] == "在用"
    assert told["local"][0] == "尚无密码"
    assert count_people(visit) == (
        "在用账号 7 个，其中 0 个启用了两步验证，1 个等待本人设置密码，1 个因多次失败暂停登录；已停用 0 个。"
    )


def test_a_person_is_added_with_a_code_that_is_shown_once(served: Served) -> None:
    visit = visit_of(served.book, "sysadmin")
    told = drawn(add_newcomer(visit, "newcomer", "新人"))
    assert "已添加 新人" in told
    assert "one-time-code" in told
    with pytest.raises(Conflict) as known:
        add_newcomer(visit, "newcomer", "新人")
    assert known.value.code == "people.known_already"
    with pytest.raises(RulesBroken):
        add_newcomer(visit, "", "")


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("invite", "新的邀请码"),
        ("reset", "两步验证已重置"),
        ("unlock", "已解除锁定"),
        ("retire", "账号已停用"),
        ("reinstate", "账号已重新启用"),
    ],
)
def test_each_button_does_what_it_says(served: Served, act: str, words: str) -> None:
    client = served.signed_in("manager")
    login, told = people.act_on(visit_of(served.book, "sysadmin"), {"act": act, "login": "manager"})
    assert login == "manager"
    assert words in drawn(told)
    assert is_in(client) is (act not in ("reset", "retire"))


def test_a_refusal_is_told_beside_the_button(served: Served) -> None:
    visit = visit_of(served.book, "sysadmin")
    for act in ("invite", "reset", "unlock"):
        _, told = people.act_on(visit, {"act": act, "login": "sysadmin"})
        assert "“我的账号”" in drawn(told), act
    _, told = people.act_on(visit, {"act": "invite", "login": "nobody"})
    assert "没有名为" in drawn(told)


@pytest.mark.parametrize(
    "trigger", [None, {}, {"act": "other", "login": "a"}, {"act": "invite", "login": 3}, {"act": ["invite"]}]
)
def test_a_click_that_stands_for_nothing_is_refused(served: Served, trigger: object) -> None:
    with pytest.raises(BadValues):
        people.act_on(visit_of(served.book, "sysadmin"), trigger)


def test_the_card_offers_what_fits_the_account(served: Served) -> None:
    context = read_context(visit_of(served.book, "sysadmin"), "", None, "/people")
    card = drawn(draw_person_card(context, "manager", "act"))
    assert "发出邀请码" in card
    for absent in ("解除锁定", "重置两步验证", "重新启用"):
        assert absent not in card
    set_up_factor(served, served.signed_in("manager"), "manager")
    for _ in range(5):
        sign_in(served.client(), "manager", "wrong")
    people.act_on(context.visit, {"act": "invite", "login": "manager"})
    card = drawn(draw_person_card(context, "manager", "act"))
    for offered in ("解除锁定", "重置两步验证", "邀请码有效至", "暂停登录"):
        assert offered in card
    people.act_on(context.visit, {"act": "retire", "login": "manager"})
    assert "重新启用" in drawn(draw_person_card(context, "manager", "act"))
    assert "自己的密码" in drawn(draw_person_card(context, "sysadmin", "act"))
    with pytest.raises(NotFound):
        draw_person_card(context, "nobody", "act")


def test_a_role_is_granted_with_its_grounds_and_ended(administered: Served) -> None:
    visit = visit_of(administered.book, "secadmin")
    assert "已授予 bystander" in drawn(people_roles.grant_role(visit, FORM))
    context = read_context(visit, "", None, "/people/roles")
    (row,) = [row for row in make_tenure_table(context).rows if row[2].text == "bystander"]
    assert [cell.text for cell in row] == [
        *("审计（只读）", "name of bystander", "bystander", "全市", "2026-06-30", "长期")
    ]
    row_id = int((row[0].link or "").split("tenure=")[1])
    assert "今天起结束" in drawn(draw_tenure_card(context, row_id, "end"))
    with pytest.raises(RulesBroken):
        people_roles.end_role(visit, row_id, " ")
    assert "已结束" in drawn(people_roles.end_role(visit, row_id, "文件2号"))
    with pytest.raises(NotFound):
        draw_tenure_card(context, row_id, "end")
    with administered.book.look() as look:
        from sqlalchemy import select

        from funds.models import Revision

        reasons = look.connection.execute(select(Revision.reason).order_by(Revision.id)).scalars().all()
    assert reasons[-2:] == ["文件1号", "文件2号"]


@pytest.mark.parametrize("missing", ["person", "role", "scope", "from", "reason"])
def test_what_is_missing_in_the_form_is_told(administered: Served, missing: str) -> None:
    with pytest.raises(RulesBroken) as broken:
        people_roles.grant_role(visit_of(administered.book, "secadmin"), {**FORM, missing: " "})
    assert [problem.code for problem in broken.value.problems] == [f"roles.missing_{missing}"]


@pytest.mark.parametrize(
    "wrong", [{"role": "emperor"}, {"scope": "moon"}, {"from": "soon"}, {"to": "never"}, {"scope": "park:P9"}]
)
def test_what_no_form_of_ours_sends_is_refused(administered: Served, wrong: dict[str, str]) -> None:
    with pytest.raises(LedgerError) as refused:
        people_roles.grant_role(visit_of(administered.book, "secadmin"), {**FORM, **wrong})
    assert refused.value.status in (400, 422)


def test_mixed_posts_are_refused_in_words(administered: Served) -> None:
    form = {**FORM, "person": "sysadmin"}
    with pytest.raises(RulesBroken) as broken:
        people_roles.grant_role(visit_of(administered.book, "secadmin"), form)
    assert [problem.code for problem in broken.value.problems] == ["posts.mixed"]


def test_who_holds_the_three_posts_is_the_first_sentence(administered: Served) -> None:
    visit = visit_of(administered.book, "secadmin")
    assert (
        word_posts(visit) == "系统管理员：name of sysadmin；安全管理员：name of secadmin；审计管理员：空缺。"
    )


@pytest.mark.parametrize("trigger", [None, {}, {"row": 3}, {"row": "x"}, {"row": "9" * 30}, {"row": "-1"}])
def test_a_row_that_is_none_is_refused(trigger: object) -> None:
    with pytest.raises(BadValues):
        people_roles._read_row(trigger)


def test_pages_are_drawn_whole_in_both_languages(administered: Served) -> None:
    for language in ("zh", "en"):
        system = visit_of(administered.book, "sysadmin", language)
        security = visit_of(administered.book, "secadmin", language)
        shown = [
            drawn(people.lay_out(read_context(system, "?person=manager", None, "/people"))),
            drawn(people.lay_out(read_context(system, "", None, "/people"))),
            drawn(people_roles.lay_out(read_context(security, "", None, "/people/roles"))),
        ]
        for page in shown:
            for area in ("people", "roles", "account", "factor"):
                assert f'"{area}.' not in page


def test_browsers_are_called_by_name(served: Served) -> None:
    visit = visit_of(served.book, "manager")
    edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
    assert word_browser(visit, edge) == "Edge · Windows"
    assert word_browser(visit, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0") == "Firefox · Linux"
    assert word_browser(visit, "curl/8") == "未知浏览器"


def test_instants_are_told_by_the_clocks_of_the_city() -> None:
    assert word_instant("2026-06-30T16:30:00.000000Z") == "2026-07-01 00:30"
    assert word_instant(None) == "—"
