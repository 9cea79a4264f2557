"""What somebody typed into a form, field by field and line by line, and how its texts become values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from funds.dates import parse_date
from funds.drafts import Place
from funds.errors import RulesBroken
from funds.faults import ValueFault
from funds.measures import parse_percent
from funds.money import parse_money
from funds.problems import Problem, fatal

LONGEST = 2_000
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True)
class TypedLine:
    """One line of a form: who it is for, the amount, a day of its own, and whether it is meant at all."""

    code: str
    amount: str = ""
    day: str = ""
    is_meant: bool = True


@dataclass(frozen=True)
class TypedForm:
    """Texts by the names of their fields, and the lines in the order shown."""

    fields: Mapping[str, str]
    lines: Sequence[TypedLine] = ()


@dataclass(frozen=True)
class FormLine(Place):
    """A line of a form, counted from 1; a row of the book remembers it as `缴款通知单!3`."""

    def of(self, name: str) -> str:
        """`form:amount_fen-3`."""
        return f"form:{name}-{self.row}"


@dataclass
class FormReader:
    """Reads the fields of a form one by one, and gathers everything that is wrong with them."""

    typed: TypedForm
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """A text without what no eye sees; None where the field is empty."""
        return clean_text(self.typed.fields.get(name, "")) or None

    def day(self, name: str) -> date | None:
        """A day; None where the field is empty."""
        text = self.text(name)
        return None if text is None else self.value(f"form:{name}", lambda: parse_date(text))

    def money(self, name: str) -> int | None:
        """An amount in fen; 万元 unless the text names another unit. None where the field is empty."""
        text = self.text(name)
        return None if text is None else self.value(f"form:{name}", lambda: parse_money(text))

    def percent(self, name: str) -> int | None:
        """A percentage in millionths; None where the field is empty."""
        text = self.text(name)
        return None if text is None else self.value(f"form:{name}", lambda: parse_percent(text))

    def needed_text(self, name: str) -> str:
        """A text that must be there, as every `needed_`; what stands in for it is refused by `finish`."""
        self._need(name)
        return self.text(name) or ""

    def needed_day(self, name: str) -> date:
        """A day."""
        self._need(name)
        return self.day(name) or date.min

    def needed_money(self, name: str) -> int:
        """An amount."""
        self._need(name)
        return self.money(name) or 0

    def needed_choice(self, name: str, kinds: type[E]) -> E:
        """One of some kinds."""
        text = self.needed_text(name)
        if text and text not in list(kinds):
            self.report(f"form:{name}", "form.no_such_choice", text=text[:20])
        return kinds(text) if text in list(kinds) else next(iter(kinds))

    def _need(self, name: str) -> None:
        if self.text(name) is None:
            self.report(f"form:{name}", "form.needed")

    def value(self, where: str, parse: Callable[[], T]) -> T | None:
        """A value that can be read, or a problem at its place."""
        try:
            return parse()
        except ValueFault as fault:
            self.problems.append(fatal(fault.code, where, **fault.params))
            return None

    def report(self, where: str, code: str, /, **params: object) -> None:
        """Note that something is wrong."""
        self.problems.append(fatal(code, where, **params))

    def finish(self) -> None:
        """Refuse the form with everything that is wrong."""
        if self.problems:
            raise RulesBroken(self.problems)


def clean_text(text: str) -> str:
    """A text as one line, without signs that cannot be seen."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()[:LONGEST]
