"""Two people: whoever proposed to lock, to open or to enter a locked quarter is not who let it in."""

from collections.abc import Iterator

from sqlalchemy import select

from funds.models import Fund, Party, Period, Restatement, Revision
from funds.rules.breaches import Breach, Reach


def check_periods(reach: Reach) -> Iterator[Breach]:
    """Locks, unlocks and late entries by one person alone."""
    for model in (Period, Restatement):
        query = (
            select(model.id, Party.code, model.quarter)
            .join(Revision, Revision.id == model.revision_id)
            .join(Fund, Fund.id == model.fund_id)
            .join(Party, Party.id == Fund.party_id)
            .where(model.revision_id <= reach.version, model.proposer_id == Revision.person_id)
            .where(reach.touched(model.id, (model, select(model.id))))
            .order_by(model.id)
        )
        for row in reach.connection.execute(query):
            params: dict[str, object] = {"fund": row.code, "quarter": row.quarter}
            yield Breach("period.one_person", model.__tablename__, row.id, ("reason",), "", params)
