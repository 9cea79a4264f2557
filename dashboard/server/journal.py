"""The journal: one line of JSON for each request and each fault, with what finds it again and nothing that opens a door."""

import json
import logging
import re
import secrets
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from flask import Flask, Response, g, has_request_context, request

from dashboard.auth.visit import Visit
from dashboard.server.gate import ASSETS, HEALTH, READY, SUITES
from dashboard.settings import Settings

REQUEST_ID = "X-Request-ID"
# Of a line `extra={TOLD: {…}}` becomes fields of their own.
TOLD = "told"
LONGEST = 2_000
# Files of the frame and questions of a watchman, of which nobody wants to read when they were answered.
UNTOLD = frozenset({ASSETS, SUITES, HEALTH, READY})
_GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
# What breaks or turns a line on somebody's screen; JSON escapes only what lies below the space.
_UNSEEN = re.compile(
    r"[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff0-\uffff]"
)

requests = logging.getLogger("fundtracker.requests")


class JsonLine(logging.Formatter):
    """A record as one line of JSON; of an exception its kind and its places, never its words."""

    def format(self, record: logging.LogRecord) -> str:
        """The line: the message is cut where it is long, and what cannot be seen is written out."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "process": record.process,
        }
        line |= _circumstances()
        told = getattr(record, TOLD, None)
        line |= told if isinstance(told, Mapping) else {"message": record.getMessage()[:LONGEST]}
        if record.exc_info and record.exc_info[0] is not None:
            # The words of an exception may be what somebody typed; its places are ours.
            line["error"] = record.exc_info[0].__name__
            line["stack"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return _UNSEEN.sub(_write_out, json.dumps(line, ensure_ascii=False, default=str))


def keep_journal(server: Flask, settings: Settings) -> None:
    """Give each request a number, which its answer carries too, and write a line when it is answered.

    Registered before all else, so that what the gate turns away is told as well.
    """

    def begin() -> None:
        g.began = perf_counter()
        g.request_id = _choose_id(settings)

    def end(response: Response) -> Response:
        response.headers[REQUEST_ID] = g.get("request_id", "")
        if requests.isEnabledFor(logging.INFO) and not _is_untold(response):
            requests.info("answered", extra={TOLD: _tell(response)})
        return response

    server.before_request(begin)
    server.after_request(end)


def open_journal(*, with_requests: bool) -> None:
    """From now on everything that this process and its children log goes to the standard error as such lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    requests.setLevel(logging.INFO if with_requests else logging.WARNING)


def _choose_id(settings: Settings) -> str:
    """The number that the proxy gave, where one stands before us; a stranger's own word is not taken."""
    given = request.headers.get(REQUEST_ID, "")
    return given if settings.behind_proxy and _GIVEN.fullmatch(given) else secrets.token_hex(8)


def _is_untold(response: Response) -> bool:
    return request.endpoint in UNTOLD and response.status_code < 400


def _tell(response: Response) -> dict[str, Any]:
    return {
        "event": "request",
        "method": request.method,
        "path": request.path[:LONGEST],
        "status": response.status_code,
        "ms": round((perf_counter() - g.began) * 1000, 1) if "began" in g else None,
    }


def _circumstances() -> dict[str, Any]:
    """Which request it happened in, and for whom."""
    if not has_request_context():
        return {}
    visit = g.get("visit")
    person = visit.person.person_id if isinstance(visit, Visit) else None
    return {"request": g.get("request_id"), "person": person}


def _write_out(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"
