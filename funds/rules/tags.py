"""A firm's industries on a date: their weights make at most a whole, and one of them speaks for it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from funds.measures import WHOLE_PPM
from funds.models import Company, CompanyTag, Party
from funds.models.visibility import visible
from funds.rules.breaches import Breach, Reach
from funds.rules.shares import percent


@dataclass(frozen=True)
class Tag:
    row_id: int
    industry_id: int
    weight_ppm: int
    is_primary: bool
    revision_id: int = 0


def primary_industry(tags: Sequence[Tag]) -> int | None:
    """The industry of the tag marked 主标签, else of the heaviest; none where that is a tie."""
    marked = [tag for tag in tags if tag.is_primary]
    heaviest = max(tag.weight_ppm for tag in tags)
    speaking = marked or [tag for tag in tags if tag.weight_ppm == heaviest]
    industries = {tag.industry_id for tag in speaking}
    return industries.pop() if len(industries) == 1 else None


def check_tags(reach: Reach) -> Iterator[Breach]:
    """Faults of each firm's tags of one date, which together replace those of earlier dates."""
    for (code, day), tags in _read_tags(reach).items():
        newest = max(tags, key=lambda tag: tag.row_id)
        is_new = reach.revision_id is None or any(tag.revision_id == reach.revision_id for tag in tags)
        for rule, fields, culprit in _judge(tags, newest, is_new):
            params = {"company": code, "day": day, "sum": percent(sum(tag.weight_ppm for tag in tags))}
            yield Breach(rule, "company_tag", culprit.row_id, fields, f"tags/{code}", params)


def _judge(tags: Sequence[Tag], newest: Tag, is_new: bool) -> Iterator[tuple[str, tuple[str, ...], Tag]]:
    total = sum(tag.weight_ppm for tag in tags)
    marked = [tag for tag in tags if tag.is_primary]
    if total > WHOLE_PPM:
        yield "tag.over_whole", ("weight_ppm",), newest
    elif total < WHOLE_PPM and is_new:
        yield "tag.below_whole", ("weight_ppm",), newest
    if len(marked) > 1:
        yield "tag.two_primaries", ("is_primary",), marked[-1]
    elif primary_industry(tags) is None:
        yield "tag.tie", ("is_primary",), newest


def _read_tags(reach: Reach) -> dict[tuple[str, date], list[Tag]]:
    query = (
        select(
            Party.code,
            CompanyTag.from_date,
            CompanyTag.id,
            CompanyTag.industry_id,
            CompanyTag.weight_ppm,
            CompanyTag.is_primary,
            CompanyTag.revision_id,
        )
        .join(Company, Company.id == CompanyTag.company_id)
        .join(Party, Party.id == Company.party_id)
        .where(
            visible(CompanyTag, reach.version),
            reach.touched(CompanyTag.company_id, (CompanyTag, select(CompanyTag.company_id))),
        )
        .order_by(CompanyTag.id)
    )
    tags: dict[tuple[str, date], list[Tag]] = defaultdict(list)
    for row in reach.connection.execute(query):
        tags[row[0], row[1]].append(Tag(*row[2:]))
    return tags
