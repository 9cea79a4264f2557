"""Where somebody files figures: the park or the city that the address names, and what is on file there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.pages.context import BadAddress, PageContext
from funds.book import Look
from funds.errors import NotAllowed, NotFound
from funds.kinds import ScopeKind
from funds.permissions import CITY, Action, Scope
from funds.queries.filed_figures import ParkFigureFacts
from funds.queries.park_figures import ParkName, list_filed, list_parks

PATH = "/park-figures"
PARK, ROW = "park", "row"
# How the address names the city.
WHOLE_CITY = "city"


@dataclass(frozen=True)
class EntryDesk:
    """One place (no park = the city) of those that the person may file for; `chosen` is the row to correct."""

    context: PageContext
    places: Sequence[ParkName | None]
    place: ParkName | None
    filed: Sequence[ParkFigureFacts]
    chosen: ParkFigureFacts | None

    @property
    def code(self) -> str | None:
        """The park as a draft names it."""
        return None if self.place is None else self.place.code

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    def name(self, place: ParkName | None) -> str:
        """A place in words."""
        return self.say("park_figure.city") if place is None else place.name

    def link(self, place: ParkName | None, row: int | None = None) -> str:
        """The address of a place, with a row to correct."""
        code = WHOLE_CITY if place is None else place.code
        return self.context.link(PATH, **{PARK: code, ROW: None if row is None else str(row)})


def open_desk(context: PageContext, *, is_listed: bool = True) -> EntryDesk:
    """The place that the address names, the first where it names none; refused where it is not the person's.

    What is on file there is left out where neither a list nor a row to correct is asked for.
    """
    visit, row = context.visit, context.query.get(ROW)
    with visit.look() as look:
        places = [place for place in (*list_parks(look), None) if _may_file(context, place)]
        if not places:
            raise NotAllowed("permission.refused", action=Action.RECORD_PARK_FIGURES, scope=ScopeKind.PARK)
        place = _choose(places, context.query.get(PARK))
        filed = _list_filed(look, place) if is_listed or row is not None else ()
    return EntryDesk(context, places, place, filed, _find_row(filed, row))


def open_anew(desk: EntryDesk) -> EntryDesk:
    """The same place as it stands after filing, with no row to correct."""
    query = {name: text for name, text in desk.context.query.items() if name != ROW}
    visit = desk.context.visit
    with visit.look() as look:
        filed = _list_filed(look, desk.place)
    return replace(desk, context=replace(desk.context, query=query), filed=filed, chosen=None)


def _list_filed(look: Look, place: ParkName | None) -> Sequence[ParkFigureFacts]:
    return list_filed(look, None if place is None else place.id)


def _may_file(context: PageContext, place: ParkName | None) -> bool:
    scope = CITY if place is None else Scope(ScopeKind.PARK, place.id)
    return context.visit.rights.may(Action.RECORD_PARK_FIGURES, scope)


def _choose(places: Sequence[ParkName | None], asked: str | None) -> ParkName | None:
    if asked is None:
        return places[0]
    for place in places:
        if asked == (WHOLE_CITY if place is None else place.code):
            return place
    raise NotAllowed("permission.refused", action=Action.RECORD_PARK_FIGURES, scope=ScopeKind.PARK)


def _find_row(filed: Sequence[ParkFigureFacts], asked: str | None) -> ParkFigureFacts | None:
    """The row to correct; one that was corrected meanwhile is no longer there."""
    if asked is None:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise BadAddress("page.bad_address")
    for row in filed:
        if row.id == int(asked):
            return row
    raise NotFound("park_figure.no_such_row")
