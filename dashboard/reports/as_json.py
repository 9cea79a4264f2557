"""A reading as JSON: the same question at the same version gives the same bytes."""

import json

from dashboard.readings.answers import Figure, Reading
from dashboard.words import say

LANGUAGE = "zh"  # labels do not follow the reader, so that the bytes do not either


def write_json(reading: Reading) -> bytes:
    """UTF-8 with sorted keys, money as integers of fen, ratios and rates as text, ids as text, no clock."""
    document = {
        "report": reading.report,
        "scope": reading.scope,
        "as_of": reading.as_of.isoformat(),
        "version": reading.version,
        "unit": "fen",
        "figures": [describe_figure(figure) for figure in reading.figures],
        "rows": [dict(row) for row in reading.rows],
    }
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    return f"{text}\n".encode()


def describe_figure(figure: Figure) -> dict[str, object]:
    """A figure as the document tells it."""
    return {
        "code": figure.code,
        "label": say(f"figure.{figure.code}", LANGUAGE),
        "basis": figure.basis,
        "definition_version": figure.definition_version,
        "value": figure.value,
        "reason": figure.reason,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "entries": list(figure.entries),
    }
