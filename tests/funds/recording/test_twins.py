"""A row that comes again: the same, changed, corrected since, or only alike."""

from typing import Any

import pytest

from funds.book import Book
from funds.drafts import Draft
from funds.errors import RulesBroken
from funds.kinds import CommitmentChange, DistributionKind, VehicleType
from funds.models import Entry, FundFact, FundNav, NationalIndustry, PartyFact
from funds.recording import record_parties
from funds.recording.corrections import Correction, correct_rows
from funds.recording.reversals import reverse_revision
from tests.builders import (
    base_city,
    codes_of,
    commitment,
    company,
    contribution,
    day,
    distribution,
    exit_,
    fee,
    fund,
    fund_park,
    industry,
    invested_city,
    investment,
    national_industry,
    nature,
    nav,
    notice,
    paid_city,
    party,
    problems_of,
    record,
    rows_of,
    transfer,
    wan,
)


def counts(book: Book, *drafts: Draft) -> tuple[int, int]:
    """New and same, over all the drafts."""
    results = record(book, *drafts).values()
    return sum(result.new for result in results), sum(result.same for result in results)


@pytest.mark.parametrize(
    ("first", "again", "cells"),
    [
        (contribution("F1", "LP2", 1), {"amount_fen": wan(2)}, "contribution!amount_fen:2"),
        (
            contribution("F1", "LP2", 1),
            {"investor": "M", "received_on": day("2020-03-02"), "is_inside_commitment": False},
            "contribution!received_on:2, contribution!investor:2, contribution!is_inside_commitment:2",
        ),
        (
            distribution("F1", "LP2", 1),
            {"kind": DistributionKind.GAIN, "is_recallable": True},
            "distribution!kind:2, distribution!is_recallable:2",
        ),
        (
            investment("F1", "C1", 1),
            {"company": "C2", "stake_ppm": 5},
            "investment!company:2, investment!stake_ppm:2",
        ),
        (exit_("F1", "C1", 1, cost_out_fen=1), {"cost_out_fen": 2}, "exit!cost_out_fen:2"),
        (fee("F1", 1), {"paid_on": day("2021-01-01")}, "fee!paid_on:2"),
        (commitment("F1", "LP2", 1), {"kind": CommitmentChange.INCREASE}, "commitment!kind:2"),
        (transfer("F1", "LP2", "LP1", 1), {"transferee": "GP"}, "commitment!transferee:2"),
    ],
)
def test_a_business_number_with_other_content_is_refused_naming_the_cells(
    quick: Book, first: Any, again: dict[str, Any], cells: str
) -> None:
    numbered = type(first)(**{**vars(first), "business_no": "SJ-1"})
    record(quick, numbered)
    changed = type(first)(**{**vars(numbered), **again})
    problems = problems_of(quick, changed)
    assert [problem.code for problem in problems] == ["twin.changed"]
    assert problems[0].params["cells"] == cells
    assert problems[0].where == cells.split(", ")[0]


def test_a_business_number_belongs_to_one_fund_and_one_sheet(book: Book) -> None:
    record(book, *invested_city(), contribution("F1", "LP2", 1, business_no="001"))
    again = [fee("F1", 1, business_no="001"), contribution("M", "LP1", 1, business_no="001")]
    assert counts(book, *again) == (2, 0)


def test_a_number_twice_in_one_file_is_one_movement(book: Book) -> None:
    twice = [contribution("F1", "LP2", 1, business_no="001")] * 2
    assert counts(book, *base_city(), *twice) == (len(base_city()) + 1, 1)


def test_a_number_twice_in_one_file_with_other_content_is_refused(book: Book) -> None:
    twice = [contribution("F1", "LP2", 1, business_no="1"), contribution("F1", "LP2", 2, business_no="1")]
    problems = problems_of(book, *base_city(), *twice)
    assert [(problem.code, problem.where) for problem in problems] == [
        ("twin.contradicted", "contribution!amount_fen:3")
    ]


def test_equal_movements_without_numbers_are_counted(book: Book) -> None:
    twice = [fee("F1", 10), fee("F1", 10)]
    assert counts(book, *paid_city(), *twice)[1] == 0
    assert [row["occurrence"] for row in rows_of(book, Entry, kind="fee")] == [1, 2]
    assert counts(book, *twice) == (0, 2)
    assert counts(book, *twice, fee("F1", 10)) == (1, 2)
    assert [row["occurrence"] for row in rows_of(book, Entry, kind="fee")] == [1, 2, 3]


def test_a_blank_says_nothing_and_contradicts_nothing(book: Book) -> None:
    record(book, *paid_city(), investment("F1", "C1", 5, decided_on=day("2021-06-01"), instrument="增资"))
    assert counts(book, investment("F1", "C1", 5)) == (0, 1)
    assert codes_of(book, investment("F1", "C1", 5, instrument="可转债")) == ["twin.changed"]


def test_the_exact_row_is_taken_before_the_one_with_blanks(book: Book) -> None:
    with_notice = contribution("F1", "LP2", 1, notice_no="N1")
    city = [*base_city(), notice("F1", "LP2", 100), contribution("F1", "LP2", 1), with_notice]
    record(book, *city)
    assert counts(book, *city)[0] == 0


def test_numbers_given_later_do_not_double_the_rows(book: Book) -> None:
    record(book, *paid_city(), fee("F1", 10), fee("F1", 11, business_no="A"))
    assert counts(book, fee("F1", 10, business_no="B"), fee("F1", 11)) == (0, 2)


def test_two_numbers_are_two_movements_however_alike(book: Book) -> None:
    record(book, *paid_city(), fee("F1", 10, business_no="A"))
    assert counts(book, fee("F1", 10, business_no="B")) == (1, 0)


def test_a_row_alike_but_for_the_amount_is_pointed_out(book: Book) -> None:
    record(book, *paid_city(), fee("F1", 10))
    problems = problems_of(book, fee("F1", 12))
    assert [(problem.code, problem.severity, problem.params) for problem in problems] == [
        ("twin.alike", "warning", {"amount": "10"})
    ]
    # Not where the file holds the older row too, and not where the row has a number.
    assert codes_of(book, fee("F1", 10), fee("F1", 12)) == []
    assert codes_of(book, fee("F1", 12, business_no="X")) == []


def test_a_blank_does_not_make_a_row_less_alike(book: Book) -> None:
    bought = investment("F1", "C1", 10, stake_ppm=50_000)
    record(book, *paid_city(), bought)
    assert codes_of(book, investment("F1", "C1", 12)) == ["twin.alike"]
    assert codes_of(book, investment("F1", "C1", 12, stake_ppm=60_000)) == []


@pytest.mark.parametrize(
    ("draft", "model", "values"),
    [
        (fee("F1", 10), Entry, {"amount_fen": -wan(11)}),
        (investment("F1", "C3", 10, stake_ppm=5), Entry, {"amount_fen": -wan(11)}),
        (nav("F1", 10), FundNav, {"valued_on": day("2024-12-30")}),
    ],
)
def test_a_row_corrected_since_does_not_come_in_again(
    invested: Book, draft: Any, model: Any, values: dict[str, Any]
) -> None:
    record(invested, draft)
    last = rows_of(invested, model)[-1]["id"]
    with invested.change("local", "wrong amount") as change:
        correct_rows(change, [Correction(model, last, values)])
    assert codes_of(invested, draft) == ["twin.corrected"]
    with pytest.raises(RulesBroken):
        record(invested, draft)


def test_the_corrected_content_is_known_again(book: Book) -> None:
    record(book, *paid_city(), fee("F1", 10))
    last = rows_of(book, Entry)[-1]["id"]
    with book.change("local", "wrong amount") as change:
        correct_rows(change, [Correction(Entry, last, {"amount_fen": -wan(11)})])
    assert counts(book, fee("F1", 11)) == (0, 1)


def test_an_institution_under_a_firms_code_completes_it(book: Book) -> None:
    record(book, company("X", "某公司"))
    assert counts(book, party("X", "某公司", kind="国企", credit_code="91330100MA2ABCDE2X")) == (1, 0)
    rows = rows_of(book, PartyFact)
    assert [(row["name"], row["kind"], row["credit_code"]) for row in rows] == [
        ("某公司", "国企", "91330100MA2ABCDE2X")
    ]
    assert counts(book, company("X", "某公司"), party("X", "某公司")) == (0, 2)


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (party("X", "甲"), party("X", "乙")),
        (party("X", "甲"), company("X", "乙")),
        (company("X", "甲"), party("X", "乙")),
        (party("X", "甲"), fund("X", "乙")),
        (fund("X", "甲"), party("X", "乙")),
        (fund("X", "甲"), company("X", "乙")),
        (fund("X", "甲"), fund("X", "乙")),
        (industry("X", "甲"), industry("X", "乙")),
    ],
)
def test_one_code_keeps_one_name(quick: Book, first: Draft, again: Draft) -> None:
    record(quick, first)
    problems = problems_of(quick, again)
    assert [problem.code for problem in problems] == ["twin.changed"]
    assert problems[0].where.split("!")[1] == "name:2"


def test_a_fund_may_stand_among_the_institutions_too(book: Book) -> None:
    assert counts(book, party("M", "母基金"), fund("M", "母基金")) == (2, 0)


def test_a_fund_that_declares_other_fields_is_a_changed_one(book: Book) -> None:
    record(book, *base_city())
    assert codes_of(book, fund("F1", manager="GP", fields=("IC", "BIO"))) == ["twin.changed"]
    assert counts(book, fund("F1", fields=("IC", "IC"))) == (0, 1)
    assert counts(book, fund("F1")) == (0, 1)


def test_a_new_edition_of_an_industry_is_no_twin(book: Book) -> None:
    record(book, industry("A", "甲", from_date=day("2020-01-01")))
    assert counts(book, industry("A", "乙", from_date=day("2022-01-01"))) == (1, 0)


def test_warnings_of_national_codes_need_an_edition_to_compare_with(book: Book) -> None:
    drafts = [company("X", national_code="2999"), industry("Y", national_codes=("99", "27"))]
    assert codes_of(book, *drafts) == []
    record(book, national_industry("27"))
    assert len(rows_of(book, NationalIndustry)) == 1
    assert codes_of(book, *drafts) == ["national_code.unknown"] * 2


def test_identities_without_facts_are_used_again(book: Book) -> None:
    record(book, *base_city())
    with book.change("local", "wrong city", "reverse", reverses_id=2) as change:
        reverse_revision(change, 2)
    assert codes_of(book, nature("LP1"), fund_park("F1", "P1")) == ["code.unknown"] * 3
    record(book, *base_city(), fund("X", vehicle_type=VehicleType.SOE_FUND))
    assert [row["name"] for row in rows_of(book, FundFact)] == ["基金M", "基金F1", "基金X"]


def test_rows_withdrawn_come_in_again(book: Book) -> None:
    record(book, *paid_city())
    record(book, fee("F1", 10), nav("F1", 5))
    with book.change("local", "twice", "reverse", reverses_id=3) as change:
        reverse_revision(change, 3)
    assert counts(book, fee("F1", 10), nav("F1", 5)) == (2, 0)


def test_the_same_row_twice_in_one_call_counts_once(book: Book) -> None:
    with book.change("local", "test") as change:
        recorded = record_parties(change, [party("A"), party("A")])
    assert (recorded.new, recorded.same) == (1, 1)
