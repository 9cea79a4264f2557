"""What is typed at a quarter's end is read to the fen, and every complaint stands beside its line."""

from datetime import date

import pytest

from dashboard.forms.quarter_marks import LinePlace, MarkLine, clean, read_nav
from funds.errors import RulesBroken
from funds.kinds import NavSource

END = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("text", "fen"),
    [("3500", 3_500_000_000), ("1.2亿", 12_000_000_000), ("-300.01", -300_010_000), ("0", 0)],
)
def test_a_reported_value_is_read_in_units_of_ten_thousand_unless_it_names_another(
    text: str, fen: int
) -> None:
    draft = read_nav("F1", END, text, "audit", None)
    assert (draft.nav_fen, draft.valued_on, draft.source) == (fen, END, NavSource.AUDIT)


def test_a_value_and_a_source_that_cannot_be_read_are_told_together() -> None:
    with pytest.raises(RulesBroken) as broken:
        read_nav("F1", END, "1e9", "rumour", None)
    assert [(one.code, one.where) for one in broken.value.problems] == [
        ("money.exponent", "form:nav_value"),
        ("quarter_end.no_source", "form:nav_source"),
    ]


@pytest.mark.parametrize(
    ("column", "where"),
    [("evidence", "form:evidence:C1"), ("valued_on", "form:value:C1"), ("fair_value_fen", "form:value:C1")],
)
def test_a_rule_of_the_book_is_told_at_the_field_that_the_line_has(column: str, where: str) -> None:
    assert LinePlace(line="C1").of(column) == where


def test_a_line_says_something_once_a_value_or_evidence_is_typed() -> None:
    assert not MarkLine("C1", is_ticked=False, value=" ", method="multiples", evidence="").is_typed
    assert MarkLine("C1", is_ticked=False, value="", method="", evidence="报告").is_typed


def test_what_was_typed_comes_on_one_line_and_not_without_end() -> None:
    assert clean("  估值\n报告\x00 ") == "估值 报告"
    assert len(clean("长" * 9_000)) == 2_000
    assert clean(None) == ""
