"""Makes of the tables of a file, by their mapping, the sheets of the template: drafts whose places are the file's."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from funds.drafts import Draft, Place
from funds.faults import ValueFault
from funds.intake.cells import Cell
from funds.intake.columns import Column, Kind, Sheet
from funds.intake.foreign.doubts import describe_doubts
from funds.intake.foreign.grids import Grid
from funds.intake.foreign.mapping import Feed, Mappings, PartMapping
from funds.intake.foreign.names import BODY_OF_TITLE, Body, Directory, coin_code
from funds.intake.foreign.parts import PART_BY_SHEET
from funds.intake.foreign.reading import ForeignReading
from funds.intake.foreign.tables import FoundRow, FoundTable
from funds.intake.foreign.totals import describe_totals
from funds.intake.foreign.values import Manner, is_share_fraction, read_national_code, read_value
from funds.intake.reading import WorkbookReading
from funds.intake.sheet_reading import SheetReading
from funds.intake.sheets import SHEET_BY_TITLE, SHEETS
from funds.problems import Problem, fatal, warning

# Sheets that name bodies: a name that the book does not know yet gets a code there.
_NATIONAL = "国标行业代码"
_NAMING = {"企业名录": Body.COMPANY, "机构": Body.PARTY, "基金": Body.FUND, "园区": Body.PARK}
# Whom a row is about; it says something of them only by another column.
_WHOM = {"company", "project", "fund", "investor", "park"}
_MOST_PROBLEMS = 1000
_SUGGESTED = 3


@dataclass(frozen=True)
class ForeignPlace(Place):
    """A row of somebody's own table that became a row of `part`; in one that lies on its side it is a column."""

    part: str = ""
    line: str = ""
    first: str = ""  # the row's first cell
    cells: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """The cell of a field; the row's first where the field is fed by words."""
        return self.cells.get(name) or self.first

    def holds(self, name: str) -> bool:
        """Whether a field has a cell of its own."""
        return name in self.cells

    @property
    def origin(self) -> str | None:
        """`台账!14→投资`, `台账!H14→投资` for a table beside another: one row may become several of the book."""
        return f"{self.sheet}!{self.line}→{self.part}"


@dataclass
class _Gathered:
    """What a sheet of the template has been given so far."""

    drafts: list[Draft] = field(default_factory=list)
    keys: set[object] = field(default_factory=set)
    rows: int = 0
    total: int = 0
    refused: list[dict[str, object]] = field(default_factory=list)


def convert(reading: ForeignReading, mappings: Mappings, directory: Directory) -> WorkbookReading:
    """The file as if it had been sent in the template; problems name its own cells."""
    converter = _Converter(directory, mappings)
    for table, mapping in zip(reading.tables, mappings, strict=True):
        converter.problems.extend(describe_totals(table))
        converter.problems.extend(describe_doubts(table))
        if mapping.is_summary:
            converter.problems.append(warning("foreign.summary", table.corner, sheet=table.grid.title))
        elif not mapping.parts and table.rows:
            title = table.grid.title
            converter.problems.append(warning("foreign.table_left_out", table.corner, sheet=title))
        for part in mapping.parts:
            converter.take(table, part)
    problems = list(_tell_once([*reading.problems, *converter.problems]))
    if len(problems) > _MOST_PROBLEMS:
        excess = len(problems) - _MOST_PROBLEMS
        problems = [*problems[:_MOST_PROBLEMS], fatal("import.more_problems", "", count=excess)]
    return WorkbookReading(
        reading.name,
        reading.sha256,
        reading.size,
        reading.content,
        converter.sheets(),
        tuple(problems),
    )


def _tell_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Each once: what is wrong with a cell is wrong for every sheet and column that the cell feeds."""
    told: set[tuple[str, str, str]] = set()
    for problem in problems:
        text = problem.params.get("text") or problem.params.get("name") or str(problem.params)
        key = (problem.code, problem.where, text)
        if key not in told:
            told.add(key)
            yield problem


class _Converter:
    """Goes through the tables row by row."""

    def __init__(self, directory: Directory, mappings: Mappings) -> None:
        self.problems: list[Problem] = []
        self._directory = directory
        self._gathered: dict[str, _Gathered] = defaultdict(_Gathered)
        named = {part.sheet for mapping in mappings for part in mapping.parts}
        self._may_coin = {body for sheet, body in _NAMING.items() if sheet in named}
        if Body.COMPANY in self._may_coin or Body.FUND in self._may_coin:
            self._may_coin.add(Body.PARTY)
        self._told: set[tuple[str, str]] = set()

    def sheets(self) -> tuple[SheetReading, ...]:
        """The sheets in order of import."""
        return tuple(
            SheetReading(
                sheet.title,
                sheet.draft_type,
                tuple(found.drafts),
                found.rows,
                found.total,
                refused=tuple(found.refused),
            )
            for sheet in SHEETS
            if (found := self._gathered.get(sheet.title)) is not None
        )

    def take(self, table: FoundTable, part: PartMapping) -> None:
        """All rows of a table for one sheet of the template."""
        sheet = SHEET_BY_TITLE[part.sheet]
        columns = {column.title: column for column in sheet.columns}
        manners = {title: _manner(table, columns[title], feed) for title, feed in part.feeds.items()}
        for row in table.rows:
            if _says_something(row, part, sheet):
                self._take_row(table, row, sheet, part, manners)

    def _take_row(
        self,
        table: FoundTable,
        row: FoundRow,
        sheet: Sheet,
        part: PartMapping,
        manners: Mapping[str, Manner],
    ) -> None:
        gathered = self._gathered[sheet.title]
        gathered.rows += 1
        place = _place(table.grid, table, row, sheet, part)
        values: dict[str, object] = {}
        before = len(self.problems)
        for column in sheet.columns:
            feed = part.feeds.get(column.title)
            value = None if feed is None else self._read(row, column, feed, manners[column.title], place)
            if value is None:
                if column.required and len(self.problems) == before:
                    where = place.of(column.field)
                    self.problems.append(fatal("import.missing_value", where, column=column.title))
                continue
            values.update(value if isinstance(value, dict) else {column.field: value})
        if len(self.problems) > before and any(
            one.severity.value == "fatal" for one in self.problems[before:]
        ):
            gathered.refused.append(values)
            return
        self._keep(gathered, sheet, place, values)

    def _keep(self, gathered: _Gathered, sheet: Sheet, place: Place, values: dict[str, object]) -> None:
        """A draft of the row; whoever is named again, or is known already, is no news."""
        if sheet.title in _NAMING:
            code = values["code"]
            known = self._directory.codes.get(_NAMING[sheet.title], {}).values()
            if code in gathered.keys or code in known:
                return
            gathered.keys.add(code)
        amount = values.get(sheet.total or "")
        gathered.total += amount if isinstance(amount, int) else 0
        gathered.drafts.append(sheet.draft_type(place=place, **values))

    def _read(self, row: FoundRow, column: Column, feed: Feed, manner: Manner, place: Place) -> object:
        cell = feed.words if feed.column is None else row.cells[feed.column]
        if column.title == _NATIONAL:
            return self._read_national(cell, place.of(column.field))
        try:
            value = read_value(cell, column, manner)
            body = BODY_OF_TITLE.get(column.title)
            if body is None or not isinstance(value, str):
                return value
            return self._resolve(body, value, column, place)
        except ValueFault as fault:
            # A credit code is no more than a help: a bad one is told, and left out.
            note = warning if column.kind is Kind.CREDIT_CODE else fatal
            self.problems.append(
                note(fault.code, place.of(column.field), **{"column": column.title, **fault.params})
            )
            return None

    def _read_national(self, cell: Cell, where: str) -> str | None:
        """A national industry code that stands in a cell; words alone are told with the codes that they may mean."""
        code = read_national_code(cell)
        if code is None and isinstance(cell, str) and (_NATIONAL, cell) not in self._told:
            self._told.add((_NATIONAL, cell))
            if near := self._directory.national_like(cell):
                self.problems.append(
                    warning("foreign.no_national_code", where, text=cell, near="、".join(near[:_SUGGESTED]))
                )
        return code

    def _resolve(self, body: Body, text: str, column: Column, place: Place) -> str | None:
        """The code of a name; a newcomer's where this file introduces it."""
        found = self._directory.find(body, text)
        if found is not None:
            if self._directory.is_former(body, text) and (body, text) not in self._told:
                self._told.add((body, text))
                self.problems.append(
                    warning("foreign.former_name", place.of(column.field), name=text, code=found)
                )
            return found
        if body in self._may_coin:
            return coin_code(body, text)
        near = "、".join(self._directory.suggest(body, text)[:_SUGGESTED])
        code = "foreign.unknown_name_near" if near else "foreign.unknown_name"
        self.problems.append(fatal(code, place.of(column.field), column=column.title, name=text, near=near))
        return None


def _says_something(row: FoundRow, part: PartMapping, sheet: Sheet) -> bool:
    """Whether a row has a word of its own for the sheet: firms without an exit have no row of exits."""
    own = [
        feed.column
        for title, feed in part.feeds.items()
        if feed.column is not None and title in _telling_titles(sheet.title)
    ]
    if not own:
        own = [feed.column for feed in part.feeds.values() if feed.column is not None]
    return any(row.cells[at] is not None and at not in row.filled for at in own)


def _telling_titles(sheet: str) -> set[str]:
    """The columns without which a row has nothing to say for a sheet, whoever it is about."""
    part = PART_BY_SHEET.get(sheet)
    needed = {concept for group in part.needs for concept in group} - _WHOM if part else set()
    return {title for title, concepts in part.columns.items() if needed & set(concepts)} if part else set()


def _manner(table: FoundTable, column: Column, feed: Feed) -> Manner:
    if feed.column is None:
        return Manner()
    found = table.columns[feed.column]
    cells = [row.cells[feed.column] for row in table.rows]
    is_fraction = column.kind is Kind.PERCENT and is_share_fraction(cells, found.title.text)
    return Manner(found.unit, is_fraction)


def _place(grid: Grid, table: FoundTable, row: FoundRow, sheet: Sheet, part: PartMapping) -> Place:
    """Where each field of the row stands in the file."""
    cells = {
        name: table.where(row.row, feed.column)
        for column in sheet.columns
        if (feed := part.feeds.get(column.title)) is not None and feed.column is not None
        for name in column.fields
    }
    first = grid.where(row.row, 0)
    address = first.rpartition("!")[2]
    letter, number = address.rstrip("0123456789"), address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    # Tables beside each other share their lines: only the one at the edge of the sheet is told by the line alone.
    line = address if grid.left else letter if grid.is_turned else number
    return ForeignPlace(grid.title, int(number), {}, sheet.title, line, first, cells)
