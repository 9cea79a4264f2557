"""A fund's account from day to day: calls before money is needed, fees, interest, and money given back."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from dashboard.sample.amounts import WAN, down_to_wan, split_exactly
from dashboard.sample.chance import Chance
from dashboard.sample.charges import Charge, half_year_fee
from dashboard.sample.commitments import Commitments
from dashboard.sample.diary import Diary, Step, Turn
from dashboard.sample.history import Balance, History, Notice, Receipt
from dashboard.sample.payouts import Payer
from dashboard.sample.plan import ChangePlan, FundPlan, InvestorPlan
from funds.kinds import FeeKind

FIRST_NOTICE, NOTICE_PERIOD = timedelta(15), timedelta(15)
CALLS_APART = (165, 240)
LAST_NOTICE = timedelta(45)
# Money asked for is in by this many days after the notice.
COVERED = timedelta(25)
EARLY, LATE = 2, 5
PIECES_WITHIN = 12
RESERVE_PER_MILLE, INTEREST_PER_MILLE = 4, 12
LEAST_PAYOUT_PER_MILLE = 10
INTEREST_DAYS = ((3, 21), (6, 21), (9, 21), (12, 21))
PAYOUT_DAYS = ((3, 28), (6, 28), (9, 24), (12, 28))
OUTSIDE_DAY = (6, 15)


@dataclass(frozen=True)
class Inflow:
    """What comes back from a firm or a child fund; shares that are handed on are never cash."""

    day: date
    amount: int
    is_in_kind: bool = False


class Account:
    """Tells one fund's story.

    A call covers all that is needed until the next call's money is in, and nothing needed until then is
    given away, so that the account is never overdrawn.
    """

    def __init__(self, fund: FundPlan, needs: Sequence[tuple[date, int]], seed: int, until: date) -> None:
        self.fund, self.until = fund, until
        self.chance = Chance(seed, "account", fund.code)
        self.size = sum(row.amount for row in fund.investors) * WAN
        self.commitments = Commitments(fund)
        self.history = History(fund)
        self.payer = Payer(self.history)
        self.needs = Balance(sorted(needs))
        self.notice_days = self._draw_notice_days()
        self.cash = self.undistributed = self.interest = self.calls = 0
        self.diary = Diary(until)

    def _draw_notice_days(self) -> list[date]:
        last = min(self.fund.invest_end, self.until) - LAST_NOTICE
        days = [self.fund.established + FIRST_NOTICE]
        while (day := self.chance.later(days[-1], *CALLS_APART)) <= last:
            days.append(day)
        return days

    def sign(self, row: InvestorPlan, day: date) -> None:
        """An investor signs."""
        self.history.changes.append(self.commitments.sign(day, row))

    def change(self, plan: ChangePlan, _day: date) -> None:
        """A commitment changes, as far as it can."""
        change = self.commitments.change(plan)
        if change is not None:
            self.history.changes.append(change)

    def spend(self, amount: int, day: date) -> None:
        """Money goes into a firm or a child fund."""
        self._move(day, -amount)

    def charge(self, charge: Charge, day: date) -> None:
        """A fee is paid."""
        self.history.charges.append(charge)
        self._move(day, -charge.amount)

    def take_back(self, inflow: Inflow, day: date) -> None:
        """Money comes back, to be given on later; shares are given on at once."""
        if inflow.is_in_kind:
            went = self.payer.give_in_kind(inflow.amount, day, min(self.undistributed, self._spare(day)))
            self.cash -= went
            self.undistributed -= went
        else:
            self.undistributed += inflow.amount
            self._move(day, inflow.amount)

    def ask(self, day: date) -> None:
        """A call, where what lies in the account does not last until the next one."""
        need = -self._spare(day)
        if need <= 0 and self.calls:
            return
        self.calls += 1
        due = day + NOTICE_PERIOD
        for place, (party, amount) in enumerate(self.commitments.call(need).items(), 1):
            number = f"{self.fund.code}-T{self.calls:02d}-{place:02d}"
            self.history.notices.append(Notice(number, party, amount, day, due))
            plan = self.commitments.plans[party]
            paid_on = self.chance.later(due + timedelta(plan.late_days), -EARLY, LATE)
            paid = down_to_wan(amount * plan.pays // 100)
            self._expect(party, paid_on, paid, number)

    def _expect(self, party: str, last: date, amount: int, number: str) -> None:
        """What an investor will pay, in pieces on the days before the last one where the fund takes pieces."""
        for place, part in enumerate(split_exactly(amount, [1] * self.fund.instalments)):
            paid_on = last - timedelta(place % PIECES_WITHIN)
            self.diary.note(paid_on, Turn.IN, partial(self.receive, Receipt(party, paid_on, part, number)))

    def receive(self, receipt: Receipt, day: date) -> None:
        """An investor pays."""
        self.history.receipts.append(receipt)
        if receipt.is_inside:
            self.payer.note_paid(receipt.investor, receipt.amount)
        self._move(day, receipt.amount)

    def collect_fee(self, day: date) -> None:
        """The year's management fee from every investor, outside what each has promised."""
        committed = self.commitments.committed
        fee = half_year_fee(self.fund, day) * 2
        for party, part in zip(committed, split_exactly(fee, list(committed.values())), strict=True):
            self.receive(Receipt(party, day, part, None), day)

    def give(self, day: date) -> None:
        """What came back and is not needed goes to the investors, less the manager's part of the gain."""
        amount = down_to_wan(min(self.undistributed, self._spare(day)))
        if amount * 1000 < self.size * LEAST_PAYOUT_PER_MILLE:
            return
        carry = self.payer.take_carry(amount, day) if self.fund.carries else 0
        is_early = self.fund.recallable and day <= self.fund.invest_end
        self.payer.give(amount - carry, day, is_recallable=is_early)
        self.cash -= amount
        self.undistributed -= amount

    def give_interest(self, day: date) -> None:
        """Interest of some years, where a fund passes it on."""
        amount = down_to_wan(min(self.interest, self._spare(day)))
        if amount > 0 and self.payer.paid_in:
            self.payer.give_interest(amount, day)
            self.cash -= amount
            self.interest -= amount

    def earn(self, day: date) -> None:
        """A quarter's interest on what lies in the account."""
        amount = self.cash * INTEREST_PER_MILLE // 4000
        if amount > 0:
            self.history.charges.append(Charge(FeeKind.OTHER_INCOME, day, amount))
            self.interest += amount
            self._move(day, amount)

    def _move(self, day: date, amount: int) -> None:
        self.cash += amount
        self.history.cash.append((day, amount))

    def _spare(self, day: date) -> int:
        """What is not needed until the next call's money is in; negative where money is short."""
        following = bisect_right(self.notice_days, day)
        end = self.until if following == len(self.notice_days) else self.notice_days[following] + COVERED
        return self.cash - self.needs.between(day, end) - self.size * RESERVE_PER_MILLE // 1000


def tell_story(
    fund: FundPlan,
    spendings: Sequence[tuple[date, int]],
    inflows: Sequence[Inflow],
    charges: Sequence[Charge],
    seed: int,
    until: date,
) -> History:
    """What happens to a fund's money, given what it spends, what comes back, and what it is charged."""
    account = Account(fund, [*spendings, *((row.day, row.amount) for row in charges)], seed, until)
    diary = account.diary
    for day, row in account.commitments.openings():
        diary.note(day, Turn.IN, partial(account.sign, row))
    for change in fund.changes:
        diary.note(change.on, Turn.IN, partial(account.change, change))
    for inflow in inflows:
        diary.note(
            inflow.day, Turn.GIVE if inflow.is_in_kind else Turn.IN, partial(account.take_back, inflow)
        )
    for day, amount in spendings:
        diary.note(day, Turn.OUT, partial(account.spend, amount))
    for charge in charges:
        diary.note(charge.day, Turn.OUT, partial(account.charge, charge))
    for day in account.notice_days:
        diary.note(day, Turn.ASK, account.ask)
    _note_years(account)
    diary.play()
    return account.history


def _note_years(account: Account) -> None:
    """What happens every year on the same days."""
    yearly: list[tuple[Turn, Step, tuple[tuple[int, int], ...]]] = [
        (Turn.GIVE, account.give, PAYOUT_DAYS),
        (Turn.EARN, account.earn, INTEREST_DAYS),
    ]
    if account.fund.fee_outside:
        yearly.append((Turn.IN, account.collect_fee, (OUTSIDE_DAY,)))
    first = account.fund.established + FIRST_NOTICE + COVERED
    for year in range(first.year, account.until.year + 1):
        for turn, step, days in yearly:
            for month_day in days:
                if date(year, *month_day) > first:
                    account.diary.note(date(year, *month_day), turn, step)
        if account.fund.pays_interest and year % 2:
            account.diary.note(date(year, *PAYOUT_DAYS[-1]), Turn.GIVE, account.give_interest)
