"""Text files with separated values: whichever encoding and separator they came in, or why they are refused."""

import codecs
import csv
import re
from collections.abc import Iterator
from io import StringIO

from funds.intake.parts import MOST_COLUMNS, MOST_ROWS, PartFault
from funds.problems import fatal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = (",", "\t", ";", "|", "，")
_TRIED = 30
_LONGEST_HEAD = 2**18
_ILLEGIBLE = re.compile("[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]")
_LONGEST_FIELD = 100_000


def decode_text(content: bytes) -> str:
    """The text in UTF-8, UTF-16 or GB18030, whichever it is without a fault; else it is refused."""
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    if marked is None and b"\x00" in content[:4096]:
        marked = "utf-16-le" if content[1::2][:2048].count(0) >= content[::2][:2048].count(0) else "utf-16-be"
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_legible(text):
            return text
    raise PartFault(fatal("foreign.encoding"))


def read_separated(text: str) -> Iterator[list[str]]:
    """The rows of the text, split by the separator that gives the most even rows."""
    yield from _split(text, _choose_separator(text))


def _is_legible(text: str) -> bool:
    """No sign of another encoding: neither controls nor the private signs that wrong tables lead to."""
    return _ILLEGIBLE.search(text) is None


def _choose_separator(text: str) -> str:
    head = "\n".join(text[:_LONGEST_HEAD].splitlines()[:_TRIED])
    best, most = _SEPARATORS[0], 0
    for separator in _SEPARATORS:
        try:
            widths = [len(row) for row in csv.reader(StringIO(head), delimiter=separator) if row]
        except csv.Error:  # a field beyond all limits: not this separator
            continue
        usual = max(set(widths), key=widths.count, default=0)
        score = widths.count(usual) * (usual > 1) * (usual + 1)
        if score > most:
            best, most = separator, score
    return best


def _split(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise PartFault(fatal("foreign.bad_quotes", line=reader.line_num)) from fault
        number += 1
        if number > MOST_ROWS or len(row) > MOST_COLUMNS:
            raise PartFault(fatal("import.far_cell", part="CSV", rows=MOST_ROWS, columns=MOST_COLUMNS))
        yield row
