"""Slices made of numbers alone, without a book: for what must hold of any graph of funds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from funds.kinds import EntryKind, GovernmentLevel, Nature, VehicleType
from funds.permissions import Readable
from funds.queries.attribution import ALL
from funds.queries.columns import (
    ENTRY_KINDS,
    NOBODY,
    BalanceColumns,
    CommitmentColumns,
    DecisionColumns,
    EntryColumns,
    ExitColumns,
    HoldingColumns,
    IndexColumns,
    MarkColumns,
    NavColumns,
)
from funds.queries.facts import CompanyFacts, Facts, FundFacts, NamedThing, NatureFacts
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.loading_columns import Ledger
from funds.queries.scopes import CITY

DAY = date(2025, 12, 31)
FIRST = date(2020, 1, 1).toordinal()
CITY_FISCAL, DISTRICT_FISCAL, STATE, SOCIAL, UNKNOWN = range(1000, 1005)
NATURES: Mapping[int, tuple[Nature, GovernmentLevel | None]] = {
    CITY_FISCAL: (Nature.FISCAL, GovernmentLevel.MUNICIPAL),
    DISTRICT_FISCAL: (Nature.FISCAL, GovernmentLevel.DISTRICT),
    STATE: (Nature.STATE_OWNED, GovernmentLevel.MUNICIPAL),
    SOCIAL: (Nature.SOCIAL, None),
}


@dataclass(frozen=True)
class Money:
    """An investor (a source, or the number of a fund) puts an amount into a fund."""

    fund: int
    investor: int
    amount: int


@dataclass(frozen=True)
class Graph:
    """Funds 1 … count with what was promised, paid in and invested (fund → amount)."""

    count: int
    committed: Sequence[Money]
    paid: Sequence[Money]
    invested: Mapping[int, int] = field(default_factory=dict)


def draw_graph(seed: int, count: int, *, loops: bool, tiers: int = 5) -> Graph:
    """A graph of funds in tiers, children shared by several mothers; with loops some money runs back up."""
    random = np.random.default_rng(seed)
    tier = np.sort(random.integers(0, tiers, count))
    edges = []
    for held in range(count):
        sources = [source for source in (*NATURES, UNKNOWN) if random.random() < 0.5]
        edges += [Money(held + 1, source, int(random.integers(1, 10**11))) for source in sources]
        mothers = np.flatnonzero((tier < tier[held]) & (random.random(count) < 3 / count))
        edges += [Money(held + 1, int(one) + 1, int(random.integers(1, 10**10))) for one in mothers]
        if not any(edge.fund == held + 1 and edge.investor == SOCIAL for edge in edges):
            edges.append(Money(held + 1, SOCIAL, 10**9))
    if loops:
        for _ in range(max(1, count // 10)):
            one, other = random.choice(count, 2, replace=False) + 1
            edges.append(Money(int(one), int(other), int(random.integers(1, 10**9))))
    paid = [Money(one.fund, one.investor, int(one.amount * random.uniform(0.2, 1))) for one in edges]
    invested = {
        fund: int(random.integers(1, 10**11)) for fund in range(1, count + 1) if random.random() < 0.6
    }
    return Graph(count, edges, paid, invested)


def slice_of(graph: Graph) -> LedgerSlice:
    """The slice of the whole city that the graph is."""
    return LedgerSlice(
        CITY,
        DAY,
        1,
        _facts(graph.count),
        _ledger(graph),
        Readable(True, frozenset(), frozenset()),
        dict.fromkeys(range(1, graph.count + 1), ALL),
    )


def _facts(count: int) -> Facts:
    parties = [NamedThing(party, f"N{party}", f"示例{party}") for party in (*NATURES, UNKNOWN)]
    rest: dict[str, Any] = {
        name: {} for name in ("parks", "industries", "segments", "tags", "definitions", "policies", "terms")
    }
    return Facts(
        as_of=DAY,
        parties={party.id: party for party in parties},
        funds={fund: _fund(fund) for fund in range(1, count + 1)},
        leading=(),
        natures={
            party: NatureFacts(party, nature, level, False, None)
            for party, (nature, level) in NATURES.items()
        },
        companies={1: CompanyFacts(1, "FIRM", "示例企业", 2000, None, None, None, ())},
        park_links=(),
        indexes={},
        **rest,
    )


def _fund(fund: int) -> FundFacts:
    """A fund whose party has its own number."""
    return FundFacts(
        fund,
        f"F{fund}",
        f"示例基金{fund}",
        fund,
        VehicleType.SUB_FUND,
        date(2020, 1, 1),
        manager_id=None,
        target_size_fen=None,
        fund_class=None,
        level=None,
        legal_form=None,
        custodian_id=None,
        invest_end=None,
        exit_end=None,
        extension_end=None,
        status=None,
        filing_no=None,
    )


def _ledger(graph: Graph) -> Ledger:
    entries: list[tuple[Any, ...]] = []
    for one in graph.paid:
        entries.append(_entry(len(entries), one.fund, EntryKind.PAID_IN, one.amount, one.investor))
        if one.investor <= graph.count:
            line = _entry(len(entries), one.investor, EntryKind.STAKE_PAYMENT, -one.amount, one.fund)
            entries.append(line)
    for fund, amount in graph.invested.items():
        entries.append(_entry(len(entries), fund, EntryKind.INVESTMENT, -amount, NOBODY, holding=fund))
    return Ledger(
        commitments=CommitmentColumns.of(
            [(at, one.fund, one.investor, one.amount, FIRST) for at, one in enumerate(graph.committed, 1)]
        ),
        entries=EntryColumns.of(entries),
        holdings=HoldingColumns.of([(fund, fund, 1) for fund in range(1, graph.count + 1)]),
        decisions=DecisionColumns.of([]),
        exits=ExitColumns.of([]),
        marks=MarkColumns.of([]),
        navs=NavColumns.of([]),
        balances=BalanceColumns.of([]),
        indexes=IndexColumns.of([]),
    )


def _entry(
    at: int, fund: int, kind: EntryKind, amount: int, other: int, holding: int = NOBODY
) -> tuple[Any, ...]:
    number = ENTRY_KINDS[kind]
    return at + 1, fund, number, amount, FIRST + 1, other, holding, NOBODY, True, False, NOBODY
