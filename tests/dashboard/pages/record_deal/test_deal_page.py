"""Logging a deal by screen: what is shown before, what is refused where, and that it goes in once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.auth.passwords import add_person_secret
from dashboard.forms.deal import NEW
from dashboard.forms.kept_draft import find_draft, keep_draft
from dashboard.pages.funds.fund_projects_card import draw_projects
from dashboard.pages.funds.fund_view import load_fund
from dashboard.pages.record_deal.deal_acts import (
    commit_deal,
    key_of,
    place_problems,
    read_own,
    show_effect,
    write_difference,
)
from dashboard.pages.record_deal.deal_desk import PATH, DealDesk, open_desk
from dashboard.pages.record_deal.deal_fields import FIELDS, FORM, offer_rounds
from dashboard.pages.record_deal.deal_firm import draw_firm
from dashboard.pages.record_deal.deal_link import draw_company_link, draw_fund_link
from dashboard.pages.record_deal.deal_page import lay_out
from funds.book import Book
from funds.credit_code import find_check_character
from funds.drafts import Draft
from funds.errors import Conflict, NotAllowed, RulesBroken
from funds.kinds import ProjectState, Role, ScopeKind
from funds.models import DealFact, ProjectStage
from tests.builders import (
    build_book,
    day,
    fund,
    fund_park,
    membership,
    nature,
    open_book,
    park,
    person,
    policy,
    prepared_book,
    record,
    rows_of,
    whole_city,
)
from tests.dashboard.pages.drawn import parts, text_of
from tests.dashboard.pages.six_ones_visits import as_sent, asked
from tests.dashboard.serving import PASSWORD, callback_body, post_callback, serve
from tests.engines import SqliteDatabases

MANAGER, OFFICIAL = "chen", "liu"
GOOD = "91330100MA2ABCDE2" + find_check_character("91330100MA2ABCDE2")
OLD = {"company": "C1", "fund": "F1", "amount": "100", "paid_on": "2025-12-01", "round": "+none"}
FRESH = {
    "new_name": "示例新材料公司",
    "new_code": "C9",
    "new_park": "P1",
    "new_industry": "IC",
    "round": NEW,
    "round_name": "B轮",
    "total": "500",
    "who-1": "LP2",
    "part-1": "250",
    "other-2": "新投资方",
    "part-2": "50",
    "fund": "F1",
    "amount": "200",
    "paid_on": "2025-12-01",
    "decided_on": "2025-11-20",
    "initiated_on": "2025-10-08",
    "decision_no": "投决〔2025〕8号",
    "buyback": "五年未上市回购",
    "reason": "B轮领投",
}


def build() -> list[Draft]:
    return [
        *whole_city(),
        fund("F2", manager="GP"),
        fund_park("F2", "P2"),
        nature("GP"),
        person(MANAGER),
        membership(MANAGER, Role.FUND_MANAGER, ScopeKind.FUND, "F1"),
        person(OFFICIAL),
        membership(OFFICIAL, Role.PARK_OFFICIAL, ScopeKind.PARK, "P2"),
        policy("LV10.later_round_months", value_e6=36_000_000, name="后续轮次月数"),
    ]


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "deal-page", build) as made:
        yield made
    sqlite.drop_made()


def desk(book: Book, search: str = "", login: str = "local", language: str = "zh") -> DealDesk:
    found = open_desk(asked(book, PATH, search, language, login))
    assert found is not None
    return found


def told(component: object) -> str:
    return text_of(as_sent(component))


def test_a_deal_with_a_new_firm_and_round_goes_in_as_one_change(book: Book) -> None:
    before = book.head().version
    shown = told(commit_deal(desk(book), FRESH))
    assert f"已登记（第 {before + 1} 版）" in shown
    for state, on in (("立项", "2025-10-08"), ("投决", "2025-11-20"), ("交割", "2025-12-01")):
        assert f"{state}{on}" in shown
    assert book.head().version == before + 1
    (fact,) = rows_of(book, DealFact, buyback="五年未上市回购")
    assert fact["decided_on"] == day("2025-11-20")
    stages = rows_of(book, ProjectStage, reached_on=day("2025-11-20"))
    assert [(row["stage"], row["decision_no"]) for row in stages] == [
        (ProjectState.DECIDED, "投决〔2025〕8号")
    ]


def test_threat_24_sending_the_form_twice_adds_nothing(book: Book) -> None:
    """The second click, the browser's back button and the other tab all send the same form."""
    commit_deal(desk(book), FRESH)
    head = book.head()
    again = {**FRESH, "new_industry": "IC"}
    with pytest.raises(Conflict, match=r"deal\.recorded_before") as conflict:
        commit_deal(desk(book), again)
    assert (conflict.value.params, book.head()) == ({"version": str(head.version)}, head)


def test_the_effect_is_shown_before_and_nothing_is_written(book: Book) -> None:
    head = book.head()
    shown = told(show_effect(desk(book), FRESH))
    assert "LV10 项目级撬动（同轮）" in shown
    assert "AL01" in shown
    assert "园区：园区P1" in shown
    assert "变动" in shown
    assert book.head() == head


def test_a_new_firms_industry_counts_only_once_confirmed(book: Book) -> None:
    assert "须由另一人确认" in told(show_effect(desk(book, login=MANAGER), FRESH))
    assert "须由另一人确认" not in told(show_effect(desk(book), FRESH))


def test_cash_that_is_not_there_is_told_before(book: Book) -> None:
    assert "账上缺" in told(show_effect(desk(book), {**OLD, "amount": "2600"}))
    assert "账上缺" not in told(show_effect(desk(book), OLD))


def test_an_unfinished_form_says_how_much_is_missing(book: Book) -> None:
    shown = told(show_effect(desk(book), {"amount": "一百"}))
    assert "还有" in shown
    assert "无法识别" in shown or "金额" in shown
    unknown = told(show_effect(desk(book), {**OLD, "company": "C99"}))
    assert "C99" in unknown


def test_threat_03_a_fund_of_others_is_refused_whatever_the_browser_sends(book: Book) -> None:
    head = book.head()
    for texts in ({**OLD, "fund": "M"}, {**FRESH, "fund": "F2"}):
        for act in (show_effect, commit_deal, read_own):
            with pytest.raises(NotAllowed):
                act(desk(book, login=MANAGER), texts)
    assert book.head() == head


def test_a_manager_and_an_official_choose_among_their_own_funds(book: Book) -> None:
    assert [one.code for one in desk(book, login=MANAGER).funds] == ["F1"]
    assert [one.code for one in desk(book, login=OFFICIAL).funds] == ["F2"]
    assert [one.code for one in desk(book).funds] == ["F1", "F2", "M"]
    named = dict(desk(book, login=MANAGER).investors)
    assert "M" not in named  # the mother's name is not theirs to know
    assert named["LP2"].endswith("社会")
    assert "财政" not in named["GP"]  # evidence that belongs to other funds
    assert dict(desk(book).investors)["GP"].endswith("财政")


def test_rounds_are_offered_to_the_funds_that_took_part(book: Book) -> None:
    assert [code for code, _ in offer_rounds(desk(book, login=MANAGER), "C3")] == ["R1", "+new", "+none"]
    assert [code for code, _ in offer_rounds(desk(book, login=OFFICIAL), "C3")] == ["+new", "+none"]


def test_a_firm_is_shown_with_what_the_own_funds_hold_and_how_far_it_is(book: Book) -> None:
    shown = told(draw_firm(desk(book), "C3", "F1", None, None))
    assert "基金F1 已投 200.00 万元" in shown
    assert "投决2021-05-20" in shown
    assert "已投" not in told(draw_firm(desk(book, login=OFFICIAL), "C3", "F2", None, None))


def test_a_new_firm_is_held_against_those_alike_and_its_code_is_checked(book: Book) -> None:
    assert "企业C1（C1）" in told(draw_firm(desk(book), None, None, "企业C1有限公司", None))
    assert "校验" in told(draw_firm(desk(book), None, None, "别家", "91330100MA2ABCDE2X"))
    assert "通过" in told(draw_firm(desk(book), None, None, "别家", GOOD))
    assert told(draw_firm(desk(book), None, None, "", "")) == ""


def test_problems_stand_beside_their_fields(book: Book) -> None:
    with pytest.raises(RulesBroken) as broken:
        commit_deal(desk(book), {**FRESH, "new_park": "P9", "decided_on": "2027-01-01"})
    beside, rest = place_problems(broken.value, "zh")
    assert set(beside) == {"new_park", "decided_on"}
    assert rest == []


def test_the_difference_is_told_while_typing(book: Book) -> None:
    assert "差 50.00 万元" in write_difference(desk(book), {**FRESH, "part-2": ""})
    assert "等于" in write_difference(desk(book), FRESH)
    assert write_difference(desk(book), {**FRESH, "total": "?"}) == ""


def test_what_was_kept_of_the_form_is_forgotten_once_recorded(book: Book) -> None:
    at = desk(book, "fund=F1")
    keep_draft(at.visit, FORM, key_of(at.context), {"amount": "200"}, None)
    assert find_draft(at.visit, FORM, key_of(at.context)) is not None
    commit_deal(at, FRESH)
    assert find_draft(at.visit, FORM, key_of(at.context)) is None


def test_a_follow_on_comes_filled_in(book: Book) -> None:
    sent = as_sent(lay_out(asked(book, PATH, "company=C3&fund=F1", "zh")))
    values = {part.get("id"): part.get("value") for part in parts(sent) if isinstance(part.get("id"), str)}
    found = {name: values[f"deal-{name}"] for name in ("company", "fund", "instrument")}
    assert found == {"company": "C3", "fund": "F1", "instrument": "增资"}
    assert {f"deal-{name}" for name in FIELDS} <= values.keys()


def test_whoever_records_for_no_fund_is_told_so(book: Book) -> None:
    record(book, park("P3"), person("new"), membership("new", Role.PARK_OFFICIAL, ScopeKind.PARK, "P3"))
    assert open_desk(asked(book, PATH, login="new")) is None
    assert "还没有可登记的基金" in told(lay_out(asked(book, PATH, "", "zh", "new")))


def test_the_page_reads_in_english(book: Book) -> None:
    shown = told(lay_out(asked(book, PATH, "", "en")))
    assert "The fund’s part" in shown
    assert "record_deal." not in shown


def test_the_button_records_once_and_tells_the_version(sqlite: SqliteDatabases, tmp_path: Path) -> None:
    def prepare(url: str) -> None:
        build_book(url)
        made = open_book(url)
        record(made, *build())
        add_person_secret(made, MANAGER, PASSWORD)
        made.close()

    served = serve(sqlite.copy_of("served-deal-page", prepare), tmp_path)
    client = served.signed_in(MANAGER)
    output = next(name for name in served.app.callback_map if "deal-told.children" in name)
    typed: dict[str, object] = {f"deal-{name}.value": text for name, text in FRESH.items()}
    body = callback_body(served.app, output, {**typed, "url.search": "", "deal-save.n_clicks": 1})
    first, second = (post_callback(client, body).json for _ in range(2))
    assert first is not None
    assert second is not None
    assert "已登记" in str(first["response"]["deal-told"])
    assert "没有重复写入" in str(second["response"]["deal-told"])
    look = next(name for name in served.app.callback_map if "deal-effect.children" in name)
    seen = post_callback(client, callback_body(served.app, look, {**typed, "url.search": ""})).json
    assert "AL01" in str(seen)
    served.book.close()
    sqlite.drop_made()


def test_the_way_here_is_shown_to_whoever_records_for_the_fund(book: Book) -> None:
    facts = desk(book).slice.facts
    own, firm = next(one for one in facts.funds.values() if one.code == "F1"), facts.companies[1]
    for login, is_shown in ((MANAGER, True), (OFFICIAL, False), ("local", True)):
        context = asked(book, "/funds/F1", "", "zh", login)
        assert (draw_fund_link(context, own) is not None) is is_shown
    link = as_sent(draw_company_link(asked(book, "/companies/C1", "", "zh", MANAGER), firm))
    assert "company=C1" in str(link)
    record(book, person("reader"), membership("reader", Role.AUDITOR))
    assert draw_company_link(asked(book, "/companies/C1", "", "zh", "reader"), firm) is None


def test_the_funds_page_shows_projects_of_which_something_was_filed(book: Book) -> None:
    assert "投决2021-05-20" in told(draw_projects(load_fund(asked(book, "/funds/F1", "", "zh", code="F1"))))
    assert draw_projects(load_fund(asked(book, "/funds/M", "", "zh", code="M"))) is None
