"""What every page's callback costs the server at a million lines, beside the ordinary sample city in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from benchmarks.books import copied_book, large_city, sample_city
from benchmarks.race import Row
from dashboard.pages.figure_cards import FIGURE
from dashboard.server import create_app
from dashboard.server.frame_app import FrameDash
from dashboard.settings import Settings
from funds.book import LOCAL, Book
from funds.drafts import FeeDraft
from funds.kinds import FeeKind
from funds.recording import record_fees
from tests.dashboard.serving import callback_body, csrf_cookie, read_token

LIGHT_MS, HEAVY_MS, MOST_TIMES = 10.0, 100.0, 2.0
WARM, COLD, PATIENCE = 15, 3, 4.0
# Below this a ratio tells of the machine and not of the callback.
LEAST_MS = 2.0
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
# The heaviest: every lens on the money of the whole city, and its funds and firms one by one.
HEAVY = frozenset({"/", "/leverage", "/funds", "/companies", "/parks", "/six-ones"})
PASSPORTS = (("LV04", "paid_in"), ("PF08", "nav"), ("PF09", "nav"), ("AL01", "cost"))
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


@dataclass
class Timed:
    """Milliseconds on the server: of the clock, of the processor, and of the first after a new entry."""

    warm: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    cold_busy: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def median(self) -> float:
        """The middle of the warm ones."""
        return statistics.median(self.warm)

    @property
    def p95(self) -> float:
        """Nineteen of twenty are no slower."""
        return sorted(self.warm)[max(0, -(-len(self.warm) * 95 // 100) - 1)]


class City:
    """One application over a copy of a city, with three people signed in."""

    def __init__(self, book: Book, settings: Settings) -> None:
        self.book = book
        self.app: FrameDash = create_app(book, settings)
        self.clients: dict[str, FlaskClient] = {}
        self.tokens: dict[str, str] = {}
        self.entries = 0
        for who in PAGES:
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

    def enter_line(self) -> None:
        """A new entry, and so a new version: whatever was kept of the last one is old."""
        self.entries += 1
        with self.book.change(LOCAL, "bench") as change:
            draft = FeeDraft(fund="F05", kind=FeeKind.CUSTODY, amount_fen=self.entries, paid_on=PAID_ON)
            record_fees(change, [draft])

    def list_asks(self, pages: dict[str, tuple[str, ...]]) -> list[Ask]:
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
    with copied_book(made) as copy:
        settings = Settings(str(copy), copy.parent / "anchors", copy.parent / "state")
        with Book(str(copy)) as book:
            yield City(book, settings)


def measure(cities: Sequence[City], asks: Sequence[Ask], patience: float = PATIENCE) -> list[list[Timed]]:
    """Each callback at each city in turns: first after new entries, then again and again."""
    return [_measure_one(cities, asked, patience) for asked in asks]


def _measure_one(cities: Sequence[City], asked: Ask, patience: float) -> list[Timed]:
    found = [Timed() for _ in cities]
    for city, timed in zip(cities, found, strict=True):
        for _ in range(COLD):
            city.enter_line()
            taken, spent, timed.size = city.ask(asked)
            timed.cold.append(taken)
            timed.cold_busy.append(spent)
            if sum(timed.cold) > patience * 1e3:
                break
    begun = time.perf_counter()
    for number in range(WARM):
        if number >= 5 and time.perf_counter() - begun > patience:
            break
        for city, timed in zip(cities, found, strict=True):
            taken, spent, timed.size = city.ask(asked)
            timed.warm.append(taken)
            timed.busy.append(spent)
    return found


def rows() -> Iterator[Row]:
    """All rows of this job."""
    with ExitStack() as stack:
        cities = [stack.enter_context(open_city(made)) for made in (sample_city(), large_city())]
        asks = cities[0].list_asks(PAGES)
        for asked, (small, large) in zip(asks, measure(cities, asks), strict=True):
            yield tell(asked, small, large)


def tell(asked: Ask, small: Timed, large: Timed) -> Row:
    """One line: the larger city as ours, the ordinary one as the peer."""
    times = max(large.median, LEAST_MS) / max(small.median, LEAST_MS)
    is_soon = large.median < HEAVY_MS if asked.is_heavy else large.p95 <= LIGHT_MS
    goal = f"median < {HEAVY_MS:g} ms" if asked.is_heavy else f"p95 ≤ {LIGHT_MS:g} ms"
    return Row(
        f"callback, {asked.who}: {asked.name}",
        _write(large),
        _write(small),
        times,
        f"{goal}, ≤ {MOST_TIMES:g} × sample city",
        is_soon and times <= MOST_TIMES,
    )


def _write(timed: Timed) -> str:
    cold, cold_busy, busy = (statistics.median(one) for one in (timed.cold, timed.cold_busy, timed.busy))
    return (
        f"{timed.median:.1f} ms (p95 {timed.p95:.1f}, cpu {busy:.1f}; cold {cold:,.0f}, cpu {cold_busy:,.0f}; "
        f"{timed.size / 1e3:,.0f} kB)"
    )
