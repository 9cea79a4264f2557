"""The overview shows what the readings say, a passport recomputes it, and nobody sees another's figures."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.pages.figure_text import write_figure
from dashboard.readings.capital import SoeTreatment
from dashboard.readings.leverage import LeverageOptions
from dashboard.readings.places import read_city, read_park
from dashboard.words.numbers import MoneyUnit
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY, park_scope
from tests.browser.city import FUND_CODE, PARK_CODE, build_city, build_empty, serve_city
from tests.dashboard.serving import Served, callback_body, post_callback, read_token
from tests.engines import SqliteDatabases

LAST_DAY = date(2026, 9, 30)
SHOWN = "..content.children...nav.children"
PASSPORT = "..passport.opened...passport.children.."
SWITCHES = ("apart", "social", "fiscal")


@pytest.fixture
def city(sqlite: SqliteDatabases, tmp_path: Path) -> Iterator[Served]:
    """The made-up city, served."""
    with serve_city(sqlite.copy_of("made-up city", build_city), tmp_path) as served:
        yield served
    sqlite.drop_made()


@pytest.fixture
def empty(sqlite: SqliteDatabases, tmp_path: Path) -> Iterator[Served]:
    """A book with a code book and no city."""
    with serve_city(sqlite.copy_of("empty city", build_empty), tmp_path) as served:
        yield served
    sqlite.drop_made()


def enter(served: Served, identity: str) -> FlaskClient:
    """A browser that came in as one of the demo's identities."""
    client = served.client()
    token = read_token(client.get("/sign-in").text)
    answer = client.post("/demo/enter", data={"identity": identity, "csrf_token": token})
    assert answer.status_code == 303
    return client


def show(served: Served, client: FlaskClient, search: str = "", path: str = "/") -> dict[str, Any]:
    """What the frame puts into the content for an address."""
    output = next(name for name in served.app.callback_map if name.startswith(SHOWN))
    body = callback_body(served.app, output, {"url.pathname": path, "url.search": search})
    answer = post_callback(client, body)
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    content: dict[str, Any] = answer.json["response"]["content"]["children"]
    return content


def parts(node: object) -> Iterator[dict[str, Any]]:
    """Every component of a page."""
    if isinstance(node, list):
        for one in node:
            yield from parts(one)
    elif isinstance(node, dict) and "props" in node:
        yield node
        yield from parts(node["props"].get("children"))


def numbers(content: object) -> dict[tuple[str, str], tuple[str, str]]:
    """Text and hover of the numbers in cards, by code and basis; the last one wins."""
    return {
        (part["props"]["id"]["code"], part["props"]["id"]["basis"]): (
            part["props"]["children"],
            part["props"]["title"],
        )
        for part in parts(content)
        if isinstance(part["props"].get("id"), dict)
    }


def ask(
    served: Served, client: FlaskClient, code: str, basis: str, scope: str, search: str = ""
) -> tuple[int, str]:
    """Click the number of a code, basis and scope; status and body of the answer."""
    wire = {"type": "figure", "code": code, "basis": basis, "scope": scope}
    body = callback_body(served.app, PASSPORT, {"url.search": search})
    body["inputs"][0] = [{"id": wire, "property": "n_clicks", "value": 1}]
    body["changedPropIds"] = [f"{json.dumps(wire, sort_keys=True, separators=(',', ':'))}.n_clicks"]
    answer = post_callback(client, body)
    return answer.status_code, json.dumps(answer.json, ensure_ascii=False)


def click_cell(served: Served, client: FlaskClient, cell: dict[str, Any]) -> tuple[int, str]:
    """Click a cell of the grid."""
    body = callback_body(served.app, PASSPORT, {"overview-grid.cellClicked": cell})
    body["inputs"][0] = []
    body["changedPropIds"] = ["overview-grid.cellClicked"]
    answer = post_callback(client, body)
    return answer.status_code, json.dumps(answer.json, ensure_ascii=False)


@pytest.mark.parametrize("soe", SWITCHES)
def test_the_numbers_on_the_page_are_those_of_the_reading(city: Served, soe: str) -> None:
    slice_ = slice_ledger(city.book, "local", CITY, LAST_DAY)
    reading = read_city(slice_, LeverageOptions(soe=SoeTreatment(soe)))
    shown = numbers(show(city, enter(city, "commission"), f"?soe={soe}"))
    assert len(shown) == 18
    for (code, basis), (text, _) in shown.items():
        figure = reading.figure(code, basis)
        if code == "PF16":
            continue  # shows the amount, which the next test looks at
        assert text == write_figure(figure, MoneyUnit.YI), (code, basis)


def test_hovering_tells_the_amount_to_the_fen(city: Served) -> None:
    reading = read_city(slice_ledger(city.book, "local", CITY, LAST_DAY))
    shown = numbers(show(city, enter(city, "commission")))
    nav, invested = reading.figure("PF04"), reading.figure("PF16").numerator
    assert shown["PF04", nav.basis][1] == f"{int(nav.value or 0) / 100:,.2f} 元"
    assert shown["PF16", "paid_in"][1] == f"{(invested or 0) / 100:,.2f} 元"


def test_the_grid_holds_the_rows_of_the_reading(city: Served) -> None:
    reading = read_city(slice_ledger(city.book, "local", CITY, LAST_DAY))
    content = show(city, enter(city, "commission"))
    (grid,) = [part["props"] for part in parts(content) if part["props"].get("id") == "overview-grid"]
    assert [row["scope"] for row in grid["rowData"]] == [row["scope"] for row in reading.rows]
    for row, told in zip(grid["rowData"], reading.rows, strict=True):
        assert row["LV04-paid_in"] == float(str(told["LV04.paid_in"]))
        assert row["PF01-committed"] == told["PF01.committed"]
        assert row["PF09-nav"] == float(str(told["PF09.reported"]))


def test_the_day_in_the_address_is_the_day_of_the_figures(city: Served) -> None:
    earlier = date(2023, 6, 30)
    reading = read_city(slice_ledger(city.book, "local", CITY, earlier))
    shown = numbers(show(city, enter(city, "commission"), "?as_of=2023-06-30"))
    assert shown["LV04", "paid_in"][0] == write_figure(reading.figure("LV04", "paid_in"), MoneyUnit.YI)
    assert shown["LV04", "paid_in"] != numbers(show(city, enter(city, "commission")))["LV04", "paid_in"]


@pytest.mark.parametrize("code", ["LV04", "LV08", "LV01", "PF02", "PF09", "AL01", "AL12", "LV00c"])
def test_a_passport_says_definition_version_scope_and_rows(city: Served, code: str) -> None:
    client = enter(city, "commission")
    figure = read_city(slice_ledger(city.book, "local", CITY, LAST_DAY)).figure(code)
    status, body = ask(city, client, code, figure.basis, "city")
    assert status == 200
    assert f"依据 {len(set(figure.entries)):,} 条记录" in body
    assert write_figure(figure, MoneyUnit.YI) in body
    assert f"/definitions/{code}" in body
    assert "2026年9月30日" in body
    if code != "AL12":
        assert "示例市.xlsx · " in body


def test_a_passport_fills_in_the_formula(city: Served) -> None:
    figure = read_city(slice_ledger(city.book, "local", CITY, LAST_DAY)).figure("LV04", "committed")
    _, body = ask(city, enter(city, "commission"), "LV04", "committed", "city")
    assert f"{(figure.numerator or 0) / 100:,.2f} 元 ÷ {(figure.denominator or 0) / 100:,.2f} 元" in body


def test_a_cell_of_the_grid_opens_its_passport(city: Served) -> None:
    figure = read_park(slice_ledger(city.book, "local", park_scope("P02"), LAST_DAY)).figure("PF09")
    cell = {"colId": "PF09-nav", "rowId": "park:P02", "value": 1, "rowIndex": 0, "timestamp": 1}
    status, body = click_cell(city, enter(city, "commission"), cell)
    assert status == 200
    assert write_figure(figure, MoneyUnit.YI) in body
    assert "有唯一解" in body


def test_a_cell_without_a_figure_opens_nothing(city: Served) -> None:
    cell = {"colId": "name", "rowId": "park:P02", "value": "x", "rowIndex": 0, "timestamp": 1}
    status, body = click_cell(city, enter(city, "commission"), cell)
    assert status == 200
    assert "opened" not in body
    assert "passport-sheet" not in body


@pytest.mark.parametrize(
    ("code", "basis", "scope", "expected"),
    [
        ("LV99", "committed", "city", 404),
        ("LV04", "nav", "city", 404),
        ("../../etc", "committed", "city", 404),
        ("LV04", "committed", "", 400),
        ("LV04", "committed", "planet:1", 400),
        ("LV04", "committed", "park:P01,P02", 400),
        ("LV04", "committed", "park:P99", 404),
        ("LV04", "committed", "fund:NOPE", 404),
    ],
)
def test_a_forged_number_is_refused(city: Served, code: str, basis: str, scope: str, expected: int) -> None:
    status, body = ask(city, enter(city, "commission"), code, basis, scope)
    assert status == expected, body


@pytest.mark.parametrize("scope", ["city", "park:P02", "fund:F04", "fund:F01,F03"])
def test_a_park_official_gets_no_passport_of_others(city: Served, scope: str) -> None:
    status, body = ask(city, enter(city, "park"), "LV04", "committed", scope)
    assert status == 403
    assert "÷" not in body


@pytest.mark.parametrize("cell", [{"colId": 3, "rowId": "city"}, {"colId": "LV04-committed", "rowId": None}])
def test_a_forged_cell_is_refused(city: Served, cell: dict[str, Any]) -> None:
    assert click_cell(city, enter(city, "commission"), cell)[0] == 400


def test_a_park_official_sees_the_own_park_and_nothing_of_others(city: Served) -> None:
    client = enter(city, "park")
    slice_ = slice_ledger(city.book, "local", park_scope(PARK_CODE), LAST_DAY)
    own = {fund.code for fund in slice_.member_funds}
    others = [park.name for park in slice_.facts.parks.values() if park.code != PARK_CODE]
    others += [fund.name for fund in slice_.facts.funds.values() if fund.code not in own]
    content = show(city, client)
    text = json.dumps(content, ensure_ascii=False)
    assert "示例市滨湖园区" in text
    assert [name for name in others if name in text] == []
    shown = numbers(content)
    reading = read_park(slice_)
    assert shown["LV04", "paid_in"][0] == write_figure(reading.figure("LV04", "paid_in"), MoneyUnit.YI)
    sources = {fund.name for fund in slice_.facts.funds.values() if fund.code == "F01"}
    for code, basis in shown:
        status, body = ask(city, client, code, basis, f"park:{PARK_CODE}")
        assert status == 200, (code, body)
        # a mother fund is named as the investor that it is, as every other investor
        assert [name for name in set(others) - sources if name in body] == [], code


@pytest.mark.parametrize("search", ["?scope=city", "?scope=park:P02", "?scope=fund:F04"])
def test_the_scope_of_another_in_the_address_is_refused(city: Served, search: str) -> None:
    text = json.dumps(show(city, enter(city, "park"), search), ensure_ascii=False)
    assert "没有查看权限" in text
    assert "figure-number" not in text


def test_a_fund_manager_sees_the_own_fund(city: Served) -> None:
    content = show(city, enter(city, "manager"))
    text = json.dumps(content, ensure_ascii=False)
    assert "示例生物医药成长子基金" in text
    assert "示例滨湖园区产业基金" not in text
    assert {
        part["props"]["id"]["scope"] for part in parts(content) if isinstance(part["props"].get("id"), dict)
    } == {f"fund:{FUND_CODE}"}


def test_a_number_that_cannot_be_worked_out_is_a_dash_with_its_reason(city: Served) -> None:
    shown = numbers(show(city, enter(city, "manager")))
    assert shown["LV01", "committed"] == ("—", "范围内没有向其他基金出资的母基金。")


def test_an_empty_book_says_what_to_do_next(empty: Served) -> None:
    text = json.dumps(show(empty, enter(empty, "commission")), ensure_ascii=False)
    assert "台账里还没有数据" in text
    assert "fundtracker template" in text
    assert "fundtracker import" in text


def test_before_the_first_fund_the_page_is_empty_too(city: Served) -> None:
    for identity in ("commission", "manager", "park"):
        text = json.dumps(show(city, enter(city, identity), "?as_of=2001-01-01"), ensure_ascii=False)
        assert "NaN" not in text
        assert "台账里还没有数据" in text or "没有找到" in text, identity


@pytest.mark.parametrize("search", ["?soe=other", "?scope=planet"])
def test_a_state_that_cannot_be_read_is_told(city: Served, search: str) -> None:
    assert "无法识别" in json.dumps(show(city, enter(city, "commission"), search), ensure_ascii=False)


def test_a_definition_has_a_page_of_its_own(city: Served) -> None:
    client = enter(city, "park")
    text = json.dumps(show(city, client, path="/definitions/LV04"), ensure_ascii=False)
    assert "社会资本杠杆率" in text
    assert "LV04 = 社会资本 S ÷ 财政资金 F" in text
    assert "没有找到" in json.dumps(show(city, client, path="/definitions/LV99"), ensure_ascii=False)
