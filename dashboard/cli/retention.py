"""The command `forget`: how long each thing that is no part of the book is kept, and what is past it dropped."""

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, or_, select

from dashboard.api.requests import KEPT as REQUESTS_KEPT
from dashboard.auth.access_log import KEPT_AT_LEAST, forget_events
from dashboard.auth.sessions import shift_time
from dashboard.cli.opening import open_book
from dashboard.forms.kept_draft import DAYS as DRAFT_DAYS
from dashboard.jobs.store import KEPT_DAYS as JOB_DAYS
from dashboard.jobs.store import forget_ended
from dashboard.settings import Settings
from dashboard.words import say
from funds.book import LOCAL, OPEN, Book
from funds.errors import Conflict
from funds.models import ApiRequest, ApiToken, FormDraft, Invitation, Operational, SignIn, WebSession

DONE = 0
LOG_DAYS = 365  # of the access log, which the law wants for half a year at least
DOOR_DAYS = 30  # of what opens no door any more


@dataclass(frozen=True)
class Rule:
    """One kind of thing, how many days it is kept, and what is past them at a moment."""

    model: type[Operational]
    days: int
    since: ColumnElement[str]

    def is_past(self, now: str) -> ColumnElement[bool]:
        """Whether a row is older than its kind is kept; what has no end yet is not."""
        oldest = shift_time(now, -timedelta(days=self.days))
        return and_(self.since.is_not(None), self.since < oldest)


# Workbooks on their way are forgotten by the import centre at each upload, jobs by their worker and here.
RULES: Mapping[str, Rule] = {
    "sessions": Rule(WebSession, DOOR_DAYS, func.coalesce(WebSession.ended_at, WebSession.seen_at)),
    "invitations": Rule(Invitation, DOOR_DAYS, func.coalesce(Invitation.ended_at, Invitation.expires_at)),
    "tokens": Rule(ApiToken, DOOR_DAYS, func.coalesce(ApiToken.ended_at, ApiToken.expires_at)),
    "requests": Rule(ApiRequest, REQUESTS_KEPT.days, ApiRequest.made_at.expression),
    "drafts": Rule(FormDraft, DRAFT_DAYS, FormDraft.saved_at.expression),
}


def run_forget(given: Namespace, settings: Settings) -> int:
    """Drop what is past its time, and say how much of each it was."""
    if given.log_days < KEPT_AT_LEAST.days:
        raise Conflict("forget.log_too_short", days=given.log_days, least=KEPT_AT_LEAST.days)
    with open_book(settings) as book:
        counts = forget_all(book, settings.person or LOCAL, given.log_days, dry_run=given.dry_run)
    for name, (days, count) in counts.items():
        print(say(f"forget.{name}", settings.language, days=days, count=count))
    if given.dry_run:
        print(say("forget.dry_run", settings.language))
    return DONE


def forget_all(book: Book, by: str, log_days: int, *, dry_run: bool) -> dict[str, tuple[int, int]]:
    """Days kept and rows dropped of each kind, by name."""
    now = book.now()
    counts = {name: (rule.days, _forget(book, rule, now, dry_run=dry_run)) for name, rule in RULES.items()}
    if not dry_run:
        counts["jobs"] = (JOB_DAYS, forget_ended(book))
        before = book.today() - timedelta(days=log_days)
        # A line about nothing dropped would be one more line each night.
        counts["log"] = (log_days, forget_events(book, before, by) if _has_older(book, before) else 0)
    return counts


def _has_older(book: Book, before: date) -> bool:
    with book.look(sight=OPEN) as look:
        oldest = look.connection.execute(select(func.min(SignIn.tried_at))).scalar()
    return oldest is not None and oldest < before.isoformat()


def _forget(book: Book, rule: Rule, now: str, *, dry_run: bool) -> int:
    past = or_(rule.is_past(now))
    with book.keep() as connection:
        count = int(connection.execute(select(func.count()).select_from(rule.model).where(past)).scalar_one())
        if count and not dry_run:
            connection.execute(delete(rule.model).where(past))
    return count
