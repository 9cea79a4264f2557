"""The steps between the door and the first page: the code of the second factor, and an invitation taken up."""

from flask import g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboard.auth.entry import give_code, redeem
from dashboard.auth.hashing import TooBusy
from dashboard.auth.plain_page import PlainPages, status_of
from dashboard.auth.sessions import Step
from dashboard.auth.visit import current_arrival
from dashboard.words import say
from funds.errors import RulesBroken


class ArrivalViews(PlainPages):
    """The views for people who are not in yet."""

    def show_code(self) -> AnyResponse:
        """The form for the code; someone who is in already goes on."""
        if g.get("visit") is not None:
            return redirect(self._target())
        current_arrival(Step.CODE)
        return self._code_page()

    def give_code(self) -> AnyResponse:
        """A code tried, of either kind; sent twice, the second one goes on like the first."""
        if g.get("visit") is not None:
            return redirect(self._target(), 303)
        person, code = current_arrival(Step.CODE).person, request.form.get("code", "")
        try:
            entry = give_code(self._door, person.person_id, person.login, code, self._origin())
        except TooBusy as busy:
            return self._code_page(busy.code, busy.status)
        if entry.refusal:
            return self._code_page(entry.refusal, status_of(entry.refusal))
        return self._go_on(entry, self._target())

    def show_invitation(self) -> AnyResponse:
        """The form for somebody who was given a code."""
        return self._invitation_page([])

    def redeem(self) -> AnyResponse:
        """An invitation taken up: a password of one's own, and in."""
        form = {name: request.form.get(name, "") for name in ("login", "code", "password", "again")}
        if form["password"] != form["again"]:
            return self._invitation_page([say("password.differs", self._language())], 422)
        try:
            entry = redeem(self._door, form["login"], form["code"], form["password"], self._origin())
        except (RulesBroken, TooBusy) as error:
            return self._invitation_page(self._tell(error), error.status)
        if entry.refusal:
            return self._invitation_page(self._tell_refusal(entry.refusal), status_of(entry.refusal))
        return self._go_on(entry, "/")

    def _code_page(self, refusal: str | None = None, status: int = 200) -> AnyResponse:
        faults = self._tell_refusal(refusal) if refusal else []
        return self._page("code.html", status, faults=faults)

    def _invitation_page(self, faults: list[str], status: int = 200) -> AnyResponse:
        return self._page(
            "invitation.html",
            status,
            faults=faults,
            login=request.form.get("login", ""),
            code=request.form.get("code", ""),
            profile=self._door.profile,
        )
