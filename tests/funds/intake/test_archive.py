"""A file that is no workbook, or a harmful one, is refused before anything in it is unpacked."""

import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from funds.intake import read_content, read_workbook
from funds.intake.archive import MOST_BYTES, check_archive
from funds.problems import Problem
from tests.funds.intake.workbooks import change_directory, investments, make_workbook, put_parts

SOUND = make_workbook(investments())
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def _archive(*members: tuple[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def _bomb(size: int) -> bytes:
    return put_parts(SOUND, {"xl/worksheets/sheet2.xml": bytes(size)})


def _duplicates() -> bytes:
    stream = BytesIO(SOUND)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")
    return stream.getvalue()


def _with_flag(flag: int) -> bytes:
    return change_directory(SOUND, b"xl/workbook.xml", 8, "<H", flag)


CASES = {
    "an empty file": (b"", "import.empty_file"),
    "an old workbook": (OLE + "Workbook".encode("utf-16-le"), "import.old_xls"),
    "a workbook with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "import.encrypted"),
    "another OLE document": (OLE, "import.not_workbook"),
    "a page": (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html><table></table></html>", "import.html"),
    "a table of a page": (b"<TABLE><tr><td>1</td></tr></TABLE>", "import.html"),
    "a CSV file": ("基金代码,金额\nF1,5\n".encode(), "import.text_file"),
    "a CSV file in GB 18030": ("基金代码,金额\nF1,5\n".encode("gb18030"), "import.text_file"),
    "a text in UTF-16": ("\ufeff基金代码\t金额".encode("utf-16"), "import.text_file"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "import.not_workbook"),
    "half a file": (SOUND[: len(SOUND) // 2], "import.truncated"),
    "a file without its last bytes": (SOUND[:-10], "import.truncated"),
    "a document": (
        _archive(("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")),
        "import.not_workbook",
    ),
    "a binary workbook": (put_parts(SOUND, {"xl/workbook.bin": b"1"}), "import.binary_workbook"),
    "a macro": (put_parts(SOUND, {"xl/vbaProject.bin": b"1"}), "import.macros"),
    "an old macro": (put_parts(SOUND, {"xl/macrosheets/sheet1.xml": b"<a/>"}), "import.macros"),
    "a link": (put_parts(SOUND, {"xl/externalLinks/externalLink1.xml": b"<a/>"}), "import.external_links"),
    "a connection": (put_parts(SOUND, {"xl/connections.xml": b"<a/>"}), "import.external_links"),
    "an archive within": (put_parts(SOUND, {"xl/embeddings/a.xlsx": b"PK"}), "import.nested"),
    "a path upwards": (put_parts(SOUND, {"../../etc/passwd": b"1"}), "import.damaged"),
    "a path from the root": (put_parts(SOUND, {"/etc/passwd": b"1"}), "import.damaged"),
    "names twice": (_duplicates(), "import.duplicate_members"),
    "names twice but for case": (put_parts(SOUND, {"XL/workbook.xml": b"1"}), "import.duplicate_members"),
    "256 MB of nothing": (_bomb(256 * 2**20), "import.bomb"),
    "401 MB declared": (change_directory(SOUND, b"xl/workbook.xml", 24, "<I", 401 * 2**20), "import.bomb"),
    "small bombs in numbers": (
        _archive(("[Content_Types].xml", b"<a/>"), *((f"xl/{n}.xml", bytes(2**20)) for n in range(9))),
        "import.bomb",
    ),
    "10,001 members": (_archive(*((f"{n}.xml", b"") for n in range(10_001))), "import.too_many_members"),
    "a member with a password": (_with_flag(1), "import.encrypted"),
    "an unknown compression": (change_directory(SOUND, b"xl/workbook.xml", 10, "<H", 14), "import.damaged"),
    "a directory of rubbish": (
        SOUND.replace(b"PK\x01\x02", b"PK\x09\x09"),
        "import.damaged",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_at_once_and_in_memory(name: str) -> None:
    content, code = CASES[name]
    started = time.process_time()
    problem = check_archive(content)
    assert time.process_time() - started < 1
    assert isinstance(problem, Problem)
    assert problem.code == code


@pytest.mark.parametrize("name", CASES)
def test_reading_it_gives_the_one_problem_and_no_rows(name: str) -> None:
    content, code = CASES[name]
    reading = read_content("a.xlsx", content)
    assert [problem.code for problem in reading.problems] == [code]
    assert not reading.is_sound
    assert reading.rows_read == 0


def test_a_sound_workbook_passes() -> None:
    assert check_archive(SOUND) is None


def test_a_declared_directory_that_is_too_long_is_refused() -> None:
    place = SOUND.rindex(b"PK\x05\x06")
    content = SOUND[: place + 12] + (5 * 2**20).to_bytes(4, "little") + SOUND[place + 16 :]
    problem = check_archive(content)
    assert problem is not None
    assert problem.code == "import.too_many_members"


def test_a_file_beyond_the_limit_is_not_taken_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "big.xlsx"
    with path.open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    reading = read_workbook(path)
    assert [problem.code for problem in reading.problems] == ["import.too_big"]
    assert reading.content == b""
    problem = check_archive(path.read_bytes())
    assert problem is not None
    assert problem.code == "import.too_big"
