"""The twenty targets of the six ones: what each counts, at which level it is judged, and which of the six it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Where a target holds: for the city as such, as a sum over the parks, in each park, or for no number at all."""

    CITY = "city"
    TOTAL = "total"
    EACH = "each"
    TRACKED = "tracked"


class Origin(StrEnum):
    """Where a value comes from; also the basis under which its figure stands."""

    FILED = "filed"
    REGISTER = "register"
    FIRMS = "firms"
    FUNDS = "funds"
    LEDGER = "ledger"
    APPRAISAL = "appraisal"


@dataclass(frozen=True)
class SixOne:
    """One target: its unit, its level, whether it is a ceiling, and whether the city's value is the parks' sum."""

    code: str
    group: str
    unit: str
    level: Level
    origin: Origin = Origin.FILED
    is_ceiling: bool = False
    is_strict: bool = False  # more than the number, not only as much
    is_summed: bool = False


SIX_ONES: Mapping[str, SixOne] = {
    one.code: one
    for one in (
        SixOne("S01", "overall", "个", Level.CITY, Origin.REGISTER),
        SixOne("S02", "overall", "%", Level.EACH),
        SixOne("S03", "overall", "个", Level.CITY),
        SixOne("S04", "overall", "个", Level.CITY),
        SixOne("S05", "leaders", "家", Level.TRACKED, Origin.FIRMS, is_summed=True),
        SixOne("S06", "leaders", "个", Level.EACH, is_summed=True),
        SixOne("S07", "leaders", "家", Level.TRACKED, is_summed=True),
        SixOne("S08", "space", "%", Level.EACH),
        SixOne("S09", "space", "%", Level.EACH, is_ceiling=True),
        SixOne("S10", "space", "平方米", Level.TRACKED, is_summed=True),
        SixOne("S11", "attraction", "支", Level.EACH, is_summed=True),
        SixOne("S12", "carriers", "家", Level.TOTAL, is_strict=True, is_summed=True),
        SixOne("S13", "carriers", "家", Level.TOTAL, is_summed=True),
        SixOne("S14", "carriers", "个", Level.TOTAL, is_summed=True),
        SixOne("S15", "carriers", "家", Level.TOTAL, is_summed=True),
        SixOne("S16", "carriers", "%", Level.TRACKED),
        SixOne("S17", "services", "个", Level.EACH, is_summed=True),
        SixOne("S18", "funds", "只", Level.TRACKED, Origin.FUNDS, is_summed=True),
        SixOne("S19", "funds", "倍", Level.TRACKED, Origin.LEDGER),
        SixOne("S20", "overall", "名次", Level.TRACKED, Origin.APPRAISAL),
    )
}
CITY_ONLY = frozenset(one.code for one in SIX_ONES.values() if one.level is Level.CITY)
