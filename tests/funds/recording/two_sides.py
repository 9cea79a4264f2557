"""A city of two sides: a park, a fund, an investor, a round and a firm each, an official each, and a fund of both."""

from funds.drafts import Draft
from funds.kinds import Role, ScopeKind
from tests.builders import (
    base_city,
    commitment,
    company_figure,
    contribution,
    fund,
    fund_park,
    investment,
    membership,
    nature,
    ownership,
    park_figure,
    party,
    person,
    round_,
    round_investor,
)

ONE, TWO, MANAGER = "one", "two", "manager"


def two_sides() -> list[Draft]:
    """P1 has F1 with LP2, round R1 of C1; P2 has F2 with LP9, round R2 of C2; F3 belongs to both, with LP3."""
    return [
        *base_city(),
        *[party(code) for code in ("LP3", "LP9", "OWNER", "FREE")],
        fund("F2", manager="GP"),
        fund("F3", manager="GP"),
        fund_park("F1", "P1"),
        fund_park("F2", "P2"),
        fund_park("F3", "P1", 60),
        fund_park("F3", "P2", 40),
        commitment("F2", "LP9", 5_000),
        commitment("F3", "LP3", 500),
        contribution("F1", "LP2", 1_500),
        contribution("F2", "LP9", 3_000),
        contribution("F3", "LP3", 500),
        round_("R1", "C1", 300),
        round_investor("R1", "F1", 200),
        round_investor("R1", "LP9", 100),
        round_("R2", "C2", 400),
        round_investor("R2", "F2", 400),
        investment("F1", "C1", 200, round="R1"),
        investment("F2", "C2", 400, round="R2"),
        investment("F3", "C3", 100),
        ownership("OWNER", "LP2", 51),
        ownership("OWNER", "LP9", 51),
        company_figure("C1"),
        company_figure("C2"),
        company_figure("C3"),
        park_figure("P1"),
        park_figure("P2"),
        *[person(login) for login in (ONE, TWO, MANAGER)],
        membership(ONE, Role.PARK_OFFICIAL, ScopeKind.PARK, "P1"),
        membership(TWO, Role.PARK_OFFICIAL, ScopeKind.PARK, "P2"),
        membership(MANAGER, Role.FUND_MANAGER, ScopeKind.FUND, "F1"),
        nature("FREE"),
    ]
