"""What can be said of a file before it is unpacked: whether it is a workbook, and a harmless one."""

import zipfile
from io import BytesIO

from funds.problems import Problem, fatal

MOST_BYTES = 50 * 2**20
MOST_UNPACKED = 400 * 2**20
MOST_RATIO = 200
MOST_MEMBERS = 10_000
# A small member may shrink a lot and do no harm.
_RATIO_FROM = 2**20
_MOST_DIRECTORY = 4 * 2**20
_DIRECTORY_TAIL = 22 + 2**16
_DIRECTORY_END = b"PK\x05\x06"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
_MARKUP = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head")
_PARTS = ("[Content_Types].xml", "xl/workbook.xml")
_NESTED = (".zip", ".xlsx", ".xlsm", ".xls", ".7z", ".rar", ".gz", ".docx", ".pptx", ".jar")


def check_archive(content: bytes) -> Problem | None:
    """The reason why the file must not be opened, if there is one."""
    if not content:
        return fatal("import.empty_file")
    if len(content) > MOST_BYTES:
        return fatal("import.too_big", size=len(content) // 2**20, most=MOST_BYTES // 2**20)
    if not content.startswith(ZIP):
        return fatal(_name_other_kind(content))
    problem = _check_directory(content)
    if problem:
        return problem
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _check_members(archive.infolist(), len(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError):
        return fatal("import.damaged")


def _name_other_kind(content: bytes) -> str:
    """The code for a file that is no zip archive."""
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return "import.encrypted"
        return "import.old_xls" if "Workbook".encode("utf-16-le") in content else "import.not_workbook"
    if any(mark in head for mark in _MARKUP):
        return "import.html"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in content[:4096]:
        return "import.text_file"
    return "import.not_workbook"


def _check_directory(content: bytes) -> Problem | None:
    """Whether the archive's list of members is there and short, before it is read."""
    tail = content[-_DIRECTORY_TAIL:]
    place = tail.rfind(_DIRECTORY_END)
    if place < 0 or len(tail) < place + 22:
        return fatal("import.truncated")
    members = int.from_bytes(tail[place + 10 : place + 12], "little")
    size = int.from_bytes(tail[place + 12 : place + 16], "little")
    if members > MOST_MEMBERS or size > _MOST_DIRECTORY:
        return fatal("import.too_many_members", most=MOST_MEMBERS)
    return None


def _check_members(members: list[zipfile.ZipInfo], size: int) -> Problem | None:
    """What the list of members gives away: bombs, doubles, passwords, macros and links to other files."""
    names = [member.filename.lower() for member in members]
    if len(set(names)) < len(names):
        return fatal("import.duplicate_members")
    if any(member.flag_bits & 1 for member in members):
        return fatal("import.encrypted")
    if any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members):
        return fatal("import.damaged")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED or any(_is_bomb(member, size) for member in members):
        return fatal("import.bomb", most=MOST_UNPACKED // 2**20, ratio=MOST_RATIO)
    if unpacked > _RATIO_FROM and unpacked > MOST_RATIO * size:
        return fatal("import.bomb", most=MOST_UNPACKED // 2**20, ratio=MOST_RATIO)
    return _check_names(names)


def _is_bomb(member: zipfile.ZipInfo, size: int) -> bool:
    packed = min(member.compress_size, size)
    return member.file_size > max(_RATIO_FROM, MOST_RATIO * packed)


def _check_names(names: list[str]) -> Problem | None:
    """What the members' names give away."""
    if any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names):
        return fatal("import.damaged")
    if any(name.endswith(_NESTED) for name in names):
        return fatal("import.nested")
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
        return fatal("import.macros")
    if any(name.startswith("xl/externallinks/") or name == "xl/connections.xml" for name in names):
        return fatal("import.external_links")
    if "xl/workbook.bin" in names:
        return fatal("import.binary_workbook")
    if any(part.lower() not in names for part in _PARTS):
        return fatal("import.not_workbook")
    return None
