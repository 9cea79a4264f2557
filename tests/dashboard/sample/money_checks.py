"""Checks of commitments, calls, cash, rounds and holdings; each yields what is wrong in words."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import accumulate, groupby

from funds.drafts import (
    BalanceDraft,
    CallNoticeDraft,
    CommitmentDraft,
    ContributionDraft,
    DistributionDraft,
    ExitDraft,
    InvestmentDraft,
    RoundDraft,
    RoundInvestorDraft,
)
from funds.kinds import BalanceItem, CommitmentChange, ExitKind, ShareOrigin
from tests.dashboard.sample.city_drafts import CityDrafts

SALES = {ExitKind.IPO_SALE, ExitKind.MERGER, ExitKind.BUYBACK, ExitKind.TRANSFER}
ADDS = {CommitmentChange.NEW, CommitmentChange.INCREASE}
WHOLE = 1_000_000


def check_commitments(city: CityDrafts) -> Iterator[str]:
    """Neither called nor paid in beyond what is committed, on any day."""
    for key, rows in _commitment_steps(city).items():
        committed = called = paid_in = 0
        for day, same_day in groupby(sorted(rows), key=lambda step: step[0]):
            for _, change, call, payment in same_day:
                committed, called, paid_in = committed + change, called + call, paid_in + payment
            if not 0 <= paid_in <= called <= committed:
                yield f"commitment {key} on {day}: {committed} {called} {paid_in}"
    for row in city.all(CommitmentDraft):
        if (row.kind is CommitmentChange.TRANSFER) != (row.transferee is not None):
            yield f"commitment of {row.investor}: transferee"


def _commitment_steps(city: CityDrafts) -> dict[tuple[str, str], list[tuple[date, int, int, int]]]:
    """Changes of what is committed, called and paid in, by fund and investor."""
    steps: dict[tuple[str, str], list[tuple[date, int, int, int]]] = defaultdict(list)
    for row in city.all(CommitmentDraft):
        sign = 1 if row.kind in ADDS else -1
        steps[row.fund, row.investor].append((row.signed_on, sign * row.amount_fen, 0, 0))
        if row.transferee is not None:
            steps[row.fund, row.transferee].append((row.signed_on, row.amount_fen, 0, 0))
    for notice in city.all(CallNoticeDraft):
        steps[notice.fund, notice.investor].append((notice.noticed_on, 0, notice.amount_fen, 0))
    for paid in city.all(ContributionDraft):
        if paid.is_inside_commitment:
            steps[paid.fund, paid.investor].append((paid.received_on, 0, 0, paid.amount_fen))
    return steps


def check_notices(city: CityDrafts) -> Iterator[str]:
    """Each payment answers a notice to that investor and does not exceed it."""
    notices = {row.notice_no: row for row in city.all(CallNoticeDraft)}
    if len(notices) != len(city.all(CallNoticeDraft)):
        yield "notice numbers repeat"
    answered: dict[str, int] = defaultdict(int)
    for row in city.all(ContributionDraft):
        if row.notice_no is None:
            continue
        notice = notices[row.notice_no]
        answered[row.notice_no] += row.amount_fen
        if (notice.fund, notice.investor) != (row.fund, row.investor) or row.received_on < notice.noticed_on:
            yield f"notice {row.notice_no}: not for this payment"
    for number, paid in answered.items():
        if paid > notices[number].amount_fen:
            yield f"notice {number}: overpaid"
    for notice in notices.values():
        if not notice.noticed_on < notice.due_on:
            yield f"notice {notice.notice_no}: due too soon"


def check_cash(city: CityDrafts) -> Iterator[str]:
    """No account is overdrawn at the end of any day, and filed deposits are what the lines leave."""
    for fund, lines in city.ledger.items():
        days = [
            (day, sum(amount for _, amount in rows)) for day, rows in groupby(lines, key=lambda line: line[0])
        ]
        for (day, _), balance in zip(days, accumulate(amount for _, amount in days), strict=True):
            if balance < 0:
                yield f"cash of {fund} on {day}: {balance}"
    for row in city.all(BalanceDraft):
        if row.item is BalanceItem.BANK_DEPOSIT and row.amount_fen != city.cash_on(row.fund, row.filed_on):
            yield f"deposit of {row.fund} on {row.filed_on}"


def check_distributions(city: CityDrafts) -> Iterator[str]:
    """Capital given back to an investor never exceeds what it paid in."""
    for fund in city.funds:
        for investor in {row.investor for row in city.of(DistributionDraft, fund)}:
            paid = sum(
                r.amount_fen
                for r in city.of(ContributionDraft, fund)
                if (r.investor, r.is_inside_commitment) == (investor, True)
            )
            back = sum(
                r.amount_fen
                for r in city.of(DistributionDraft, fund)
                if r.investor == investor and (r.kind == "principal" or r.is_recallable)
            )
            if back > paid:
                yield f"capital of {investor} in {fund}: {back} of {paid}"


def check_rounds(city: CityDrafts) -> Iterator[str]:
    """Investors of a round add up to it, old shares too, and a fund's part is the sum of its payments."""
    payments: dict[tuple[str, str], int] = defaultdict(int)
    firms = {row.code: row.company for row in city.all(RoundDraft)}
    for deal in city.all(InvestmentDraft):
        if deal.round is not None:
            payments[deal.round, deal.fund] += deal.amount_fen
            if firms[deal.round] != deal.company:
                yield f"payment into {deal.company}: round of another firm"
    listed: dict[str, list[RoundInvestorDraft]] = defaultdict(list)
    for part in city.all(RoundInvestorDraft):
        listed[part.round].append(part)
    for row in city.all(RoundDraft):
        parts = listed[row.code]
        if sum(part.amount_fen for part in parts) != row.total_fen:
            yield f"round {row.code}: total"
        old = sum(part.amount_fen for part in parts if part.share_origin is ShareOrigin.SECONDARY)
        if old != (row.secondary_fen or 0):
            yield f"round {row.code}: old shares"
        for fund in city.funds:
            part_of_fund = sum(part.amount_fen for part in parts if part.investor == fund)
            if part_of_fund != payments.get((row.code, fund), 0):
                yield f"round {row.code}: part of {fund}"


def check_holdings(city: CityDrafts) -> Iterator[str]:
    """Money comes back only from what is held; cost never falls below zero; a write-off moves nothing."""
    for key in {(row.fund, row.company) for row in city.all(ExitDraft)}:
        deals = [row for row in city.of(InvestmentDraft, key[0]) if row.company == key[1]]
        exits = sorted(
            (row for row in city.of(ExitDraft, key[0]) if row.company == key[1]),
            key=lambda row: row.exited_on,
        )
        gone, out = False, 0
        for row in exits:
            cost = sum(deal.amount_fen for deal in deals if deal.paid_on < row.exited_on) - out
            says = (row.cost_out_fen is not None) + (row.transferred_ppm is not None)
            if cost <= 0 or gone:
                yield f"exit {key} on {row.exited_on}: nothing held"
            if row.kind in SALES and says == 0:
                yield f"exit {key} on {row.exited_on}: no cost"
            if row.kind is ExitKind.WRITE_OFF and (row.amount_fen or says):
                yield f"write-off {key}: moves something"
            if row.kind is not ExitKind.WRITE_OFF and row.amount_fen <= 0:
                yield f"exit {key} on {row.exited_on}: no amount"
            part = cost * (row.transferred_ppm or 0) // WHOLE
            out += part if row.cost_out_fen is None else row.cost_out_fen
            gone = gone or row.transferred_ppm == WHOLE
            if row.cost_out_fen is not None and row.cost_out_fen > cost:
                yield f"exit {key} on {row.exited_on}: cost"
