"""Commitments followed day by day, without a database."""

from datetime import date

from funds.rules.commitments import Excess, Step, follow_fund


def on(year: int) -> date:
    """The first of January."""
    return date(year, 1, 1)


def faults(*steps: Step) -> list[tuple[str, int, int]]:
    """Code, investor and amount of each excess."""
    found: list[Excess] = list(follow_fund(1, steps))
    return [(excess.code, excess.investor_id, excess.amount_fen) for excess in found]


def test_what_is_paid_on_the_day_of_the_commitment_is_covered() -> None:
    assert faults(Step(on(2020), 1, paid_in=100), Step(on(2020), 1, committed=100)) == []


def test_what_is_paid_before_the_commitment_is_not() -> None:
    early = faults(Step(on(2020), 1, paid_in=100), Step(on(2021), 1, committed=100))
    assert early == [("paid_in.no_commitment", 1, 100)]


def test_recallable_money_may_be_paid_in_again() -> None:
    steps = [Step(on(2020), 1, committed=100, paid_in=100), Step(on(2021), 1, recalled=30)]
    assert faults(*steps, Step(on(2022), 1, paid_in=30)) == []
    assert faults(*steps, Step(on(2022), 1, paid_in=31)) == [("paid_in.over_commitment", 1, 1)]


def test_a_commitment_lowered_below_what_was_paid_in_is_an_excess() -> None:
    steps = [Step(on(2020), 1, committed=100, paid_in=80), Step(on(2021), 1, committed=-30)]
    assert faults(*steps) == [("paid_in.over_commitment", 1, 10)]


def test_an_account_is_named_once() -> None:
    steps = [Step(on(2020 + year), 1, paid_in=10) for year in range(3)]
    assert faults(*steps) == [("paid_in.no_commitment", 1, 10)]


def test_a_commitment_lowered_after_a_call_is_no_fault_of_the_call() -> None:
    steps = [Step(on(2020), 1, committed=100, called=100), Step(on(2021), 1, committed=-50)]
    assert faults(*steps) == []
    assert faults(*steps, Step(on(2022), 1, called=1)) == [("notice.over_commitment", 1, 51)]


def test_the_seller_of_a_commitment_cannot_sell_more_than_it_has() -> None:
    sold = [Step(on(2021), 1, committed=-120, transfer_id=7), Step(on(2021), 2, committed=120, transfer_id=7)]
    assert faults(Step(on(2020), 1, committed=100), *sold) == [("commitment.negative", 1, 20)]


def test_those_who_traded_are_judged_together_from_then_on() -> None:
    before = [Step(on(2020), investor, committed=100) for investor in (1, 2, 3)]
    first = [Step(on(2021), 1, committed=-50, transfer_id=7), Step(on(2021), 2, committed=50, transfer_id=7)]
    again = [Step(on(2022), 2, committed=-20, transfer_id=8), Step(on(2022), 1, committed=20, transfer_id=8)]
    assert faults(*before, *first, *again, Step(on(2023), 2, paid_in=200)) == []
    assert faults(*before, *first, *again, Step(on(2023), 2, paid_in=201)) == [
        ("paid_in.over_commitment", 2, 1)
    ]
    assert faults(*before, *first, Step(on(2023), 3, paid_in=101)) == [("paid_in.over_commitment", 3, 1)]


def test_more_given_back_than_paid_in_is_an_excess() -> None:
    steps = [Step(on(2020), 1, committed=100, paid_in=50), Step(on(2021), 1, recalled=60)]
    assert faults(*steps) == [("distribution.recall_over_paid_in", 1, 10)]
