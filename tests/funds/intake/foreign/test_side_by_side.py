"""Two tables on the same lines of a sheet: each keeps its own heading, rows, totals, places and decisions."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import load_workbook

from funds.book import Book
from funds.intake import ImportResult, WorkbookReading, import_workbook
from funds.intake.annotation import Note, annotate_workbook
from funds.intake.choices import Choice, Choices
from funds.intake.foreign.converting import convert
from funds.intake.foreign.names import read_directory
from funds.intake.foreign.proposing import propose_mappings
from funds.intake.foreign.reading import ForeignReading, read_foreign
from funds.models import DealFact, Entry, Fund, Party
from tests.builders import day, prepared_book, rows_of, wan
from tests.engines import SqliteDatabases
from tests.funds.intake.foreign.beside import (
    BESIDE,
    BLANK,
    FIRST,
    LEFT,
    RIGHT,
    SECOND,
    Line,
    beside_book,
    write_beside,
)


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "tables side by side", beside_book) as made:
        yield made


def find(content: bytes) -> ForeignReading:
    return read_foreign("台账.xlsx", content)


def read(book: Book, content: bytes) -> WorkbookReading:
    found = find(content)
    with book.look() as look:
        directory = read_directory(look.connection, look.version, None)
    return convert(found, propose_mappings(found.tables, directory.headings()), directory)


def record(book: Book, choices: Choices | None = None, *, dry_run: bool = False) -> ImportResult:
    reading = read(book, write_beside(BESIDE))
    return import_workbook(book, "local", reading, dry_run=dry_run, choices=choices)


def payments(book: Book, code: str) -> list[int]:
    """What a fund paid to firms, in 万元, from the smallest."""
    (party,) = rows_of(book, Party, code=code)
    (held,) = rows_of(book, Fund, party_id=party["id"])
    lines = rows_of(book, Entry, fund_id=held["id"])
    return sorted(-line["amount_fen"] // wan(1) for line in lines if line["amount_fen"] < 0)


def test_each_table_has_its_own_heading_rows_and_total() -> None:
    left, right = find(write_beside(BESIDE)).tables
    assert (left.heading, right.heading) == (("示例一号基金 投资台账",), ("示例二号基金 投资台账",))
    assert (left.corner, right.corner) == ("台账!A2", "台账!F2")
    assert [[row.row + 1 for row in table.rows] for table in (left, right)] == [[3, 4], [3, 4, 5]]
    assert [[line.row + 1 for line, _ in table.totals] for table in (left, right)] == [[5], [6]]


def test_what_is_said_over_both_tables_is_said_of_each() -> None:
    lines = [(("示例基金 台账", None, "单位：亿元", None), BLANK), *BESIDE[1:]]
    left, right = find(write_beside(lines)).tables
    assert left.heading == right.heading == ("示例基金 台账", "单位：亿元")


def test_a_table_below_one_of_two_is_found_with_its_own_places() -> None:
    below: list[tuple[Line, Line]] = [
        ((FIRST, day("2022-09-01"), 8, None), ("出资人", "认缴额（万元）", "签署日", None)),
        ((FIRST, day("2022-10-01"), 9, None), ("民营甲公司", 10, day("2022-01-01"), None)),
    ]
    left, right, last = find(write_beside([*BESIDE[:4], *below])).tables
    assert (len(left.rows), len(right.rows), len(last.rows)) == (4, 2, 1)
    assert (last.corner, last.where(last.rows[0].row, 1)) == ("台账!F5", "台账!G6")


def test_a_table_goes_on_beside_the_header_of_another() -> None:
    below: list[tuple[Line, Line]] = [
        (("出资人", "认缴额（万元）", "签署日", None), BLANK),
        (("民营甲公司", 10, day("2022-01-01"), None), (SECOND, day("2022-09-01"), 8, None)),
        (BLANK, (SECOND, day("2022-10-01"), 9, None)),
    ]
    tables = find(write_beside([*BESIDE[:4], *below])).tables
    assert {table.corner: len(table.rows) for table in tables} == {"台账!A2": 2, "台账!A5": 1, "台账!F2": 4}


@pytest.mark.parametrize(
    ("choices", "of_a", "of_b", "updated"),
    [
        ({LEFT: Choice.SKIP, RIGHT: Choice.UPDATE}, [5, 300], [6, 7, 401], 1),
        ({LEFT: Choice.UPDATE, RIGHT: Choice.SKIP}, [5, 301], [6, 7, 400], 1),
        ({LEFT: Choice.BOTH, RIGHT: Choice.SKIP}, [5, 300, 301], [6, 7, 400], 0),
    ],
)
def test_rows_on_one_line_are_decided_about_apart(
    book: Book, choices: Choices, of_a: list[int], of_b: list[int], updated: int
) -> None:
    met = record(book, dry_run=True).meetings
    assert [one.clash.draft.place.origin for one in met] == [LEFT, RIGHT]
    result = record(book, choices)
    assert result.version is not None
    assert (result.updated, payments(book, "A"), payments(book, "B")) == (updated, of_a, of_b)
    head = book.head()
    met = record(book, dry_run=True).meetings
    again = record(book, {one.clash.draft.place.origin: Choice.SKIP for one in met})
    assert (again.version, again.already, book.head()) == (None, True, head)


def test_the_book_remembers_from_which_of_the_tables_a_payment_came(book: Book) -> None:
    record(book, {LEFT: Choice.BOTH, RIGHT: Choice.BOTH})
    origins = {row["origin"] for row in rows_of(book, DealFact)}
    assert {LEFT, RIGHT, "台账!4→投资", "台账!F4→投资", "台账!F5→投资"} <= origins


def test_what_is_wrong_is_told_at_the_cell_of_its_own_table(book: Book) -> None:
    lines = list(BESIDE)
    lines[3] = ((FIRST, day("2022-06-01"), "约五万", None), (SECOND, "待定", 6, None))
    lines[5] = (BLANK, ("合计", None, 9_999, None))
    content = write_beside(lines)
    told = {(one.code, one.where) for one in read(book, content).problems if one.severity == "fatal"}
    assert {where for _, where in told} == {"台账!C4", "台账!G4", "台账!H6"}
    assert ("import.total_mismatch", "台账!H6") in told
    notes = [Note(where, "fatal", code) for code, where in sorted(told)]
    words = {key: key for key in ("number", "severity", "sheet", "cell", "problem", "fatal", "warning")}
    sheet = load_workbook(BytesIO(annotate_workbook(content, notes, words)))["台账"]
    marked = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert marked == {"C4", "G4", "H6"}


def test_a_broken_rule_is_told_at_the_table_that_broke_it(book: Book) -> None:
    lines = list(BESIDE)
    lines[3] = (lines[3][0], (SECOND, day("2022-07-01"), 5_000, None))
    lines[5] = (BLANK, BLANK)
    result = import_workbook(book, "local", read(book, write_beside(lines)), dry_run=True)
    where = {one.where for one in result.problems if one.severity == "fatal"}
    assert where
    assert {one.rpartition("!")[2][0] for one in where} <= set("FGH"), where
