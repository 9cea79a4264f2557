"""The routes of the API: what each one takes, what it gives, and who does it."""

from typing import Any

import orjson
from apiflask import APIBlueprint
from flask import Response, g, request
from pydantic import BaseModel
from werkzeug.exceptions import UnsupportedMediaType

from dashboard.api import answers, bodies, queries, reading
from dashboard.api.bearer import BLUEPRINT, ROOT, ApiVisit
from dashboard.api.writing import record_body
from dashboard.auth.visit import NotSignedIn

LARGEST_BODY = 1024 * 1024
LISTS: tuple[tuple[str, Any, type[BaseModel], type[BaseModel]], ...] = (
    ("funds", reading.list_funds, queries.ListAsked, answers.FundsGiven),
    ("parks", reading.list_parks, queries.ListAsked, answers.ParksGiven),
    ("companies", reading.list_companies, queries.ListAsked, answers.CompaniesGiven),
    ("industries", reading.list_industries, queries.ListAsked, answers.IndustriesGiven),
    ("definitions", reading.list_definitions, queries.DefinitionsAsked, answers.DefinitionsGiven),
    ("revisions", reading.list_revisions, queries.RevisionsAsked, answers.RevisionsGiven),
)
WRITES: tuple[tuple[str, type[bodies.Body]], ...] = (
    ("deals", bodies.DealsBody),
    ("calls", bodies.CallsBody),
    ("contributions", bodies.ContributionsBody),
    ("distributions", bodies.DistributionsBody),
    ("marks", bodies.MarksBody),
    ("navs", bodies.NavsBody),
)


def make_routes() -> APIBlueprint:
    """A new blueprint of every route that a token opens."""
    routes = APIBlueprint(BLUEPRINT, __name__, url_prefix=ROOT, tag="API")
    routes.before_request(_check_body)
    _add_report(routes)
    for name, read, asked, given in LISTS:
        _add_list(routes, name, read, asked, given)
    for name, body in WRITES:
        _add_write(routes, name, body)
    return routes


def current_api_visit() -> ApiVisit:
    """The visit that the gate let in with a token; refuses where there is none."""
    visit = g.get("visit")
    if not isinstance(visit, ApiVisit):
        raise NotSignedIn("api.token_absent")
    return visit


def _check_body() -> None:
    """What is sent is JSON and not large."""
    if request.method == "POST":
        request.max_content_length = LARGEST_BODY
        if not request.is_json:
            raise UnsupportedMediaType


def _add_report(routes: APIBlueprint) -> None:
    @routes.get("/reports/<kind>", endpoint="report")
    @routes.input(queries.ReportAsked, location="query", arg_name="asked")
    @routes.output(answers.ReportGiven)
    @routes.doc(operation_id="report")
    def report(kind: str, asked: queries.ReportAsked) -> Response:
        return _respond(reading.read_report(current_api_visit(), kind, asked))


def _add_list(
    routes: APIBlueprint, name: str, read: Any, asked_type: type[BaseModel], given: type[BaseModel]
) -> None:
    @routes.get(f"/{name}", endpoint=f"list_{name}")
    @routes.input(asked_type, location="query", arg_name="asked")
    @routes.output(given)
    @routes.doc(operation_id=f"list_{name}")
    def show(asked: BaseModel) -> Response:
        return _respond(read(current_api_visit(), asked).model_dump())


def _add_write(routes: APIBlueprint, name: str, body_type: type[bodies.Body]) -> None:
    @routes.post(f"/{name}", endpoint=f"record_{name}")
    @routes.input(body_type, location="json", arg_name="body")
    @routes.output(answers.RecordedGiven, status_code=201)
    @routes.doc(operation_id=f"record_{name}")
    def record(body: bodies.Body) -> Response:
        return record_body(current_api_visit(), body)


def _respond(document: object) -> Response:
    """JSON with sorted keys, so that the same question at the same version gives the same bytes."""
    return Response(orjson.dumps(document, option=orjson.OPT_SORT_KEYS), mimetype="application/json")
