"""A page is found by its address, and an address carries its state."""

import json
from collections.abc import Iterator
from datetime import date

import pytest
from dash import html
from plotly.utils import PlotlyJSONEncoder

from dashboard.auth.identity import Identity
from dashboard.auth.visit import Visit
from dashboard.pages.context import BadAddress, read_context, read_query
from dashboard.pages.page import Page, find_page
from dashboard.pages.states import fault_state
from funds.book import Book, find_person
from funds.errors import Conflict, LedgerError, NotAllowed, NotFound
from funds.permissions import Action
from tests.dashboard.serving import Clock


def blank(_context: object) -> html.Div:
    return html.Div()


HOME = Page("/", "page.home", Action.READ, blank)
PARK = Page("/parks/{code}", "page.home", Action.READ, blank)
FUND = Page("/parks/{code}/funds/{fund}", "page.home", Action.SET_POLICY, blank)
PAGES = (HOME, PARK, FUND)


@pytest.fixture
def visit(own_url: str) -> Iterator[Visit]:
    """The visit of a fund manager on 30 June 2026."""
    book = Book(own_url, clock=Clock())
    with book.look() as look:
        person_id = find_person(look.connection, "manager", look.version)
    yield Visit(book, Identity(person_id, "manager", "name", ()), "zh", "light")
    book.close()


@pytest.mark.parametrize(
    ("path", "page", "parts"),
    [
        ("/", HOME, {}),
        ("", HOME, {}),
        ("/parks/P-01", PARK, {"code": "P-01"}),
        ("/parks/P-01/", PARK, {"code": "P-01"}),
        ("/parks/高新/funds/F.1", FUND, {"code": "高新", "fund": "F.1"}),
    ],
)
def test_an_address_finds_its_page_and_parts(path: str, page: Page, parts: dict[str, str]) -> None:
    found = find_page(PAGES, path)
    assert found is not None
    assert (found.page, dict(found.parts)) == (page, parts)


@pytest.mark.parametrize("path", ["/parks", "/parks/a/b", "/parks/a/funds/", "/x", "//", "/parksXa"])
def test_any_other_address_finds_none(path: str) -> None:
    assert find_page((PARK, FUND), path) is None


def test_a_page_is_for_whoever_has_its_right(visit: Visit) -> None:
    assert HOME.is_for(visit)
    assert not FUND.is_for(visit)
    assert Page("/", "page.home", "signed_in", blank).is_for(visit)


def test_without_a_state_a_page_is_of_today_and_of_the_newest_version(visit: Visit) -> None:
    context = read_context(visit, None)
    with visit.book.look() as look:
        assert (context.as_of, context.as_known, context.version) == (date(2026, 6, 30), None, look.version)


def test_the_state_is_read_from_the_address(visit: Visit) -> None:
    context = read_context(visit, "?as_of=2026-03-31&as_known=2&basis=paid_in", {"code": "A"})
    assert (context.as_of, context.as_known, context.version) == (date(2026, 3, 31), 2, 2)
    assert (context.query["basis"], context.parts["code"]) == ("paid_in", "A")


@pytest.mark.parametrize(
    ("search", "fault"),
    [
        ("?as_of=2026-02-30", BadAddress),
        ("?as_of=30.6.2026", BadAddress),
        ("?as_known=-1", BadAddress),
        ("?as_known=٣", BadAddress),
        ("?as_known=" + "9" * 40, BadAddress),
        ("?as_known=0", NotFound),
        ("?as_known=999999", NotFound),
        ("?x=" + "y" * 5000, BadAddress),
    ],
)
def test_a_state_that_cannot_be_is_refused(visit: Visit, search: str, fault: type[LedgerError]) -> None:
    with pytest.raises(fault):
        read_context(visit, search)


def test_of_a_name_given_twice_the_last_one_holds_and_nothing_unprintable_is_taken() -> None:
    assert read_query("?a=1&a=2&b=%00&c=%E4%BC%81") == {"a": "2", "c": "企"}


def test_a_link_keeps_the_day_and_version_and_adds_the_pages_own_state(visit: Visit) -> None:
    context = read_context(visit, "?as_of=2026-03-31&as_known=2&basis=paid_in")
    assert context.link("/parks/A") == "/parks/A?as_of=2026-03-31&as_known=2"
    assert context.link("/", basis="committed", as_known=None) == "/?as_of=2026-03-31&basis=committed"
    assert read_context(visit, "").link("/") == "/"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NotAllowed("permission.refused"), "没有查看权限"),
        (NotFound("http.404"), "没有找到"),
        (Conflict("page.bad_day", text="x"), "地址中的日期“x”无法识别"),
    ],
)
def test_each_fault_has_its_state(visit: Visit, error: LedgerError, words: str) -> None:
    told = json.loads(json.dumps(fault_state(visit, error), cls=PlotlyJSONEncoder))
    assert words in str(told)
