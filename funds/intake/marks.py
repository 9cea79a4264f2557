"""What a sheet's XML tells beyond its values: formulas not calculated, errors, percentages, hidden rows."""

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from defusedxml.ElementTree import parse

from funds.intake.addresses import number_column

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_QUOTED = re.compile(r'"[^"]*"|\\.')
_PERCENT_FORMATS = (9, 10)
_TRUE = ("1", "true")
_DIGITS = "0123456789"


@dataclass
class Marks:
    """Marked cells by row and column (from 0), hidden rows and columns, and how many formulas have values."""

    calculated: int = 0
    cells: dict[int, dict[int, tuple[str, str]]] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


def locate_sheets(archive: zipfile.ZipFile) -> list[str]:
    """The part of each sheet, in the workbook's order."""
    with archive.open("xl/_rels/workbook.xml.rels") as stream:
        targets = {relation.get("Id"): relation.get("Target", "") for relation in parse(stream).getroot()}
    with archive.open("xl/workbook.xml") as stream:
        sheets = [element for element in parse(stream).getroot().iter() if _local(element.tag) == "sheet"]
    return [_absolute(targets.get(_relation_id(sheet.attrib), "")) for sheet in sheets]


def find_percent_styles(archive: zipfile.ZipFile) -> set[str]:
    """The numbers of the cell styles that show a number as a percentage."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    with archive.open("xl/styles.xml") as stream:
        root = parse(stream).getroot()
    percent = {str(number) for number in _PERCENT_FORMATS}
    for element in root.iter():
        if _local(element.tag) == "numFmt" and "%" in _QUOTED.sub("", element.get("formatCode", "")):
            percent.add(element.get("numFmtId", ""))
    styles = [element for element in root if _local(element.tag) == "cellXfs"]
    return {
        str(number)
        for element in styles
        for number, style in enumerate(element)
        if style.get("numFmtId") in percent
    }


def scan_sheet(stream: IO[bytes], percent_styles: set[str]) -> Marks:
    """Go through a sheet's XML once and note its marks."""
    scan = _Scan(percent_styles)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.read_text
    parser.ParseFile(stream)
    return scan.marks


class _Scan:
    """Where the parser stands, and what it has noted so far."""

    def __init__(self, percent_styles: set[str]) -> None:
        self.marks = Marks()
        self._percent_styles = percent_styles
        self._row = self._column = -1
        self._cell: dict[str, str] = {}
        self._has_formula = self._is_value = False
        self._text = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            place = attributes.get("r")
            self._column = number_column(place.rstrip(_DIGITS)) if place else self._column + 1
            self._cell, self._has_formula, self._text = attributes, False, ""
        elif name == "v":
            self._is_value = True
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 2)) - 1
            self._column = -1
            if attributes.get("hidden") in _TRUE:
                self.marks.hidden_rows.append(self._row)
        elif name == "col" and attributes.get("hidden") in _TRUE:
            first, last = int(attributes["min"]), min(int(attributes["max"]), int(attributes["min"]) + 200)
            self.marks.hidden_columns.extend(range(first - 1, last))

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "v":
            self._is_value = False
        elif name == "c":
            self._note_cell()

    def read_text(self, text: str) -> None:
        if self._is_value:
            self._text += text

    def _note_cell(self) -> None:
        """A formula without a value is marked unless its value is the empty text."""
        kind = self._cell.get("t", "n")
        self.marks.calculated += bool(self._has_formula and self._text)
        if kind == "e":
            mark = ("error_cell", self._text)
        elif self._has_formula and not self._text and kind != "str":
            mark = ("formula", "")
        elif self._text and kind == "n" and self._cell.get("s") in self._percent_styles:
            mark = ("percent", self._text)
        else:
            return
        self.marks.cells.setdefault(self._row, {})[self._column] = mark


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _relation_id(attributes: dict[str, str]) -> str:
    """The sheet's relation, whose namespace differs in the strict form of the format."""
    return attributes.get(_RELATION) or next((v for k, v in attributes.items() if _local(k) == "id"), "")


def _absolute(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
