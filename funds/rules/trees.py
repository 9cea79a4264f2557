"""Trees stay trees: no industry and no segment stands above itself; an index keeps to one kind."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from funds.models import IndexLevel, Industry, IndustryFact, Segment, SegmentFact
from funds.models.visibility import visible
from funds.rules.breaches import Breach, Reach

Parents = Mapping[int, int | None]


def find_loop(start: int, parents: Parents) -> bool:
    """Whether climbing from `start` comes back to it."""
    above, steps = parents.get(start), 0
    while above is not None and above != start and steps <= len(parents):
        above, steps = parents.get(above), steps + 1
    return above == start


def check_industries(reach: Reach) -> Iterator[Breach]:
    """Industries above themselves in the edition of some day, named by the row that begins it."""
    query = (
        select(IndustryFact.id, IndustryFact.revision_id, IndustryFact.industry_id, IndustryFact.parent_id)
        .add_columns(IndustryFact.from_date, IndustryFact.to_date, Industry.code)
        .join(Industry, Industry.id == IndustryFact.industry_id)
        .where(visible(IndustryFact, reach.version))
        .order_by(IndustryFact.from_date.is_not(None), IndustryFact.from_date, IndustryFact.id)
    )
    rows = reach.connection.execute(query).all()
    editions: dict[date, Parents] = {}
    for row in rows:
        if row.parent_id is None or (reach.revision_id is not None and row.revision_id != reach.revision_id):
            continue
        day = row.from_date or date.min
        if day not in editions:
            editions[day] = _parents_on(day, rows)
        if find_loop(row.industry_id, editions[day]):
            yield Breach("industry.cycle", "industry_fact", row.id, ("parent",), "", {"industry": row.code})


def _parents_on(day: date, rows: Sequence[Any]) -> Parents:
    return {
        row.industry_id: row.parent_id
        for row in rows
        if (row.from_date or date.min) <= day and (row.to_date is None or row.to_date > day)
    }


def check_segments(reach: Reach) -> Iterator[Breach]:
    """Segments of a chain above themselves."""
    query = (
        select(SegmentFact.id, SegmentFact.segment_id, SegmentFact.parent_id, Segment.code)
        .add_columns(SegmentFact.revision_id)
        .join(Segment, Segment.id == SegmentFact.segment_id)
        .where(visible(SegmentFact, reach.version))
        .order_by(SegmentFact.id)
    )
    rows = reach.connection.execute(query).all()
    parents = {row.segment_id: row.parent_id for row in rows}
    for row in rows:
        is_own = reach.revision_id is None or row.revision_id == reach.revision_id
        if is_own and find_loop(row.segment_id, parents):
            yield Breach("segment.cycle", "segment_fact", row.id, ("parent",), "", {"segment": row.code})


def check_indices(reach: Reach) -> Iterator[Breach]:
    """An index is a price index or a total return index, not both."""
    level = IndexLevel
    query = (
        select(level.index_code)
        .where(visible(level, reach.version))
        .where(reach.touched(level.index_code, (level, select(level.index_code))))
        .group_by(level.index_code)
        .having(func.count(level.is_total_return.distinct()) > 1)
        .order_by(level.index_code)
    )
    for (code,) in reach.connection.execute(query).all():
        culprit = reach.find_culprit(level, None, level.index_code == code)
        yield Breach("index.two_kinds", "index_level", culprit, ("is_total_return",), "", {"index": code})
