"""What the city's register says of a firm: who it is, its names, its codes, its owners, and what it filed by period."""

from collections.abc import Iterator, Mapping

from dashboard.readings.industries.alignment_pieces import main_tag
from dashboard.readings.portfolio.company_ledger import company_of, is_known_to, papers_of
from funds.kinds import Confirmation
from funds.queries.ledger_slice import LedgerSlice

Rows = Iterator[Mapping[str, object]]


def company_rows(slice_: LedgerSlice) -> Rows:
    """One row: codes, park, ownership, size, the day it was set up, and its main industry."""
    company, facts, papers = company_of(slice_), slice_.facts, papers_of(slice_)
    park = facts.parks.get(company.park_id) if company.park_id is not None else None
    main = main_tag(facts.tags.get(company.id, ()))
    industry = facts.industries.get(main.industry_id) if main is not None else None
    register = papers.register
    credit = [paper.credit_code for paper in papers.names if paper.credit_code]
    yield {
        "table": "company",
        "company": company.code,
        "name": company.name,
        "uscc": credit[-1] if credit else None,
        "gb_code": register.national_code if register else None,
        "gb_name": next((one.name for one in papers.national if one.code == register.national_code), None)
        if register
        else None,
        "park": park.code if park else None,
        "produces_in": company.produces_in,
        "owner_type": company.ownership,
        "size_labels": list(company.size_tags),
        "founded": register.established.isoformat() if register and register.established else None,
        "industry": industry.code if industry else None,
        "is_filing_seen": is_known_to(slice_),
    }


def name_rows(slice_: LedgerSlice) -> Rows:
    """A row for each name by day, with the former names that were stated beside it."""
    for paper in papers_of(slice_).names:
        yield {
            "table": "company_name",
            "name": paper.name,
            "from": paper.from_date.isoformat() if paper.from_date else None,
            "names_before": paper.former_names,
            "ledger_row": paper.id,
        }


def national_rows(slice_: LedgerSlice) -> Rows:
    """The national code with what stands above it, the coarsest first."""
    for paper in papers_of(slice_).national:
        yield {
            "table": "company_national",
            "code": paper.code,
            "name": paper.name,
            "gb_edition": paper.edition,
        }


def crosswalk_rows(slice_: LedgerSlice) -> Rows:
    """A row for each city industry that the national code, or one above it, speaks for."""
    for paper in papers_of(slice_).crosswalk:
        industry = slice_.facts.industries.get(paper.industry_id)
        if industry is not None:
            yield {
                "table": "company_crosswalk",
                "gb_code": paper.national_code,
                "industry": industry.code,
                "name": industry.name,
                "gb_is_in_part": paper.is_partial,
                "gb_is_checked": paper.confirmation is Confirmation.CONFIRMED,
                "rests_on": paper.basis,
            }


def tag_rows(slice_: LedgerSlice) -> Rows:
    """A row for each tag of the day, the one that speaks in the primary mode first."""
    facts, company = slice_.facts, company_of(slice_)
    tags = facts.tags.get(company.id, ())
    papers, main = {paper.id: paper for paper in papers_of(slice_).tags}, main_tag(tags)
    for tag in sorted(tags, key=lambda one: (one is not main, -one.weight_ppm, one.id)):
        industry = facts.industries.get(tag.industry_id)
        segment = facts.segments.get(tag.segment_id) if tag.segment_id is not None else None
        paper = papers.get(tag.id)
        yield {
            "table": "company_tag",
            "industry": industry.code if industry else None,
            "name": industry.name if industry else None,
            "segment": segment.code if segment else None,
            "chain_link": segment.name if segment else None,
            "link_position": str(segment.position) if segment and segment.position else None,
            "tag_weight_ppm": tag.weight_ppm,
            "is_main_tag": tag is main,
            "from": paper.from_date.isoformat() if paper else None,
            "rests_on": paper.basis if paper else None,
            "ledger_row": tag.id,
        }


def owner_rows(slice_: LedgerSlice) -> Rows:
    """A row for each shareholder on record, the largest first."""
    for paper in papers_of(slice_).owners:
        party = slice_.facts.parties.get(paper.owner_id)
        if party is not None:
            yield {
                "table": "company_owner",
                "code": party.code,
                "name": party.name,
                "share_ppm": paper.share_ppm,
                "from": paper.from_date.isoformat(),
                "rests_on": paper.evidence,
                "ledger_row": paper.id,
            }


def filed_rows(slice_: LedgerSlice) -> Rows:
    """A row for each indicator and period that the firm filed, if that is the person's to read."""
    if not is_known_to(slice_):
        return
    for figure in slice_.facts.company_figures.get(company_of(slice_).id, ()):
        yield {
            "table": "company_filed",
            "filed_item": figure.indicator,
            "filed_for": figure.period,
            "value_e6": figure.value_e6,
            "unit": figure.unit,
            "filed_paper": figure.source,
            "ledger_row": figure.id,
        }
