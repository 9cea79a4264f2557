"""What waits for each person: every source with and without, only what is theirs, counted as it is shown."""

from collections.abc import Iterator

import pytest

from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.inbox.inbox_desk import PATH, count_acts, open_inbox
from dashboard.pages.inbox.inbox_item import ACTS, Item, Kind, sort_items
from dashboard.pages.inbox.inbox_line import draw_inbox_line
from dashboard.pages.inbox.inbox_page import PAGE, lay_out
from dashboard.readings.portfolio.expiring import TERM_DAYS
from dashboard.readings.quarters.collection import read_late_filers
from funds.book import Book
from funds.drafts import Draft
from funds.drafts.signing import FindingDraft
from funds.kinds import AuditStep, FundStatus, Role, ScopeKind
from funds.models import FundNav, Mark
from funds.policy import load_policies
from funds.queries.ledger_slice import slice_ledger
from funds.queries.periods import read_locks
from funds.queries.scopes import CITY
from funds.recording import record_findings, record_reminders, sign_papers
from funds.recording.confirmations import approve_marks, approve_navs
from tests.builders import (
    balance,
    company,
    contribution,
    day,
    fund,
    fund_park,
    investment,
    mark,
    membership,
    nav,
    notice,
    person,
    prepared_book,
    record,
    rows_of,
    term,
)
from tests.dashboard.pages.visiting import find_links, text_below, visit_page
from tests.dashboard.readings.quarters.test_collection import quarter_city
from tests.engines import Databases, SqliteDatabases
from tests.funds.recording.period_city import file, filing, locking, reminder
from tests.funds.recording.proposal_city import approve, propose
from tests.funds.recording.test_audits import draw, line
from tests.funds.recording.test_papers import prepare

ANALYST, SIGNATORY, SECOND, MANAGER, REVIEWER = "analyst", "signatory", "second", "manager", "reviewer"
STRANGER = "stranger"
AT = "as_of=2026-01-20"


def waiting_city() -> list[Draft]:
    """The closing city with deadlines, and a fund F2 of another park whose manager is a stranger to F1."""
    return [
        *quarter_city(),
        *(row for row in load_policies() if row.code == TERM_DAYS),
        fund("F2", "别家基金", on="2025-11-01", manager="GP"),
        fund_park("F2", "P2"),
        person(STRANGER),
        membership(STRANGER, Role.FUND_MANAGER, ScopeKind.FUND, "F2"),
    ]


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "inbox", waiting_city) as made:
        yield made
    sqlite.drop_made()


def context_of(book: Book, login: str, search: str = AT) -> PageContext:
    return visit_page(book, PATH, search, login)


def groups_of(book: Book, login: str, search: str = AT) -> dict[str, list[str]]:
    """The lines of every group, in words."""
    with open_inbox(context_of(book, login, search)) as desk:
        return {kind: [desk.write_what(one) for one in found] for kind, found in desk.groups.items()}


def lines_of(book: Book, login: str, kind: Kind, search: str = AT) -> list[list[str]]:
    """The cells of one group as it is shown, and where its line leads."""
    table = PAGE.tables[kind](context_of(book, login, search))
    keys = ("what", "whose", "since", "due", "late")
    assert sorted(keys) == sorted(column.key for column in table.columns)
    return [[*(row[table.column(key)].text for key in keys), row[0].link or ""] for row in table.rows]


def counted(book: Book, login: str) -> int:
    """What the navigation says, which is what the page of today shows."""
    context = context_of(book, login, "")
    count = count_acts(context.visit)
    with open_inbox(context) as desk:
        assert count == sum(len(desk.groups.get(kind, ())) for kind in ACTS)
    return count


def test_a_quarter_waits_to_be_filed_by_the_funds_own_people_and_reminders_are_told(book: Book) -> None:
    assert lines_of(book, MANAGER, Kind.FILING) == [
        [
            "2025-Q4 尚未报送",
            "基金F1",
            "2025-12-31",
            "2026-01-15",
            "5",
            f"/quarters?{AT}&quarter=2025-Q4&fund=F1",
        ]
    ]
    with book.change(ANALYST, "催报") as change:
        record_reminders(change, [reminder()])
    assert groups_of(book, MANAGER)["filing"] == ["2025-Q4 尚未报送，已被催报 1 次（最近 2026年1月15日）"]
    assert groups_of(book, STRANGER)["filing"] == ["2025-Q4 尚未报送"]
    file(book, filing())
    assert "filing" not in groups_of(book, MANAGER)
    assert Kind.FILING not in groups_of(book, ANALYST)


def test_who_is_late_is_called_to_mind_for_those_who_remind(book: Book) -> None:
    late = lines_of(book, ANALYST, Kind.LATE)
    assert [row[0] for row in late] == ["2025-Q4：3 只基金逾期未报送，其中 3 只尚未催报"]
    assert late[0][1] == "基金F1、别家基金等 3 个"
    slice_ = slice_ledger(book, ANALYST, CITY, day("2026-01-20"))
    assert len(read_late_filers(slice_)) == 3
    file(book, filing("M"), filing("F2"), person="local")
    assert [(row[0], row[-1]) for row in lines_of(book, ANALYST, Kind.LATE)] == [
        ("2025-Q4 逾期未报送", f"/quarters?{AT}&quarter=2025-Q4&fund=F1")
    ]
    assert "late" not in groups_of(book, ANALYST, "as_of=2026-01-10")
    assert "late" not in groups_of(book, MANAGER)


def test_a_proposal_waits_for_others_and_stands_under_what_its_maker_submitted(book: Book) -> None:
    file(book, filing(), person="local")
    assert groups_of(book, ANALYST)["lock"] == ["2025-Q4 检查全部通过，可以提请锁定"]
    waiting = propose(book, ANALYST, "lock", locking())
    assert lines_of(book, SIGNATORY, Kind.CONFIRM) == [
        [
            f"提议 #{waiting} 锁定季度：基金F1 2025-Q4（用户analyst）",
            *("基金F1", "2026-01-15", "2026-01-30", "—", f"/proposals/{waiting}?{AT}"),
        ]
    ]
    mine = groups_of(book, ANALYST)
    assert ("confirm" in mine, "lock" in mine, len(mine["mine"])) == (False, False, 1)
    assert "confirm" not in groups_of(book, MANAGER)
    approve(book, SIGNATORY, waiting)
    assert "confirm" not in groups_of(book, SIGNATORY)
    assert "mine" not in groups_of(book, ANALYST)
    with book.look() as look:
        assert len(read_locks(look.connection, look.version)) == 1


def test_values_wait_for_the_reviewer_by_fund_and_quarter_but_never_for_who_recorded_them(book: Book) -> None:
    assert "confirm" not in groups_of(book, REVIEWER)
    record(book, mark("F1", "C1", 900, "2025-09-30"), person=MANAGER)
    assert "confirm" not in groups_of(book, REVIEWER), "a later approved mark overtook it"
    record(book, mark("F1", "C1", 1_200, "2026-01-10"), mark("F1", "C2", 400, "2026-01-10"), person=MANAGER)
    record(book, nav("F1", 3_200, "2026-01-10"), person=MANAGER)
    address = f"/quarter-end?{AT}&quarter=2026-Q1&fund=F1"
    assert lines_of(book, REVIEWER, Kind.CONFIRM) == [
        ["2026-Q1：2 项估值、1 项净值待复核", "基金F1", "2026-01-15", "2026-04-25", "—", address]
    ]
    assert groups_of(book, MANAGER)["mine"] == ["2026-Q1：2 项估值、1 项净值待复核"]
    assert "confirm" not in groups_of(book, MANAGER)
    with book.change(REVIEWER, "复核") as change:
        approve_navs(change, [rows_of(book, FundNav)[-1]["id"]])
    assert groups_of(book, REVIEWER)["confirm"] == ["2026-Q1：2 项估值待复核"]
    with book.change(REVIEWER, "复核") as change:
        approve_marks(change, [row["id"] for row in rows_of(book, Mark)[-2:]])
    assert "confirm" not in groups_of(book, REVIEWER)
    record(book, nav("F1", 3_300, "2026-01-12"), person=MANAGER)
    assert groups_of(book, REVIEWER)["confirm"] == ["2026-Q1：1 项净值待复核"]


def test_a_paper_waits_for_a_second_hand_that_may_sign(book: Book) -> None:
    paper = prepare(book)
    assert lines_of(book, SIGNATORY, Kind.SIGN) == [
        [
            f"2025-Q4 撬动成果（第 {paper} 号）等您签批",
            *("全市", "2026-01-15", "2026-02-09", "—", f"/signing?{AT}&quarter=2025-Q4"),
        ]
    ]
    assert all("sign" not in groups_of(book, login) for login in (ANALYST, MANAGER, REVIEWER))
    with book.change(SECOND, "签批") as change:
        sign_papers(change, [paper])
    assert "sign" not in groups_of(book, SIGNATORY)


def test_a_doubt_waits_for_the_fund_and_its_answer_for_the_commission(book: Book) -> None:
    (item,) = draw(book, line(book))
    assert "finding" not in groups_of(book, MANAGER)
    take(book, ANALYST, item.id, AuditStep.DOUBTED, "缺银行回单")
    ((what, whose, _, due, late, link),) = lines_of(book, MANAGER, Kind.FINDING)
    assert what == "抽样第 1 笔（2,000.00 万元）存疑，请答复：缺银行回单"
    assert (whose, due, late, link) == ("基金F1", "—", "—", f"/audit?{AT}&item=1")
    assert all("finding" not in groups_of(book, login) for login in (ANALYST, REVIEWER, STRANGER))
    take(book, MANAGER, item.id, AuditStep.ANSWERED, "已补")
    assert "finding" not in groups_of(book, MANAGER)
    assert groups_of(book, ANALYST)["finding"] == ["抽样第 1 笔（2,000.00 万元）已答复，请了结：已补"]
    take(book, ANALYST, item.id, AuditStep.CLOSED, "相符")
    assert "finding" not in groups_of(book, ANALYST)


def take(book: Book, login: str, item: int, step: AuditStep, words: str) -> None:
    with book.change(login, "审计", "audit") as change:
        record_findings(change, [FindingDraft(item_id=item, step=step, words=words)])


def test_holdings_without_a_mark_are_called_to_mind_until_one_is_recorded(book: Book) -> None:
    assert "marks" not in groups_of(book, MANAGER)
    record(book, company("C9", "新企业"), investment("F1", "C9", 100, "2025-12-01"))
    assert lines_of(book, MANAGER, Kind.MARKS) == [
        [
            *("2025-Q4：1 家企业没有估值", "基金F1", "2025-12-31", "2026-01-25", "—"),
            f"/quarter-end?{AT}&quarter=2025-Q4&fund=F1",
        ]
    ]
    assert all("marks" not in groups_of(book, login) for login in (REVIEWER, STRANGER))
    record(book, mark("F1", "C9", 100, "2025-12-31"), person=MANAGER)
    assert "marks" not in groups_of(book, MANAGER)
    assert groups_of(book, REVIEWER)["confirm"] == ["2025-Q4：1 项估值待复核"]


def test_several_funds_that_could_be_locked_are_one_line(book: Book) -> None:
    file(book, filing("F1"), filing("F2"), person="local")
    assert groups_of(book, REVIEWER)["lock"] == ["2025-Q4 检查全部通过，可以提请锁定"]
    (row,) = lines_of(book, ANALYST, Kind.LOCK, "as_of=2026-02-05")
    assert row[0] == "2025-Q4：2 只基金检查全部通过，可以提请锁定"
    assert (row[1], row[3:]) == (
        "基金F1、别家基金",
        ["2026-01-30", "6", "/quarters?as_of=2026-02-05&quarter=2025-Q4"],
    )
    lock_both(book)
    assert "lock" not in groups_of(book, ANALYST)
    record(book, balance("M", 1, "2025-12-31"), person="local")
    file(book, filing("M"), person="local")
    assert "lock" not in groups_of(book, ANALYST), "its checks are not green"


def lock_both(book: Book) -> None:
    for code in ("F1", "F2"):
        approve(book, SIGNATORY, propose(book, ANALYST, "lock", locking(code)))


def test_overdue_calls_are_told_by_fund_to_whoever_records_its_money(book: Book) -> None:
    assert "overdue" not in groups_of(book, MANAGER)
    record(book, notice("F1", "LP2", 10, "N1", "2026-01-02", due="2026-01-10"))
    assert lines_of(book, MANAGER, Kind.OVERDUE) == [
        ["民营甲公司未缴足，欠 10.00 万元", "基金F1", "2026-01-10", "2026-01-10", "10", f"/cash/F1?{AT}"]
    ]
    record(book, notice("F1", "M", 20, "N1", "2026-01-02", due="2026-01-10"))
    record(book, notice("F1", "M", 5, "N2", "2026-01-03", due="2026-01-12"))
    assert groups_of(book, MANAGER)["overdue"] == ["2 位出资人未缴足（2 份缴款通知），共欠 35.00 万元"]
    assert all("overdue" not in groups_of(book, login) for login in (REVIEWER, STRANGER))
    record(book, *(contribution("F1", who, 40, "2026-01-15") for who in ("M", "LP2")))
    assert "overdue" not in groups_of(book, MANAGER)


def test_who_only_reviews_one_fund_is_reminded_of_the_other_alone(book: Book) -> None:
    record(book, membership(STRANGER, Role.FUND_REVIEWER, ScopeKind.FUND, "F1"))
    record(book, notice("F1", "LP2", 10, "N1", "2026-01-02", due="2026-01-10"))
    record(book, *(term(code, "托管协议", words="有效期至2026年3月1日") for code in ("F1", "F2")))
    assert "overdue" not in groups_of(book, STRANGER)
    assert [row[1] for row in lines_of(book, STRANGER, Kind.TERM)] == ["别家基金"]


def test_terms_are_called_to_mind_by_what_is_still_held_and_open(book: Book) -> None:
    assert "term" not in groups_of(book, MANAGER)
    record(book, term("F1", "托管协议", words="有效期至2026年3月1日"))
    record(book, company("C9", "新企业"))
    record(book, investment("F1", "C9", 100, "2025-12-01", buyback="2026-02-01 前未上市则回购"))
    assert [row[0] for row in lines_of(book, MANAGER, Kind.TERM)] == [
        "新企业的回购条款写明的日期",
        "协议条款“托管协议”写明的日期",
    ]
    (row, _) = lines_of(book, MANAGER, Kind.TERM, "as_of=2026-02-11")
    assert row[1:] == ["基金F1", "—", "2026-02-01", "10", "/companies/C9?as_of=2026-02-11"]
    assert all("term" not in groups_of(book, login) for login in (REVIEWER, STRANGER))
    ends = {"invest_end": day("2025-12-31"), "exit_end": day("2026-04-01")}
    record(
        book,
        fund(
            "F2",
            "别家基金",
            on="2025-11-01",
            manager="GP",
            from_date=day("2026-01-01"),
            status=FundStatus.INVESTING,
            **ends,
        ),
    )
    assert groups_of(book, STRANGER)["term"] == ["投资期已届满，基金仍登记为投资期", "退出期届满"]
    assert groups_of(book, STRANGER, "as_of=2026-04-02")["term"][1] == "退出期已届满，基金尚未登记为已注销"


def test_the_page_tells_acts_before_reminders_and_one_group_where_the_address_asks(book: Book) -> None:
    record(book, notice("F1", "LP2", 10, "N1", "2026-01-02", due="2026-01-10"))
    whole = text_below(lay_out(context_of(book, MANAGER)))
    assert "1 件等您办理；其中 1 件已过期限，最久 5 天；另有 1 条提醒。" in whole
    assert whole.index("等您办理季度报送") < whole.index("提醒缴款逾期")
    one = text_below(lay_out(context_of(book, MANAGER, f"{AT}&kind=overdue")))
    assert ("民营甲公司未缴足" in one, "尚未报送" in one) == (True, False)
    assert "没有待办" in text_below(lay_out(context_of(book, MANAGER, f"{AT}&kind=sign")))
    with pytest.raises(BadAddress):
        lay_out(context_of(book, MANAGER, "kind=everything"))


def test_where_nothing_waits_the_page_says_so(book: Book) -> None:
    file(book, filing(), person="local")
    drawn = lay_out(context_of(book, MANAGER))
    assert "现在没有等您办理的事。没有待办" in text_below(drawn)
    assert counted(book, MANAGER) == 0
    record(book, person("newcomer"), membership("newcomer", Role.PARK_OFFICIAL, ScopeKind.PARK, "P2"))
    assert groups_of(book, "newcomer", "as_of=2025-10-31") == {}


def test_the_navigation_counts_what_the_page_shows_as_ones_own_to_do(databases: Databases) -> None:
    with prepared_book(databases, "inbox", waiting_city) as book:
        check_counts(book)


def check_counts(book: Book) -> None:
    assert [counted(book, login) for login in (MANAGER, REVIEWER, ANALYST, SIGNATORY)] == [1, 0, 0, 0]
    record(book, nav("F1", 3_200, "2026-01-10"), person=MANAGER)
    prepare(book)
    assert [counted(book, login) for login in (MANAGER, REVIEWER, ANALYST, SIGNATORY)] == [1, 1, 0, 2]
    line_ = draw_inbox_line(context_of(book, SIGNATORY))
    assert find_links(line_) == [("待办：2 件等您办理", f"/inbox?{AT}")]
    file(book, filing())
    assert text_below(draw_inbox_line(context_of(book, MANAGER))) == "待办：没有等您办理的事"


def test_the_latest_stand_first_then_what_is_due_first_then_what_waited_longest() -> None:
    today = day("2026-01-20")

    def item(path: str, since: str | None = None, due: str | None = None) -> Item:
        return Item(
            Kind.CONFIRM, "", path, since=day(since) if since else None, due=day(due) if due else None
        )

    items = [
        item("never"),
        item("old", since="2025-01-01"),
        item("soon", due="2026-02-01"),
        item("late", due="2026-01-10"),
        item("later", due="2026-01-01"),
        item("new", since="2026-01-19"),
    ]
    listed = [one.path for one in sort_items(items, today)]
    assert listed == ["later", "late", "soon", "old", "new", "never"]
