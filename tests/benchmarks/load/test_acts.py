"""What the people of the load send is what a browser would send, and never the same figure twice."""

import json

from benchmarks.load.acts import Repertoire, Wiring, fill
from benchmarks.load.crowd import Person, Promise
from funds.kinds import Role
from tests.dashboard.serving import Served, callback_body

HEADERS = {"Content-Type": "application/json", "X-CSRFToken": "t"}
OFFICIAL = Person("load.002", Role.PARK_OFFICIAL, "P01")
MANAGER = Person("load.006", Role.FUND_MANAGER, "F1", "ft_x", Promise("F1", "LP2"))


def wiring_of(served: Served) -> Wiring:
    client = served.signed_in()
    return Wiring.read(client.get("/_dash-dependencies").data)


def test_a_page_is_asked_for_as_the_browser_asks(whole: Served) -> None:
    wiring = wiring_of(whole)
    values: dict[str, object] = {"url.pathname": "/funds", "url.search": "", "scheme.data": "light"}
    assert fill(wiring.page, values) == callback_body(whole.app, wiring.page["output"], values)


def test_every_read_is_answered_with_a_page(whole: Served) -> None:
    client = whole.signed_in()
    client.get("/")
    cookie = whole.cookie(client, "csrf")
    acts = Repertoire(OFFICIAL, wiring_of(whole), {**HEADERS, "X-CSRFToken": cookie}, 1)
    answer = client.post(acts.first.path, data=acts.first.body, headers=acts.first.headers)
    assert answer.status_code == 200
    assert b"content" in answer.data


def test_nobody_files_a_figure_twice(whole: Served) -> None:
    wiring, filed = wiring_of(whole), set()
    for number in (*range(12), 198, 199):
        person = Person(f"load.{number:03d}", Role.PARK_OFFICIAL, "P01")
        acts = Repertoire(person, wiring, HEADERS, number)
        for _ in range(20):
            sent = json.loads(acts.write().body)
            texts = {state["id"]: state.get("value") for state in sent["state"]}
            filed.add((texts["park-figure-indicator"], texts["park-figure-period"]))
    assert len(filed) == 14 * 20


def test_what_a_program_sends_carries_a_key_of_its_own(whole: Served) -> None:
    acts = Repertoire(MANAGER, wiring_of(whole), HEADERS, 1)
    sent = [acts.write() for _ in range(5)]
    assert len({act.headers["Idempotency-Key"] for act in sent}) == 5
    assert all(act.is_safe_twice and act.headers["Authorization"] == "Bearer ft_x" for act in sent)
