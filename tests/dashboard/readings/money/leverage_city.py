"""A small city whose leverage can be worked out by hand (万元), with every doubt and deduction in one fund.

M: FC 1,000, FP 500, SOE 500. A: M 400, FC 200, PRIV 300 of which 200 paid, HELD 100, TURN 100, UNK 60, SOE 150;
GONE promised 200 and withdrew. HELD is social by name and 70 % the state's; TURN was stated social and is
state-owned since 2023; SOE's money came from the budget; nobody confirmed UNK. A belongs to park P1 by 60 %.
"""

from funds.drafts import Draft
from funds.kinds import CommitmentChange, GovernmentLevel, Nature, VehicleType
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, Scope
from tests.builders import (
    claim,
    commitment,
    company,
    contribution,
    fund,
    fund_park,
    investment,
    local_investment,
    nature,
    ownership,
    park,
    party,
    policy,
    reported_figure,
    round_,
    round_investor,
    term,
    wan,
)
from tests.dashboard.readings.return_books import YEAR_END, book_of
from tests.engines import SqliteDatabases

PAPER = "示例证明"
MILLION = 1_000_000


def told_city(sqlite: SqliteDatabases) -> LedgerSlice:
    """The whole city at the end of 2024, read once: a slice is frozen and holds no book open."""
    if not _told:
        with book_of(sqlite, *leverage_city()) as book:
            _told.append(slice_ledger(book, "local", CITY, YEAR_END))
    return _told[0]


def read(city: LedgerSlice, scope: Scope = CITY) -> LedgerSlice:
    """A slice of it."""
    return city.narrow(scope)


_told: list[LedgerSlice] = []


def leverage_city() -> list[Draft]:
    """All drafts of the city."""
    return [*_people(), *_money(), *_projects(), *_papers()]


def _people() -> list[Draft]:
    return [
        *(party(code) for code in ("FC", "FP", "SOE", "PRIV", "HELD", "TURN", "UNK", "GONE", "GP")),
        nature("FC", Nature.FISCAL, level=GovernmentLevel.MUNICIPAL, evidence=PAPER),
        nature("FP", Nature.FISCAL, level=GovernmentLevel.PROVINCIAL, evidence=PAPER),
        nature(
            "SOE",
            Nature.STATE_OWNED,
            level=GovernmentLevel.MUNICIPAL,
            is_fiscal_injection=True,
            evidence=PAPER,
        ),
        *(nature(code, Nature.SOCIAL, evidence=PAPER) for code in ("PRIV", "HELD", "TURN", "GONE")),
        nature(
            "TURN", Nature.STATE_OWNED, "2023-01-01", level=GovernmentLevel.MUNICIPAL, evidence="股权变更"
        ),
        ownership("SOE", "HELD", 70, evidence=PAPER),
        ownership("PRIV", "HELD", 30, evidence=PAPER),
        park("P1"),
        company("C1", park="P1"),
        company("C2"),
        fund("M", vehicle_type=VehicleType.CITY_MOTHER, manager="GP"),
        fund("A", manager="GP"),
        fund_park("A", "P1", 60),
        fund_park("A", None, 40),
    ]


PROMISED = (
    ("M", "FC", 1_000), ("M", "FP", 500), ("M", "SOE", 500),
    ("A", "M", 400), ("A", "FC", 200), ("A", "PRIV", 300), ("A", "HELD", 100), ("A", "TURN", 100),
    ("A", "UNK", 60), ("A", "SOE", 150), ("A", "GONE", 200),
)  # fmt: skip


def _money() -> list[Draft]:
    paid = [one for one in PROMISED if one[1] != "GONE"]
    return [
        *(commitment(of, investor, amount) for of, investor, amount in PROMISED),
        commitment("A", "GONE", 200, "2021-06-01", kind=CommitmentChange.CANCEL),
        *(
            contribution(
                of,
                investor,
                200 if investor == "PRIV" else amount,
                "2020-03-01" if of == "M" else "2020-04-01",
            )
            for of, investor, amount in paid
        ),
    ]


def _projects() -> list[Draft]:
    """R1 with us, R2 a year later and R3 after four years without us."""
    return [
        round_("R1", "C1", 1_000, "2021-01-31", loan_fen=wan(90)),
        round_investor("R1", "A", 300),
        round_investor("R1", "PRIV", 500),
        round_investor("R1", "SOE", 100),
        round_investor("R1", "UNK", 100),
        investment("A", "C1", 300, "2021-01-31", round="R1"),
        investment("A", "C2", 400, "2021-05-01"),
        round_("R2", "C1", 250, "2022-01-31", name="B轮"),
        round_investor("R2", "PRIV", 200),
        round_investor("R2", "FC", 50),
        round_("R3", "C1", 700, "2024-06-30", name="C轮"),
        round_investor("R3", "PRIV", 700),
    ]


def _papers() -> list[Draft]:
    return [
        term("A", "返投倍数", value_e6=1_500_000, unit="倍", clause="第九条"),
        local_investment("A", "C1", 500),
        claim("A", social_fen=wan(450), value_e6=2_250_000),
        reported_figure("示例市", 7),
        reported_figure("基金A", 6),
        *(
            policy(code, value_e6=value * MILLION, unit=unit)
            for code, value, unit in (
                ("ndrc.LV05.points_5", 50, "%"),
                ("ndrc.LV05.points_4", 40, "%"),
                ("ndrc.LV05.points_3", 30, "%"),
                ("ndrc.LV13.points_3", 50, "%"),
                ("ndrc.LV13.points_1", 150, "%"),
                ("LV10.later_round_months", 36, "月"),
                ("nature.state_held_share", 50, "%"),
                ("fund_family.target_size", 1, "亿元"),
            )
        ),
        policy("leverage.official_definition", words="待定"),
    ]
