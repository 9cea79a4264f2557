"""What a chart's card exports: every row, every number and every absence that stands on the page, and no other."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from dashboard.pages.shown_table import MOST_ROWS
from tests.browser.city import FUND_CODE, PARK_CODE
from tests.dashboard.pages.drawn import draw_for, links, parts, text_of
from tests.dashboard.serving import Served, read_token

PATHS = ("/", f"/parks/{PARK_CODE}", f"/funds/{FUND_CODE}", "/leverage")
TINY = Decimal("0.000001")  # what a file's binary number may be off


def enter(city: Served) -> FlaskClient:
    """The commission, who sees every page."""
    client = city.client()
    token = read_token(client.get("/sign-in").text)
    client.post("/demo/enter", data={"identity": "commission", "csrf_token": token})
    return client


def cards(content: object) -> Iterator[dict[str, Any]]:
    """Every card with a chart."""
    return (part for part in parts(content) if part.get("className") == "card chart-card")


def rows_of_page(table: dict[str, Any], part_of_it: str = "Tbody") -> list[list[str]]:
    """The table's rows as they are read; headings left out."""
    bodies = [part["props"] for part in table["children"] if part["type"] == part_of_it]
    lines = [line["props"] for body in bodies for line in body["children"]]
    return [[text_of(cell) for cell in line["children"]] for line in lines]


def rows_of_sheets(city: Served, client: FlaskClient, path: str, table: dict[str, Any]) -> list[list[str]]:
    """The rows of every sheet that a long table comes in, the total last."""
    name = table["id"].removeprefix("table-")
    rows = rows_of_page(table)
    while rows and len(rows) % MOST_ROWS == 0:
        content = draw_for(city, client, path, f"?rows={name}.{len(rows) // MOST_ROWS + 1}")[
            "content.children"
        ]
        (further,) = [part for part in parts(content) if part.get("id") == table["id"]]
        seen = rows_of_page(further)
        if seen == rows[-MOST_ROWS:]:  # it had no sheet behind the last
            break
        rows += seen
    return rows + rows_of_page(table, "Tfoot")


def is_same(shown: str, exported: object) -> bool:
    """Whether a cell of the file says what the page says, to the last digit that the page shows."""
    if isinstance(exported, str | None):
        return shown == (exported or "")
    if isinstance(exported, datetime):
        return shown == exported.date().isoformat()
    digits = shown.replace(",", "").replace("−", "-").removesuffix("×")
    is_percent = digits.endswith("%")
    said = Decimal(digits.removesuffix("%"))
    held = Decimal(repr(exported)) * (100 if is_percent else 1)
    last = Decimal(1).scaleb(min(0, int(said.as_tuple().exponent)))
    return abs(said - held) <= last / 2 + TINY


@pytest.mark.parametrize("path", PATHS)
def test_a_charts_export_holds_exactly_the_numbers_shown(still_city: Served, path: str) -> None:
    client = enter(still_city)
    content = draw_for(still_city, client, path, "")["content.children"]
    found = list(cards(content))
    assert found, "no chart on the page"
    for card in found:
        (table,) = [part for part in parts(card["children"]) if str(part.get("id")).startswith("table-")]
        name = table["id"].removeprefix("table-")
        (address,) = [address for _, address in links(card["children"]) if address.startswith("/export")]
        assert f"table={name}" in address
        sheet = load_workbook(BytesIO(client.get(address).data)).active
        assert sheet is not None
        shown = rows_of_sheets(still_city, client, path, table)
        lines = list(sheet.iter_rows(values_only=True))
        head = next(at for at, line in enumerate(lines) if at > 0 and line[-1] is not None)
        held = lines[head + 1 : head + 1 + len(shown)]
        for told, kept in zip(shown, held, strict=True):
            assert len(told) == len(kept), name
            assert all(map(is_same, told, kept)), (name, told, kept)
        behind = lines[head + 1 + len(shown) :]
        assert all(line[1] is None for line in behind if len(line) > 1), (name, "more than is shown")


@pytest.mark.parametrize(
    ("shown", "exported", "same"),
    [
        ("1,234.57", 1234.5678, True),
        ("1,234.57", 1234.58, False),
        ("12.3%", 0.1234, True),
        ("12.4%", 0.1234, False),
        ("—", "—", True),
        ("—", 0, False),
    ],
)
def test_a_cell_that_differs_is_seen(shown: str, exported: object, same: bool) -> None:
    if shown == "—" and not isinstance(exported, str):
        with pytest.raises(ArithmeticError):
            is_same(shown, exported)
        return
    assert is_same(shown, exported) is same
