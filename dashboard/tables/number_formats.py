"""The format in which a file shows a number just as its text on the page does: decimals, signs and marks."""

import re

_WRITTEN = re.compile(r"^(?P<before>\D*)(?P<whole>\d[\d,]*)(?:\.(?P<part>\d+))?(?P<after>\D*)$")


def shape_as_written(text: str) -> str:
    """The number format for a number that was written so; raises ValueError where there is not just one number."""
    found = _WRITTEN.match(text)
    if found is None:
        raise ValueError(f"not one number: {text!r}")
    before, after = found["before"], found["after"]
    digits = "#,##0" + (f".{'0' * len(found['part'])}" if found["part"] else "")
    # The sign of per cent counts in a format; all else is only shown.
    percent = "%" if after.startswith("%") else ""
    shape = f"{_quote(before)}{digits}{percent}{_quote(after.removeprefix(percent))}"
    # In a second section the number comes without its sign, which is written already.
    return f"{shape};{shape}" if before else shape


def _quote(words: str) -> str:
    return f'"{words.replace(chr(34), "")}"' if words else ""
