"""Worked examples of leverage from the literature and our own, each a fund of one workbook."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from funds.drafts import (
    CommitmentDraft,
    CompanyDraft,
    ContributionDraft,
    Draft,
    FundDraft,
    InvestmentDraft,
    NatureDraft,
    PartyDraft,
)
from funds.kinds import CommitmentChange, GovernmentLevel, Nature, VehicleType

YI = 10_000_000_000
BEGAN = date(2020, 1, 2)
Drafts = Mapping[type[Draft], Sequence[Draft]]
SOURCES: Mapping[str, tuple[Nature, GovernmentLevel | None]] = {
    "市财政": (Nature.FISCAL, GovernmentLevel.MUNICIPAL),
    "区财政": (Nature.FISCAL, GovernmentLevel.DISTRICT),
    "市属国企": (Nature.STATE_OWNED, GovernmentLevel.MUNICIPAL),
    "央企": (Nature.STATE_OWNED, GovernmentLevel.NATIONAL),
    "民营LP": (Nature.SOCIAL, None),
    "外资": (Nature.SOCIAL, None),
    "GP": (Nature.SOCIAL, None),
}


def case(name: str) -> dict[str, Any]:
    """One case of the file by its id."""
    text = (Path(__file__).parent / "leverage_cases.json").read_text("utf-8")
    return next(one for one in json.loads(text)["cases"] if one["id"] == name)


def corners(name: str) -> Iterator[tuple[str, Decimal, Decimal]]:
    """A published ratio known only to rounding: the funds that stand at both ends of what it may have been."""
    inputs = case(name)["inputs"]
    (public_low, public_high), (total_low, total_high) = (
        [Decimal(str(end)) for end in inputs[key]] for key in ("public", "total")
    )
    year = name.removeprefix("cefc-").replace("-", "")
    yield f"C{year}L", public_high, total_low
    yield f"C{year}H", public_low, total_high


def literature() -> Drafts:
    """`own-definitions-one-fund` as OWN, `own-basis` as BASE, and the corners of the published cases (亿元)."""
    own = case("own-definitions-one-fund")["inputs"]
    promised = [("OWN", name, Decimal(own[name].removesuffix("亿元"))) for name in SOURCES]
    promised += [("BASE", "市财政", Decimal(10)), ("BASE", "民营LP", Decimal(40))]
    for name in ("cefc-2015-16", "cefc-2016-17"):
        for code, public, total in corners(name):
            promised += [(code, "市财政", public), (code, "民营LP", total - public)]
    funds = list(dict.fromkeys(fund for fund, _, _ in promised))
    return {
        PartyDraft: [PartyDraft(code=code, name=f"示例{code}") for code in SOURCES],
        CompanyDraft: [CompanyDraft(code="FIRM", name="示例企业")],
        NatureDraft: [
            NatureDraft(party=code, nature=nature, level=level, from_date=BEGAN)
            for code, (nature, level) in SOURCES.items()
        ],
        FundDraft: [
            FundDraft(code=code, name=f"示例基金{code}", vehicle_type=VehicleType.SUB_FUND, established=BEGAN)
            for code in funds
        ],
        CommitmentDraft: [
            CommitmentDraft(
                fund=fund,
                investor=investor,
                kind=CommitmentChange.NEW,
                amount_fen=int(amount * YI),
                signed_on=BEGAN,
            )
            for fund, investor, amount in promised
        ],
        ContributionDraft: [
            _paid("BASE", "市财政", 10),
            _paid("BASE", "民营LP", 12),
        ],
        InvestmentDraft: [
            InvestmentDraft(fund="BASE", company="FIRM", amount_fen=18 * YI, paid_on=date(2022, 1, 4))
        ],
    }


def _paid(fund: str, investor: str, amount: int) -> ContributionDraft:
    return ContributionDraft(
        fund=fund, investor=investor, amount_fen=amount * YI, received_on=date(2021, 1, 5)
    )
