"""The threats at the pages of daily work, each door in turn; the numbers in the names are those of the list."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import pytest

from dashboard.pages import PAGES
from tests.dashboard.pages.typed_forms import send as send_form
from tests.dashboard.serving import callback_body, server_callbacks
from tests.matrix.asking import Body, Desk
from tests.matrix.city import OTHER_FUND, OTHER_PARK, OWN_FUND, SECRET
from tests.matrix.identities import Identity
from tests.matrix.test_threats import ASKING, MANAGER, SIGNATORY, is_clean

# The rooms of the pages of daily work, each with an address of one's own and the same pointed at the other side.
DOORS: Mapping[str, tuple[str, str]] = {
    "record_deal": (f"/record-deal?fund={OWN_FUND}", f"/record-deal?fund={OTHER_FUND}&company=C2"),
    "cash": (f"/cash/{OWN_FUND}", f"/cash/{OTHER_FUND}"),
    "exits": (f"/exits?fund={OWN_FUND}", f"/exits?fund={OTHER_FUND}"),
    "local_investment": (f"/local-investment?fund={OWN_FUND}", f"/local-investment?fund={OTHER_FUND}"),
    "quarter_end": (f"/quarter-end?fund={OWN_FUND}", f"/quarter-end?fund={OTHER_FUND}"),
    "quarters": (f"/quarters?fund={OWN_FUND}", f"/quarters?fund={OTHER_FUND}"),
    "signing": ("/signing", "/signing?quarter=2025-Q4"),
    "audit": ("/audit", "/audit?sample=1"),
    "documents": (f"/documents?fund={OWN_FUND}", f"/documents?fund={OTHER_FUND}"),
    "imports": ("/imports", "/imports/1"),
    "upkeep": (f"/upkeep?tab=term&thing={OWN_FUND}", f"/upkeep?tab=term&thing={OTHER_FUND}"),
    "my_funds": ("/my-funds", f"/my-funds?fund={OTHER_FUND}"),
    "inbox": ("/inbox", f"/inbox?fund={OTHER_FUND}"),
}
EACH = pytest.mark.parametrize("door", DOORS)
# Rooms of the same group that are older, or hold nothing but a way to the others.
OLDER = {"proposals", "figures_entry", "trail"}
# Forms that one part of the program draws for several rooms.
SHARED_FORMS = {"cash": "..cash-", "exits": "..exits-", "local_investment": "..local-"}
SEED = re.compile(r'"value": "[0-9a-f]{8}"')  # drawn anew for every form of a sample
WORDS = ("admin", OTHER_FUND, "M", "2025-Q4")
# Ids of what belongs to the other side, and of what is nobody's.
CLAIMS: Sequence[Mapping[str, Any]] = (
    {"fund": OTHER_FUND, "act": "file"},
    {"fund": OTHER_FUND, "act": "unlock"},
    {"paper": "1"},
    {"item": "1", "act": "passed"},
    {"row": "C2"},
    {"name": "fund", "index": 1, "place": OTHER_FUND, "part": "file"},
)
# Forms of the shared kind as the other fund's own people would fill them in.
FORGED = [
    (
        "cash",
        f"/cash/{OTHER_FUND}?act=notice",
        {
            "no": "N9",
            "noticed_on": "2026-06-01",
            "due_on": "2026-06-20",
            "total": "100",
            "reason": "x",
        },
        [("LP9", "100")],
    ),
    (
        "exits",
        f"/exits?fund={OTHER_FUND}&act=exit",
        {
            "company": "C2",
            "kind": "transfer",
            "amount": "1",
            "exited_on": "2026-06-01",
        },
        [],
    ),
    (
        "local",
        f"/local-investment?fund={OTHER_FUND}",
        {"company": "C2", "amount": "1", "on": "2026-06-01"},
        [],
    ),
]
PLACE = re.compile(r"/|#|\?|data:image/(png|svg\+xml)|https?://|$")
ADDRESSES = {"href", "src", "action", "formAction", "data-href"}


def own(door: str) -> tuple[str, dict[str, str]]:
    """Path and query of one's own page."""
    return split(DOORS[door][0])


def split(address: str) -> tuple[str, dict[str, str]]:
    path, _, search = address.partition("?")
    return path, dict(pair.split("=") for pair in search.split("&") if pair)


def callbacks_of(desk: Desk, door: str) -> list[str]:
    """The callbacks that a room registers, by itself or by the form that several rooms share."""
    here, entries = f"dashboard.pages.{door}.", desk.served.app.callback_map
    shared = SHARED_FORMS.get(door, "-")
    return [
        name
        for name in server_callbacks(desk.served.app)
        if entries[name]["callback"].__module__.startswith(here) or name.startswith(shared)
    ]


def forge(desk: Desk, name: str, address: str, word: str, claim: Mapping[str, Any]) -> Body:
    """A pressed button whose address, fields and ids all claim to be somebody else's."""
    path, _, search = address.partition("?")
    body = callback_body(desk.served.app, name, {"url.pathname": path, "url.search": f"?{search}"})
    for part in ("inputs", "state"):
        body[part] = [_claim(wire, part, word, claim) for wire in body[part]]
    if isinstance(body["outputs"], list):
        body["outputs"] = [_named(wire, claim) for wire in body["outputs"]]
    else:
        body["outputs"] = _named(body["outputs"], claim)
    pressed = body["inputs"][0]
    pressed = pressed[0] if isinstance(pressed, list) else pressed
    wire = pressed["id"]
    if isinstance(wire, dict):
        wire = json.dumps(wire, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    body["changedPropIds"] = [f"{wire}.{pressed['property']}"]
    return body


def _claim(wire: dict[str, Any], part: str, word: str, claim: Mapping[str, Any]) -> Any:
    named, value = _named(wire, claim), 1 if part == "inputs" or wire["property"] == "n_clicks" else word
    if isinstance(named, list):
        return [{**one, "value": value} for one in named]
    return named if wire["value"] is not None else {**named, "value": value}


def _named(wire: dict[str, Any], claim: Mapping[str, Any]) -> Any:
    """The component of a pattern that bears the claim, one of a list where the pattern stands for many."""
    if not wire["id"].startswith("{"):
        return wire
    pattern = json.loads(wire["id"])
    named = {key: claim.get(key, "1") if isinstance(value, list) else value for key, value in pattern.items()}
    one = {"id": named, "property": wire["property"]}
    return [one] if ["ALL"] in pattern.values() else one


def test_every_page_of_daily_work_is_among_the_doors() -> None:
    rooms = {page.layout.__module__.split(".")[2] for page in PAGES if page.group == "work.group"}
    assert rooms - OLDER <= DOORS.keys(), "a door without its threats tried"
    assert DOORS.keys() <= {page.layout.__module__.split(".")[2] for page in PAGES}


@EACH
def test_threat_03_what_the_browser_claims_opens_nothing_and_writes_nothing(desk: Desk, door: str) -> None:
    """T03, T04: another's fund in the address, in every field and in every id; a role beside them is refused."""
    before, wrong = desk.served.book.head(), []
    for name in callbacks_of(desk, door):
        body = forge(desk, name, DOORS[door][1], OTHER_FUND, {})
        body["state"].append({"id": "role", "property": "value", "value": "commission_signatory"})
        assert desk.send(MANAGER, body).status_code == 400
        for place, claim in enumerate(CLAIMS):
            body = forge(desk, name, DOORS[door][1], WORDS[place % len(WORDS)], claim)
            got = desk.send(MANAGER, body)
            if got.status_code >= 500 or SECRET in got.text:
                wrong.append(f"{name} {dict(claim)}: {got.status_code} {got.text[:200]}")
    assert wrong == []
    assert desk.served.book.head() == before


@pytest.mark.parametrize(("prefix", "address", "fields", "lines"), FORGED, ids=lambda part: str(part)[:30])
def test_threat_03_a_sound_form_for_another_fund_is_refused(
    desk: Desk, prefix: str, address: str, fields: dict[str, str], lines: list[tuple[str, str]]
) -> None:
    """T03: every field as its own people would send it, only that the fund is not the sender's."""
    before = desk.served.book.head()
    got = send_form(desk.served, desk.clients[MANAGER.name], prefix, address, fields, lines)
    assert got.status_code in (200, 400, 403, 404)
    assert SECRET not in got.text
    assert "已登记" not in str(got.json)
    assert desk.served.book.head() == before


@ASKING
@EACH
def test_threat_02_a_page_pointed_at_the_other_side_tells_nothing_of_it(
    desk: Desk, who: Identity, door: str
) -> None:
    """T02: funds, samples, papers and workbooks of the other side in the address."""
    path, query = split(DOORS[door][1])
    assert is_clean(desk.page(who, path, **query))


@EACH
def test_threat_40_a_page_is_the_same_before_and_after_somebody_who_sees_more(desk: Desk, door: str) -> None:
    """T40: what was drawn for the whole city is never given to one fund's manager."""
    path, query = own(door)
    cold = SEED.sub("", desk.page(MANAGER, path, **query).text)
    desk.page(SIGNATORY, path, **query)
    assert SEED.sub("", desk.page(MANAGER, path, **query).text) == cold
    assert SECRET not in cold


@EACH
def test_threat_41_a_table_of_the_door_leads_no_further_than_its_page(desk: Desk, door: str) -> None:
    """T41: every table for export, asked for with another's fund and park in the state."""
    path, query = split(DOORS[door][1])
    pages = [page for page in PAGES if page.layout.__module__.split(".")[2] == door]
    for page in pages:
        for table in page.tables:
            state = {**query, "page": path, "table": table, "park": OTHER_PARK}
            got = desk.clients[MANAGER.name].get(f"/export?{urlencode(state)}")
            assert got.status_code in (200, 400, 403, 404), got.text
            told = desk.export(MANAGER, path, table).text if got.status_code == 200 else got.text
            assert SECRET not in told


@EACH
def test_threat_30_what_is_drawn_is_text_and_leads_only_to_pages(desk: Desk, door: str) -> None:
    """T30: no address that runs, no HTML of anybody's, whatever stands in names."""
    path, query = own(door)
    drawn = json.loads(desk.page(SIGNATORY, path, **query).text)
    found = [value for key, value in properties_of(drawn) if key in ADDRESSES and isinstance(value, str)]
    assert [value for value in found if not PLACE.match(value)] == []
    assert not any(key == "dangerously_allow_html" and value for key, value in properties_of(drawn))


def properties_of(value: Any) -> Iterator[tuple[str, Any]]:
    """Every property of everything that was drawn."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner
            yield from properties_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from properties_of(inner)


@EACH
def test_threat_31_a_form_or_another_site_presses_no_button(desk: Desk, door: str) -> None:
    """T31: the same body as text, as a form, without the token, and with the token of another session."""
    client, token = desk.clients[MANAGER.name], desk.tokens[MANAGER.name]
    before = desk.served.book.head()
    for name in callbacks_of(desk, door)[:2]:
        body = json.dumps(desk.plain_body(name))
        for kind, given, status in (
            ("text/plain", token, {415}),
            ("application/x-www-form-urlencoded", token, {415}),
            ("application/json", "", {400, 403}),
            ("application/json", desk.tokens[SIGNATORY.name], {400, 403}),
        ):
            got = client.post(
                "/_dash-update-component", data=body, content_type=kind, headers={"X-CSRFToken": given}
            )
            assert got.status_code in status, (name, kind, got.status_code)
    assert desk.served.book.head() == before
