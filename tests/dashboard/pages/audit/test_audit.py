"""Samples on the page: drawn by seed, each line beside its source and documents, doubted, answered and closed."""

from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.forms.audit_sample import SampleForm, read_sample
from dashboard.pages.audit.audit_desk import open_audit
from dashboard.pages.audit.audit_page import draw_sample, take_step
from dashboard.pages.context import BadAddress
from dashboard.readings.money.audit_lines import draw_audit
from funds.book import Book
from funds.errors import NotAllowed, NotFound, RulesBroken
from funds.kinds import AuditStep, Basis
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY
from tests.builders import day, fee, record
from tests.dashboard.pages.drawn import text_of
from tests.dashboard.pages.signing.visits import (
    ANALYST,
    AUDITOR,
    MANAGER,
    QUARTER,
    as_sent,
    audited_book,
    context_of,
    lines_of,
    sent_page,
    table_at,
)
from tests.engines import Databases, SqliteDatabases

FORM = SampleForm(QUARTER, Basis.PAID_IN, 3, "七月")
GIVEN = {"quarter": QUARTER, "basis": "paid_in", "wanted": "3", "seed": "七月"}


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with audited_book(sqlite) as made:
        yield made
    sqlite.drop_made()


@pytest.fixture
def either(databases: Databases) -> Iterator[Book]:
    with audited_book(databases) as made:
        yield made


def draw(book: Book, form: SampleForm = FORM, login: str = ANALYST) -> str:
    return text_of(as_sent(draw_sample(context_of(book, login, "/audit"), form)))


def step(book: Book, login: str, taken: AuditStep, item: int, words: str = "") -> str:
    trigger: dict[str, Any] = {"step": taken.value, "item": str(item)}
    return text_of(as_sent(take_step(context_of(book, login, "/audit"), trigger, words)))


def items(book: Book, login: str = ANALYST, sample: int = 1) -> list[dict[str, str]]:
    return lines_of(table_at(book, login, f"/audit?sample={sample}", "items"))


def test_the_same_seed_draws_the_same_lines_on_either_engine_and_at_any_later_time(either: Book) -> None:
    assert draw(either).startswith("已抽取 3 笔。")
    drawn = items(either)
    assert [line["amount"] for line in drawn] == sorted(
        (line["amount"] for line in drawn), key=len, reverse=True
    )
    record(either, fee("F1", 3, "2025-12-01"))
    assert "得到同样的 3 笔" in sent_page(either, AUDITOR, "/audit?sample=1")
    draw(either)
    assert [line["line"] for line in items(either, sample=2)] == [line["line"] for line in drawn]


def test_only_money_from_outside_the_book_is_drawn_and_whole(book: Book) -> None:
    slice_ = slice_ledger(book, ANALYST, CITY, day("2025-12-31"))
    for basis in Basis:
        whole = draw_audit(slice_, basis, 500, "s")
        assert whole.lines == len(whole.drawn)
        assert whole.total == sum(one.amount for one in whole.drawn)
        assert all(one.is_certain for one in whole.drawn)
    paid = draw_audit(slice_, Basis.PAID_IN, 500, "s")
    outside = [one for one in slice_.entries.amount.tolist() if one > 0]
    assert 0 < paid.lines < len(outside), "what a mother fund passed on is not drawn again"


def test_a_doubt_travels_to_the_manager_and_back(book: Book) -> None:
    draw(book)
    own = next(int(line["number"]) for line in items(book, MANAGER))
    assert step(book, ANALYST, AuditStep.DOUBTED, own, "缺银行回单").startswith("已记为存疑")
    page = sent_page(book, MANAGER, f"/audit?item={own}")
    assert "缺银行回单" in page
    assert '"step": "answered"' in page
    assert '"step": "closed"' not in page
    step(book, MANAGER, AuditStep.ANSWERED, own, "已补")
    page = sent_page(book, ANALYST, f"/audit?item={own}")
    assert '"step": "closed"' in page
    assert '"step": "answered"' not in sent_page(book, MANAGER, f"/audit?item={own}")
    step(book, ANALYST, AuditStep.CLOSED, own, "相符")
    assert [line["state"] for line in items(book, MANAGER) if line["number"] == str(own)] == ["已关闭"]


def test_a_line_shows_where_it_came_from_and_takes_documents(book: Book) -> None:
    draw(book)
    line = items(book, MANAGER)[0]
    page = sent_page(book, MANAGER, f"/audit?item={line['number']}")
    for words in ("local", line["origin"], "这一笔的资料", '"part": "file"'):
        assert words in page, words
    assert '"part": "file"' not in sent_page(book, AUDITOR, f"/audit?item={line['number']}")


def test_each_sees_the_own_lines_and_only_the_city_sees_how_much_there_is(book: Book) -> None:
    draw(book)
    (whole,), (part,) = (lines_of(table_at(book, who, "/audit", "samples")) for who in (AUDITOR, MANAGER))
    assert (whole["drawn"], part["drawn"]) == ("3", "2")
    assert part["total"] == part["lines"] == "—" != whole["lines"]
    others = {line["number"] for line in items(book)} - {line["number"] for line in items(book, MANAGER)}
    for number in others:
        with pytest.raises(NotFound):
            sent_page(book, MANAGER, f"/audit?item={number}")
    with pytest.raises(NotFound):
        sent_page(book, MANAGER, "/audit?sample=9")
    assert "得到同样" not in sent_page(book, MANAGER, "/audit?sample=1")


def test_the_auditor_reads_everything_and_does_nothing(book: Book) -> None:
    draw(book)
    page = sent_page(book, AUDITOR, "/audit?item=1")
    assert "audit-act" not in page
    with pytest.raises(NotAllowed):
        draw(book, login=AUDITOR)
    for taken in AuditStep:
        with pytest.raises(NotAllowed):
            step(book, AUDITOR, taken, 1, "看")


def test_a_past_version_is_only_looked_at(book: Book) -> None:
    before = book.head().version
    assert "还没有您可以查看的抽样" in sent_page(book, ANALYST, f"/audit?as_known={before}")
    draw(book)
    last = book.head().version
    page = sent_page(book, ANALYST, f"/audit?item=1&as_known={last}")
    assert "过去的版本" in page
    assert "audit-act" not in page


@pytest.mark.parametrize("trigger", [{}, {"step": "x", "item": "1"}, {"step": "passed", "item": 1}])
def test_a_button_that_no_page_has_is_refused(book: Book, trigger: dict[str, object]) -> None:
    with pytest.raises(BadAddress):
        take_step(context_of(book, ANALYST, "/audit"), trigger, "")


def test_the_page_reads_in_english_too(book: Book) -> None:
    draw(book)
    page = sent_page(book, ANALYST, "/audit?item=1", "en")
    assert "Documents of this line" in page
    with open_audit(context_of(book, ANALYST, "/audit")) as desk:
        assert (desk.item, desk.sample) == (None, None)


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("quarter", "去年", "date.not_a_quarter"),
        ("basis", "x", "value.blank"),
        ("wanted", "0", "audit.wanted"),
        ("wanted", "501", "audit.wanted"),
        ("wanted", "三", "audit.bad_wanted"),
        ("wanted", "1.5", "audit.bad_wanted"),
        ("seed", " \x07", "audit.no_seed"),
    ],
)
def test_the_form_tells_what_is_wrong_at_its_field(field: str, text: str, code: str) -> None:
    with pytest.raises(RulesBroken) as caught:
        read_sample({**GIVEN, field: text})
    assert [(one.code, one.where) for one in caught.value.problems] == [(code, f"form:{field}")]


def test_the_form_reads_what_people_type() -> None:
    assert read_sample({**GIVEN, "wanted": "３", "quarter": "2025年四季度"}) == FORM
