"""A small book in which every table holds something, in eight revisions, one of them an import."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from funds.book import Anchor, Book, Head, found_book
from funds.drafts import (
    DefinitionDraft,
    Draft,
    IndustryDraft,
    NationalIndustryDraft,
    PolicyDraft,
)
from funds.drafts.proposals import ProposalDraft
from funds.intake import import_workbook, read_workbook, write_workbook
from funds.intake.sheets import SHEET_BY_DRAFT
from funds.kinds import BookKind, FeeKind, Role, ScopeKind
from funds.models import Seal
from funds.recording import record_proposals, refuse_proposals
from migrations import upgrade
from tests.builders import (
    PERSON,
    balance,
    claim,
    company_figure,
    crosswalk,
    day,
    definition,
    fee,
    index_level,
    local_investment,
    mark,
    membership,
    national_industry,
    notice,
    open_book,
    ownership,
    park_industry,
    person,
    policy,
    record,
    reported_figure,
    round_,
    segment_edge,
    tag,
    term,
    whole_city,
)
from tests.funds.book.sample_papers import record_papers

LATER = datetime(2026, 10, 1, 4, 0, tzinfo=UTC)
CODES = (IndustryDraft, NationalIndustryDraft, PolicyDraft, DefinitionDraft)
"""What a workbook rests on."""


def city() -> Iterator[Draft]:
    """One of everything, and another of what there is only one of, so that two rows can change places."""
    yield from whole_city()
    yield from (national_industry("28"), crosswalk("IC", "28"), policy("S03"), definition("LV05"))
    yield from (segment_edge("IC", "IC-1", "IC-2"), crosswalk("IC", "28", segment="IC-1"))
    yield from (park_industry("P2", "BIO"), ownership("LP1", "LP2", 20), term("M"))
    yield from (notice("F1", "LP2", 200, "N2", "2020-05-01"), fee("M", 7, kind=FeeKind.MANAGEMENT))
    yield from (
        balance("M", 900),
        claim("F1", "2025-Q1"),
        company_figure("C2"),
        mark("F1", "C1", 950, "2025-03-31"),
    )
    yield from (index_level(on="2025-03-31", level=1100), reported_figure("另一基金", 4))
    yield from (local_investment("F1", "C2", 300), round_("R2", "C1", 400, "2022-06-30"))


def proposal(on: str) -> ProposalDraft:
    """A tag of a firm from a day on."""
    return ProposalDraft(kind="tag", drafts=(tag("C1", "IC", 100, on),), reason="依据年报")


def build_sample(url: str) -> None:
    """Fill an empty database with the city (for `databases.copy_of`)."""
    book = open_book(url, LATER)
    upgrade(book.engine)
    found_book(book, BookKind.OWN, "示例市")
    record(book, *(draft for draft in city() if isinstance(draft, CODES)))
    sheets: dict[type[Draft], list[Draft]] = {}
    for draft in city():
        if type(draft) in SHEET_BY_DRAFT and not isinstance(draft, CODES):
            sheets.setdefault(type(draft), []).append(draft)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "city.xlsx"
        write_workbook(path, sheets, city="示例市", filer="示例", as_of=day("2026-09-30"))
        import_workbook(book, PERSON, read_workbook(path))
    record(book, person("wang"), membership("wang", Role.AUDITOR))
    record(book, person("zhao"), membership("zhao", Role.PARK_OFFICIAL, ScopeKind.PARK, "P1"))
    with book.change("zhao", "propose", "propose") as change:
        asked = record_proposals(change, [proposal("2024-01-01"), proposal("2025-01-01")])
    with book.change(PERSON, "refuse", "approve") as change:
        refuse_proposals(change, asked, "依据不足")
    record_papers(book)
    book.close()


def write_anchor(book: Book, path: Path) -> Anchor:
    """The anchor file as the book would have kept it."""
    anchor = Anchor(path)
    with book.look() as look:
        for row in look.connection.execute(select(Seal.revision_id, Seal.hash).order_by(Seal.revision_id)):
            anchor.append(Head(row.revision_id, row.hash))
    return anchor
