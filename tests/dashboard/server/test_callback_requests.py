"""A callback runs for who may run it, with the values it takes, and for nobody else."""

import json
import os
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.dashboard.server.pages_for_tests import CANARY, FAILING, SET_POLICY
from tests.dashboard.serving import Served, callback_body, post_callback, server_callbacks

KINDS = "kinds.children"
SOUND = {
    "numbers.value": [1, 2],
    "share.value": 0.5,
    "flag.value": True,
    "record.data": {"a": 1},
    "whatever.data": None,
}


def test_who_has_the_right_gets_the_answer(canary: Served) -> None:
    client = canary.signed_in("signatory")
    answer = post_callback(client, callback_body(canary.app, SET_POLICY, {"ask.value": "now"}))
    assert answer.status_code == 200
    assert f"{CANARY} now None signatory" in answer.text


@pytest.mark.parametrize("login", ["manager", "sysadmin", "bystander"])
def test_who_lacks_the_right_is_refused_whatever_the_page_says(canary: Served, login: str) -> None:
    client = canary.signed_in(login)
    body = callback_body(canary.app, SET_POLICY, {"role.data": "commission_signatory", "ask.value": "admin"})
    answer = post_callback(client, body)
    assert answer.status_code == 403
    assert answer.json is not None
    assert answer.json["code"] == "permission.refused"
    assert CANARY not in answer.text


def test_a_callback_without_its_form_token_is_refused(canary: Served) -> None:
    client = canary.signed_in()
    answer = client.post("/_dash-update-component", json=callback_body(canary.app, SET_POLICY))
    assert (answer.status_code, answer.json and answer.json["code"]) == (400, "request.form_stale")


def test_the_token_of_another_browser_is_refused(canary: Served) -> None:
    client, other = canary.signed_in(), canary.signed_in()
    other.get("/")
    answer = post_callback(
        client, callback_body(canary.app, SET_POLICY), **{"X-CSRFToken": canary.cookie(other, "csrf")}
    )
    assert answer.status_code == 400
    assert CANARY not in answer.text


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("content_type", ["text/plain", FORM, "multipart/form-data", ""])
def test_only_json_is_taken(canary: Served, content_type: str) -> None:
    client = canary.signed_in()
    client.get("/")
    answer = client.post(
        "/_dash-update-component",
        data=json.dumps(callback_body(canary.app, SET_POLICY)),
        content_type=content_type,
        headers={"X-CSRFToken": canary.cookie(client, "csrf")},
    )
    assert answer.status_code == 415
    assert CANARY not in answer.text


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "text",
        7,
        {},
        {"output": "none.children"},
        {"output": None},
        {"output": ["canary-policy.children"]},
        {"output": {"a": 1}},
        {"output": SET_POLICY},
        {"output": "scheme.data", "inputs": [], "outputs": {}},
    ],
)
def test_a_body_of_another_shape_is_refused(canary: Served, body: object) -> None:
    answer = post_callback(canary.signed_in(), body)
    assert answer.status_code in (400, 415)
    assert answer.json is not None
    assert "incident" not in answer.json


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("outputs", None),
        ("outputs", {"id": "other", "property": "children"}),
        ("outputs", {"id": "canary-policy", "property": "style"}),
        ("outputs", [{"id": "canary-policy", "property": "children"}]),
        ("outputs", 3),
        ("inputs", None),
        ("inputs", []),
        ("inputs", [{"id": "ask"}]),
        ("inputs", [{"property": "value"}]),
        ("inputs", ["ask"]),
        ("inputs", [[{"id": "ask", "property": "value", "value": 1}]]),
        ("inputs", [{"id": ["ask"], "property": "value", "value": "x"}]),
        ("inputs", [{"id": "url", "property": "pathname", "value": "/sign-in"}]),
        ("state", [{"id": "ask", "property": "value", "value": "x"}]),
        ("state", {}),
        ("changedPropIds", "ask.value"),
        ("changedPropIds", [1]),
        ("changedPropIds", None),
        ("changedPropIds", ['{"type":"row", "at"}.n_clicks']),
        ("changedPropIds", ['{"type":["row"]}.n_clicks']),
    ],
)
def test_a_part_that_does_not_fit_is_refused(canary: Served, part: str, value: object) -> None:
    body = {**callback_body(canary.app, SET_POLICY), part: value}
    answer = post_callback(canary.signed_in(), body)
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["code"] == "request.malformed"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[" * 100_000,
        '{"output": "\\ud800"}',
        '{"a": 1e999}',
        '{"a": NaN}',
        "nul",
        "\xff",
        '{"a":1}{',
    ],
)
def test_broken_json_is_refused(canary: Served, text: str) -> None:
    client = canary.signed_in()
    client.get("/")
    answer = client.post(
        "/_dash-update-component",
        data=text.encode("latin-1"),
        content_type="application/json",
        headers={"X-CSRFToken": canary.cookie(client, "csrf")},
    )
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["code"] == "request.malformed"


def test_sound_values_reach_the_callback(canary: Served) -> None:
    answer = post_callback(canary.signed_in(), callback_body(canary.app, KINDS, SOUND))
    assert "3 0.50 1 ['a'] None" in answer.text
    whole = {**SOUND, "share.value": 1, "whatever.data": ["x"]}
    assert post_callback(canary.signed_in(), callback_body(canary.app, KINDS, whole)).status_code == 200


@pytest.mark.parametrize(
    ("wire", "value"),
    [
        ("numbers.value", None),
        ("numbers.value", "12"),
        ("numbers.value", [1, "2"]),
        ("numbers.value", [True]),
        ("share.value", "0.5"),
        ("share.value", False),
        ("flag.value", 1),
        ("flag.value", None),
        ("record.data", []),
        ("record.data", "a"),
    ],
)
def test_values_of_another_kind_are_refused(canary: Served, wire: str, value: object) -> None:
    answer = post_callback(canary.signed_in(), callback_body(canary.app, KINDS, {**SOUND, wire: value}))
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["code"] == "request.bad_values"


def row_body(canary: Served) -> dict[str, Any]:
    """A sound request for a callback whose wires are patterns."""
    output = next(name for name in canary.app.callback_map if '"type":"row"' in name)
    return {
        "output": output,
        "outputs": {"id": {"type": "row", "at": 3}, "property": "children"},
        "inputs": [{"id": {"type": "button", "at": 3}, "property": "n_clicks", "value": 2}],
        "state": [[{"id": {"type": "mark", "at": at}, "property": "value", "value": "x"} for at in range(4)]],
        "changedPropIds": ['{"at":3,"type":"button"}.n_clicks'],
    }


def test_wires_that_are_patterns_fit(canary: Served) -> None:
    answer = post_callback(canary.signed_in(), row_body(canary))
    assert answer.status_code == 200, answer.text
    assert "2 4" in answer.text


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("inputs", [{"id": "button", "property": "n_clicks", "value": 2}]),
        ("inputs", [{"id": {"type": "button", "at": 3}, "property": "style", "value": 2}]),
        ("state", [[{"id": "mark", "property": "value", "value": "x"}]]),
        ("state", [["x"]]),
        ("state", [[[{"id": {"type": "mark", "at": 1}, "property": "value", "value": "x"}]]]),
        ("state", [[{"id": {"type": ["mark"], "at": {}}, "property": "value", "value": "x"}]]),
        ("outputs", {"id": "row", "property": "children"}),
    ],
)
def test_wires_that_do_not_fit_their_pattern_are_refused(canary: Served, part: str, value: object) -> None:
    assert post_callback(canary.signed_in(), {**row_body(canary), part: value}).status_code == 400


@pytest.mark.parametrize(("outputs", "status"), [([], 200), (None, 200), ({"id": "x", "property": "y"}, 400)])
def test_a_callback_without_outputs_takes_none(canary: Served, outputs: object, status: int) -> None:
    entries = canary.app.callback_map.items()
    name = next(name for name, entry in entries if entry["no_output"] and "callback" in entry)
    body = {**callback_body(canary.app, name, {"silent.n_clicks": 4}), "outputs": outputs}
    answer = post_callback(canary.signed_in(), body)
    assert answer.status_code == status, answer.text
    assert ("heard" in answer.text) is (status == 200)


def draw_json(dice: random.Random, depth: int = 2) -> object:
    """Any value that JSON can hold."""
    plain = [None, True, 0, -1, 2**70, 1e308, "", "ask", "\ud800", "\x00", "/sign-in", "中"]
    kind = dice.randrange(4 if depth else 2)
    if kind == 2:
        return [draw_json(dice, depth - 1) for _ in range(dice.randrange(4))]
    if kind == 3:
        names = ("id", "property", "value", "x")
        return {dice.choice(names): draw_json(dice, depth - 1) for _ in range(dice.randrange(4))}
    return dice.choice(plain)


def spoil(dice: random.Random, body: dict[str, Any]) -> dict[str, Any]:
    """The body with some part, wire or value turned into something else."""
    where = dice.randrange(3)
    if where == 0:
        return {**body, dice.choice(sorted(body)): draw_json(dice)}
    for wire in body["inputs"] + body["state"]:
        wire["value"] = draw_json(dice)
        if where == 1:
            wire[dice.choice(("id", "property"))] = draw_json(dice)
    return body


def test_no_malformed_body_is_a_failure_of_ours(canary: Served, counts: Callable[[int, int], int]) -> None:
    """Every callback, spoiled in any way: refused or answered, never a 5xx, and no canary for who may not."""
    seed = int(os.environ.get("SEED", "20260630"))
    print(f"SEED={seed}")
    dice = random.Random(seed)
    client = canary.signed_in("manager")
    client.get("/")
    headers = {"X-CSRFToken": canary.cookie(client, "csrf")}
    statuses: Counter[int] = Counter()
    for _ in range(counts(400, 2000)):
        name = dice.choice([output for output in server_callbacks(canary.app) if output != FAILING])
        body = spoil(dice, callback_body(canary.app, name))
        answer = client.post("/_dash-update-component", json=body, headers=headers)
        statuses[answer.status_code] += 1
        assert answer.status_code < 500, (body, answer.text)
        assert name != SET_POLICY or CANARY not in answer.text
    assert set(statuses) == {200, 400, 403}, statuses
