"""Parks, the industries that lead in them, the segments of chains, and the yearly scorecard."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dashboard.sample.chance import Chance
from dashboard.sample.plan import CityPlan, ParkPlan
from funds.drafts import ParkDraft, ParkFigureDraft, ParkIndustryDraft, SegmentDraft
from funds.kinds import SegmentPosition

BASIS = "示例市园区主导产业目录"
SOURCE = "示例统计"
MICRO = 1_000_000
YEARS = range(2020, 2026)


@dataclass(frozen=True)
class Indicator:
    """A yearly figure: where it starts, how it moves in a year, and its bounds."""

    code: str
    unit: str
    start: tuple[float, float]
    step: tuple[float, float]
    bounds: tuple[float, float]
    digits: int = 0


OF_PARKS = (
    Indicator("S02", "%", (41, 52), (1.2, 4.6), (0, 78), 1),
    Indicator("S07", "家", (6, 20), (2, 9), (0, 500)),
    Indicator("S08", "%", (58, 80), (4, 9), (0, 100), 1),
    Indicator("S09", "%", (31, 44), (-4.2, -0.8), (12, 60), 1),
    Indicator("S10", "平方米", (180_000, 420_000), (15_000, 60_000), (0, 2_000_000)),
    Indicator("S11", "支", (0, 1), (0, 0.6), (0, 1)),
    Indicator("S12", "家", (190, 430), (30, 75), (0, 2_000)),
    Indicator("S13", "家", (340, 720), (45, 130), (0, 4_000)),
    Indicator("S14", "个", (0, 2), (0, 1), (0, 12)),
    Indicator("S15", "家", (4, 12), (0.5, 3), (0, 60)),
    Indicator("S16", "%", (48, 62), (1.5, 5), (0, 100), 1),
    Indicator("S17", "个", (0, 0.4), (0.1, 0.6), (0, 3)),
)
OF_CITY = (
    Indicator("S03", "个", (1, 1), (0.6, 1), (0, 6)),
    Indicator("S04", "个", (1, 1), (0.2, 0.5), (0, 5)),
)
SUMMED = ("S07", "S10", "S12", "S13", "S14", "S15")


@dataclass(frozen=True)
class Chain:
    """An industry's segments and the national codes of its firms."""

    segments: tuple[Mapping[str, str], ...]
    national: tuple[str, ...]


@cache
def load_chains() -> dict[str, Chain]:
    """The chain of each industry."""
    tables = tomllib.loads(files("dashboard.sample").joinpath("chains.toml").read_text(encoding="utf-8"))
    return {
        industry: Chain(tuple(table["segments"]), tuple(table["national"]))
        for industry, table in tables.items()
    }


def draft_parks(plan: CityPlan) -> list[ParkDraft]:
    """Every park."""
    return [
        ParkDraft(code=row.code, name=row.name, level=row.level, district=row.district) for row in plan.parks
    ]


def draft_park_industries(plan: CityPlan) -> list[ParkIndustryDraft]:
    """Which industries lead where, and until when."""
    return [
        ParkIndustryDraft(
            park=park.code,
            industry=row.industry,
            rank=row.rank,
            from_date=row.from_date,
            to_date=row.to_date,
            basis=BASIS,
        )
        for park in plan.parks
        for row in park.leading
    ]


def draft_segments() -> list[SegmentDraft]:
    """The segments of every chain."""
    return [
        SegmentDraft(
            industry=industry,
            code=row["code"],
            name=row["name"],
            parent=row.get("parent"),
            position=SegmentPosition(row["position"]),
        )
        for industry, chain in load_chains().items()
        for row in chain.segments
    ]


def draft_park_figures(plan: CityPlan, seed: int) -> list[ParkFigureDraft]:
    """The yearly figures of each park, their sums for the city, ranks, and whether a park has its fund."""
    figures = [draft for park in plan.parks for draft in _figures_of(park.code, park.name, OF_PARKS, seed)]
    figures += _figures_of(None, "示例市", OF_CITY, seed)
    figures += _sums(figures)
    figures += _ranks(figures, plan.parks)
    return figures + list(_funds(plan))


def _figures_of(
    park: str | None, owner: str, indicators: tuple[Indicator, ...], seed: int
) -> Iterator[ParkFigureDraft]:
    for indicator in indicators:
        chance = Chance(seed, "park figure", park, indicator.code)
        value = chance.between(*indicator.start)
        for year in YEARS:
            low, high = indicator.bounds
            value = min(max(value, low), high)
            yield _figure(park, indicator.code, year, round(value, indicator.digits), indicator.unit, owner)
            value += chance.between(*indicator.step)


def _figure(
    park: str | None, indicator: str, year: int, value: float, unit: str, owner: str
) -> ParkFigureDraft:
    return ParkFigureDraft(
        park=park,
        indicator=indicator,
        period=str(year),
        value_e6=round(value * 10) * MICRO // 10,
        unit=unit,
        source=SOURCE,
        owner=f"{owner}管理机构" if park else "示例市发展改革部门",
    )


def _sums(figures: list[ParkFigureDraft]) -> Iterator[ParkFigureDraft]:
    units = {indicator.code: indicator.unit for indicator in OF_PARKS}
    for code in SUMMED:
        for year in YEARS:
            rows = [row for row in figures if (row.indicator, row.period) == (code, str(year)) and row.park]
            yield _figure(None, code, year, sum(row.value_e6 for row in rows) / MICRO, units[code], "示例市")


def _ranks(figures: list[ParkFigureDraft], parks: tuple[ParkPlan, ...]) -> Iterator[ParkFigureDraft]:
    names = {park.code: park.name for park in parks}
    for year in YEARS:
        shares = {
            row.park: row.value_e6
            for row in figures
            if (row.indicator, row.period) == ("S02", str(year)) and row.park is not None
        }
        for rank, park in enumerate(sorted(shares, key=lambda code: (-shares[code], code)), 1):
            yield _figure(park, "S20", year, rank, "名次", names[park])


def _funds(plan: CityPlan) -> Iterator[ParkFigureDraft]:
    for park in plan.parks:
        for year in YEARS:
            own = [fund for fund in plan.funds if park.code in fund.parks and fund.established.year <= year]
            yield _figure(park.code, "S18", year, len(own), "只", park.name)
