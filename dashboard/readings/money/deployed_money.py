"""What paid-in money did, by whose it is: invested in firms, passed to funds outside, kept, or used again."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from dashboard.readings.answers import Figure, absent, ratio
from dashboard.readings.money.capital import Capital, CapitalClass, cut_to, whole_capital
from dashboard.readings.money.industry_firms import scope_firms
from dashboard.readings.money.leverage_options import LeverageOptions, Sides, take_sides
from dashboard.readings.money.sources import SourceAmounts, fund_sources, scope_sources, split_by_source
from dashboard.readings.row_names import RowNames, name_rows
from funds.kinds import Basis, EntryKind
from funds.queries.ledger_slice import LedgerSlice

DEPLOYED = "deployed"
NATURES = (
    CapitalClass.FISCAL,
    CapitalClass.STATE_OWNED,
    CapitalClass.SOCIAL,
    CapitalClass.UNDETERMINED,
)


@dataclass(frozen=True)
class FundUse:
    """What became of the money paid into one fund's part, in fen: paid in + reused = invested + inside + passed + kept."""

    paid_in: int
    inside: int
    passed: int
    invested: int

    @property
    def left(self) -> int:
        """What was not put anywhere; negative where more was put in than was paid in, out of money that came back."""
        return self.paid_in - self.inside - self.passed - self.invested


def fund_uses(slice_: LedgerSlice, paid: Capital) -> dict[int, FundUse]:
    """Each fund of the scope, as far as it belongs to it."""
    received: Counter[int] = Counter()
    inside: Counter[int] = Counter()
    for line in paid.lines:
        received[line.fund] += line.amount
        if line.internal and line.investor_fund is not None:
            inside[line.investor_fund] += line.internal
    given = _given(slice_)
    invested = invested_by_fund(slice_)
    return {
        fund: FundUse(received[fund], inside[fund], given.get(fund, 0) - inside[fund], invested.get(fund, 0))
        for fund in slice_.members
    }


def invested_by_fund(slice_: LedgerSlice, firms: Collection[int] | None = None) -> dict[int, int]:
    """What each fund of the scope paid into firms (or into some of them), cut to the scope."""
    lines = slice_.entries.of_kind(EntryKind.INVESTMENT)
    if firms is not None:
        holdings = slice_.ledger.holdings
        wanted = np.fromiter(firms, dtype=np.int64, count=len(firms))
        own = holdings.id[np.isin(holdings.company, wanted)]
        lines = lines.take(np.isin(lines.holding, own))
    funds, place = np.unique(lines.fund, return_inverse=True)
    sums = np.zeros(len(funds), dtype=np.int64)
    np.subtract.at(sums, place, lines.amount)
    return dict(zip(funds.tolist(), sums.tolist(), strict=True))


def deployed_figure(slice_: LedgerSlice, basis: Basis, options: LeverageOptions) -> Figure:
    """LV04 of the money that reached firms, by whose money is in the funds on a basis."""
    return next(deployed_figures(slice_, basis, options))


def deployed_figures(slice_: LedgerSlice, basis: Basis, options: LeverageOptions) -> Iterator[Figure]:
    """LV04, then LV05, of the money that reached firms: the lenses of projects."""
    sides, reason = deployed_sides(slice_, basis, options)
    entries, name = invested_entries(slice_), name_deployed(basis)
    if reason is not None:
        yield from (absent(code, name, reason, entries) for code in ("LV04", "LV05"))
        return
    multiple = ratio("LV04", name, sides.social, sides.fiscal, "leverage.no_fiscal_deployed", entries)
    yield replace(multiple, parts=sides.parts)
    share = ratio("LV05", name, sides.social, sides.size, "leverage.no_capital", entries)
    yield replace(share, parts=sides.parts)


def name_deployed(basis: Basis) -> str:
    """The basis of a figure of money in firms, by whose money is in the funds on a basis."""
    return DEPLOYED if basis is Basis.PAID_IN else f"{DEPLOYED}_{basis}"


def invested_entries(slice_: LedgerSlice) -> RowNames:
    """The payments into the scope's firms."""
    lines = slice_.entries.of_kind(EntryKind.INVESTMENT)
    firms = scope_firms(slice_)
    if firms is None:
        return name_rows("entry", lines.id)
    company = _firm_of_holdings(slice_)
    pairs = zip(lines.id.tolist(), lines.holding.tolist(), strict=True)
    return name_rows("entry", (row for row, holding in pairs if company.get(holding) in firms))


def _firm_of_holdings(slice_: LedgerSlice) -> dict[int, int]:
    holdings = slice_.ledger.holdings
    return dict(zip(holdings.id.tolist(), holdings.company.tolist(), strict=True))


def deployed_sides(slice_: LedgerSlice, basis: Basis, options: LeverageOptions) -> tuple[Sides, str | None]:
    """The money that reached the scope's firms as it counts, looked through."""
    invested = invested_by_fund(slice_, scope_firms(slice_))
    seen = split_by_source(fund_sources(slice_, basis), list(invested), list(invested.values()))
    pieces = [(source.capital_class, source.level, amount) for source, amount in seen.amounts.items()]
    return take_sides(pieces, options), seen.reason


def deployed_rows(slice_: LedgerSlice, paid: Capital) -> Iterator[Mapping[str, object]]:
    """By nature and in sum: from outside + reused = invested + passed on + kept, each to the fen.

    Kept is what is left of the others, so that rounding to the fen stays in it.
    """
    uses = fund_uses(slice_, paid)
    found = fund_sources(slice_, Basis.PAID_IN)
    funds = list(uses)
    external = scope_sources(slice_, paid)
    invested = split_by_source(found, funds, [uses[fund].invested for fund in funds])
    passed = split_by_source(found, funds, [uses[fund].passed for fund in funds])
    reused = split_by_source(found, funds, [max(0, -uses[fund].left) for fund in funds])
    reason = next((one.reason for one in (external, invested, passed, reused) if one.reason), None)
    if reason is not None:
        yield {"table": DEPLOYED, "nature": "all", "reason": reason}
        return
    parts = (external, invested, passed, reused)
    for kind in NATURES:
        yield _row(str(kind), *(part.of(kind) for part in parts))
    yield _row("all", *(_total(part) for part in parts))


def _total(part: SourceAmounts) -> int:
    return sum(part.amounts.values())


def _row(nature: str, external: int, invested: int, passed: int, reused: int) -> Mapping[str, object]:
    return {
        "table": DEPLOYED,
        "nature": nature,
        "external": external,
        "reused": reused,
        "invested": invested,
        "passed": passed,
        "kept": external + reused - invested - passed,
    }


def _given(slice_: LedgerSlice) -> dict[int, int]:
    """What each fund of the scope paid into funds of the book under commitments, cut to its part of the scope."""
    lines = [
        line
        for line in whole_capital(slice_, Basis.PAID_IN).lines
        if line.investor_fund is not None and line.investor_fund in slice_.members
    ]
    sums: Counter[int] = Counter()
    for line in lines:
        if line.investor_fund is not None:
            sums[line.investor_fund] += cut_to(slice_, line.investor_fund, line.amount)
    return dict(sums)
