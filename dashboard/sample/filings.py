"""What is filed or published: claims of leverage, recognised local investment, indices, press figures."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from dashboard.sample.chance import Chance
from dashboard.sample.firms import Firm
from dashboard.sample.flows import Histories
from dashboard.sample.history import History
from dashboard.sample.payments import Payment
from dashboard.sample.plan import CityPlan
from dashboard.sample.quarters import month_ends, quarter_of
from funds.drafts import ClaimDraft, IndexLevelDraft, LocalInvestmentDraft, ReportedFigureDraft
from funds.kinds import Basis

MICRO = 1_000_000
YIELD_A_YEAR = 0.022
INDICES = (("示例综指", False), ("示例综指全收益", True))
WOBBLE = (-0.055, 0.062)
FIRST_LEVEL = 3000.0
FIRST_MONTH = date(2018, 12, 31)
RECOGNISED_ODDS = 0.8
REINVESTMENT = "返投倍数"
FISCAL, STATE_OWNED, SOCIAL = "fiscal", "state_owned", "social"


def draft_claims(plan: CityPlan, histories: Histories, until: date) -> list[ClaimDraft]:
    """What managers claim at the end of each year: state-owned money they count as social."""
    natures = {row.code: row.nature for row in plan.parties} | {row.code: SOCIAL for row in plan.firms}
    return [
        draft
        for history in histories.values()
        for year in range(history.fund.established.year + 1, until.year)
        for draft in _claims_of(history, natures, date(year, 12, 31))
    ]


def _claims_of(history: History, natures: Mapping[str, str | None], day: date) -> Iterator[ClaimDraft]:
    sums: dict[str | None, int] = {}
    for row in history.receipts:
        if row.day <= day and row.is_inside:
            nature = natures.get(row.investor)
            sums[nature] = sums.get(nature, 0) + row.amount
    fiscal, social = sums.get(FISCAL, 0), sums.get(SOCIAL, 0) + sums.get(STATE_OWNED, 0)
    if fiscal and social:
        yield ClaimDraft(
            fund=history.fund.code,
            quarter=quarter_of(day),
            definition="LV04",
            basis=Basis.PAID_IN,
            value_e6=social * 100 // fiscal * MICRO // 100,
            social_fen=social,
        )


def draft_local_investments(
    plan: CityPlan, payments: Sequence[Payment], firms: Mapping[str, Firm], seed: int, until: date
) -> list[LocalInvestmentDraft]:
    """What was recognised of payments into firms of the city's parks, for funds that owe local investment."""
    owing = {fund.code for fund in plan.funds if REINVESTMENT in (fund.terms or {})}
    drafts = []
    for row in payments:
        chance = Chance(seed, "recognised", row.fund, row.firm, row.paid_on, row.instrument)
        day = chance.later(row.paid_on, 60, 200)
        if row.fund in owing and firms[row.firm].park and day <= until and chance.happens(RECOGNISED_ODDS):
            drafts.append(
                LocalInvestmentDraft(
                    fund=row.fund,
                    company=row.firm,
                    amount_fen=row.amount,
                    recognised_on=day,
                    basis="示例返投认定书",
                )
            )
    return drafts


def draft_index_levels(seed: int, until: date) -> list[IndexLevelDraft]:
    """One made-up index at the end of every month, without and with dividends."""
    chance = Chance(seed, "index")
    days = month_ends(FIRST_MONTH, until)
    logs = [math.log(FIRST_LEVEL)]
    while len(logs) < len(days):
        logs.append(logs[-1] + chance.between(*WOBBLE))
    return [
        IndexLevelDraft(
            index_code=code,
            quoted_on=day,
            level_e6=round(100 * math.exp(log + is_total * YIELD_A_YEAR * month / 12)) * MICRO // 100,
            is_total_return=is_total,
        )
        for code, is_total in INDICES
        for month, (day, log) in enumerate(zip(days, logs, strict=True))
    ]


def draft_reported_figures() -> list[ReportedFigureDraft]:
    """What a made-up press says of the made-up city."""
    rows = (
        ("示例市产业基金集群", "集群规模（亿元，直接相加）", 240, date(2024, 12, 31)),
        ("示例市千亿产业母基金", "目标规模（亿元）", 1000, date(2023, 4, 20)),
        ("示例市产业基金集群", "财政放大倍数（倍）", 6, date(2025, 12, 31)),
        ("示例市东原园区", "主导产业占比（%）", 61, date(2025, 12, 31)),
    )
    return [
        ReportedFigureDraft(
            subject=subject, statement=statement, value_e6=value * MICRO, stated_on=day, source="示例新闻"
        )
        for subject, statement, value, day in rows
    ]
