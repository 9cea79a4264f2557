"""Nothing is left out of the matrix: a page, a callback, an export or a route without a place fails here."""

from dataclasses import replace

import pytest

from dashboard.auth.callbacks import SIGNED_IN
from dashboard.pages import PAGES
from dashboard.server.gate import (
    ANY_PAGE,
    ASSETS,
    CALLBACK,
    DOCUMENTS,
    EXPORT,
    HEALTH,
    IMPORT_FILES,
    INDEX,
    PAPER_FILE,
    PAPER_STATE,
    PAPER_STOP,
    PAPERS,
    READY,
    SUITES,
    WORKBOOKS,
)
from funds.kinds import Role, ScopeKind
from funds.permissions import GRANTS, Action
from funds.queries.scopes import CITY, fund_scope
from funds.rules.posts import POSTS
from tests.dashboard.serving import server_callbacks
from tests.matrix import cells
from tests.matrix.asking import Desk
from tests.matrix.cells import (
    FILLINGS,
    NARROWER,
    NARROWER_TABLES,
    list_papers,
    list_places,
    list_tables,
    may_read,
)
from tests.matrix.city import NAME, OTHER_FUND, OTHER_PARK, SECRET
from tests.matrix.identities import IDENTITIES, Identity, Standing

# What answers without a page: Dash's own reading of the frame, its scripts, the door, and unknown paths under /api.
BESIDE = {
    INDEX,
    ANY_PAGE,
    CALLBACK,
    EXPORT,
    PAPERS,
    PAPER_FILE,
    PAPER_STATE,
    PAPER_STOP,
    IMPORT_FILES,
    DOCUMENTS,
    WORKBOOKS,
    HEALTH,
    READY,
    ASSETS,
    SUITES,
    "api.unknown",
    "api.unknown_root",
}
OF_DASH = "/_"
AT_DOOR = "auth."
# What programs come in by has cells of its own: `test_api` takes its routes from the lists that made them.
FOR_PROGRAMS = ("api_v1.", "api_v1_about.")


def test_every_role_asks_in_every_scope_it_can_be_held_in() -> None:
    asking = {(one.role, one.scope) for one in IDENTITIES if one.role and one.standing is Standing.ACTIVE}
    assert {role for role, _ in asking} == set(Role) == set(GRANTS)
    assert asking == {
        (role, scope) for role in Role for scope in ScopeKind if scope is ScopeKind.CITY or role not in POSTS
    }
    assert {one.standing for one in IDENTITIES} == set(Standing)


def test_every_page_with_parts_is_filled_and_no_filling_is_left_over() -> None:
    assert {page.path for page in PAGES if "{" in page.path} == FILLINGS.keys()
    plain = {page.path for page in PAGES if "{" not in page.path}
    assert plain >= NARROWER.keys()


def test_a_new_page_with_parts_fails_until_it_has_a_place(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = replace(PAGES[0], path="/new/{code}")
    monkeypatch.setattr(cells, "PAGES", (*PAGES, new))
    with pytest.raises(KeyError, match="/new/"):
        list_places(desk.served.book)


def test_every_export_has_a_cell_and_no_rule_is_left_over(desk: Desk) -> None:
    listed = list_tables(desk.served.book)
    offered = {(page.path, table) for page in PAGES for table in page.tables}
    assert {(cell.place.page.path, cell.table) for cell in listed} == offered
    assert {(cell.place.path, cell.table) for cell in listed} >= NARROWER_TABLES.keys()


def test_every_paper_has_a_cell_in_every_form(desk: Desk) -> None:
    listed = list_papers(desk.served.book)
    offered = {
        (page.path, paper, form) for page in PAGES for paper in page.papers for form in ("pdf", "xlsx")
    }
    assert {(place.page.path, paper, form) for place, paper, form in listed} == offered != set()


def test_every_callback_of_the_server_names_a_need_of_the_table(desk: Desk) -> None:
    needs = desk.served.app.guarded.needs
    assert needs.keys() == set(server_callbacks(desk.served.app))
    assert set(needs.values()) <= {SIGNED_IN, *Action}


def test_no_route_leads_past_the_ways_that_are_tried(desk: Desk) -> None:
    found = {rule.endpoint for rule in desk.served.app.server.url_map.iter_rules()}
    past = {one for one in found - BESIDE if not one.startswith((OF_DASH, AT_DOOR, *FOR_PROGRAMS))}
    assert past == set()


def test_the_canaries_are_there_for_whoever_may_read_them(desk: Desk) -> None:
    """Else their absence elsewhere would say nothing."""
    readers: list[Identity] = [one for one in IDENTITIES if may_read(one, CITY)]
    seen = [desk.page(readers[0], path).text for path in ("/", "/funds", f"/funds/{OTHER_FUND}", "/trail/4")]
    assert [SECRET in text for text in seen] == [True] * len(seen)
    assert NAME in seen[2]
    assert SECRET in desk.export(readers[0], "/funds", "funds").text
    assert NAME in desk.export(readers[0], f"/funds/{OTHER_FUND}", "holdings").text
    papers = [desk.paper(readers[0], f"/parks/{OTHER_PARK}", "pack", form).text for form in ("pdf", "xlsx")]
    assert [SECRET in text for text in papers] == [True, True]
    assert SECRET in desk.passport(readers[0], "PF01", "committed", fund_scope(OTHER_FUND).label).text
