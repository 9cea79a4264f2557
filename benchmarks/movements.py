"""A city's movements in any number, as drafts, for the benchmarks of workbooks and of recording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from funds.drafts import (
    CallNoticeDraft,
    CommitmentDraft,
    ContributionDraft,
    DistributionDraft,
    Draft,
    FeeDraft,
    FundDraft,
    PartyDraft,
)
from funds.kinds import CommitmentChange, DistributionKind, FeeKind, VehicleType

FUNDS, INVESTORS, PARTNERS = 40, 150, 15
FROM, DAYS = date(2018, 1, 1), 2_500
COMMITTED_FEN, CALLED_FEN, NOTICES = 10**15, 10**9, 25
Drafts = dict[type[Draft], Sequence[Draft]]


@dataclass(frozen=True)
class Shares:
    """What part of the rows is of which kind; what is left, are contributions."""

    notices: float = 0.0
    distributions: float = 0.0
    fees: float = 0.0


PAID_IN_ALONE = Shares()
MIXED = Shares(notices=0.15, distributions=0.25, fees=0.10)


def draw_city() -> list[Draft]:
    """Funds, investors, and commitments that none of the movements exceeds."""
    funds = [
        FundDraft(
            code=name_fund(one),
            name=f"基金{one}",
            vehicle_type=VehicleType.SUB_FUND,
            established=FROM,
        )
        for one in range(FUNDS)
    ]
    investors = [PartyDraft(code=name_investor(one), name=f"出资人{one}") for one in range(INVESTORS)]
    bound = [
        CommitmentDraft(
            fund=name_fund(fund),
            investor=name_investor(investor),
            kind=CommitmentChange.NEW,
            amount_fen=COMMITTED_FEN,
            signed_on=FROM,
        )
        for fund in range(FUNDS)
        for investor in partners_of(fund)
    ]
    called = [
        CallNoticeDraft(
            notice_no=name_notice(fund, number),
            fund=name_fund(fund),
            investor=name_investor(investor),
            amount_fen=CALLED_FEN,
            noticed_on=FROM,
            due_on=FROM + timedelta(days=15),
        )
        for fund in range(FUNDS)
        for number in range(NOTICES)
        for investor in partners_of(fund)
    ]
    return [*investors, *funds, *bound, *called]


def draw_contributions(count: int, seed: int = 1) -> list[ContributionDraft]:
    """So many contributions and nothing else."""
    drawn = draw_movements(count, PAID_IN_ALONE, seed)[ContributionDraft]
    return [draft for draft in drawn if isinstance(draft, ContributionDraft)]


def draw_movements(count: int, shares: Shares, seed: int = 1) -> Drafts:
    """So many movements; every fund is paid into before it pays out."""
    random = Random(seed)
    notices, distributions, fees = (
        round(count * share) for share in (shares.notices, shares.distributions, shares.fees)
    )
    drawn: Drafts = {
        CallNoticeDraft: list(_draw_notices(random, notices)),
        ContributionDraft: list(_draw_contributions(random, count - notices - distributions - fees, notices)),
        DistributionDraft: list(_draw_distributions(random, distributions)),
        FeeDraft: list(_draw_fees(random, fees)),
    }
    return {kind: drafts for kind, drafts in drawn.items() if drafts}


def name_fund(number: int) -> str:
    """`F007`."""
    return f"F{number:03d}"


def name_investor(number: int) -> str:
    """`LP007`."""
    return f"LP{number:03d}"


def name_notice(fund: int, number: int) -> str:
    """`F007-N03`, which goes to every investor of the fund."""
    return f"{name_fund(fund)}-N{number:02d}"


def partners_of(fund: int) -> list[int]:
    """The investors who are bound to a fund."""
    return [(fund * 7 + place) % INVESTORS for place in range(PARTNERS)]


def _draw_notices(random: Random, count: int) -> Iterator[CallNoticeDraft]:
    for number in range(count):
        fund, investor = _draw_pair(number)
        noticed = _draw_day(random)
        yield CallNoticeDraft(
            notice_no=f"N{number:06d}",
            fund=fund,
            investor=investor,
            amount_fen=_draw_amount(random),
            noticed_on=noticed,
            due_on=noticed + timedelta(days=15),
        )


def _draw_contributions(random: Random, count: int, notices: int) -> Iterator[ContributionDraft]:
    """Each answers to a notice of the city, or to one sent with it; of the latter, some have no business number."""
    for number in range(count):
        fund, investor = _draw_pair(number)
        yield ContributionDraft(
            business_no=None if notices and number % 10 == 0 else f"B{number:06d}",
            fund=fund,
            investor=investor,
            amount_fen=_draw_amount(random),
            received_on=_draw_day(random),
            notice_no=f"N{number:06d}" if number < notices else name_notice(number % FUNDS, number % NOTICES),
            is_inside_commitment=number % 50 != 0,
        )


def _draw_distributions(random: Random, count: int) -> Iterator[DistributionDraft]:
    kinds = list(DistributionKind)
    for number in range(count):
        fund, investor = _draw_pair(number)
        yield DistributionDraft(
            business_no=f"D{number:06d}",
            fund=fund,
            investor=investor,
            amount_fen=_draw_amount(random) // 100,
            paid_on=FROM + timedelta(days=random.randrange(DAYS // 2, DAYS)),
            kind=kinds[number % len(kinds)],
            is_recallable=number % 1_000 == 999,
        )


def _draw_fees(random: Random, count: int) -> Iterator[FeeDraft]:
    kinds = [FeeKind.MANAGEMENT, FeeKind.CUSTODY, FeeKind.PARTNERSHIP, FeeKind.TAX]
    for number in range(count):
        yield FeeDraft(
            business_no=f"E{number:06d}",
            fund=name_fund(number % FUNDS),
            kind=kinds[number % len(kinds)],
            amount_fen=_draw_amount(random) // 1_000,
            paid_on=_draw_day(random) + timedelta(days=DAYS // 5),
        )


def _draw_pair(number: int) -> tuple[str, str]:
    """A fund and one of its investors, the same for the same number, so that payments meet their notices."""
    fund = number % FUNDS
    return name_fund(fund), name_investor(partners_of(fund)[number // FUNDS % PARTNERS])


def _draw_amount(random: Random) -> int:
    """A few hundred thousand to a few hundred million yuan, to the fen."""
    return random.randrange(10**7, 10**10)


def _draw_day(random: Random) -> date:
    return FROM + timedelta(days=random.randrange(DAYS))
