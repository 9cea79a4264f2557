"""What every answer says to the browser: load nothing from elsewhere, keep nothing, frame us nowhere."""

from functools import cache

from dash import Dash
from flask import Flask, Response, request

from dashboard.server.gate import ANY_PAGE, ASSETS, DOCUMENTS, INDEX, SUITES
from dashboard.settings import Settings

YEAR = 31_536_000
_PLAIN = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_NOTHING = (
    "default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; "
)
# What somebody handed in runs nothing and shows nothing, even where a browser opens it all the same.
_FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
# The pages at the door have neither inline scripts nor inline styles.
_DOOR_POLICY = _NOTHING + "script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"


def set_headers(server: Flask, dash: Dash, settings: Settings) -> None:
    """Put the headers on every answer of a server."""

    @cache
    def frame_policy() -> str:
        scripts = " ".join(dash.csp_hashes())
        return (
            f"{_NOTHING}script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
            "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:"
        )

    def put(response: Response) -> Response:
        if request.endpoint == ASSETS:
            # Read at once: of a file that is streamed the compression would leave the handle open.
            response.direct_passthrough = False
            response.get_data()
        response.headers.update(_PLAIN)
        is_frame = request.endpoint in (INDEX, ANY_PAGE) and response.status_code in (200, 404)
        response.headers["Content-Security-Policy"] = frame_policy() if is_frame else _DOOR_POLICY
        if request.endpoint == DOCUMENTS and response.status_code == 200:
            response.headers["Content-Security-Policy"] = _FILE_POLICY
        response.headers["Cache-Control"] = _cache_rule(response)
        if not settings.is_local:
            response.headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
        return response

    server.after_request(put)


def _cache_rule(response: Response) -> str:
    """Files that carry a fingerprint may be kept; other files are asked after; all else is never stored."""
    if response.status_code not in (200, 304) or request.endpoint not in (ASSETS, SUITES):
        return "no-store"
    is_named = "m" in request.args or response.cache_control.max_age == YEAR
    return f"private, max-age={YEAR}, immutable" if is_named else "private, no-cache"
