"""Which files are taken: by their ending, by what they begin with, and only when nothing in them can act.

An archive (docx, xlsx) is judged by its list of members; nothing of it is ever unpacked.
"""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO

from funds.rules.values import Fault

MEGABYTE = 2**20
LONGEST_NAME = 200
MOST_MEMBERS = 10_000
MOST_DIRECTORY = 4 * MEGABYTE
MOST_UNPACKED = 400 * MEGABYTE
MOST_RATIO = 200
HEAD = 1024

_ZIP, _DIRECTORY_END = b"PK\x03\x04", b"PK\x05\x06"
_DIRECTORY_TAIL = 22 + 2**16
# What a browser would take for a page, and a picture or paper of ours never begins with.
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|meta|\?xml)", re.I)
_PDF_ACTS = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia")
_ACTIVE_MEMBERS = re.compile(
    r"vbaproject|vbadata|(^|/)activex/|macrosheets/|oleobject|externallinks/|xl/connections\.xml"
    r"|\.(exe|dll|js|vbs|bat|cmd|ps1|html?|svg|jar|zip|xlsm|docm)$"
)
# Marks that turn or hide the letters of a name: 单据‮fdp.exe looks like a PDF.
_HIDDEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SEPARATORS = re.compile(r'[/\\:*?"<>|]')


def ending_of(name: str) -> str:
    """The ending of a file's name in small letters, without its point."""
    stem, point, ending = name.rpartition(".")
    return ending.lower() if point and stem else ""


def check_file(name: str, content: bytes, most: int) -> Iterator[Fault]:
    """Everything that keeps a file out; `most` is how many bytes it may have."""
    yield from _check_name(name)
    ending = ending_of(name)
    if not content:
        yield Fault("document.empty", "content")
    elif len(content) > most:
        yield Fault(
            "document.too_large", "content", {"size": _in_megabytes(len(content)), "most": most // MEGABYTE}
        )
    elif ending not in CHECKS:
        yield Fault("document.not_taken", "file_name", {"taken": "、".join(CHECKS)})
    elif fault := CHECKS[ending](content):
        yield Fault(fault, "content", {"ending": ending})


def _check_name(name: str) -> Iterator[Fault]:
    """A name that leads nowhere else and shows itself as it is."""
    is_plain = name.isprintable() and not _SEPARATORS.search(name) and not _HIDDEN.search(name)
    if not is_plain or name != name.strip(" .") or len(name) > LONGEST_NAME:
        yield Fault("document.bad_name", "file_name", {"most": LONGEST_NAME})


def _in_megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f}"


def _check_pdf(content: bytes) -> str | None:
    if not content.startswith(b"%PDF-"):
        return "document.mismatch"
    if b"%%EOF" not in content[-HEAD:]:
        return "document.damaged"
    if _MARKUP.search(content[:HEAD]) or any(act in content for act in _PDF_ACTS):
        return "document.active"
    return None


def _check_picture(*beginnings: bytes) -> Callable[[bytes], str | None]:
    def check(content: bytes) -> str | None:
        if not content.startswith(beginnings):
            return "document.mismatch"
        return "document.active" if _MARKUP.search(content[:HEAD]) else None

    return check


def _check_text(content: bytes) -> str | None:
    """Text of one of the two codes in use, and no page in disguise."""
    head = content[: 4 * HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if _MARKUP.match(head):
        return "document.active"
    if any(byte < 32 and byte not in b"\t\r\n\f" for byte in content):
        return "document.mismatch"
    for code in ("utf-8", "gb18030"):
        try:
            content.decode(code)
        except UnicodeDecodeError:
            continue
        return None
    return "document.mismatch"


def _check_archive(main_part: str) -> Callable[[bytes], str | None]:
    def check(content: bytes) -> str | None:
        if not content.startswith(_ZIP):
            return "document.mismatch"
        if not _has_short_directory(content):
            return "document.damaged"
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                return _check_members(archive.infolist(), main_part)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError):
            return "document.damaged"

    return check


def _has_short_directory(content: bytes) -> bool:
    """Whether the list of members is there and of a size that may be read."""
    tail = content[-_DIRECTORY_TAIL:]
    place = tail.rfind(_DIRECTORY_END)
    if place < 0 or len(tail) < place + 22:
        return False
    members = int.from_bytes(tail[place + 10 : place + 12], "little")
    size = int.from_bytes(tail[place + 12 : place + 16], "little")
    return members <= MOST_MEMBERS and size <= MOST_DIRECTORY


def _check_members(members: list[zipfile.ZipInfo], main_part: str) -> str | None:
    names = [member.filename.lower() for member in members]
    if len(set(names)) < len(names) or any(_leads_out(name) for name in names):
        return "document.damaged"
    if any(member.flag_bits & 1 for member in members):
        return "document.locked"
    if _would_burst(members):
        return "document.bomb"
    if main_part not in names or "[content_types].xml" not in names:
        return "document.mismatch"
    return "document.active" if any(map(_ACTIVE_MEMBERS.search, names)) else None


def _would_burst(members: list[zipfile.ZipInfo]) -> bool:
    """Whether whoever opens the file would get far more than was sent; small members may shrink a lot."""
    packed = sum(one.compress_size for one in members)
    unpacked = sum(one.file_size for one in members)
    return unpacked > MOST_UNPACKED or unpacked > max(MEGABYTE, MOST_RATIO * packed)


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


CHECKS: Mapping[str, Callable[[bytes], str | None]] = {
    "pdf": _check_pdf,
    "png": _check_picture(b"\x89PNG\r\n\x1a\n"),
    "jpg": _check_picture(b"\xff\xd8\xff"),
    "jpeg": _check_picture(b"\xff\xd8\xff"),
    "xlsx": _check_archive("xl/workbook.xml"),
    "docx": _check_archive("word/document.xml"),
    "txt": _check_text,
    "csv": _check_text,
}
