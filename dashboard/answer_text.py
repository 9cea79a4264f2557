"""What a callback answers, written as JSON at once: Dash would walk through every component of a page twice."""

from typing import Any

import orjson
from dash.development.base_component import Component

OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY
WILDCARDS = ("data-", "aria-")
# What every instance of a kind carries alike beside its properties.
ALIKE = (
    "_prop_names",
    "_valid_wildcard_attributes",
    "available_properties",
    "available_wildcard_properties",
)
NO_PROPERTIES = frozenset(ALIKE)
# Dash writes these otherwise wherever they stand, and would look through the whole page each time that it goes out.
SAFE = tuple((one.encode(), f"\\u{ord(one):04x}".encode()) for one in "<>/\u2028\u2029")

_names: dict[type[Component], frozenset[str]] = {}


def write_answer(answer: Any) -> Any:
    """The same answer with each component, or each of a list of them, as text that goes out as it is."""
    if isinstance(answer, list | tuple):
        return [_write_each(value) for value in answer]
    return _write(answer)


def _write_each(value: Any) -> Any:
    """One output's value; the list itself stays, because Dash counts what a pattern of outputs is given."""
    return [_write(item) for item in value] if isinstance(value, list | tuple) else _write(value)


def _write(value: Any) -> Any:
    if not isinstance(value, Component):
        return value
    try:
        return orjson.Fragment(_make_safe(orjson.dumps(value, _lay_open, OPTIONS)))
    except TypeError:  # Dash says where in the answer that lies which JSON cannot hold
        return value


def _make_safe(text: bytes) -> bytes:
    """JSON that may stand in a page; outside of its strings there is none of these."""
    for unsafe, safe in SAFE:
        text = text.replace(unsafe, safe)
    return text


def _lay_open(value: Any) -> dict[str, Any]:
    """A component as the browser takes it; an array or a figure's own kind of value is not ours to write."""
    named = _names.get(type(value))
    if named is None:
        if not isinstance(value, Component):
            raise TypeError(type(value).__name__)
        named = _find_names(value)
    props = {
        name: held
        for name, held in vars(value).items()
        if name in named or (name not in NO_PROPERTIES and name.startswith(WILDCARDS))
    }
    return {"props": props, "type": value._type, "namespace": value._namespace}


def _find_names(value: Component) -> frozenset[str]:
    """What a kind of component calls its properties; every instance carries the same list."""
    return _names.setdefault(type(value), frozenset(value._prop_names))
