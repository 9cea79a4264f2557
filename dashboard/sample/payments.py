"""A fund's payments into firms: when decided, when paid, in one piece or two, for what stake."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.sample.amounts import WHOLE, to_wan
from dashboard.sample.chance import Chance
from dashboard.sample.deals import Ticket
from dashboard.sample.firms import Firm
from dashboard.sample.numbering import Numbering
from dashboard.sample.plan import FundPlan
from dashboard.sample.rounds import Round
from funds.drafts import InvestmentDraft
from funds.kinds import ShareOrigin

CAPITAL_INCREASE, OLD_SHARES = "增资", "受让老股"
IN_TWO, FIRST_PART = 0.12, 0.6
SECOND_AFTER = (100, 190)


@dataclass(frozen=True)
class Payment:
    """One payment; `shares` is what it bought."""

    fund: str
    firm: str
    round: str
    decided_on: date
    paid_on: date
    amount: int
    instrument: str
    stake_ppm: int
    shares: float


def plan_payments(
    tickets: Sequence[Ticket],
    funds: Mapping[str, FundPlan],
    firms: Mapping[str, Firm],
    rounds: Mapping[str, Round],
    seed: int,
    until: date,
) -> list[Payment]:
    """Every payment for every ticket, by day."""
    payments = []
    for ticket in tickets:
        in_round = rounds[f"{ticket.firm}-R{ticket.round + 1}"]
        payments += _pay(ticket, funds[ticket.fund], firms[ticket.firm], in_round, seed, until)
    return sorted(payments, key=lambda row: (row.paid_on, row.fund, row.firm))


def _pay(
    ticket: Ticket, fund: FundPlan, firm: Firm, in_round: Round, seed: int, until: date
) -> list[Payment]:
    chance = Chance(seed, "payment", ticket.fund, ticket.firm, ticket.round)
    paid_on = in_round.closed_on - timedelta(chance.whole(0, 5))
    decided_on = paid_on - timedelta(chance.whole(15, 55))
    second = chance.later(paid_on, *SECOND_AFTER)
    splits = chance.happens(IN_TWO) or fund.pays_in_two
    stake = ticket.amount / in_round.price / in_round.shares

    def payment(day: date, amount: int, instrument: str) -> Payment:
        return Payment(
            fund=ticket.fund,
            firm=ticket.firm,
            round=in_round.code,
            decided_on=decided_on,
            paid_on=day,
            amount=amount,
            instrument=instrument,
            stake_ppm=max(round(stake * WHOLE), 1),
            shares=amount / in_round.price,
        )

    old = _old_shares(ticket.fund, in_round)
    if old:
        return [payment(paid_on, ticket.amount - old, CAPITAL_INCREASE), payment(paid_on, old, OLD_SHARES)]
    instrument = (firm.told and firm.told.instrument) or CAPITAL_INCREASE
    if not splits or second > min(until, fund.invest_end) or ticket.is_follow_on:
        return [payment(paid_on, ticket.amount, instrument)]
    first = to_wan(ticket.amount * FIRST_PART)
    return [payment(paid_on, first, instrument), payment(second, ticket.amount - first, instrument)]


def _old_shares(fund: str, in_round: Round) -> int:
    return sum(
        part.amount
        for part in in_round.parts
        if part.investor == fund and part.origin is ShareOrigin.SECONDARY
    )


def draft_investments(payments: Sequence[Payment], numbers: Numbering) -> list[InvestmentDraft]:
    """Every payment, with its business number."""
    return [
        InvestmentDraft(
            business_no=numbers.next(row.fund, "I"),
            fund=row.fund,
            company=row.firm,
            round=row.round,
            decided_on=row.decided_on,
            paid_on=row.paid_on,
            amount_fen=row.amount,
            instrument=row.instrument,
            stake_ppm=row.stake_ppm,
        )
        for row in payments
    ]
