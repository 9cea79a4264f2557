"""The form proposes a firm's industries as they were written, or says everything that is wrong with them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.pages.proposals.tag_form import MOST_ROWS, FormRow, draw_tag_form, read_tags
from dashboard.reports.question import Question, answer
from funds.book import Book
from funds.errors import RulesBroken
from funds.models import CompanyTag
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import company_scope
from tests.builders import company, crosswalk, day, prepared_book, record, rows_of, segment, tag
from tests.dashboard.pages.proposals.proposal_visits import build_served_city, context_of, sent_page
from tests.dashboard.serving import Served, callback_body, post_callback, serve
from tests.engines import SqliteDatabases
from tests.funds.recording.proposal_city import propose, proposed, proposing_city

TOLD = "tag-told.children"
BLANK = FormRow("", " ", is_main=False)


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "proposing", proposing_city) as opened:
        yield opened
    sqlite.drop_made()


@pytest.fixture
def served(sqlite: SqliteDatabases, tmp_path: Path) -> Iterator[Served]:
    made = serve(sqlite.copy_of("served proposing", build_served_city), tmp_path)
    yield made
    made.book.close()
    sqlite.drop_made()


def test_lines_become_drafts_and_blank_ones_nothing() -> None:
    rows = [FormRow("IC|IC-1", "60.5", is_main=True), BLANK, FormRow("BIO", "39.5%", is_main=False)]
    first, second = read_tags("C1", rows, "2026-01-01", "年报")
    assert (first.industry, first.segment, first.weight_ppm, first.is_primary, first.basis) == (
        "IC",
        "IC-1",
        605_000,
        True,
        "年报",
    )
    assert (second.industry, second.segment, second.weight_ppm, second.from_date) == (
        "BIO",
        None,
        395_000,
        day("2026-01-01"),
    )
    (only,) = read_tags("C1", [FormRow("IC", "", is_main=False)], "2026-01-01", "")
    assert (only.weight_ppm, only.basis) == (1_000_000, None)


@pytest.mark.parametrize(
    ("rows", "first", "codes"),
    [
        ([BLANK], "", ["proposal.no_day", "proposal.no_tags"]),
        ([FormRow("", "5", is_main=False)], "2026-01-01", ["proposal.half_a_tag"]),
        (
            [
                FormRow("IC", "", is_main=False),
                FormRow("BIO", "viel", is_main=False),
                FormRow("AI", "101", is_main=True),
            ],
            "2026-01-01",
            ["proposal.half_a_tag", "measure.not_a_number", "measure.not_a_share"],
        ),
    ],
)
def test_what_cannot_be_read_is_told_at_once(rows: list[FormRow], first: str, codes: list[str]) -> None:
    with pytest.raises(RulesBroken) as broken:
        read_tags("C1", rows, first, "")
    assert [problem.code for problem in broken.value.problems] == codes


def lines_of(book: Book, search: str = "") -> list[tuple[str | None, str, bool]]:
    """What the lines of the form hold."""
    context = context_of(book, "official", f"/companies/C1?{search}")
    slice_ = slice_ledger(book, "official", company_scope("C1"), context.as_of)
    firm = next(one for one in slice_.facts.companies.values() if one.code == "C1")
    form: Any = draw_tag_form(context, slice_.facts, firm.id)
    drawn = next(child for child in form.children if getattr(child, "className", "") == "tag-lines")
    return [
        (line.children[0].value, line.children[1].value, line.children[2].checked) for line in drawn.children
    ]


def test_the_form_begins_with_what_holds_and_with_what_was_suggested(book: Book) -> None:
    blank = (None, "", False)
    assert lines_of(book) == [blank] * 3
    assert lines_of(book, "suggest=IC") == [("IC", "100", False), blank, blank]
    assert lines_of(book, "suggest=NOWHERE") == [blank] * 3
    record(
        book,
        segment("IC", "IC-1"),
        tag("C1", "IC", 60, segment="IC-1", is_primary=True),
        tag("C1", "BIO", 40),
    )
    held = [("IC|IC-1", "60", True), ("BIO", "40", False)]
    assert lines_of(book) == [*held, blank]
    assert lines_of(book, "suggest=IC") == [*held, blank], "what holds is not suggested again"
    many = [tag("C1", "BIO", 5, on="2025-01-01", segment=f"S{number}") for number in range(MOST_ROWS + 1)]
    record(book, *(segment("BIO", f"S{number}") for number in range(MOST_ROWS + 1)), *many)
    assert len(lines_of(book, "suggest=IC")) == MOST_ROWS


def send(served: Served, login: str, **values: object) -> str:
    """Press the form's button and read what is told."""
    given = {
        "tag-propose.n_clicks": 1,
        "tag-from.value": "2026-01-01",
        "tag-reason.value": "主营",
        "url.pathname": "/companies/C1",
    }
    body = callback_body(
        served.app, TOLD, {**given, **{name.replace("__", "."): value for name, value in values.items()}}
    )
    lines = (("IC", "60", True), ("BIO", "40", None))
    for place, name in enumerate(("tag-choice", "tag-weight", "tag-main")):
        prop = "checked" if name == "tag-main" else "value"
        body["state"][place] = [
            {"id": {"row": row, "type": name}, "property": prop, "value": line[place]}
            for row, line in enumerate(lines)
        ]
    answer = post_callback(served.signed_in(login), body)
    return f"{answer.status_code} {json.dumps(answer.json, ensure_ascii=False)}"


def test_the_button_makes_a_proposal_of_what_was_seen(served: Served) -> None:
    seen = served.book.head().version
    told = send(served, "official", **{"tag-seen.data": seen, "tag-basis.value": "年报\n第三页"})
    assert told.startswith("200")
    assert "已提议，等待另一人确认。" in told
    assert "/proposals/1" in told
    found = proposed(served.book, 1)
    assert (found.about, found.reason, found.seen_version) == ("C1", "主营", seen)
    assert "年报 第三页" in found.payload
    assert rows_of(served.book, CompanyTag) == []
    assert "已有内容相同的提议在等待确认" in send(
        served, "colleague", **{"tag-seen.data": seen, "tag-basis.value": "年报 第三页"}
    )


def test_what_changed_since_the_form_was_drawn_is_told(served: Served) -> None:
    seen = served.book.head().version
    record(served.book, tag("C1", "IC"))
    assert "此后local在第" in send(served, "official", **{"tag-seen.data": seen})
    assert send(served, "reviewer").startswith("403")
    assert "请写明原因" in send(served, "official", **{"tag-reason.value": None})


def test_an_empty_request_and_lines_that_do_not_fit_do_nothing(served: Served) -> None:
    before = served.book.head()
    assert send(served, "official", **{"tag-propose.n_clicks": None}).endswith("{}}")
    body = callback_body(served.app, TOLD, {"tag-propose.n_clicks": 1})
    body["state"][0] = [{"id": {"row": 0, "type": "tag-choice"}, "property": "value", "value": "IC"}]
    body["state"][1] = body["state"][2] = []
    assert post_callback(served.signed_in("official"), body).status_code == 400
    assert served.book.head() == before


def test_the_card_names_the_mode_the_reasons_and_what_waits(book: Book) -> None:
    record(book, company("K1", "某产业BIO公司", national_code="2710"), crosswalk("IC", "27"))
    assert "这家企业还没有确认的产业标签" in sent_page(book, "official", "/companies/K1")
    number = propose(book, "colleague", "tag", tag("K1", "IC"))
    page = sent_page(book, "official", "/companies/K1")
    assert "按主标签口径" in page
    assert "行业代码 2710 属于 27 27，对照表列为该产业（待核实）" in page
    assert "企业名称含“产业BIO”" in page
    assert "权重 100.0%" in page
    assert "权重须由人判断" in page
    assert f"#{number} 用户colleague" in page
    assert "suggest=IC" in page
    record(book, tag("K1", "IC", 60, is_primary=True), tag("K1", "BIO", 40))
    page = sent_page(book, "official", "/companies/K1")
    assert "主产业为产业IC（产业IC 60.0%、产业BIO 40.0%）" in page
    assert "已有此标签" in page


def test_the_card_offers_the_form_only_to_whoever_may_propose_now(book: Book) -> None:
    record(book, tag("C1", "IC", 50, is_primary=True), tag("C1", "BIO", 50))
    version = book.head().version
    assert "tag-propose" in sent_page(book, "manager", "/companies/C1")
    assert "tag-propose" not in sent_page(book, "reviewer", "/companies/C1")
    past = sent_page(book, "manager", f"/companies/C1?as_known={version}")
    assert "tag-propose" not in past
    assert "放入提议" not in past
    assert "行业代码、企业名称和同代码企业都没有提示。" in past


def test_the_report_of_a_firm_tells_the_same_suggestions(book: Book) -> None:
    record(book, company("K1", national_code="2710"), crosswalk("IC", "27"))
    reading = answer(book, "official", Question("company", day("2025-12-31"), company_scope("K1")))
    (row,) = [row for row in reading.rows if row["table"] == "tag_suggestion"]
    assert (row["industry"], row["weight_ppm"], row["is_tagged"]) == ("IC", 1_000_000, False)
