"""Every rule of the catalogue is kept by sound drafts and broken by faulty ones, at the cell it names."""

import ast
from pathlib import Path

import pytest

from funds.book import Book
from funds.problems import Severity
from funds.rules import catalogue
from funds.rules.catalogue import RULES
from tests.builders import problems_of
from tests.funds.rules.act_cases import ACTS
from tests.funds.rules.cases import CASES


def numbered_lines() -> list[tuple[int, str]]:
    """Number and code of every line of the catalogue as it is written, a number used twice included."""
    tables = ast.walk(ast.parse(Path(catalogue.__file__).read_text("utf-8")))
    return [
        (key.value, value.value)
        for table in tables
        if isinstance(table, ast.Dict)
        for key, value in zip(table.keys, table.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(key.value, int)
        if isinstance(value, ast.Constant) and isinstance(value.value, str)
    ]


def test_every_rule_has_a_pair_of_cases() -> None:
    assert CASES.keys() | ACTS.keys() == RULES.keys()
    assert not CASES.keys() & ACTS.keys()


def test_every_pair_names_where_it_is_broken() -> None:
    places = {code: case.cells for code, case in CASES.items()} | {
        code: pair.cells for code, pair in ACTS.items()
    }
    assert [code for code, cells in places.items() if not cells or not all(cells)] == []


def test_every_rule_has_a_number_of_its_own() -> None:
    lines = numbered_lines()
    assert len({number for number, _ in lines}) == len({code for _, code in lines}) == len(lines)
    assert {(rule.number, rule.code) for rule in RULES.values()} == set(lines)
    assert RULES["code.unknown"].label == "R001"


def test_there_are_more_than_eighty_rules_some_of_them_warnings() -> None:
    grave = [rule for rule in RULES.values() if rule.severity is Severity.FATAL]
    mild = [rule for rule in RULES.values() if rule.severity is Severity.WARNING]
    assert len(grave) >= 80
    assert len(mild) >= 10
    assert len(grave) + len(mild) == len(RULES)


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
