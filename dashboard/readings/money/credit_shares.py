"""LV09: whose success is a social yuan, where city, district, province and several funds meet in one fund."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from dashboard.readings.answers import Figure, absent, print_ratio, ratio
from dashboard.readings.money.capital import Capital, whole_capital
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.money.sources import FundSources, Source, fund_sources
from funds.kinds import GovernmentLevel
from funds.queries.columns import Int
from funds.queries.ledger_slice import LedgerSlice
from valuation import Claims, share_claims

# The city is who asks, unless another level is asked for.
ASKING = GovernmentLevel.MUNICIPAL


@dataclass(frozen=True)
class Credit:
    """Money of the lowest funds by government, and the social money beside it, shared and claimed whole."""

    funds: tuple[int, ...]
    governments: tuple[Source, ...]
    fiscal: Int
    social: Int
    claims: Claims

    def at(self, level: GovernmentLevel) -> list[int]:
        """The columns of one level of government."""
        return [at for at, source in enumerate(self.governments) if source.level is level]

    def shared(self, columns: list[int]) -> int:
        """Social money in proportion to the fiscal money of some governments."""
        return int(self.claims.shared[:, columns].sum())

    def claimed(self, columns: list[int]) -> int:
        """All social money of the funds that hold fiscal money of any of some governments."""
        return int(self.social[(self.fiscal[:, columns] > 0).any(axis=1)].sum()) if columns else 0

    def put_in(self, columns: list[int]) -> int:
        """The fiscal money of some governments."""
        return int(self.fiscal[:, columns].sum())


def credit_figure(slice_: LedgerSlice, capital: Capital, options: LeverageOptions) -> Figure:
    """LV09 of the government that is asked for: its pro-rata social money ÷ its money in the lowest funds."""
    basis, level = str(capital.basis), options.fiscal_level or ASKING
    found = find_credit(slice_, capital, options)
    if isinstance(found, str):
        return absent("LV09", basis, found)
    columns = found.at(level)
    top, bottom = found.shared(columns), found.put_in(columns)
    lowest = set(found.funds)
    entries = capital.entries([line for line in capital.lines if line.fund in lowest])
    figure = ratio("LV09", basis, top, bottom, "leverage.no_fiscal_of_level", entries)
    parts = (("social_pro_rata", top), ("fiscal_of_level", bottom))
    return replace(figure, parts=(*parts, *_beside(found, columns)))


def _beside(found: Credit, columns: list[int]) -> tuple[tuple[str, int], ...]:
    return (("social_full_claim", found.claimed(columns)), ("social", int(found.social.sum())))


def credit_rows(
    slice_: LedgerSlice, capital: Capital, options: LeverageOptions
) -> Iterator[Mapping[str, object]]:
    """Each government, then each level, then what is nobody's, then the sum: pro-rata shares are the whole."""
    found = find_credit(slice_, capital, options)
    basis = str(capital.basis)
    if isinstance(found, str):
        yield {"table": "attribution", "basis": basis, "by": "all", "reason": found}
        return
    every = int(found.social.sum())
    named = _named_columns(slice_, capital, found)
    for at in named:
        yield _row(basis, "government", found, [at], every) | _name(slice_, found.governments[at])
    if hidden := [at for at in range(len(found.governments)) if at not in named]:
        yield _row(basis, "government", found, hidden, every) | {"code": None, "name": None, "level": None}
    for level in GovernmentLevel:
        if columns := found.at(level):
            yield _row(basis, "level", found, columns, every) | {"level": str(level)}
    loose = int(found.claims.unshared.sum())
    yield {
        "table": "attribution",
        "basis": basis,
        "by": "nobody",
        "social_pro_rata": loose,
        "share": print_ratio(loose, every) if every > 0 else None,
    }
    yield _sum_row(basis, found, every)


def _named_columns(slice_: LedgerSlice, capital: Capital, found: Credit) -> list[int]:
    """Governments by name: for a reader of parts of the city only those that put money into the scope's own funds."""
    direct = {line.investor for line in capital.lines}
    return [
        at
        for at, source in enumerate(found.governments)
        if source.party is None or slice_.readable.is_city or source.party in direct
    ]


def _name(slice_: LedgerSlice, source: Source) -> dict[str, object]:
    party = None if source.party is None else slice_.facts.parties.get(source.party)
    return {
        "code": None if party is None else party.code,
        "name": None if party is None else party.name,
        "level": None if source.level is None else str(source.level),
    }


def _sum_row(basis: str, found: Credit, every: int) -> Mapping[str, object]:
    """Everything together; the full claims are added up as the governments would, which counts yuan again."""
    columns = list(range(len(found.governments)))
    claimed = int(found.claims.whole.sum())
    return _row(basis, "all", found, columns, every) | {
        "social_pro_rata": every,
        "share": print_ratio(every, every) if every > 0 else None,
        "social_full_claim": claimed,
        "claimed_share": print_ratio(claimed, every) if every > 0 else None,
    }


def _row(basis: str, by: str, found: Credit, columns: list[int], every: int) -> dict[str, object]:
    put_in, shared, claimed = found.put_in(columns), found.shared(columns), found.claimed(columns)
    return {
        "table": "attribution",
        "basis": basis,
        "by": by,
        "fiscal": put_in,
        "social_pro_rata": shared,
        "share": print_ratio(shared, every) if every > 0 else None,
        "LV09": print_ratio(shared, put_in) if put_in > 0 else None,
        "social_full_claim": claimed,
        "claimed_share": print_ratio(claimed, every) if every > 0 else None,
        "full_claim": print_ratio(claimed, put_in) if put_in > 0 else None,
    }


def find_credit(slice_: LedgerSlice, capital: Capital, options: LeverageOptions) -> Credit | str:
    """The lowest funds of the scope looked through, or the reason why one of them cannot be."""
    sums = _lowest_funds(slice_, capital)
    found = fund_sources(slice_, capital.basis)
    if reason := found.reason_of(sums):
        return reason
    parts = found.split(list(sums), list(sums.values()))
    governments = [
        at for at, source in enumerate(found.sources) if options.is_government(source.capital_class)
    ]
    social = _social(found, parts, options)
    fiscal = parts[:, governments]
    return Credit(
        tuple(sums),
        tuple(found.sources[at] for at in governments),
        fiscal,
        social,
        share_claims(social, fiscal),
    )


def _social(found: FundSources, parts: Int, options: LeverageOptions) -> Int:
    columns = [at for at, source in enumerate(found.sources) if options.is_social(source.capital_class)]
    return np.asarray(parts[:, columns].sum(axis=1))


def _lowest_funds(slice_: LedgerSlice, capital: Capital) -> dict[int, int]:
    """The size of each fund of the scope that puts no money into another fund of it; of those with money."""
    holders = {
        line.investor_fund
        for line in whole_capital(slice_, capital.basis).lines
        if line.investor_fund in slice_.members and line.fund in slice_.members and line.amount
    }
    sums: dict[int, int] = {}
    for line in capital.lines:
        if line.fund not in holders:
            sums[line.fund] = sums.get(line.fund, 0) + line.amount
    return {fund: total for fund, total in sums.items() if total}
