"""The pages of proposals show each person what is theirs, what would change, and what happened meanwhile."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.auth.callbacks import BadValues
from dashboard.pages.context import BadAddress
from dashboard.pages.proposals import proposals_list
from dashboard.pages.proposals.proposal_acts import read_trigger
from dashboard.pages.proposals.proposal_desk import count_turns
from funds.book import Book
from funds.drafts import Draft
from funds.errors import NotFound
from funds.kinds import Nature, ParkRelation, Role, ScopeKind
from funds.models import CompanyTag, Mark, PartyFact
from funds.recording.reversals import reverse_revision
from tests.builders import (
    fund_park,
    mark,
    membership,
    nature,
    nav,
    person,
    policy,
    prepared_book,
    record,
    rows_of,
    segment,
    tag,
)
from tests.dashboard.pages.drawn import draw
from tests.dashboard.pages.proposals.proposal_visits import (
    build_served_city,
    lines_of,
    press,
    sent_page,
    table_at,
)
from tests.dashboard.pages.trail_visits import visit_of
from tests.dashboard.serving import Served, callback_body, post_callback, serve
from tests.engines import SqliteDatabases
from tests.funds.recording.proposal_city import approve, correction, propose, proposing_city, refuse, withdraw

BODY = "proposal-body.children"


def wider_city() -> list[Draft]:
    """Besides, an official and a fund of the other park, an auditor, and a chain with a link."""
    return [
        *proposing_city(),
        fund_park("M", "P2", relation=ParkRelation.ESTABLISHED),
        segment("IC", "IC-1", name="设计"),
        person("neighbour"),
        person("auditor"),
        membership("neighbour", Role.PARK_OFFICIAL, ScopeKind.PARK, "P2"),
        membership("auditor", Role.AUDITOR),
    ]


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "proposing wider", wider_city) as opened:
        yield opened
    sqlite.drop_made()


def test_each_person_finds_what_waits_for_them_and_what_they_made(book: Book) -> None:
    propose(book, "official", "tag", tag("C1", "IC"), reason="主营设计")
    propose(book, "manager", "mark", mark("F1", "C1", 900))
    refused = propose(book, "official", "nature", nature("LP1"))
    refuse(book, "signatory", refused)
    (row,) = rows_of(book, PartyFact, name="市财政局")
    propose(book, "official", "correction", correction("party_fact", row["id"], name="财政局"))
    turns = {
        login: count_turns(visit_of(book, login))
        for login in ("signatory", "reviewer", "official", "auditor")
    }
    assert turns == {"signatory": 3, "reviewer": 1, "official": 0, "auditor": 0}
    lines = lines_of(table_at(book, "signatory", "/proposals"))
    assert [(line["number"], line["kind"], line["subject"]) for line in lines] == [
        ("#4", "更正", f"主体信息 第 {row['id']} 行"),
        ("#2", "估值", "基金F1"),
        ("#1", "产业标签", "企业C1"),
    ]
    assert lines[2] == {
        "number": "#1",
        "kind": "产业标签",
        "subject": "企业C1",
        "proposer": "用户official",
        "made": "2026-01-15 12:00",
        "reason": "主营设计",
    }
    mine = lines_of(table_at(book, "official", "/proposals?list=mine"))
    assert [(line["number"], line["state"], line["ended"]) for line in mine] == [
        ("#4", "待确认", ""),
        ("#3", "已退回", "用户signatory · 2026-01-15 12:00"),
        ("#1", "待确认", ""),
    ]
    assert [line["number"] for line in lines_of(table_at(book, "auditor", "/proposals?list=open"))] == [
        "#4",
        "#2",
        "#1",
    ]
    assert "有 3 项提议等待您确认；您能看到的未结提议共 3 项。" in sent_page(book, "signatory", "/proposals")


def test_nobody_reads_proposals_of_another_park(book: Book) -> None:
    for login, kind, draft in (
        ("official", "tag", tag("C1", "IC")),
        ("manager", "mark", mark("F1", "C1", 900)),
        ("signatory", "tag", tag("C2", "IC")),
    ):
        number = propose(book, login, kind, draft, reason="金丝雀")
        with pytest.raises(NotFound):
            sent_page(book, "neighbour", f"/proposals/{number}")
    for chosen in ("waiting", "mine", "open", "ended"):
        told = sent_page(book, "neighbour", f"/proposals?list={chosen}")
        assert "这里没有提议" in told
        assert "金丝雀" not in told
    assert count_turns(visit_of(book, "neighbour")) == 0


def test_a_list_that_is_not_there_and_a_number_that_is_none_are_refused(book: Book) -> None:
    with pytest.raises(BadAddress):
        sent_page(book, "official", "/proposals?list=all")
    with pytest.raises(BadAddress):
        sent_page(book, "official", "/proposals/one")
    with pytest.raises(NotFound):
        sent_page(book, "official", "/proposals/1")


def test_a_long_list_is_cut_and_says_so(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposals_list, "MOST_ROWS", 1)
    propose(book, "official", "tag", tag("C1", "IC"))
    propose(book, "official", "tag", tag("C2", "IC"))
    table = table_at(book, "signatory", "/proposals")
    assert [line["number"] for line in lines_of(table)] == ["#2"]
    assert "只列出最近 1 项，共 2 项" in table.note


def changes_of(book: Book, login: str, number: int) -> list[tuple[str, ...]]:
    """What would change: thing, field, now, proposed, when proposed."""
    lines = lines_of(table_at(book, login, f"/proposals/{number}"))
    return [tuple(line[key] for key in ("thing", "field", "now", "asked", "seen")) for line in lines]


def test_tags_are_compared_with_those_in_force_and_say_which_fall_away(book: Book) -> None:
    record(book, tag("C1", "BIO", 70, basis="年报"), tag("C1", "IC", 30))
    number = propose(
        book, "official", "tag", tag("C1", "IC", on="2025-01-01", segment="IC-1", is_primary=True)
    )
    assert changes_of(book, "official", number) == [
        ("产业IC · 设计", "权重", "—", "100%", "—"),
        ("产业IC · 设计", "生效日", "—", "2025-01-01", "—"),
        ("产业IC · 设计", "主标签", "—", "是", "—"),
        ("产业BIO", "权重", "70%", "不再保留", "70%"),
    ]
    again = propose(
        book, "manager", "tag", tag("C1", "IC", 80, on="2024-01-01"), tag("C1", "BIO", 20, on="2024-01-01")
    )
    assert [line[2:4] for line in changes_of(book, "manager", again) if line[1] == "权重"] == [
        ("30%", "80%"),
        ("70%", "20%"),
    ]
    approve(book, "signatory", number)
    later = [line for line in changes_of(book, "manager", again) if line[1] == "权重"]
    assert later == [
        ("产业IC", "权重", "30%", "80%", "30%"),
        ("产业BIO", "权重", "70%", "20%", "70%"),
    ], "a day before the newest is compared with the tags of its time"
    newest = propose(book, "official", "tag", tag("C1", "BIO", on="2026-01-01"))
    assert ("产业IC", "权重", "100%", "不再保留", "100%") in changes_of(book, "official", newest)
    gone = [line for line in changes_of(book, "official", newest) if line[0] == "产业BIO"]
    assert gone[0] == ("产业BIO", "权重", "—", "100%", "—"), "what lapsed on a newer day is no longer there"


@pytest.mark.parametrize(
    ("kind", "before", "draft", "lines"),
    [
        (
            "nature",
            nature("LP1", evidence="章程"),
            nature("LP1", Nature.SOCIAL, "2021-01-01"),
            [
                ("市财政局", "性质", "财政资金", "社会资本", "财政资金"),
                ("市财政局", "生效日", "2020-01-01", "2021-01-01", "2020-01-01"),
                ("市财政局", "财政注资", "否", "否", "否"),
                ("市财政局", "证据", "章程", "—", "章程"),
            ],
        ),
        (
            "nav",
            nav("F1", 50),
            nav("F1", 60, "2025-12-31"),
            [
                ("基金F1", "估值日", "2024-12-31", "2025-12-31", "2024-12-31"),
                ("基金F1", "净值（元）", "500,000.00", "600,000.00", "500,000.00"),
            ],
        ),
    ],
)
def test_a_fact_is_compared_with_the_confirmed_one_before_it(
    book: Book, kind: str, before: Draft, draft: Draft, lines: list[tuple[str, ...]]
) -> None:
    record(book, before)
    number = propose(book, "official", kind, draft)
    assert changes_of(book, "signatory", number) == lines


def test_a_nature_out_of_sight_is_not_told_to_its_proposer(book: Book) -> None:
    record(book, nature("GP", Nature.SOCIAL, evidence="金丝雀"))
    number = propose(book, "official", "nature", nature("GP", on="2021-01-01"))
    assert {line[2] for line in changes_of(book, "official", number)} == {"—"}
    assert "金丝雀" not in sent_page(book, "official", f"/proposals/{number}")
    assert "金丝雀" in sent_page(book, "signatory", f"/proposals/{number}")


def test_policy_and_a_correction_show_only_what_they_state(book: Book) -> None:
    record(book, policy("S02"))
    number = propose(book, "analyst", "policy", policy("S02", "2026-01-01", value_e6=65_000_000))
    values = {line[1]: line[2:4] for line in changes_of(book, "signatory", number)}
    assert values["数值"] == ("60", "65")
    assert lines_of(table_at(book, "signatory", "/proposals"))[0]["subject"] == "S02"
    record(book, mark("F1", "C1", 900), person="manager")
    (row,) = rows_of(book, Mark)
    number = propose(book, "manager", "correction", correction("mark", row["id"], evidence="报告"))
    other = propose(book, "official", "correction", correction("mark", row["id"], evidence="新报告"))
    assert changes_of(book, "manager", number) == [("基金F1 · 企业C1", "证据", "—", "报告", "—")]
    approve(book, "official", number)
    assert changes_of(book, "manager", other) == [("基金F1 · 企业C1", "证据", "报告", "新报告", "—")]


def test_the_page_tells_the_course_and_offers_what_may_be_done(book: Book) -> None:
    number = propose(book, "official", "tag", tag("C1", "IC"), reason="主营设计")
    own = sent_page(book, "official", f"/proposals/{number}")
    theirs = sent_page(book, "signatory", f"/proposals/{number}")
    others = sent_page(book, "auditor", f"/proposals/{number}")
    past = sent_page(book, "signatory", f"/proposals/{number}?as_known={book.head().version}")
    offers = [
        [f'"act": "{act}"' in page for act in ("approve", "refuse", "withdraw")]
        for page in (own, theirs, others, past)
    ]
    assert offers == [[False, False, True], [True, True, False], [False] * 3, [False] * 3]
    assert "这是您的提议，须由另一人确认；您可以撤回。" in own
    assert "您没有确认这类提议的权限" in others
    assert "请回到最新版本再办理" in past
    assert "用户official于 2026-01-15 12:00 提议，尚待另一人确认。" in theirs
    assert "Proposal #1: Industry tags of 企业C1" in sent_page(
        book, "signatory", f"/proposals/{number}", "en"
    )


@pytest.mark.parametrize(
    ("end", "by", "told"),
    [
        (approve, "signatory", "用户signatory于 2026-01-15 12:00 批准，写入第"),
        (refuse, "signatory", "用户signatory于 2026-01-15 12:00 退回"),
        (withdraw, "official", "用户official于 2026-01-15 12:00 撤回"),
    ],
)
def test_an_ended_proposal_says_how(book: Book, end: object, by: str, told: str) -> None:
    number = propose(book, "official", "tag", tag("C1", "IC"))
    end(book, by, number)  # type: ignore[operator]
    page = sent_page(book, "official", f"/proposals/{number}")
    assert told in page
    assert '"act":' not in page
    assert lines_of(table_at(book, "official", "/proposals?list=ended"))[0]["number"] == f"#{number}"


def test_what_was_reversed_is_told_as_such(book: Book) -> None:
    number = propose(book, "official", "tag", tag("C1", "IC"))
    version = approve(book, "signatory", number)
    with book.change("signatory", "wrong", "reverse", reverses_id=version) as change:
        reverse_revision(change, version)
    assert "已批准（后被冲销）" in sent_page(book, "official", f"/proposals/{number}")
    with book.change("official", "undo", "reverse", reverses_id=version - 1) as change:
        reverse_revision(change, version - 1)
    other = propose(book, "official", "tag", tag("C2", "IC"))
    made = book.head().version
    with book.change("official", "undo", "reverse", reverses_id=made) as change:
        reverse_revision(change, made)
    assert "后随所在的变更一起被冲销" in sent_page(book, "official", f"/proposals/{other}")


def test_what_happened_meanwhile_is_told_and_approval_no_longer_offered(book: Book) -> None:
    number = propose(book, "official", "tag", tag("C1", "IC", on="2021-01-01"))
    record(book, tag("C1", "BIO"), person="signatory")
    page = sent_page(book, "second", f"/proposals/{number}")
    assert (
        f"提议之后，用户signatory在第 {book.head().version} 版改动了 1 条相关记录；现在批准会被拒绝。" in page
    )
    assert '"act": "approve"' not in page
    assert '"act": "refuse"' in page


@pytest.mark.parametrize(
    "trigger",
    [
        None,
        "x",
        {},
        {"act": "sign", "proposal": "1"},
        {"act": "approve", "proposal": 1},
        {"act": "approve", "proposal": "²"},
    ],
)
def test_a_button_that_is_none_is_refused(trigger: object) -> None:
    with pytest.raises(BadValues):
        read_trigger(trigger)
    assert read_trigger({"act": "refuse", "proposal": "12"}) == ("refuse", "12")


@pytest.fixture
def served(sqlite: SqliteDatabases, tmp_path: Path) -> Iterator[Served]:
    """The proposing city, served with every page of the program."""
    made = serve(sqlite.copy_of("served proposing", build_served_city), tmp_path)
    yield made
    made.book.close()
    sqlite.drop_made()


def end(served: Served, client: FlaskClient, act: str, number: int, reason: str = "") -> str:
    """Press a button and read the page as it is drawn anew."""
    body = callback_body(served.app, BODY, {"proposal-answer.value": reason, "url.search": ""})
    answer = post_callback(client, press(body, act, str(number)))
    assert answer.status_code == 200, answer.text
    return json.dumps(answer.json, ensure_ascii=False)


def test_of_two_windows_the_second_reads_what_the_first_did(served: Served) -> None:
    """Two signatories look at one proposal; the later one is told who was faster, and nothing is written twice."""
    number = propose(served.book, "official", "tag", tag("C1", "IC"))
    first, second = served.signed_in("signatory"), served.signed_in("second")
    assert served.book.head().version == 3
    assert "已批准并写入第 4 版" in end(served, first, "approve", number, "已核对\n无误")
    (row,) = rows_of(served.book, CompanyTag)
    late = end(served, second, "refuse", number, "不同意")
    assert "已由用户signatory批准" in late
    assert "您的操作没有写入" in late
    assert "已核对 无误" in late
    assert rows_of(served.book, CompanyTag) == [row]


def test_buttons_ask_for_the_right_and_for_a_reason(served: Served) -> None:
    number = propose(served.book, "official", "tag", tag("C1", "IC"))
    before = served.book.head()
    assert "须由另一人确认" in end(served, served.signed_in("official"), "approve", number)
    assert "请写明原因" in end(served, served.signed_in("signatory"), "refuse", number)
    assert served.book.head() == before
    assert "已撤回" in end(served, served.signed_in("official"), "withdraw", number)


def test_the_navigation_counts_what_waits(served: Served) -> None:
    propose(served.book, "official", "tag", tag("C1", "IC"))
    told = {}
    for login in ("signatory", "official"):
        links = [part["props"] for part in draw(served, "/help", login=login)["nav.children"]]
        told[login] = next(str(link["rightSection"]) for link in links if link.get("href") == "/proposals")
    assert "有 1 项等您办理" in told["signatory"]
    assert told["official"] == "None"
