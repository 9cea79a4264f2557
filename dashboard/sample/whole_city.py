"""Lays out the whole city: the told core, hung under three mothers, and everything that is drawn around it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dashboard.sample.chance import Chance
from dashboard.sample.drawn_funds import FundDrawer, draw_extra_row
from dashboard.sample.institutions import Institutions, draw_institutions
from dashboard.sample.markets import PATIENT
from dashboard.sample.plan import (
    CITY,
    CityPlan,
    FundPlan,
    InvestorPlan,
    load_plan,
    make_fund,
    make_park,
    read_tables,
)
from dashboard.sample.sizes import CitySize

TOP = "F01"
LEADER_ODDS = 0.055
# A mother is sure of so much more than her children may call, which leaves her fees and a reserve.
CHILDREN_PER_MILLE = 780
ROUND_TO = 5_000
# Every so many further funds there is a mother, a special fund under her, and a direct one.
FAMILY, SPECIAL_AT, DIRECT_AT = 12, 7, 11
VENTURES = 6


def lay_out_city(size: CitySize, seed: int, until: date) -> CityPlan:
    """The told core alone, or the whole city around it."""
    told = load_plan()
    return told if size.has_told_only else _lay_out_whole(told, read_tables("whole.toml"), size, seed, until)


def _lay_out_whole(
    told: CityPlan, tables: Mapping[str, Any], size: CitySize, seed: int, until: date
) -> CityPlan:
    parks = [make_park({key: row[key] for key in row if key != "fund"}) for row in tables["park"]]
    institutions = draw_institutions(tables, told.parties, parks, size)
    drawer = FundDrawer(tables, institutions, seed, until)
    funds = [_rehang(fund, tables["told"]) for fund in told.funds]
    funds += [make_fund(row) for row in tables["fund"]]
    codes = (f"F{number:02d}" for number in range(len(funds) + 1, size.funds + 1))
    for park, row in zip(parks, tables["park"], strict=True):
        funds.append(drawer.draw_park_fund(next(codes), park, row["fund"]))
    funds += _draw_listed(drawer, tables, codes, {fund.code: fund.parks for fund in funds})
    funds += _draw_families(drawer, tables, list(codes), seed)
    return replace(
        told,
        parks=(*told.parks, *parks),
        parties=(*told.parties, *institutions.all),
        funds=tuple(_size_mothers(funds)),
        market=PATIENT,
        leader_odds=LEADER_ODDS,
        outsiders={**told.outsiders, **_outsiders(institutions)},
        firm_words={industry: tuple(words) for industry, words in tables["firm_words"].items()},
    )


def _rehang(fund: FundPlan, rows: Mapping[str, Any]) -> FundPlan:
    """A told fund as it is in the whole city: under another mother than the top, and with more deals."""
    row = dict(rows.get(fund.code, {}))
    mother = row.pop("mother", None)
    investors = tuple(
        replace(item, party=mother) if mother and item.party == TOP else item for item in fund.investors
    )
    return replace(fund, investors=investors, **row)


def _draw_listed(
    drawer: FundDrawer,
    tables: Mapping[str, Any],
    codes: Iterator[str],
    parks: Mapping[str, Mapping[str, int]],
) -> Iterator[FundPlan]:
    """The funds that have a row of their own."""
    for row in tables["sub_fund"]:
        yield drawer.draw_sub_fund(next(codes), row)
    for row in tables["special_fund"]:
        yield drawer.draw_special_fund(next(codes), row, parks[row["mother"]])
    for row in tables["direct_fund"]:
        yield drawer.draw_direct_fund(next(codes), row)
    for row in tables["soe_fund"]:
        yield drawer.draw_soe_fund(next(codes), row)


def _draw_families(
    drawer: FundDrawer, tables: Mapping[str, Any], codes: Iterable[str], seed: int
) -> Iterator[FundPlan]:
    """Further funds of an enlarged city, by families: a mother, her sub-funds, a special and a direct fund."""
    mother = TOP
    for number, code in enumerate(codes):
        row = draw_extra_row(tables, number, Chance(seed, "further fund", code))
        name, industry = f"{row['name']}{code}", row.pop("industry")
        place = number % FAMILY
        if place == 0:
            mother = code
            yield _mother(drawer, code, f"{name}母基金", industry)
        elif place == SPECIAL_AT:
            special = {**row, "name": f"{name}专项基金", "mother": mother}
            yield drawer.draw_special_fund(code, {**special, "deals": 1}, {CITY: 100})
        elif place == DIRECT_AT:
            yield drawer.draw_direct_fund(code, {**row, "name": f"{name}直投基金"})
        else:
            yield drawer.draw_sub_fund(code, {**row, "name": f"{name}子基金", "mothers": [mother]})


def _mother(drawer: FundDrawer, code: str, name: str, industry: str) -> FundPlan:
    """A further mother with weights for amounts; her children give her her size."""
    decks = drawer.decks
    investors = [
        InvestorPlan(decks[pool].deal(), 25) for pool in ("guidance", "provincial", "insurer", "bank")
    ]
    return FundPlan(
        code=code,
        name=name,
        type="industry_mother",
        fund_class="industrial",
        level="municipal",
        manager="J41",
        custodian=drawer.custodians.deal(),
        target=1_000_000,
        established=date(2019, 4, 10),
        years=(8, 6),
        fee="0.4",
        fields=(industry,),
        parks={CITY: 100},
        investors=tuple(investors),
    )


def _size_mothers(funds: list[FundPlan]) -> list[FundPlan]:
    """The same funds, every mother large enough for her children; children come before their mothers."""
    sized = {fund.code: fund for fund in funds}
    order = CityPlan((), (), tuple(funds), ()).children_first()
    for code in [fund.code for fund in order]:
        promised = sum(row.amount for child in sized.values() for row in child.investors if row.party == code)
        if promised and not sized[code].deals:
            sized[code] = _grow(sized[code], promised)
    return list(sized.values())


def _grow(mother: FundPlan, promised: int) -> FundPlan:
    """Amounts in the same proportion, in whole 5,000 万元."""
    needed = promised * 1000 // CHILDREN_PER_MILLE
    now = sum(row.amount for row in mother.investors if row.is_prompt)
    if now >= needed:
        return mother
    return replace(
        mother,
        investors=tuple(replace(row, amount=_scale(row.amount, needed, now)) for row in mother.investors),
        changes=tuple(replace(row, amount=_scale(row.amount, needed, now)) for row in mother.changes),
    )


def _scale(amount: int, needed: int, now: int) -> int:
    return -(-amount * needed // (now * ROUND_TO)) * ROUND_TO


def _outsiders(institutions: Institutions) -> dict[str, float]:
    """Investment firms, each rarer than the one before, and some corporate ones."""
    ventures = institutions.pools["venture"]
    rarer = {row.code: VENTURES / (1 + place / 4) for place, row in enumerate(ventures)}
    return rarer | {row.code: 0.8 for row in institutions.pools["corporate"][::2]}
