"""The way to a paper as a file: made anew from the page's own tables, for whoever asks, as PDF or workbook."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Flask, Response, request

from dashboard.pages.context import FORM, PAGE, PAPER
from dashboard.pages.page import Page
from dashboard.reports.as_pdf import write_pdf
from dashboard.reports.paper import Paper
from dashboard.reports.paper_sheets import write_paper_workbook
from dashboard.server.exports import SHEET, hand_out, open_asked
from dashboard.server.gate import PAPERS
from funds.errors import NotFound

PATH = "/paper"


@dataclass(frozen=True)
class Form:
    """How a paper is written, and what that is called on the way."""

    write: Callable[[Paper], bytes]
    kind: str


FORMS: Mapping[str, Form] = {
    "pdf": Form(write_pdf, "application/pdf"),
    "xlsx": Form(write_paper_workbook, SHEET),
}


def add_papers(server: Flask, pages: Sequence[Page]) -> None:
    """Hand out the papers of these pages."""

    def paper() -> Response:
        return _write_paper(pages)

    server.add_url_rule(PATH, PAPERS, paper, methods=["GET"])


def _write_paper(pages: Sequence[Page]) -> Response:
    name, form = request.args.get(PAPER, ""), request.args.get(FORM, "")
    page, context = open_asked(pages, (PAGE, PAPER, FORM))
    if name not in page.papers or form not in FORMS:
        raise NotFound("paper.unknown", paper=name[:40], form=form[:10])
    made = page.papers[name](context)
    return hand_out(context, FORMS[form].write(made), FORMS[form].kind, f"{made.title}.{form}")
