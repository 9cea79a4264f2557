"""The gate before every route: closed to anybody not signed in, but for a short list of names."""

import logging
from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Flask, Response, g, redirect, request
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response as AnyResponse

from dashboard.api.bearer import ABOUT, Bearers, brings_token, is_about, is_for_programs
from dashboard.auth.access_log import note_refusal
from dashboard.auth.cookies import Cookies
from dashboard.auth.door import Door
from dashboard.auth.identity import read_identity, standing_identity
from dashboard.auth.sessions import OpenSession, Step, find_arrival, find_session, is_seen_stale, mark_seen
from dashboard.auth.views import SIGN_IN
from dashboard.auth.visit import Arrival, Meeting, NotSignedIn, Visit, chosen_language, chosen_scheme
from funds.book import OPEN

# Dash names its routes by their rule, and the folder of assets as a blueprint of its own.
INDEX, ANY_PAGE, CALLBACK, HEALTH = "/", "/<path:path>", "/_dash-update-component", "/health"
READY = "readiness.state"
EXPORT, PAPERS, DOCUMENTS = "exports.table", "papers.file", "documents.file"
PAPER_STATE, PAPER_FILE, PAPER_STOP = "papers.state", "papers.made", "papers.stop"
API_PAGE = f"{ABOUT}.page"
IMPORT_FILES = "imports.file"
WORKBOOKS = "workbooks.file"
ASSETS, SUITES = (
    "_dash_assets.static",
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
)

PUBLIC_ROUTES = frozenset(
    {
        ("auth.show_sign_in", "GET"),
        ("auth.sign_in", "POST"),
        ("auth.enter_demo", "POST"),
        ("auth.show_invitation", "GET"),
        ("auth.redeem", "POST"),
        (HEALTH, "GET"),
        (READY, "GET"),
    }
)
# What somebody who gave the password may use until the step that remains is done.
ARRIVAL_ROUTES: Mapping[str, frozenset[Step]] = {
    "auth.show_code": frozenset({Step.CODE}),
    "auth.give_code": frozenset({Step.CODE}),
    "auth.show_password": frozenset({Step.PASSWORD}),
    "auth.change_password": frozenset({Step.PASSWORD}),
    "auth.show_factor": frozenset({Step.SECOND_FACTOR}),
    "auth.change_factor": frozenset({Step.SECOND_FACTOR}),
    "auth.finish_factor": frozenset({Step.SECOND_FACTOR}),
}
# Pages at the door for people who are in, or nearly so.
INNER_FORMS = frozenset(
    {"auth.show_sign_out", "auth.show_code", "auth.show_password", "auth.show_factor", "auth.show_tokens"}
)
# What the pages at the door are dressed in; it holds nothing of anybody.
PUBLIC_ASSETS = frozenset(
    {"colours.css", "icons.css", "door.css", "account.css", "scheme.js", "mark.svg", "streams.svg"}
)
READING = frozenset({"GET", "HEAD"})
# What a person opens in a window, and not a script.
OF_PAGES = frozenset(
    {INDEX, ANY_PAGE, EXPORT, PAPERS, PAPER_STATE, PAPER_FILE, DOCUMENTS, WORKBOOKS, API_PAGE, *INNER_FORMS}
)
FORBIDDEN = 403

logger = logging.getLogger(__name__)


class Gate:
    """Finds out who asks, and turns away whoever is nobody."""

    def __init__(self, door: Door, cookies: Cookies) -> None:
        self._door = door
        self._book = door.book
        self._cookies = cookies
        self.bearers = Bearers(door)

    def guard(self, server: Flask) -> None:
        """Stand before every route of a server."""
        server.before_request(self.check)
        server.after_request(self.note_refusal)

    def check(self) -> AnyResponse | None:
        """Let in a visit or a public route; send pages to the sign-in form and refuse everything else."""
        g.visit, g.arrival = None, None
        if is_public_file():
            return None
        if is_for_programs() and (brings_token() or not is_about()):
            g.visit = self.bearers.find()
            return None
        g.visit = self._find_visit()
        if g.visit is not None or is_public_route():
            return None
        g.arrival = self._find_arrival()
        if g.arrival is not None:
            return None
        if is_page():
            return redirect(self._door_address())
        raise NotSignedIn("session.absent")

    def note_refusal(self, response: Response) -> Response:
        """Write into the access log what somebody was refused; forms at the door keep their own."""
        visit = g.get("visit")
        at_door = (request.endpoint or "").startswith("auth.")
        if visit is not None and response.status_code == FORBIDDEN and not at_door:
            try:
                note_refusal(self._book, visit.person.login, visit.address, request.full_path.rstrip("?"))
            except DBAPIError as fault:
                logger.warning("refusal not noted: %s", type(fault.orig).__name__)
        return response

    def _find_visit(self) -> Visit | None:
        token = request.cookies.get(self._cookies.session)
        if not token:
            return None
        now, changes = self._book.now(), self._book.changes
        with self._book.look(sight=OPEN) as look:
            session = find_session(look.connection, token, now, self._door.rules.limits)
            person = None
            if session is not None:
                person = standing_identity(self._book, look, session.person_id, self._book.today())
        if session is None or person is None:
            return None
        self._mark_seen(session, now)
        return Visit(
            self._book,
            person,
            chosen_language(request.cookies, self._door.settings.language),
            chosen_scheme(request.cookies),
            session.token_digest,
            request.remote_addr or "",
            self._door.rules,
            Meeting(changes, look.head),
        )

    def _find_arrival(self) -> Arrival | None:
        """Somebody whose session waits for the very step that this route is for."""
        token = request.cookies.get(self._cookies.session)
        steps = ARRIVAL_ROUTES.get(request.endpoint or "", frozenset())
        if not token or not steps:
            return None
        with self._book.look(sight=OPEN) as look:
            session = find_arrival(look.connection, token, self._book.now())
            if session is None or session.waits_for not in steps:
                return None
            person = read_identity(look, session.person_id, self._book.today())
        return Arrival(person, session.waits_for, session.token_digest) if person else None

    def _mark_seen(self, session: OpenSession, now: str) -> None:
        if not is_seen_stale(session, now):
            return
        try:
            with self._book.keep() as connection:
                mark_seen(connection, session, now)
        except DBAPIError as fault:
            # A full disk or a busy book must not keep anybody from reading.
            logger.warning("session not marked as seen: %s", type(fault.orig).__name__)

    def _door_address(self) -> str:
        target = request.full_path.rstrip("?")
        query = {} if target == "/" else {"next": target}
        if request.cookies.get(self._cookies.session):
            query["notice"] = "expired"
        return f"{SIGN_IN}?{urlencode(query)}" if query else SIGN_IN


def is_public_route() -> bool:
    """Whether the request is for one of the named routes."""
    return (request.endpoint, "GET" if request.method == "HEAD" else request.method) in PUBLIC_ROUTES


def is_public_file() -> bool:
    """Whether the request is for a file that the pages at the door are dressed in."""
    name = (request.view_args or {}).get("filename")
    return request.endpoint == ASSETS and request.method in READING and name in PUBLIC_ASSETS


def is_page() -> bool:
    """Whether a person is looking at a page, rather than a script asking for data."""
    return request.method in READING and request.endpoint in OF_PAGES


def is_callback() -> bool:
    """Whether the request is for a callback of a page."""
    return request.endpoint == CALLBACK
