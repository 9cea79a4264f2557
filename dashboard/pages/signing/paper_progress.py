"""A paper that is being made: how far it is, the way to do without it, and in the end the paper or why there is none."""

from dash import dcc, html, no_update
from dash.development.base_component import Component

from dashboard.auth.visit import Visit
from dashboard.jobs.job import JobState, StoredJob
from dashboard.jobs.store import call_off
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.job_progress import draw_progress
from dashboard.pages.people.account_words import draw_done, draw_faults
from dashboard.pages.signing.paper_job import PATH, find_job
from dashboard.pages.signing.paper_quarters import name_quarter
from dashboard.pages.signing.papers_table import open_papers
from funds.errors import Conflict

TICK, CALL_OFF = "signing-tick", "signing-call-off"
EVERY = 1_200  # milliseconds between two looks at a paper that is being made


def draw_tick(job: StoredJob | None) -> Component:
    """What makes the page look again while one's own paper is being made."""
    return dcc.Interval(id=TICK, interval=EVERY, disabled=not is_under_way(job))


def is_made(visit: Visit) -> bool:
    """Whether a paper that the person asked for is still being made."""
    return is_under_way(find_job(visit))


def is_under_way(job: StoredJob | None) -> bool:
    """Whether there is a paper that is still being made."""
    return job is not None and job.is_under_way


def draw_paper_job(context: PageContext, job: StoredJob | None) -> Component | None:
    """The person's own paper on its way; nothing where there is none."""
    if job is None or not job.is_under_way:
        return None
    title = context.say("jobs.paper_title", quarter=name_quarter(job.subject, context.language))
    stop = html.Button(
        context.say("jobs.stop"),
        id={"type": CALL_OFF, "job": str(job.id)},
        type="button",
        className="button quiet",
        disabled=not job.is_stoppable,
    )
    head = html.H2(title, className="card-title")
    parts = [head, draw_progress(context, job, title), html.Div(stop, className="acts")]
    return html.Section(parts, className="card paper-job")


def call_off_paper(context: PageContext) -> str:
    """Do without the paper that is being made."""
    visit = context.visit
    job = find_job(visit)
    if job is None or not job.is_stoppable:
        raise Conflict("jobs.not_stoppable")
    with visit.book.keep() as connection:
        is_gone = call_off(connection, job, visit.book.now())
    return context.say("jobs.stopped" if is_gone else "jobs.stopping")


def tell_end(context: PageContext) -> object:
    """What came of the last paper that the person asked for."""
    job = find_job(context.visit)
    if job is None:
        return no_update
    if job.state is JobState.DONE:
        return draw_done(context.say("signing.done_prepared", paper=_find_paper(context, job)))
    if job.state is JobState.CANCELLED:
        return draw_done(context.say("jobs.stopped"))
    failed = context.say("jobs.paper_failed", quarter=name_quarter(job.subject, context.language))
    return draw_faults([failed, context.say(job.notice, **job.params)] if job.notice else [failed])


def _find_paper(context: PageContext, job: StoredJob) -> int | str:
    """The number of the paper that the job's change froze."""
    with open_papers(read_context(context.visit, "", None, PATH)) as desk:
        return next((one.id for one in desk.papers if one.prepared.version == job.version), "")
