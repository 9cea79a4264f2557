"""Opens what a page has written as text already: the components that it was written of."""

from typing import Any

import orjson
from dash import dcc, html
from plotly.utils import PlotlyJSONEncoder

LIBRARIES = {"dash_html_components": html, "dash_core_components": dcc}


def open_text(part: Any) -> Any:
    """The component that a part of a page stands for; any other part as it is."""
    return _read(orjson.loads(orjson.dumps(part))) if isinstance(part, orjson.Fragment) else part


def _read(text: Any) -> Any:
    if isinstance(text, list):
        return [_read(one) for one in text]
    if not isinstance(text, dict) or "props" not in text:
        return text
    props = {name: _read(value) if name == "children" else value for name, value in text["props"].items()}
    return getattr(LIBRARIES[text["namespace"]], text["type"])(**props)


class PageEncoder(PlotlyJSONEncoder):  # type: ignore[misc]
    """Writes a page with what it has written already."""

    def default(self, o: Any) -> Any:
        """A part that was written, read again."""
        return orjson.loads(orjson.dumps(o)) if isinstance(o, orjson.Fragment) else super().default(o)
