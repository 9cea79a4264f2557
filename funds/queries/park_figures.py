"""The figures of the six ones that a park, or the city, has on file, whatever their period: to file more or correct."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from funds.book import Look, visible
from funds.models import Park, ParkFact, ParkFigure
from funds.queries.filed_figures import ParkFigureFacts, end_of_period


@dataclass(frozen=True)
class ParkName:
    """A park to file figures for."""

    id: int
    code: str
    name: str


def list_parks(look: Look) -> Sequence[ParkName]:
    """Every park by code, under its newest name."""
    query = (
        select(Park.id, Park.code, ParkFact.name)
        .join(ParkFact, ParkFact.park_id == Park.id)
        .where(visible(ParkFact, look.version))
        .order_by(ParkFact.from_date.is_not(None), ParkFact.from_date, ParkFact.id)
    )
    found = {row.id: ParkName(row.id, row.code, row.name) for row in look.connection.execute(query)}
    return sorted(found.values(), key=lambda park: park.code)


def list_filed(look: Look, park_id: int | None) -> Sequence[ParkFigureFacts]:
    """What stands for a park (None = the city), by indicator, the newest period first."""
    row = ParkFigure
    query = (
        select(row.id, row.park_id, row.indicator, row.period, row.value_e6, row.unit, row.source)
        .add_columns(row.owner, row.evidence)
        .where(visible(row, look.version), row.park_id.is_not_distinct_from(park_id))
    )
    found = [ParkFigureFacts(*figure) for figure in look.connection.execute(query)]
    found.sort(key=lambda one: (-end_of_period(one.period).toordinal(), len(one.period)))
    return sorted(found, key=lambda one: one.indicator)
