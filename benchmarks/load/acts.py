"""What people do: the requests of each trade, their bodies made once, with how often each is done."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from benchmarks.load.crowd import Person
from benchmarks.load.wire import Browser
from dashboard.pages.figure_cards import FIGURE
from funds.kinds import Role
from funds.rules.park_figures import MEASURES

CALLBACK = "/_dash-update-component"
DEPENDENCIES, LAYOUT = "/_dash-dependencies", "/_dash-layout"
COMMISSION = (
    *("/", "/leverage", "/funds", "/funds/F01", "/funds/F13", "/parks", "/parks/P01", "/industries"),
    *(
        "/industries/IC",
        "/companies",
        "/companies/Q001",
        "/inbox",
        "/six-ones",
        "/cash",
        "/quarters",
        "/trail",
    ),
    *("/compare?park=P01&with=P02", "/definitions/LV04"),
)
PAGES = {
    Role.COMMISSION_SIGNATORY: COMMISSION,
    Role.COMMISSION_ANALYST: COMMISSION,
    Role.PARK_OFFICIAL: (
        "/",
        "/parks/{place}",
        "/funds",
        "/companies",
        "/inbox",
        "/park-figures",
        "/six-ones",
    ),
    Role.FUND_MANAGER: (
        "/my-funds",
        "/funds/{place}",
        "/cash/{place}",
        "/inbox",
        "/companies",
        "/quarter-end",
    ),
}
PASSPORT_SHARE = 0.1
# Of writes by the interface: what is sent and how often.
PAYMENTS = ("contributions", "contributions", "calls")
FIRST_DAY, DAYS = date(2026, 10, 9), 40
FIRST_YEAR, MOST_FIGURES = 1950, 40
WHOLE_NUMBERS = sorted(code for code, measure in MEASURES.items() if measure.most is None)
"""Indicators that can be any number; of each person's so many figures no two are of the same month."""


@dataclass(frozen=True)
class Act:
    """One request: its kind for the figures, and what is sent."""

    name: str
    path: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    is_write: bool = False
    is_safe_twice: bool = False


@dataclass(frozen=True)
class Wiring:
    """What the pages' own script learns of the callbacks before it can ask for anything."""

    page: dict[str, Any]
    passport: dict[str, Any]
    figure: dict[str, Any]

    @classmethod
    def read(cls, listed: bytes) -> Wiring:
        """From the server's own list."""
        found = {entry["output"]: entry for entry in json.loads(listed)}

        def pick(part: str) -> dict[str, Any]:
            return next(entry for output, entry in found.items() if part in output)

        return cls(pick("content.children"), pick("passport.opened"), pick("park-figure-told.children"))


class Repertoire:
    """Everything that one person may do, ready to be sent."""

    def __init__(self, person: Person, wiring: Wiring, headers: dict[str, str], seed: int) -> None:
        self._person, self._wiring, self._headers = person, wiring, headers
        self._chance = random.Random(seed)
        pages = [path.format(place=person.place) for path in PAGES[person.role]]
        self.first = self._page(pages[0])
        self._reads = [self._page(path) for path in pages]
        self._passport = self._make_passport()
        self._number = 0

    def read(self) -> Act:
        """A page, or a click on a number."""
        if self._chance.random() < PASSPORT_SHARE:
            return self._passport
        return self._chance.choice(self._reads)

    def write(self) -> Act:
        """Something new to be recorded: by the interface with a token, else by a form of a page."""
        self._number += 1
        return self._pay() if self._person.token else self._file_figure()

    def _page(self, path: str) -> Act:
        pathname, _, search = path.partition("?")
        values = {
            "url.pathname": pathname,
            "url.search": f"?{search}" if search else "",
            "scheme.data": "light",
        }
        return self._callback(pathname, fill(self._wiring.page, values))

    def _make_passport(self) -> Act:
        scope = {Role.PARK_OFFICIAL: "park", Role.FUND_MANAGER: "fund"}.get(self._person.role)
        label = f"{scope}:{self._person.place}" if scope else "city"
        clicked = {"type": FIGURE, "code": "PF08", "basis": "nav", "scope": label, "place": "load"}
        body = fill(self._wiring.passport, {"url.search": ""})
        body["inputs"] = [[{"id": clicked, "property": "n_clicks", "value": 1}]]
        wire = json.dumps(clicked, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        body["changedPropIds"] = [f"{wire}.n_clicks"]
        return self._callback("passport", body)

    def _file_figure(self) -> Act:
        """A new figure of a park or of the city: each person has places of an own in the list of all of them."""
        own = int(self._person.login.rpartition(".")[2])
        turn, which = divmod(own * MOST_FIGURES + self._number % MOST_FIGURES, len(WHOLE_NUMBERS))
        indicator, period = WHOLE_NUMBERS[which], f"{FIRST_YEAR + turn // 12}-{turn % 12 + 1:02d}"
        texts = {"indicator": indicator, "period": period, "value": str(self._number + own), "source": "load"}
        texts |= {"owner": self._person.login, "evidence": "", "reason": ""}
        place = self._person.place or "city"
        values: dict[str, object] = {f"park-figure-{name}.value": text for name, text in texts.items()}
        values |= {"url.search": f"?park={place}", "park-figure-save.n_clicks": 1}
        return self._callback("form", fill(self._wiring.figure, values), is_write=True)

    def _pay(self) -> Act:
        promise, kind = self._person.promise, self._chance.choice(PAYMENTS)
        if promise is None or self._person.token is None:
            raise RuntimeError(f"{self._person.login} has nothing to record")
        key = f"{self._person.login}-{self._number:05d}"
        day = (FIRST_DAY + timedelta(days=self._number % DAYS)).isoformat()
        line: dict[str, object] = {"fund": promise.fund, "investor": promise.investor, "amount": "100.00"}
        if kind == "calls":
            line |= {"notice_no": key, "noticed_on": day, "due_on": day}
        else:
            line |= {"received_on": day, "business_no": key}
        body = json.dumps({"reason": f"load {key}", kind: [line]}).encode()
        headers = {
            "Authorization": f"Bearer {self._person.token}",
            "Idempotency-Key": key,
            "Content-Type": "application/json",
        }
        return Act(kind, f"/api/v1/{kind}", body, headers, is_write=True, is_safe_twice=True)

    def _callback(self, name: str, body: dict[str, Any], *, is_write: bool = False) -> Act:
        return Act(name, CALLBACK, json.dumps(body).encode(), self._headers, is_write)


def fill(entry: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """The request for a callback of the server's list, with values by `id.property`."""

    def wire(declared: dict[str, Any]) -> dict[str, Any]:
        name = f"{declared['id']}.{declared['property']}"
        return {"id": declared["id"], "property": declared["property"], "value": values.get(name)}

    outputs = [
        dict(zip(("id", "property"), part.rsplit(".", 1), strict=True))
        for part in entry["output"].strip(".").split("...")
    ]
    inputs = [wire(one) for one in entry["inputs"]]
    return {
        "output": entry["output"],
        "outputs": outputs,
        "inputs": inputs,
        "state": [wire(one) for one in entry["state"]],
        "changedPropIds": [f"{one['id']}.{one['property']}" for one in inputs],
    }


def open_frame(browser: Browser) -> Sequence[int]:
    """What a browser asks for before the first page: the frame, its layout and the list of callbacks."""
    return [browser.send("GET", path).status for path in ("/", LAYOUT, DEPENDENCIES)]
