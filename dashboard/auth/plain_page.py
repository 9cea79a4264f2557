"""Pages at the door: plain forms without scripts of ours, and the way from one to the next."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Response, make_response, redirect, render_template, request, session
from werkzeug.wrappers import Response as AnyResponse

from dashboard.auth.cookies import Cookies
from dashboard.auth.door import Door
from dashboard.auth.entry import Entry, sign_out
from dashboard.auth.sessions import Origin, Step
from dashboard.auth.visit import chosen_language
from dashboard.words import LANGUAGES, say, say_problem
from funds.book import OPEN
from funds.errors import LedgerError, RulesBroken
from funds.permissions import Action, read_rights

SIGN_IN, SIGN_OUT, CODE = "/sign-in", "/sign-out", "/sign-in/code"
ACCOUNT, PASSWORD, SECOND_FACTOR = "/account", "/account/password", "/account/second-factor"
STEP_PATHS: Mapping[Step, str] = {
    Step.CODE: CODE,
    Step.PASSWORD: PASSWORD,
    Step.SECOND_FACTOR: SECOND_FACTOR,
}
# Where somebody begins whose roles do not open the first page.
LANDINGS: Mapping[Action, str] = {
    Action.READ: "/",
    Action.MANAGE_PEOPLE: "/people",
    Action.GRANT_ROLES: "/people/roles",
}


class PlainPages:
    """What the views at one book's door share."""

    def __init__(self, door: Door, cookies: Cookies) -> None:
        self._door = door
        self._cookies = cookies

    def _origin(self) -> Origin:
        return Origin(request.remote_addr or "", request.user_agent.string)

    def _go_on(self, entry: Entry, target: str) -> AnyResponse:
        """A new session for this browser; the one it may have had ends, and so do its form tokens."""
        sign_out(self._door, request.cookies.get(self._cookies.session, ""))
        session.clear()
        if entry.waits_for is not None:
            address = f"{STEP_PATHS[entry.waits_for]}?{urlencode({'next': target})}"
        else:
            address = self._find_landing(entry.person_id) if target == "/" else target
        response = redirect(address, 303)
        self._cookies.set_session(as_flask(response), entry.token or "")
        return response

    def _find_landing(self, person_id: int) -> str:
        book = self._door.book
        with book.look(sight=OPEN) as look:
            rights = read_rights(look.connection, person_id, book.today(), look.version)
        return next((path for action, path in LANDINGS.items() if rights.may_somewhere(action)), ACCOUNT)

    def _page(self, template: str, status: int = 200, **context: object) -> Response:
        language = self._language()
        page = render_template(
            template,
            say=lambda code, **params: say(code, language, **params),
            language=language,
            city=self._door.book.city_name,
            target=self._target(),
            **context,
        )
        response = make_response(page, status)
        if request.args.get("language") in LANGUAGES:
            self._cookies.set_language(response, request.args["language"])
        return response

    def _tell(self, error: LedgerError) -> list[str]:
        """What was wrong, line by line."""
        language = self._language()
        if isinstance(error, RulesBroken):
            return [say_problem(problem, language) for problem in error.problems]
        return [say(error.code, language, **error.params)]

    def _tell_refusal(self, code: str) -> list[str]:
        return [say(code, self._language(), minutes=self._door.settings.lock_minutes)]

    def _language(self) -> str:
        asked = request.args.get("language")
        return asked if asked in LANGUAGES else chosen_language(request.cookies, self._door.settings.language)

    def _target(self, default: str = "/") -> str:
        return safe_target(request.values.get("next"), default)


def safe_target(target: str | None, default: str = "/") -> str:
    """Where to go on to: a path of this server, else the first page."""
    if not target or not target.startswith("/") or target.startswith(("//", SIGN_IN, SIGN_OUT)):
        return default
    return target if target.isprintable() and "\\" not in target else default


def status_of(refusal: str) -> int:
    """The HTTP status of a refusal."""
    return 429 if refusal == "sign_in.locked" else 403


def as_flask(response: AnyResponse) -> Response:
    """Werkzeug's redirect is typed loosely; inside Flask it always is a Flask response."""
    if not isinstance(response, Response):
        raise TypeError("a redirect outside of Flask")
    return response
