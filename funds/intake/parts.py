"""The parts of a workbook, gone through once before any parser: whole, plain, and within limits."""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Set

from funds.intake.addresses import number_column
from funds.problems import Problem, fatal

MOST_ROWS = 120_000
MOST_COLUMNS = 200
_CHUNK = 2**20
_OVERLAP = 256
_TEXTUAL = (".xml", ".rels", ".vml")
_ENCODING = re.compile(rb"""^[^>]*encoding\s*=\s*["']([A-Za-z0-9_.:-]+)""")
_PLAIN_ENCODINGS = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_DIMENSION = re.compile(rb"<(?:[A-Za-z0-9]+:)?dimension\s[^>]*?ref=\"(?:[^\":]*:)?([A-Za-z]*)([0-9]*)\"")
# Column 200 is GR; what lies beyond, or in a six-figure row, is looked at more closely.
_FAR = re.compile(
    rb'r="(?:(?P<column>[A-Za-z]{3,}|[Gg][S-Zs-z]|[H-Zh-z][A-Za-z])[0-9]+|[A-Za-z]{0,2}(?P<row>[0-9]{6,}))"'
)
# Signs of what the reader of values passes over in silence: formulas, errors, and what is hidden.
_SIGNS = (b't="e"', b"t='e'", b">#", b"hidden")
# The elements of drop-down lists are only named like those of formulas; most chunks hold neither.
_PERHAPS_FORMULAS = (b"<f", b":f")
_FORMULA = re.compile(rb"[<:]f[\s/>]")


class PartFault(Exception):
    """The workbook must not be read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


def check_parts(archive: zipfile.ZipFile, sheets: Set[str], signs: Iterable[bytes] = ()) -> set[str]:
    """Read every part to its end, raise PartFault for what is wrong, and name the sheets that hold signs."""
    wanted = (*_SIGNS, *signs)
    marked: set[str] = set()
    for member in archive.infolist():
        name = member.filename
        for place, chunk in enumerate(_read_part(archive, member)):
            if name in sheets:
                _check_reach(chunk, name, is_first=not place)
                if any(sign in chunk for sign in wanted) or _has_formula(chunk):
                    marked.add(name)
            elif name == "[Content_Types].xml" and b"macroEnabled" in chunk:
                raise PartFault(fatal("import.macros"))
    return marked


def _read_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part's bytes in chunks that overlap a little, so that nothing hides across an edge."""
    is_text = member.filename.lower().endswith(_TEXTUAL)
    total, last = 0, b""
    try:
        with archive.open(member) as stream:
            while block := stream.read(_CHUNK):
                if not total:
                    _check_start(block, is_text, member.filename)
                total += len(block)
                chunk = last + block
                if is_text and b"!" in chunk and (b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk):
                    raise PartFault(fatal("import.entities", part=member.filename))
                yield chunk
                last = chunk[-_OVERLAP:]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise PartFault(fatal("import.damaged")) from error
    if total != member.file_size:
        raise PartFault(fatal("import.damaged"))


def _has_formula(chunk: bytes) -> bool:
    return any(sign in chunk for sign in _PERHAPS_FORMULAS) and _FORMULA.search(chunk) is not None


def _check_start(block: bytes, is_text: bool, part: str) -> None:
    """Text must be UTF-8, for nothing else shows its bytes plainly; other parts must not be archives."""
    if not is_text:
        if block.startswith(b"PK\x03\x04"):
            raise PartFault(fatal("import.nested"))
        return
    encoding = _ENCODING.match(block[:_OVERLAP])
    if b"\x00" in block[:4] or block.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PartFault(fatal("import.encoding", part=part))
    if encoding and encoding[1].lower() not in _PLAIN_ENCODINGS:
        raise PartFault(fatal("import.encoding", part=part))


def _check_reach(chunk: bytes, part: str, *, is_first: bool) -> None:
    """Refuse cells, and dimensions announced at the start, beyond the limits of a sheet."""
    reached = [(found["column"], found["row"]) for found in _FAR.finditer(chunk)]
    dimension = _DIMENSION.search(chunk) if is_first else None
    if dimension and number_column(dimension[1].decode()) >= MOST_COLUMNS:
        reached.append((dimension[1], None))
    elif dimension:
        reached.append((None, dimension[2] or b"0"))
    if any(column or int(row) > MOST_ROWS for column, row in reached):
        raise PartFault(fatal("import.far_cell", part=part, rows=MOST_ROWS, columns=MOST_COLUMNS))
