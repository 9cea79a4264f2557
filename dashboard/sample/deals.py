"""Which fund invests how much in which round of which firm, within what it has to spend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.sample.amounts import WAN, WHOLE, down_to_wan
from dashboard.sample.chance import Chance
from dashboard.sample.firms import Firm
from dashboard.sample.plan import FundPlan

# Part of what prompt investors promised that goes into firms, fees and children together.
SPENDABLE = 740_000
FIRST_TICKETS = 800_000
FIRST_DEAL = timedelta(70)
LAST_DEAL = timedelta(40)
FOLLOW_ON_ODDS = {"star": 0.9, "good": 0.7, "fair": 0.45, "merged": 0.5, "poor": 0.2, "loss": 0.1}
MOST_FUNDS_IN_A_ROUND = 3
FOR_LEADERS = 40


Option = tuple[tuple[Firm, int], float]


@dataclass(frozen=True)
class Ticket:
    """A fund's part in one round of a firm, in fen."""

    fund: str
    firm: str
    round: int
    amount: int
    is_follow_on: bool = False


def plan_tickets(
    funds: Sequence[FundPlan], firms: Sequence[Firm], charges: Mapping[str, int], seed: int, until: date
) -> list[Ticket]:
    """All tickets of all funds, the oldest fund choosing first."""
    children = _money_for_children(funds)
    tickets: list[Ticket] = []
    for fund in sorted(funds, key=lambda row: (row.established, row.code)):
        if fund.deals:
            chance = Chance(seed, "deals", fund.code)
            budget = _budget(fund, children.get(fund.code, 0) + charges[fund.code], until)
            tickets += _choose(fund, firms, tickets, budget, chance, until)
    return tickets


def _money_for_children(funds: Sequence[FundPlan]) -> dict[str, int]:
    promised: dict[str, int] = {}
    for fund in funds:
        for row in fund.investors:
            promised[row.party] = promised.get(row.party, 0) + row.amount * WAN
    return promised


def _budget(fund: FundPlan, elsewhere: int, until: date) -> int:
    """What a fund may have spent on firms by a day: sure money, in step with the investment period."""
    sure = sum(row.amount for row in fund.investors if row.is_prompt) * WAN
    period = (fund.invest_end - fund.established).days
    gone = min((until - fund.established).days, period)
    return max(sure * SPENDABLE // WHOLE - elsewhere, 0) * gone // period * fund.spends // 100


def _choose(
    fund: FundPlan,
    firms: Sequence[Firm],
    taken: Sequence[Ticket],
    budget: int,
    chance: Chance,
    until: date,
) -> list[Ticket]:
    first, last = fund.established + FIRST_DEAL, min(fund.invest_end, until - LAST_DEAL)
    told = [(firm, number) for firm in firms if (number := _told_round(fund, firm, first, last)) is not None]
    chosen = told[: fund.deals]
    chosen += _draw_rounds(
        _options(fund, firms, chosen, taken, first, last), fund.deals - len(chosen), chance
    )
    entries = _first_tickets(fund, chosen, budget, chance)
    return entries + _follow_ons(fund, firms, entries, budget, chance, last)


def _draw_rounds(options: list[Option], count: int, chance: Chance) -> list[tuple[Firm, int]]:
    """As many rounds as there are, up to a count, one of each firm."""
    chosen: list[tuple[Firm, int]] = []
    while options and len(chosen) < count:
        place = chance.weigh([place for place, _ in options], [weight for _, weight in options])
        chosen.append(place)
        options = [option for option in options if option[0][0] is not place[0]]
    return chosen


def _told_round(fund: FundPlan, firm: Firm, first: date, last: date) -> int | None:
    """The first round within the fund's time of a firm whose story names the fund."""
    if firm.told is None or fund.code not in firm.told.funds:
        return None
    return next((number for number, day in enumerate(firm.rounds) if first <= day <= last), None)


def _options(
    fund: FundPlan,
    firms: Sequence[Firm],
    chosen: Sequence[tuple[Firm, int]],
    taken: Sequence[Ticket],
    first: date,
    last: date,
) -> list[Option]:
    """Every round that the fund could join, with how much it would like to."""
    held = {firm.code for firm, _ in chosen}
    crowd: dict[tuple[str, int], int] = {}
    for ticket in taken:
        crowd[ticket.firm, ticket.round] = crowd.get((ticket.firm, ticket.round), 0) + 1
    known = {ticket.firm for ticket in taken}
    return [
        ((firm, number), _liking(fund, firm, firm.code in known))
        for firm in firms
        if firm.code not in held and firm.told is None
        for number, day in enumerate(firm.rounds)
        if first <= day <= last and crowd.get((firm.code, number), 0) < MOST_FUNDS_IN_A_ROUND
    ]


def _liking(fund: FundPlan, firm: Firm, is_known: bool) -> float:
    is_within = bool(firm.industries & set(fund.fields))
    weight = fund.focus if is_within else 1.0
    if firm.park in fund.parks:
        weight *= 2.5
    if fund.deals == 1 and firm.is_leader and is_within:
        weight *= FOR_LEADERS
    return weight if is_known else weight * 3


def _first_tickets(
    fund: FundPlan, chosen: Sequence[tuple[Firm, int]], budget: int, chance: Chance
) -> list[Ticket]:
    sizes = [chance.between(0.5, 1.5) for _ in chosen]
    spend = budget if fund.deals == 1 else budget * FIRST_TICKETS // WHOLE
    # With fewer rounds to join than hoped for, the money stays where it is.
    spend = spend * len(chosen) // fund.deals
    return [
        Ticket(fund.code, firm.code, number, _size(spend * size / sum(sizes), chance))
        for (firm, number), size in zip(chosen, sizes, strict=True)
    ]


def _follow_ons(
    fund: FundPlan, firms: Sequence[Firm], entries: Sequence[Ticket], budget: int, chance: Chance, last: date
) -> list[Ticket]:
    by_code = {firm.code: firm for firm in firms}
    left = budget - sum(ticket.amount for ticket in entries)
    more = []
    for ticket in entries:
        firm = by_code[ticket.firm]
        for number in range(ticket.round + 1, len(firm.rounds)):
            amount = _size(ticket.amount * chance.between(0.25, 0.6), chance)
            if firm.rounds[number] <= last and amount <= left and chance.happens(FOLLOW_ON_ODDS[firm.fate]):
                more.append(Ticket(fund.code, firm.code, number, amount, is_follow_on=True))
                left -= amount
    return more


def _size(fen: float, chance: Chance) -> int:
    """Rounded down as people do, to a hundred 万元 mostly, sometimes to one, now and then to the yuan."""
    step = chance.weigh((100 * WAN, 10 * WAN, WAN, 100), (62, 22, 12, 4))
    return max(int(fen) // step * step, down_to_wan(int(fen)) if step > WAN and fen < 3 * step else 0, WAN)
