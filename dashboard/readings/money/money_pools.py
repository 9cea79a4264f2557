"""A fund's money as one pool: what came in by nature, and where it went."""

from collections import Counter
from dataclasses import dataclass, field

from dashboard.readings.money.capital import CapitalClass


@dataclass(frozen=True)
class Way:
    """What a pool pays into: the nodes that follow it, or another pool of the scope."""

    nodes: tuple[str, ...]
    amount: int
    is_leading: bool = False
    pool: int | None = None


@dataclass
class Pool:
    """A fund, or funds that hold one another in a circle: what came in by nature, and where it went."""

    tier: int
    received: Counter[CapitalClass] = field(default_factory=Counter)
    uncalled: int = 0
    ways: list[Way] = field(default_factory=list)

    @property
    def left(self) -> int:
        """What went nowhere; negative where more went out than came in."""
        return sum(self.received.values()) - sum(way.amount for way in self.ways)

    @property
    def node(self) -> str:
        """Its tier, as a node."""
        return f"tier:{self.tier}"
