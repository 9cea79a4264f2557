"""The way to a paper: a job makes it beside the requests and hands it over; without a worker it is made at once."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from urllib.parse import urlencode

import orjson
from flask import Flask, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from dashboard.auth.visit import Visit, current_visit
from dashboard.jobs.job import MAKE_PAPER, JobState, StoredJob
from dashboard.jobs.made_papers import take_out
from dashboard.jobs.presence import list_workers
from dashboard.jobs.store import ask, call_off, find_own, find_under_way
from dashboard.pages.asked_paper import AskedPaper, find_paper, sum_up_rights
from dashboard.pages.job_progress import word_job
from dashboard.pages.page import Page
from dashboard.server.exports import hand_out
from dashboard.server.gate import PAPER_FILE, PAPER_STATE, PAPER_STOP, PAPERS
from funds.errors import Conflict, NotFound

PATH = "/paper"
MOST_UNDER_WAY = 10  # of one person
LOOK_AGAIN = 1  # seconds


def add_papers(server: Flask, pages: Sequence[Page]) -> None:
    """Hand out the papers of these pages."""
    views = PaperViews(pages)
    for path, name, view, method in (
        (PATH, PAPERS, views.order, "GET"),
        (f"{PATH}/<int:number>", PAPER_STATE, views.show, "GET"),
        (f"{PATH}/<int:number>/file", PAPER_FILE, views.give, "GET"),
        (f"{PATH}/<int:number>/stop", PAPER_STOP, views.stop, "POST"),
    ):
        server.add_url_rule(path, name, view, methods=[method])


class PaperViews:
    """From the asking for a paper to its file; each paper on its way is known to its owner alone."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._pages = pages

    def order(self) -> AnyResponse:
        """Have a paper made; who may not have it hears so at once."""
        visit, query = current_visit(), request.args.to_dict()
        asked = find_paper(visit, self._pages, query)
        if not any(worker.is_alive for worker in list_workers(visit.book)):
            made = asked.write()
            return hand_out(made.content, made.kind, made.name)
        return redirect(_address(order_paper(visit, query)), 303)

    def show(self, number: int) -> AnyResponse:
        """How far it is; once it is made, the file follows by itself."""
        visit = current_visit()
        job = _find(visit, number)
        asked = self._find_asked(visit, job)
        made = _take(visit, job) if job.state is JobState.DONE else None
        if job.state is JobState.DONE and made is None:
            return redirect(_order_again(job), 303)
        return _draw(visit, asked, job, "" if made is None else made[0])

    def give(self, number: int) -> AnyResponse:
        """The file, to whoever may still do what they might when it was made; else it is made anew."""
        visit = current_visit()
        job = _find(visit, number)
        self._find_asked(visit, job)
        made = _take(visit, job)
        if made is None:
            return redirect(_order_again(job), 303)
        name, kind, content = made
        return hand_out(content, kind, name)

    def stop(self, number: int) -> AnyResponse:
        """Do without it."""
        visit = current_visit()
        job = _find(visit, number)
        with suppress(Conflict), visit.book.keep() as connection:  # made meanwhile: the page says so
            call_off(connection, job, visit.book.now())
        return redirect(_address(number), 303)

    def _find_asked(self, visit: Visit, job: StoredJob) -> AskedPaper:
        return find_paper(visit, self._pages, orjson.loads(job.given["query"]))


def order_paper(visit: Visit, query: Mapping[str, str]) -> int:
    """The number of the job; the one that is under way where the same was asked for already."""
    given = {
        "query": orjson.dumps(query, option=orjson.OPT_SORT_KEYS).decode(),
        "language": visit.language,
        "rights": sum_up_rights(visit.rights),
    }
    subject = blake2b(orjson.dumps(given, option=orjson.OPT_SORT_KEYS), digest_size=16).hexdigest()
    book, person = visit.book, visit.person.person_id
    with book.keep() as connection:
        under_way = find_under_way(connection, person, MAKE_PAPER)
        if subject in under_way:
            return under_way[subject].id
        if len(under_way) >= MOST_UNDER_WAY:
            raise Conflict("paper.too_many", count=MOST_UNDER_WAY)
        return ask(connection, book.now(), person, MAKE_PAPER, subject, given)


def _find(visit: Visit, number: int) -> StoredJob:
    job = find_own(visit.book, visit.person.person_id, MAKE_PAPER, number)
    if job is None:
        raise NotFound("paper.not_yours")
    return job


def _take(visit: Visit, job: StoredJob) -> tuple[str, str, bytes] | None:
    """The file, where it holds what the person may see today and is still there."""
    is_same = job.given["rights"] == sum_up_rights(visit.rights)
    return take_out(visit.book, job.id) if is_same else None


def _address(number: int) -> str:
    return f"{PATH}/{number}"


def _order_again(job: StoredJob) -> str:
    return f"{PATH}?{urlencode(orjson.loads(job.given['query']))}"


def _draw(visit: Visit, asked: AskedPaper, job: StoredJob, name: str) -> Response:
    address = _address(job.id)
    page = render_template(
        "paper.html",
        say=visit.say,
        language=visit.language,
        city=visit.book.city_name,
        job=job,
        state=job.state.value,
        name=name,
        told=word_job(asked.context, job) if job.is_under_way else "",
        reason=visit.say(job.notice, **job.params) if job.notice else "",
        address=address,
        back=asked.context.here(),
        again=_order_again(job),
    )
    response = make_response(page)
    if job.is_under_way:
        response.headers["Refresh"] = f"{LOOK_AGAIN}; url={address}"
    elif job.state is JobState.DONE:
        response.headers["Refresh"] = f"0; url={address}/file"
    return response
