"""How a job is drawn while it goes on: a bar, what is being done, for how long, and that nobody need wait for it."""

from datetime import datetime

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.jobs.job import FINAL, JobState, StoredJob
from dashboard.jobs.presence import list_workers
from dashboard.pages.attributes import aria
from dashboard.pages.context import PageContext
from dashboard.words.numbers import format_count

WHOLE = 100
SECONDS = 60


def draw_progress(context: PageContext, job: StoredJob | None, label: str) -> Component:
    """The bar moves with what is counted; where nothing can be counted it only says that work goes on."""
    is_counted = job is not None and job.total > 0
    share = WHOLE * job.done // job.total if job is not None and is_counted else WHOLE
    bar = dmc.Progress(
        value=share, animated=not is_counted, striped=not is_counted, size="sm", **aria(label=label)
    )
    lines = [html.P(word_job(context, job), className="card-note job-told")] if job is not None else []
    note = html.P(context.say("jobs.may_leave"), className="card-note")
    return html.Div([bar, *lines, note], className="job-progress")


def word_job(context: PageContext, job: StoredJob) -> str:
    """What is being done, how much of it is done, and since when."""
    if job.state is JobState.WAITING:
        # A server that has just begun has its worker only a little later.
        is_late = _count_seconds(context, job.requested_at) > SECONDS
        nobody = is_late and not any(worker.is_alive for worker in list_workers(context.visit.book))
        return context.say("jobs.nobody_works" if nobody else "jobs.waiting")
    stage, _, detail = job.stage.partition(":")
    known = f"jobs.stage_{stage}" if stage in STAGES else "jobs.stage_begin"
    told = [context.say(known, sheet=_name_sheet(context, detail))]
    if job.total:
        told.append(context.say("jobs.counted", done=format_count(job.done), total=format_count(job.total)))
    told.append(context.say("jobs.since", time=_word_time(context, job)))
    if job.attempts > 1:
        told.append(context.say("jobs.attempt", number=job.attempts))
    if job.cancel_asked:
        told.append(context.say("jobs.stopping"))
    return context.say("jobs.joint").join(told)


STAGES = frozenset({"read", "check", "again", FINAL, "paper", "figures", "workbook", "print"})


def _name_sheet(context: PageContext, detail: str) -> str:
    """The sheet that is being checked; after the last one, all of them together."""
    return context.say("jobs.across") if detail in ("", "check") else detail


def _word_time(context: PageContext, job: StoredJob) -> str:
    minutes, seconds = divmod(_count_seconds(context, job.started_at or job.requested_at), SECONDS)
    return context.say("jobs.minutes" if minutes else "jobs.seconds", minutes=minutes, seconds=seconds)


def _count_seconds(context: PageContext, since: str) -> int:
    now = datetime.fromisoformat(context.visit.book.now())
    return max(0, int((now - datetime.fromisoformat(since)).total_seconds()))
