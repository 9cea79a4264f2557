"""The titles of people's own tables: the name, the unit beside it, and what the name means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from funds.intake.cells import Cell
from funds.intake.foreign.amounts import UNITS
from funds.intake.foreign.concepts import Meaning, find_meaning
from funds.numerals import fold_width

_UNIT = "(?:人民币)?(百万元|千万元|亿元|万元|千元|元|万|亿)"
_BEHIND = re.compile(rf"(.+?)(?:[(\[【<]?(?:单位[:：]?)?{_UNIT}[)\]】>]|[/、:：,\-—]{_UNIT})")
_GLUED = re.compile(r"(.+?)(百万元|千万元|亿元|万元|千元)")
_LINE = re.compile(rf"[(\[【]?(?:金额)?单位[:：]?{_UNIT}[)\]】]?")
_PERCENT = re.compile(r"(.+?)[(\[]?[%％][)\]]?")


@dataclass(frozen=True)
class Title:
    """A column's title: as written, its name, the unit in fen where it names one, and its meaning."""

    text: str
    name: str
    unit: int | None = None
    meaning: Meaning | None = None

    @property
    def concept(self) -> str | None:
        """What the column holds, if the name is known."""
        return self.meaning.concept if self.meaning else None


def read_title(parts: Sequence[Cell]) -> Title:
    """The title that the lines of a header make for one column, from the top; lines that repeat count once."""
    lines = list(dict.fromkeys(_flatten(part) for part in parts if part is not None))
    text = " ".join(lines)
    units = [unit for _, unit in map(_split_unit, lines) if unit]
    names = [name for name, _ in map(_split_unit, lines) if name]
    name = names[-1] if names else ""
    meaning = find_meaning(name)
    if len(names) > 1:
        # 出资情况 over 认缴 means what 认缴 means; 退出 over 金额 more than 金额 alone.
        joined = find_meaning("".join(names[-2:]))
        if joined and (meaning is None or len(joined.words) > len(meaning.words)):
            meaning = joined
    return Title(text, name, units[-1] if units else None, meaning)


def read_unit_line(cells: Sequence[Cell]) -> int | None:
    """The unit that a line of its own names (单位：万元), in fen."""
    for cell in cells:
        found = _LINE.search(_flatten(cell)) if isinstance(cell, str) else None
        if found:
            return UNITS[found[1]]
    return None


def _split_unit(text: str) -> tuple[str, int | None]:
    for pattern in (_BEHIND, _GLUED):
        if found := pattern.fullmatch(text):
            unit = next(group for group in found.groups()[1:] if group)
            return found[1], UNITS[unit]
    if found := _PERCENT.fullmatch(text):
        return found[1], None
    return text, None


def _flatten(cell: Cell) -> str:
    return re.sub(r"[\s*]", "", fold_width(str(cell)))
