"""What every reader of dated facts shares: the connection, the day, and the version."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_


class FactReader:
    """Reads facts as of a day, as known at a version."""

    def __init__(self, connection: Connection, as_of: date, version: int) -> None:
        self.connection = connection
        self.as_of = as_of
        self.version = version

    def rows(self, query: Select[*tuple[Any, ...]]) -> Sequence[Any]:
        """The rows of a query."""
        return self.connection.execute(query).all()

    def begun(self, column: Any) -> ColumnElement[bool]:
        """That a 生效日 lies on or before the day, or was never stated."""
        return or_(column.is_(None), column <= self.as_of)

    def holds(self, to_date: Any) -> ColumnElement[bool]:
        """That a 失效日 lies after the day, or was never stated."""
        return or_(to_date.is_(None), to_date > self.as_of)
