"""Lines for investors: shared out to the fen, read one by one, and summed against the total."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.forms.call_notice import read_notice
from dashboard.forms.contribution import read_receipts
from dashboard.forms.distribution import read_distribution
from dashboard.forms.investor_lines import share_out
from dashboard.forms.typed import TypedForm, TypedLine
from funds.errors import RulesBroken
from funds.kinds import DistributionKind
from tests.builders import day, wan

FEN = st.integers(min_value=0, max_value=10**13)
NOTICE = {"notice_no": "2026-01", "noticed_on": "2026-01-05", "due_on": "2026-02-05"}


def told(broken: pytest.ExceptionInfo[RulesBroken]) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in broken.value.problems]


@given(FEN, st.lists(FEN, min_size=1, max_size=12))
def test_parts_add_up_to_the_total_and_no_part_is_a_fen_off(total: int, weights: list[int]) -> None:
    parts = share_out(total, weights)
    whole = sum(weights)
    assert sum(parts) == (total if whole else 0)
    assert all(
        abs(part * whole - total * weight) < whole
        for part, weight in zip(parts, weights, strict=True)
        if whole
    )


def test_the_fen_that_is_over_goes_to_the_largest_remainder() -> None:
    assert share_out(100, [1, 1, 1]) == [34, 33, 33]
    assert share_out(10, [100, 199, 101]) == [2, 5, 3]
    assert share_out(10, [0, 0]) == [0, 0]


def test_a_notice_has_a_draft_for_every_line_with_an_amount() -> None:
    lines = [TypedLine("LP1", "600"), TypedLine("LP2"), TypedLine("LP3", "1,400.000001")]
    first, second = read_notice("F1", TypedForm({**NOTICE, "total": "2000.000001"}, lines))
    assert (first.investor, first.amount_fen, first.due_on) == ("LP1", wan(600), day("2026-02-05"))
    assert (second.investor, second.amount_fen, second.place.row) == ("LP3", wan(1_400) + 1, 3)


def test_lines_that_do_not_come_to_the_total_are_refused_by_how_much() -> None:
    with pytest.raises(RulesBroken) as broken:
        read_notice("F1", TypedForm({**NOTICE, "total": "2000"}, [TypedLine("LP1", "1999.5")]))
    assert told(broken) == [("form.sum_differs", "form:total")]
    assert broken.value.problems[0].params["difference"] == "0.5"


def test_everything_that_is_wrong_is_told_at_once_each_at_its_place() -> None:
    lines = [TypedLine("LP1", "x"), TypedLine("LP2", "0"), TypedLine("LP3", "5")]
    with pytest.raises(RulesBroken) as broken:
        read_notice("F1", TypedForm({**NOTICE, "notice_no": "", "due_on": "soon"}, lines))
    assert told(broken) == [
        ("form.needed", "form:notice_no"),
        ("date.not_a_date", "form:due_on"),
        ("money.not_a_number", "form:amount_fen-1"),
        ("amount.not_positive", "form:amount_fen-2"),
    ]


def test_a_form_without_a_line_is_refused() -> None:
    with pytest.raises(RulesBroken) as broken:
        read_notice("F1", TypedForm(NOTICE, [TypedLine("LP1")]))
    assert told(broken) == [("form.no_lines", "form:lines")]


def test_only_ticked_receipts_count_and_a_line_may_have_its_own_day() -> None:
    lines = [
        TypedLine("LP1", "600", is_meant=True),
        TypedLine("LP2", "400", is_meant=False),
        TypedLine("LP3", "5", "2026-02-03"),
    ]
    fields = {"received_on": "2026-02-01", "notice_no": "N1", "business_no": "B7", "inside": "outside"}
    first, second = read_receipts("F1", TypedForm(fields, lines))
    assert (first.received_on, first.notice_no, first.business_no) == (day("2026-02-01"), "N1", "B7-LP1")
    assert (second.investor, second.received_on, second.is_inside_commitment) == (
        "LP3",
        day("2026-02-03"),
        False,
    )


def test_a_receipt_without_any_day_is_refused() -> None:
    with pytest.raises(RulesBroken) as broken:
        read_receipts("F1", TypedForm({}, [TypedLine("LP1", "5"), TypedLine("LP2", "5")]))
    assert told(broken) == [("form.needed", "form:received_on")]
    with pytest.raises(RulesBroken) as broken:
        read_receipts("F1", TypedForm({}, [TypedLine("LP1", "5", "2026-02-30")]))
    assert told(broken) == [("date.impossible", "form:day-1")]


def test_a_distribution_says_its_kind_and_whether_it_may_be_called_again() -> None:
    fields = {
        "paid_on": "2026-02-01",
        "kind": "gain",
        "recallable": "yes",
        "in_kind": "no",
        "business_no": "B",
    }
    (draft,) = read_distribution("F1", TypedForm(fields, [TypedLine("LP1", "7")]))
    assert (draft.kind, draft.is_recallable, draft.is_in_kind) == (DistributionKind.GAIN, True, False)
    assert draft.business_no == "B-LP1"
