"""The page of one's own API tokens: a form at the door's side, as it asks for the password."""

from datetime import datetime

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from dashboard.auth.account import Owner
from dashboard.auth.api_tokens import LONGEST_NAME, KeptToken, TokenDraft
from dashboard.auth.own_tokens import DAYS, drop_token, grant_token, offer_places, read_place, read_tokens
from dashboard.auth.plain_page import PlainPages
from dashboard.auth.visit import Visit, current_visit
from funds.book.book import CITY_TIME
from funds.errors import LedgerError, NotFound, RulesBroken
from funds.kinds import BookKind
from funds.problems import fatal

TOKENS = "/account/tokens"


class TokenViews(PlainPages):
    """The views of somebody's tokens."""

    def show_tokens(self) -> AnyResponse:
        """The tokens in use, and the form for another."""
        return self._tokens_page(current_visit(), [])

    def change_tokens(self) -> AnyResponse:
        """Make one, or end one."""
        visit = current_visit()
        owner = Owner(visit.person.person_id, visit.person.login, self._origin().address, visit.session)
        try:
            match request.form.get("act"):
                case "make":
                    draft = self._read_draft(visit)
                    token = grant_token(self._door, owner, request.form.get("password", ""), draft)
                    return self._page("token_made.html", token=token, onward=TOKENS)
                case "end":
                    drop_token(self._door, owner, request.form.get("which", ""))
                    return self._tokens_page(visit, [], notice="token.ended")
                case _:
                    raise NotFound("http.404")
        except LedgerError as error:
            return self._tokens_page(visit, self._tell(error), error.status)

    def _read_draft(self, visit: Visit) -> TokenDraft:
        days, rights = request.form.get("days", ""), request.form.get("rights", "")
        if days not in map(str, DAYS) or rights not in ("read", "write"):
            raise RulesBroken([fatal("token.bad_choice", "form:days")])
        scope = read_place(offer_places(visit), request.form.get("where", ""))
        return TokenDraft(request.form.get("name", ""), rights == "write", scope, int(days))

    def _tokens_page(
        self, visit: Visit, faults: list[str], status: int = 200, notice: str | None = None
    ) -> AnyResponse:
        return self._page(
            "tokens.html",
            status,
            faults=faults,
            notice=notice,
            tokens=read_tokens(self._door, visit.person.person_id),
            places=offer_places(visit),
            days=DAYS,
            typed=request.form,
            longest=LONGEST_NAME,
            login=visit.person.login,
            needs_password=self._door.book.kind != BookKind.DEMO.value,
            word_until=lambda token: _word_day(token.expires_at),
            word_used=lambda token: self._word_use(token),
            named={place.scope: place.name for place in offer_places(visit)},
        )

    def _word_use(self, token: KeptToken) -> str | None:
        return _word_day(token.used_at) if token.used_at else None


def _word_day(instant: str) -> str:
    """The day of an instant by the clocks of the city."""
    return datetime.fromisoformat(instant).astimezone(CITY_TIME).date().isoformat()
