"""What codes refer to: every cell with an unknown one is named, and the rest of its row is still judged."""

import pytest

from funds.book import Book, Findings
from funds.drafts import Draft
from funds.kinds import Role
from funds.models import Entry, Industry, Round, RoundInvestor
from funds.recording import check_whole, record_industries
from funds.recording.confirmations import approve_navs
from funds.recording.reversals import reverse_revision
from funds.rules.whole import find_breaches
from tests.builders import (
    base_city,
    commitment,
    company,
    contribution,
    fund,
    fund_park,
    industry,
    investment,
    local_investment,
    mark,
    membership,
    nav,
    notice,
    park_industry,
    party,
    person,
    policy,
    problems_of,
    record,
    round_,
    round_investor,
    rows_of,
    segment,
    tag,
)


@pytest.mark.parametrize(
    ("draft", "faults"),
    [
        (
            investment("F9", "C9", -1, "2027-01-01", round="R9"),
            "amount.not_positive amount_fen · code.unknown company fund round · day.in_future paid_on",
        ),
        (contribution("LP1", "X", 1), "code.not_this_kind fund · code.unknown investor"),
        (commitment("F9", "X9", 0), "amount.not_positive amount_fen · code.unknown fund investor"),
        (notice("F9", "LP2", 0), "amount.not_positive amount_fen · code.unknown fund"),
        (mark("F9", "C1", -1), "amount.negative fair_value_fen · code.unknown fund"),
        (local_investment("F1", "C9", 0), "amount.not_positive amount_fen · code.unknown company"),
        (round_("R1", "C9", 0), "amount.not_positive total_fen · code.unknown company"),
        (round_investor("R9", "X", 0), "amount.not_positive amount_fen · code.unknown investor round"),
        (tag("C9", "I9", 0, segment="S9"), "code.unknown company industry · share.out_of_range weight_ppm"),
        (tag("C1", "IC", segment="S9"), "code.unknown segment"),
        (industry("N", parent="I9"), "code.unknown parent"),
        (industry("N" * 65), "value.too_long code"),
        (segment("I9", "S", name=" "), "code.unknown industry · value.blank name"),
        (segment("IC", "S" * 65), "value.too_long code"),
        (segment("IC", "S", parent="S9"), "code.unknown parent"),
        (park_industry("P9", "I9", 0), "code.unknown industry park · value.out_of_range rank"),
        (company("N" * 65, park="P9"), "code.unknown park · value.too_long code"),
        (fund("N", fields=("I9", "IC", "I8"), custodian="X"), "code.unknown custodian fields fields"),
        (fund_park("F9", "P9", 0), "code.unknown fund park · share.out_of_range share_ppm"),
        (party("N\x00", "甲"), "value.control_character code"),
        (party(" "), "value.blank code"),
        (nav("F\x00", 1), "code.unknown fund"),
        (policy("S\x0002", name="甲"), "value.control_character code"),
    ],
)  # fmt: skip
def test_every_faulty_cell_of_a_row_is_named_at_once(quick: Book, draft: Draft, faults: str) -> None:
    problems = problems_of(quick, draft)
    named: dict[str, list[str]] = {}
    for problem in problems:
        named.setdefault(problem.code, []).append(problem.where.split("!")[1].split(":")[0])
    assert " · ".join(f"{code} {' '.join(sorted(named[code]))}" for code in sorted(named)) == faults


def test_a_refused_code_makes_no_identity(book: Book) -> None:
    with book.change("local", "test", dry_run=True) as change:
        change.findings = Findings()
        record_industries(change, [industry("N" * 65), industry("N" * 65), industry("OK")])
        codes = change.connection.execute(Industry.__table__.select()).all()
    assert [row.code for row in codes] == ["OK"]


def test_a_fund_taken_back_is_an_outside_investor_again(book: Book) -> None:
    record(book, *base_city(), party("X", "某基金"))
    record(book, fund("X", "某基金"))
    with book.change("local", "no fund", "reverse", reverses_id=3) as change:
        reverse_revision(change, 3)
    record(book, commitment("F1", "X", 10), contribution("F1", "X", 10))
    assert len(rows_of(book, Entry)) == 1


def test_confirmations_are_judged_with_the_rest_where_somebody_gathers(book: Book) -> None:
    record(book, *base_city(), person("m"), membership("m", Role.FUND_MANAGER))
    record(book, nav("F1", 5), person="m")
    with book.change("local", "approve") as change:
        change.findings = Findings()
        approve_navs(change, [1])
        assert check_whole(change) == []


def test_investors_of_a_round_without_facts_are_passed_over(book: Book) -> None:
    record(book, *base_city())
    with book.change("local", "behind the verbs") as change:
        (round_id,) = change.add(Round, [{"code": "R"}])
        row = {"round_id": round_id, "investor_id": 1, "amount_fen": 5, "share_origin": "primary"}
        change.add(RoundInvestor, [row])
    with book.look() as look:
        assert list(find_breaches(look.connection, look.version)) == []
