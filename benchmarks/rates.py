"""Rates of many streams and of one, against pyxirr, numpy-financial and scipy."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import numpy as np
import numpy_financial as npf
import pyxirr
from scipy.optimize import brentq

from benchmarks.race import Row, compare, run_race
from benchmarks.streams import Sample, draw_sample
from valuation import HIGHEST_RATE, LOWEST_RATE, Rates, xirr, xirr_many
from valuation.batch import search_streams
from valuation.flows import lay_out

COUNTS = (1_000, 10_000, 100_000)
RECYCLING, AWKWARD = 0.10, 0.01
OFTEN = 20
"""Calls per timing of a single call."""
SLOW_PEERS = 300
"""Streams on which the peers far slower than pyxirr are timed; their time per stream does not depend on N."""
Lists = list[tuple[list[date], list[float]]]


def rows() -> Iterator[Row]:
    """All rows of this job."""
    medians = {}
    for count in COUNTS:
        sample = draw_sample(count, RECYCLING, AWKWARD)
        lists = sample.lists(count)
        yield _check(sample, lists)
        times = run_race({"ours": partial(_solve, sample), "pyxirr": partial(_ask_pyxirr, lists)})
        medians[count] = times["ours"]
        least = 2.5 if count == COUNTS[-1] else None
        yield _per_stream(f"xirr_many, {count:,} streams, 8–80 flows", "pyxirr", times, count, count, least)
        yield from _slow_peers(sample, lists)
    yield from _variants()
    exponent = float(np.polyfit(np.log(list(medians)), np.log(list(medians.values())), 1)[0])
    yield Row(
        "xirr_many, growth with the streams", f"exponent {exponent:.3f}", "", None, "≤ 1.05", exponent <= 1.05
    )
    yield from _single_calls()


def _solve(sample: Sample) -> Rates:
    return xirr_many(sample.starts, sample.days, sample.amounts)


def _ask_pyxirr(lists: Lists) -> list[float | None]:
    return [pyxirr.xirr(dates, amounts, silent=True) for dates, amounts in lists]


def _ask_numpy_financial(lists: Lists) -> list[float]:
    """Flows on a quarterly grid, one rate per quarter."""
    answers = []
    with np.errstate(all="ignore"):
        for dates, amounts in lists:
            first = dates[0].toordinal()
            quarter = [(day.toordinal() - first) * 4 // 365 for day in dates]
            answers.append((1 + float(npf.irr(np.bincount(quarter, weights=amounts)))) ** 4 - 1)
    return answers


def _ask_brentq(lists: Lists) -> list[float]:
    """The net present value as a NumPy function, bracketed over the usual range."""
    answers = []
    for dates, amounts in lists:
        first = dates[0].toordinal()
        years = np.array([day.toordinal() - first for day in dates]) / 365
        flows = np.array(amounts)

        def worth(rate: float, years: object = years, flows: object = flows) -> float:
            return float(np.sum(flows * (1 + rate) ** -years))  # type: ignore[operator]

        try:
            answers.append(float(brentq(worth, -0.9, 10.0, xtol=1e-12)))
        except ValueError:
            answers.append(math.nan)
    return answers


def _check(sample: Sample, lists: Lists) -> Row:
    """The answers are compared before they are timed."""
    ours = _solve(sample)
    peers = np.array([math.nan if rate is None else rate for rate in _ask_pyxirr(lists)])
    one = np.array([status == "ok" for status in ours.status])
    peers[~((peers > LOWEST_RATE) & (peers <= HIGHEST_RATE))] = math.nan
    both = one & np.isfinite(peers)
    differ = int((np.abs(peers[both] - ours.value[both]) > 1e-6 * (1 + np.abs(peers[both]))).sum())
    silent = int((~one & np.isfinite(peers)).sum())
    job = f"answers on {len(sample):,} streams"
    texts = f"{int(one.sum()):,} rates, {int((~one).sum()):,} reasons"
    peer = f"pyxirr: {differ} other, {silent} of several or none"
    return Row(job, texts, peer, None, "0 other", differ == 0)


def _per_stream(
    job: str, peer: str, times: dict[str, float], count: int, peer_count: int, least: float | None
) -> Row:
    ours, theirs = times["ours"] / count * 1e6, times[peer] / peer_count * 1e6
    return compare(job, f"{ours:.2f} µs each", f"{theirs:.2f} µs {peer}", theirs / ours, least)


def _slow_peers(sample: Sample, lists: Lists) -> Iterator[Row]:
    few = lists[:SLOW_PEERS]
    times = run_race(
        {
            "ours": lambda: _solve(sample),
            "numpy-financial, quarters": lambda: _ask_numpy_financial(few),
            "scipy brentq": lambda: _ask_brentq(few),
        }
    )
    for peer in list(times)[1:]:
        yield _per_stream(f"xirr_many, {len(sample):,} streams", peer, times, len(sample), len(few), None)


def _variants() -> Iterator[Row]:
    """What the shortcut saves, and what is left to do when few streams changed."""
    count = COUNTS[-1]
    plain = draw_sample(count, 0.0, 0.0)
    lists = plain.lists(count)
    part = lay_out(plain.starts, plain.days, plain.amounts).select(np.arange(0, count, 20))
    times = run_race(
        {
            "ours": lambda: _solve(plain),
            "pyxirr": lambda: _ask_pyxirr(lists),
            "part": lambda: xirr_many(part.starts, part.days, part.amounts),
        }
    )
    yield _per_stream(f"the same, {count:,} with one change of sign", "pyxirr", times, count, count, None)
    yield compare(
        "xirr_many on the 5 % that changed",
        f"{times['part'] * 1e3:.1f} ms",
        f"{times['pyxirr'] * 1e3:.0f} ms pyxirr, all",
        times["pyxirr"] / times["part"],
        35,
    )
    mixed = draw_sample(10_000, RECYCLING, AWKWARD)
    layout = lay_out(mixed.starts, mixed.days, mixed.amounts)
    times = run_race({"ours": lambda: _solve(mixed), "full search": lambda: search_streams(layout)})
    job = "looking for further roots in all of 10,000 streams"
    yield _per_stream(job, "full search", times, len(mixed), len(mixed), None)


def _call_often(way: Callable[..., object], dates: list[date], amounts: list[float]) -> None:
    for _ in range(OFTEN):
        way(dates, amounts)


def _single_calls() -> Iterator[Row]:
    """One call at a time, on streams with one change of sign, the two libraries in turns."""
    lists = draw_sample(4_000, 0.0, 0.0).lists(4_000)
    for size in (8, 20, 40, 80):
        some = [pair for pair in lists if len(pair[0]) == size][:30]
        ratios, ours, theirs = [], [], []
        for dates, amounts in some:
            times = run_race(
                {
                    "ours": partial(_call_often, xirr, dates, amounts),
                    "pyxirr": partial(_call_often, pyxirr.xirr, dates, amounts),
                }
            )
            ours.append(times["ours"] / OFTEN * 1e6)
            theirs.append(times["pyxirr"] / OFTEN * 1e6)
            ratios.append(times["ours"] / times["pyxirr"])
        slower = statistics.median(ratios)
        yield Row(
            f"one xirr call, {size} flows",
            f"{statistics.median(ours):.1f} µs",
            f"{statistics.median(theirs):.1f} µs pyxirr",
            1 / slower,
            "≥ 0.33 × (within 3 ×)",
            slower <= 3,
        )
