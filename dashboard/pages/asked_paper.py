"""The paper that an address asks for: found for whoever asks, and written as PDF or workbook."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from dashboard.auth.visit import Visit
from dashboard.pages.asked_page import name_file, open_asked
from dashboard.pages.context import FORM, PAGE, PAPER, PageContext
from dashboard.pages.page import Page
from dashboard.pages.signing.freezing import Tell, say_nothing
from dashboard.reports.as_pdf import write_pdf
from dashboard.reports.paper import Paper
from dashboard.reports.paper_sheets import write_paper_workbook
from dashboard.tables.as_workbook import SHEET
from funds.errors import NotFound
from funds.permissions import Rights

TABLES = "paper"


@dataclass(frozen=True)
class Form:
    """How a paper is written, what that is called while it goes on, and on the way."""

    write: Callable[[Paper], bytes]
    stage: str
    kind: str


FORMS: Mapping[str, Form] = {
    "pdf": Form(write_pdf, "print", "application/pdf"),
    "xlsx": Form(write_paper_workbook, "workbook", SHEET),
}


@dataclass(frozen=True)
class PaperFile:
    """A paper as it goes out."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class AskedPaper:
    """A paper that the person may have, not made yet."""

    context: PageContext
    make: Callable[[PageContext], Paper]
    form: str

    def write(self, tell: Tell = say_nothing) -> PaperFile:
        """Make it; before each step it is told which."""
        form = FORMS[self.form]
        tell(TABLES, 0, 2)
        paper = self.make(self.context)
        tell(form.stage, 1, 2)
        return PaperFile(name_file(self.context, f"{paper.title}.{self.form}"), form.kind, form.write(paper))


def find_paper(visit: Visit, pages: Sequence[Page], query: Mapping[str, str]) -> AskedPaper:
    """The paper by the parts of its address; refused where the page is closed or offers none of the name."""
    name, form = query.get(PAPER, ""), query.get(FORM, "")
    page, context = open_asked(visit, pages, query, (PAGE, PAPER, FORM))
    if name not in page.papers or form not in FORMS:
        raise NotFound("paper.unknown", paper=name[:40], form=form[:10])
    return AskedPaper(context, page.papers[name], form)


def sum_up_rights(rights: Rights) -> str:
    """By which it is seen later, and by another process, whether somebody's rights are still the same."""
    grants = sorted(
        (sorted(map(str, grant.actions)), grant.scope.kind.value, grant.scope.id or 0)
        for grant in rights.grants
    )
    funds = sorted((park, sorted(ids)) for park, ids in rights.funds_of_parks.items())
    return blake2b(repr((grants, funds)).encode(), digest_size=16).hexdigest()
