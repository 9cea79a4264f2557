"""How long money waits on its way: at the treasury, in the mothers, in the funds below, until it is in a firm."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from dashboard.readings.answers import print_ratio
from dashboard.readings.money.capital import CapitalClass, InvestorClasses
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.money.money_flow_tiers import fund_tiers
from dashboard.readings.money.row_groups import RowGroups
from funds.kinds import EntryKind, GovernmentLevel
from funds.queries.columns import Int
from funds.queries.ledger_slice import LedgerSlice

TREASURY, TIER = "treasury", "tier"
USES = (EntryKind.STAKE_PAYMENT, EntryKind.INVESTMENT, EntryKind.FEE)
FEN_A_YUAN = 100
MOST = np.iinfo(np.int64).max
NOTHING: tuple[Int, Int] = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


@dataclass(frozen=True)
class Wait:
    """Money that came to a place up to a day, in fen: how much, what of it went on, and fen × days it lay there.

    First in, first out: `since` is the day on which the oldest fen came that is still there.
    """

    came: int = 0
    left: int = 0
    waiting: int = 0
    fen_days: int = 0
    since: int | None = None

    def add(self, other: "Wait") -> "Wait":
        """Two places as one; each keeps to its own order."""
        oldest = [day for day in (self.since, other.since) if day is not None]
        return Wait(
            self.came + other.came,
            self.left + other.left,
            self.waiting + other.waiting,
            self.fen_days + other.fen_days,
            min(oldest, default=None),
        )


def measure_wait(days_in: Int, came: Int, days_out: Int, gone: Int, until: int) -> Wait:
    """The wait at one place; what goes on before it came counts from the day on which it does come."""
    if not len(came):
        return Wait(left=int(gone.sum()))
    days = np.concatenate([days_in, days_out])
    order = np.argsort(days)
    days = days[order]
    # What moves on one day stands there in any order: between two of its lines lie no days.
    stock = np.maximum(np.concatenate([came, -gone])[order].cumsum(), 0)
    spans = np.diff(days, append=max(until, int(days[-1])))
    total, away = int(came.sum()), int(gone.sum())
    since = _oldest(days_in, came, away) if total > away else None
    return Wait(total, away, max(0, total - away), _multiply(stock, spans), since)


def _multiply(stock: Int, spans: Int) -> int:
    """Fen × days in all; of a large city that may be beyond 64 bits."""
    if int(stock.max()) * int(spans.sum()) <= MOST:
        return int(stock @ spans)
    return sum(amount * span for amount, span in zip(stock.tolist(), spans.tolist(), strict=True))


def clock_rows(slice_: LedgerSlice, options: LeverageOptions) -> Iterator[Mapping[str, object]]:
    """Table `clock`: the treasury, then each tier of funds; table `clock_fund`: each fund, the longest wait first.

    Treasury: fiscal money promised and not yet paid in. Funds: money paid in and not yet passed on, invested or
    spent on fees; what firms paid back is not in it. Days are yuan·days ÷ all that came.
    """
    until = slice_.as_of.toordinal()
    yield _row(TREASURY, None, len(slice_.members), _treasury(slice_, options), until)
    tiers = fund_tiers(slice_)
    paid, used = slice_.entries.of_kind(EntryKind.PAID_IN), slice_.entries.of_kind(*USES)
    came, gone = _sum_days(paid.day, paid.amount, paid.fund), _sum_days(used.day, -used.amount, used.fund)
    waits = {
        fund: measure_wait(*came.get(fund, NOTHING), *gone.get(fund, NOTHING), until)
        for fund in slice_.members
    }
    for tier in sorted({tiers[fund] for fund in waits}):
        of_tier = [waits[fund] for fund in waits if tiers[fund] == tier]
        yield _row(TIER, tier, len(of_tier), _sum(of_tier), until)
    for fund in sorted(waits, key=lambda one: (-waits[one].fen_days, slice_.facts.funds[one].code)):
        if waits[fund].came:
            named = {"fund": slice_.facts.funds[fund].code, "name": slice_.facts.funds[fund].name}
            yield {**_row(TIER, tiers[fund], 1, waits[fund], until), "table": "clock_fund", **named}


def _treasury(slice_: LedgerSlice, options: LeverageOptions) -> Wait:
    classes, until = InvestorClasses(slice_), slice_.as_of.toordinal()
    changes, paid = slice_.commitments, slice_.entries.of_kind(EntryKind.PAID_IN)
    parties = [
        party for party in np.unique(changes.investor).tolist() if _is_asked(classes.of(party), options)
    ]
    changes = changes.where("investor", parties)
    paid = paid.take(np.flatnonzero(paid.inside & np.isin(paid.counterparty, parties)))
    promised = _group(changes.day, changes.amount, changes.fund, changes.investor)
    arrived = _group(paid.day, paid.amount, paid.fund, paid.counterparty)
    total = Wait()
    for pair, (days, amounts) in promised.items():
        total = total.add(measure_wait(days, amounts, *arrived.get(pair, NOTHING), until))
    return total


def _is_asked(found: tuple[CapitalClass, GovernmentLevel | None], options: LeverageOptions) -> bool:
    kind, level = found
    return kind is not CapitalClass.FUND and options.is_fiscal(kind, level)


def _group(days: Int, amounts: Int, *keys: Int) -> Mapping[tuple[int, ...], tuple[Int, Int]]:
    """Days and amounts of the rows with the same keys, in their order."""
    groups = RowGroups.of(*keys)
    pieces = zip(groups.split(days), groups.split(amounts), strict=True)
    return dict(zip(groups.names(), pieces, strict=True))


def _sum_days(days: Int, amounts: Int, funds: Int) -> Mapping[int, tuple[Int, Int]]:
    """The days of each fund, rising, with the sum of each."""
    groups = RowGroups.of(funds, days)
    own, each = groups.keys
    starts = np.flatnonzero(np.diff(own, prepend=-1))
    ends, sums = [*starts[1:].tolist(), len(own)], groups.sums(amounts)
    spans = zip(own[starts].tolist(), starts.tolist(), ends, strict=False)
    return {fund: (each[start:end], sums[start:end]) for fund, start, end in spans}


def _sum(waits: list[Wait]) -> Wait:
    total = Wait()
    for wait in waits:
        total = total.add(wait)
    return total


def _oldest(days: Int, came: Int, away: int) -> int:
    """The day on which the first fen came that did not go on."""
    order = np.argsort(days, kind="stable")
    reached = came[order].cumsum()
    return int(days[order][np.searchsorted(reached, away, side="right")])


def _row(layer: str, tier: int | None, funds: int, wait: Wait, until: int) -> dict[str, object]:
    return {
        "table": "clock",
        "layer": layer,
        "tier": tier,
        "funds": funds,
        "came": wait.came,
        "went_on": wait.left,
        "waiting": wait.waiting,
        "yuan_days": wait.fen_days // FEN_A_YUAN,
        "days": print_ratio(wait.fen_days, wait.came) if wait.came > 0 else None,
        "since": None if wait.since is None else date.fromordinal(wait.since).isoformat(),
        "waiting_days": None if wait.since is None else until - wait.since,
    }
