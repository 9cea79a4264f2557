"""One person at work: signs in as at any door, opens the frame, then reads and writes with time to think."""

from __future__ import annotations

import gzip
import random
import re
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.load.acts import DEPENDENCIES, Act, Repertoire, Wiring, open_frame
from benchmarks.load.crowd import PASSWORD, Person
from benchmarks.load.wire import Answer, Browser

THINK = (3.0, 8.0)
WRITE_SHARE = 0.2
LOOKED_AT = 20
"""One of so many pages is unpacked, to see that it is a page and not a word of regret."""
TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
BUSY, MADE, IN = 429, 201, 303
FORM_DONE, FORM_FAULT = b"form-told", b"form-fault"
SORRY = b"icon icon-alert "


@dataclass(frozen=True)
class Done:
    """One act and what came of it; `outcome` is ok, or the kind of fault."""

    act: Act
    begun: float
    taken: float
    outcome: str
    is_new: bool = False
    said: bytes = b""


@dataclass
class Visit:
    """A person, the browser and everything that was done with it."""

    person: Person
    port: int
    seed: int
    done: list[Done] = field(default_factory=list)
    arrival: list[float] = field(default_factory=list)
    turned_away: int = 0

    def __post_init__(self) -> None:
        self.browser = Browser(self.port)
        self.chance = random.Random(self.seed)
        self.repertoire: Repertoire | None = None

    def arrive(self) -> None:
        """Sign in with login and password, trying again where too many do at once, and open the first page."""
        while True:
            form = self.browser.send("GET", "/sign-in")
            found = TOKEN.search(_unpack(form))
            if found is None:
                raise RuntimeError(f"no form at the door: {form.status} {form.fault}")
            sent = urlencode(
                {
                    "login": self.person.login,
                    "password": PASSWORD,
                    "csrf_token": found[1].decode(),
                    "next": "/",
                }
            )
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            answer = self.browser.send("POST", "/sign-in", sent.encode(), headers)
            self.arrival.append(answer.taken)
            if answer.status == IN:
                break
            if answer.status != BUSY:
                raise RuntimeError(f"{self.person.login} did not get in: {answer.status} {answer.fault}")
            self.turned_away += 1
            time.sleep(self.chance.uniform(0.5, 2.0))
        statuses = open_frame(self.browser)
        if set(statuses) != {200}:
            raise RuntimeError(f"{self.person.login}: the frame answers {statuses}")
        csrf = next(value for name, value in self.browser.cookies.items() if name.endswith("-csrf"))
        listed = _unpack(self.browser.send("GET", DEPENDENCIES))
        headers = {"Content-Type": "application/json", "X-CSRFToken": csrf}
        self.repertoire = Repertoire(self.person, Wiring.read(listed), headers, self.seed)
        self.browser.send("POST", self.repertoire.first.path, self.repertoire.first.body, headers)

    def work(self, over: threading.Event) -> None:
        """Think, do, think, until it is over."""
        if self.repertoire is None:
            raise RuntimeError("not in yet")
        over.wait(self.chance.uniform(0.0, THINK[1]))
        while not over.is_set():
            is_write = self.chance.random() < WRITE_SHARE
            self._do(self.repertoire.write() if is_write else self.repertoire.read())
            over.wait(self.chance.uniform(*THINK))

    def _do(self, act: Act) -> None:
        answer = self.browser.send("POST", act.path, act.body, act.headers)
        self.done.append(self._judge(act, answer))
        if answer.status == 0 and act.is_safe_twice:
            # A program that does not know whether it was heard says the same again, under the same key.
            time.sleep(0.2)
            again = self.browser.send("POST", act.path, act.body, act.headers)
            self.done.append(self._judge(act, again))

    def _judge(self, act: Act, answer: Answer) -> Done:
        outcome, is_new, said = "ok", False, b""
        if answer.status == 0:
            outcome = f"cut: {answer.fault}"
        elif answer.status >= 300:
            outcome = str(answer.status)
        elif act.path.startswith("/api/"):
            is_new = answer.status == MADE
        elif act.is_write:
            text = _unpack(answer)
            is_new = FORM_DONE in text and FORM_FAULT not in text
            outcome = "ok" if is_new else "refused"
        elif not answer.body or (len(self.done) % LOOKED_AT == 0 and SORRY in _unpack(answer)):
            outcome = "no page"
        if outcome not in ("ok",) and answer.status:
            said = _unpack(answer)[:600]
        return Done(act, answer.begun, answer.taken, outcome, is_new, said)


def _unpack(answer: Answer) -> bytes:
    return gzip.decompress(answer.body) if answer.headers.get("Content-Encoding") == "gzip" else answer.body
