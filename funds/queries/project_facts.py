"""The states that funds' projects in firms were filed to have reached by a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from funds.book import visible
from funds.kinds import ProjectState
from funds.models import ProjectStage
from funds.queries.fact_reader import FactReader


@dataclass(frozen=True)
class StageFacts:
    """One state with its day and paper."""

    id: int
    fund_id: int
    company_id: int
    state: ProjectState
    reached_on: date
    decision_no: str | None
    words: str | None


class ProjectReader(FactReader):
    """Reads the states of projects."""

    def stages(self) -> tuple[StageFacts, ...]:
        """All of them by fund, firm and day."""
        row = ProjectStage
        query = (
            select(row.id, row.fund_id, row.company_id, row.stage, row.reached_on, row.decision_no, row.words)
            .where(visible(row, self.version), row.reached_on <= self.as_of)
            .order_by(row.fund_id, row.company_id, row.reached_on, row.id)
        )
        return tuple(StageFacts(*one) for one in self.rows(query))
