"""Spoils files in many ways, each from a number, so that what failed can be made again."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from random import Random
from xml.sax.saxutils import escape

# What nobody may type into a cell of amounts, and what a reader must not take for an amount, a day or a name.
NASTY = (
    "NaN", "Infinity", "-inf", "1e400", "1_000", "１２３a", "٣٤٥", "0x10", "1.2.3", "1,23,4", "￥", "亿", "3000/2000",
    "约500", "2024-02-30", "03/04/2024", "year", "TRUE", "=1+1", "@SUM(A1)", "#REF!", "\u202e123", "9" * 400, "½", "5²",
)  # fmt: skip
DAMAGES = (
    "<c r=",
    "<row ",
    "<sheetData>",
    "</v>",
    "<v>",
    "</c>",
    "</row>",
    "<worksheet",
    "xmlns",
    "?>",
    "t=",
    "count=",
)


def flip_bytes(content: bytes, chance: Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def cut_end(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content))]


def drop_middle(content: bytes, chance: Random) -> bytes:
    first = chance.randrange(len(content))
    return content[:first] + content[first + chance.randint(1, 200) :]


def blank_range(content: bytes, chance: Random) -> bytes:
    first, length = chance.randrange(len(content)), chance.randint(1, 100)
    return (content[:first] + bytes(length) + content[first + length :])[: max(len(content), 1)]


def insert_noise(content: bytes, chance: Random) -> bytes:
    first = chance.randrange(len(content))
    return content[:first] + chance.randbytes(chance.randint(1, 60)) + content[first:]


def drop_part(content: bytes, chance: Random) -> bytes:
    return _rebuild(content, chance, lambda data: None)


def tear_part(content: bytes, chance: Random) -> bytes:
    """A part whose XML is torn at a sign that holds it together."""

    def tear(data: bytes) -> bytes:
        text = data.decode("utf-8", "replace")
        sign = chance.choice(DAMAGES)
        at = text.find(sign, chance.randrange(max(1, len(text))))
        at = text.find(sign) if at < 0 else at
        if at < 0:
            return data[: len(data) // 2]
        return (
            text[:at] + chance.choice(("", "<", "&", "<x>", "]]>", '"')) + text[at + len(sign) :]
        ).encode()

    return _rebuild(content, chance, tear)


def put_nasty_text(content: bytes, chance: Random) -> bytes:
    """A value in a sheet that is none."""

    def put(data: bytes) -> bytes:
        parts = data.split(b"<v>")
        if len(parts) < 2:
            return data + b"<"
        at = chance.randrange(1, len(parts))
        _, rest = parts[at].split(b"</v>", 1)
        parts[at] = escape(chance.choice(NASTY)).encode() + b"</v>" + rest
        return b"<v>".join(parts)

    return _rebuild(content, chance, put, only="xl/worksheets/")


def spoil_text(content: bytes, chance: Random) -> bytes:
    """For files of text: quotes without partner, controls, nasty values."""
    at = chance.randrange(len(content))
    what = chance.choice((b'"', b"\x00", b"\x07", b"\xff\xff", b'"x"y"', *(word.encode() for word in NASTY)))
    return content[:at] + what + content[at:]


ARCHIVE_WAYS: tuple[Callable[[bytes, Random], bytes], ...] = (
    flip_bytes, cut_end, drop_middle, blank_range, insert_noise, drop_part, tear_part, put_nasty_text, put_nasty_text,
)  # fmt: skip
TEXT_WAYS: tuple[Callable[[bytes, Random], bytes], ...] = (
    flip_bytes,
    cut_end,
    blank_range,
    insert_noise,
    spoil_text,
)


def spoil(content: bytes, number: int) -> tuple[str, bytes]:
    """The way and the spoilt file of a number."""
    chance = Random(number)
    way = chance.choice(ARCHIVE_WAYS if content.startswith(b"PK") else TEXT_WAYS)
    return way.__name__, way(content, chance)


def _rebuild(
    content: bytes, chance: Random, change: Callable[[bytes], bytes | None], only: str = ""
) -> bytes:
    """The archive with one of its parts changed or left out, sound in itself."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    chosen = chance.choice([name for name in kept if name.startswith(only)])
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in kept.items():
            changed = change(data) if name == chosen else data
            if changed is not None:
                archive.writestr(name, changed)
    return stream.getvalue()
