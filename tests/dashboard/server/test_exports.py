"""A table leaves as a file for those who may see its page, in the state of the page, and for nobody else."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from dash import html
from openpyxl import load_workbook

from dashboard.pages.context import PageContext
from dashboard.pages.page import Page
from dashboard.tables.shown import Cell, Column, ShownTable
from funds.permissions import Action
from tests.dashboard.serving import Served, serve

CANARY = "CANARY-91be"


def make_table(context: PageContext) -> ShownTable:
    """Two rows that tell the address that they were asked for by."""
    rows = tuple(
        (Cell(name, name), Cell(str(number), number, "#,##0")) for name, number in (("a", 1), (CANARY, 2))
    )
    columns = (Column("name", "名称"), Column("number", f"{context.parts['code']}（个）", is_number=True))
    return ShownTable("things", "东西", columns, rows, definitions=(("PF01", 3),))


def blank(_context: PageContext) -> html.Div:
    return html.Div()


PAGES = (
    Page("/", "page.overview", Action.READ, blank),
    Page("/things/{code}", "page.overview", Action.READ, blank, tables={"things": make_table}),
    Page("/policy/{code}", "page.overview", Action.SET_POLICY, blank, tables={"things": make_table}),
)
ADDRESS = "/export?page=/things/X&table=things&as_of=2026-03-31&sort=things.-number"


@pytest.fixture
def shop(own_url: str, tmp_path: Path) -> Iterator[Served]:
    """An application whose pages have a table."""
    made = serve(own_url, tmp_path, PAGES)
    yield made
    made.book.close()


def test_the_file_is_the_table_of_the_page_with_its_footer(shop: Served) -> None:
    answer = shop.signed_in("manager").get(ADDRESS)

    assert answer.status_code == 200
    assert re.search(r"'东西_2026-03-31_v\d+\.xlsx$", unquote(answer.headers["Content-Disposition"]))
    assert answer.headers["Cache-Control"] == "no-store"
    sheet = load_workbook(BytesIO(answer.data)).active
    assert sheet is not None
    cells = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert cells[2:5] == [["名称", "X（个）"], [CANARY, 2], ["a", 1]]
    footer = " ".join(str(line[0]) for line in cells[5:])
    assert "PF01" in footer
    assert "v3" in footer
    assert "截止 2026-03-31" in footer
    assert "name of manager" in footer
    assert "2026-06-30 12:00" in footer
    assert "/things/X?as_of=2026-03-31&sort=things.-number" in footer


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/export", 404),
        ("/export?page=/things/X&table=nothing", 404),
        ("/export?page=/nowhere&table=things", 404),
        ("/export?page=/policy/X&table=things", 403),
        ("/export?page=/things/X&table=things&as_of=yesterday", 400),
        ("/export?page=/things/X&table=things&as_of=9999-12-31", 400),
        ("/export?page=/things/X&table=things&as_of=0001-01-01", 400),
        ("/export?page=/things/X&table=things&sort=things.nothing", 400),
        ("/export?page=/things/X&table=things&as_known=99999", 404),
    ],
)
def test_what_cannot_be_exported_is_refused_with_a_calm_page(shop: Served, address: str, status: int) -> None:
    answer = shop.signed_in("manager").get(address)

    assert answer.status_code == status
    assert CANARY not in answer.text
    assert "<html" in answer.text


def test_nobody_exports_without_signing_in(shop: Served) -> None:
    answer = shop.client().get(ADDRESS)

    assert answer.status_code == 302
    assert "/sign-in" in answer.headers["Location"]
    assert shop.signed_in("bystander").get(ADDRESS).status_code == 403
