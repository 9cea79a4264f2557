"""A page that was kept for one is never another's: what is told warm is what would be drawn for that person alone."""

import json

from dashboard.pages import PAGES
from dashboard.pages.kept_drawings import KEPT, For, drawings_of
from dashboard.readings.kept_answers import answers_of
from funds.kinds import Role, ScopeKind
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY
from tests.matrix.asking import Desk
from tests.matrix.cells import holds, list_places
from tests.matrix.city import OWN_FUND
from tests.matrix.identities import IDENTITIES, Identity, Share

SIGNATORY = Identity("commission_signatory-city", Role.COMMISSION_SIGNATORY)
# Pages that show what no version holds, or change what they show by themselves: drawn anew each time.
NEVER_KEPT = {
    "/park-figures": "a draft that was begun",
    "/record-deal": "a draft that was begun",
    "/cash/{code}": "a draft that was begun",
    "/exits": "a draft that was begun",
    "/local-investment": "a draft that was begun",
    "/upkeep": "a draft that was begun",
    "/my-funds": "workbooks on their way",
    "/imports": "workbooks on their way",
    "/imports/{id}": "workbooks on their way",
    "/documents": "files handed in, which are kept beside the book",
    "/signing": "papers being made",
    "/audit": "a seed, another each time",
    "/trail": "the state of the chain and of its anchor",
    "/trail/{version}": "any version there is",
    "/history/{table}/{id}": "any row there is",
    "/people": "accounts",
    "/people/roles": "accounts",
    "/account": "sessions and tokens",
}
# Those of them whose part that is of the book alone is kept.
PARTLY_KEPT = {
    *("/record-deal", "/cash/{code}", "/exits", "/local-investment", "/upkeep", "/my-funds", "/imports"),
    *("/documents", "/signing", "/trail", "/trail/{version}", "/park-figures", "/account"),
}


def test_every_page_is_kept_or_has_a_reason_why_not() -> None:
    assert {*KEPT, *NEVER_KEPT} == {page.path for page in PAGES}
    assert not {*KEPT} & {*NEVER_KEPT}
    assert {*NEVER_KEPT} > PARTLY_KEPT


def test_what_was_kept_for_others_changes_nothing_for_anybody(
    desk: Desk, identity: Identity, share: Share
) -> None:
    if not identity.is_in:
        return
    kept = {*KEPT, *PARTLY_KEPT}
    places = [place for place in list_places(desk.served.book) if place.page.path in kept]
    others = [one for one in IDENTITIES if one.is_in and holds(one, "signed_in")]
    before = others[share.start % len(others)]
    for place in share.take(places):
        desk.page(before, place.path)
        warm = desk.page(identity, place.path)
        forget_all(desk)
        assert desk.page(identity, place.path).text == warm.text


def test_a_drawing_is_kept_and_shared_by_exactly_those_with_the_same_rights(desk: Desk) -> None:
    forget_all(desk)
    store = drawings_of(desk.served.book)
    path = f"/funds/{OWN_FUND}"
    assert KEPT["/funds/{code}"] is For.SAME_RIGHTS
    first = desk.page(SIGNATORY, path)
    assert len(store) == 1
    assert desk.page(SIGNATORY, path).text == first.text
    assert len(store) == 1
    desk.page(Identity("park_official-park", Role.PARK_OFFICIAL, ScopeKind.PARK), path)
    assert len(store) == 2
    desk.page(SIGNATORY, path, as_of="2024-12-31")
    assert len(store) == 3


def test_the_first_page_of_a_manager_is_that_of_the_own_funds_and_never_kept_whole(desk: Desk) -> None:
    forget_all(desk)
    manager = Identity("fund_manager-fund", Role.FUND_MANAGER, ScopeKind.FUND)
    first, own = (json.loads(desk.page(manager, path).text)["response"] for path in ("/", "/my-funds"))
    assert first["content"] == own["content"]
    parts = len(drawings_of(desk.served.book))
    assert parts == 2, "head and funds, the same at either address"
    desk.page(SIGNATORY, "/")
    assert len(drawings_of(desk.served.book)) == parts + 1


def test_what_went_wrong_is_not_kept(desk: Desk) -> None:
    forget_all(desk)
    desk.page(SIGNATORY, "/funds/NOWHERE")
    assert len(drawings_of(desk.served.book)) == 0


def forget_all(desk: Desk) -> None:
    """Nothing kept, of drawings or of answers."""
    book = desk.served.book
    drawings_of(book).clear()
    answers_of(slice_ledger(book, "local", CITY, book.today()).ledger).clear()
