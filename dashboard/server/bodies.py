"""The shape of a callback's request: it names a callback that exists and carries just that one's wires."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from dash import Dash
from dash.dependencies import Output
from flask import Flask, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from dashboard.server.gate import is_callback
from funds.errors import LedgerError


class StrictJson(DefaultJSONProvider):
    """JSON as the standard has it: no NaN, no endless number or depth, no half of a character."""

    def loads(self, s: str | bytes, **_options: Any) -> Any:
        """Read a text of JSON; anything odd is a ValueError, which the request turns into a refusal."""
        return orjson.loads(s)


class BadBody(LedgerError):
    """A request for a callback that no page of ours would send."""

    status = 400


def check_bodies(server: Flask, dash: Dash) -> None:
    """Refuse a malformed request for a callback before Dash takes it apart."""

    def check() -> None:
        if is_callback() and request.method == "POST":
            check_body(read_body(), dash.callback_map)

    server.before_request(check)


def read_body() -> Mapping[str, Any]:
    """The request's JSON object."""
    if not request.is_json:
        raise UnsupportedMediaType
    try:
        body = request.get_json()
    except BadRequest as fault:
        raise BadBody("request.malformed") from fault
    if not isinstance(body, dict):
        raise BadBody("request.malformed")
    return body


def check_body(body: Mapping[str, Any], callbacks: Mapping[str, Any]) -> None:
    """Whether the body fits the callback that it names, wire by wire."""
    name = body.get("output")
    callback = callbacks.get(name) if isinstance(name, str) else None
    if callback is None or "callback" not in callback:
        raise BadBody("request.malformed")
    changed = body.get("changedPropIds", [])
    fits = (
        _fit(body.get("inputs", []), callback["inputs"])
        and _fit(body.get("state", []), callback["state"])
        and _fit_outputs(body.get("outputs"), callback["output"])
        and isinstance(changed, list)
        and all(map(_is_name, changed))
    )
    if not fits:
        raise BadBody("request.malformed")


def _fit(sent: object, declared: Sequence[Mapping[str, Any]]) -> bool:
    return isinstance(sent, list) and len(sent) == len(declared) and all(map(_is_wire, sent, declared))


def _is_wire(sent: object, declared: Mapping[str, Any]) -> bool:
    """One wire, or the list of wires that a pattern stands for; such a list holds no further list."""
    is_pattern = str(declared["id"]).startswith("{")
    wires = sent if is_pattern and isinstance(sent, list) else [sent]
    return all(_is_one_wire(wire, declared, is_pattern=is_pattern) for wire in wires)


def _is_one_wire(sent: object, declared: Mapping[str, Any], *, is_pattern: bool) -> bool:
    if not isinstance(sent, dict) or _bare(sent.get("property")) != declared["property"]:
        return False
    named = sent.get("id")
    return _is_plain(named) if is_pattern else named == declared["id"]


def _is_plain(named: object) -> bool:
    """Whether an id is one that a pattern can stand for: names with plain values."""
    return isinstance(named, dict) and all(isinstance(part, str | int | float) for part in named.values())


def _is_name(changed: object) -> bool:
    """What changed, by id and property; the id of a pattern is JSON, which Dash reads without a second look."""
    if not isinstance(changed, str):
        return False
    component, _, _ = changed.rpartition(".")
    if not component.startswith("{"):
        return True
    try:
        return _is_plain(orjson.loads(component))
    except orjson.JSONDecodeError:
        return False


def _bare(name: object) -> object:
    """A property without the mark that Dash puts behind an output which several callbacks share."""
    return name.split("@")[0] if isinstance(name, str) else name


def _fit_outputs(sent: object, declared: Output | Sequence[Output]) -> bool:
    if isinstance(declared, Output):
        return _is_wire(sent, declared.to_dict())
    if not declared:
        return sent in (None, [], {})
    return _fit(sent, [output.to_dict() for output in declared])
