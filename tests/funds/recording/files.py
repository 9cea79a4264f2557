"""Small files of every kind that is taken, and some that are not what they say."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)
JPG = b"\xff\xd8\xff\xe0" + bytes(32)
TEXT = "付款凭证，金额 200 万元。\n".encode()
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
TYPES = "[Content_Types].xml"


def archive(*names: str, **contents: bytes) -> bytes:
    """A zip archive with small members."""
    members: Mapping[str, bytes] = {**dict.fromkeys(names, b"<x/>"), **contents}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return buffer.getvalue()


DOCX = archive(TYPES, "word/document.xml")
XLSX = archive(TYPES, "xl/workbook.xml")
