"""The description of the API: OpenAPI 3.1, made from the routes, and the same as a page for people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import orjson
from apiflask import APIFlask
from flask import Blueprint, Response, make_response, render_template, request

from dashboard.api.answers import Fault
from dashboard.api.bearer import ABOUT, PAGE, ROOT, SPEC
from dashboard.api.requests import HEADER, KEY
from dashboard.auth.visit import chosen_language
from dashboard.reports.question import ANSWERS
from dashboard.settings import Settings
from dashboard.words import LANGUAGES, say

TITLE, VERSION = "Industry Fund Tracker", "1"
READS = (400, 401, 403, 404, 405, 422, 429, 500, 503)
WRITES = (*READS, 409, 413, 415, 507)
FAULT = "#/components/schemas/Fault"
SCHEMA = "#/components/schemas/"
Spec = dict[str, Any]


def prepare(server: APIFlask) -> None:
    """What the description says of the whole; nothing of it names a machine."""
    server.title, server.version = TITLE, VERSION
    server.config.update(
        AUTO_200_RESPONSE=False,
        AUTO_404_RESPONSE=False,
        AUTO_SERVERS=False,
        AUTO_TAGS=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        AUTO_AUTH_ERROR_RESPONSE=False,
        AUTO_OPERATION_SUMMARY=False,
        AUTO_OPERATION_DESCRIPTION=False,
        SECURITY_SCHEMES={"token": {"type": "http", "scheme": "bearer"}},
    )


def make_description_routes(server: APIFlask, settings: Settings) -> Blueprint:
    """The description as a file and as a page."""
    routes = Blueprint(ABOUT, __name__, url_prefix=ROOT, template_folder="templates")
    made: dict[str, Spec] = {}

    def describe(language: str) -> Spec:
        if language not in made:
            made[language] = describe_api(server, language)
        return made[language]

    def show_spec() -> Response:
        spec = orjson.dumps(describe(settings.language), option=orjson.OPT_SORT_KEYS)
        return Response(spec, mimetype="application/json")

    def show_page() -> Response:
        asked = request.args.get("language")
        language = asked if asked in LANGUAGES else chosen_language(request.cookies, settings.language)
        page = render_template(
            "api.html",
            say=lambda code, **params: say(code, language, **params),
            language=language,
            operations=list(list_operations(describe(language))),
            schemas=describe(language)["components"]["schemas"],
            root=ROOT,
        )
        return make_response(page)

    routes.add_url_rule(SPEC, "spec", show_spec, methods=["GET"])
    routes.add_url_rule(PAGE, "page", show_page, methods=["GET"])
    return routes


def describe_api(server: APIFlask, language: str) -> Spec:
    """The whole description, with every status that can come."""
    spec = cast("Spec", orjson.loads(orjson.dumps(server._get_spec(force_update=True))))
    spec["info"]["description"] = say("api.about", language)
    spec["components"]["schemas"]["Fault"] = _fault_schema(spec)
    for path, operations in spec["paths"].items():
        for operation in operations.values():
            _complete(operation, path, language)
    return spec


def _complete(operation: Spec, path: str, language: str) -> None:
    name = operation["operationId"]
    operation["summary"] = say(f"api.{name}", language)
    operation["security"] = [{"token": []}]
    is_write = "requestBody" in operation
    if is_write:
        operation["requestBody"]["required"] = True
        operation["responses"]["200"] = {
            **operation["responses"]["201"],
            "description": say("api.held_before", language),
        }
        operation["parameters"].append(_key_parameter(language))
    if "{kind}" in path:
        operation["parameters"][0]["schema"] = {"type": "string", "enum": list(ANSWERS)}
    for status in ("200", "201"):
        if status in operation["responses"] and "description" in operation["responses"][status]:
            told = "api.recorded" if status == "201" else "api.answered"
            if not (is_write and status == "200"):
                operation["responses"][status]["description"] = say(told, language)
    for code in WRITES if is_write else READS:
        operation["responses"][str(code)] = {
            "description": say(f"api.status_{code}", language),
            "content": {"application/json": {"schema": {"$ref": FAULT}}},
        }


def _key_parameter(language: str) -> Spec:
    return {
        "in": "header",
        "name": HEADER,
        "required": True,
        "description": say("api.key", language),
        "schema": {"type": "string", "pattern": f"^{KEY.pattern}$"},
    }


def _fault_schema(spec: Spec) -> Spec:
    schema = Fault.model_json_schema(ref_template=f"{SCHEMA}Fault.{{model}}")
    for name, nested in schema.pop("$defs", {}).items():
        spec["components"]["schemas"][f"Fault.{name}"] = nested
    return schema


@dataclass(frozen=True)
class Shown:
    """One operation as the page shows it: what stands in the address or the head, and what is sent."""

    method: str
    path: str
    summary: str
    parameters: tuple[Mapping[str, Any], ...]
    body: str | None
    answer: str
    statuses: tuple[tuple[str, str], ...]


def list_operations(spec: Spec) -> Iterator[Shown]:
    """The operations of a description, those that read first, reports before all."""
    found = ((path, *one) for path, methods in spec["paths"].items() for one in methods.items())
    for path, method, operation in sorted(found, key=lambda one: (one[1], "{" not in one[0], one[0])):
        responses = operation["responses"]
        yield Shown(
            method.upper(),
            path,
            operation["summary"],
            tuple(operation["parameters"]),
            _name_schema(operation.get("requestBody")),
            _name_schema(responses[min(responses)]) or "",
            tuple((status, responses[status]["description"]) for status in sorted(responses)),
        )


def _name_schema(holder: Mapping[str, Any] | None) -> str | None:
    """The name of the schema that a body or an answer follows."""
    if holder is None:
        return None
    reference = str(holder["content"]["application/json"]["schema"].get("$ref", ""))
    return reference.removeprefix(SCHEMA)
