"""Renders the paper of a quarter, once, and works the figures of a frozen one out again."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext
from dashboard.pages.signing.leverage_paper import Frozen, make_leverage_paper
from dashboard.pages.signing.paper_quarters import last_day
from dashboard.reports.as_json import LANGUAGE, write_json
from dashboard.reports.as_pdf import NoPrinter, write_pdf
from dashboard.reports.paper import Paper
from dashboard.reports.paper_sheets import write_paper_workbook
from dashboard.reports.question import Question, answer
from funds.drafts.signing import PaperDraft
from funds.queries.scopes import CITY
from funds.queries.signed_papers import PaperOnFile

PARTS = ("paper", "figures", "workbook", "print")
Tell = Callable[[str, int, int], None]


def say_nothing(_part: str, _done: int, _total: int) -> None:
    """For those who do not watch."""


def freeze_paper(context: PageContext, quarter: str, reason: str, tell: Tell = say_nothing) -> PaperDraft:
    """All files of the paper from the book as it stands now, in the language of the office.

    Before each part it is told which, and how many are done.
    """
    visit = replace(context.visit, language=LANGUAGE)
    head, rendered_at = visit.book.head(), visit.book.now()
    there = replace(context, visit=visit, as_known=head.version, version=head.version)
    frozen = Frozen(quarter, head.version, head.hash, rendered_at, visit.person.name)

    def begin(part: str) -> None:
        tell(part, PARTS.index(part), len(PARTS))

    begin("paper")
    paper = make_leverage_paper(there, frozen)
    begin("figures")
    figures = work_out(visit, quarter, head.version)
    begin("workbook")
    workbook = write_paper_workbook(paper)
    begin("print")
    printed = _print(paper)
    return PaperDraft(
        quarter=quarter,
        version=head.version,
        hash=head.hash,
        rendered_at=rendered_at,
        json=figures,
        xlsx=workbook,
        pdf=printed,
        reason=reason,
    )


def work_out(visit: Visit, quarter: str, version: int) -> bytes:
    """What `report leverage --city` answers for the quarter's last day at a version."""
    question = Question("leverage", last_day(quarter), CITY, as_known=version)
    return write_json(answer(visit.book, visit.person.login, question))


def is_same_again(visit: Visit, paper: PaperOnFile) -> bool:
    """Whether the figures, worked out anew at the frozen version, are the frozen ones byte for byte."""
    kept = paper.file("json")
    found = sha256(work_out(visit, paper.quarter, paper.known_version)).hexdigest()
    return kept is not None and kept.sha256 == found


def _print(paper: Paper) -> bytes | None:
    """The PDF; None where pages cannot be set here."""
    try:
        return write_pdf(paper)
    except NoPrinter:
        return None
