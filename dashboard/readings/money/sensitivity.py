"""What the leverage would be if each doubtful nature were another: one by one, and all at their worst and best."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dashboard.readings.answers import print_ratio
from dashboard.readings.money.capital import Capital, CapitalClass
from dashboard.readings.money.doubts import NatureDoubt, doubt_of
from dashboard.readings.money.leverage import outside_lines
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.money.sources import scope_sources
from funds.kinds import GovernmentLevel
from funds.queries.ledger_slice import LedgerSlice


@dataclass(frozen=True)
class Holding:
    """What one party has in the scope, as it counts now."""

    party: int | None
    kind: CapitalClass
    level: GovernmentLevel | None
    amount: int


@dataclass(frozen=True)
class Outcome:
    """Social and fiscal money of an answer, and all of it."""

    social: int
    fiscal: int
    size: int

    @property
    def leverage(self) -> str | None:
        """LV04."""
        return print_ratio(self.social, self.fiscal) if self.fiscal > 0 else None

    @property
    def share(self) -> str | None:
        """LV05."""
        return print_ratio(self.social, self.size) if self.size > 0 else None


def sensitivity_rows(
    slice_: LedgerSlice, capital: Capital, options: LeverageOptions
) -> Iterator[Mapping[str, object]]:
    """The answer as it is, the lowest and the highest that the doubts allow, and a row for each party and class."""
    held, reason = _holdings(slice_, capital, options)
    if reason is not None:
        yield {"table": "sensitivity", "basis": str(capital.basis), "case": "now", "reason": reason}
        return
    doubted = [(one, doubt) for one in held if (doubt := _doubt(slice_, one)) is not None]
    now = _count(held, {}, options)
    yield _row(capital, "now", now, len(doubted), sum(one.amount for one, _ in doubted))
    for case, is_low in (("low", True), ("high", False)):
        chosen = {one: _extreme(one, doubt, options, is_low=is_low) for one, doubt in doubted}
        yield _row(capital, case, _count(held, chosen, options), len(doubted), None)
    for one, doubt in sorted(doubted, key=lambda pair: (-pair[0].amount, pair[0].party or 0)):
        for kind in doubt.otherwise:
            outcome = _count(held, {one: kind}, options)
            yield _row(capital, "one", outcome, 1, one.amount) | _named(slice_, capital, one, doubt, kind)


def _holdings(
    slice_: LedgerSlice, capital: Capital, options: LeverageOptions
) -> tuple[list[Holding], str | None]:
    if options.look_through:
        seen = scope_sources(slice_, capital)
        sources = seen.amounts.items()
        return [
            Holding(one.party, one.capital_class, one.level, amount) for one, amount in sources
        ], seen.reason
    sums: Counter[tuple[int, CapitalClass, GovernmentLevel | None]] = Counter()
    for line in outside_lines(capital):
        sums[line.investor, line.capital_class, line.level] += line.outside
    return [Holding(*key, amount) for key, amount in sums.items() if amount], None


def _doubt(slice_: LedgerSlice, one: Holding) -> NatureDoubt | None:
    if one.party is None or one.kind is CapitalClass.FUND:
        return None
    return doubt_of(slice_, one.party, one.kind)


def _count(
    held: Iterable[Holding], chosen: Mapping[Holding, CapitalClass | None], options: LeverageOptions
) -> Outcome:
    social = fiscal = size = 0
    for one in held:
        its_social, its_fiscal = _sides(one, chosen.get(one), options)
        social, fiscal, size = social + its_social, fiscal + its_fiscal, size + one.amount
    return Outcome(social, fiscal, size)


def _sides(one: Holding, chosen: CapitalClass | None, options: LeverageOptions) -> tuple[int, int]:
    """Social and fiscal money of a holding; what is only supposed to be fiscal is taken to be of the level asked for."""
    kind = chosen or one.kind
    if options.is_social(kind):
        return one.amount, 0
    is_fiscal = options.is_government(kind) if chosen else options.is_fiscal(kind, one.level)
    return 0, one.amount if is_fiscal else 0


def _extreme(
    one: Holding, doubt: NatureDoubt, options: LeverageOptions, *, is_low: bool
) -> CapitalClass | None:
    """The class (None = as it is) with the least social and the most fiscal money, or the other way round."""
    sign = 1 if is_low else -1

    def rank(kind: CapitalClass | None) -> tuple[int, int]:
        social, fiscal = _sides(one, kind, options)
        return sign * social, -sign * fiscal

    return min([None, *doubt.otherwise], key=rank)


def _row(capital: Capital, case: str, outcome: Outcome, count: int, amount: int | None) -> dict[str, object]:
    return {
        "table": "sensitivity",
        "basis": str(capital.basis),
        "case": case,
        "count": count,
        "amount": amount,
        "social": outcome.social,
        "fiscal": outcome.fiscal,
        "LV04": outcome.leverage,
        "LV05": outcome.share,
    }


def _named(
    slice_: LedgerSlice, capital: Capital, one: Holding, doubt: NatureDoubt, kind: CapitalClass
) -> dict[str, object]:
    """Who it is: for a reader of parts of the city only the scope's own investors have names."""
    is_seen = slice_.readable.is_city or one.party in {line.investor for line in capital.lines}
    party = slice_.facts.parties.get(one.party) if is_seen and one.party is not None else None
    return {
        "party": None if party is None else party.code,
        "investor": None if party is None else party.name,
        "doubt": str(doubt.kind),
        "nature": str(one.kind),
        "otherwise": str(kind),
        "state_ppm": None if doubt.owners is None else doubt.owners.state_ppm,
    }
