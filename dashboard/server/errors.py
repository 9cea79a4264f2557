"""What goes wrong, told once: one table from exceptions to HTTP and words; an incident as the last resort."""

from dataclasses import dataclass
from typing import Any

from apiflask.exceptions import HTTPError
from dash.exceptions import DependencyException, InvalidResourceError, PreventUpdate
from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from dashboard.api.telling import list_problems
from dashboard.auth.visit import chosen_language
from dashboard.incidents import record_incident
from dashboard.server.gate import is_page
from dashboard.settings import Settings
from dashboard.words import read_words, say, say_problem
from funds.book.engine import is_disk_full
from funds.errors import LedgerError, RulesBroken
from funds.problems import Problem


@dataclass(frozen=True)
class Fault:
    """What is told about an exception: a status, a message code, and what fills it."""

    status: int
    code: str
    params: dict[str, str]
    problems: tuple[Problem, ...] = ()
    incident: str | None = None


def describe(error: Exception) -> Fault:
    """The one table from exceptions to answers; what it does not know is our own failure."""
    if isinstance(error, LedgerError):
        problems = tuple(error.problems) if isinstance(error, RulesBroken) else ()
        incident = record_incident(error, request.path) if error.status >= 500 else None
        return Fault(error.status, error.code, error.params, problems, incident)
    if isinstance(error, CSRFError):
        return Fault(400, "request.form_stale", {})
    if isinstance(error, InvalidResourceError | DependencyException):
        return Fault(404, "http.404", {})
    if isinstance(error, HTTPError) and isinstance(error.__cause__, ValidationError):
        problems = tuple(list_problems(error.__cause__))
        return Fault(422, "rules.broken", {"count": str(len(problems))}, problems)
    if isinstance(error, HTTPException):
        return _describe_http(error)
    if isinstance(error, OperationalError):
        status, code = (507, "system.disk_full") if is_disk_full(error) else (503, "system.database")
        return Fault(status, code, {}, (), record_incident(error, request.path))
    return Fault(500, "http.500", {}, (), record_incident(error, request.path))


def _describe_http(error: HTTPException) -> Fault:
    status = error.code or 500
    code = f"http.{status}" if f"http.{status}" in read_words("zh") else "http.400"
    return Fault(status, code, {}, (), record_incident(error, request.path) if status >= 500 else None)


def phrase(fault: Fault, language: str) -> dict[str, Any]:
    """A fault as JSON: code, message, and the problems or the incident."""
    told: dict[str, Any] = {"code": fault.code, "message": say(fault.code, language, **fault.params)}
    if fault.problems:
        told["problems"] = [
            {
                "code": problem.code,
                "where": problem.where,
                "severity": problem.severity.value,
                "message": say_problem(problem, language),
                "params": problem.params,
            }
            for problem in fault.problems
        ]
    if fault.incident:
        told["incident"] = fault.incident
    return told


def handle_errors(server: Flask, settings: Settings) -> None:
    """Answer every exception: a calm page to a person, JSON to a script."""

    def answer(error: Exception) -> Response:
        fault = describe(error)
        language = chosen_language(request.cookies, settings.language)
        told = phrase(fault, language)
        if settings.debug and fault.incident:
            told["debug"] = f"{type(error).__name__}: {error}"
        response = _answer_page(fault, told, language) if _wants_page() else jsonify(told)
        response.status_code = fault.status
        if fault.status in (429, 503):
            response.headers["Retry-After"] = "5"
        return response

    for kind in (Exception, HTTPException, InvalidResourceError, HTTPError):
        server.register_error_handler(kind, answer)
    # A callback that has nothing to change says so in this way; it is no fault.
    server.register_error_handler(PreventUpdate, lambda _error: ("", 204))


def _wants_page() -> bool:
    """Whether the answer goes to a person's window: a page, or one of the forms at the door."""
    at_door = (request.endpoint or "").startswith("auth.")
    return at_door or (is_page() and not request.path.startswith("/api/"))


def _answer_page(fault: Fault, told: dict[str, Any], language: str) -> Response:
    page = render_template(
        "fault.html",
        say=lambda code, **params: say(code, language, **params),
        language=language,
        status=fault.status,
        message=told["message"],
        incident=fault.incident,
        is_signed_in=g.get("visit") is not None,
    )
    return make_response(page)
