"""The axis of time: years where there are many of them, else months by number, alike in every language."""

from typing import Any


def time_axis(**more: Any) -> dict[str, Any]:
    """The axis as a plain dictionary, with whatever else it needs."""
    months = {"dtickrange": [None, "M11"], "value": "%Y-%m"}
    return {"type": "date", "tickformatstops": [months, {"dtickrange": ["M12", None], "value": "%Y"}], **more}
