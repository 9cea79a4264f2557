"""Funds and their holders as named edges, and the composition these amount to."""

import numpy as np

from valuation import Composition, look_through

Edge = tuple[str, str, float]


def compose(edges: list[Edge], funds: list[str]) -> tuple[list[str], Composition]:
    """Sources (holders that are no fund) and the composition of the funds."""
    sources = list(dict.fromkeys(holder for holder, _, _ in edges if holder not in funds))
    external, holdings = np.zeros((len(funds), len(sources))), np.zeros((len(funds), len(funds)))
    for holder, held, amount in edges:
        if holder in funds:
            holdings[funds.index(holder), funds.index(held)] += amount
        else:
            external[funds.index(held), sources.index(holder)] += amount
    return sources, look_through(funds, external, holdings)
