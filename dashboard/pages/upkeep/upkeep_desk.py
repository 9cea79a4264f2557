"""Where somebody keeps records: which kind, which thing, and the row that the address names."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from dashboard.forms.upkeep_sheets import SHEETS, EditSheet
from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.trail.trail_desk import TrailDesk, open_desk
from funds.book import Look
from funds.errors import NotFound
from funds.kinds import ScopeKind
from funds.permissions import Action, Scope
from funds.queries.codes import known_companies
from funds.queries.standing_facts import Thing, find_ends, find_standing, list_things
from funds.queries.trail_rows import RowVersion

PATH = "/upkeep"
TAB, THING, TABLE, ROW, WAY, DRAFT = "tab", "thing", "table", "row", "way", "draft"


class EditWay(StrEnum):
    """What stands was wrong, something else holds from a day on, or something is added."""

    FIX = "fix"
    FROM = "from"
    NEW = "new"


@dataclass(frozen=True)
class Tab:
    """One kind of record: whose, and in which tables it stands."""

    code: str
    kind: str
    tables: tuple[str, ...]


TABS: Mapping[str, Tab] = {
    tab.code: tab
    for tab in (
        Tab("fund", "fund", ("fund_fact",)),
        Tab("term", "fund", ("fund_term",)),
        Tab("party", "party", ("party_fact", "party_nature")),
        Tab("company", "company", ("company_fact", "party_fact")),
        Tab("park", "park", ("park_fact", "park_industry")),
        Tab("fund_park", "fund", ("fund_park",)),
    )
}


@dataclass(frozen=True)
class UpkeepDesk:
    """One look at the records of one thing.

    `row_id` is the row to edit, of the table that `sheet` describes, `chosen` what stands in its place today.
    """

    trail: TrailDesk
    look: Look
    tab: Tab
    things: Sequence[Thing]
    thing: Thing | None
    rows: Sequence[RowVersion]
    sheet: EditSheet | None
    way: EditWay
    row_id: int | None
    chosen: RowVersion | None

    @property
    def context(self) -> PageContext:
        """The page."""
        return self.trail.context

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.trail.say(code, **params)

    def subject_id(self, table: str) -> int:
        """The id that rows of a table point at; what an institution is called stands with the institution."""
        if self.thing is None:
            raise NotFound("upkeep.no_such_thing")
        return subject_of(self.look, self.tab, self.thing, table)

    def link(self, **state: str | None) -> str:
        """This thing's records in another state."""
        code = None if self.thing is None else self.thing.code
        return self.context.link(PATH, **{TAB: self.tab.code, THING: code, **state})

    def link_row(self, row: RowVersion, way: EditWay) -> str:
        """The form that edits a row."""
        return self.link(**{TABLE: row.table, ROW: str(row.id), WAY: way.value})


@contextmanager
def open_upkeep(context: PageContext) -> Iterator[UpkeepDesk]:
    """What the address names; refused where it is not there, or not the person's."""
    tab = TABS.get(context.query.get(TAB, "fund"))
    if tab is None:
        raise BadAddress("page.bad_address")
    with open_desk(context) as trail:
        look = Look(trail.trail.connection, trail.trail.version)
        things = [one for one in list_things(look, tab.kind) if _may_keep(context, tab, one)]
        thing = _find_thing(things, context.query.get(THING))
        rows = [] if thing is None else _find_rows(trail, look, tab, thing)
        sheet, way = _read_sheet(context, tab)
        row_id = _read_row(context, sheet, way)
        chosen = _find_row(look, rows, sheet, row_id)
        yield UpkeepDesk(trail, look, tab, things, thing, rows, sheet, way, row_id, chosen)


def subject_of(look: Look, tab: Tab, thing: Thing, table: str) -> int:
    """The id that rows of a table about a thing point at."""
    if tab.kind == "company" and table == "party_fact":
        return known_companies(look.connection, look.version, [thing.code])[thing.code].party_id
    return thing.id


def _may_keep(context: PageContext, tab: Tab, thing: Thing) -> bool:
    """A fund's records are its manager's, its park's and the commission's; the rest is the city's."""
    if tab.kind != "fund":
        return True
    return context.visit.rights.may(Action.RECORD_BUSINESS, Scope(ScopeKind.FUND, thing.id))


def _find_thing(things: Sequence[Thing], asked: str | None) -> Thing | None:
    if asked is None:
        return things[0] if things else None
    for thing in things:
        if thing.code == asked:
            return thing
    raise NotFound("upkeep.no_such_thing")


def _find_rows(trail: TrailDesk, look: Look, tab: Tab, thing: Thing) -> list[RowVersion]:
    return [
        row
        for table in tab.tables
        for row in find_standing(
            look, trail.reader, table, {SHEETS[table].thing: subject_of(look, tab, thing, table)}
        )
    ]


def _read_sheet(context: PageContext, tab: Tab) -> tuple[EditSheet | None, EditWay]:
    """The form that the address asks for, if any."""
    table, way = context.query.get(TABLE), context.query.get(WAY, EditWay.FIX.value)
    if table is None:
        return None, EditWay.FIX
    if table not in tab.tables or way not in set(EditWay):
        raise BadAddress("page.bad_address")
    return SHEETS[table], EditWay(way)


def _read_row(context: PageContext, sheet: EditSheet | None, way: EditWay) -> int | None:
    asked = context.query.get(ROW)
    if sheet is None or way is EditWay.NEW:
        return None
    if asked is None or not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise BadAddress("page.bad_address")
    return int(asked)


def _find_row(
    look: Look, rows: Sequence[RowVersion], sheet: EditSheet | None, row_id: int | None
) -> RowVersion | None:
    """What stands in the place of a row, if anything does."""
    if sheet is None or row_id is None:
        return None
    _, last = find_ends(look, sheet.table, row_id)
    return next((row for row in rows if row.table == sheet.table and row.id == last), None)
