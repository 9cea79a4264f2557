"""A workbook on its way in tests: handed in and looked through by a worker at once, by somebody of the made-up city."""

from dataclasses import dataclass

from dashboard.auth.demo import MANAGER
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext
from dashboard.pages.imports.draft_jobs import ask_to_record, restart
from dashboard.pages.imports.draft_store import State, StoredDraft, find_draft, keep_choices, keep_file
from dashboard.pages.imports.import_desk import DraftDesk, open_draft
from dashboard.worker.work import work_all
from funds.book import Book
from funds.intake.choices import Choice
from tests.dashboard.pages.six_ones_visits import asked


@dataclass(frozen=True)
class Hand:
    """Somebody who imports."""

    book: Book
    login: str = MANAGER.login

    @property
    def visit(self) -> Visit:
        """Who they are."""
        return self.context().visit

    @property
    def person(self) -> int:
        """Their number."""
        return self.visit.person.person_id

    def context(
        self, path: str = "/imports", search: str = "", language: str = "zh", **parts: str
    ) -> PageContext:
        """A page as they ask for it."""
        return asked(self.book, path, search, language, self.login, **parts)

    def desk(self, draft: int, search: str = "", language: str = "zh") -> DraftDesk:
        """The page of a workbook."""
        return open_draft(self.context(f"/imports/{draft}", search, language, id=str(draft)))

    def find(self, draft: int) -> StoredDraft:
        """How far it is."""
        return find_draft(self.book, self.person, draft)

    def hand_in(self, content: bytes, name: str = "台账.xlsx") -> int:
        """Send a file in and have it looked through."""
        draft = keep_file(self.book, self.person, name, content)
        self.work()
        return draft

    def work(self) -> None:
        """What the worker would do by now."""
        work_all(self.book)

    def look_again(self, draft: int) -> State:
        """Have it looked through anew."""
        restart(self.book, self.person, self.find(draft))
        self.work()
        return self.find(draft).state

    def decide(self, draft: int, choice: Choice) -> None:
        """The same for every row that meets the book."""
        outcome = self.find(draft).outcome
        assert outcome is not None
        keep_choices(self.book, self.person, draft, {one.origin: choice for one in outcome.meetings})

    def record(self, draft: int) -> StoredDraft:
        """Record it, as far as it lets itself be recorded."""
        ask_to_record(self.book, self.person, self.find(draft))
        self.work()
        return self.find(draft)
