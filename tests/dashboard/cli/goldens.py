"""The two worked examples of the field, typed as the drafts of a workbook."""

from collections.abc import Mapping, Sequence
from datetime import date

from funds.drafts import (
    CommitmentDraft,
    ContributionDraft,
    DistributionDraft,
    Draft,
    FundDraft,
    NatureDraft,
    NavDraft,
    PartyDraft,
)
from funds.kinds import CommitmentChange, DistributionKind, GovernmentLevel, Nature, VehicleType

WAN = 1_000_000
YI = 10_000_000_000
BEGAN = date(2020, 1, 2)
Drafts = Mapping[type[Draft], Sequence[Draft]]


def one_fund() -> Drafts:
    """Example A: one fund, seven flows and a reported value (万元)."""
    flows = [
        (date(2021, 3, 15), 30_000),
        (date(2021, 12, 20), 25_000),
        (date(2022, 9, 30), 20_000),
        (date(2023, 11, 15), 17_000),
    ]
    back = [
        (date(2023, 6, 30), 4_500, False),
        (date(2023, 6, 30), 2_000, True),
        (date(2024, 8, 20), 18_000, False),
        (date(2025, 5, 30), 22_500, False),
    ]
    return {
        PartyDraft: [PartyDraft(code="LP", name="示例出资人")],
        FundDraft: [
            FundDraft(code="A", name="示例基金", vehicle_type=VehicleType.SUB_FUND, established=BEGAN)
        ],
        CommitmentDraft: [_commit("A", "LP", 100_000 * WAN)],
        ContributionDraft: [
            ContributionDraft(fund="A", investor="LP", amount_fen=amount * WAN, received_on=day)
            for day, amount in flows
        ],
        DistributionDraft: [
            DistributionDraft(
                fund="A",
                investor="LP",
                amount_fen=amount * WAN,
                paid_on=day,
                kind=DistributionKind.GAIN,
                is_recallable=recallable,
            )
            for day, amount, recallable in back
        ],
        NavDraft: [NavDraft(fund="A", valued_on=date(2025, 12, 31), nav_fen=71_300 * WAN)],
    }


SOURCES: Mapping[str, tuple[Nature, GovernmentLevel | None]] = {
    "FP": (Nature.FISCAL, GovernmentLevel.PROVINCIAL),
    "FC": (Nature.FISCAL, GovernmentLevel.MUNICIPAL),
    "FD": (Nature.FISCAL, GovernmentLevel.DISTRICT),
    "SOEC": (Nature.STATE_OWNED, GovernmentLevel.MUNICIPAL),
    "SOED": (Nature.STATE_OWNED, GovernmentLevel.DISTRICT),
    "PRIV": (Nature.SOCIAL, None),
    "INS": (Nature.SOCIAL, None),
    "BANK": (Nature.SOCIAL, None),
    "GP": (Nature.SOCIAL, None),
    "IND": (Nature.SOCIAL, None),
}
# Investor, fund, committed and paid in, in hundredths of 亿元.
EDGES = (
    ("FC", "M", 6000, 3000), ("SOEC", "M", 2500, 1200), ("INS", "M", 1500, 600),
    ("M", "P", 600, 500), ("FD", "P", 1200, 1000), ("SOED", "P", 600, 500), ("PRIV", "P", 600, 200),
    ("M", "A", 1000, 600), ("P", "A", 800, 400), ("FP", "A", 500, 300), ("PRIV", "A", 2000, 900),
    ("INS", "A", 500, 300), ("SOEC", "A", 200, 100),
    ("M", "B", 500, 300), ("PRIV", "B", 900, 540), ("BANK", "B", 400, 240), ("GP", "B", 20, 12),
    ("IND", "B", 180, 108),
    ("P", "C", 600, 400), ("SOED", "C", 300, 200), ("PRIV", "C", 300, 100),
)  # fmt: skip


def two_tiers() -> Drafts:
    """Example B: a mother, a park fund, and three funds below them."""
    kinds = {"M": VehicleType.CITY_MOTHER, "P": VehicleType.PARK_FUND, "C": VehicleType.SPECIAL_FUND}
    funds = [
        FundDraft(
            code=code,
            name=f"示例基金{code}",
            vehicle_type=kinds.get(code, VehicleType.SUB_FUND),
            established=BEGAN,
        )
        for code in "MPABC"
    ]
    natures = [
        NatureDraft(party=code, nature=nature, level=level, from_date=BEGAN)
        for code, (nature, level) in SOURCES.items()
    ]
    # The mothers' money must be in before they pay it on.
    paid = [
        ContributionDraft(
            fund=fund,
            investor=investor,
            amount_fen=amount * YI // 100,
            received_on=date(2021, 1, {"M": 5, "P": 6}.get(fund, 7)),
        )
        for investor, fund, _, amount in EDGES
    ]
    return {
        PartyDraft: [PartyDraft(code=code, name=f"示例{code}") for code in SOURCES],
        NatureDraft: natures,
        FundDraft: funds,
        CommitmentDraft: [_commit(fund, investor, amount * YI // 100) for investor, fund, amount, _ in EDGES],
        ContributionDraft: paid,
    }


def _commit(fund: str, investor: str, fen: int) -> CommitmentDraft:
    return CommitmentDraft(
        fund=fund, investor=investor, kind=CommitmentChange.NEW, amount_fen=fen, signed_on=BEGAN
    )
