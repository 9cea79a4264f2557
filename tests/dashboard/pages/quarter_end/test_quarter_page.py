"""A quarter's end on the screen: bulk marks, what a second person approves, the value that ties, awkward funds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.auth.callbacks import BadValues
from dashboard.auth.passwords import add_person_secret
from dashboard.pages.context import BadAddress
from dashboard.pages.quarter_end.funds_table import make_funds_table
from dashboard.pages.quarter_end.marks_table import make_marks_table, write_finding
from dashboard.pages.quarter_end.nav_card import WHOLE_FUND
from dashboard.pages.quarter_end.nav_tables import make_bridge_table, make_nav_table
from dashboard.pages.quarter_end.quarter_acts import approve_picked, bring_marks, report_nav, zip_lines
from dashboard.pages.quarter_end.quarter_callbacks import split_faults
from dashboard.pages.quarter_end.quarter_page import PAGE, lay_out
from dashboard.pages.quarter_end.review_form import list_waiting, make_waiting_table
from dashboard.readings.portfolio.quarter_marks import MarkState
from funds.book import Book
from funds.errors import Conflict, NotAllowed, NotFound, RulesBroken
from funds.kinds import ExitKind, MarkMethod, Role
from funds.models import FundNav, Mark
from tests.builders import exit_, membership, policy, record, rows_of, wan
from tests.dashboard.pages.drawn import text_of
from tests.dashboard.pages.quarter_end.quarter_visits import (
    context_of,
    desk_of,
    kept_databases,
    quarter_book,
    quarter_city,
    tick,
    typed,
)
from tests.dashboard.pages.six_ones_visits import as_sent
from tests.dashboard.pages.trail_visits import lines_of
from tests.dashboard.readings.return_books import book_of
from tests.dashboard.serving import PASSWORD, callback_body, post_callback, serve
from tests.engines import SqliteDatabases

WHY = "本季无新融资，经营持平"


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with quarter_book(sqlite) as made:
        yield made
    sqlite.drop_made()


@pytest.fixture(scope="module")
def still() -> Iterator[Book]:
    """The same, for those who only look."""
    with kept_databases() as files, quarter_book(files) as made:
        yield made


def states(book: Book) -> dict[str, MarkState]:
    return {code: one.state for code, one in desk_of(book, "signatory").by_company.items()}


def waiting_keys(book: Book, login: str = "reviewer") -> list[str]:
    return [one.key for one in list_waiting(desk_of(book, login))]


def page_text(book: Book, login: str = "manager", search: str = "fund=F1", language: str = "zh") -> str:
    return text_of(as_sent(lay_out(context_of(book, login, search, language))))


def marks_of(book: Book, on: str = "2025-12-31") -> list[dict[str, object]]:
    return [row for row in rows_of(book, Mark) if str(row["valued_on"]) == on]


def test_ticked_holdings_keep_value_and_method_and_typed_ones_change_in_one_revision(book: Book) -> None:
    before = book.head().version
    told = bring_marks(desk_of(book), [tick("C1"), tick("C2"), typed("C3", "260")], WHY)
    assert "已登记 3 项估值" in told
    rows = marks_of(book)
    assert [(row["fair_value_fen"], row["evidence"]) for row in rows] == [
        (wan(900), WHY),
        (wan(450), WHY),
        (wan(260), "B轮协议"),
    ]
    assert {row["method"] for row in rows} == {MarkMethod.RECENT_ROUND}
    assert {row["revision_id"] for row in rows} == {before + 1}
    assert {row["approved_by_id"] for row in rows} == {None}, "a manager's marks wait"
    assert set(states(book).values()) == {MarkState.WAITING}


def test_what_waits_counts_only_once_another_person_has_approved_it(book: Book) -> None:
    bring_marks(desk_of(book), [typed("C1", "1,500"), tick("C2")], WHY)
    assert desk_of(book, "reviewer").by_company["C1"].value == wan(900)
    told = approve_picked(desk_of(book, "reviewer"), waiting_keys(book), "已核对")
    assert "已复核 2 项" in told
    assert desk_of(book, "reviewer").by_company["C1"].value == wan(1_500)
    assert states(book) == {"C1": MarkState.MARKED, "C2": MarkState.MARKED, "C3": MarkState.MISSING}


def test_threat_05_nobody_approves_their_own_marks_here(book: Book) -> None:
    """The signatory may approve; where policy wants two, what he brought himself waits for another."""
    record(book, policy("second_person.mark", value_e6=2_000_000, pack="第二人"))
    bring_marks(desk_of(book, "signatory"), [tick("C1")], WHY)
    (key,) = waiting_keys(book, "signatory")
    with pytest.raises(NotAllowed, match=r"confirmation\.own"):
        approve_picked(desk_of(book, "signatory"), [key], "")
    assert states(book)["C1"] is MarkState.WAITING
    assert "须由另一人复核" in page_text(book, "signatory")
    approve_picked(desk_of(book, "second"), [key], "")
    assert states(book)["C1"] is MarkState.MARKED


def test_threat_05_a_maker_who_becomes_reviewer_still_does_not_approve(book: Book) -> None:
    bring_marks(desk_of(book), [tick("C1")], WHY)
    record(book, membership("manager", Role.COMMISSION_SIGNATORY))
    with pytest.raises(NotAllowed, match=r"confirmation\.own"):
        approve_picked(desk_of(book), waiting_keys(book, "manager"), "")


def test_who_may_approve_records_at_once(book: Book) -> None:
    bring_marks(desk_of(book, "signatory"), [tick("C1")], WHY)
    assert states(book)["C1"] is MarkState.MARKED


def test_everything_wrong_is_told_at_once_and_nothing_is_written(still: Book) -> None:
    before = still.head()
    lines = [tick("C1"), typed("C2", "很多", "", "guess"), tick("C3")]
    with pytest.raises(RulesBroken) as broken:
        bring_marks(desk_of(still), lines, "")
    assert [(one.code, one.where) for one in broken.value.problems] == [
        ("quarter_end.no_reason", "form:reason"),
        ("money.not_a_number", "form:value:C2"),
        ("quarter_end.no_method", "form:method:C2"),
        ("quarter_end.no_evidence", "form:evidence:C2"),
        ("quarter_end.nothing_to_keep", "form:tick:C3"),
    ]
    assert still.head() == before
    general, beside = split_faults(context_of(still).visit, broken.value, ["C1", "C2", "C3"])
    assert general == ["有 2 项需要改，原因写在该项下面；一项也没有登记。", "勾选了维持，请写明理由。"]
    assert (beside[0], "金额" in beside[1], "无从维持" in beside[2]) == ("", True, True)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "quarter_end.nothing_said"),
        ([typed("C9", "5")], "quarter_end.not_open"),
        ([tick("C1"), typed("C1", "5")], "quarter_end.tick_and_value"),
    ],
)
def test_a_form_that_says_nothing_or_two_things_is_refused(
    still: Book, lines: list[object], code: str
) -> None:
    given = lines
    if code == "quarter_end.tick_and_value":
        one = typed("C1", "5")
        given = [type(one)(one.company, True, one.value, one.method, one.evidence)]
    with pytest.raises(RulesBroken) as broken:
        bring_marks(desk_of(still), given, WHY)  # type: ignore[arg-type]
    assert [one.code for one in broken.value.problems] == [code]


def test_a_rule_of_the_book_stands_beside_its_line(still: Book) -> None:
    """A quarter that is not over cannot be valued yet."""
    desk = desk_of(still, search="fund=F1&quarter=2026-Q1")
    with pytest.raises(RulesBroken) as broken:
        bring_marks(desk, [typed("C1", "950")], WHY)
    assert [(one.code, one.where) for one in broken.value.problems] == [("day.in_future", "form:value:C1")]


def test_the_same_again_is_no_new_version_and_the_screen_says_what_is_gone(book: Book) -> None:
    stale = desk_of(book)
    assert stale.by_company["C1"].state is MarkState.MISSING
    bring_marks(desk_of(book), [tick("C1")], WHY)
    with pytest.raises(Conflict, match=r"quarter_end\.same"):
        bring_marks(stale, [tick("C1")], WHY)
    with pytest.raises(Conflict, match=r"quarter_end\.gone"):
        approve_picked(desk_of(book, "reviewer"), ["mark:1"], "")
    with pytest.raises(RulesBroken) as broken:
        approve_picked(desk_of(book, "reviewer"), [], "")
    assert [one.code for one in broken.value.problems] == ["quarter_end.nothing_picked"]


def test_only_the_funds_own_people_write_and_a_past_version_is_looked_at(still: Book) -> None:
    with pytest.raises(NotAllowed):
        bring_marks(desk_of(still, "reviewer"), [tick("C1")], WHY)
    with pytest.raises(NotAllowed):
        report_nav(desk_of(still, "reviewer"), "1", "audit", WHOLE_FUND)
    with pytest.raises(NotAllowed):
        approve_picked(desk_of(still), ["mark:1"], "")
    with pytest.raises(NotFound):
        desk_of(still, search="fund=M")
    past = desk_of(still, search=f"fund=F1&as_known={still.head().version}")
    with pytest.raises(Conflict, match=r"quarter_end\.past_version"):
        bring_marks(past, [tick("C1")], WHY)
    assert "只能看" in page_text(still, search=f"fund=F1&as_known={still.head().version}")


def test_the_reported_value_waits_beside_the_derived_one_and_comes_with_its_difference(book: Book) -> None:
    report_nav(desk_of(book), "3000", "manager_report", WHOLE_FUND)
    report_nav(desk_of(book), "1.2亿", "audit", "M")
    with pytest.raises(Conflict, match=r"quarter_end\.same"):
        report_nav(desk_of(book), "3000", "manager_report", WHOLE_FUND)
    (row, other) = [row for row in rows_of(book, FundNav) if str(row["valued_on"]) == "2025-12-31"]
    assert (row["nav_fen"], row["approved_by_id"]) == (wan(3_000), None)
    assert (other["nav_fen"], other["investor_id"] is not None) == (wan(12_000), True)
    names = [row["name"] for row in lines_of(make_waiting_table(context_of(book, "reviewer")))]
    assert names == ["报告净值", "基金M的资本账户"]
    approve_picked(desk_of(book, "reviewer"), waiting_keys(book), "")
    roll = desk_of(book, "reviewer").roll
    # 900 + 450 + 200 of holdings, 1,300 of cash.
    assert (roll.derived, roll.reported and roll.reported.value) == (wan(2_850), wan(3_000))
    assert roll.difference == wan(150)


def test_a_value_that_cannot_be_read_is_told_by_field(still: Book) -> None:
    with pytest.raises(RulesBroken) as broken:
        report_nav(desk_of(still), "", "somebody", WHOLE_FUND)
    assert [one.where for one in broken.value.problems] == ["form:nav_value", "form:nav_source"]
    with pytest.raises(BadValues):
        report_nav(desk_of(still), "1", "audit", "nobody")


def test_items_and_steps_tie_to_the_fen_and_say_so(still: Book) -> None:
    roll = desk_of(still).roll
    assert (roll.parts_left, roll.bridge.difference, roll.ties) == (0, 0, True)
    items = {row["item"]: row["amount"] for row in lines_of(make_nav_table(context_of(still)))}
    assert items["核对：推算净值 − 各项之和"] == "0.00 元"
    steps = {row["item"]: row["amount"] for row in lines_of(make_bridge_table(context_of(still)))}
    assert steps["核对：期末 − 期初 − 各步之和"] == "0.00 元"


def test_a_fund_without_holdings_shows_its_value_and_asks_for_no_mark(still: Book) -> None:
    text = page_text(still, "signatory", "fund=M")
    assert "季末没有在持的企业" in text
    assert "持有基金F1的份额" in text
    assert "登记本季估值" not in text


def test_a_total_loss_leaves_nothing_to_mark_and_a_value_of_the_cash(sqlite: SqliteDatabases) -> None:
    gone = [exit_("F1", code, 0, "2025-12-01", ExitKind.WRITE_OFF) for code in ("C1", "C2", "C3")]
    with quarter_book(sqlite, *gone) as made:
        desk = desk_of(made)
        assert (list(desk.valuations), desk.roll.marks, desk.roll.derived) == ([], 0, wan(1_300))
        assert desk.roll.ties
        assert write_finding(desk) == "季末没有在持的企业"


def test_somebody_without_funds_gets_a_page_and_empty_tables(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *quarter_city()) as made:
        early = "as_of=2019-06-30"
        assert "还没有您可以看的基金" in page_text(made, "manager", early)
        for make in PAGE.tables.values():
            assert make(context_of(made, "manager", early)).rows == ()


def test_the_list_of_funds_leads_to_each_and_counts_what_is_missing(still: Book) -> None:
    (row,) = lines_of(make_funds_table(context_of(still)))
    assert (row["name"], row["held"], row["missing"], row["asking"]) == ("基金F1", "3", "3", "1")


def test_the_grid_says_what_a_holding_asks_for_and_english_too(still: Book) -> None:
    rows = {row["name"]: row for row in lines_of(make_marks_table(context_of(still)))}
    assert rows["企业C3"]["triggers"] == "2025年11月1日投入以来没有经复核的估值"
    assert (rows["企业C1"]["last_value"], rows["企业C1"]["evidence"]) == ("900.00", "上季报告")
    assert "3 without a mark of this quarter" in page_text(still, language="en")


def test_an_address_that_cannot_be_read_is_refused(still: Book) -> None:
    with pytest.raises(BadAddress):
        desk_of(still, search="quarter=2025-Q5")


@pytest.mark.parametrize(
    "given",
    [
        ([{"row": "C1"}], [], [], [], [], []),
        ([{"row": "C1"}], [None], [None], [None], [{"row": "C2"}], [True]),
        ([{"row": "C1"}] * 2, [None] * 2, [None] * 2, [None] * 2, [], []),
        ([{"row": 1}], [None], [None], [None], [], []),
        ([], [], [], [], [{"row": "C1"}], []),
    ],
)
def test_lists_that_are_no_form_of_ours_are_refused(given: tuple[list[object], ...]) -> None:
    with pytest.raises(BadValues):
        zip_lines(*given)  # type: ignore[arg-type]


def test_the_button_carries_the_lines_to_the_book_and_draws_the_page_anew(
    sqlite: SqliteDatabases, tmp_path: Path
) -> None:
    with quarter_book(sqlite) as made:
        add_person_secret(made, "manager", PASSWORD)
        served = serve(str(made.engine.url), tmp_path)
        client = served.signed_in("manager")
        name = next(one for one in served.app.callback_map if "qe-told" in one)
        body = callback_body(
            served.app, name, {"qe-save.n_clicks": 1, "qe-reason.value": WHY, "url.search": "?fund=F1"}
        )
        fill(body)
        answer = post_callback(client, body)
        assert answer.status_code == 200, answer.text
        assert "已登记 2 项估值" in answer.text
        assert [row["fair_value_fen"] for row in rows_of(made, Mark, approved_by_id=None)] == [
            wan(260),
            wan(900),
        ]
        served.book.close()


def fill(body: dict[str, object]) -> None:
    """What a browser sends for the lines of the form: C1 ticked, C3 typed."""
    said: dict[tuple[str, str], list[object]] = {
        ("qe-value", "id"): [{"type": "qe-value", "row": code} for code in ("C3", "C1")],
        ("qe-value", "value"): ["260", None],
        ("qe-method", "value"): ["multiples", "recent_round"],
        ("qe-evidence", "value"): ["协议", ""],
        ("qe-tick", "id"): [{"type": "qe-tick", "row": code} for code in ("C3", "C1")],
        ("qe-tick", "checked"): [False, True],
    }
    states_: list[object] = []
    for wire in body["state"]:  # type: ignore[attr-defined]
        kind = next((one for one in said if one[0] in str(wire["id"]) and one[1] == wire["property"]), None)
        if kind is None:
            states_.append(wire)
        else:
            rows = ("C3", "C1")
            states_.append(
                [
                    {"id": {"type": kind[0], "row": row}, "property": kind[1], "value": value}
                    for row, value in zip(rows, said[kind], strict=True)
                ]
            )
    body["state"] = states_
    beside = [{"id": {"type": "qe-fault", "row": row}, "property": "children"} for row in ("C3", "C1")]
    body["outputs"] = [beside if "qe-fault" in str(one["id"]) else one for one in body["outputs"]]  # type: ignore[attr-defined]
