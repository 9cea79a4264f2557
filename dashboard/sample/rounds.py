"""Financing rounds: how much in all, from whom besides the funds, at which price."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.sample.amounts import WAN, to_wan, up_to_wan
from dashboard.sample.chance import Chance
from dashboard.sample.deals import Ticket
from dashboard.sample.firms import Firm
from dashboard.sample.plan import CityPlan
from dashboard.sample.prices import PricePath, draw_prices
from funds.drafts import RoundDraft, RoundInvestorDraft
from funds.kinds import ShareOrigin

PRIMARY, SECONDARY = ShareOrigin.PRIMARY, ShareOrigin.SECONDARY
NAMES = ("天使轮", "A轮", "B轮", "C轮", "D轮")
FUNDS_PART = (0.3, 0.65)
WITHOUT_FUNDS = (1_500, 16_000)
FIRST_DILUTION = (0.1, 0.22)
OLD_SHARES_ODDS, OLD_SHARES = 0.14, (0.06, 0.2)
FUND_BUYS_OLD = 0.3
LOAN_ODDS, LOAN = 0.18, (0.1, 0.4)
STEP = 100 * WAN


@dataclass(frozen=True)
class Part:
    """What one investor puts into a round, as new or as old shares."""

    investor: str
    amount: int
    origin: ShareOrigin


@dataclass(frozen=True)
class Round:
    """A round as it closed; `shares` are all shares after it."""

    code: str
    firm: str
    name: str
    closed_on: date
    price: float
    shares: float
    parts: tuple[Part, ...]
    loan: int | None = None

    @property
    def total(self) -> int:
        """New and old shares together."""
        return sum(part.amount for part in self.parts)

    @property
    def secondary(self) -> int:
        """What went for old shares."""
        return sum(part.amount for part in self.parts if part.origin is SECONDARY)


def draw_rounds(
    plan: CityPlan, firms: Sequence[Firm], tickets: Sequence[Ticket], seed: int, until: date
) -> tuple[list[Round], dict[str, PricePath]]:
    """Every round up to a day, and the price path of each firm that had one."""
    wanted: dict[tuple[str, int], list[Ticket]] = {}
    for ticket in tickets:
        wanted.setdefault((ticket.firm, ticket.round), []).append(ticket)
    rounds: list[Round] = []
    paths: dict[str, PricePath] = {}
    for firm in firms:
        if firm.rounds and firm.rounds[0] <= until:
            path = paths[firm.code] = draw_prices(firm, seed, plan.market)
            pool = {code: weight for code, weight in plan.outsiders.items() if code != firm.code}
            rounds += _rounds_of(firm, path, pool, wanted, Chance(seed, "rounds", firm.code), until)
    return rounds, paths


def _rounds_of(
    firm: Firm,
    path: PricePath,
    pool: Mapping[str, float],
    wanted: Mapping[tuple[str, int], Sequence[Ticket]],
    chance: Chance,
    until: date,
) -> list[Round]:
    rounds: list[Round] = []
    for number, day in enumerate(firm.rounds):
        parts = _parts(firm, wanted.get((firm.code, number), ()), pool, chance)
        loan = up_to_wan(int(sum(part.amount for part in parts) * chance.between(*LOAN)))
        has_loan = chance.happens(LOAN_ODDS)
        dilution = chance.between(*FIRST_DILUTION)
        if day > until:
            break
        fresh = sum(part.amount for part in parts if part.origin is PRIMARY) / path.prices[number]
        before = rounds[-1].shares if rounds else fresh / dilution - fresh
        rounds.append(
            Round(
                code=f"{firm.code}-R{number + 1}",
                firm=firm.code,
                name=NAMES[min(number, len(NAMES) - 1)],
                closed_on=day,
                price=path.prices[number],
                shares=before + fresh,
                parts=tuple(parts),
                loan=loan if has_loan else None,
            )
        )
    return rounds


def _parts(firm: Firm, tickets: Sequence[Ticket], pool: Mapping[str, float], chance: Chance) -> list[Part]:
    """The funds' parts, and outsiders who fill the round up exactly."""
    parts = [part for ticket in tickets for part in _fund_parts(firm, ticket)]
    ours = sum(part.amount for part in parts)
    share = chance.between(*FUNDS_PART)
    total = ours / share if ours else chance.between(*WITHOUT_FUNDS) * WAN
    rest = -(-int(total) // STEP) * STEP - ours
    investors = _outsiders(chance, pool)
    weights = [chance.between(0.5, 2) for _ in investors]
    amounts = [to_wan(rest * weight / sum(weights)) for weight in weights[:-1]]
    fresh = [*amounts, rest - sum(amounts)]
    parts += [
        Part(investor, amount, PRIMARY)
        for investor, amount in zip(investors, fresh, strict=True)
        if amount > 0
    ]
    old = up_to_wan(int(total * chance.between(*OLD_SHARES)))
    if chance.happens(OLD_SHARES_ODDS):
        parts.append(Part(investors[0], old, SECONDARY))
    return parts


def _fund_parts(firm: Firm, ticket: Ticket) -> list[Part]:
    if firm.told is None or firm.told.secondary != ticket.fund:
        return [Part(ticket.fund, ticket.amount, PRIMARY)]
    old = to_wan(ticket.amount * FUND_BUYS_OLD)
    return [Part(ticket.fund, ticket.amount - old, PRIMARY), Part(ticket.fund, old, SECONDARY)]


def _outsiders(chance: Chance, pool: Mapping[str, float]) -> list[str]:
    """Two to four outside investors."""
    left = dict(pool)
    chosen: list[str] = []
    for _ in range(chance.whole(2, 4)):
        one = chance.weigh(list(left), list(left.values()))
        chosen.append(one)
        del left[one]
    return chosen


def draft_rounds(rounds: Sequence[Round]) -> list[RoundDraft]:
    """Every round."""
    return [
        RoundDraft(
            code=row.code,
            company=row.firm,
            name=row.name,
            closed_on=row.closed_on,
            total_fen=row.total,
            secondary_fen=row.secondary or None,
            post_money_fen=to_wan(row.price * row.shares),
            loan_fen=row.loan,
        )
        for row in rounds
    ]


def draft_round_investors(rounds: Sequence[Round]) -> list[RoundInvestorDraft]:
    """Everybody who put money into a round."""
    return [
        RoundInvestorDraft(
            round=row.code, investor=part.investor, amount_fen=part.amount, share_origin=part.origin
        )
        for row in rounds
        for part in row.parts
    ]
