"""What a late entry did to a fund's figures at the end of its quarter: before, after, and the difference."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.readings.returns.net_assets import NetAssetValues
from funds.kinds import EntryKind
from funds.queries.ledger_slice import LedgerSlice

FIGURES = ("paid_in", "distributed", "invested", "nav")


@dataclass(frozen=True)
class Effect:
    """One amount of a fund before and after a late entry, in fen."""

    name: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        """By how much it moved."""
        return self.after - self.before


def read_effects(before: LedgerSlice, after: LedgerSlice, fund: int) -> tuple[Effect, ...]:
    """The headline amounts of a fund at the same day, as known just before a late entry and with it."""
    values = zip(_measure(before, fund), _measure(after, fund), strict=True)
    return tuple(Effect(name, *pair) for name, pair in zip(FIGURES, values, strict=True))


def _measure(slice_: LedgerSlice, fund: int) -> Iterator[int]:
    values = NetAssetValues.of_slice(slice_)
    if fund not in slice_.facts.funds:
        yield from (0 for _ in FIGURES)
        return
    lines = values.lines(fund)
    for kind, sign in ((EntryKind.PAID_IN, 1), (EntryKind.DISTRIBUTION, -1), (EntryKind.INVESTMENT, -1)):
        yield sign * int(lines.of_kind(kind).amount.sum())
    yield values.of(fund).value
