"""What running a fund costs: management and custody fees, expenses of the partnership, stamp duty."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from dashboard.sample.amounts import WAN, split_exactly, to_wan
from dashboard.sample.chance import Chance
from dashboard.sample.plan import FundPlan
from funds.kinds import FeeKind

FEE_DAYS = ((6, 25), (12, 25))
CUSTODY_DAY, EXPENSE_DAY, DUTY_DAY = (12, 20), (11, 20), (1, 15)
FIRST_CHARGE = timedelta(60)
# A fund that has stopped investing is charged on about what is still in firms.
BASE_AFTER = Decimal("0.6")


@dataclass(frozen=True)
class Charge:
    """An amount that leaves a fund (or, as other income, comes in)."""

    kind: FeeKind
    day: date
    amount: int


def plan_charges(fund: FundPlan, seed: int, until: date) -> list[Charge]:
    """Every charge that is known from the contract on, by day."""
    chance = Chance(seed, "charges", fund.code)
    first = fund.established + FIRST_CHARGE
    charges = [*_fees(fund), *_yearly(fund, chance)]
    return sorted((row for row in charges if first <= row.day <= until), key=lambda row: (row.day, row.kind))


def sum_charges(charges: Sequence[Charge]) -> int:
    """All of them together."""
    return sum(row.amount for row in charges)


def half_year_fee(fund: FundPlan, day: date) -> int:
    """The management fee of half a year."""
    base = Decimal(sum(row.amount for row in fund.investors) * WAN)
    rate = Decimal(fund.fee) / 100
    return to_wan(float(base * rate / 2 * (1 if day <= fund.invest_end else BASE_AFTER)))


def _years(fund: FundPlan) -> range:
    return range(fund.established.year, fund.exit_end.year + 1)


def _fees(fund: FundPlan) -> Iterator[Charge]:
    for year in _years(fund):
        for month, day in FEE_DAYS:
            due = date(year, month, day)
            yield Charge(FeeKind.MANAGEMENT, due, half_year_fee(fund, due))


def _yearly(fund: FundPlan, chance: Chance) -> Iterator[Charge]:
    size = sum(row.amount for row in fund.investors) * WAN
    for year in _years(fund):
        yield Charge(FeeKind.CUSTODY, date(year, *CUSTODY_DAY), max(to_wan(size / 10_000), WAN))
        # Invoices come to the fen.
        yield from _invoices(fund, year, chance.whole(1_500_000, 62_000_000))
        if fund.taxed:
            yield Charge(FeeKind.TAX, date(year, *DUTY_DAY), chance.whole(2_000_000, 90_000_000))


def _invoices(fund: FundPlan, year: int, amount: int) -> Iterator[Charge]:
    """The expenses of a year in as many pieces as the fund has invoices, the last on its usual day."""
    last = date(year, *EXPENSE_DAY)
    span = (last - date(year, 1, 1)).days
    for place, part in enumerate(split_exactly(amount, [1] * fund.invoices)):
        yield Charge(FeeKind.PARTNERSHIP, last - timedelta(span * place // fund.invoices), part)
