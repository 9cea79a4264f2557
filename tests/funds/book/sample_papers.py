"""What lies beside the ledger in the sample book: documents, papers to sign, samples and what was found."""

from datetime import date

from funds.book import Book, Change, find_person
from funds.drafts.signing import AttachmentDraft, DrawnLine, FindingDraft, PaperDraft, SampleDraft
from funds.kinds import AttachmentSubject, AuditStep, Basis, DocumentKind, PeriodEvent, ProjectState
from funds.models import ControlTotal, Entry, Period, ProjectStage, QuarterFiling, Reminder, Restatement
from funds.recording import prepare_papers, record_attachments, record_findings, record_samples
from tests.builders import PERSON, rows_of
from tests.funds.recording.files import PDF, TEXT


def record_papers(book: Book) -> None:
    """Two of each, so that two rows can change places, in one change."""
    head = book.head()
    lines = [row for row in rows_of(book, Entry) if row["amount_fen"] > 0][:2]
    drawn = tuple(
        DrawnLine(
            fund_id=row["fund_id"],
            table="entry",
            row_id=row["id"],
            amount_fen=row["amount_fen"],
            is_certain=bool(place),
        )
        for place, row in enumerate(lines)
    )
    with book.change(PERSON, "资料与签批") as change:
        record_attachments(change, [_attachment("甲.pdf", PDF), _attachment("乙.txt", TEXT)])
        for quarter in ("2026-Q1", "2026-Q2"):
            prepare_papers(change, [_paper(quarter, head.version, head.hash)])
            record_samples(change, [_sample(quarter, head.version, drawn)])
        steps = (AuditStep.PASSED, AuditStep.DOUBTED)
        record_findings(
            change,
            [FindingDraft(item_id=place, step=one, words="说明") for place, one in enumerate(steps, 1)],
        )
        _add_quarters(change)


def _add_quarters(change: Change) -> None:
    """Rows of quarters and projects as they stand, two of each, whatever the checks of a lock would say."""
    another = find_person(change.connection, "wang", change.version)
    for quarter in ("2031-Q1", "2031-Q2"):
        own: dict[str, object] = {"fund_id": 1, "quarter": quarter, "origin": None}
        period = {**own, "event": PeriodEvent.LOCK, "proposer_id": another, "reason": "季度已核对"}
        [locked] = change.add(Period, [period])
        restated = {**own, "period_id": locked, "proposer_id": another, "reason": "凭证迟到"}
        change.add(Restatement, [restated])
        day = date(2026, 9, 30)
        change.add(Reminder, [{**own, "addressee_id": None, "reminded_on": day, "note": "请报送"}])
        change.add(QuarterFiling, [{**own, "filed_on": day, "filed_by_id": 1, "note": None}])
        change.add(ControlTotal, [{**own, "child_id": 2, "called_fen": 1, "distributed_fen": 0}])
    for stage in (ProjectState.INITIATED, ProjectState.DECIDED):
        reached = {"fund_id": 1, "company_id": 1, "stage": stage, "reached_on": date(2020, 1, 1)}
        change.add(ProjectStage, [{**reached, "decision_no": None, "words": None, "origin": None}])


def _attachment(name: str, content: bytes) -> AttachmentDraft:
    return AttachmentDraft(
        subject=AttachmentSubject.FUND,
        subject_id=1,
        kind=DocumentKind.OTHER,
        title=name,
        file_name=name,
        content=content,
        fund="M",
    )


def _paper(quarter: str, version: int, digest: str) -> PaperDraft:
    return PaperDraft(
        quarter=quarter,
        version=version,
        hash=digest,
        rendered_at="2026-09-30T00:00:00.000000Z",
        json=quarter.encode(),
        xlsx=b"PK",
        pdf=PDF,
    )


def _sample(quarter: str, version: int, drawn: tuple[DrawnLine, ...]) -> SampleDraft:
    return SampleDraft(
        quarter=quarter,
        basis=Basis.PAID_IN,
        version=version,
        seed=quarter,
        method="m",
        wanted=2,
        lines=2,
        total_fen=sum(one.amount_fen for one in drawn),
        items=drawn,
    )
