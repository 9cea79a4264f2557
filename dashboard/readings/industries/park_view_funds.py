"""The funds that serve a park — 设立, 出资 and 落地 apart — and the city's money in those set up for it."""

from collections.abc import Iterable, Mapping

from dashboard.readings.answers import Figure
from dashboard.readings.industries.alignment import read_alignment
from dashboard.readings.industries.alignment_bases import COST, THROUGH
from dashboard.readings.industries.alignment_pieces import TagMode
from dashboard.readings.kept_by_lines import keep_by_lines
from dashboard.readings.money.capital import Capital, CapitalClass, CapitalLine, capital_by_investor
from dashboard.readings.returns.performance import read_performance
from funds.errors import NotAllowed
from funds.kinds import Basis, GovernmentLevel, ParkRelation, VehicleType
from funds.queries.facts import FundFacts, ParkFacts, ParkLink
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import fund_scope

SERVING, CITY_MONEY = "serving", "city_money"
CITY_FISCAL, CITY_MOTHERS, ALL_MONEY = "city_fiscal", "city_mothers", "all_money"
MOTHERS = (VehicleType.CITY_MOTHER, VehicleType.INDUSTRY_MOTHER)
RELATIONS = tuple(ParkRelation)


def serving_rows(
    slice_: LedgerSlice, park: ParkFacts, mode: TagMode, *, look_through: bool = False
) -> Iterable[dict[str, object]]:
    """A row for each fund and relation, the fund as a whole; figures only of funds that the person may see."""
    facts = slice_.facts
    links = [link for link in facts.park_links if link.park_id == park.id and link.fund_id in facts.funds]
    links.sort(key=lambda link: (RELATIONS.index(link.relation), facts.funds[link.fund_id].code))
    told: dict[int, Mapping[str, object]] = {}
    for link in links:
        if link.fund_id not in told:
            fund = facts.funds[link.fund_id]
            told[link.fund_id] = _figures_of(slice_, fund, mode, look_through=look_through)
        yield {**_describe(slice_, park, link), **told[link.fund_id]}


def city_money_rows(slice_: LedgerSlice) -> Iterable[dict[str, object]]:
    """The city's own fiscal money and its mothers' money in the park's part of its funds, beside all money."""
    capitals = {basis: capital_by_investor(slice_, basis) for basis in Basis}
    for kind in (CITY_FISCAL, CITY_MOTHERS, ALL_MONEY):
        row: dict[str, object] = {"table": CITY_MONEY, "kind": kind}
        yield row | {str(basis): _city_amount(slice_, capitals[basis], kind) for basis in Basis}


def _describe(slice_: LedgerSlice, park: ParkFacts, link: ParkLink) -> dict[str, object]:
    facts, fund = slice_.facts, slice_.facts.funds[link.fund_id]
    leading = facts.leading_on(park.id, slice_.as_of)
    fields = sorted(fund.fields & facts.industries.keys(), key=lambda field: facts.industries[field].code)
    serving = [field for field in fields if facts.with_ancestors(field) & leading]
    return {
        "table": SERVING,
        "fund": fund.code,
        "name": fund.name,
        "relation": str(link.relation),
        "share_ppm": link.share_ppm,
        "since": link.from_date.isoformat(),
        "industries": [facts.industries[field].code for field in fields],
        "serves": [facts.industries[field].code for field in serving],
    }


def _figures_of(
    slice_: LedgerSlice, fund: FundFacts, mode: TagMode, *, look_through: bool
) -> Mapping[str, object]:
    try:
        part = slice_.narrow(fund_scope(fund.code))
    except NotAllowed:
        return {"reason": "park.fund_not_yours"}
    return _measure_fund(part, mode, look_through)


@keep_by_lines
def _measure_fund(part: LedgerSlice, mode: TagMode, look_through: bool) -> Mapping[str, object]:
    returns = read_performance(part)
    alignment = read_alignment(part, mode, look_through=look_through)
    aligned = [alignment.figure("AL01", basis) for basis in (COST, f"{COST}{THROUGH}")[: 1 + look_through]]
    row: dict[str, object] = {}
    for figure in (returns.figure("PF01"), returns.figure("PF02"), *aligned):
        row |= _named(figure)
    row["invested"] = returns.figure("PF16").numerator
    paid = capital_by_investor(part, Basis.PAID_IN)
    row[CITY_FISCAL] = _city_amount(part, paid, CITY_FISCAL)
    row[CITY_MOTHERS] = _city_amount(part, paid, CITY_MOTHERS)
    return row


def _named(figure: Figure) -> dict[str, object]:
    key = f"{figure.code}.{figure.basis}"
    named: dict[str, object] = {key: figure.value}
    if figure.value is None:
        named[f"{key}.reason"] = figure.reason
    return named


def _city_amount(slice_: LedgerSlice, capital: Capital, kind: str) -> int:
    """What came from outside the scope's funds, and of it the city's fiscal money or its mothers' money."""
    lines: Mapping[str, list[CapitalLine]] = {
        ALL_MONEY: list(capital.lines),
        CITY_FISCAL: [
            line for line in capital.of(CapitalClass.FISCAL) if line.level is GovernmentLevel.MUNICIPAL
        ],
        CITY_MOTHERS: [line for line in capital.of(CapitalClass.FUND) if _is_city_mother(slice_, line)],
    }
    return sum(line.outside for line in lines[kind])


def _is_city_mother(slice_: LedgerSlice, line: CapitalLine) -> bool:
    fund = slice_.facts.funds.get(line.investor_fund) if line.investor_fund is not None else None
    if fund is None or fund.vehicle_type not in MOTHERS:
        return False
    return fund.level in (None, GovernmentLevel.MUNICIPAL)
