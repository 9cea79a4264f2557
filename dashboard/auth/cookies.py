"""The cookies of one book: named after it, so that two books on one machine do not sign each other out."""

from dataclasses import dataclass

from flask import Response

from dashboard.auth.visit import LANGUAGE_COOKIE
from dashboard.settings import Settings
from funds.book import Book

YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Cookies:
    """Names and flags; `secure` wherever anybody but this machine may reach the server."""

    session: str
    form: str
    csrf: str
    secure: bool

    def set_session(self, response: Response, token: str) -> None:
        """Hand the browser its token; scripts cannot read it."""
        response.set_cookie(self.session, token, httponly=True, secure=self.secure, samesite="Lax", path="/")

    def drop_session(self, response: Response) -> None:
        """Take the token back."""
        response.delete_cookie(self.session, httponly=True, secure=self.secure, samesite="Lax", path="/")

    def set_csrf(self, response: Response, token: str) -> None:
        """Hand the browser the form token, which its scripts send back as a header."""
        response.set_cookie(self.csrf, token, secure=self.secure, samesite="Strict", path="/")

    def set_language(self, response: Response, language: str) -> None:
        """Remember the language."""
        response.set_cookie(
            LANGUAGE_COOKIE, language, max_age=YEAR, secure=self.secure, samesite="Lax", path="/"
        )


def name_cookies(book: Book, settings: Settings) -> Cookies:
    """The cookies of a book; the browser itself holds `__Host-` ones to this host and to HTTPS."""
    secure = not settings.is_local
    name = f"{'__Host-' if secure else ''}fundtracker-{book.uuid[:8]}"
    return Cookies(f"{name}-session", f"{name}-form", f"{name}-csrf", secure)
