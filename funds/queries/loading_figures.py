"""Reads what was filed for periods that have ended by a day, and every policy row that has begun by it."""

from bisect import insort
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from funds.book import visible
from funds.book.noting import NotedRows
from funds.models import CompanyFigure, ParkFigure, Policy
from funds.queries.fact_reader import FactReader
from funds.queries.filed_figures import CompanyFigureFacts, ParkFigureFacts, PolicyRow, end_of_period


class ParkFigureRows(NotedRows[ParkFigureFacts]):
    """Filed figures of parks: they change daily, and few look at them."""

    __slots__ = ()
    table = ParkFigure.__tablename__


class FigureReader(FactReader):
    """Filed figures and policy."""

    def park_figures(self) -> tuple[ParkFigureFacts, ...]:
        """By park, indicator and period; the whole city's first."""
        return ParkFigureRows(sorted(self._read_park_figures(visible(ParkFigure, self.version)), key=_place))

    def more_park_figures(
        self, known: tuple[ParkFigureFacts, ...], after: int
    ) -> tuple[ParkFigureFacts, ...] | None:
        """The figures known at a revision with those written since; None where one of these takes another's place."""
        row = ParkFigure
        written = and_(row.revision_id > after, row.revision_id <= self.version)
        takes_a_place = select(row.id).where(written, or_(row.replaces_id.is_not(None), row.withdrawn))
        if next(iter(self.rows(takes_a_place.limit(1))), None) is not None:
            return None
        figures = list(known)
        for one in self._read_park_figures(written):
            insort(figures, one, key=_place)
        return ParkFigureRows(figures)

    def _read_park_figures(self, which: ColumnElement[bool]) -> list[ParkFigureFacts]:
        row = ParkFigure
        query = (
            select(row.id, row.park_id, row.indicator, row.period, row.value_e6, row.unit, row.source)
            .add_columns(row.owner, row.evidence)
            .where(which)
        )
        return [ParkFigureFacts(*figure) for figure in self.rows(query) if self._has_ended(figure.period)]

    def every_company_figure(self) -> tuple[CompanyFigureFacts, ...]:
        """Of all periods, ended or not, by indicator and period."""
        row = CompanyFigure
        query = select(
            row.id, row.company_id, row.indicator, row.period, row.value_e6, row.unit, row.source
        ).where(visible(row, self.version))
        texts: dict[str | None, str | None] = {}

        def hold(text: Any) -> Any:
            """The few texts that stand in many rows are held once."""
            return texts.setdefault(text, text)

        found = [
            CompanyFigureFacts(row_id, firm, hold(name), hold(period), value, hold(unit), hold(source))
            for row_id, firm, name, period, value, unit, source in self.rows(query)
        ]
        return tuple(sorted(found, key=lambda one: (one.indicator, _order(one.period), one.id)))

    def policy_rows(self) -> tuple[PolicyRow, ...]:
        """City-wide rows in the order in which they came into force, those that ended among them."""
        row = Policy
        query = (
            select(row.id, row.pack, row.code, row.name, row.value_e6, row.words, row.unit, row.from_date)
            .add_columns(row.to_date, row.document, row.clause, row.confirmation)
            .where(visible(row, self.version), row.park_id.is_(None), row.from_date <= self.as_of)
            .order_by(row.from_date, row.id)
        )
        return tuple(PolicyRow(*found) for found in self.rows(query))

    def _has_ended(self, period: str) -> bool:
        return end_of_period(period) <= self.as_of


def company_figures_by(
    as_of: date, every: Iterable[CompanyFigureFacts]
) -> dict[int, tuple[CompanyFigureFacts, ...]]:
    """Those of periods that have ended by a day, by firm; of each firm in the order given."""
    firms: dict[int, list[CompanyFigureFacts]] = {}
    for figure in every:
        if end_of_period(figure.period) <= as_of:
            firms.setdefault(figure.company_id, []).append(figure)
    return {firm: tuple(figures) for firm, figures in firms.items()}


@lru_cache(maxsize=1024)
def _place(one: ParkFigureFacts) -> tuple[int, str, tuple[date, int], int]:
    return one.park_id or 0, one.indicator, _order(one.period), one.id


def _order(period: str) -> tuple[date, int]:
    """By the last day; of periods that end together the longest last."""
    return end_of_period(period), -len(period)
