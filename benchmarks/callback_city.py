"""An application over a city with three people signed in, and every callback that the bench asks of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from benchmarks.books import copied_book, placed_cities
from dashboard.pages.figure_cards import FIGURE
from dashboard.server import create_app
from dashboard.server.frame_app import FrameDash
from dashboard.settings import Settings
from funds.book import LOCAL, Book
from funds.drafts import FeeDraft
from funds.kinds import FeeKind
from funds.recording import record_fees
from tests.dashboard.serving import callback_body, csrf_cookie, read_token
from tests.memory import scratch_folder

PAID_ON = date(2024, 3, 29)

COMMISSION, PARK, MANAGER = "commission", "park", "manager"
OVERVIEW = ("/", "/funds", "/leverage", "/companies", "/industries", "/inbox")
PAGES: dict[str, tuple[str, ...]] = {
    COMMISSION: (
        *OVERVIEW,
        *(
            "/parks",
            "/parks/P01",
            "/compare?park=P01&with=P02",
            "/six-ones",
            "/park-figures",
            "/industries/IC",
        ),
        *("/funds/F01", "/funds/F13", "/companies/Q001", "/cash", "/cash/F05", "/exits"),
        *(
            "/local-investment",
            "/quarter-end",
            "/quarters",
            "/record-deal",
            "/my-funds",
            "/imports",
            "/upkeep",
        ),
        *("/documents", "/signing", "/audit", "/inspection", "/proposals", "/trail", "/trail/4"),
        *("/definitions", "/definitions/LV04", "/glossary", "/account"),
    ),
    PARK: (*OVERVIEW, "/parks/P01", "/quarter-end"),
    MANAGER: (*OVERVIEW, "/my-funds", "/quarter-end"),
}
PASSPORTS = (("LV04", "paid_in"), ("PF08", "nav"), ("PF09", "nav"), ("AL01", "cost"))
# The heaviest: every lens on the money of the whole city, and its funds and firms one by one.
HEAVY = frozenset({"/", "/leverage", "/funds", "/companies", "/parks", "/six-ones"})
# How a page is marked that could not be drawn.
FAILED = "icon-alert state-icon"
Body = dict[str, Any]


@dataclass(frozen=True)
class Ask:
    """One callback: who asks, what it is called, and the body that the browser posts."""

    who: str
    name: str
    body: Body = field(compare=False, hash=False, repr=False)

    @property
    def is_heavy(self) -> bool:
        """Whether it is one of those that may take longer."""
        return self.name in HEAVY


class City:
    """One application over a copy of a city, with three people signed in."""

    def __init__(self, book: Book, settings: Settings) -> None:
        self.book = book
        self.app: FrameDash = create_app(book, settings)
        self.clients: dict[str, FlaskClient] = {}
        self.tokens: dict[str, str] = {}
        self.entries = 0
        for who in (COMMISSION, PARK, MANAGER):
            self._enter(who)

    def ask(self, asked: Ask) -> tuple[float, float, int]:
        """Post it; milliseconds of the clock and of the processor, and the bytes of the answer."""
        headers = {"X-CSRFToken": self.tokens[asked.who], "Accept-Encoding": "gzip, deflate, br"}
        begun, busy = time.perf_counter(), time.process_time()
        answer = self.clients[asked.who].post("/_dash-update-component", json=asked.body, headers=headers)
        taken, spent = time.perf_counter() - begun, time.process_time() - busy
        if answer.status_code != 200:
            raise RuntimeError(f"{asked.who} {asked.name}: {answer.status_code} {answer.text[:200]}")
        return taken * 1e3, spent * 1e3, len(answer.data)

    def try_out(self, asked: Ask) -> None:
        """Post it and read the answer: a page that could not be drawn is answered too, calmly and at once."""
        headers = {"X-CSRFToken": self.tokens[asked.who]}
        answer = self.clients[asked.who].post("/_dash-update-component", json=asked.body, headers=headers)
        if answer.status_code != 200 or FAILED in answer.text:
            raise RuntimeError(f"{asked.who} {asked.name}: {answer.status_code}, not drawn")

    def enter_line(self) -> None:
        """A new entry, and so a new version: whatever was kept of the last one is old."""
        self.entries += 1
        with self.book.change(LOCAL, "bench") as change:
            draft = FeeDraft(fund="F05", kind=FeeKind.CUSTODY, amount_fen=self.entries, paid_on=PAID_ON)
            record_fees(change, [draft])

    def list_asks(self, pages: Mapping[str, Sequence[str]]) -> list[Ask]:
        """Every page for each of the three, passports of the commission, and the export of its longest table."""
        asks = [Ask(who, path, self._page_body(path)) for who, paths in pages.items() for path in paths]
        passports = [
            Ask(COMMISSION, f"passport {code}", self._passport_body(code, basis)) for code, basis in PASSPORTS
        ]
        return [*asks, *passports]

    def _enter(self, who: str) -> None:
        client = self.app.server.test_client()
        token = read_token(client.get("/sign-in").text)
        client.post("/demo/enter", data={"identity": who, "csrf_token": token})
        client.get("/")
        self.clients[who], self.tokens[who] = client, csrf_cookie(client)

    def _page_body(self, path: str) -> Body:
        pathname, _, search = path.partition("?")
        name = next(one for one in self.app.callback_map if "content.children" in one)
        given = {
            "url.pathname": pathname,
            "url.search": f"?{search}" if search else "",
            "scheme.data": "light",
        }
        return callback_body(self.app, name, dict(given))

    def _passport_body(self, code: str, basis: str) -> Body:
        name = next(one for one in self.app.callback_map if "passport.opened" in one)
        clicked = {"basis": basis, "code": code, "place": "bench", "scope": "city", "type": FIGURE}
        body = callback_body(self.app, name, {"url.search": ""})
        body["inputs"] = [[{"id": clicked, "property": "n_clicks", "value": 1}]]
        wire = ",".join(f'"{key}":"{value}"' for key, value in clicked.items())
        return {**body, "changedPropIds": [f"{{{wire}}}.n_clicks"]}


@contextmanager
def open_city(made: Path) -> Iterator[City]:
    """A city opened from a copy, so that the one that was made stays as it is."""
    with copied_book(made) as copy, _serve(str(copy), copy.parent) as city:
        yield city


@contextmanager
def open_cities(engine: str, originals: Sequence[Path]) -> Iterator[list[City]]:
    """Copies of several cities on an engine, each as it is served: on PostgreSQL by the role that owns nothing."""
    with placed_cities(engine, originals) as places, scratch_folder("bench") as folder, ExitStack() as stack:
        served = [served for _owner, served in places]
        yield [
            stack.enter_context(_serve(url, folder / f"city-{number}")) for number, url in enumerate(served)
        ]


@contextmanager
def _serve(url: str, folder: Path) -> Iterator[City]:
    settings = Settings(url, folder / "anchors", folder / "state")
    with Book(url) as book:
        yield City(book, settings)
