"""Papers as a table: quarter, state, which book, whose hands, and the frozen files."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.documents.document_table import link_document
from dashboard.pages.signing.paper_quarters import QUARTER
from dashboard.pages.trail.trail_desk import write_city_time
from dashboard.tables.shown import Cell, Column, Row, ShownTable
from dashboard.words.numbers import ABSENT
from funds.book import Look
from funds.permissions import Action
from funds.queries.signed_papers import Hand, PaperOnFile, read_papers
from funds.queries.trail_names import Names
from funds.queries.trail_readers import make_reader

PATH, NAME, CHECK = "/signing", "papers", "check"
COLUMNS = (
    *("number", "quarter", "state", "prepared", "signed", "pdf", "xlsx", "json"),
    *("known", "rendered", "reason", "digest", "check"),
)
NUMBERS = frozenset({"number", "known"})
HEAD_DIGITS = 12


@dataclass(frozen=True)
class PaperDesk:
    """One look at papers by one person."""

    context: PageContext
    look: Look
    names: Names
    papers: Sequence[PaperOnFile]

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    @property
    def in_force(self) -> list[PaperOnFile]:
        """Those that are signed and not replaced, the newest first."""
        return [paper for paper in self.papers if paper.is_in_force]

    @property
    def waiting(self) -> list[PaperOnFile]:
        """Those that wait for a second hand."""
        return [paper for paper in self.papers if paper.is_waiting]

    def name_person(self, hand: Hand) -> str:
        """Who it was."""
        return self.names.of("person", hand.person_id)


@contextmanager
def open_papers(context: PageContext) -> Iterator[PaperDesk]:
    """Look at the papers as known at the page's version; they are the whole city's."""
    visit = context.visit
    visit.rights.require(Action.INSPECT)
    reader = make_reader(visit.person.person_id, visit.rights)
    with visit.look(context.version) as look:
        papers = read_papers(look.connection, look.version, reader)
        yield PaperDesk(context, look, Names(look.connection, look.version), papers)


def make_papers_table(context: PageContext) -> ShownTable:
    """The same, for export."""
    with open_papers(context) as desk:
        return make_table(desk)


def make_table(desk: PaperDesk) -> ShownTable:
    """A row for each paper, the newest first."""
    columns = tuple(
        Column(key, desk.say(f"signing.{'check' if key == CHECK else f'column_{key}'}"), key in NUMBERS)
        for key in COLUMNS
    )
    count = len(desk.papers)
    title = desk.say("signing.papers", count=count) if count else desk.say("signing.papers_none")
    rows = tuple(_make_row(desk, paper) for paper in desk.papers)
    return ShownTable(NAME, title, columns, rows, note=desk.say("signing.papers_note"))


def find_checked(desk: PaperDesk) -> PaperOnFile | None:
    """The paper that the address asks to work out again."""
    asked = desk.context.query.get(CHECK)
    if asked is None:
        return None
    found = [paper for paper in desk.papers if str(paper.id) == asked]
    if not found:
        raise BadAddress("page.bad_address")
    return found[0]


def name_state(desk: PaperDesk, paper: PaperOnFile) -> str:
    """Where a paper stands, in a word."""
    if paper.is_in_force:
        return desk.say("signing.state_in_force")
    if paper.is_waiting:
        return desk.say("signing.state_waiting")
    return desk.say("signing.state_lapsed" if paper.signed is None else "signing.state_replaced")


def _make_row(desk: PaperDesk, paper: PaperOnFile) -> Row:
    state, when = name_state(desk, paper), write_city_time(paper.rendered_at)
    kept, check = paper.file("json"), desk.say("signing.check")
    digest = kept.sha256 if kept else ""
    tone = "strong" if paper.is_in_force else "soft" if paper.is_overtaken else ""
    known = f"{paper.known_version} · {paper.known_hash[:HEAD_DIGITS]}"
    return (
        Cell(str(paper.id), paper.id),
        Cell(paper.quarter, paper.quarter),
        Cell(state, state, tone=tone),
        _hand(desk, paper.prepared),
        _hand(desk, paper.signed),
        *(_file(desk, paper, form) for form in ("pdf", "xlsx", "json")),
        Cell(known, paper.known_version, hover=paper.known_hash),
        Cell(when, when),
        Cell(paper.reason or "", paper.reason, tone="wrap"),
        Cell(digest[:HEAD_DIGITS], digest, hover=digest),
        Cell(check, check, link=desk.context.link(PATH, **{QUARTER: paper.quarter, CHECK: str(paper.id)})),
    )


def _hand(desk: PaperDesk, hand: Hand | None) -> Cell:
    if hand is None:
        return Cell(ABSENT)
    text = desk.say("signing.by_at", person=desk.name_person(hand), when=write_city_time(hand.at))
    return Cell(text, text)


def _file(desk: PaperDesk, paper: PaperOnFile, form: str) -> Cell:
    found = paper.file(form)
    if found is None:
        return Cell(ABSENT)
    take = desk.say("signing.take")
    return Cell(take, found.sha256, hover=found.sha256, link=link_document(desk.context, found.document_id))
