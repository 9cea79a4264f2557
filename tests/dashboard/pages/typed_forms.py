"""Presses a button of a typed form as the browser would: every field and every line by its own id."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.dashboard.serving import Served, callback_body, post_callback

Told = Mapping[str, Mapping[str, Any]]


def press(
    served: Served,
    client: FlaskClient,
    prefix: str,
    address: str,
    fields: Mapping[str, str],
    lines: Sequence[tuple[str, str]] = (),
    button: str = "save",
) -> Told:
    """What the server sends back, by the id of each part."""
    answer = send(served, client, prefix, address, fields, lines, button)
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    told: Told = answer.json["response"]
    return told


def send(
    served: Served,
    client: FlaskClient,
    prefix: str,
    address: str,
    fields: Mapping[str, str],
    lines: Sequence[tuple[str, str]] = (),
    button: str = "save",
) -> TestResponse:
    """The answer to a pressed button, whatever it is."""
    name = next(one for one in served.app.callback_map if one.startswith(f"..{prefix}-told.children"))
    path, _, search = address.partition("?")
    clicks = {f"{prefix}-{one}.n_clicks": 1 if one == button else None for one in ("save", "share")}
    place = {"url.pathname": path, "url.search": f"?{search}"}
    body = callback_body(served.app, name, {**clicks, **place})
    known = {f"{prefix}-field": dict(fields), f"{prefix}-amount": dict(lines)}
    body["state"] = [_fill(wire, known) for wire in body["state"]]
    body["outputs"] = [_spread(wire, known) for wire in body["outputs"]]
    body["changedPropIds"] = [f"{prefix}-{button}.n_clicks"]
    return post_callback(client, body)


def parts_of(told: Told, kind: str, part: str) -> dict[str, Any]:
    """What was sent for a part of every field or line, by its name."""
    found = {}
    for wire, props in told.items():
        if wire.startswith("{") and json.loads(wire)["type"] == kind and part in props:
            found[json.loads(wire)["name"]] = props[part]
    return found


def _kind(wire: Mapping[str, Any]) -> str:
    declared = str(wire["id"])
    return str(json.loads(declared)["type"]) if declared.startswith("{") else ""


def _fill(wire: Mapping[str, Any], known: Mapping[str, Mapping[str, str]]) -> Any:
    kind = _kind(wire)
    if not kind:
        return wire
    ids = {name: {"type": kind, "name": name} for name in known.get(kind, {})}
    return [
        {
            "id": ids[name],
            "property": wire["property"],
            "value": ids[name] if wire["property"] == "id" else text,
        }
        for name, text in known.get(kind, {}).items()
    ]


def _spread(wire: Mapping[str, Any], known: Mapping[str, Mapping[str, str]]) -> Any:
    kind = _kind(wire)
    if not kind:
        return wire
    return [
        {"id": {"type": kind, "name": name}, "property": wire["property"]} for name in known.get(kind, {})
    ]
