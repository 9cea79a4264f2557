"""Files: taken by ending and content together; what can act, hide, burst or lead elsewhere is refused."""

import struct
import time
import zipfile
from io import BytesIO

import pytest

from funds.rules.documents import MEGABYTE, MOST_MEMBERS, check_file, ending_of
from tests.funds.recording.files import DOCX, JPG, PAGE, PDF, PNG, TEXT, TYPES, XLSX, archive

MOST = 20 * MEGABYTE


def faults(name: str, content: bytes, most: int = MOST) -> list[str]:
    return [fault.code for fault in check_file(name, content, most)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("协议.pdf", PDF),
        ("扫描.PNG", PNG),
        ("照片.jpg", JPG),
        ("照片.jpeg", JPG),
        ("台账.xlsx", XLSX),
        ("决议.docx", DOCX),
        ("说明.txt", TEXT),
        ("旧编码.csv", "企业,金额\n甲,1\n".encode("gb18030")),
        ("a < b.txt".replace("<", "lt"), b"\xef\xbb\xbfa < b\n"),
    ],
)
def test_what_the_trade_hands_in_is_taken(name: str, content: bytes) -> None:
    assert faults(name, content) == []


@pytest.mark.parametrize(
    "name",
    ["a.exe", "a.html", "a.svg", "a.xlsm", "a.xls", "a.zip", "a.js", "a", ".pdf", "a.pdf.lnk", "a.docm"],
)
def test_threat_17_other_endings_are_refused(name: str) -> None:
    assert "document.not_taken" in faults(name, PDF)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PAGE),
        ("a.pdf", b" " + PDF),
        ("a.pdf", XLSX),
        ("a.png", PDF),
        ("a.jpg", PNG),
        ("a.docx", PDF),
        ("a.xlsx", DOCX),
        ("a.docx", XLSX),
        ("a.docx", archive("word/document.xml")),
        ("a.txt", PNG),
        ("a.csv", b"MZ\x90\x00\x03"),
        ("a.txt", b"\x81\xff\xff"),
    ],
)
def test_threat_17_a_file_that_is_not_what_its_ending_says_is_refused(name: str, content: bytes) -> None:
    assert faults(name, content) == ["document.mismatch"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("双面.pdf", b"%PDF-1.7\n" + PAGE + PDF[9:]),
        ("脚本.pdf", PDF.replace(b"<<>>endobj", b"<</S/JavaScript/JS(x)>>endobj")),
        ("启动.pdf", PDF.replace(b"<<>>endobj", b"<</S/Launch>>endobj")),
        ("夹带.pdf", PDF.replace(b"<<>>endobj", b"<</Type/EmbeddedFile>>endobj")),
        ("双面.png", PNG[:8] + PAGE),
        ("双面.jpg", JPG[:4] + b"<svg onload=alert(1)>"),
        ("页面.txt", b"\r\n  " + PAGE),
        ("图.csv", b'\xef\xbb\xbf<svg xmlns="x"/>'),
        ("宏.xlsx", archive(TYPES, "xl/workbook.xml", "xl/vbaProject.bin")),
        ("宏.docx", archive(TYPES, "word/document.xml", "word/vbaProject.bin")),
        ("旧宏.xlsx", archive(TYPES, "xl/workbook.xml", "xl/macrosheets/sheet1.xml")),
        ("控件.docx", archive(TYPES, "word/document.xml", "word/activeX/activeX1.xml")),
        ("外链.xlsx", archive(TYPES, "xl/workbook.xml", "xl/externalLinks/externalLink1.xml")),
        ("包裹.docx", archive(TYPES, "word/document.xml", "word/embeddings/oleObject1.bin")),
        ("夹带.docx", archive(TYPES, "word/document.xml", "word/media/a.exe")),
    ],
)
def test_threat_17_what_can_act_is_refused(name: str, content: bytes) -> None:
    assert faults(name, content) == ["document.active"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("半份.pdf", PDF[:-7]),
        ("半份.docx", DOCX[: len(DOCX) // 2]),
        ("尾巴.docx", DOCX[:-5]),
        ("爬出.docx", archive(TYPES, "word/document.xml", "../../etc/x.xml")),
        ("根目录.docx", archive(TYPES, "word/document.xml", "/etc/x.xml")),
        ("反斜杠.docx", archive(TYPES, "word/document.xml", "word\\..\\x.xml")),
        ("重名.docx", archive(TYPES, "word/document.xml", "WORD/document.xml")),
    ],
)
def test_threat_17_a_torn_or_crooked_file_is_refused(name: str, content: bytes) -> None:
    assert faults(name, content) == ["document.damaged"]


def test_a_list_of_members_that_lies_is_refused() -> None:
    at = DOCX.rfind(b"PK\x05\x06")
    many = DOCX[: at + 10] + struct.pack("<H", MOST_MEMBERS + 1) + DOCX[at + 12 :]
    crooked = DOCX.replace(b"PK\x01\x02", b"PK\x01\x09", 1)
    assert faults("a.docx", many) == faults("a.docx", crooked) == ["document.damaged"]


def test_a_file_under_a_password_is_refused() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name in (TYPES, "word/document.xml"):
            packed.writestr(name, "x")
    locked = bytearray(buffer.getvalue())
    at = locked.find(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert faults("a.docx", bytes(locked)) == ["document.locked"]


def test_threat_13_a_bomb_is_looked_at_and_never_unpacked() -> None:
    """100 MB of nothing in 100 kB: judged by its list of members, in no time."""
    bomb = archive(TYPES, **{"word/document.xml": bytes(100 * MEGABYTE)})
    began = time.monotonic()
    assert faults("a.docx", bomb) == ["document.bomb"]
    assert time.monotonic() - began < 0.5


def test_size_is_judged_before_anything_else_of_the_content() -> None:
    assert faults("a.pdf", b"") == ["document.empty"]
    (fault,) = check_file("a.pdf", PDF + bytes(MEGABYTE), MEGABYTE)
    assert (fault.code, fault.params) == ("document.too_large", {"size": "1.0", "most": 1})


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.pdf",
        "..\\x.pdf",
        "/a.pdf",
        "C:a.pdf",
        "a\r\nSet-Cookie: x.pdf",
        "a\x00.pdf",
        "单据\u202efdp.pdf",
        "a\u200b.pdf",
        " a.pdf",
        "a.pdf ",
        'a".pdf',
        "a" * 200 + ".pdf",
    ],
)
def test_threat_30_and_41_names_that_lead_elsewhere_or_hide_are_refused(name: str) -> None:
    assert "document.bad_name" in faults(name, PDF)


def test_the_last_ending_counts() -> None:
    assert [ending_of(name) for name in ("a.PDF", "a.pdf.exe", "a", ".pdf")] == ["pdf", "exe", "", ""]
