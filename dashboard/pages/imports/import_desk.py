"""What the pages of the import centre share: their addresses and ids, and the workbook that an address names."""

from dataclasses import dataclass

from dashboard.jobs.job import StoredJob
from dashboard.jobs.store import find_last
from dashboard.pages.context import PageContext
from dashboard.pages.imports.draft_store import AT_WORK, JOBS, StoredDraft, find_draft
from dashboard.pages.trail.trail_desk import read_number
from dashboard.words import say_problem
from funds.errors import NotFound
from funds.permissions import Action
from funds.problems import Problem
from funds.queries.import_batches import find_batch

PATH = "/imports"
FILES = "/import-files"
NEEDS = Action.RECORD_BUSINESS
SHEET, SEVERITY = "of_sheet", "severity"
KILO = 1024


@dataclass(frozen=True)
class DraftDesk:
    """One workbook of one person, as it stands."""

    context: PageContext
    draft: StoredDraft
    job: StoredJob | None = None  # that is under way

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found, the gravest first."""
        found = self.draft.outcome.problems if self.draft.outcome is not None else ()
        return tuple(sorted(found, key=lambda problem: problem.severity))

    @property
    def shown(self) -> tuple[Problem, ...]:
        """The problems that the address asks for."""
        sheet, severity = self.context.query.get(SHEET), self.context.query.get(SEVERITY)
        return tuple(
            problem
            for problem in self.problems
            if (sheet is None or sheet_of(problem) == sheet)
            and (severity is None or problem.severity == severity)
        )

    @property
    def batch(self) -> int | None:
        """The change that brought in the very same file before."""
        context = self.context
        with context.visit.look() as look:
            return find_batch(look.connection, look.version, self.draft.sha256)

    def word(self, problem: Problem) -> str:
        """A problem in words."""
        return say_problem(problem, self.context.language)


def open_draft(context: PageContext) -> DraftDesk:
    """The workbook in the address, if it is the person's own."""
    text = context.parts["id"]
    if not (text.isascii() and text.isdigit()):
        raise NotFound("imports.no_such_draft")
    book, person_id = context.visit.book, context.visit.person.person_id
    draft = find_draft(book, person_id, read_number(text))
    job = find_last(book, person_id, *JOBS, subject=draft.id) if draft.state in AT_WORK else None
    return DraftDesk(context, draft, job)


def sheet_of(problem: Problem) -> str:
    """The sheet of a problem, nothing where it is of the file."""
    return problem.where.rpartition("!")[0]


def address_of(draft_id: int) -> str:
    """The page of a workbook."""
    return f"{PATH}/{draft_id}"
