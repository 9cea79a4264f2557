"""Keeping the code book on screen: every act is one revision, and what is wrong is said beside the form."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from dashboard.pages.industries import code_book_acts as acts
from dashboard.pages.industries.code_book_desk import may_keep
from dashboard.pages.industries.industry_state import open_industry
from funds.book import Book
from funds.errors import LedgerError, NotAllowed, RulesBroken
from funds.kinds import Confirmation
from funds.models import IndustryFact, Segment, SegmentCrosswalk, SegmentEdge, SegmentFact
from tests.builders import industry, record, rows_of, segment
from tests.dashboard.pages.industries.visits import context_of, visit_of
from tests.dashboard.readings.industries.chain_book import OFFICIAL, chain_book
from tests.dashboard.serving import Served, build_own, callback_body, post_callback, serve
from tests.engines import SqliteDatabases

REASON = {"reason": "按会议纪要"}


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with chain_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def fields(**more: str) -> Mapping[str, str]:
    return {
        "code": "IC",
        "name": "集成电路",
        "category": "key",
        "from": "2022-11-16",
        **REASON,
        **more,
    }


def faults(book: Book, act: str, *given: object) -> list[str]:
    with pytest.raises(RulesBroken) as caught:
        getattr(acts, act)(visit_of(book), *given)
    return [problem.code for problem in caught.value.problems]


def editions(book: Book, code: str) -> list[str]:
    state = open_industry(context_of(book, f"/industries/{code}"), code)
    return [str(row["label"]) for row in state.table("industry_edition")]


def test_a_new_industry_is_added_once(book: Book) -> None:
    before = book.head().version
    told = acts.add_industry(
        visit_of(book), fields(code="LOW", name="低空经济", parent="IC", aliases="无人机")
    )
    assert told == "已新增产业“低空经济”。"
    assert book.head().version == before + 1
    assert editions(book, "LOW") == ["低空经济"]
    again = fields(code="LOW", name="低空经济", parent="IC", aliases="无人机")
    assert faults(book, "add_industry", again) == ["industry.known_already"]
    assert faults(book, "add_industry", fields(code="X", parent="NO")) == ["code.unknown"]


def test_a_form_tells_all_that_it_lacks_at_once(book: Book) -> None:
    assert faults(book, "add_industry", {"code": " ", "name": ""}) == [
        "industry.missing_code",
        "industry.missing_name",
        "industry.missing_category",
        "industry.missing_from",
        "industry.missing_reason",
    ]
    assert faults(book, "add_edge", {"source": "", "target": "", "reason": ""}) == [
        "industry.missing_source",
        "industry.missing_target",
        "industry.missing_reason",
    ]
    for wrong in ({"from": "soon"}, {"category": "huge"}):
        with pytest.raises(LedgerError) as caught:
            acts.add_industry(visit_of(book), fields(**wrong))
        assert caught.value.status == 400


def test_the_same_day_corrects_an_edition_and_another_begins_one(book: Book) -> None:
    acts.add_industry(visit_of(book), fields(code="LOW", name="低空经济"))
    (row,) = [one for one in rows_of(book, IndustryFact) if one["name"] == "低空经济"]
    acts.change_industry(visit_of(book), row["id"], fields(code="LOW", name="低空产业", parent="BIO"))
    assert editions(book, "LOW") == ["低空产业"]
    (row,) = [one for one in rows_of(book, IndustryFact) if one["name"] == "低空产业"]
    changed = fields(code="LOW", name="低空与空天", to="", **{"from": "2025-01-01"})
    acts.change_industry(visit_of(book), row["id"], changed)
    assert editions(book, "LOW") == ["低空产业", "低空与空天"]
    stale = fields(code="LOW", name="旧窗口", parent="NONE")
    assert faults(book, "change_industry", row["id"], stale) == ["code.unknown"]


def test_a_window_that_is_behind_is_told_that_the_row_was_replaced(book: Book) -> None:
    acts.add_industry(visit_of(book), fields(code="LOW", name="低空经济"))
    (row,) = [one for one in rows_of(book, IndustryFact) if one["name"] == "低空经济"]
    acts.change_industry(visit_of(book), row["id"], fields(code="LOW", name="甲"))
    assert faults(book, "change_industry", row["id"], fields(code="LOW", name="乙")) == [
        "correction.not_visible"
    ]


def test_an_industry_cannot_be_put_below_itself(book: Book) -> None:
    record(book, industry("ICD", parent="IC"))
    (row,) = [one for one in rows_of(book, IndustryFact) if one["name"] == "集成电路"]
    circle = fields(parent="ICD", **{"from": "2020-01-01"})
    assert faults(book, "change_industry", row["id"], circle) == ["industry.cycle"]


def test_a_segment_is_added_or_put_right_by_its_code(book: Book) -> None:
    visit = visit_of(book)
    acts.keep_segment(visit, "IC", {"code": "S4", "name": "封测", "position": "downstream", **REASON})
    acts.keep_segment(visit, "IC", {"code": "S4", "name": "先进封测", "parent": "S3", **REASON})
    found = [row for row in rows_of(book, SegmentFact) if row["name"] in ("封测", "先进封测")]
    assert [(row["name"], row["position"]) for row in found] == [("先进封测", None)]
    unknown = {"code": "S4", "name": "封测", "parent": "S9", **REASON}
    assert faults(book, "keep_segment", "IC", unknown) == ["code.unknown"]
    above_itself = {"code": "S3", "name": "制造", "parent": "S4", **REASON}
    assert "segment.cycle" in faults(book, "keep_segment", "IC", above_itself)


def test_lines_are_added_and_taken_back_and_a_circle_is_refused(book: Book) -> None:
    visit, count = visit_of(book), len(rows_of(book, SegmentEdge))
    acts.add_edge(visit, {"source": "IC/S1", "target": "IC/S3", "basis": "图谱", **REASON})
    edges = rows_of(book, SegmentEdge)
    assert len(edges) == count + 1
    circle = {"source": "IC/S3", "target": "BIO/T1", **REASON}
    assert faults(book, "add_edge", circle) == ["segment_edge.cycle"]
    acts.withdraw_edge(visit, edges[-1]["id"], REASON)
    assert len(rows_of(book, SegmentEdge)) == count


def test_a_national_code_is_added_unchecked_and_then_checked(book: Book) -> None:
    visit = visit_of(book)
    given = {"national_code": "397", "segment": "S2", "is_partial": "yes", **REASON}
    acts.add_code(visit, "IC", given)
    row = rows_of(book, SegmentCrosswalk)[-1]
    assert (row["is_partial"], row["confirmation"]) == (True, Confirmation.UNCHECKED)
    acts.confirm_code(visit, "segment_crosswalk", row["id"], REASON)
    assert rows_of(book, SegmentCrosswalk)[-1]["confirmation"] is Confirmation.CONFIRMED


def test_who_does_not_keep_the_code_book_has_no_desk_and_no_way_around(book: Book) -> None:
    assert may_keep(context_of(book, "/industries/IC"))
    assert not may_keep(context_of(book, "/industries/IC", search="as_known=2"))
    assert not may_keep(context_of(book, "/industries/IC", OFFICIAL))
    with pytest.raises(NotAllowed):
        acts.keep_segment(visit_of(book, OFFICIAL), "IC", {"code": "S4", "name": "封测", **REASON})


@pytest.fixture
def served(sqlite: SqliteDatabases, tmp_path: Path) -> Iterator[Served]:
    made = serve(sqlite.copy_of("served own", build_own), tmp_path)
    record(made.book, industry("IC", "集成电路"), segment("IC", "S1"))
    yield made
    made.book.close()
    sqlite.drop_made()


def sent(served: Served, output: str, path: str, **values: object) -> str:
    """What comes of a button on a page."""
    name = next(one for one, entry in served.app.callback_map.items() if output in str(entry["inputs"]))
    given = {"url.pathname": path, "url.search": "", **values}
    return post_callback(served.signed_in(), callback_body(served.app, name, given)).text


def test_a_button_draws_the_page_anew_or_tells_the_fault(served: Served) -> None:
    values = {
        "segment-save.n_clicks": 1,
        "segment-code.value": "S2",
        "segment-name.value": "设计",
        "code-reason.value": "新增环节",
    }
    assert "chain-graph" in sent(served, "segment-save", "/industries/IC", **values)
    assert "S2" in {row["code"] for row in rows_of(served.book, Segment)}
    lacking = sent(served, "segment-save", "/industries/IC", **{**values, "code-reason.value": ""})
    assert "form-fault" in lacking
    assert "chain-graph" not in lacking
    assert "chain-graph" not in sent(served, "segment-save", "/parks/IC", **values)
