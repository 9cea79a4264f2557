"""Where a draft came from, so that each fault can name its cell or its form field."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Place:
    """A row of a sheet with the column letter of each field, or (without a sheet) a form."""

    sheet: str = ""
    row: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """`投资!C14` for a field of a sheet's row, `form:amount` for a form's field."""
        if not self.sheet:
            return f"form:{name}"
        return f"{self.sheet}!{self.columns.get(name, 'A')}{self.row}"

    def holds(self, name: str) -> bool:
        """Whether a field has a cell of its own."""
        return name in self.columns

    @property
    def origin(self) -> str | None:
        """`投资!14`: what a row of the book remembers of its place."""
        return f"{self.sheet}!{self.row}" if self.sheet else None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody wants to record, in the trade's own codes, before anything was looked up."""

    place: Place = Place()
