"""What was drawn, as text and as small as it is kept: ten of these stand where one would."""

from zlib import compress, decompress

import orjson
from dash.development.base_component import Component

from dashboard.answer_text import write_answer

LEVEL = 1  # the others take far longer for a little less


def pack(drawn: Component | orjson.Fragment | None) -> bytes:
    """A component, or text that stands for one, as it is kept."""
    return compress(orjson.dumps(write_answer(drawn), option=orjson.OPT_NON_STR_KEYS), LEVEL)


def unpack(packed: bytes) -> orjson.Fragment:
    """The text of what was packed, which may stand wherever a component may."""
    return orjson.Fragment(decompress(packed))
