"""Two hands under a paper, and every signature and step of an audit by the hand that it names."""

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from funds.models import AuditFinding, Revision, Signature, SignedPaper
from funds.rules.breaches import Breach, Reach


def check_signatures(reach: Reach) -> Iterator[Breach]:
    """Signatures by another hand than they say; that the two names differ, the database sees to."""
    made, signed = aliased(Revision), aliased(Revision)
    query = (
        select(Signature.id, SignedPaper.quarter)
        .join(SignedPaper, SignedPaper.id == Signature.paper_id)
        .join(made, made.id == SignedPaper.revision_id)
        .join(signed, signed.id == Signature.revision_id)
        .where(
            Signature.revision_id <= reach.version,
            or_(Signature.person_id != signed.person_id, Signature.prepared_by_id != made.person_id),
            reach.touched(Signature.id, (Signature, select(Signature.id))),
        )
        .order_by(Signature.id)
    )
    for row in reach.connection.execute(query):
        yield Breach("paper.other_hand", "signature", row.id, ("quarter",), "", {"quarter": row.quarter})


def check_findings(reach: Reach) -> Iterator[Breach]:
    """Steps of an audit that name somebody else than the one who wrote them."""
    query = (
        select(AuditFinding.id, AuditFinding.item_id)
        .join(Revision, Revision.id == AuditFinding.revision_id)
        .where(AuditFinding.revision_id <= reach.version, AuditFinding.person_id != Revision.person_id)
        .where(reach.touched(AuditFinding.id, (AuditFinding, select(AuditFinding.id))))
        .order_by(AuditFinding.id)
    )
    for row in reach.connection.execute(query):
        yield Breach("audit.other_hand", "audit_finding", row.id, ("words",), "", {"item": row.item_id})
