"""The description tells all that there is, and nothing of where it runs; people read it as a page."""

import re
from typing import Any

import pytest

from dashboard.api.bearer import BLUEPRINT
from dashboard.api.routes import LISTS, WRITES
from dashboard.reports.question import ANSWERS
from tests.dashboard.api.programs import Programs
from tests.dashboard.serving import sign_in


@pytest.fixture(scope="module")
def spec(city: Programs) -> dict[str, Any]:
    """The description as a program gets it."""
    got = city.get("local", "/openapi.json")
    assert got.status_code == 200
    document: dict[str, Any] = got.get_json()
    return document


def test_every_route_is_described_and_nothing_else(city: Programs, spec: dict[str, Any]) -> None:
    rules = city.served.app.server.url_map.iter_rules()
    served = {rule.endpoint for rule in rules if rule.endpoint.startswith(f"{BLUEPRINT}.")}
    assert len(served) == 1 + len(LISTS) + len(WRITES)
    described = [(path, method) for path, methods in spec["paths"].items() for method in methods]
    assert len(described) == len(served)
    assert {path for path, _ in described} == {
        "/api/v1/reports/{kind}",
        *(f"/api/v1/{name}" for name, *_ in (*LISTS, *WRITES)),
    }
    assert {method for path, method in described if path.rpartition("/")[2] in dict(WRITES)} == {"post"}


def test_it_names_its_version_every_status_and_the_way_in(spec: dict[str, Any]) -> None:
    assert spec["openapi"].startswith("3.1")
    assert spec["components"]["securitySchemes"] == {"token": {"type": "http", "scheme": "bearer"}}
    for methods in spec["paths"].values():
        for method, operation in methods.items():
            assert operation["security"] == [{"token": []}]
            expected = {"400", "401", "403", "404", "422", "429", "503"}
            expected |= {"201", "409", "413", "415"} if method == "post" else {"200"}
            assert expected <= operation["responses"].keys()
            assert all(answer["description"] for answer in operation["responses"].values())


def test_every_reference_leads_somewhere_and_no_machine_is_named(spec: dict[str, Any]) -> None:
    text = str(spec)
    referred = set(re.findall(r"#/components/schemas/([A-Za-z.]+)", text))
    assert referred <= spec["components"]["schemas"].keys()
    assert "http://" not in text
    assert "https://" not in text
    assert "servers" not in spec


def test_amounts_are_text_with_a_pattern(spec: dict[str, Any]) -> None:
    schemas = spec["components"]["schemas"]
    amount = schemas["ContributionsBody.ContributionLine"]["properties"]["amount"]
    assert (amount["type"], amount["pattern"]) == ("string", "^-?[0-9]{1,14}\\.[0-9]{2}$")
    kinds = spec["paths"]["/api/v1/reports/{kind}"]["get"]["parameters"][0]["schema"]["enum"]
    assert kinds == list(ANSWERS)


@pytest.mark.parametrize(("language", "title"), [("zh", "接口说明"), ("en", "API description")])
def test_people_read_the_same_as_a_page_without_anything_from_elsewhere(
    city: Programs, language: str, title: str
) -> None:
    client = city.served.client()
    sign_in(client, "manager")
    got = client.get(f"/api/v1/docs?language={language}")
    assert got.status_code == 200
    assert title in got.text
    assert "/api/v1/deals" in got.text
    assert "api." not in re.sub(r"[a-z_]+api\.|api\.css", "", re.sub(r"<[^>]+>", "", got.text)), (
        "a word is missing"
    )
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", got.text)
    assert "script-src 'self'" in got.headers["Content-Security-Policy"]
    assert "<script>" not in got.text
