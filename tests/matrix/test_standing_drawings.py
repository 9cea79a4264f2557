"""A drawing outlives changes that it does not rest on, and no other: after each it is what would be drawn anew."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboard.pages.kept_drawings import KEPT, drawings_of
from funds.book import Book
from funds.drafts import Draft
from funds.kinds import Nature
from funds.recording.reversals import reverse_revision
from tests.builders import (
    balance,
    claim,
    commitment,
    company_figure,
    contribution,
    fee,
    index_level,
    investment,
    local_investment,
    mark,
    nature,
    nav,
    notice,
    ownership,
    park_figure,
    park_industry,
    policy,
    record,
    reported_figure,
    tag,
    term,
)
from tests.dashboard.serving import serve
from tests.engines import SqliteDatabases
from tests.matrix.asking import Desk
from tests.matrix.cells import list_places
from tests.matrix.city import MOTHER, OTHER_FUND, OTHER_PARK, OWN_FUND, OWN_PARK, build_matrix_city
from tests.matrix.test_kept_drawings import PARTLY_KEPT, SIGNATORY, forget_all

Change = Callable[[Book], object]
SEEN = re.compile(r'(?<=-seen", )"data": \d+')


def _of(*drafts: Draft) -> Change:
    return lambda book: record(book, *drafts)


def _take_back(book: Book) -> None:
    last = book.head().version
    with book.change("local", "冲销", action="reverse", reverses_id=last) as change:
        reverse_revision(change, last)


# One of each table that changes in a year; the first ones are what changes daily.
CHANGES: dict[str, Change] = {
    "a figure of a park": _of(park_figure(OWN_PARK, "S02", "2025", 7)),
    "a payment": _of(contribution(OWN_FUND, MOTHER, 10, "2024-05-06")),
    "that payment taken back": _take_back,
    "a call": _of(notice(OWN_FUND, "LP2", 10, on="2025-03-03")),
    "a fee": _of(fee(OWN_FUND, 3, "2025-03-04")),
    "a stake": _of(investment(OWN_FUND, "C1", 50, on="2025-03-05")),
    "a value": _of(mark(OWN_FUND, "C1", 990, "2025-03-31", evidence="估值报告")),
    "a fund's value": _of(nav(OWN_FUND, 2_950, "2025-03-31")),
    "a balance": _of(balance(OWN_FUND, 90, "2025-03-31")),
    "a commitment": _of(commitment(OWN_FUND, "LP1", 500, "2025-04-01")),
    "an owner": _of(ownership("LP2", "LP1", 20, "2025-04-02")),
    "a kind of money": _of(nature("LP2", Nature.FISCAL, "2025-04-03", evidence="章程")),
    "a firm's figure": _of(company_figure("C1", period="2025")),
    "a firm's industry": _of(tag("C1", "BIO", on="2025-04-04")),
    "a leading industry": _of(park_industry(OWN_PARK, "BIO", 2, "2025-04-05")),
    "a policy": _of(policy("AL04.weight", "2025-01-01", value_e6=400_000)),
    "a claim": _of(claim(OWN_FUND, "2025-Q1")),
    "local money": _of(local_investment(OWN_FUND, "C1", 30, "2025-04-06")),
    "a filed figure": _of(reported_figure("本市", on="2025-04-07")),
    "an index": _of(index_level(on="2025-04-08")),
    "a term": _of(term(OWN_FUND, "返投条款", "2025-04-09", words="条款")),
}


@pytest.fixture(scope="module")
def own_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A city of its own to change, the commission signed in."""
    folder: Path = tmp_path_factory.mktemp("standing")
    served = serve(SqliteDatabases(folder).copy_of("matrix city", build_matrix_city), folder)
    made = Desk(served)
    made.admit(SIGNATORY)
    yield made
    served.book.close()


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_kept_after_a_change_is_what_would_be_drawn_anew(
    own_desk: Desk, name: str, counts: Callable[[int, int], int]
) -> None:
    book = own_desk.served.book
    places = [place.path for place in list_places(book) if place.page.path in {*KEPT, *PARTLY_KEPT}]
    first = list(CHANGES).index(name)
    places = places[first % counts(9, 1) :: counts(9, 1)]
    for path in places:
        own_desk.page(SIGNATORY, path)
    CHANGES[name](book)
    kept = {path: _tell(own_desk, path) for path in places}
    forget_all(own_desk)
    assert {path: _tell(own_desk, path) for path in places} == kept


def test_a_figure_of_a_park_leaves_the_drawings_that_hold_none(own_desk: Desk) -> None:
    book = own_desk.served.book
    paths = ("/funds", "/parks", "/industries", "/six-ones")
    forget_all(own_desk)
    before = {path: _drawn(own_desk, path) for path in paths}
    record(book, park_figure(OWN_PARK, "S02", "2023", 9))
    assert [path for path in paths if _drawn(own_desk, path) is not before[path]] == ["/six-ones"]


def test_what_comes_to_other_parks_leaves_the_drawing_of_a_park(own_desk: Desk) -> None:
    book = own_desk.served.book
    record(book, policy("appraisal.S02", "2020-01-01", value_e6=60 * 10**6, unit="分"))
    forget_all(own_desk)
    path, page = f"/parks/{OWN_PARK}", "/parks/{code}"
    elsewhere = [
        contribution(OTHER_FUND, "LP9", 10, "2024-05-07"),
        fee(OTHER_FUND, 3, "2025-05-04"),
        park_figure(OTHER_PARK, "S12", "2021", 3),
        park_figure(None, "S12", "2021", 3),
    ]
    its_own = [
        contribution(OWN_FUND, MOTHER, 10, "2024-05-07"),
        contribution(MOTHER, "LP1", 10, "2024-05-08"),
        investment(OTHER_FUND, "C2", 1, on="2025-05-05"),
        park_figure(OWN_PARK, "S12", "2021", 3),
        park_figure(OTHER_PARK, "S02", "2025-12", 99),
    ]
    for draft in (*elsewhere, *its_own):
        drawn = _drawn(own_desk, path, page)
        record(book, draft)
        assert (_drawn(own_desk, path, page) is drawn) == (draft in elsewhere), draft
        kept = _tell(own_desk, path)
        forget_all(own_desk)
        assert _tell(own_desk, path) == kept


def _tell(desk: Desk, path: str) -> str:
    """All that a page says; as of which version a form was drawn may be any in which the same stood there."""
    return SEEN.sub("", desk.page(SIGNATORY, path).text)


def _drawn(desk: Desk, path: str, page: str | None = None) -> bytes:
    """The very drawing that stands behind the answer."""
    store = drawings_of(desk.served.book)
    desk.page(SIGNATORY, path)
    return {key[0]: kept.answer for key, kept in store.items() if isinstance(key, tuple)}[page or path,]
