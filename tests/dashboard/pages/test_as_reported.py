"""Every number on every screen is the number that the report gives at the same scope, day and version."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from dashboard.pages.figure_text import COUNTS, MONEY, RATES, write_value
from dashboard.pages.scope_choice import read_scope
from dashboard.readings.answers import print_plain
from dashboard.readings.money.capital import SoeTreatment
from dashboard.readings.money.leverage import LeverageOptions
from dashboard.reports.as_json import write_json
from dashboard.reports.question import ANSWERS, SCOPES, Question, answer
from dashboard.words import say
from dashboard.words.numbers import ABSENT, MoneyUnit, format_money, format_percent, format_ratio, format_yuan
from tests.browser.city import build_city, serve_city
from tests.conftest import FULL
from tests.dashboard.pages.drawn import draw_as, text_of
from tests.dashboard.pages.walking import FoundNumber, read_amounts, walk_numbers, walk_tables
from tests.dashboard.serving import Served
from tests.engines import SqliteDatabases

LAST_DAY = date(2026, 9, 30)
PARKS = tuple(f"/parks/P{number:02d}" for number in range(1, 5))
FUNDS = tuple(f"/funds/F{number:02d}" for number in range(1, 13))
INDUSTRY = "/industries/IOT"
FIRM = "/companies/Q011"  # two funds of two parks hold it
SCREENS = ("/", "/parks", *PARKS, "/funds", *FUNDS)
SIX_ONES = re.compile(r"S\d\d")
YES_NO = {"是": Decimal(1), "否": Decimal(0)}
UNITS = {say(unit.code, "zh"): unit for unit in sorted(MoneyUnit, key=lambda unit: unit.value)}
Told = Mapping[tuple[str, str], Mapping[str, Any]]


@pytest.fixture(scope="module")
def city(sqlite: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The made-up city, served for all tests here; nobody changes it."""
    folder = tmp_path_factory.mktemp("reported")
    url = SqliteDatabases(folder, dict(sqlite.originals)).copy_of("made-up city", build_city)
    with serve_city(url, folder) as served:
        yield served


def report_all(
    served: Served, scope: str, as_of: date, as_known: int | None, options: LeverageOptions
) -> list[dict[str, Any]]:
    """Every report that stands for a scope, as the command prints it."""
    chosen = read_scope(scope)
    return [
        json.loads(write_json(answer(served.book, "local", asked)))
        for kind in ANSWERS
        if chosen.name in SCOPES.get(kind, {chosen.name})
        for asked in [Question(kind, as_of, chosen, options=options, as_known=as_known)]
    ]


def figures_of(reports: list[dict[str, Any]]) -> Told:
    """The figures of some reports by code and basis; two reports never differ about one."""
    told: dict[tuple[str, str], Mapping[str, Any]] = {}
    for report in reports:
        for figure in report["figures"]:
            key = (figure["code"], figure["basis"])
            known = told.setdefault(key, figure)
            assert known["value"] == figure["value"], key
    return told


def amounts_of(reports: list[dict[str, Any]]) -> set[int]:
    """Every whole number that the reports' figures and rows hold."""
    figures = {
        figure[part]
        for report in reports
        for figure in report["figures"]
        for part in ("value", "numerator", "denominator")
    }
    rows = {
        value
        for report in reports
        for row in report["rows"]
        for value in row.values()
        if not isinstance(value, list)
    }
    return {value for value in figures | rows if isinstance(value, int)}


def reads_as(number: FoundNumber, figure: Mapping[str, Any]) -> tuple[str, str]:
    """How the report's figure should read where the number stands, and what should hover over it."""
    value, code = figure["value"], number.code
    if value is None:
        return ABSENT, say(figure["reason"], "zh")
    if code in COUNTS:
        return f"{figure['numerator']} / {figure['denominator']}", str(value)
    # A card or a column of money whose passport is that of a share shows what the share is of.
    amount = value if code in MONEY else figure["numerator"] if names_unit(number) else None
    if amount is None:
        # A multiple may stand in a column of shares, as the part that came back.
        written = format_percent(Fraction(value)) if number.text.endswith("%") and code not in RATES else None
        return written or write_value(code, value, MoneyUnit.YUAN), str(value)
    unit = next(unit for name, unit in reversed(UNITS.items()) if name in number.beside)
    return format_money(amount, unit), f"{format_yuan(amount)} 元"


def names_unit(number: FoundNumber) -> bool:
    """Whether a unit of money stands beside a number."""
    return any(name in number.beside for name in UNITS)


def reads_as_filed(number: FoundNumber, figure: Mapping[str, Any]) -> bool:
    """One of the six ones: a mark says whether its target is met, and over it hovers what was filed when."""
    text = number.text.rstrip("✓✗? ")
    if figure["value"] is None:
        return text == ABSENT
    value = Fraction(figure["value"])
    if text.endswith("%"):
        filed = f" · {print_plain(Decimal(figure['value']) * 100)}%"
        return text == format_percent(value) and (filed in number.hover or number.hover == figure["value"])
    if text.endswith("×"):
        return text == format_ratio(value)
    said = YES_NO.get(text) or Decimal(text.replace(",", ""))
    # What is shown is rounded half up to its last digit.
    return abs(Fraction(said) - value) <= Fraction(1, 2) * Fraction(10) ** int(said.as_tuple().exponent)


def compare(
    served: Served, path: str, search: str, as_of: date, as_known: int | None, soe: str = "apart"
) -> int:
    """Lay every number of a screen beside the report; how many there were."""
    content = draw_as(served, "commission", path, search)["content.children"]
    options = LeverageOptions(soe=SoeTreatment(soe))
    told: dict[str, Told] = {}
    count = 0
    for number in walk_numbers(content):
        if number.scope not in told:
            told[number.scope] = figures_of(report_all(served, number.scope, as_of, as_known, options))
        figure = told[number.scope][number.code, number.basis]
        if SIX_ONES.fullmatch(number.code):
            assert reads_as_filed(number, figure), f"{path}: {number} {figure}"
        else:
            assert (number.text, number.hover) == reads_as(number, figure), f"{path}: {number}"
        count += 1
    return count


@pytest.mark.parametrize("path", SCREENS)
def test_every_number_is_that_of_the_report(city: Served, path: str) -> None:
    assert compare(city, path, "", LAST_DAY, None) >= 10


@pytest.mark.parametrize("search", ["", "?mode=fractional"])
def test_every_number_of_an_industry_is_that_of_its_report(city: Served, search: str) -> None:
    assert compare(city, INDUSTRY, search, LAST_DAY, None) == 3


@pytest.mark.parametrize(("path", "search"), [(FIRM, ""), ("/companies", "?words=Q01")])
def test_every_number_of_a_firm_is_that_of_its_report(city: Served, path: str, search: str) -> None:
    assert compare(city, path, search, LAST_DAY, None) >= 4


@pytest.mark.parametrize(
    "path", ["/parks/P01", *(pytest.param(one, marks=pytest.mark.full) for one in ("/", "/funds/F01"))]
)
def test_and_so_it_is_at_a_past_day_and_version(city: Served, path: str) -> None:
    search = "?as_of=2023-06-30&as_known=3"
    assert compare(city, path, search, date(2023, 6, 30), 3) >= 10


@pytest.mark.parametrize("soe", ["social", pytest.param("fiscal", marks=pytest.mark.full)])
def test_and_so_it_is_with_state_owned_money_counted_otherwise(city: Served, soe: str) -> None:
    assert compare(city, "/", f"?soe={soe}", LAST_DAY, None, soe) >= 10


@pytest.mark.parametrize("path", [*SCREENS, INDUSTRY, FIRM] if FULL else [*SCREENS[::3], INDUSTRY, FIRM])
def test_every_amount_in_a_table_is_in_a_report(city: Served, path: str) -> None:
    content = draw_as(city, "commission", path)["content.children"]
    scopes = {number.scope for number in walk_numbers(content)} | {"city"}
    reports = [
        report for scope in scopes for report in report_all(city, scope, LAST_DAY, None, LeverageOptions())
    ]
    known = amounts_of(reports)
    for table in walk_tables(content):
        amounts, totals = read_amounts(table)
        assert sorted((amounts | totals) - known) == [], text_of(table[0])
