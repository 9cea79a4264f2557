"""What a share of a firm is worth on any day: round by round, then as its fate has it."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.sample.chance import Chance
from dashboard.sample.firms import Firm
from dashboard.sample.markets import EAGER, Market

# What the price is multiplied by on the day when the fate is settled.
JUMP = {"star": (1.7, 2.3), "merged": (1.5, 2.1), "loss": (0.0, 0.0)}
LAST_ROUND_HOLDS = timedelta(270)
SWING, SWING_DAYS = 0.16, 410


@dataclass(frozen=True)
class PricePath:
    """The price of a share over time, 1 yuan at the first round."""

    days: tuple[date, ...]
    prices: tuple[float, ...]
    fate: str
    turn: date
    drift: float
    jump: float
    phase: float

    def on(self, day: date) -> float:
        """The price at the end of a day."""
        place = max(number for number, start in enumerate(self.days) if start <= day or number == 0)
        price = self.prices[place]
        if place == len(self.days) - 1:
            price *= self._drift(day)
        return price

    def _drift(self, day: date) -> float:
        since = min(day, self.turn) - self.days[-1] - LAST_ROUND_HOLDS
        drift = math.pow(1 + self.drift, max(since.days, 0) / 365)
        if day < self.turn:
            return drift
        if self.fate == "star":
            swing = (day - self.turn).days / SWING_DAYS + self.phase
            drift *= 1 + SWING * (math.sin(2 * math.pi * swing) - math.sin(2 * math.pi * self.phase))
        elif self.fate in ("good", "fair"):
            drift *= math.pow(1 + self.drift, (day - self.turn).days / 365)
        return drift * self.jump


def draw_prices(firm: Firm, seed: int, market: Market = EAGER) -> PricePath:
    """The price path of a firm that raised money."""
    chance = Chance(seed, "prices", firm.code)
    prices = [1.0]
    while len(prices) < len(firm.rounds):
        prices.append(prices[-1] * chance.between(*market.growth[firm.fate]))
    jump = chance.between(*JUMP[firm.fate]) if firm.fate in JUMP else 1.0
    drift, phase = market.drift[firm.fate], chance.between(0, 1)
    return PricePath(firm.rounds, tuple(prices), firm.fate, firm.turn, drift, jump, phase)
