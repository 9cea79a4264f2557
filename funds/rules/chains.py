"""Chains run one way: no link feeds itself, not even by way of others."""

from collections.abc import Iterator, Mapping

from sqlalchemy import select

from funds.models import Segment, SegmentEdge
from funds.models.visibility import visible
from funds.rules.breaches import Breach, Reach


def find_path(start: int, end: int, targets: Mapping[int, set[int]]) -> list[int]:
    """The links passed on the way from one to another, both named; none where no way leads there."""
    ways: list[list[int]] = [[start]]
    seen = {start}
    while ways:
        way = ways.pop()
        if way[-1] == end:
            return way
        for further in sorted(targets.get(way[-1], set()) - seen):
            seen.add(further)
            ways.append([*way, further])
    return []


def check_segment_edges(reach: Reach) -> Iterator[Breach]:
    """Edges from whose end a way leads back to their beginning, with the way told."""
    edge = SegmentEdge
    query = select(edge.id, edge.revision_id, edge.source_id, edge.target_id).where(
        visible(edge, reach.version)
    )
    rows = reach.connection.execute(query.order_by(edge.id)).all()
    targets: dict[int, set[int]] = {}
    for row in rows:
        targets.setdefault(row.source_id, set()).add(row.target_id)
    for row in rows:
        is_own = reach.revision_id is None or row.revision_id == reach.revision_id
        if is_own and (way := find_path(row.target_id, row.source_id, targets)):
            codes = _codes_of(reach, [row.source_id, *way])
            params: dict[str, object] = {"way": " → ".join(codes)}
            yield Breach("segment_edge.cycle", "segment_edge", row.id, ("target",), "", params)


def _codes_of(reach: Reach, ids: list[int]) -> list[str]:
    found = {
        row.id: row.code
        for row in reach.connection.execute(select(Segment.id, Segment.code).where(Segment.id.in_(set(ids))))
    }
    return [found[one] for one in ids]
