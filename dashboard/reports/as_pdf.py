"""A paper as PDF with its fonts inside; needs the extra `report`, and says so where that is absent."""

from importlib import import_module
from typing import Any

from dashboard.reports.paper import Paper
from dashboard.reports.paper_page import write_paper_page
from dashboard.words import say
from funds.errors import LedgerError


class NoPrinter(LedgerError):
    """The library that sets pages is not installed, or its own libraries are missing."""

    status = 501


def write_pdf(paper: Paper) -> bytes:
    """The same paper gives the same bytes; raises NoPrinter with advice where pages cannot be set."""
    page = write_paper_page(paper, say("paper.cut", paper.language))
    printer, urls = _find("weasyprint"), _find("weasyprint.urls")
    # A paper holds everything it shows: nothing is fetched from anywhere.
    document = printer.HTML(string=str(page), url_fetcher=urls.URLFetcher(allowed_protocols=frozenset()))
    return bytes(document.write_pdf())


def _find(module: str) -> Any:
    try:
        return import_module(module)
    except (ImportError, OSError) as fault:
        raise NoPrinter("report.no_pdf") from fault
