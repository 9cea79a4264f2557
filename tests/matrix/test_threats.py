"""The threats to scope, each tried as an attacker would at the served city of the matrix; numbers in the names."""

import json
import re
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from dashboard.pages.asked_page import clean_file_name
from dashboard.server import exports
from dashboard.tables.shown import ShownTable
from funds.queries import keeping
from funds.queries.scopes import fund_scope, park_scope
from tests.matrix.asking import Answer, Desk
from tests.matrix.city import NAME, OTHER_FUND, OTHER_PARK, OWN_FUND, OWN_PARK, SECRET
from tests.matrix.identities import IDENTITIES, Identity

OFFICIAL = next(one for one in IDENTITIES if one.name == "park_official-park")
MANAGER = next(one for one in IDENTITIES if one.name == "fund_manager-fund")
SIGNATORY = next(one for one in IDENTITIES if one.name == "commission_signatory-city")
ASKING = pytest.mark.parametrize("who", [OFFICIAL, MANAGER], ids=lambda one: one.name)
WRITTEN = re.compile(r"<dcterms:.*?</dcterms:\w+>")  # when a file was made
# Every part of an address that names a place, pointed at the other side, on pages that are one's own.
POINTED = (
    ("/", {"scope": park_scope(OTHER_PARK).label}),
    ("/", {"as_of": "2199-12-31"}),
    ("/funds", {"fund": OTHER_FUND, "park": OTHER_PARK}),
    (f"/funds/{OWN_FUND}", {"fund": OTHER_FUND, "scope": fund_scope(OWN_FUND, OTHER_FUND).label}),
    ("/trail", {"fund": "3", "table": "mark"}),
    ("/trail", {"person": "1", "action": "import"}),
)


def is_clean(answer: Answer) -> bool:
    """No word of the other side, and no fault of ours."""
    return SECRET not in answer.text and not answer.is_fault


@ASKING
@pytest.mark.parametrize(("path", "query"), POINTED, ids=lambda part: str(part)[:40])
def test_threat_02_no_part_of_an_address_leads_to_the_other_side(
    desk: Desk, who: Identity, path: str, query: dict[str, str]
) -> None:
    """T02: filters and scopes of one's own page that name another's."""
    assert is_clean(desk.page(who, path, **query))


@ASKING
def test_threat_02_scopes_that_hold_one_foreign_fund_are_refused_whole(desk: Desk, who: Identity) -> None:
    """T02: a selection of one's own and another's fund gives no figure at all, and says no name."""
    for scope in (fund_scope(OWN_FUND, OTHER_FUND), fund_scope(OTHER_FUND), park_scope(OTHER_PARK)):
        for code, basis in (("PF01", "committed"), ("PF08", "nav")):
            got = desk.passport(who, code, basis, scope.label)
            assert not got.is_allowed
            assert SECRET not in got.text
            assert NAME not in got.text


@ASKING
def test_threat_02_the_frame_and_its_lists_offer_only_what_is_ones_own(desk: Desk, who: Identity) -> None:
    """T02: the layout, the callbacks' declarations, and every list to choose from."""
    client = desk.clients[who.name]
    for address in ("/_dash-layout", "/_dash-dependencies"):
        text = client.get(address).text
        assert SECRET not in text
        assert json.dumps(SECRET)[1:-1] not in text
    for path in ("/", "/funds", "/trail", "/parks"):
        assert SECRET not in desk.page(who, path).text


@ASKING
def test_threat_40_what_was_worked_out_for_one_is_never_given_to_another(desk: Desk, who: Identity) -> None:
    """T40: pages, passports and files asked cold, then after somebody who sees all of it, then once more."""

    def ask(one: Identity) -> list[str]:
        return [
            desk.page(one, "/").text,
            desk.page(one, f"/funds/{OWN_FUND}").text,
            desk.page(one, f"/parks/{OWN_PARK}").text,
            desk.passport(one, "PF01", "committed", fund_scope(OWN_FUND).label).text,
            WRITTEN.sub("", desk.export(one, "/funds", "funds").text),
        ]

    keeping._kept.clear()
    cold = ask(who)
    whole = ask(SIGNATORY)
    assert any(SECRET in text for text in whole)
    assert ask(who) == cold
    assert not any(SECRET in text for text in cold)


@ASKING
@pytest.mark.parametrize(
    "state",
    [
        {"page": f"/funds/{OTHER_FUND}", "table": "holdings"},
        {"page": f"/parks/{OTHER_PARK}", "table": "funds"},
        {"page": "/", "table": "parks"},
        {"page": "/funds", "table": "funds", "fund": OTHER_FUND, "scope": fund_scope(OTHER_FUND).label},
        {"page": f"/funds/{OWN_FUND}/../{OTHER_FUND}", "table": "holdings"},
        {"page": f"/funds/{OTHER_FUND}?x=/funds/{OWN_FUND}", "table": "holdings"},
    ],
    ids=lambda state: f"{state['page']} {state['table']}",
)
def test_threat_41_the_way_to_files_leads_no_further_than_the_page(
    desk: Desk, who: Identity, state: dict[str, str]
) -> None:
    """T41: tables of another's page, by its address, by a detour, or by a filter of one's own."""
    got = desk.clients[who.name].get(f"/export?{urlencode(state)}")
    if got.status_code == 200:
        text = desk.export(who, state["page"], state["table"]).text
        assert state["page"] == "/funds"
        assert SECRET not in text
    else:
        assert got.status_code in (400, 403, 404)
        assert SECRET not in got.text


def test_threat_41_a_table_without_end_is_refused_before_it_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T41: more rows than one file is to hold."""
    monkeypatch.setattr(exports, "MOST_ROWS", 0)
    monkeypatch.setattr(exports, "write_shown_table", None)
    got = desk.clients[SIGNATORY.name].get("/export?page=/funds&table=funds")
    assert got.status_code == 413
    assert "上限" in got.text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../x", "_.._x"),
        ("a\r\nSet-Cookie: b", "a__Set-Cookie_ b"),
        ('"; filename="evil.exe', "_; filename=_evil.exe"),
        ("..", "_"),
        ("", "_"),
        ("C:\\x|y?", "C__x_y_"),
        ("资金" * 100, "资金" * 60),
    ],
)
def test_threat_41_a_file_is_called_by_a_name_that_is_one(given: str, kept: str) -> None:
    """T41: folders, line ends and quotes in a title."""
    assert clean_file_name(given) == kept


def test_threat_41_the_header_is_one_line_with_a_name_that_is_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T41: RFC 6266: a name in UTF-8 that ends no line."""

    def retitle(_context: object, table: ShownTable) -> ShownTable:
        return replace(table, title="../../x\r\nX-Evil: 1")

    monkeypatch.setattr(exports, "sort_as_asked", retitle)
    got = desk.clients[SIGNATORY.name].get("/export?page=/funds&table=funds")
    header = got.headers["Content-Disposition"]
    assert got.status_code == 200
    assert "X-Evil" not in got.headers
    assert header.startswith("attachment; filename*=UTF-8''_.._x__X-Evil_%201_2026-06-30_v")
