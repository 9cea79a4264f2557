"""Where a holding stands after a write-off and the marks that follow it."""

import pytest

from funds.kinds import ExitKind
from funds.queries.costs import Payment, Return, Valuation, follow_holding

PAID, GONE = Payment(1, 500), Return(5, ExitKind.WRITE_OFF, 0, None, None)


@pytest.mark.parametrize(("value", "is_written_off"), [(0, True), (120, False)])
def test_a_mark_at_nothing_says_again_what_the_write_off_said(value: int, is_written_off: bool) -> None:
    course = follow_holding([PAID], [GONE], Valuation(9, value))
    assert (course.cost, course.value, course.is_written_off) == (500, value, is_written_off)


def test_a_mark_before_the_write_off_does_not_undo_it() -> None:
    course = follow_holding([PAID], [GONE], Valuation(3, 400))
    assert (course.value, course.is_written_off) == (0, True)
