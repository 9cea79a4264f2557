"""The parts that the city is made of, one by one."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from dashboard.sample.amounts import WAN, down_to_wan, split_exactly, to_wan, up_to_wan
from dashboard.sample.chance import Chance
from dashboard.sample.commitments import Commitments
from dashboard.sample.credit_codes import FIRM, ORGAN, make_credit_code
from dashboard.sample.diary import Diary, Turn
from dashboard.sample.firms import Firm, name_firm
from dashboard.sample.numbering import Numbering
from dashboard.sample.plan import load_plan
from dashboard.sample.prices import draw_prices
from dashboard.sample.quarters import month_ends, quarter_ends, quarter_of
from funds.credit_code import check_credit_code

START = date(2021, 3, 1)


def firm_of(fate: str) -> Firm:
    rounds = (START, START + timedelta(400))
    return Firm(
        code="Q1",
        name="示例",
        industry="IOT",
        national="3919",
        segment="IOT-1",
        park=None,
        fate=fate,
        established=START,
        ownership="民营",
        rounds=rounds,
        turn=rounds[-1] + timedelta(900),
    )


def test_chance_repeats_itself_by_name_and_stays_in_bounds() -> None:
    one, same, other = Chance(1, "a"), Chance(1, "a"), Chance(1, "b")
    drawn = [one.whole(1, 6) for _ in range(300)]
    assert drawn == [same.whole(1, 6) for _ in range(300)]
    assert drawn != [other.whole(1, 6) for _ in range(300)]
    assert set(drawn) == {1, 2, 3, 4, 5, 6}
    assert {one.weigh("xyz", (0, 1, 0)) for _ in range(50)} == {"y"}
    assert all(2 <= one.between(2, 3) < 3 for _ in range(50))


def test_parts_add_up_to_the_fen() -> None:
    assert split_exactly(100, [1, 1, 1]) == [34, 33, 33]
    assert split_exactly(7, [3, 0, 4]) == [3, 0, 4]
    assert sum(split_exactly(10**15 + 7, [123, 456, 789, 1])) == 10**15 + 7


def test_amounts_are_rounded_to_wan_each_way() -> None:
    assert (to_wan(1.5 * WAN + 1), down_to_wan(2 * WAN - 1), up_to_wan(WAN + 1)) == (2 * WAN, WAN, 2 * WAN)


def test_quarters_end_where_they_should() -> None:
    assert month_ends(date(2023, 12, 31), date(2024, 3, 30)) == [
        date(2023, 12, 31),
        date(2024, 1, 31),
        date(2024, 2, 29),
    ]
    assert quarter_ends(date(2024, 1, 1), date(2024, 9, 29)) == [date(2024, 3, 31), date(2024, 6, 30)]
    assert [quarter_of(date(2025, month, 1)) for month in (1, 3, 4, 12)] == [
        "2025-Q1",
        "2025-Q1",
        "2025-Q2",
        "2025-Q4",
    ]


@pytest.mark.parametrize("serial", [0, 1, 12, 345, 99_999_999])
def test_credit_codes_pass_the_check_and_lie_nowhere(serial: int) -> None:
    for category in (FIRM, ORGAN):
        code = make_credit_code(category, serial)
        assert check_credit_code(code) == code
        assert code[:8] == f"{category}990000"


def test_names_of_firms_never_repeat() -> None:
    assert name_firm(1) == "示例企业甲子"
    assert name_firm(60) == "示例企业癸亥"
    assert len({name_firm(number) for number in range(1, 401)}) == 400


def test_numbers_run_by_fund_and_kind_and_a_keyless_fund_has_none() -> None:
    numbers = Numbering(["F2"])
    assert [numbers.next("F1", "P"), numbers.next("F1", "P"), numbers.next("F1", "D")] == [
        "F1-P0001",
        "F1-P0002",
        "F1-D0001",
    ]
    assert numbers.next("F2", "P") is None


def test_a_diary_plays_days_in_order_and_turns_within_a_day() -> None:
    seen: list[str] = []

    def note(word: str) -> Callable[[date], None]:
        return lambda _: seen.append(word)

    diary = Diary(START + timedelta(9))
    diary.note(START + timedelta(1), Turn.OUT, note("out"))
    diary.note(START + timedelta(1), Turn.IN, lambda day: diary.note(day, Turn.GIVE, note("give")))
    diary.note(START, Turn.EARN, note("earn"))
    diary.note(START + timedelta(10), Turn.IN, note("never"))
    diary.play()
    assert seen == ["earn", "out", "give"]


def test_the_price_of_a_loss_is_nothing_once_it_is_settled_and_that_of_a_star_leaps() -> None:
    loss, star = draw_prices(firm_of("loss"), 1), draw_prices(firm_of("star"), 1)
    assert loss.on(loss.turn) == 0
    assert 0 < loss.on(loss.turn - timedelta(1)) < 0.5
    assert star.on(star.turn) > 1.6 * star.on(star.turn - timedelta(1))


def test_a_price_stands_still_between_two_rounds() -> None:
    path = draw_prices(firm_of("good"), 1)
    assert path.on(START) == path.on(START + timedelta(399)) == 1.0
    assert path.on(START + timedelta(400)) > 1.3


def test_a_call_rests_on_the_prompt_and_never_passes_a_promise() -> None:
    fund = next(row for row in load_plan().funds if row.code == "F04")
    commitments = Commitments(fund)
    for day, row in commitments.openings():
        commitments.sign(day, row)
    prompt = sum(row.amount for row in fund.investors if row.is_prompt) * WAN
    asked = commitments.call(prompt * 33 // 100)
    assert sum(asked[row.party] for row in fund.investors if row.is_prompt) == prompt * 33 // 100
    commitments.call(prompt * 67 // 100)
    assert commitments.called == commitments.committed
    with pytest.raises(ValueError, match="F04"):
        commitments.call(1)


def test_children_stand_before_their_mothers() -> None:
    order = [fund.code for fund in load_plan().children_first()]
    assert sorted(order) == sorted(fund.code for fund in load_plan().funds)
    assert all(
        order.index(fund.code) < order.index(mother) for fund in load_plan().funds for mother in fund.mothers
    )
