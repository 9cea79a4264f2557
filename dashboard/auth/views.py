"""The pages at the door, plain forms without scripts of ours: sign in, step into a demo, sign out."""

from urllib.parse import urlencode

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, session
from werkzeug.wrappers import Response as AnyResponse

from dashboard.auth.cookies import Cookies
from dashboard.auth.demo import offered_identities
from dashboard.auth.entry import Entry, enter_demo, sign_in, sign_out
from dashboard.auth.visit import chosen_language
from dashboard.settings import Settings
from dashboard.words import LANGUAGES, say
from funds.book import Book
from funds.errors import NotFound
from funds.kinds import BookKind

SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"


def make_blueprint(book: Book, settings: Settings, cookies: Cookies) -> Blueprint:
    """The routes at the door of one book."""
    door = Blueprint("auth", __name__, template_folder="templates")
    views = DoorViews(book, settings, cookies)
    door.add_url_rule(SIGN_IN, view_func=views.show_sign_in, methods=["GET"])
    door.add_url_rule(SIGN_IN, view_func=views.sign_in, methods=["POST"])
    door.add_url_rule("/demo/enter", view_func=views.enter_demo, methods=["POST"])
    door.add_url_rule(SIGN_OUT, view_func=views.show_sign_out, methods=["GET"])
    door.add_url_rule(SIGN_OUT, view_func=views.sign_out, methods=["POST"])
    return door


class DoorViews:
    """The views of one book's door."""

    def __init__(self, book: Book, settings: Settings, cookies: Cookies) -> None:
        self._book = book
        self._settings = settings
        self._cookies = cookies

    def show_sign_in(self) -> AnyResponse:
        """The form; someone who is in already goes on."""
        if g.get("visit") is not None:
            return redirect(safe_target(request.args.get("next")))
        return self._sign_in_page()

    def sign_in(self) -> AnyResponse:
        """An attempt with login and password."""
        login, password = request.form.get("login", ""), request.form.get("password", "")
        entry = sign_in(self._book, self._settings, login, password, request.remote_addr or "")
        if entry.refusal:
            status = 429 if entry.refusal == "sign_in.locked" else 403
            return self._sign_in_page(entry.refusal, login, status)
        return self._let_in(entry)

    def enter_demo(self) -> AnyResponse:
        """One of the identities of a demo book, by one click."""
        if self._book.kind != BookKind.DEMO.value:
            raise NotFound("demo.no_identity")
        return self._let_in(
            enter_demo(self._book, request.form.get("identity", ""), request.remote_addr or "")
        )

    def show_sign_out(self) -> AnyResponse:
        """The question, for a browser without scripts."""
        return make_response(self._render("sign_out.html", person=g.visit.person.name))

    def sign_out(self) -> AnyResponse:
        """End the session here and wherever its token was copied to."""
        sign_out(self._book, request.cookies.get(self._cookies.session, ""))
        session.clear()
        response = redirect(f"{SIGN_IN}?{urlencode({'notice': 'left'})}", 303)
        self._cookies.drop_session(_as_flask(response))
        return response

    def _let_in(self, entry: Entry) -> AnyResponse:
        """A new session for this browser; the one it may have had ends, and so do its form tokens."""
        sign_out(self._book, request.cookies.get(self._cookies.session, ""))
        session.clear()
        response = redirect(safe_target(request.form.get("next")), 303)
        self._cookies.set_session(_as_flask(response), entry.token or "")
        return response

    def _sign_in_page(self, fault: str | None = None, login: str = "", status: int = 200) -> AnyResponse:
        target = safe_target(request.values.get("next"))
        page = self._render(
            "sign_in.html",
            fault=say(fault, self._language(), minutes=self._settings.lock_minutes) if fault else None,
            notice=_notice(request.args.get("notice"), self._language()),
            login=login,
            target=target,
            identities=offered_identities(self._book),
            is_demo=self._book.kind == BookKind.DEMO.value,
        )
        response = make_response(page, status)
        if request.args.get("language") in LANGUAGES:
            self._cookies.set_language(response, request.args["language"])
        return response

    def _render(self, template: str, **context: object) -> str:
        language = self._language()
        return render_template(
            template,
            say=lambda code, **params: say(code, language, **params),
            language=language,
            city=self._book.city_name,
            **context,
        )

    def _language(self) -> str:
        asked = request.args.get("language")
        return asked if asked in LANGUAGES else chosen_language(request.cookies, self._settings.language)


def safe_target(target: str | None) -> str:
    """Where to go after signing in: a path of this server, else the first page."""
    if not target or not target.startswith("/") or target.startswith(("//", SIGN_IN, SIGN_OUT)):
        return "/"
    return target if target.isprintable() and "\\" not in target else "/"


def _notice(name: str | None, language: str) -> str | None:
    codes = {"left": "sign_in.left", "expired": "sign_in.expired"}
    return say(codes[name], language) if name in codes else None


def _as_flask(response: AnyResponse) -> Response:
    """Werkzeug's redirect is typed loosely; inside Flask it always is a Flask response."""
    if not isinstance(response, Response):
        raise TypeError("a redirect outside of Flask")
    return response
