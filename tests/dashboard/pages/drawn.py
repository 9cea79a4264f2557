"""What the frame draws for an address, as the components that go to the browser."""

from collections.abc import Iterator
from typing import Any

from flask.testing import FlaskClient

from tests.dashboard.serving import Served, callback_body, post_callback, read_token

SHOWN = "..content.children...nav.children"
Parts = dict[str, Any]


def draw(
    served: Served, path: str, search: str = "", language: str = "zh", login: str = "signatory"
) -> Parts:
    """The answer for an address in a book of one's own, by `id.property`."""
    client = served.signed_in(login)
    client.set_cookie("language", language)
    return draw_for(served, client, path, search)


def draw_as(served: Served, identity: str, path: str, search: str = "") -> Parts:
    """The answer for an address in a demo, as one of its identities."""
    client = served.client()
    token = read_token(client.get("/sign-in").text)
    assert client.post("/demo/enter", data={"identity": identity, "csrf_token": token}).status_code == 303
    return draw_for(served, client, path, search)


def draw_for(served: Served, client: FlaskClient, path: str, search: str) -> Parts:
    """The answer for an address to whoever has signed in."""
    output = next(name for name in served.app.callback_map if name.startswith(SHOWN))
    body = callback_body(served.app, output, {"url.pathname": path, "url.search": search})
    answer = post_callback(client, body)
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    told: dict[str, Parts] = answer.json["response"]
    return {f"{name}.{prop}": value for name, props in told.items() for prop, value in props.items()}


def parts(node: object) -> Iterator[Parts]:
    """The properties of every component below one, itself first."""
    if isinstance(node, list):
        for one in node:
            yield from parts(one)
    elif isinstance(node, dict) and "props" in node:
        yield node["props"]
        yield from parts(node["props"].get("children"))


def text_of(node: object) -> str:
    """All the words below a component."""
    if isinstance(node, list):
        return "".join(text_of(one) for one in node)
    if isinstance(node, dict) and "props" in node:
        return text_of(node["props"].get("children"))
    return "" if node is None else str(node)


def links(node: object) -> list[tuple[str, str]]:
    """Words and address of every link below a component."""
    return [(text_of(part.get("children")), part["href"]) for part in parts(node) if "href" in part]
