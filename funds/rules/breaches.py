"""What a rule over many rows finds wrong, and how far it looks: what one revision touched, or everywhere."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, SQLColumnExpression, and_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from funds.models import BookRow, Fund, Party, Replaceable
from funds.models.visibility import visible
from funds.queries.codes import each_chunk


@dataclass(frozen=True)
class Breach:
    """A rule broken over many rows, and the row that broke it.

    `fields` are the draft fields that may name its cell; `suspicion` is what must be above suspicion for
    the breach to be one (a row of it may be missing only because it was itself refused).
    """

    code: str
    table: str
    row_id: int
    fields: tuple[str, ...]
    suspicion: str
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Reach:
    """The book as known at `version`; with a revision, only what its rows touched."""

    connection: Connection
    version: int
    revision_id: int | None = None
    # Funds whose lines wait to be written, and break no rule.
    settled: frozenset[int] = frozenset()

    def unsettled(self, fund_id: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
        """Whether a fund's own lines are all there to be judged."""
        pieces = [fund_id.not_in(piece) for piece in each_chunk(sorted(self.settled))]
        return and_(true(), *pieces)

    def touched(
        self, column: InstrumentedAttribute[Any], *sources: tuple[type[BookRow], Select[Any]]
    ) -> ColumnElement[bool]:
        """Whether `column` is among the ids that a source selects for rows of this revision."""
        if self.revision_id is None:
            return true()
        found = [
            query.where(model.revision_id == self.revision_id).correlate(None) for model, query in sources
        ]
        return column.in_(found[0].union(*found[1:]) if len(found) > 1 else found[0])

    def find_culprit(
        self,
        model: type[Replaceable],
        day: InstrumentedAttribute[Any] | None,
        *conditions: SQLColumnExpression[bool],
    ) -> int:
        """The visible row that most likely broke a rule: this revision's first, then the latest."""
        order: list[Any] = [model.id.desc()] if day is None else [day.desc(), model.id.desc()]
        if self.revision_id is not None:
            order.insert(0, (model.revision_id == self.revision_id).desc())
        query = select(model.id).where(visible(model, self.version), and_(*conditions)).order_by(*order)
        return int(self.connection.execute(query.limit(1)).scalar_one())

    def fund_codes(self, fund_ids: Iterable[int]) -> dict[int, str]:
        """Funds' codes by id."""
        return self._codes(
            fund_ids, Fund.id, select(Fund.id, Party.code).join(Party, Party.id == Fund.party_id)
        )

    def party_codes(self, party_ids: Iterable[int]) -> dict[int, str]:
        """Parties' codes by id."""
        return self._codes(party_ids, Party.id, select(Party.id, Party.code))

    def _codes(self, ids: Iterable[int], column: InstrumentedAttribute[int], query: Any) -> dict[int, str]:
        return {
            row[0]: row[1]
            for piece in each_chunk(ids)
            for row in self.connection.execute(query.where(column.in_(piece)))
        }
