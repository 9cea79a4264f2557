"""Every rule of the catalogue is kept by sound drafts and broken by faulty ones, at the cell it names."""

import pytest

from funds.book import Book
from funds.problems import Severity
from funds.rules.catalogue import RULES
from tests.builders import problems_of
from tests.funds.rules.cases import CASES

# Rules that need rows in the book before, or that no draft can break, have tests of their own.
ELSEWHERE = {
    "twin.changed",
    "twin.corrected",
    "twin.alike",
    "ledger.wrong_sign",
    "people.nobody_left",
    "posts.nobody_left",
    "correction.not_visible",
    "correction.fixed_column",
    "correction.no_change",
    "correction.no_entry",
    "correction.bad_value",
    "proposal.own_approval",
    "proposal.other_hand",
    "proposal.too_long",
    "proposal.nothing_new",
    "proposal.no_reason",
    "period.one_person",
    "period.not_ended",
    "period.checks_open",
    "reminder.filed",
    "control_total.not_mother",
    "late.noun",
    "late.other_fund",
    "late.not_needed",
    "tag.proposed",
    "holding_transfer.to_self",
    "conversion.nothing_paid",
    "conversion.same_instrument",
    "policy.proposed",
    # files, papers and samples come in no workbook
    *(f"document.{fault}" for fault in ("empty", "too_large", "not_taken", "mismatch", "active")),
    *(f"document.{fault}" for fault in ("damaged", "locked", "bad_name")),
    "attachment.other_scope",
    "document.bomb",
    *(f"paper.{fault}" for fault in ("quarter_open", "unknown_head", "no_reason", "other_hand")),
    *(f"audit.{fault}" for fault in ("no_seed", "wanted", "nothing_drawn", "line_differs")),
    *(f"audit.{fault}" for fault in ("no_words", "other_hand")),
}


def test_every_rule_has_a_case() -> None:
    assert CASES.keys() | ELSEWHERE == RULES.keys()
    assert not CASES.keys() & ELSEWHERE


def test_every_rule_has_a_number_of_its_own() -> None:
    labels = [rule.label for rule in RULES.values()]
    assert len(set(labels)) == len(labels)
    assert RULES["code.unknown"].label == "R001"


def test_there_are_more_than_eighty_rules_some_of_them_warnings() -> None:
    grave = [rule for rule in RULES.values() if rule.severity is Severity.FATAL]
    assert len(grave) >= 80
    assert len(RULES) - len(grave) >= 10


@pytest.mark.parametrize("code", CASES)
def test_sound_drafts_keep_the_rule(sqlite_book: Book, code: str) -> None:
    case = CASES[code]
    problems = problems_of(sqlite_book, *case.base, *case.kept)
    assert [problem for problem in problems if problem.severity is Severity.FATAL] == []
    assert [problem for problem in problems if problem.code == code] == []


@pytest.mark.parametrize("code", CASES)
def test_faulty_drafts_break_this_rule_and_no_other(book: Book, code: str) -> None:
    case = CASES[code]
    problems = problems_of(book, *case.base, *case.broken)
    assert {(problem.code, problem.severity) for problem in problems} == {(code, RULES[code].severity)}
    assert sorted(problem.where for problem in problems) == sorted(case.cells)
