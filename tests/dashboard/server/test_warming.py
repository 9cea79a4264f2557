"""What a server draws before it lets anybody in: of whom, for how long, and that nobody seems to have asked."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from dash import html
from sqlalchemy import func, select

from dashboard.auth.demo import COMMISSION, MANAGER, PARK
from dashboard.pages import PAGES
from dashboard.pages.context import PageContext
from dashboard.pages.page import Page
from dashboard.server import create_app, warming
from dashboard.server.warming import BESIDE_THE_OWN, OF_THE_CITY, warm_pages
from funds.book import Book
from funds.models import SignIn
from funds.permissions import Action
from migrations import upgrade
from tests.browser.city import FUND_CODE, PARK_CODE, build_city, serve_city
from tests.dashboard.pages.drawn import draw_as
from tests.dashboard.serving import Served
from tests.engines import Databases

Drawn = list[tuple[str, str]]
OWN = {
    COMMISSION.login: set(OF_THE_CITY),
    MANAGER.login: {"/", f"/funds/{FUND_CODE}", *BESIDE_THE_OWN},
    PARK.login: {"/", f"/parks/{PARK_CODE}", *BESIDE_THE_OWN},
}


@pytest.fixture
def city(databases: Databases, tmp_path: Path) -> Iterator[Served]:
    with serve_city(databases.copy_of("made-up city", build_city), tmp_path) as served:
        yield served


def build_nothing(url: str) -> None:
    """A book that was not founded yet."""
    with Book(url) as book:
        upgrade(book.engine)


def telling(drawn: Drawn, needs: Action = Action.READ) -> list[Page]:
    """Pages at every address that is warmed, each of which tells of whom it was drawn."""

    def page(path: str) -> Page:
        def lay_out(context: PageContext) -> html.Div:
            at = path.format(code=context.parts["code"]) if "{" in path else path
            drawn.append((context.visit.person.login, at))
            return html.Div()

        return Page(path, "product.name", needs, lay_out)

    return [page(path) for path in (*OF_THE_CITY, "/parks/{code}", "/funds/{code}")]


def test_one_person_of_each_standing_has_what_is_looked_at_first(city: Served) -> None:
    drawn: Drawn = []
    count = warm_pages(city.book, telling(drawn), "zh", 60.0)
    assert count == len(drawn) == len(set(drawn))
    assert {login: {path for who, path in drawn if who == login} for login in OWN} == OWN
    # The first page of everybody comes before the second of anybody.
    assert {path for _, path in drawn[: len(OWN)]} == {"/"}


def test_what_was_drawn_is_not_drawn_again_for_whoever_stands_so(city: Served) -> None:
    drawn: Drawn = []
    pages = telling(drawn)
    served = replace(city, app=create_app(city.book, city.settings, pages))
    warm_pages(city.book, pages, "zh", 60.0)
    before = list(drawn)
    draw_as(served, "commission", "/leverage")
    draw_as(served, "park", f"/parks/{PARK_CODE}")
    assert drawn == before
    draw_as(served, "commission", f"/parks/{PARK_CODE}")
    assert drawn[len(before) :] == [(COMMISSION.login, f"/parks/{PARK_CODE}")]


def test_a_page_of_others_is_left_out_and_nobody_seems_to_have_asked(city: Served) -> None:
    drawn: Drawn = []
    warm_pages(city.book, telling(drawn, Action.RECORD_PARK_FIGURES), "zh", 60.0)
    assert warm_pages(city.book, PAGES, "zh", 60.0) > len(OWN)
    assert {who for who, _ in drawn} == {COMMISSION.login, PARK.login}
    with city.book.look() as look:
        assert look.connection.scalar(select(func.count()).select_from(SignIn)) == 0


def test_a_server_takes_no_longer_than_it_has_patience(city: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: Drawn = []
    assert warm_pages(city.book, telling(drawn), "zh", 0.0) == 0
    moments = iter(range(100))
    monkeypatch.setattr(warming, "monotonic", lambda: next(moments))
    assert warm_pages(city.book, telling(drawn), "zh", 2.5) == len(drawn) == 2


def test_a_book_that_nothing_stands_in_has_nothing_to_draw(databases: Databases) -> None:
    with Book(databases.copy_of("nothing yet", build_nothing)) as book:
        assert warm_pages(book, PAGES, "zh", 60.0) == 0
