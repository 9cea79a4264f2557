"""The ways to ask: a page, a table as a file, a passport, any callback; each says whether it was let in and what it saw."""

import json
import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from zipfile import ZipFile

from flask.testing import FlaskClient
from pypdf import PdfReader
from werkzeug.test import TestResponse

from dashboard.pages.figure_cards import FIGURE
from tests.dashboard.serving import Served, callback_body, csrf_cookie
from tests.matrix.identities import Identity

LOCKED = re.compile(r"icon icon-(lock|missing|alert) ")
REFUSED = frozenset({302, 401, 403, 404})
Body = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What came of asking: let in or refused, or something that must never come, and every word of it."""

    status: int
    text: str
    is_allowed: bool
    is_fault: bool = False


@dataclass
class Desk:
    """Everybody's browser on one served city."""

    served: Served
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def admit(self, identity: Identity) -> None:
        """Sign somebody in, and take the token that their scripts send."""
        client = self.served.signed_in(identity.login) if identity.login else self.served.client()
        client.get("/")
        self.clients[identity.name] = client
        self.tokens[identity.name] = csrf_cookie(client)

    def page(self, identity: Identity, path: str, **query: str) -> Answer:
        """A page as the frame's callback draws it."""
        name = next(one for one in self.served.app.callback_map if "content.children" in one)
        body = callback_body(
            self.served.app,
            name,
            {"url.pathname": path, "url.search": f"?{urlencode(query)}" if query else ""},
        )
        answer = self._post(identity, body)
        if answer.status_code != 200:
            return _read(answer)
        content = json.dumps(answer.json["response"]["content"], ensure_ascii=False)  # type: ignore[index]
        text = json.dumps(answer.json, ensure_ascii=False)
        return Answer(200, text, not LOCKED.search(content), "icon icon-alert " in content)

    def export(self, identity: Identity, path: str, table: str) -> Answer:
        """A table of a page as a workbook."""
        address = f"/export?{urlencode({'page': path, 'table': table})}"
        answer = self.clients[identity.name].get(address)
        if answer.status_code != 200:
            return _read(answer)
        return Answer(200, _unpack(answer.data), is_allowed=True)

    def paper(self, identity: Identity, path: str, paper: str, form: str) -> Answer:
        """A paper of a page, every word of it."""
        address = f"/paper?{urlencode({'page': path, 'paper': paper, 'form': form})}"
        answer = self.clients[identity.name].get(address)
        if answer.status_code != 200:
            return _read(answer)
        text = _unpack(answer.data) if form == "xlsx" else read_pdf(answer.data)
        return Answer(200, text, is_allowed=True)

    def passport(self, identity: Identity, code: str, basis: str, scope: str, **query: str) -> Answer:
        """The passport of a figure, as a click on its number asks for it."""
        return _read(self._post(identity, self.passport_body(code, basis, scope, **query)))

    def passport_body(self, code: str, basis: str, scope: str, **query: str) -> Body:
        """What a click on a number sends."""
        name = next(one for one in self.served.app.callback_map if "passport.opened" in one)
        body = callback_body(self.served.app, name, {"url.search": f"?{urlencode(query)}" if query else ""})
        clicked = {"type": FIGURE, "code": code, "basis": basis, "scope": scope, "place": "matrix"}
        body["inputs"] = [[{"id": clicked, "property": "n_clicks", "value": 1}]]
        wire = json.dumps(clicked, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        body["changedPropIds"] = [f"{wire}.n_clicks"]
        return body

    def call(self, identity: Identity, name: str) -> Answer:
        """Any callback, with no values: nothing is done, but the right is asked."""
        return _read(self._post(identity, self.plain_body(name)))

    def plain_body(self, name: str) -> Body:
        """A request that fits a callback and carries no value; a pattern stands for no wire at all."""
        body = callback_body(self.served.app, name)
        for part in ("inputs", "state"):
            body[part] = [[] if wire["id"].startswith("{") else wire for wire in body[part]]
        outputs = body["outputs"]
        if isinstance(outputs, dict):
            body["outputs"] = [] if outputs["id"].startswith("{") else outputs
        else:
            body["outputs"] = [[] if wire["id"].startswith("{") else wire for wire in outputs]
        body["changedPropIds"] = []
        return body

    def send(self, identity: Identity, body: object) -> TestResponse:
        """A body as it is."""
        return self._post(identity, body)

    def _post(self, identity: Identity, body: object) -> TestResponse:
        headers = {"X-CSRFToken": self.tokens[identity.name]}
        client = self.clients[identity.name]
        return client.post("/_dash-update-component", json=body, headers=headers)


def _read(answer: TestResponse) -> Answer:
    text = json.dumps(answer.json, ensure_ascii=False) if answer.is_json else answer.text
    is_fault = answer.status_code >= 500
    return Answer(answer.status_code, text, answer.status_code not in REFUSED and not is_fault, is_fault)


def _unpack(workbook: bytes) -> str:
    """Every part of a workbook as text."""
    with ZipFile(BytesIO(workbook)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist())


def read_pdf(content: bytes) -> str:
    """Every page of a PDF as text."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
