"""A park in one answer: its figures, its industries over time, the funds that serve it and what they did."""

from collections.abc import Iterable, Mapping
from datetime import date

from dashboard.readings.answers import Figure, Reading
from dashboard.readings.industries.alignment import (
    AlignmentView,
    TagMode,
    read_alignment,
    view_alignment,
)
from dashboard.readings.industries.chain_map import chain_rows
from dashboard.readings.industries.comparison import read_quantiles
from dashboard.readings.industries.leading_changes import leading_change_rows
from dashboard.readings.industries.likeness import OVERLAP
from dashboard.readings.industries.off_industry import off_industry_rows
from dashboard.readings.industries.park_view_funds import city_money_rows, serving_rows
from dashboard.readings.industries.segments_flow import segment_flow_rows
from dashboard.readings.industries.source_flow import source_flow_rows
from dashboard.readings.industries.through_rows import LOOKED_THROUGH
from dashboard.readings.money.leverage import LeverageOptions, read_leverage
from dashboard.readings.returns.performance import read_performance
from funds.queries.facts import LeadingIndustry, ParkFacts
from funds.queries.ledger_slice import LedgerSlice

LEADING = "leading"
Rows = Iterable[Mapping[str, object]]


def read_park_view(
    slice_: LedgerSlice,
    options: LeverageOptions | None = None,
    mode: TagMode = TagMode.PRIMARY,
    *,
    look_through: bool = False,
    since: date | None = None,
) -> Reading:
    """The park's figures and all of its tables."""
    figures = park_figures(slice_, options, mode, look_through=look_through, since=since)
    rows = tuple(park_rows(slice_, AlignmentView(mode, look_through, since)))
    return Reading("park", slice_.scope.label, slice_.as_of, slice_.version, figures, rows)


def park_figures(
    slice_: LedgerSlice,
    options: LeverageOptions | None,
    mode: TagMode,
    *,
    look_through: bool = False,
    since: date | None = None,
) -> tuple[Figure, ...]:
    """Money, leverage, returns and alignment of the park's part of its funds."""
    alignment = read_alignment(slice_, mode, look_through=look_through, since=since)
    parts = (read_leverage(slice_, options), read_performance(slice_), alignment)
    return tuple(figure for part in parts for figure in part.figures)


def park_rows(slice_: LedgerSlice, view: AlignmentView) -> Rows:
    """Every table of the park, one after the other."""
    park, mode = park_of(slice_), view.mode
    yield from leading_rows(slice_, park)
    yield from leading_change_rows(slice_, park.id, mode)
    yield from serving_rows(slice_, park, mode, look_through=view.look_through)
    yield from city_money_rows(slice_)
    yield from read_quantiles(slice_, view).rows
    alignment = view_alignment(slice_, view)
    yield from (row for name in (OVERLAP, LOOKED_THROUGH) for row in alignment.table(name))
    yield from source_flow_rows(slice_, look_through=view.look_through)
    yield from segment_flow_rows(slice_)
    yield from off_industry_rows(slice_, park.id, mode)
    yield from chain_rows(slice_)


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
