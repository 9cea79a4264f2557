"""The one place where the application is put together, from a book, settings and the list of pages."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from apiflask import APIFlask
from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect, generate_csrf
from werkzeug.exceptions import NotFound
from werkzeug.middleware.proxy_fix import ProxyFix

import dashboard
from dashboard.api.description import make_description_routes, prepare
from dashboard.api.routes import make_routes
from dashboard.auth.callbacks import GuardedApp
from dashboard.auth.cookies import Cookies, name_cookies
from dashboard.auth.door import Door
from dashboard.auth.views import make_blueprint
from dashboard.pages import PAGES
from dashboard.pages.frame import lay_out_frame, register_frame
from dashboard.pages.page import Page, find_page
from dashboard.pages.quick_components import quicken_components
from dashboard.server.bodies import StrictJson, check_bodies
from dashboard.server.checks import read_key, refuse_unsafe
from dashboard.server.compression import keep_compressed, note_digests
from dashboard.server.documents import add_documents
from dashboard.server.errors import handle_errors
from dashboard.server.exports import add_exports
from dashboard.server.frame_app import FrameDash
from dashboard.server.gate import ANY_PAGE, HEALTH, INDEX, Gate
from dashboard.server.headers import set_headers
from dashboard.server.import_files import add_import_files
from dashboard.server.journal import keep_journal
from dashboard.server.papers import add_papers
from dashboard.server.readiness import add_readiness
from dashboard.server.workbooks import add_workbooks
from dashboard.settings import Settings
from funds.book import Book

LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"]
LARGEST_BODY = 64 * 1024 * 1024
# The door's own files; scheme.js stands in the head, before anything is painted.
NOT_IN_FRAME = r"^(door\.css|scheme\.js)$"


def create_app(book: Book, settings: Settings, pages: Sequence[Page] = PAGES) -> FrameDash:
    """The application for one book; refuses a book or settings that are not fit to be served."""
    book.check_ready()
    refuse_unsafe(book, settings)
    quicken_components()
    cookies = name_cookies(book, settings)
    door = Door(book, settings)
    server = _make_server(settings, cookies)
    keep_journal(server, settings)
    Gate(door, cookies).guard(server)
    csrf = CSRFProtect(server)
    server.register_blueprint(make_blueprint(door, cookies))
    _open_api(server, csrf, settings)
    _close_api(server, csrf)
    add_exports(server, pages)
    add_papers(server, pages)
    add_documents(server)
    add_import_files(server)
    add_workbooks(server)
    add_readiness(server, book)
    keep_compressed(server)
    dash = _make_dash(server, cookies)
    note_digests(server)
    check_bodies(server, dash)
    handle_errors(server, settings)
    set_headers(server, dash, settings)
    _finish_pages(server, cookies, pages)
    _register_pages(dash, pages)
    _warm_up(server)
    return dash


def _make_server(settings: Settings, cookies: Cookies) -> APIFlask:
    server = APIFlask(
        dashboard.__name__,
        static_folder=None,  # type: ignore[arg-type]  # none, as Flask has it
        spec_path=None,
        docs_path=None,
        json_errors=False,
        enable_openapi=False,
    )
    server.json = StrictJson(server)
    server.config.update(
        SECRET_KEY=read_key(settings),
        SESSION_COOKIE_NAME=cookies.form,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=cookies.secure,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        # A form token lives as long as the session that it is bound to.
        WTF_CSRF_TIME_LIMIT=None,
        # Another site that makes its own name point to this machine must get nothing.
        TRUSTED_HOSTS=list(settings.host_names) or (LOOPBACK_NAMES if settings.is_local else None),
    )
    if settings.behind_proxy:
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    return server


def _make_dash(server: Flask, cookies: Cookies) -> FrameDash:
    return FrameDash(
        name=dashboard.__name__,
        server=cast("Any", server),  # a Flask application, which Dash's annotation leaves out
        assets_folder=str(Path(dashboard.__file__).parent / "assets"),
        assets_ignore=NOT_IN_FRAME,
        serve_locally=True,
        compress=True,
        title="",
        update_title="",
        suppress_callback_exceptions=True,
        add_log_handler=False,
        health_endpoint=HEALTH.lstrip("/"),
        csrf_token_name=cookies.csrf,
        csrf_header_name="X-CSRFToken",
        enable_mcp=False,
    )


def _open_api(server: APIFlask, csrf: CSRFProtect, settings: Settings) -> None:
    """What programs come in by: with a token and never with a cookie, so that no form token is asked for."""
    prepare(server)
    routes = make_routes()
    csrf.exempt(routes)
    server.register_blueprint(routes)
    server.register_blueprint(make_description_routes(server, settings))


def _close_api(server: Flask, csrf: CSRFProtect) -> None:
    """Dash answers any unknown path with a page; under /api an unknown path is an error."""

    def refuse(**_rest: str) -> Response:
        raise NotFound

    csrf.exempt(refuse)  # there is nothing to protect, and a program has no form token
    methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    server.add_url_rule("/api/", "api.unknown_root", refuse, methods=methods)
    server.add_url_rule("/api/<path:rest>", "api.unknown", refuse, methods=methods)


def _finish_pages(server: Flask, cookies: Cookies, pages: Sequence[Page]) -> None:
    """A page hands out the form token; one that does not exist says so in its status too."""

    def finish(response: Response) -> Response:
        if request.endpoint in (INDEX, ANY_PAGE) and response.status_code == 200:
            cookies.set_csrf(response, generate_csrf())
            if find_page(pages, request.path) is None:
                response.status_code = 404
        return response

    server.after_request(finish)


def _register_pages(dash: FrameDash, pages: Sequence[Page]) -> None:
    guarded = dash.guarded = GuardedApp(dash)
    dash.layout = lay_out_frame
    register_frame(guarded, pages)
    for page in pages:
        page.register(guarded)


def _warm_up(server: Flask) -> None:
    """Dash finishes its set-up at the first request, and two at once break it: this one is alone."""
    host = (server.config["TRUSTED_HOSTS"] or ["localhost"])[0]
    with server.test_client() as client:
        answer = client.get(HEALTH, base_url=f"http://{host}")
        if answer.status_code != 200:
            raise RuntimeError(f"the application does not answer: {answer.status_code}")
