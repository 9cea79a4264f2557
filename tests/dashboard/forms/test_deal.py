"""The form of a deal: what it becomes, what it refuses at which field, and that sums and codes are checked."""

import pytest

from dashboard.forms.deal import NEW, DealBefore, read_deal
from dashboard.forms.deal_round import LINES, NONE, SHEET, DealPlace, line_fields, split_name
from funds.credit_code import find_check_character
from funds.errors import RulesBroken
from funds.kinds import ProjectState, ShareOrigin
from tests.builders import day, wan

STEM = "91330100MA2ABCDE2"
CREDIT = STEM + find_check_character(STEM)
NOTHING = DealBefore()
PLAIN = {"company": "C1", "fund": "F1", "amount": "1,200", "paid_on": "2025-12-01", "round": NONE}
ROUND = {
    **PLAIN,
    "round": NEW,
    "round_name": "B轮",
    "closed_on": "2025年11月30日",
    "total": "5000",
    "who-1": "LP2",
    "part-1": "3000万元",
    "other-3": f"新投资方 {CREDIT}",
    "part-3": "800",
    "origin-3": "secondary",
}
FIRM = {**PLAIN, "company": "", "new_name": "示例新材料公司", "new_credit": CREDIT}


def faults(texts: dict[str, str]) -> list[tuple[str, str]]:
    with pytest.raises(RulesBroken) as broken:
        read_deal(texts, NOTHING)
    return sorted((problem.where.removeprefix("form:"), problem.code) for problem in broken.value.problems)


def test_a_payment_into_a_known_firm_is_just_that() -> None:
    form = read_deal({**PLAIN, "stake": "12.5%", "instrument": "增资", "landing": "两年内迁入P1"}, NOTHING)
    assert (form.fund, form.company, form.reason) == ("F1", "C1", None)
    paid = form.package.investment
    assert (paid.amount_fen, paid.paid_on, paid.round) == (wan(1200), day("2025-12-01"), None)
    assert (paid.stake_ppm, paid.instrument, paid.landing) == (125_000, "增资", "两年内迁入P1")
    assert paid.place.origin == f"{SHEET}!3"
    assert (form.package.rounds, form.package.companies, form.package.stages) == ((), (), ())


def test_a_round_lists_the_funds_own_line_and_everybody_elses() -> None:
    package = read_deal(ROUND, NOTHING).package
    (found,) = package.rounds
    assert (found.total_fen, found.secondary_fen, found.closed_on) == (wan(5000), wan(800), day("2025-11-30"))
    assert [(one.investor, one.amount_fen, one.share_origin) for one in package.investors] == [
        ("F1", wan(1200), ShareOrigin.PRIMARY),
        ("LP2", wan(3000), ShareOrigin.PRIMARY),
        (CREDIT, wan(800), ShareOrigin.SECONDARY),
    ]
    (new,) = package.parties
    assert (new.name, new.code, new.credit_code) == ("新投资方", CREDIT, CREDIT)
    assert {one.round for one in package.investors} == {found.code, package.investment.round}


def test_the_same_texts_always_make_the_same_codes() -> None:
    assert read_deal(ROUND, NOTHING) == read_deal(ROUND, NOTHING)


def test_an_old_round_is_only_named() -> None:
    package = read_deal({**PLAIN, "round": "R1", "who-1": "LP9"}, NOTHING).package
    assert (package.investment.round, package.rounds, package.investors) == ("R1", (), ())


def test_a_new_firm_brings_its_industry_from_the_decision_on() -> None:
    texts = {**FIRM, "new_park": "P1", "new_industry": "IC", "decided_on": "2025-11-20"}
    package = read_deal(texts, NOTHING).package
    (firm,), (tag,) = package.companies, package.tags
    assert (firm.code, firm.credit_code, firm.park) == (CREDIT, CREDIT, "P1")
    assert (tag.company, tag.industry, tag.is_primary, tag.from_date) == (
        CREDIT,
        "IC",
        True,
        day("2025-11-20"),
    )
    own = read_deal({**FIRM, "new_code": "C9"}, NOTHING)
    assert (own.company, own.package.tags) == ("C9", ())


def test_states_on_file_are_not_filed_again() -> None:
    texts = {**PLAIN, "initiated_on": "2025-10-01", "decided_on": "2025-11-20", "decision_no": "6号"}
    both = read_deal(texts, NOTHING).package.stages
    assert [(one.stage, one.decision_no) for one in both] == [
        (ProjectState.INITIATED, None),
        (ProjectState.DECIDED, "6号"),
    ]
    known = DealBefore({("F1", "C1"): frozenset({ProjectState.INITIATED})})
    assert [one.stage for one in read_deal(texts, known).package.stages] == [ProjectState.DECIDED]


def test_pre_money_and_the_new_money_make_the_post_money() -> None:
    def post(**more: str) -> int | None:
        return read_deal({**ROUND, "secondary": "800", **more}, NOTHING).package.rounds[0].post_money_fen

    assert post(pre_money="2亿") == wan(24_200)
    assert post(pre_money="2亿", post_money="24200") == wan(24_200)
    assert post(post_money="9000") == wan(9000)
    assert faults({**ROUND, "pre_money": "2亿", "post_money": "25000"}) == [
        ("post_money", "deal.valuation_differs")
    ]


def test_an_empty_form_says_what_it_needs() -> None:
    assert faults({}) == [
        ("amount", "form.needed"),
        ("company", "deal.no_firm"),
        ("fund", "form.needed"),
        ("paid_on", "form.needed"),
        ("round", "form.needed"),
    ]


def test_the_investors_must_come_to_the_total() -> None:
    with pytest.raises(RulesBroken) as broken:
        read_deal({**ROUND, "total": "5,001"}, NOTHING)
    (problem,) = broken.value.problems
    assert (problem.where, problem.params["difference"]) == ("form:total", "1")


@pytest.mark.parametrize(
    "amount",
    [
        "NaN",
        "Infinity",
        "1e400",
        "-1",
        "0",
        "0.0000001",
        "1,23.4",
        "٣",
        "1_000",
        "$5",
        "99999999999999999999",
    ],
)
def test_threat_20_no_door_takes_such_an_amount(amount: str) -> None:
    (fault,) = faults({**PLAIN, "amount": amount})
    assert fault[0] == "amount"
    assert any(where == "part-1" for where, _ in faults({**ROUND, "part-1": amount}))
    assert any(where == "total" for where, _ in faults({**ROUND, "total": amount}))


def test_days_are_read_exactly_or_refused() -> None:
    for text in ("2025-02-30", "03/04/2025", "45351", "0024-01-01"):
        assert [where for where, _ in faults({**PLAIN, "paid_on": text})] == ["paid_on"]


def test_two_firms_no_firm_and_a_bad_code_are_refused_where_they_stand() -> None:
    assert faults({**FIRM, "company": "C1"}) == [("new_name", "deal.two_firms")]
    assert faults({**FIRM, "new_name": ""}) == [("new_name", "deal.no_firm")]
    assert faults({**FIRM, "new_credit": ""}) == [("new_credit", "deal.no_code")]
    bad = STEM + ("0" if CREDIT[-1] != "0" else "1")
    assert faults({**FIRM, "new_credit": bad}) == [("new_credit", "credit_code.check_character")]


def test_each_line_names_one_investor_once_and_never_the_fund() -> None:
    both = {**ROUND, "other-1": "甲"}
    assert ("who-1", "deal.one_investor") in faults(both)
    assert ("who-2", "deal.one_investor") in faults({**ROUND, "part-2": "5"})
    assert ("who-1", "deal.own_line") in faults({**ROUND, "who-1": "F1"})
    again = {**ROUND, "who-2": "LP2", "part-2": "100", "total": "5100"}
    assert faults(again) == [("who-2", "deal.investor_twice")]
    assert len(read_deal({**again, "origin-2": "secondary"}, NOTHING).package.investors) == 4


def test_a_choice_that_was_never_offered_is_refused() -> None:
    assert ("own_origin", "form.no_such_choice") in faults({**PLAIN, "own_origin": "gift"})
    assert ("origin-1", "form.no_such_choice") in faults({**ROUND, "origin-1": "gift"})


def test_old_shares_of_the_fund_itself_count_among_the_old() -> None:
    package = read_deal({**ROUND, "own_origin": "secondary"}, NOTHING).package
    assert package.rounds[0].secondary_fen == wan(2000)


def test_a_name_with_or_without_a_code() -> None:
    assert split_name(f"甲 公司 {CREDIT}") == ("甲 公司", CREDIT)
    assert split_name("甲 公司") == ("甲 公司", "甲 公司")
    assert split_name("甲") == ("甲", "甲")


def test_a_part_of_the_form_names_its_own_fields() -> None:
    assert DealPlace.at(2, total_fen="total").of("total_fen") == "form:total"
    assert DealPlace.at(2).of("name") == "form:name"
    assert len(line_fields()) == 4 * LINES
