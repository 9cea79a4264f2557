"""What the pages of the trail share: the reader, the lines of the trail, and what things are called."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from dash.development.base_component import Component
from sqlalchemy import Connection

from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.sheets import count_sheets, draw_steps
from dashboard.words import read_words
from dashboard.words.numbers import ABSENT
from funds.book import Head
from funds.book.book import CITY_TIME
from funds.queries.trail_names import Names
from funds.queries.trail_readers import TrailReader, make_reader
from funds.queries.trail_revisions import Trail, TrailLine

SHEET = "sheet"
MOST_SHEETS = 10**9


@dataclass(frozen=True)
class TrailDesk:
    """One look at the trail by one person."""

    context: PageContext
    trail: Trail
    names: Names
    wide: Connection  # for names and counts: what a row that may be seen points at, and how many may not
    head: Head | None = None  # the last version of the book

    @property
    def reader(self) -> TrailReader:
        """What the person may see."""
        return self.trail.reader

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    def write_person(self, person_id: int | None) -> str:
        """Who it was, where that may be known."""
        return ABSENT if person_id is None else self.names.of("person", person_id)

    def write_action(self, action: str) -> str:
        """What kind of change it was; one that has no words says itself."""
        code = f"trail.action_{action}"
        return self.say(code) if code in read_words(self.context.language) else action

    def write_reason(self, line: TrailLine) -> str:
        """Why, and from which file where the reason does not say so already."""
        if line.reason is None:
            return ABSENT
        words = read_words(self.context.language).get(line.reason, line.reason)
        reason = line.reason if "{" in words else words  # a message that wants filling in is no reason
        if line.file is None or line.file.name == line.reason:
            return reason
        return self.say("trail.reason_and_file", reason=reason, file=line.file.name)

    def write_marks(self, line: TrailLine) -> str:
        """What the change took back, and what took it back."""
        marks = []
        if line.reverses is not None:
            marks.append(self.say("trail.reverses", version=line.reverses))
        if line.reversed_by is not None:
            marks.append(self.say("trail.reversed_by", version=line.reversed_by))
        return self.say("trail.join").join(marks)

    def link_version(self, version: int) -> str:
        """The address of a change's own page."""
        return self.context.link(f"/trail/{version}")

    def link_history(self, table: str, row_id: int) -> str:
        """The address of a row's history."""
        return self.context.link(f"/history/{table}/{row_id}")


@contextmanager
def open_desk(context: PageContext) -> Iterator[TrailDesk]:
    """Look at the book as known at the page's version: at its rows with the person's own eyes."""
    visit = context.visit
    with visit.look(context.version) as look, visit.book.look(context.version) as whole:
        reader = make_reader(visit.person.person_id, visit.rights)
        names = Names(whole.connection, look.version)
        trail = Trail(look.connection, reader, look.version)
        yield TrailDesk(context, trail, names, whole.connection, look.head)


def write_city_time(recorded_at: str, *, to_the_second: bool = False) -> str:
    """An instant of the book by the clocks of the city."""
    instant = datetime.strptime(recorded_at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return instant.astimezone(CITY_TIME).strftime("%Y-%m-%d %H:%M:%S" if to_the_second else "%Y-%m-%d %H:%M")


def read_number(text: str) -> int:
    """A whole number from an address."""
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise BadAddress("trail.bad_number", text=text[:20])
    return int(text)


def read_sheet(context: PageContext) -> int:
    """Which page of a long list is asked for, from 1."""
    return max(1, min(read_number(context.query.get(SHEET, "1")), MOST_SHEETS))


def draw_sheets(context: PageContext, total: int, size: int) -> Component | None:
    """The way to the pages before and after; nothing where one page holds it all."""
    last = count_sheets(total, size)
    sheet = min(read_sheet(context), last)
    return draw_steps(context, sheet, last, lambda to: context.here(**{SHEET: str(to) if to > 1 else None}))
