"""Collects the last quarters of the made-up city: one filed and locked, one filed and ready, one still coming in."""

from collections.abc import Mapping

from sqlalchemy import select

from funds.book import Book
from funds.dates import days_of_quarter
from funds.drafts.periods import ControlTotalDraft, FilingDraft, LockDraft
from funds.drafts.proposals import ProposalDraft
from funds.models import Fund, Party
from funds.queries.quarter_checks import read_checks, read_moved
from funds.recording import approve_proposals, record_control_totals, record_filings, record_proposals

CLOSED, READY, COMING = "2026-Q1", "2026-Q2", "2026-Q3"
# Of the quarter that is still coming in, every so many-th fund has not filed.
LATE_EVERY = 4
REASON = "示例：季度检查全部通过"


def record_quarters(book: Book, filer: str, proposer: str, approver: str) -> None:
    """File three quarters, and lock the first of them by two people."""
    codes = _read_codes(book)
    for quarter in (CLOSED, READY, COMING):
        if days_of_quarter(quarter)[1] >= book.today():
            continue
        late = LATE_EVERY if quarter == COMING else len(codes) + 1
        filing = [code for place, code in enumerate(sorted(codes.values()), 1) if place % late]
        _file(book, filer, quarter, codes, filing)
    if days_of_quarter(CLOSED)[1] < book.today():
        _lock(book, CLOSED, codes, proposer, approver)


def _file(book: Book, filer: str, quarter: str, codes: Mapping[int, str], filing: list[str]) -> None:
    """Filings, and what the mothers counted, which agrees with the children's lines."""
    with book.look() as look:
        moved = read_moved(look.connection, look.version, quarter)
    totals = [
        ControlTotalDraft(
            fund=codes[mother],
            child=codes[child],
            quarter=quarter,
            called_fen=called,
            distributed_fen=distributed,
        )
        for (child, mother), (called, distributed) in sorted(moved.items())
        if codes[child] in filing
    ]
    with book.change(filer, "sample.filed") as change:
        record_filings(change, [FilingDraft(fund=code, quarter=quarter) for code in filing])
        record_control_totals(change, totals)


def _lock(book: Book, quarter: str, codes: Mapping[int, str], proposer: str, approver: str) -> None:
    """Every fund whose checks hold."""
    with book.look() as look:
        found = read_checks(look.connection, look.version, quarter, sorted(codes))
    green = [codes[fund] for fund, results in found.items() if all(one.is_green for one in results)]
    drafts = tuple(LockDraft(fund=code, quarter=quarter, reason=REASON) for code in sorted(green))
    if not drafts:
        return
    with book.change(proposer, "sample.lock_proposed", "propose") as change:
        ids = record_proposals(change, [ProposalDraft(kind="lock", drafts=drafts, reason=REASON)])
    with book.change(approver, "sample.locked", "approve") as change:
        approve_proposals(change, ids)


def _read_codes(book: Book) -> dict[int, str]:
    with book.look() as look:
        query = select(Fund.id, Party.code).join(Party, Party.id == Fund.party_id)
        return {row.id: row.code for row in look.connection.execute(query)}
