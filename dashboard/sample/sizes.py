"""How large the made-up city is: the hand-told core, the whole city of the demo, and larger ones."""

from dataclasses import dataclass, replace

EDITION = 3
"""The sample's own version: a demo book of another edition is made anew."""


@dataclass(frozen=True)
class CitySize:
    """How many funds and firms there are, and how many firms raise money; `lines` is the least ledger."""

    funds: int
    firms: int
    raising: int
    lines: int = 0

    @property
    def has_told_only(self) -> bool:
        """Whether the city is no more than what is told by hand."""
        return self.funds <= CORE.funds


CORE = CitySize(funds=12, firms=40, raising=28)
FULL = CitySize(funds=45, firms=400, raising=312)
MOST_FUNDS, MOST_LINES = 400, 1_000_000


def enlarge_city(funds: int, lines: int = 0) -> CitySize:
    """The whole city with more funds, the firms that they need, and at least so many lines of ledger."""
    if not FULL.funds <= funds <= MOST_FUNDS or not 0 <= lines <= MOST_LINES:
        raise ValueError(f"from {FULL.funds} to {MOST_FUNDS} funds, up to {MOST_LINES} lines")
    return replace(
        FULL,
        funds=funds,
        firms=FULL.firms * funds // FULL.funds,
        raising=FULL.raising * funds // FULL.funds,
        lines=lines,
    )
