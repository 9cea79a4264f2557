"""Files made to fill the memory or the afternoon of whoever opens them: each is refused within a second."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from funds.intake.child import describe_workbook
from funds.intake.foreign import reading as foreign_reading
from funds.intake.foreign.reading import read_foreign
from funds.intake.reading import read_content
from funds.problems import Severity
from tests.faults.kinds import Kind, fault
from tests.funds.intake.test_archive import CASES as ARCHIVES
from tests.funds.intake.test_parts import CASES as PARTS
from tests.funds.intake.test_parts import SHEET, SOUND
from tests.funds.intake.workbooks import change_part, put_parts

MOST_SECONDS = 1.0
DEEP, MANY = 100_000, 10_000_000
XML = b'<?xml version="1.0" encoding="UTF-8"?>'
WORKSHEET = XML + b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData>"


@dataclass(frozen=True)
class Bomb:
    """What is in it, of which kind it is, and under which name a workbook or another file would come."""

    kind: Kind
    make: Callable[[], bytes]
    name: str = "a.xlsx"


def known(cases: dict[str, tuple[bytes, str]], case: str) -> Callable[[], bytes]:
    """A file that other tests have made."""
    return lambda: cases[case][0]


def deep(part: str, start: bytes = XML, tag: bytes = b"a") -> Callable[[], bytes]:
    """A part with elements in elements in elements."""
    return lambda: put_parts(SOUND, {part: start + b"<%b>" % tag * DEEP + b"</%b>" % tag * DEEP})


def within(data: Callable[[], bytes]) -> Callable[[], bytes]:
    """A sheet with something more at its end."""
    return lambda: change_part(SOUND, SHEET, END, data() + END)


BOMBS = {
    **{
        name: Bomb(Kind.ZIP_BOMB, known(ARCHIVES, name))
        for name in (
            "256 MB of nothing",
            "401 MB declared",
            "small bombs in numbers",
            "10,001 members",
            "an archive within",
            "names twice",
            "a path upwards",
        )
    },
    "fewer bytes declared than there are": Bomb(
        Kind.ZIP_BOMB, known(PARTS, "fewer bytes declared than there are")
    ),
    "more bytes declared than there are": Bomb(
        Kind.ZIP_BOMB, known(PARTS, "more bytes declared than there are")
    ),
    "an archive under another name": Bomb(Kind.ZIP_BOMB, known(PARTS, "an archive under another name")),
    **{
        name: Bomb(Kind.XML_BOMB, known(PARTS, name))
        for name in (
            "entities in a sheet",
            "an outside entity in the texts",
            "entities in the list of sheets",
            "a declaration across the edge of a chunk",
            "UTF-16",
            "UTF-7",
        )
    },
    **{
        name: Bomb(Kind.FAR_CELL, known(PARTS, name))
        for name in (
            "a cell in the last corner",
            "a cell in row 120,001",
            "an empty row 1,000,000",
            "a cell in column ZZ",
            "wide dimensions",
            "long dimensions",
        )
    },
    "elements within elements of a sheet": Bomb(Kind.DEEP_NESTING, deep(SHEET, WORKSHEET)),
    "rows within rows": Bomb(Kind.DEEP_NESTING, deep(SHEET, WORKSHEET, b"row")),
    "texts within texts": Bomb(
        Kind.DEEP_NESTING, deep(SHEET, WORKSHEET + b'<row r="1"><c r="A1" t="inlineStr">', b"is")
    ),
    "shared texts within texts": Bomb(
        Kind.DEEP_NESTING, deep("xl/sharedStrings.xml", XML + b"<sst><si>", b"r")
    ),
    "elements within the list of sheets": Bomb(Kind.DEEP_NESTING, deep("xl/workbook.xml")),
    "elements within the styles": Bomb(Kind.DEEP_NESTING, deep("xl/styles.xml")),
    "tables within tables of a page": Bomb(
        Kind.DEEP_NESTING, lambda: b"<html>" + b"<table><tr><td>" * DEEP, "a.xls"
    ),
    "boxes within boxes of a page": Bomb(
        Kind.DEEP_NESTING, lambda: b"<html><table><tr><td>" + b"<div>" * DEEP, "a.xls"
    ),
    "a hundred thousand joined cells": Bomb(
        Kind.FAR_CELL,
        lambda: change_part(
            SOUND,
            SHEET,
            END,
            END
            + b"<mergeCells>"
            + b"".join(b'<mergeCell ref="A%d:B%d"/>' % (row, row) for row in range(1, DEEP))
            + b"</mergeCells>",
        ),
    ),
    "cells joined down and across a page": Bomb(
        Kind.FAR_CELL,
        lambda: b"<html><table>" + b"<tr><td rowspan=1000000 colspan=1000>x</td></tr>" * 50 + b"</table>",
        "a.xls",
    ),
    "a formula of two million signs": Bomb(
        Kind.ZIP_BOMB,
        within(lambda: b'<row r="3"><c r="A3"><f>' + b"A1+" * 700_000 + b"</f></c></row>"),
    ),
    "a number of a million digits": Bomb(
        Kind.MALFORMED_FILE,
        within(lambda: b'<row r="3"><c r="A3"><v>' + b"9" * 1_000_000 + b"</v></c></row>"),
    ),
    "a field of two hundred thousand signs": Bomb(
        Kind.MALFORMED_FILE, lambda: b"name,amount\n" + b"x" * 200_000 + b",1\n", "a.txt"
    ),
    "forty megabytes in one line": Bomb(Kind.FAR_CELL, lambda: b"a," * (2 * MANY), "a.csv"),
    "ten million lines": Bomb(Kind.FAR_CELL, lambda: b"1,2\n" * MANY, "a.csv"),
    "a quotation that never ends": Bomb(Kind.MALFORMED_FILE, lambda: b'"' + b"x,\n" * MANY, "a.csv"),
    "one cell of forty megabytes": Bomb(Kind.MALFORMED_FILE, lambda: b"x" * (4 * MANY), "a.csv"),
}
LARGE = {name for name, bomb in BOMBS.items() if bomb.name.endswith(".csv")}


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child's work without the child, whose own start would be measured with it."""
    monkeypatch.setattr(foreign_reading, "parse_workbook", describe_workbook)


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            name,
            id=name.replace(" ", "-"),
            marks=[fault("Z1", bomb.kind), *([pytest.mark.full] if name in LARGE else [])],
        )
        for name, bomb in BOMBS.items()
    ],
)
def test_it_is_refused_within_a_second(name: str, tell: Callable[..., None]) -> None:
    bomb = BOMBS[name]
    content = bomb.make()
    began = time.process_time()
    if bomb.name.endswith(".xlsx"):
        problems = read_content(bomb.name, content, describe_workbook).problems
    else:
        problems = read_foreign(bomb.name, content).problems
    taken = time.process_time() - began
    assert [problem for problem in problems if problem.severity is Severity.FATAL]
    assert taken <= MOST_SECONDS
    tell(line=f"bomb: {name}", count=1, slowest=taken, note=problems[0].code)
