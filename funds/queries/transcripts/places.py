"""Parks, industries and chains as drafts."""

from collections.abc import Iterator

from funds.drafts import (
    CrosswalkDraft,
    IndustryDraft,
    ParkDraft,
    ParkIndustryDraft,
    SegmentDraft,
    SegmentEdgeDraft,
)
from funds.models import (
    IndustryCrosswalk,
    IndustryFact,
    ParkFact,
    ParkIndustry,
    SegmentCrosswalk,
    SegmentEdge,
    SegmentFact,
)
from funds.queries.transcripts.extent import Source


def draft_parks(source: Source) -> Iterator[ParkDraft]:
    """Parks that are pointed at, every dated fact of each."""
    for row in source.rows(ParkFact):
        if source.extent.is_whole or row.park_id in source.parks:
            yield ParkDraft(
                code=source.codes.park[row.park_id],
                name=row.name,
                level=row.level,
                district=row.district,
                from_date=row.from_date,
            )


def draft_park_industries(source: Source) -> Iterator[ParkIndustryDraft]:
    """Which industry leads where, in the parks of the extent."""
    for row in source.rows(ParkIndustry):
        parks = source.extent.parks
        if parks is None or row.park_id in parks:
            source.parks.add(row.park_id)
            source.industries.add(row.industry_id)
            yield ParkIndustryDraft(
                park=source.codes.park[row.park_id],
                industry=source.codes.industry[row.industry_id],
                rank=row.rank,
                from_date=row.from_date,
                to_date=row.to_date,
                basis=row.basis,
            )


def draft_industries(source: Source) -> Iterator[IndustryDraft]:
    """The whole tree: an industry means nothing without what stands over it. National codes have a sheet of their own."""
    for row in source.rows(IndustryFact):
        yield IndustryDraft(
            code=source.codes.industry[row.industry_id],
            name=row.name,
            parent=source.codes.industry.get(row.parent_id),
            category=row.category,
            aliases=row.aliases,
            from_date=row.from_date,
            to_date=row.to_date,
            basis=row.basis,
        )


def draft_segments(source: Source) -> Iterator[SegmentDraft]:
    """Links of all chains."""
    for row in source.rows(SegmentFact):
        industry, code = source.codes.segment[row.segment_id]
        parent = None if row.parent_id is None else source.codes.segment[row.parent_id][1]
        yield SegmentDraft(
            industry=source.codes.industry[industry],
            code=code,
            name=row.name,
            parent=parent,
            position=row.position,
        )


def draft_segment_edges(source: Source) -> Iterator[SegmentEdgeDraft]:
    """What goes into what."""
    for row in source.rows(SegmentEdge):
        (industry, code), (other, target) = (
            source.codes.segment[row.source_id],
            source.codes.segment[row.target_id],
        )
        yield SegmentEdgeDraft(
            industry=source.codes.industry[industry],
            source=code,
            target_industry=None if other == industry else source.codes.industry[other],
            target=target,
            basis=row.basis,
        )


def draft_crosswalks(source: Source) -> Iterator[CrosswalkDraft]:
    """Which national codes speak for industries and for links."""
    for row in source.rows(IndustryCrosswalk):
        yield CrosswalkDraft(
            industry=source.codes.industry[row.industry_id],
            national_code=row.national_code,
            is_partial=row.is_partial,
            confirmation=row.confirmation,
            basis=row.basis,
            from_date=row.from_date,
        )
    for row in source.rows(SegmentCrosswalk):
        industry, code = source.codes.segment[row.segment_id]
        yield CrosswalkDraft(
            industry=source.codes.industry[industry],
            segment=code,
            national_code=row.national_code,
            is_partial=row.is_partial,
            confirmation=row.confirmation,
            basis=row.basis,
        )
