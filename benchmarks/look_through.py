"""Look-through of a city's funds, against passing shares on along a graph of dictionaries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benchmarks.race import Row, compare, run_race
from valuation import look_through

FUNDS, HOLDINGS, SOURCES, TIERS = 10_000, 100_000, 8, 6
MOST_MS = 20.0


@dataclass(frozen=True)
class Graph:
    """The same graph for both: arrays for us, nodes with dictionaries of edges for the peer."""

    names: list[str]
    external: NDArray[np.float64]
    holdings: sparse.csr_array
    into: list[dict[int, float]]
    out: list[dict[int, float]]


def draw_graph(seed: int = 1) -> Graph:
    """Funds in tiers, each holding funds of lower tiers, each with outside money."""
    random = np.random.default_rng(seed)
    tier = random.integers(0, TIERS, FUNDS)
    first, second = random.integers(0, FUNDS, (2, 3 * HOLDINGS))
    down = tier[first] < tier[second]
    pairs = np.unique(np.stack([first[down], second[down]]), axis=1)
    chosen = random.permutation(pairs.shape[1])[:HOLDINGS]
    holder, held = pairs[:, chosen]
    amounts = random.integers(10**8, 10**11, len(holder)).astype(np.float64)
    external = random.integers(0, 10**11, (FUNDS, SOURCES)).astype(np.float64)
    holdings = sparse.csr_array((amounts, (holder, held)), shape=(FUNDS, FUNDS))
    into: list[dict[int, float]] = [{} for _ in range(FUNDS)]
    out: list[dict[int, float]] = [{} for _ in range(FUNDS)]
    for a, b, amount in zip(holder.tolist(), held.tolist(), amounts.tolist(), strict=True):
        into[b][a] = amount
        out[a][b] = amount
    return Graph([str(i) for i in range(FUNDS)], external, holdings, into, out)


def pass_on(graph: Graph) -> list[list[float]]:
    """Shares in topological order, each fund's from those of its holders."""
    waiting = [len(holders) for holders in graph.into]
    ready = [fund for fund, count in enumerate(waiting) if not count]
    outside = graph.external.tolist()
    shares: list[list[float]] = [[] for _ in graph.names]
    while ready:
        fund = ready.pop()
        money = outside[fund]
        for holder, amount in graph.into[fund].items():
            money = [have + amount * share for have, share in zip(money, shares[holder], strict=True)]
        size = sum(money)
        shares[fund] = [part / size for part in money]
        for held in graph.out[fund]:
            waiting[held] -= 1
            if not waiting[held]:
                ready.append(held)
    return shares


def rows() -> Iterator[Row]:
    """All rows of this job."""
    graph = draw_graph()
    seen = look_through(graph.names, graph.external, graph.holdings)
    difference = float(np.abs(seen.shares - np.array(pass_on(graph))).max())
    job = f"look_through, {FUNDS:,} funds, {graph.holdings.nnz:,} holdings"
    yield Row(f"{job}: answers", f"differ by {difference:.0e}", "", None, "≤ 1e-12", difference <= 1e-12)
    times = run_race(
        {
            "ours": lambda: look_through(graph.names, graph.external, graph.holdings),
            "peer": lambda: pass_on(graph),
        }
    )
    ours, peer = times["ours"] * 1e3, times["peer"] * 1e3
    yield compare(job, f"{ours:.1f} ms", f"{peer:.0f} ms along a graph", peer / ours, 20)
    yield Row(f"{job}: time", f"{ours:.1f} ms", "", None, f"≤ {MOST_MS:g} ms", ours <= MOST_MS)
