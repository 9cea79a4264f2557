"""The door of a book: sign in, step into a demo, sign out; and the list of all routes at the door."""

from urllib.parse import urlencode

from flask import Blueprint, g, redirect, request, session
from werkzeug.wrappers import Response as AnyResponse

from dashboard.auth.account_views import AccountViews
from dashboard.auth.arrival_views import ArrivalViews
from dashboard.auth.cookies import Cookies
from dashboard.auth.demo import offered_identities
from dashboard.auth.door import Door
from dashboard.auth.entry import enter_demo, sign_in, sign_out
from dashboard.auth.hashing import TooBusy
from dashboard.auth.plain_page import (
    CODE,
    PASSWORD,
    SECOND_FACTOR,
    SIGN_IN,
    SIGN_OUT,
    PlainPages,
    as_flask,
    safe_target,
    status_of,
)
from dashboard.auth.token_views import TOKENS, TokenViews
from dashboard.words import say
from funds.errors import NotFound
from funds.kinds import BookKind

__all__ = ["SIGN_IN", "SIGN_OUT", "make_blueprint", "safe_target"]

NOTICES = {"left": "sign_in.left", "expired": "sign_in.expired"}


def make_blueprint(door: Door, cookies: Cookies) -> Blueprint:
    """The routes at the door of one book."""
    routes = Blueprint("auth", __name__, template_folder="templates")
    views, arrivals = DoorViews(door, cookies), ArrivalViews(door, cookies)
    account, tokens = AccountViews(door, cookies), TokenViews(door, cookies)
    for path, method, view in (
        (SIGN_IN, "GET", views.show_sign_in),
        (SIGN_IN, "POST", views.sign_in),
        ("/demo/enter", "POST", views.enter_demo),
        (SIGN_OUT, "GET", views.show_sign_out),
        (SIGN_OUT, "POST", views.sign_out),
        (CODE, "GET", arrivals.show_code),
        (CODE, "POST", arrivals.give_code),
        ("/invitation", "GET", arrivals.show_invitation),
        ("/invitation", "POST", arrivals.redeem),
        (PASSWORD, "GET", account.show_password),
        (PASSWORD, "POST", account.change_password),
        (SECOND_FACTOR, "GET", account.show_factor),
        (SECOND_FACTOR, "POST", account.change_factor),
        (f"{SECOND_FACTOR}/done", "POST", account.finish_factor),
        (TOKENS, "GET", tokens.show_tokens),
        (TOKENS, "POST", tokens.change_tokens),
    ):
        routes.add_url_rule(path, view_func=view, methods=[method])
    return routes


class DoorViews(PlainPages):
    """The views of one book's door."""

    def show_sign_in(self) -> AnyResponse:
        """The form; someone who is in already goes on."""
        if g.get("visit") is not None:
            return redirect(self._target())
        return self._sign_in_page()

    def sign_in(self) -> AnyResponse:
        """An attempt with login and password."""
        login, password = request.form.get("login", ""), request.form.get("password", "")
        try:
            entry = sign_in(self._door, login, password, self._origin())
        except TooBusy as busy:
            return self._sign_in_page(busy.code, login, busy.status)
        if entry.refusal:
            return self._sign_in_page(entry.refusal, login, status_of(entry.refusal))
        return self._go_on(entry, self._target())

    def enter_demo(self) -> AnyResponse:
        """One of the identities of a demo book, by one click."""
        if self._door.book.kind != BookKind.DEMO.value:
            raise NotFound("demo.no_identity")
        entry = enter_demo(self._door, request.form.get("identity", ""), self._origin())
        return self._go_on(entry, self._target())

    def show_sign_out(self) -> AnyResponse:
        """The question, for a browser without scripts."""
        return self._page("sign_out.html", person=g.visit.person.name)

    def sign_out(self) -> AnyResponse:
        """End the session here and wherever its token was copied to."""
        token, origin = request.cookies.get(self._cookies.session, ""), self._origin()
        sign_out(self._door, token, g.visit.person.login, origin.address)
        session.clear()
        response = redirect(f"{SIGN_IN}?{urlencode({'notice': 'left'})}", 303)
        self._cookies.drop_session(as_flask(response))
        return response

    def _sign_in_page(self, fault: str | None = None, login: str = "", status: int = 200) -> AnyResponse:
        notice = NOTICES.get(request.args.get("notice", ""))
        return self._page(
            "sign_in.html",
            status,
            faults=self._tell_refusal(fault) if fault else [],
            notice=say(notice, self._language()) if notice else None,
            login=login,
            identities=offered_identities(self._door.book),
            is_demo=self._door.book.kind == BookKind.DEMO.value,
        )
