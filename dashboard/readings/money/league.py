"""Who brought how much social money, side by side with what it is divided by: funds, managers, parks, industries."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from dashboard.readings.answers import print_ratio
from dashboard.readings.money.capital import Capital, capital_by_investor
from dashboard.readings.money.deployed_money import deployed_sides, invested_by_fund
from dashboard.readings.money.industry_firms import scope_firms
from dashboard.readings.money.lenses import SCORE, band_fields
from dashboard.readings.money.leverage import outside_lines
from dashboard.readings.money.leverage_options import LeverageOptions, Sides, take_sides
from dashboard.readings.money.policy_bands import Band
from funds.kinds import Basis
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import CITY, Scope, industry_scope, manager_scope, park_scope


@dataclass(frozen=True)
class Entrant:
    """One line of the league: who, and its money as it counts."""

    by: str
    code: str
    name: str
    funds: int
    sides: Sides

    @property
    def worth(self) -> Fraction | None:
        """What the order goes by; nothing without fiscal money."""
        return Fraction(self.sides.social, self.sides.fiscal) if self.sides.fiscal > 0 else None


def league_rows(
    slice_: LedgerSlice, basis: Basis, options: LeverageOptions, wanted: Collection[str] = ()
) -> Iterator[Mapping[str, object]]:
    """Each league (or those that are wanted) by LV04, equals at one rank; who has no fiscal money stands behind without one.

    First level: money of funds among the investors stands apart. Managers, parks and industries are compared
    over the whole city only; a fund stands with its part that belongs to the scope, an industry with the
    money in its firms, looked through.
    """
    bands = Band.of_policy(slice_, SCORE)
    for by in LEAGUES if slice_.scope == CITY else OUTSIDE_THE_CITY:
        if not wanted or by in wanted:
            yield from _ranked(LEAGUES[by](slice_, basis, options), basis, bands)


def _ranked(league: list[Entrant], basis: Basis, bands: list[Band]) -> Iterator[Mapping[str, object]]:
    with_worth = sorted((one.worth for one in league if one.worth is not None), reverse=True)
    ranks: dict[Fraction | None, int] = {}
    for rank, worth in enumerate(with_worth, start=1):
        ranks.setdefault(worth, rank)
    order = sorted(league, key=lambda one: (one.worth is None, -(one.worth or 0), one.code))
    for one in order:
        sides = one.sides
        yield {
            "table": "league",
            "by": one.by,
            "basis": str(basis),
            "rank": ranks.get(one.worth),
            "ranked": len(with_worth),
            "code": one.code,
            "name": one.name,
            "funds": one.funds,
            "social": sides.social,
            "fiscal": sides.fiscal,
            "state_owned": sides.state_owned,
            "undetermined": sides.undetermined,
            "of_funds": sides.of_funds,
            "total": sides.size,
            "LV04": print_ratio(sides.social, sides.fiscal) if sides.fiscal > 0 else None,
            "LV05": print_ratio(sides.social, sides.size) if sides.size > 0 else None,
            **band_fields(bands, sides.social, sides.size),
        }


def _funds(slice_: LedgerSlice, basis: Basis, options: LeverageOptions) -> list[Entrant]:
    capital = capital_by_investor(slice_, basis)
    found = []
    for fund in slice_.member_funds:
        pieces = [(line.capital_class, line.level, line.amount) for line in capital.by_fund.get(fund.id, ())]
        if any(amount for _, _, amount in pieces):
            found.append(Entrant("fund", fund.code, fund.name, 1, take_sides(pieces, options)))
    return found


def _managers(slice_: LedgerSlice, basis: Basis, options: LeverageOptions) -> list[Entrant]:
    known = slice_.facts.parties
    managers = {fund.manager_id for fund in slice_.member_funds if fund.manager_id in known}
    things = [known[party] for party in managers if party is not None]
    scopes = [(manager_scope(one.code), one.name) for one in things]
    return list(_narrowed(slice_, "manager", scopes, basis, options))


def _parks(slice_: LedgerSlice, basis: Basis, options: LeverageOptions) -> list[Entrant]:
    scopes = [(park_scope(park.code), park.name) for park in slice_.facts.parks.values()]
    return list(_narrowed(slice_, "park", scopes, basis, options))


def _industries(slice_: LedgerSlice, basis: Basis, options: LeverageOptions) -> list[Entrant]:
    """Industries without a broader one, so that no firm stands in two of them."""
    found = []
    for one in slice_.facts.industries.values():
        if one.parent_id is not None:
            continue
        part = slice_.narrow(industry_scope(one.code))
        sides, reason = deployed_sides(part, basis, options)
        if reason is None and sides.size:
            funds = sum(amount != 0 for amount in invested_by_fund(part, scope_firms(part)).values())
            found.append(Entrant("industry", one.code, one.name, funds, sides))
    return found


def _narrowed(
    slice_: LedgerSlice,
    by: str,
    scopes: Iterable[tuple[Scope, str]],
    basis: Basis,
    options: LeverageOptions,
) -> Iterator[Entrant]:
    for scope, name in scopes:
        part = slice_.narrow(scope)
        capital: Capital = capital_by_investor(part, basis)
        lines = outside_lines(capital)
        sides = take_sides([(one.capital_class, one.level, one.outside) for one in lines], options)
        if sides.size:
            yield Entrant(by, scope.codes[0], name, len(part.members), sides)


LEAGUES: Mapping[str, Callable[[LedgerSlice, Basis, LeverageOptions], list[Entrant]]] = {
    "fund": _funds,
    "manager": _managers,
    "park": _parks,
    "industry": _industries,
}
OUTSIDE_THE_CITY = ("fund",)
