"""Reads a workbook to drafts and problems: everything that can be said of it before the book is asked."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from funds.intake.archive import MOST_BYTES, check_archive
from funds.intake.cells import Sent, decode_cell, list_codes
from funds.intake.cover import COVER_TITLE, Cover, read_cover
from funds.intake.our_sheets import OUR_SHEETS
from funds.intake.parsing import parse_workbook
from funds.intake.sheet_reading import SheetReading, SheetShape, read_sheet
from funds.intake.sheets import SHEET_BY_TITLE, SHEETS
from funds.intake.totals import Control, Counted, check_controls
from funds.numerals import fold_width
from funds.problems import Problem, Severity, fatal, warning

Line = dict[str, Any]
Parse = Callable[[bytes], Iterator[Line]]


@dataclass(frozen=True)
class WorkbookReading:
    """A workbook as read: its file, its cover, its sheets in order of import, and the problems so far."""

    name: str
    sha256: str
    size: int
    content: bytes = field(repr=False)
    sheets: tuple[SheetReading, ...] = ()
    problems: tuple[Problem, ...] = ()
    city: str | None = None
    filer: str | None = None
    as_of: date | None = None
    controls: tuple[Control, ...] = ()
    suspects: frozenset[str] = frozenset()

    @property
    def is_sound(self) -> bool:
        """Whether nothing fatal was found."""
        return all(problem.severity is not Severity.FATAL for problem in self.problems)

    @property
    def rows_read(self) -> int:
        """The rows of data, in all sheets."""
        return sum(sheet.rows_read for sheet in self.sheets)


def read_workbook(path: Path) -> WorkbookReading:
    """Read the file at `path`; what is too big is not even taken into memory."""
    if path.stat().st_size > MOST_BYTES:
        problem = fatal("import.too_big", size=path.stat().st_size // 2**20, most=MOST_BYTES // 2**20)
        return WorkbookReading(path.name, "", path.stat().st_size, b"", problems=(problem,))
    return read_content(path.name, path.read_bytes())


def read_content(name: str, content: bytes, parse: Parse | None = None) -> WorkbookReading:
    """Read a workbook from its bytes, as an upload brings them; `parse` may be watched over."""
    reading = WorkbookReading(name, hashlib.sha256(content).hexdigest(), len(content), content)
    problem = check_archive(content)
    if problem:
        return replace(reading, problems=(problem,))
    gathered = _Gathered()
    gathered.read_lines((parse or parse_workbook)(content))
    return gathered.complete(reading)


@dataclass
class _Gathered:
    """What has been read of a workbook's sheets so far."""

    sheets: dict[str, SheetReading] = field(default_factory=dict)
    cover: Cover = field(default_factory=Cover)
    problems: list[Problem] = field(default_factory=list)
    suspects: set[str] = field(default_factory=set)
    _ahead: list[Line] = field(default_factory=list)
    _titles: set[str] = field(default_factory=set)

    def read_lines(self, lines: Iterator[Line]) -> None:
        """Take the child's lines: a sheet's own, then those of its rows."""
        for line in self._walk(lines):
            if "sheet" in line:
                rows = self._take_rows(lines)
                self._read_sheet(line, rows)
                deque(rows, maxlen=0)
            elif "problem" in line:
                told = line["problem"]
                self.problems.append(Problem(told["code"], told["where"], params=told["params"]))

    def complete(self, reading: WorkbookReading) -> WorkbookReading:
        """The whole reading, control totals compared, sheets in order of import."""
        counted = {title: Counted(sheet.rows_read, sheet.known_total) for title, sheet in self.sheets.items()}
        sheets = tuple(self.sheets[sheet.title] for sheet in SHEETS if sheet.title in self.sheets)
        problems = [*self.problems, *self.cover.problems, *check_controls(self.cover.controls, counted)]
        problems.extend(problem for sheet in sheets for problem in sheet.problems)
        if not problems and not any(sheet.rows_read for sheet in sheets):
            problems.append(fatal("import.nothing"))
        suspects = self.suspects.union(*(sheet.suspects for sheet in sheets))
        return replace(
            reading,
            sheets=sheets,
            problems=tuple(problems),
            city=self.cover.city,
            filer=self.cover.filer,
            as_of=self.cover.as_of,
            controls=self.cover.controls,
            suspects=frozenset(suspects),
        )

    def _walk(self, lines: Iterator[Line]) -> Iterator[Line]:
        """Each line that is not of rows, also those met while taking rows."""
        for line in lines:
            yield line
            while self._ahead:
                yield self._ahead.pop()

    def _take_rows(self, lines: Iterator[Line]) -> Iterator[list[Sent]]:
        for line in lines:
            if "rows" not in line:
                self._ahead.append(line)
                return
            yield from line["rows"]

    def _read_sheet(self, line: Line, rows: Iterator[list[Sent]]) -> None:
        """Read a sheet of the template; of any other only whether it holds anything."""
        title = fold_width(line["sheet"]).replace(" ", "")
        if title in OUR_SHEETS:
            return
        where = f"{line['sheet']}!A1"
        if line["is_hidden"]:
            self.problems.append(warning("import.hidden_sheet", where, sheet=line["sheet"]))
        elif title in self._titles:
            self.problems.append(fatal("import.duplicate_sheet", where, sheet=title))
        elif title == COVER_TITLE:
            self.cover = read_cover([[decode_cell(cell) for cell in row] for row in rows])
        elif title in SHEET_BY_TITLE:
            shape = SheetShape(
                line["merged"], line["hidden_rows"], line["hidden_columns"], line["calculated"]
            )
            self.sheets[title] = read_sheet(SHEET_BY_TITLE[title], shape, rows)
        else:
            self._refuse_sheet(line["sheet"], where, rows)
        self._titles.add(title)

    def _refuse_sheet(self, title: str, where: str, rows: Iterator[list[Sent]]) -> None:
        """A sheet that is not of the template; its codes may be what other rows refer to."""
        texts = {code for row in rows for code in list_codes(row)}
        if not texts:
            return
        self.suspects.update(texts)
        nearest = get_close_matches(title, list(SHEET_BY_TITLE), n=1, cutoff=0.3)
        if nearest:
            self.problems.append(fatal("import.misspelt_sheet", where, sheet=title, nearest=nearest[0]))
        else:
            titles = "、".join(SHEET_BY_TITLE)
            self.problems.append(fatal("import.unknown_sheet", where, sheet=title, sheets=titles))
