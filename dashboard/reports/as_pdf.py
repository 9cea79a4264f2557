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
    document = _printer().HTML(string=str(page), url_fetcher=_fetch_nothing)
    return bytes(document.write_pdf())


def _printer() -> Any:
    try:
        return import_module("weasyprint")
    except (ImportError, OSError) as fault:
        raise NoPrinter("report.no_pdf") from fault


def _fetch_nothing(url: str) -> Any:
    """A paper holds everything it shows; what asks for more is a mistake."""
    raise ValueError(f"a paper asked for {url[:60]}")
