"""The gate before every route: closed to anybody not signed in, but for a short list of names."""

import logging
from urllib.parse import urlencode

from flask import Flask, g, redirect, request
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response as AnyResponse

from dashboard.auth.cookies import Cookies
from dashboard.auth.identity import read_identity
from dashboard.auth.sessions import Limits, OpenSession, find_session, is_seen_stale, mark_seen
from dashboard.auth.views import SIGN_IN
from dashboard.auth.visit import NotSignedIn, Visit, chosen_language, chosen_scheme
from dashboard.settings import Settings
from funds.book import Book

# Dash names its routes by their rule, and the folder of assets as a blueprint of its own.
INDEX, ANY_PAGE, CALLBACK, HEALTH = "/", "/<path:path>", "/_dash-update-component", "/health"
EXPORT = "exports.table"
ASSETS, SUITES = (
    "_dash_assets.static",
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
)

PUBLIC_ROUTES = frozenset(
    {
        ("auth.show_sign_in", "GET"),
        ("auth.sign_in", "POST"),
        ("auth.enter_demo", "POST"),
        (HEALTH, "GET"),
    }
)
# What the pages at the door are dressed in; it holds nothing of anybody.
PUBLIC_ASSETS = frozenset({"colours.css", "icons.css", "door.css", "scheme.js", "mark.svg", "streams.svg"})
READING = frozenset({"GET", "HEAD"})

logger = logging.getLogger(__name__)


class Gate:
    """Finds out who asks, and turns away whoever is nobody."""

    def __init__(self, book: Book, settings: Settings, cookies: Cookies, limits: Limits) -> None:
        self._book = book
        self._settings = settings
        self._cookies = cookies
        self._limits = limits

    def guard(self, server: Flask) -> None:
        """Stand before every route of a server."""
        server.before_request(self.check)

    def check(self) -> AnyResponse | None:
        """Let in a visit or a public route; send pages to the sign-in form and refuse everything else."""
        g.visit = None
        if is_public_file():
            return None
        g.visit = self._find_visit()
        if g.visit is not None or is_public_route():
            return None
        if is_page():
            return redirect(self._door_address())
        raise NotSignedIn("session.absent")

    def _find_visit(self) -> Visit | None:
        token = request.cookies.get(self._cookies.session)
        if not token:
            return None
        now = self._book.now()
        with self._book.look() as look:
            session = find_session(look.connection, token, now, self._limits)
            person = read_identity(look, session.person_id, self._book.today()) if session else None
        if session is None or person is None:
            return None
        self._mark_seen(session, now)
        language = chosen_language(request.cookies, self._settings.language)
        return Visit(self._book, person, language, chosen_scheme(request.cookies))

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
    return request.method in READING and request.endpoint in (INDEX, ANY_PAGE, EXPORT, "auth.show_sign_out")


def is_callback() -> bool:
    """Whether the request is for a callback of a page."""
    return request.endpoint == CALLBACK
