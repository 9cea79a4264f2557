"""Reads the rows below a header: each becomes a draft, a control total, nothing, or problems."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from funds.drafts import Draft, Place
from funds.faults import ValueFault
from funds.intake.addresses import name_column
from funds.intake.cells import BLANK, Sent, decode_cell, list_codes
from funds.intake.columns import Kind, Sheet
from funds.intake.examples import example_line, find_change, is_example
from funds.intake.header import Header, Placed
from funds.intake.totals import SECTION, Sums, read_total_label
from funds.problems import Problem, fatal, warning

_FAULTY = object()


@dataclass
class RowReader:
    """One sheet's rows while they are read; for `merged` rows a problem of the sheet already speaks."""

    sheet: Sheet
    header: Header
    merged: frozenset[int] = frozenset()
    drafts: list[Draft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    suspects: set[str] = field(default_factory=set)
    refused: list[dict[str, object]] = field(default_factory=list)
    sums: Sums = field(default_factory=Sums)
    rows_read: int = 0
    last_row: int = 0
    keyless: int = 0
    _first_rows: dict[tuple[object, ...], int] = field(default_factory=dict)
    _stray: set[int] = field(default_factory=set)

    def read_row(self, number: int, row: Sequence[Sent]) -> None:
        """Take one row as the child sent it."""
        first = next((sent for sent in row if not isinstance(sent, str) or sent.strip()), None)
        if first is None:
            return
        self.last_row = number
        label = read_total_label(first)
        if label:
            self._read_totals(number, row, label)
        elif is_example(self.header.placed, row):
            self._compare_example(number, row)
        else:
            self._read_data(number, row)

    def _read_data(self, number: int, row: Sequence[Sent]) -> None:
        """Make a draft of a row, or keep what could be read of it beside its problems."""
        self.rows_read += 1
        self._find_strays(number, row)
        before = len(self.problems)
        values = self._read_values(number, row)
        is_sound = len(self.problems) == before and number not in self.merged
        if not self.header.is_complete:
            self.suspects |= list_codes(row)
        elif is_sound:
            self.note_twin(number, len(self.drafts), values)
            place = Place(self.sheet.title, number, self.header.letters)
            self.drafts.append(self.sheet.draft_type(place=place, **values))
        else:
            self.refused.append(values)

    def _read_values(self, number: int, row: Sequence[Sent]) -> dict[str, object]:
        """The values of a row's sound cells by field; each faulty or missing cell adds a problem."""
        values: dict[str, object] = {}
        for placed in self.header.placed:
            column = placed.column
            value = self._read_cell(placed, number, row)
            if value is BLANK:
                if column.required and number not in self.merged:
                    self._note("import.missing_value", placed, number)
                continue
            if column.kind is Kind.MONEY:
                self.sums.add(column.field, value if isinstance(value, int) else None)
            if isinstance(value, dict):
                values.update(value)
            elif value is not _FAULTY:
                values[column.field] = value
        return values

    def _read_cell(self, placed: Placed, number: int, row: Sequence[Sent]) -> object:
        try:
            return placed.read(row[placed.index])
        except ValueFault as fault:
            self._note(fault.code, placed, number, **fault.params)
            return _FAULTY

    def find_first(self, key: tuple[object, ...], place: int) -> int | None:
        """Which draft had the key before that at `place`; none where that is the first."""
        first = self._first_rows.setdefault(key, place)
        return None if first == place else first

    def note_twin(self, number: int, place: int, values: dict[str, object]) -> None:
        """A row that repeats an earlier one word for word: by its key it is the same, without one another."""
        key = tuple(values.get(name) for name in self.sheet.key)
        has_key = any(part is not None for part in key)
        if not has_key:
            self.keyless += 1
            key = tuple(values.items())
        first = self.find_first(key, place)
        if first is None:
            return
        earlier = self.drafts[first]
        if all(getattr(earlier, name) == value for name, value in values.items()):
            letter = self.header.letters.get(self.sheet.key[0], "A") if self.sheet.key else "A"
            code = "import.repeated_row" if has_key else "import.alike_row"
            where = f"{self.sheet.title}!{letter}{number}"
            self.problems.append(warning(code, where, row=number, first=earlier.place.row))

    def _read_totals(self, number: int, row: Sequence[Sent], label: str) -> None:
        """Keep the amounts of a 合计 or 小计 row for comparison; the row itself is never data."""
        for placed in self.header.placed:
            if placed.column.kind is Kind.MONEY:
                value = self._read_cell(placed, number, row)
                if isinstance(value, int):
                    self.sums.state(placed.column, self._where(placed, number), value, label)
        if label == SECTION:
            self.sums.begin_section()

    def _compare_example(self, number: int, row: Sequence[Sent]) -> None:
        """An example line that somebody has written over is left out as well, but not in silence."""
        changed = find_change(self.header.placed, row, example_line(self.sheet))
        if changed:
            self.problems.append(warning("import.example_changed", self._where(changed, number), row=number))

    def _find_strays(self, number: int, row: Sequence[Sent]) -> None:
        """Report values in a column without a title, once for each column."""
        if len(row) == len(self.header.titled):
            return
        for index, sent in enumerate(row):
            if decode_cell(sent) is not None and index not in self.header.titled and index not in self._stray:
                self._stray.add(index)
                where = f"{self.sheet.title}!{name_column(index)}{number}"
                self.problems.append(fatal("import.untitled_column", where, column=name_column(index)))

    def _note(self, code: str, placed: Placed, number: int, **params: object) -> None:
        where = self._where(placed, number)
        self.problems.append(fatal(code, where, column=placed.column.title, **params))

    def _where(self, placed: Placed, number: int) -> str:
        return f"{self.sheet.title}!{placed.letter}{number}"
