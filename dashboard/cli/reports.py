"""The command `report`: a question, its answer, and the form it is written in."""

import sys
from argparse import Namespace

from dashboard.cli.opening import open_book
from dashboard.readings.money.leverage import LeverageOptions
from dashboard.reports.as_json import write_json
from dashboard.reports.as_paper import make_reading_paper
from dashboard.reports.as_pdf import write_pdf
from dashboard.reports.as_table import write_table
from dashboard.reports.as_workbook import write_workbook_report
from dashboard.reports.question import Question, answer, find_misuse
from dashboard.settings import Settings
from dashboard.words import say
from funds.book import LOCAL
from funds.kinds import BookKind
from funds.queries.scopes import (
    CITY,
    Scope,
    company_scope,
    fund_scope,
    industry_scope,
    manager_scope,
    park_scope,
)

DONE, WRONG_USE = 0, 2
# What is no text, and would spoil a terminal.
FILES = frozenset({"xlsx", "pdf"})


def run_report(given: Namespace, settings: Settings) -> int:
    """Answer a question in the form asked for."""
    question = Question(
        given.report,
        given.as_of,
        _scope(given),
        LeverageOptions(given.basis, given.soe, given.fiscal_level),
        given.mode,
        given.definition,
        given.as_known,
        given.look_through,
        given.since,
        given.against,
    )
    fault = _check_use(given, question)
    if fault:
        print(say(fault, settings.language, report=given.report), file=sys.stderr)
        return WRONG_USE
    with open_book(settings) as book:
        reading = answer(book, settings.person or LOCAL, question)
        mark = say("demo.badge_note", settings.language) if book.kind == BookKind.DEMO.value else ""
    if given.format == "json":
        content = write_json(reading)
    elif given.format == "xlsx":
        content = write_workbook_report(reading, settings.language)
    elif given.format == "pdf":
        content = write_pdf(make_reading_paper(reading, settings.language, mark))
    else:
        content = write_table(reading, settings.language).encode()
    if given.output:
        given.output.write_bytes(content)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    return DONE


def _check_use(given: Namespace, question: Question) -> str | None:
    if given.format in FILES and given.output is None and sys.stdout.isatty():
        return "report.needs_output"
    return find_misuse(question)


def _scope(given: Namespace) -> Scope:
    if given.fund:
        return fund_scope(*given.fund)
    if given.park:
        return park_scope(given.park)
    if given.manager:
        return manager_scope(given.manager)
    if given.industry:
        return industry_scope(given.industry)
    if given.company:
        return company_scope(given.company)
    return CITY
