"""Records what a program sends, by the same verbs as every other door: all of it in one revision, and once."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

import orjson
from flask import Response, request

from dashboard.api.answers import RecordedGiven
from dashboard.api.bearer import ApiVisit
from dashboard.api.bodies import Body, make_drafts
from dashboard.api.requests import (
    HEADER,
    Answered,
    Claim,
    claim_request,
    digest_request,
    keep_answer,
    read_key,
    release_request,
)
from dashboard.api.telling import phrase_fault, phrase_problem
from dashboard.api.values import write_yuan
from funds.book import Change, Findings
from funds.drafts import Draft
from funds.errors import LedgerError, NotAllowed, RulesBroken
from funds.problems import Problem, only_fatal
from funds.recording import VERBS, Recorded, check_whole

WRITTEN, HELD_BEFORE = 201, 200
REPLAYED = "Idempotency-Replayed"


def record_body(visit: ApiVisit, body: Body) -> Response:
    """Record a body, or answer as it was answered before."""
    if not visit.token.may_write:
        raise NotAllowed("api.reads_only")
    key = read_key(request.headers.get(HEADER))
    digest = digest_request(f"{request.method} {request.path}", request.get_data())
    claim = claim_request(visit.book, visit.person.person_id, key, digest)
    if isinstance(claim, Answered):
        response = _respond(claim)
        response.headers[REPLAYED] = "true"
        return response
    try:
        return _respond(_answer(visit, body, claim))
    except BaseException:
        release_request(visit.book, claim)
        raise


def _answer(visit: ApiVisit, body: Body, claim: Claim) -> Answered:
    """What recording comes to; a refusal is an answer too, and kept, a failure of ours is none."""
    try:
        return _record(visit, body, claim)
    except LedgerError as error:
        if error.status >= 500 or error.code == "api.under_way":
            raise
        answer = Answered(error.status, _write(phrase_fault(error, visit.language)))
    with visit.book.keep() as connection:
        keep_answer(connection, claim, answer)
    return answer


def _record(visit: ApiVisit, body: Body, claim: Claim) -> Answered:
    drafts, problems = make_drafts(body)
    if problems:
        raise RulesBroken(problems)
    with visit.book.change(visit.person.login, body.reason) as change:
        change.within = visit.token.narrowing
        results, warnings = _apply(change, drafts)
        is_news = any(one.new for one in results)
        told = RecordedGiven(
            version=change.version if is_news else None,
            new=sum(one.new for one in results),
            same=sum(one.same for one in results),
            total=write_yuan(sum(one.total_fen for one in results)),
            warnings=[phrase_problem(one, visit.language) for one in warnings],
        )
        answer = Answered(WRITTEN if is_news else HELD_BEFORE, _write(told.model_dump()))
        if is_news:
            keep_answer(change.connection, claim, answer)
        else:
            change.abandon()
    if not is_news:
        with visit.book.keep() as connection:
            keep_answer(connection, claim, answer)
    return answer


def _apply(change: Change, drafts: Mapping[str, list[Draft]]) -> tuple[list[Recorded], list[Problem]]:
    """Hand each list to its verb and let the whole be judged once; raises everything that is wrong."""
    findings = change.findings = Findings()
    results = [VERBS[type(lines[0])](change, lines) for lines in drafts.values()]
    check_whole(change, chain.from_iterable(drafts.values()))
    problems = [_point(problem) for problem in findings.problems]
    if only_fatal(problems):
        raise RulesBroken(problems)
    return results, problems


def _point(problem: Problem) -> Problem:
    """A problem with a row that was there before points at nothing that was sent: the row is named beside."""
    if problem.where.startswith("/"):
        return problem
    return replace(problem, where="", params={**problem.params, "row": problem.where})


def _write(document: object) -> str:
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS).decode()


def _respond(answer: Answered) -> Response:
    return Response(answer.text, answer.status, mimetype="application/json")
