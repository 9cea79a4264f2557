"""How a job freezes the paper of a quarter: its parts are made one after the other, then recorded as one change."""

from dashboard.auth.identity import Identity
from dashboard.auth.visit import Visit
from dashboard.jobs.job import FREEZE_PAPER, StoredJob
from dashboard.jobs.store import ask, find_last
from dashboard.jobs.task import Task
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.signing.freezing import freeze_paper
from dashboard.pages.signing.paper_quarters import name_quarter
from dashboard.reports.as_json import LANGUAGE
from funds.drafts.signing import PaperDraft
from funds.errors import Conflict
from funds.permissions import Action
from funds.recording import prepare_papers

PATH = "/signing"
REASON = "reason"


def ask_for_paper(visit: Visit, quarter: str, reason: str) -> int:
    """Ask for the paper of a quarter, as far as it can be told beforehand that it may be made."""
    visit.rights.require(Action.PREPARE_PAPER)
    _try_out(visit, quarter, reason)
    last = find_job(visit)
    if last is not None and last.is_under_way:
        raise Conflict("jobs.paper_under_way", quarter=name_quarter(last.subject, visit.language))
    book = visit.book
    with book.keep() as connection:
        return ask(
            connection, book.now(), visit.person.person_id, FREEZE_PAPER, quarter, {REASON: reason.strip()}
        )


def find_job(visit: Visit) -> StoredJob | None:
    """The last paper that the person asked for."""
    return find_last(visit.book, visit.person.person_id, FREEZE_PAPER)


def freeze(task: Task, person: Identity) -> None:
    """Make every part, and record the paper by the same verb as anybody; with it the job is done."""
    quarter, reason = task.job.subject, task.job.given.get(REASON, "")
    visit = Visit(task.book, person, LANGUAGE, "light")
    visit.rights.require(Action.PREPARE_PAPER)
    context: PageContext = read_context(visit, "", None, PATH)
    draft = freeze_paper(context, quarter, reason, task.tick)
    task.begin_final()
    with task.book.change(person.login, reason or "signing.why_prepare", "prepare") as change:
        prepare_papers(change, [draft])
        task.seal(change.connection, version=change.revision_id)


def _try_out(visit: Visit, quarter: str, reason: str) -> None:
    """What the verb says of the paper before it is made: whoever must give a reason hears so at once."""
    head = visit.book.head()
    draft = PaperDraft(
        quarter=quarter,
        version=head.version,
        hash=head.hash,
        rendered_at=visit.book.now(),
        json=b"{}",
        xlsx=b"-",
        pdf=None,
        reason=reason,
    )
    with visit.book.change(visit.person.login, "signing.why_prepare", "prepare", dry_run=True) as change:
        prepare_papers(change, [draft])
