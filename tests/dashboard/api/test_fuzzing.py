"""Whatever a program sends: no failure of ours, and no answer that the description does not tell of."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dashboard.api.bearer import Pace
from dashboard.api.routes import LISTS, WRITES
from tests.dashboard.api.programs import Programs, build_trail_city, serve_programs
from tests.engines import ENGINES, Databases
from tests.faults.kinds import Kind, fault

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
LOGIN = "local"
# What stands in the city, so that a good part of what is sent gets as far as the verbs and the readings.
KNOWN = {
    "fund": ["F1", "F2", "M", "F9"],
    "company": ["C1", "C2", "C9"],
    "investor": ["LP1", "LP2", "M", "F1", "LP99"],
    "round": ["R2", "R7"],
}
SCOPES = ["city", "park:P1", "fund:F1", "fund:F1,F2", "manager:GP", "industry:IC", "company:C1", "park:P9"]
# Bodies take long to make up: fewer of them than of addresses.
PER_BODY, PER_ADDRESS = 1, 3


@pytest.fixture(params=ENGINES)
def programs(request: pytest.FixtureRequest, tmp_path: Path, full: bool) -> Iterator[Programs]:
    """A served city; the other engine in the full run."""
    if request.param != "sqlite" and not full:
        pytest.skip("on the other engine in the full run")
    engine: Databases = request.getfixturevalue("sqlite" if request.param == "sqlite" else "postgres")
    made = serve_programs(engine.copy_of("trail city", build_trail_city), tmp_path)
    yield made
    made.book.close()
    engine.drop_made()


@pytest.fixture(autouse=True)
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody asks too often here."""
    monkeypatch.setattr(Pace, "take", lambda *_given: None)


def fuzz(operation: Any, mode: GenerationMode, most: int, token: str) -> list[int]:
    """Send cases of one operation and judge each answer; returns the statuses of all."""
    statuses = []
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    chosen = settings(
        max_examples=most, deadline=None, phases=[Phase.generate], database=None, suppress_health_check=quiet
    )

    @chosen
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        answer = case.call(headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"})
        case.validate_response(answer, checks=CHECKS)
        statuses.append(answer.status_code)

    ask()
    return statuses


def suggest(spec: dict[str, Any]) -> None:
    """Name what stands in the city where the description leaves a code open."""
    for name, schema in spec["components"]["schemas"].items():
        for field in schema.get("properties", {}) if name.endswith("Line") else ():
            if field in KNOWN:
                schema["properties"][field] = {"type": "string", "enum": KNOWN[field]}
    for methods in spec["paths"].values():
        for operation in methods.values():
            for parameter in operation["parameters"]:
                if parameter["name"] == "scope":
                    parameter["schema"] = {"type": "string", "enum": SCOPES}


@fault("Z2", Kind.MALFORMED_API)
def test_whatever_is_sent_is_answered_as_described(
    programs: Programs, counts: Callable[[int, int], int], record_property: Callable[[str, object], None]
) -> None:
    load_all_checks()
    token = programs.token(LOGIN)
    schema = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json",
        programs.served.app.server,
        headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"},
    )
    suggest(schema.raw_schema)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    weights = {one.label: PER_BODY if one.method == "post" else PER_ADDRESS for one in operations}
    least = counts(500, 5_000)
    each = -(-least // (sum(weights.values()) * len(MODES)))
    statuses = [
        status
        for one in operations
        for mode in MODES
        for status in fuzz(one, mode, each * weights[one.label], token)
    ]
    print(f"{len(statuses)} calls: {Counter(statuses)}")
    assert len(operations) == 1 + len(LISTS) + len(WRITES)
    assert len(statuses) >= least
    assert {200, 404, 422} <= set(statuses), "some of it was answered, some looked for in vain, some refused"
    record_property("count", len(statuses))
