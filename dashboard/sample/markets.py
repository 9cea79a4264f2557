"""How firms fare: how many turn out how, how often they raise money, and when their fate is settled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

FATES = ("star", "good", "fair", "poor", "merged", "loss")
Span = tuple[int, int]
Growth = tuple[float, float]


@dataclass(frozen=True)
class Market:
    """By fate: the odds, the number of rounds, the days from the last round to the end, the growth of prices."""

    odds: Mapping[str, float]
    rounds: Mapping[str, Span]
    turns: Mapping[str, Span]
    first_rounds: tuple[date, date]
    gap: Span
    growth: Mapping[str, Growth]
    drift: Mapping[str, float]

    @property
    def weights(self) -> tuple[float, ...]:
        """The odds in the order of the fates."""
        return tuple(self.odds[fate] for fate in FATES)


EAGER = Market(
    odds={"star": 3, "good": 22, "fair": 34, "poor": 20, "merged": 6, "loss": 15},
    rounds={"star": (2, 4), "good": (2, 3), "fair": (1, 3), "poor": (1, 2), "merged": (1, 2), "loss": (1, 2)},
    turns={
        "star": (430, 560),
        "good": (820, 1100),
        "fair": (1000, 1350),
        "poor": (900, 1150),
        "merged": (850, 1050),
        "loss": (860, 1040),
    },
    first_rounds=(date(2019, 12, 1), date(2025, 6, 30)),
    gap=(330, 560),
    growth={
        "star": (2.0, 3.0),
        "good": (1.35, 1.9),
        "fair": (1.02, 1.3),
        "merged": (1.2, 1.6),
        "poor": (0.75, 1.0),
        "loss": (0.7, 1.0),
    },
    # Growth a year once the last round has lost its say.
    drift={"star": 0.3, "good": 0.14, "fair": 0.04, "merged": 0.1, "poor": -0.16, "loss": -0.6},
)
"""The market of the core: everything comes early, so that few firms show all that can happen."""

PATIENT = Market(
    odds={"star": 5, "good": 27, "fair": 34, "poor": 16, "merged": 5, "loss": 13},
    rounds={"star": (2, 4), "good": (2, 4), "fair": (1, 3), "poor": (1, 3), "merged": (1, 3), "loss": (1, 2)},
    turns={
        "star": (480, 700),
        "good": (700, 1150),
        "fair": (1000, 1700),
        "poor": (900, 1300),
        "merged": (750, 1100),
        "loss": (620, 980),
    },
    first_rounds=(date(2019, 9, 1), date(2026, 3, 31)),
    gap=(400, 680),
    growth={
        "star": (1.9, 2.7),
        "good": (1.45, 2.2),
        "fair": (1.04, 1.38),
        "merged": (1.15, 1.5),
        "poor": (0.75, 1.0),
        "loss": (0.65, 0.95),
    },
    drift={"star": 0.28, "good": 0.12, "fair": 0.03, "merged": 0.08, "poor": -0.18, "loss": -0.65},
)
"""The market of the whole city: losses show first, most money is still in firms after seven years."""
