"""The overview shows what the readings say, a passport recomputes it, and nobody sees another's figures."""

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from dashboard.pages.figure_text import write_figure, write_value
from dashboard.readings.money.capital import SoeTreatment
from dashboard.readings.money.leverage import LeverageOptions
from dashboard.readings.places import read_city, read_park
from dashboard.words.numbers import MoneyUnit, format_money, format_percent
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY, park_scope
from tests.browser.city import FUND_CODE, PARK_CODE, build_empty, serve_city
from tests.dashboard.serving import Served, callback_body, post_callback, read_token
from tests.engines import SqliteDatabases

LAST_DAY = date(2026, 9, 30)
SHOWN = "..content.children...nav.children"
PASSPORT = "..passport.opened...passport.children.."
TABLES = ("funnel", "parks", "map", "cube", "flow", "certainty")
SWITCHES = ("apart", "social", "fiscal")


@pytest.fixture
def city(still_city: Served) -> Served:
    """The made-up city, served; nobody changes it."""
    return still_city


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


def numbers(content: object, place: str | None = None) -> dict[tuple[str, str, str], str]:
    """The numbers that open a passport, by code, basis and scope; all of them, or those of one place."""
    found = {}
    for part in parts(content):
        named = part["props"].get("id")
        if isinstance(named, dict) and named.get("type") == "figure" and place in (None, named["place"]):
            found[named["code"], named["basis"], named["scope"]] = str(part["props"]["children"])
    return found


def table(served: Served, client: FlaskClient, name: str, search: str = "") -> list[list[object]]:
    """What the file of a table holds."""
    answer = client.get(f"/export?page=/&table={name}&{search}")
    assert answer.status_code == 200, answer.text
    sheet = load_workbook(BytesIO(answer.data)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


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


@pytest.mark.parametrize("soe", SWITCHES)
def test_the_numbers_on_the_page_are_those_of_the_reading(city: Served, soe: str) -> None:
    slice_ = slice_ledger(city.book, "local", CITY, LAST_DAY)
    reading = read_city(slice_, LeverageOptions(soe=SoeTreatment(soe)))
    content = show(city, enter(city, "commission"), f"?soe={soe}")
    shown = numbers(content, "outcome") | numbers(content, "lenses")
    assert len(shown) == 6 + 8
    for (code, basis, scope), text in shown.items():
        assert scope == "city"
        assert text == write_figure(reading.figure(code, basis), MoneyUnit.YI), (code, basis)


def test_every_number_stands_once_by_its_place(city: Served) -> None:
    content = show(city, enter(city, "commission"))
    ids = [
        json.dumps(part["props"]["id"], sort_keys=True)
        for part in parts(content)
        if isinstance(part["props"].get("id"), dict)
    ]
    assert len(ids) == len(set(ids)) > 50


def test_the_steps_of_the_money_lead_to_their_figures(city: Served) -> None:
    reading = read_city(slice_ledger(city.book, "local", CITY, LAST_DAY))
    shown = numbers(show(city, enter(city, "commission")), "funnel")
    for code, basis in (
        ("LV00c", "committed"),
        ("LV00a", "committed"),
        ("PF02", "paid_in"),
        ("PF03", "paid_in"),
    ):
        assert shown[code, basis, "city"] == write_figure(reading.figure(code, basis), MoneyUnit.YI)
    share = Fraction(str(reading.figure("PF06").value))
    assert shown["PF06", "paid_in", "city"] == format_percent(share)


def test_the_table_of_parks_holds_the_rows_of_the_reading(city: Served) -> None:
    reading = read_city(slice_ledger(city.book, "local", CITY, LAST_DAY))
    shown = numbers(show(city, enter(city, "commission")), "parks")
    assert len(shown) == 12 * 4
    for row in reading.table("park"):
        for code, basis in (
            ("LV04", "paid_in"),
            ("PF01", "committed"),
            ("PF09", "reported"),
            ("PF17", "paid_in"),
        ):
            value = row[f"{code}.{basis}"]
            assert shown[code, basis, str(row["scope"])] == write_value(code, value, MoneyUnit.YI)  # type: ignore[arg-type]


def test_parks_lead_to_their_page_at_the_same_day(city: Served) -> None:
    content = show(city, enter(city, "commission"), "?as_of=2025-12-31&soe=social")
    addresses = [part["props"].get("href") for part in parts(content)]
    assert "/parks/P02?as_of=2025-12-31" in addresses
    assert "/definitions/LV04?as_of=2025-12-31" in addresses
    assert "/?as_of=2025-12-31&soe=fiscal" in addresses


@pytest.mark.parametrize("name", TABLES)
def test_every_table_of_the_page_can_be_taken_away(city: Served, name: str) -> None:
    client = enter(city, "commission")
    content = show(city, client)
    (drawn,) = [part for part in parts(content) if part["props"].get("id") == f"table-{name}"]
    rows = [part for part in parts(drawn) if part["type"] == "Tr"]
    found = table(city, client, name)
    names = [str(row[0]) for row in found]
    assert len(rows) > 2
    assert any("账本版本" in line for line in names)
    assert enter(city, "park").get(f"/export?page=/&table={name}").status_code == 403


def test_parks_are_sorted_by_the_address_in_the_page_and_in_the_file(city: Served) -> None:
    client = enter(city, "commission")
    reading = read_city(slice_ledger(city.book, "local", CITY, LAST_DAY))
    order = sorted(reading.table("park"), key=lambda row: Fraction(str(row["LV04.paid_in"])), reverse=True)
    expected = [row["name"] for row in order]
    search = "sort=parks.-LV04.paid_in"
    shown = show(city, client, f"?{search}")
    links = [part["props"] for part in parts(shown) if part["props"].get("className") == "cell-link"]
    # further tables below lead to parks too
    to_parks = [link["children"] for link in links if link["href"].startswith("/parks/")]
    assert to_parks[: len(expected)] == expected
    found = [row[0] for row in table(city, client, "parks", search) if row[0] in expected]
    assert found == expected


def test_the_median_of_parks_stands_under_them_and_opens_nothing(city: Served) -> None:
    reading = read_city(slice_ledger(city.book, "local", CITY, LAST_DAY))
    median, _counts = reading.table("park_median")
    content = show(city, enter(city, "commission"))
    (drawn,) = [part for part in parts(content) if part["props"].get("id") == "table-parks"]
    (foot,) = [part for part in parts(drawn) if part["type"] == "Tfoot"]
    text = json.dumps(foot, ensure_ascii=False)
    assert "中位数（4 个园区）" in text
    assert write_value("LV04", str(median["LV04.paid_in"]), MoneyUnit.YI) in text
    assert not numbers(foot)


def test_what_is_not_certain_is_counted_under_the_headline_and_listed_below(city: Served) -> None:
    reading = read_city(slice_ledger(city.book, "local", CITY, LAST_DAY))
    text = json.dumps(show(city, enter(city, "commission")), ensure_ascii=False)
    sums = {str(row["reason"]): row for row in reading.table("certainty_sum")}
    assert sums["certainty.undetermined"]["count"] == 1
    assert "1 家出资人性质待定（认缴 2.00 亿元）" in text
    assert ("项持仓估值陈旧" in text) == bool(sums["certainty.stale_mark"]["count"])
    assert ("只基金的报告净值与推算不符" in text) == bool(sums["certainty.nav_at_odds"]["count"])
    for row in reading.table("certainty"):
        assert str(row["name"]) in text
        assert f"/funds/{row['fund']}" in text


def test_the_flow_is_told_by_tier_with_its_finding(city: Served) -> None:
    reading = read_city(slice_ledger(city.book, "local", CITY, LAST_DAY))
    content = show(city, enter(city, "commission"))
    (graph,) = [part["props"] for part in parts(content) if part["props"].get("id") == "chart-flow"]
    (flow,) = graph["figure"]["data"]
    assert sum(flow["link"]["value"]) == sum(int(str(row["amount"])) for row in reading.table("flow"))
    assert "第 1 层（2 只）" in flow["node"]["label"]
    assert "滨湖园区" in flow["node"]["label"]
    into = [row for row in reading.table("flow") if str(row["taker"]).startswith("industry:")]
    total = sum(int(str(row["amount"])) for row in into)
    leading = sum(int(str(row["amount"])) for row in into if row["is_leading"])
    assert f"{format_percent(leading / total)} 投向主导产业" in json.dumps(content, ensure_ascii=False)


def test_the_day_in_the_address_is_the_day_of_the_figures(city: Served) -> None:
    reading = read_city(slice_ledger(city.book, "local", CITY, date(2023, 6, 30)))
    key = ("LV04", "paid_in", "city")
    shown = numbers(show(city, enter(city, "commission"), "?as_of=2023-06-30"))
    assert shown[key] == write_figure(reading.figure("LV04", "paid_in"), MoneyUnit.YI)
    assert shown[key] != numbers(show(city, enter(city, "commission")))[key]


def test_a_day_long_after_the_newest_record_says_so(city: Served) -> None:
    client = enter(city, "commission")
    late = json.dumps(show(city, client, "?as_of=2027-06-30&soe=social"), ensure_ascii=False)
    assert "最近一笔记录是 2026年9月30日，距截止日 273 天" in late
    assert "/?as_of=2026-09-30&soe=social" in late
    assert "最近一笔记录" not in json.dumps(show(city, client), ensure_ascii=False)


def test_before_the_paper_that_sets_a_target_the_funnel_has_none(city: Served) -> None:
    slice_ = slice_ledger(city.book, "local", CITY, date(2021, 12, 31))
    reading = read_city(slice_)
    committed = reading.figure("LV00c", "committed").value
    text = json.dumps(show(city, enter(city, "commission"), "?as_of=2021-12-31"), ensure_ascii=False)
    assert f"已认缴 {format_money(int(committed or 0), MoneyUnit.YI)} 亿元；其中" in text
    assert "账本里没有目标规模" in text


def test_before_anything_was_paid_in_findings_say_so(city: Served) -> None:
    slice_ = slice_ledger(city.book, "local", CITY, LAST_DAY)
    first = min(slice_.ledger.commitments.day.tolist())
    day = date.fromordinal(first).isoformat()
    text = json.dumps(show(city, enter(city, "commission"), f"?as_of={day}"), ensure_ascii=False)
    assert "还没有实缴" in text
    assert "截至这一天还没有实缴资金" in text
    assert "NaN" not in text


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


def test_a_number_of_a_park_opens_its_passport(city: Served) -> None:
    figure = read_park(slice_ledger(city.book, "local", park_scope("P02"), LAST_DAY)).figure("PF09")
    status, body = ask(city, enter(city, "commission"), "PF09", figure.basis, "park:P02")
    assert status == 200
    assert write_figure(figure, MoneyUnit.YI) in body
    assert "有唯一解" in body


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


def test_a_park_official_gets_the_page_of_the_own_park_and_nothing_of_others(city: Served) -> None:
    client = enter(city, "park")
    slice_ = slice_ledger(city.book, "local", park_scope(PARK_CODE), LAST_DAY)
    others = [park.name for park in slice_.facts.parks.values() if park.code != PARK_CODE]
    content = show(city, client)
    assert content == show(city, client, path=f"/parks/{PARK_CODE}")
    text = json.dumps(content, ensure_ascii=False)
    assert "示例市滨湖园区" in text
    assert [name for name in others if name in text] == []
    assert {scope for _, _, scope in numbers(content)} >= {f"park:{PARK_CODE}"}


@pytest.mark.parametrize("path", ["/parks/P02", "/funds/F04"])
def test_the_page_of_another_is_refused(city: Served, path: str) -> None:
    text = json.dumps(show(city, enter(city, "park"), path=path), ensure_ascii=False)
    assert "没有查看权限" in text
    assert "figure-number" not in text


def test_a_fund_manager_gets_the_page_of_the_own_funds(city: Served) -> None:
    client = enter(city, "manager")
    content = show(city, client)
    assert content == show(city, client, path="/my-funds")
    text = json.dumps(content, ensure_ascii=False)
    assert "示例生物医药成长子基金" in text
    assert "示例滨湖园区产业基金" not in text
    assert {scope for _, _, scope in numbers(content)} == {f"fund:{FUND_CODE}"}


def test_a_number_that_cannot_be_worked_out_is_a_dash_with_its_reason(city: Served) -> None:
    day = date.fromordinal(
        min(slice_ledger(city.book, "local", CITY, LAST_DAY).ledger.commitments.day.tolist())
    ).isoformat()
    content = show(city, enter(city, "commission"), f"?as_of={day}")
    (absent,) = [
        part["props"]
        for part in parts(content)
        if isinstance(part["props"].get("id"), dict)
        and part["props"]["id"]["code"] == "PF08"
        and part["props"]["id"]["place"] == "outcome"
    ]
    assert (absent["children"], absent["title"]) == ("—", "没有实缴，无法作分母。")


def test_an_empty_book_says_what_to_do_next(empty: Served) -> None:
    text = json.dumps(show(empty, enter(empty, "commission")), ensure_ascii=False)
    assert "台账里还没有数据" in text
    assert "fundtracker template" in text
    assert "fundtracker import" in text


@pytest.mark.parametrize("identity", ["commission", "manager", "park"])
def test_before_the_first_fund_there_are_no_figures(city: Served, identity: str) -> None:
    content = show(city, enter(city, identity), "?as_of=2001-01-01")
    text = json.dumps(content, ensure_ascii=False)
    assert "NaN" not in text
    assert "这一页没能显示" not in text
    assert {number for number in numbers(content).values() if number not in ("—", "0.00")} == set()
    assert identity == "park" or "数据" in text


@pytest.mark.parametrize("search", ["?soe=other", "?sort=parks.nothing"])
def test_a_state_that_cannot_be_read_is_told(city: Served, search: str) -> None:
    text = json.dumps(show(city, enter(city, "commission"), search), ensure_ascii=False)
    assert "无法识别" in text or "不存在" in text


def test_a_definition_has_a_page_of_its_own(city: Served) -> None:
    client = enter(city, "park")
    text = json.dumps(show(city, client, path="/definitions/LV04"), ensure_ascii=False)
    assert "社会资本杠杆率" in text
    assert "LV04 = 社会资本 S ÷ 财政资金 F" in text
    assert "没有找到" in json.dumps(show(city, client, path="/definitions/LV99"), ensure_ascii=False)
