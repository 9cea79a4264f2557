"""The register of firms: who they are, which chains they are in, and what they report each year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.sample.amounts import WHOLE
from dashboard.sample.chance import Chance
from dashboard.sample.credit_codes import FIRM, make_credit_code
from dashboard.sample.firms import Firm
from dashboard.sample.plan import CityPlan
from funds.drafts import CompanyDraft, CompanyFigureDraft, CompanyTagDraft

MICRO = 1_000_000
FIRST_SERIAL = 1000
WITHOUT_CODE = 0.12
PER_CENT = WHOLE // 100
YEARS = range(2021, 2026)
LEADER_OUTPUT, LEADER_SINCE = (240_000, 620_000), 2023
SIZES = (
    ("规上", 0.6),
    ("国家高新技术企业", 0.55),
    ("科技型中小企业", 0.5),
    ("专精特新", 0.3),
    ("小巨人", 0.12),
)
OUTPUT_GROWTH = {
    "star": (0.3, 0.7),
    "good": (0.15, 0.4),
    "fair": (0.0, 0.16),
    "merged": (0.05, 0.25),
    "poor": (-0.25, 0.02),
    "loss": (-0.6, -0.2),
}
SOURCE = "示例企业年报"


@dataclass(frozen=True)
class Ratio:
    """A yearly figure as a part of output."""

    name: str
    unit: str
    low: float
    high: float


RATIOS = (
    Ratio("营业收入", "万元", 0.85, 1.1),
    Ratio("纳税", "万元", 0.02, 0.06),
    Ratio("研发投入", "万元", 0.05, 0.18),
    Ratio("从业人数", "人", 0.008, 0.02),
)


def draft_companies(plan: CityPlan, firms: Sequence[Firm], seed: int) -> list[CompanyDraft]:
    """Every firm of the register, invested in or not."""
    places = {park.code: park.district for park in plan.parks}
    return [
        CompanyDraft(
            code=firm.code,
            name=firm.name,
            credit_code=_credit_code(firm, number, seed),
            national_code=firm.national,
            park=firm.park,
            produces_in=places[firm.park] if firm.park else "外地",
            ownership=firm.ownership,
            size_tags=_size_tags(firm, seed),
            established=firm.established,
        )
        for number, firm in enumerate(firms, FIRST_SERIAL)
    ]


def _credit_code(firm: Firm, number: int, seed: int) -> str | None:
    is_missing = Chance(seed, "credit code", firm.code).happens(WITHOUT_CODE)
    return None if is_missing else make_credit_code(FIRM, number)


def _size_tags(firm: Firm, seed: int) -> str | None:
    chance = Chance(seed, "size", firm.code)
    tags = [name for name, odds in SIZES if chance.happens(odds)]
    if firm.is_leader:
        tags = ["规上", "链主企业", *(tag for tag in tags if tag != "规上")]
    return ";".join(tags) or None


def draft_company_tags(firms: Sequence[Firm]) -> list[CompanyTagDraft]:
    """The chains of each firm; the weights of a firm add up to all of it and one of them is the main one."""
    return [draft for firm in firms for draft in _tags_of(firm)]


def _tags_of(firm: Firm) -> Iterator[CompanyTagDraft]:
    chains: list[tuple[str, str | None, int]] = [(firm.industry, firm.segment, 100 - firm.second_weight)]
    if firm.second is not None:
        chains.append((firm.second, firm.second_segment, firm.second_weight))
    for place, (industry, segment, weight) in enumerate(chains):
        yield CompanyTagDraft(
            company=firm.code,
            industry=industry,
            segment=segment,
            weight_ppm=weight * PER_CENT,
            from_date=firm.established,
            is_primary=place == 0,
            basis="示例营业收入构成",
        )


def draft_company_figures(firms: Sequence[Firm], seed: int) -> list[CompanyFigureDraft]:
    """Output and what goes with it, year by year; chain leaders once they are recognised."""
    return [
        draft for firm in firms for draft in _figures_of(firm, Chance(seed, "company figures", firm.code))
    ]


def _figures_of(firm: Firm, chance: Chance) -> Iterator[CompanyFigureDraft]:
    output = chance.between(*LEADER_OUTPUT) if firm.is_leader else chance.between(900, 26_000)
    parts = [(ratio, chance.between(ratio.low, ratio.high)) for ratio in RATIOS]
    for year in YEARS:
        if firm.is_leader and year >= LEADER_SINCE:
            yield _figure(firm, "链主认定", year, 1, "是")
        yield _figure(firm, "年产值", year, round(output), "万元")
        for ratio, part in parts:
            yield _figure(firm, ratio.name, year, max(round(output * part), 1), ratio.unit)
        output = max(output * (1 + chance.between(*OUTPUT_GROWTH[firm.fate])), 50)


def _figure(firm: Firm, indicator: str, year: int, value: int, unit: str) -> CompanyFigureDraft:
    return CompanyFigureDraft(
        company=firm.code,
        indicator=indicator,
        period=str(year),
        value_e6=value * MICRO,
        unit=unit,
        source=SOURCE,
    )
