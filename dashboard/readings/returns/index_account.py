"""The scope's money as if an index had kept it: every payment buys the index, every distribution sells it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from dashboard.readings.returns.j_curve_points import j_curve_rows
from dashboard.readings.returns.market_returns import IndexSeries, index_series
from dashboard.readings.returns.pools import Pool, pool_of
from funds.queries.ledger_slice import LedgerSlice


def index_account_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """The account beside the scope's own value at every quarter end, for each index that reaches back so far."""
    pool = pool_of(slice_)
    return lay_beside(slice_, list(j_curve_rows(slice_, pool)))


def lay_beside(slice_: LedgerSlice, curve: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, object]]:
    """The same for a J-curve that is there already; `lead` is by how much the scope is worth more."""
    pool = pool_of(slice_)
    days = [date.fromisoformat(point["day"]) for point in curve]
    for index in index_series(slice_):
        if pool.net.first is None or index.days[0] > pool.net.first.toordinal():
            continue
        for point, account in zip(curve, value_account(pool, index, days), strict=True):
            yield {
                "table": "index_account",
                "index": index.code,
                "day": point["day"],
                "nav": point["nav"],
                "account": account,
                "lead": point["nav"] - account,
            }


@dataclass(frozen=True)
class LevelUsed:
    """A flow of the scope (money out −, in fen) with the level × 1e6 that stands for its day."""

    day: date
    amount: int
    quoted: date
    level_e6: int


def list_levels(slice_: LedgerSlice) -> list[LevelUsed]:
    """The flows that PF12–PF15 compare with the first index, each with the last quotation on or before it."""
    flows = pool_of(slice_).net
    used = []
    for index in index_series(slice_)[:1]:
        at = np.maximum(np.searchsorted(index.days, flows.days, side="right") - 1, 0)
        columns = (flows.days, flows.amounts, index.days[at], index.levels[at])
        for day, amount, quoted, level in zip(*(column.tolist() for column in columns), strict=True):
            used.append(LevelUsed(date.fromordinal(day), amount, date.fromordinal(quoted), level))
    return sorted(used, key=lambda one: one.day)


def value_account(pool: Pool, index: IndexSeries, days: list[date]) -> list[int]:
    """What the account is worth on some days, in fen; below 0 where the index earned less than was taken out."""
    units = -pool.net.amounts / index.levels_on(pool.net.days)
    ends = np.array([day.toordinal() for day in days], dtype=np.int64)
    held = np.array([units[pool.net.days <= end].sum() for end in ends.tolist()])
    return [round(value) for value in (held * index.levels_on(ends)).tolist()]
