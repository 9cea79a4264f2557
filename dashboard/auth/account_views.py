"""Forms about one's own account that ask for a secret: a new password, the second factor and its codes."""

from collections.abc import Sequence

from flask import g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboard.auth.account import Owner, change_password, drop_factor, renew_codes, set_factor, start_factor
from dashboard.auth.entry import take_step
from dashboard.auth.passwords import read_changed_at
from dashboard.auth.plain_page import ACCOUNT, SECOND_FACTOR, PlainPages
from dashboard.auth.second_factor import Factor, draw_secret, read_factor, read_secret
from dashboard.auth.sessions import Step
from dashboard.auth.visit import Visit, current_arrival
from dashboard.words import say
from funds.book import OPEN
from funds.errors import LedgerError, NotFound, RulesBroken
from funds.problems import fatal


class AccountViews(PlainPages):
    """The views for people who are in, and for those who must do this before they are."""

    def show_password(self) -> AnyResponse:
        """The form for a new password."""
        return self._password_page(self._find_owner(Step.PASSWORD), [])

    def change_password(self) -> AnyResponse:
        """A new password; the other sessions end, and somebody who had to change it goes on."""
        owner = self._find_owner(Step.PASSWORD)
        form = {name: request.form.get(name, "") for name in ("present", "password", "again")}
        try:
            if form["password"] != form["again"]:
                raise RulesBroken([fatal("password.differs", "form:again")])
            change_password(self._door, owner, form["present"], form["password"])
        except LedgerError as error:
            return self._password_page(owner, self._tell(error), error.status)
        return self._leave(owner, "password_changed")

    def show_factor(self) -> AnyResponse:
        """The second factor as it stands: to be begun, to be confirmed, or in force."""
        return self._factor_page(self._find_owner(Step.SECOND_FACTOR), [])

    def change_factor(self) -> AnyResponse:
        """Begin, confirm, renew the recovery codes, or drop."""
        owner = self._find_owner(Step.SECOND_FACTOR)
        password, code = request.form.get("password", ""), request.form.get("code", "")
        try:
            match request.form.get("act"):
                case "begin":
                    start_factor(self._door, owner)
                    return self._factor_page(owner, [])
                case "confirm":
                    return self._codes_page(owner, set_factor(self._door, owner, password, code))
                case "renew":
                    return self._codes_page(owner, renew_codes(self._door, owner, code))
                case "drop":
                    drop_factor(self._door, owner, password, code)
                    return self._leave_without_factor(owner)
                case _:
                    raise NotFound("http.404")
        except LedgerError as error:
            return self._factor_page(owner, self._tell(error), error.status)

    def finish_factor(self) -> AnyResponse:
        """Somebody who had to set up a second factor, and has seen the codes, goes on."""
        return self._leave(self._find_owner(Step.SECOND_FACTOR), "factor_set")

    def _find_owner(self, step: Step) -> Owner:
        """Whoever asks, in or at this step; a demo identity has no password and nothing to do here."""
        visit, address = g.get("visit"), self._origin().address
        if not isinstance(visit, Visit):
            arrival = current_arrival(step)
            person = arrival.person
            return Owner(person.person_id, person.login, address, arrival.session, is_sure=True)
        with self._door.book.look(sight=OPEN) as look:
            if read_changed_at(look.connection, visit.person.person_id) is None:
                raise NotFound("account.no_password")
        return Owner(visit.person.person_id, visit.person.login, address, visit.session)

    def _leave(self, owner: Owner, notice: str) -> AnyResponse:
        if not owner.is_sure:
            return redirect(f"{ACCOUNT}?notice={notice}", 303)
        entry = take_step(self._door, owner.person_id, self._origin())
        return self._go_on(entry, self._target())

    def _leave_without_factor(self, owner: Owner) -> AnyResponse:
        """Back to the account; where a second factor is a duty, straight on to setting up another."""
        if not self._door.needs_factor:
            return redirect(f"{ACCOUNT}?notice=factor_removed", 303)
        entry = take_step(self._door, owner.person_id, self._origin())
        return self._go_on(entry, ACCOUNT)

    def _password_page(self, owner: Owner, faults: list[str], status: int = 200) -> AnyResponse:
        return self._page(
            "password.html",
            status,
            faults=faults,
            login=owner.login,
            is_due=owner.is_sure,
            profile=self._door.profile,
        )

    def _factor_page(self, owner: Owner, faults: list[str], status: int = 200) -> AnyResponse:
        with self._door.book.look(sight=OPEN) as look:
            factor = read_factor(look.connection, owner.person_id)
        shown = self._draw(factor, owner) if factor is not None and not factor.is_active else {}
        return self._page(
            "second_factor.html",
            status,
            faults=faults,
            stage="none" if factor is None else "active" if factor.is_active else "begun",
            is_due=owner.is_sure,
            needs_factor=self._door.needs_factor,
            **shown,
        )

    def _draw(self, factor: Factor, owner: Owner) -> dict[str, str]:
        secret = read_secret(self._door.factor_key, factor)
        issuer = f"{say('product.short', self._language())} {self._door.book.city_name}"
        groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        return {"picture": draw_secret(secret, owner.login, issuer), "secret": groups}

    def _codes_page(self, owner: Owner, codes: Sequence[str]) -> AnyResponse:
        onward = f"{SECOND_FACTOR}/done" if owner.is_sure else f"{ACCOUNT}?notice=factor_set"
        return self._page(
            "recovery_codes.html", codes=codes, login=owner.login, onward=onward, is_due=owner.is_sure
        )
