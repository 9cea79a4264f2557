"""A city small enough to work its alignment out by hand, typed as the drafts of a workbook (万元).

Parks: PA leads in 集成电路 (IC) since 2020, in 生物医药 (BIO) until 2024-07-01 and from that day in 高端装备 (EQP);
PB leads in IC. The city's own part is judged by the packaged list, where AI is a frontier industry.

Funds: the mother M is the city's; A is PA's; S is shared, PA 60 and PB 40; I is PB's and idle; T is the city's.
M paid in 300 of A's 1,200, 500 of S's 1,000 and all 50 of I's; A paid in 200 of T's 400. So M has a quarter of A,
half of S, all of I, and a quarter of a half, an eighth, of T.

Held on 2025-12-31, at cost:
  A  C1 IC 300 (400, of which a quarter was sold on 2024-06-30), C3 BIO 200, C5 EQP 100, C4 MAT 50 (paid in 2025),
     C7 IC 150 (written off on 2024-12-31, not yet liquidated): 800
  S  C2 500 (IC 60 %, BIO 40 %), C1 100 (paid in 2025): 600
  T  C6 AI 80
  M  C6 AI 60 (paid in 2025)
"""

from collections.abc import Iterator, Mapping, Sequence

from funds.drafts import Draft
from funds.kinds import ExitKind, GovernmentLevel, Nature, VehicleType
from tests.builders import (
    commitment,
    company,
    contribution,
    day,
    exit_,
    fund,
    fund_park,
    investment,
    mark,
    nature,
    park,
    park_industry,
    party,
    tag,
)


def two_parks() -> Mapping[type[Draft], Sequence[Draft]]:
    """The city by sheets."""
    sheets: dict[type[Draft], list[Draft]] = {}
    for draft in (*_register(), *_funds(), *_money(), *_deals()):
        sheets.setdefault(type(draft), []).append(draft)
    return sheets


def _register() -> Iterator[Draft]:
    yield from (park("PA"), park("PB"))
    yield park_industry("PA", "IC")
    yield park_industry("PA", "BIO", 2, "2020-01-01", to_date=day("2024-07-01"))
    yield park_industry("PA", "EQP", 2, "2024-07-01")
    yield park_industry("PB", "IC")
    yield from (party("CITY", "示例市财政"), party("LP", "示例民营"), party("GP", "示例管理人"))
    yield nature("CITY", Nature.FISCAL, level=GovernmentLevel.MUNICIPAL)
    yield nature("LP", Nature.SOCIAL)
    places = {"C1": "PA", "C2": "PB", "C3": "PA", "C4": "PA", "C5": "PB", "C6": "PB", "C7": "PA"}
    yield from (company(firm, park=where) for firm, where in places.items())
    industries = {"C1": "IC", "C3": "BIO", "C4": "MAT", "C5": "EQP", "C6": "AI", "C7": "IC"}
    yield from (tag(firm, industry) for firm, industry in industries.items())
    yield from (tag("C2", "IC", 60, is_primary=True), tag("C2", "BIO", 40))


def _funds() -> Iterator[Draft]:
    yield fund("M", vehicle_type=VehicleType.CITY_MOTHER, level=GovernmentLevel.MUNICIPAL)
    yield fund("A", fields=("IC",), manager="GP")
    yield fund("S", fields=("BIO",), manager="GP")
    yield fund("I", fields=("MAT",))
    yield fund("T", vehicle_type=VehicleType.SPECIAL_FUND)
    yield from (fund_park("M", None), fund_park("A", "PA"), fund_park("I", "PB"), fund_park("T", None))
    yield from (fund_park("S", "PA", 60), fund_park("S", "PB", 40))


def _money() -> Iterator[Draft]:
    """Giver, fund, committed and paid in; the upper tiers first."""
    for giver, taker, committed, paid, on in (
        ("CITY", "M", 1_500, 1_000, "2020-02-01"),
        ("M", "A", 500, 300, "2020-02-10"),
        ("LP", "A", 1_500, 900, "2020-02-10"),
        ("M", "S", 500, 500, "2020-02-10"),
        ("LP", "S", 500, 500, "2020-02-10"),
        ("M", "I", 50, 50, "2020-02-10"),
        ("A", "T", 200, 200, "2020-02-20"),
        ("LP", "T", 200, 200, "2020-02-20"),
    ):
        yield commitment(taker, giver, committed)
        yield contribution(taker, giver, paid, on)


def _deals() -> Iterator[Draft]:
    yield investment("A", "C1", 400, "2021-03-01")
    yield investment("A", "C7", 150, "2022-01-10")
    yield investment("A", "C3", 200, "2022-05-01")
    yield investment("A", "C5", 100, "2023-02-01")
    yield investment("A", "C4", 50, "2025-04-01")
    yield investment("S", "C2", 500, "2022-06-01")
    yield investment("S", "C1", 100, "2025-05-01")
    yield investment("T", "C6", 80, "2023-03-01")
    yield investment("M", "C6", 60, "2025-03-01")
    yield exit_("A", "C1", 130, "2024-06-30", transferred_ppm=250_000)
    yield exit_("A", "C7", 0, "2024-12-31", kind=ExitKind.WRITE_OFF)
    yield mark("A", "C1", 490, "2025-06-30")
