"""The story of every fund's money, children before mothers, and the drafts that record it."""

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard.sample.accounts import Inflow, tell_story
from dashboard.sample.charges import Charge
from dashboard.sample.history import History
from dashboard.sample.holdings import Holding, holdings_of
from dashboard.sample.numbering import Numbering
from dashboard.sample.plan import CityPlan
from funds.drafts import CallNoticeDraft, CommitmentDraft, ContributionDraft, DistributionDraft, FeeDraft

Histories = Mapping[str, History]


def tell_stories(
    plan: CityPlan,
    holdings: Sequence[Holding],
    charges: Mapping[str, Sequence[Charge]],
    seed: int,
    until: date,
) -> Histories:
    """What happened to each fund's money; a child's calls and payouts are its mothers' too."""
    told: dict[str, History] = {}
    children_of: dict[str, list[History]] = {}
    for fund in plan.children_first():
        own = holdings_of(holdings, fund.code)
        children = children_of.get(fund.code, [])
        spendings = [(row.paid_on, row.amount) for holding in own for row in holding.payments]
        spendings += [(row.day, row.amount) for child in children for row in child.receipts_of(fund.code)]
        inflows = [
            Inflow(sale.day, sale.amount, sale.is_in_kind)
            for holding in own
            for sale in holding.sales
            if sale.amount
        ]
        inflows += [Inflow(row.day, row.amount) for child in children for row in child.payouts_of(fund.code)]
        told[fund.code] = tell_story(
            fund, sorted(spendings), sorted(inflows, key=_by_day), charges[fund.code], seed, until
        )
        for mother in fund.mothers:
            children_of.setdefault(mother, []).append(told[fund.code])
    return {fund.code: told[fund.code] for fund in plan.funds}


def _by_day(inflow: Inflow) -> tuple[date, int]:
    return inflow.day, inflow.amount


def draft_commitments(histories: Histories, numbers: Numbering) -> list[CommitmentDraft]:
    """Every change of a commitment."""
    return [
        CommitmentDraft(
            business_no=numbers.next(fund, "C"),
            fund=fund,
            investor=row.investor,
            kind=row.kind,
            amount_fen=row.amount,
            signed_on=row.day,
            transferee=row.to,
            basis=row.basis,
        )
        for fund, history in histories.items()
        for row in history.changes
    ]


def draft_notices(histories: Histories) -> list[CallNoticeDraft]:
    """Every line of every call."""
    return [
        CallNoticeDraft(
            notice_no=row.number,
            fund=fund,
            investor=row.investor,
            amount_fen=row.amount,
            noticed_on=row.noticed_on,
            due_on=row.due_on,
        )
        for fund, history in histories.items()
        for row in history.notices
    ]


def draft_contributions(histories: Histories, numbers: Numbering) -> list[ContributionDraft]:
    """All money paid in."""
    return [
        ContributionDraft(
            business_no=numbers.next(fund, "P"),
            fund=fund,
            investor=row.investor,
            amount_fen=row.amount,
            received_on=row.day,
            notice_no=row.notice,
            is_inside_commitment=row.is_inside,
        )
        for fund, history in histories.items()
        for row in history.receipts
    ]


def draft_distributions(histories: Histories, numbers: Numbering) -> list[DistributionDraft]:
    """Everything given back."""
    return [
        DistributionDraft(
            business_no=numbers.next(fund, "D"),
            fund=fund,
            investor=row.investor,
            amount_fen=row.amount,
            paid_on=row.day,
            kind=row.kind,
            is_recallable=row.is_recallable,
            is_in_kind=row.is_in_kind,
        )
        for fund, history in histories.items()
        for row in history.payouts
    ]


def draft_fees(histories: Histories, numbers: Numbering) -> list[FeeDraft]:
    """All fees, expenses and taxes, and interest earned."""
    return [
        FeeDraft(
            business_no=numbers.next(fund, "E"),
            fund=fund,
            amount_fen=row.amount,
            kind=row.kind,
            paid_on=row.day,
        )
        for fund, history in histories.items()
        for row in history.charges
    ]
