"""Figures that were filed for a period — of a park, the city or a firm — and the policy rows that speak of them."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from funds.kinds import Confirmation

_DECEMBER, _MONTHS_A_QUARTER = 12, 3


@dataclass(frozen=True)
class ParkFigureFacts:
    """One of S02–S20 of a park (None = the whole city) for a period, × 1e6 in its unit, with who stands for it."""

    id: int
    park_id: int | None
    indicator: str
    period: str
    value_e6: int
    unit: str | None
    source: str | None
    owner: str | None
    evidence: str | None


@dataclass(frozen=True, slots=True)  # a city's firms report a hundred thousand of them
class CompanyFigureFacts:
    """What a firm reported for a period, × 1e6 in its unit."""

    id: int
    company_id: int
    indicator: str
    period: str
    value_e6: int
    unit: str | None
    source: str | None


@dataclass(frozen=True)
class PolicyRow:
    """A policy row as it was written, in force or not: a number × 1e6 or words, with its paper and place."""

    id: int
    pack: str
    code: str
    name: str
    value_e6: int | None
    words: str | None
    unit: str | None
    from_date: date
    to_date: date | None
    document: str
    clause: str | None
    confirmation: Confirmation

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day; `to_date` is the first day on which it no longer is."""
        return self.from_date <= day and (self.to_date is None or day < self.to_date)


@lru_cache(maxsize=1024)
def end_of_period(period: str) -> date:
    """The last day of `2025`, `2025-Q4` or `2025-12`: the day from which a figure of the period is known."""
    year, _, part = period.partition("-")
    if not part:
        return date(int(year), _DECEMBER, 31)
    month = int(part[1:]) * _MONTHS_A_QUARTER if part.startswith("Q") else int(part)
    after = date(int(year) + 1, 1, 1) if month == _DECEMBER else date(int(year), month + 1, 1)
    return after - timedelta(days=1)
