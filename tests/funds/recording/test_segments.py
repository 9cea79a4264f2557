"""Chains are kept as a graph: lines are recorded once, taken back with a trace, and never go in a circle."""

import pytest

from funds.book import Book
from funds.drafts import CrosswalkDraft, SegmentEdgeDraft
from funds.errors import NotAllowed, NotFound, RulesBroken
from funds.kinds import Confirmation, Role, ScopeKind
from funds.models import IndustryCrosswalk, SegmentCrosswalk, SegmentEdge
from funds.recording import record_crosswalks, record_segment_edges, withdraw_segment_edges
from funds.recording.corrections import Correction, correct_rows
from tests.builders import (
    base_city,
    codes_of,
    crosswalk,
    membership,
    person,
    record,
    rows_of,
    segment,
    segment_edge,
)

CHAIN = [*base_city(), *(segment("IC", code) for code in ("S1", "S2", "S3")), segment("BIO", "T1")]


def withdraw(book: Book, row_id: int, login: str = "local") -> None:
    with book.change(login, "撤下") as change:
        withdraw_segment_edges(change, [row_id])


def test_a_line_comes_once_however_often_it_is_sent(book: Book) -> None:
    record(book, *CHAIN, segment_edge("IC", "S1", "S2"))
    again = record(
        book, segment_edge("IC", "S1", "S2"), segment_edge("IC", "S1", "T1", target_industry="BIO")
    )
    assert (again["segmentedge"].new, again["segmentedge"].same) == (1, 1)
    assert len(rows_of(book, SegmentEdge)) == 2


def test_a_segment_that_is_not_there_is_named(book: Book) -> None:
    record(book, *CHAIN)
    faulty = segment_edge("IC", "S9", "S2"), segment_edge("IC", "S1", "S2", target_industry="BIO")
    assert codes_of(book, *faulty) == ["code.unknown", "code.unknown"]
    assert codes_of(book, crosswalk("IC", segment="T1")) == ["code.unknown"]


def test_a_line_taken_back_leaves_its_trace_and_may_come_again(book: Book) -> None:
    record(book, *CHAIN, segment_edge("IC", "S1", "S2"))
    (row,) = rows_of(book, SegmentEdge)
    before = book.head().version
    withdraw(book, row["id"])
    assert rows_of(book, SegmentEdge) == []
    with book.look(before) as look:
        assert [one["id"] for one in rows_of(look, SegmentEdge)] == [row["id"]]
    with pytest.raises(NotFound):
        withdraw(book, row["id"])
    record(book, segment_edge("IC", "S2", "S1"))
    assert len(rows_of(book, SegmentEdge)) == 1


def test_a_circle_is_refused_with_the_way_that_it_takes(book: Book) -> None:
    record(book, *CHAIN, segment_edge("IC", "S1", "S2"), segment_edge("IC", "S2", "S3"))
    with pytest.raises(RulesBroken) as caught, book.change("local", "成环") as change:
        record_segment_edges(change, [SegmentEdgeDraft(industry="IC", source="S3", target="S1")])
    (problem,) = caught.value.problems
    assert (problem.code, problem.params["way"]) == ("segment_edge.cycle", "S3 → S1 → S2 → S3")


def test_a_code_speaks_for_a_segment_or_for_the_whole_industry(book: Book) -> None:
    record(book, *CHAIN, crosswalk("IC", "39"), crosswalk("IC", "3973", segment="S3", is_partial=True))
    assert [row["national_code"] for row in rows_of(book, IndustryCrosswalk)] == ["39"]
    (row,) = rows_of(book, SegmentCrosswalk)
    assert (row["national_code"], row["is_partial"], row["confirmation"]) == (
        "3973",
        True,
        Confirmation.UNCHECKED,
    )
    with book.change("local", "核实") as change:
        correct_rows(
            change, [Correction(SegmentCrosswalk, row["id"], {"confirmation": Confirmation.CONFIRMED})]
        )
    assert rows_of(book, SegmentCrosswalk)[0]["confirmation"] is Confirmation.CONFIRMED


def test_only_who_keeps_the_code_book_touches_a_chain(book: Book) -> None:
    official = [person("park"), membership("park", Role.PARK_OFFICIAL, ScopeKind.PARK, "P1")]
    record(book, *CHAIN, segment_edge("IC", "S1", "S2"), *official)
    (row,) = rows_of(book, SegmentEdge)
    with pytest.raises(NotAllowed):
        withdraw(book, row["id"], "park")
    with pytest.raises(NotAllowed), book.change("park", "加线") as change:
        record_segment_edges(change, [SegmentEdgeDraft(industry="IC", source="S2", target="S3")])
    with pytest.raises(NotAllowed), book.change("park", "加码") as change:
        record_crosswalks(change, [CrosswalkDraft(industry="IC", national_code="39", segment="S1")])
