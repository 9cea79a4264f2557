"""What a program reads is what the command tells, in 元, and no more than its person and its token may see."""

import json
import re
from typing import Any

import pytest
from sqlalchemy import select

from dashboard.readings.industries.medians import COUNT
from dashboard.reports.as_json import write_json
from dashboard.reports.question import ANSWERS, Question, answer
from funds.kinds import ScopeKind
from funds.models import Fund, Park, Party
from funds.money import Unit, parse_money
from funds.permissions import Scope
from funds.queries.scopes import CITY, company_scope, fund_scope, industry_scope, park_scope
from tests.builders import day
from tests.dashboard.api.programs import DAY, Programs
from tests.trail_city import SECRET

AMOUNT = re.compile(r"-?[0-9]+\.[0-9]{2}")
HEAD = ("report", "scope", "as_of", "version")
ASKED = {
    "city": CITY,
    "park": park_scope("P1"),
    "fund": fund_scope("F1"),
    "industry": industry_scope("IC"),
    "company": company_scope("C1"),
    "leverage": CITY,
    "performance": fund_scope("F1"),
    "alignment": park_scope("P1"),
}


def place(city: Programs, kind: ScopeKind, code: str) -> Scope:
    """A park or a fund as a token is kept to it."""
    query = select(Park.id).where(Park.code == code)
    if kind is ScopeKind.FUND:
        query = select(Fund.id).join(Party, Party.id == Fund.party_id).where(Party.code == code)
    with city.book.look() as look:
        return Scope(kind, int(look.connection.execute(query).scalar_one()))


def is_same(told: Any, meant: Any) -> bool:
    """Whether a program is told what the command says: the same, or for whole fen perhaps text of 元."""
    if told == meant and type(told) is type(meant):
        return True
    is_amount = isinstance(told, str) and isinstance(meant, int) and AMOUNT.fullmatch(told) is not None
    return is_amount and parse_money(told, Unit.YUAN, signed=True, most=10**18) == meant


def differing(told: list[dict[str, Any]], meant: list[dict[str, Any]]) -> list[str]:
    """Where two lists of figures or rows say different things."""
    pairs = zip(told, meant, strict=True)
    return [
        f"{key}: {one.get(key)} {other.get(key)}"
        for one, other in pairs
        for key in one.keys() | other.keys()
        if not is_same(one.get(key), other.get(key))
    ]


@pytest.mark.parametrize("report", ANSWERS)
def test_a_report_says_what_the_command_says(city: Programs, report: str) -> None:
    got = city.get("local", f"/reports/{report}", as_of=DAY, scope=ASKED[report].label)
    assert got.status_code == 200, got.text
    told = got.get_json()
    question = Question(report, day(DAY), ASKED[report])
    expected = json.loads(write_json(answer(city.book, "local", question)))
    assert told["unit"] == "yuan"
    assert {name: told[name] for name in HEAD} == {name: expected[name] for name in HEAD}
    assert differing(told["figures"], expected["figures"]) == []
    assert differing(told["rows"], expected["rows"]) == []


def test_money_is_text_and_counts_are_numbers(city: Programs) -> None:
    leverage = city.get("local", "/reports/leverage", as_of=DAY).get_json()
    values = {figure["code"]: figure for figure in leverage["figures"]}
    assert AMOUNT.fullmatch(values["LV00c"]["value"])
    assert AMOUNT.fullmatch(values["LV04"]["numerator"])
    parks = city.get("local", "/reports/city", as_of=DAY).get_json()["rows"]
    (counted,) = (row for row in parks if row.get("name") == COUNT)
    assert {type(value) for key, value in counted.items() if key not in ("name", "table")} == {int}


def test_the_same_question_gives_the_same_bytes_at_a_version_that_is_named(city: Programs) -> None:
    asked = {"as_of": DAY, "as_known": 4}
    first, second = (city.get("local", "/reports/leverage", **asked) for _ in range(2))
    assert first.data == second.data
    assert first.get_json()["version"] == 4
    latest = city.get("local", "/reports/leverage", as_of=DAY, as_known="2026-01-15T04:00:00+00:00")
    assert latest.get_json()["version"] == city.version()


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({}, 422, "rules.broken"),
        ({"as_of": "1735603200"}, 422, "rules.broken"),
        ({"as_of": "0001-01-01"}, 422, "rules.broken"),
        ({"as_of": DAY, "as_known": "0001-01-01T00:00:00+08:00"}, 422, "rules.broken"),
        ({"as_of": DAY, "nonsense": 1}, 422, "rules.broken"),
        ({"as_of": DAY, "scope": "fund:F9"}, 404, "fund.unknown"),
        ({"as_of": DAY, "scope": "fund:"}, 422, "rules.broken"),
        ({"as_of": DAY, "scope": "park:P1,P2"}, 400, "page.bad_scope"),
        ({"as_of": DAY, "from_": DAY}, 400, "report.no_period"),
        ({"as_of": DAY, "look_through": "maybe"}, 422, "rules.broken"),
        ({"as_of": DAY, "as_known": "2026-13-41T00:00:00Z"}, 400, "api.bad_instant"),
        ({"as_of": DAY, "as_known": 99_999}, 404, "book.no_such_version"),
        ({"as_of": DAY, "against": "park:P1@2025-02-31"}, 400, "page.bad_day"),
        ({"as_of": DAY, "against": "park:P1,P2@2025-02-28"}, 400, "page.bad_scope"),
        ({"as_of": DAY, "against": "park:P1@2025-02-28"}, 400, "report.against_other"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    city: Programs, asked: dict[str, object], status: int, code: str
) -> None:
    got = city.get("local", "/reports/leverage", **asked)
    assert (got.status_code, got.get_json()["code"]) == (status, code)


def test_the_first_day_that_can_be_asked_for_is_answered(city: Programs) -> None:
    assert city.get("local", "/reports/city", as_of="1900-01-01").status_code == 200


def test_there_are_no_other_reports(city: Programs) -> None:
    got = city.get("local", "/reports/weather", as_of=DAY)
    assert (got.status_code, got.get_json()["code"]) == (404, "api.no_report")


def test_a_park_is_laid_beside_another(city: Programs) -> None:
    asked = {"as_of": DAY, "scope": "park:P1", "against": "park:P2@2025-06-30"}
    rows = city.get("local", "/reports/park", **asked).get_json()["rows"]
    alone = city.get("local", "/reports/park", as_of=DAY, scope="park:P1").get_json()["rows"]
    assert len(rows) > len(alone)


@pytest.mark.parametrize("name", ["funds", "parks", "companies", "industries"])
def test_a_list_comes_in_parts_that_add_up(city: Programs, name: str) -> None:
    whole = [one["code"] for one in city.get("local", f"/{name}").get_json()[name]]
    found: list[str] = []
    after: str | None = ""
    while after is not None:
        part = city.get("local", f"/{name}", limit=1, after=after).get_json()
        found += [one["code"] for one in part[name]]
        after = part["next"]
    assert found == whole == sorted(whole)
    assert whole


def test_definitions_and_changes_are_told(city: Programs) -> None:
    codes = [one["code"] for one in city.get("local", "/definitions").get_json()["definitions"]]
    assert "LV04" in codes
    newest = city.get("local", "/revisions", limit=2).get_json()
    rest = city.get("local", "/revisions", before=newest["next"]).get_json()
    versions = [one["version"] for one in (*newest["revisions"], *rest["revisions"])]
    assert versions == list(range(city.version(), 0, -1))


@pytest.mark.parametrize("path", ["/funds", "/revisions", "/reports/fund?scope=fund:F1&as_of=2025-12-31"])
@pytest.mark.parametrize("login", ["official", "manager"])
def test_nobody_reads_a_word_of_another_side(city: Programs, login: str, path: str) -> None:
    """Threat 02 on the API."""
    got = city.client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {city.token(login)}"})
    assert got.status_code == 200
    assert SECRET not in got.text
    assert SECRET in city.get("local", "/funds").text


@pytest.mark.parametrize("scope", ["fund:F2", "fund:F1,F2", "park:P2", "city"])
def test_a_scope_of_another_is_refused_whatever_is_forged_beside_it(city: Programs, scope: str) -> None:
    """Threats 02 and 03 on the API: role and scope come from the token alone."""
    headers = {"Authorization": f"Bearer {city.token('official')}", "X-Role": "admin", "X-Park": "P2"}
    query = {"scope": scope, "as_of": DAY}
    got = city.client.get("/api/v1/reports/leverage", query_string=query, headers=headers)
    assert got.status_code == 403
    assert SECRET not in got.text
    forged = {**query, "scope": "park:P1", "person": "local", "role": "admin"}
    assert (
        city.client.get("/api/v1/reports/leverage", query_string=forged, headers=headers).status_code == 422
    )


def test_a_token_is_kept_to_its_park_or_fund_whoever_made_it(city: Programs) -> None:
    park = city.token("local", scope=place(city, ScopeKind.PARK, "P1"))
    fund = city.token("local", scope=place(city, ScopeKind.FUND, "F1"))
    for token in (park, fund):
        assert SECRET not in city.get("local", "/funds", token).text
        assert SECRET not in city.get("local", "/revisions", token).text
        statuses = [
            city.get("local", "/reports/leverage", token, as_of=DAY, scope=scope).status_code
            for scope in ("fund:F1", "fund:F2", "city", "park:P2")
        ]
        assert statuses == [200, 403, 403, 403]
        firm = city.get("local", "/reports/company", token, as_of=DAY, scope="company:C2")
        assert firm.status_code == 200
        assert SECRET not in firm.text
    assert city.get("local", "/reports/park", park, as_of=DAY, scope="park:P1").status_code == 200
    assert city.get("local", "/reports/park", fund, as_of=DAY, scope="park:P1").status_code == 403


def test_a_narrow_token_of_a_narrow_person_opens_only_what_both_do(city: Programs) -> None:
    other = place(city, ScopeKind.FUND, "F2")
    for scope in (other, place(city, ScopeKind.PARK, "P2")):
        token = city.token("manager", scope=scope)
        assert city.get("manager", "/funds", token).status_code == 403
    own = city.token("official", scope=place(city, ScopeKind.FUND, "F1"))
    assert city.get("official", "/reports/fund", own, as_of=DAY, scope="fund:F1").status_code == 200
    held = city.token("manager", scope=place(city, ScopeKind.PARK, "P1"))
    assert city.get("manager", "/reports/fund", held, as_of=DAY, scope="fund:F1").status_code == 200
