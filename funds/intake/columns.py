"""What a sheet of the workbook template is made of: its columns, and what each of them may hold."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from funds.drafts import Draft
from funds.money import Unit


class Kind(Enum):
    """The kind of value that a column holds; lengths are those of the book's columns."""

    CODE = auto()
    CODES = auto()
    PARK_OR_CITY = auto()
    CREDIT_CODE = auto()
    NAME = auto()
    TEXT = auto()
    DATE = auto()
    QUARTER = auto()
    PERIOD = auto()
    MONEY = auto()
    PERCENT = auto()
    FIGURE = auto()
    FIGURE_OR_WORDS = auto()
    WHOLE = auto()
    CHOICE = auto()


WHOLE_CITY = "全市"
FLAG: Mapping[str, bool] = {"是": True, "否": False}


@dataclass(frozen=True)
class Column:
    """One column: its title without unit and asterisk, the field that it fills, and what may stand in it.

    A FIGURE_OR_WORDS column fills `value_e6` or `words`. The first word of a choice is the one written.
    """

    title: str
    field: str
    kind: Kind
    required: bool = False
    choices: Mapping[str, object] = dataclasses.field(default_factory=dict)
    is_signed: bool = False
    note: str = ""
    example: str | int | float = ""

    @property
    def heading(self) -> str:
        """The title as the template's header shows it."""
        unit = f"（{Unit.WAN.label}）" if self.kind is Kind.MONEY else ""
        return f"{self.title}{unit}{'*' if self.required else ''}"

    @property
    def fields(self) -> tuple[str, ...]:
        """The draft's fields that this column fills."""
        return ("value_e6", "words") if self.kind is Kind.FIGURE_OR_WORDS else (self.field,)

    @property
    def words(self) -> dict[object, str]:
        """The word to write for each choice."""
        written: dict[object, str] = {}
        for word, value in self.choices.items():
            written.setdefault(value, word)
        return written


@dataclass(frozen=True)
class Sheet:
    """One sheet: its title, the draft that each of its rows makes, and its columns.

    `key` names the fields that tell one row from another (a movement may leave it blank), and `total` the
    amount that control totals sum.
    """

    title: str
    draft_type: type[Draft]
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    total: str | None = None
