"""A park in one answer: its figures, its industries over time, the funds that serve it and what they did."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dashboard.readings.answers import Figure, Reading
from dashboard.readings.industries.alignment import read_alignment
from dashboard.readings.industries.alignment_pieces import TagMode
from dashboard.readings.industries.comparison import read_quantiles
from dashboard.readings.industries.off_industry import off_industry_rows
from dashboard.readings.industries.park_view_funds import city_money_rows, serving_rows
from dashboard.readings.industries.segments_flow import segment_flow_rows
from dashboard.readings.money.leverage import LeverageOptions, read_leverage
from dashboard.readings.returns.performance import read_performance
from funds.queries.facts import LeadingIndustry, ParkFacts
from funds.queries.ledger_slice import LedgerSlice

LEADING = "leading"
Rows = Iterable[Mapping[str, object]]


def read_park_view(
    slice_: LedgerSlice, options: LeverageOptions | None = None, mode: TagMode = TagMode.PRIMARY
) -> Reading:
    """The park's figures, and the tables `leading serving city_money quantiles segment_flow off_industry`."""
    figures = park_figures(slice_, options, mode)
    return Reading(
        "park", slice_.scope.label, slice_.as_of, slice_.version, figures, tuple(park_rows(slice_, mode))
    )


def park_figures(slice_: LedgerSlice, options: LeverageOptions | None, mode: TagMode) -> tuple[Figure, ...]:
    """Money, leverage, returns and alignment of the park's part of its funds."""
    alignment = replace(read_alignment(slice_, mode), rows=())
    parts = (read_leverage(slice_, options), read_performance(slice_), alignment)
    return tuple(figure for part in parts for figure in part.figures)


def park_rows(slice_: LedgerSlice, mode: TagMode) -> Rows:
    """Every table of the park, one after the other."""
    park = park_of(slice_)
    yield from leading_rows(slice_, park)
    yield from serving_rows(slice_, park, mode)
    yield from city_money_rows(slice_)
    yield from read_quantiles(slice_, mode).rows
    yield from segment_flow_rows(slice_)
    yield from off_industry_rows(slice_, park.id, mode)


def park_of(slice_: LedgerSlice) -> ParkFacts:
    """The park that a slice is of."""
    (park,) = [park for park in slice_.facts.parks.values() if park.code in slice_.scope.codes]
    return park


def leading_rows(slice_: LedgerSlice, park: ParkFacts) -> Rows:
    """Industries that lead or led by the day: those that lead today by rank, then those that ended."""
    begun = [row for row in slice_.facts.leading if row.park_id == park.id and row.from_date <= slice_.as_of]
    begun.sort(key=lambda row: (not row.holds_on(slice_.as_of), row.rank, row.from_date, row.id))
    return [_leading_row(slice_, row) for row in begun]


def _leading_row(slice_: LedgerSlice, row: LeadingIndustry) -> dict[str, object]:
    industry = slice_.facts.industries.get(row.industry_id)
    return {
        "table": LEADING,
        "industry": industry.code if industry else None,
        "name": industry.name if industry else None,
        "rank": row.rank,
        "from": row.from_date.isoformat(),
        "to": row.to_date.isoformat() if row.to_date else None,
        "is_leading": row.holds_on(slice_.as_of),
    }
