"""How each holding ends, or has ended in part, as the fate of its firm has it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from dashboard.sample.amounts import WHOLE, down_to_wan, to_wan
from dashboard.sample.chance import Chance
from dashboard.sample.firms import Firm
from dashboard.sample.holdings import Holding, Sale
from dashboard.sample.numbering import Numbering
from funds.drafts import ExitDraft
from funds.kinds import ExitKind

LOCK_UP = 370
CONVERTIBLE, COUPON = "可转债", 0.06
DIVIDEND_DAY = (7, 10)
DIVIDEND_YIELD = (0.004, 0.012)
BUYBACK = (0.55, 1.05)
RECOVERED = (0.01, 0.06)
ODD_ODDS = 0.2
NAMES_COST_ODDS = 0.5


def plan_sales(
    holdings: Sequence[Holding], firms: Mapping[str, Firm], seed: int, until: date
) -> list[Holding]:
    """The same holdings with what came back up to a day."""
    return [_settle(holding, firms[holding.firm], seed, until) for holding in holdings]


def _settle(holding: Holding, firm: Firm, seed: int, until: date) -> Holding:
    chance = Chance(seed, "exit", holding.fund, holding.firm)
    last_paid = holding.payments[-1].paid_on
    for sale in sorted(ENDINGS[firm.fate](holding, firm, chance), key=lambda row: row.day):
        if last_paid < sale.day <= until and holding.is_open_on(sale.day):
            holding = replace(holding, sales=(*holding.sales, _weigh(holding, sale, chance)))
    return holding


def _weigh(holding: Holding, sale: Sale, chance: Chance) -> Sale:
    """The sale at the value of what it takes out, where its amount does not stand yet."""
    amount = sale.amount
    if amount < 0:
        fair = holding.value_on(sale.day) * sale.part / WHOLE
        amount = max(round(fair) if chance.happens(ODD_ODDS) else to_wan(fair), 1)
    cost = holding.cost_on(sale.day)
    names_cost = 0 < sale.part < WHOLE and chance.happens(NAMES_COST_ODDS)
    return replace(sale, amount=amount, cost_out=cost * sale.part // WHOLE if names_cost else None)


AT_VALUE = -1


def _sale(holding: Holding, day: date, kind: ExitKind, part: int, amount: int = AT_VALUE) -> Sale:
    return Sale(holding.fund, holding.firm, day, kind, amount, part)


def _dividends(holding: Holding, chance: Chance, first: date, years: int) -> Iterator[Sale]:
    for year in range(first.year, first.year + years):
        day = date(year, *DIVIDEND_DAY)
        amount = to_wan(holding.value_on(day) * chance.between(*DIVIDEND_YIELD))
        if day > first and amount > 0:
            yield _sale(holding, day, ExitKind.DIVIDEND, 0, amount)


def _star(holding: Holding, firm: Firm, chance: Chance) -> Iterator[Sale]:
    """Listed, sold in pieces after the lock-up; one fund hands its last shares to its investors."""
    yield from _dividends(holding, chance, firm.turn, 3)
    day = chance.later(firm.turn, LOCK_UP, LOCK_UP + 60)
    for part in (300_000, 350_000, 400_000):
        yield _sale(holding, day, ExitKind.IPO_SALE, part)
        day = chance.later(day, 110, 190)
    if firm.told is not None and firm.told.in_kind == holding.fund:
        yield _sale(holding, day, ExitKind.IPO_SALE, 500_000)
        yield replace(_sale(holding, day + timedelta(12), ExitKind.TRANSFER, WHOLE), is_in_kind=True)


def _good(holding: Holding, firm: Firm, chance: Chance) -> Iterator[Sale]:
    if chance.happens(0.4):
        yield from _dividends(holding, chance, firm.rounds[-1] + timedelta(400), 3)
    yield _sale(holding, chance.later(firm.turn, 0, 40), ExitKind.TRANSFER, chance.whole(6, 12) * 50_000)


def _fair(holding: Holding, firm: Firm, chance: Chance) -> Iterator[Sale]:
    if chance.happens(0.5):
        yield from _dividends(holding, chance, firm.rounds[-1] + timedelta(300), 4)
    if chance.happens(0.5):
        yield _sale(holding, chance.later(firm.turn, 0, 60), ExitKind.TRANSFER, WHOLE)


def _poor(holding: Holding, firm: Firm, chance: Chance) -> Iterator[Sale]:
    """Interest while it is a loan; then the founders buy back, often in two pieces."""
    cost = holding.cost_on(firm.turn)
    if holding.payments[0].instrument == CONVERTIBLE:
        for year in range(1, 3):
            day = holding.first_day + timedelta(365 * year)
            yield _sale(holding, day, ExitKind.INTEREST, 0, to_wan(cost * COUPON))
    back = cost * chance.between(*BUYBACK)
    first = down_to_wan(int(back * 0.5))
    yield _sale(holding, firm.turn, ExitKind.BUYBACK, 500_000, first)
    yield _sale(holding, chance.later(firm.turn, 150, 240), ExitKind.BUYBACK, WHOLE, to_wan(back) - first)


def _merged(holding: Holding, firm: Firm, chance: Chance) -> Iterator[Sale]:
    yield _sale(holding, chance.later(firm.turn, 0, 20), ExitKind.MERGER, WHOLE)


def _loss(holding: Holding, firm: Firm, chance: Chance) -> Iterator[Sale]:
    """Written off, and later wound up for next to nothing."""
    yield _sale(holding, firm.turn, ExitKind.WRITE_OFF, 0, 0)
    recovered = to_wan(holding.cost_on(firm.turn) * chance.between(*RECOVERED))
    day = chance.later(firm.turn, 170, 320)
    yield _sale(holding, day, ExitKind.LIQUIDATION, WHOLE, max(recovered, 0))


ENDINGS: Mapping[str, Callable[[Holding, Firm, Chance], Iterator[Sale]]] = {
    "star": _star,
    "good": _good,
    "fair": _fair,
    "poor": _poor,
    "merged": _merged,
    "loss": _loss,
}


def draft_exits(holdings: Sequence[Holding], numbers: Numbering) -> list[ExitDraft]:
    """Everything that came back, by day; a sale in part names its cost or its part, never leaves both out."""
    sales = sorted(
        (sale for holding in holdings for sale in holding.sales),
        key=lambda row: (row.day, row.fund, row.firm),
    )
    return [
        ExitDraft(
            business_no=numbers.next(sale.fund, "X"),
            fund=sale.fund,
            company=sale.firm,
            exited_on=sale.day,
            kind=sale.kind,
            amount_fen=sale.amount,
            cost_out_fen=sale.cost_out,
            transferred_ppm=sale.part if sale.part and sale.cost_out is None else None,
        )
        for sale in sales
    ]
