"""How long what is no part of the book is kept, by dated policy; and what is past it dropped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, select

from dashboard.auth.access_log import KEPT_AT_LEAST, forget_events
from dashboard.auth.sessions import shift_time
from dashboard.jobs.store import forget_ended
from funds.book import OPEN, Book
from funds.errors import Conflict
from funds.measures import MICRO
from funds.models import (
    ApiRequest,
    ApiToken,
    FormDraft,
    ImportDraft,
    Invitation,
    Operational,
    SignIn,
    WebSession,
)
from funds.queries.policy_values import find_policy_values

LOG, DOORS, REQUESTS, DRAFTS, IMPORTS = "access_log", "doors", "requests", "drafts", "imports"
JOBS, PAPERS = "jobs", "papers"
# Days, where the book says nothing: the same as in the packaged policy `retention`.
DEFAULTS: Mapping[str, int] = {
    LOG: 365,
    **dict.fromkeys((DOORS, REQUESTS, DRAFTS), 30),
    **dict.fromkeys((IMPORTS, JOBS), 7),
    PAPERS: 1,
}


@dataclass(frozen=True)
class Rule:
    """One kind of thing, by which policy it is kept, and since when its days count."""

    model: type[Operational]
    policy: str
    since: ColumnElement[str]

    def is_past(self, now: str, days: int) -> ColumnElement[bool]:
        """Whether a row is older than its kind is kept; what has no end yet is not."""
        return and_(self.since.is_not(None), self.since < shift_time(now, -timedelta(days=days)))


RULES: Mapping[str, Rule] = {
    "sessions": Rule(WebSession, DOORS, func.coalesce(WebSession.ended_at, WebSession.seen_at)),
    "invitations": Rule(Invitation, DOORS, func.coalesce(Invitation.ended_at, Invitation.expires_at)),
    "tokens": Rule(ApiToken, DOORS, func.coalesce(ApiToken.ended_at, ApiToken.expires_at)),
    "requests": Rule(ApiRequest, REQUESTS, ApiRequest.made_at.expression),
    "drafts": Rule(FormDraft, DRAFTS, FormDraft.saved_at.expression),
    "imports": Rule(ImportDraft, IMPORTS, ImportDraft.made_at.expression),
}


def read_kept_days(book: Book) -> Mapping[str, int]:
    """For how many days each kind of thing is kept today; at least one."""
    with book.look(sight=OPEN) as look:
        found = find_policy_values(look.connection, look.version, list(map(_code, DEFAULTS)), book.today())
    given = {kind: found.get(_code(kind)) for kind in DEFAULTS}
    return {
        kind: DEFAULTS[kind] if value is None else max(1, value // MICRO) for kind, value in given.items()
    }


def _code(kind: str) -> str:
    return f"retention.{kind}"


def forget_past(book: Book, *, dry_run: bool = False) -> dict[str, tuple[int, int]]:
    """Drop what is past its time, all but the access log; days kept and rows dropped of each kind, by name."""
    days, now = read_kept_days(book), book.now()
    counts = {}
    for name, rule in RULES.items():
        kept = days[rule.policy]
        counts[name] = kept, _forget(book, rule, rule.is_past(now, kept), dry_run=dry_run)
    if not dry_run:
        counts["jobs"] = days[JOBS], forget_ended(book, days[JOBS], days[PAPERS])
    return counts


def forget_log(book: Book, by: str, days: int | None) -> tuple[int, int]:
    """Cut the access log; days kept and lines dropped. Refuses less than the law wants, given or by policy."""
    kept = read_kept_days(book)[LOG] if days is None else days
    if kept < KEPT_AT_LEAST.days:
        raise Conflict("forget.log_too_short", days=kept, least=KEPT_AT_LEAST.days)
    before = book.today() - timedelta(days=kept)
    # A line about nothing dropped would be one more line each night.
    return kept, forget_events(book, before, by) if _has_older(book, before) else 0


def _has_older(book: Book, before: date) -> bool:
    with book.look(sight=OPEN) as look:
        oldest = look.connection.execute(select(func.min(SignIn.tried_at))).scalar()
    return oldest is not None and oldest < before.isoformat()


def _forget(book: Book, rule: Rule, past: ColumnElement[bool], *, dry_run: bool) -> int:
    with book.keep() as connection:
        count = int(connection.execute(select(func.count()).select_from(rule.model).where(past)).scalar_one())
        if count and not dry_run:
            connection.execute(delete(rule.model).where(past))
    return count
