"""Tells which lines of the ledger a drawing rests on: those of its funds, so that payments elsewhere leave it standing."""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, replace
from weakref import ReferenceType, ref

from dashboard.pages.context import PageContext
from dashboard.pages.funds.readable_funds import slice_readable
from dashboard.pages.scope_choice import offer_scopes
from dashboard.readings.industries.appraisal_rows import appraisal_rows
from dashboard.readings.industries.filed_of_park import facts_of_park
from dashboard.readings.lasting_answers import firms_alone
from dashboard.readings.reached_funds import reach, reach_up
from funds.book.noting import noting_nothing
from funds.errors import LedgerError
from funds.models import CallNotice, Entry, ParkFigure
from funds.queries.facts import Facts
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.loading_columns import Ledger
from funds.queries.memory.known_lines import known_rows
from funds.queries.scopes import ScopeName, fund_scope, park_scope

# What is written into by the day, and known here by fund.
BY_FUND = frozenset({Entry.__tablename__, CallNotice.__tablename__})
# Pages, and parts of pages, that look at no lines and calls but one fund's (the one in the address, else all that
# somebody has who has funds alone), those of the funds above and below it, and what is held in firms.
OF_FUNDS = frozenset(
    {"/funds/{code}", "/cash", "/my-funds", "/quarter-end", "/companies", "/inbox", "passport PF"}
)
# Those that look at no lines but of the funds that belong to one park in whatever way, of those above and below
# them, and at what is held in firms: unless looked through, when the other parks' spread rests on other lines.
OF_PARKS = frozenset({"/", "/parks/{code}", "/six-ones"})
THROUGH, PARK = "through", "park"


@dataclass(frozen=True, eq=False)
class DrawnLines:
    """The lines and calls behind a drawing, known by their numbers, and the ledger of firms; of a park what it filed."""

    rows: Hashable
    firms: ReferenceType[Ledger]
    filed: "FiledByPark | None" = None

    @property
    def tables(self) -> frozenset[str]:
        """The tables of which all is known here that the drawing rests on."""
        return BY_FUND if self.filed is None else BY_FUND | {ParkFigure.__tablename__}

    def are_same(self, others: "DrawnLines | None") -> bool:
        """Whether the very same lines and figures stand behind another drawing."""
        if others is None or self.firms() is None:
            return False
        is_filed_alike = self.filed is others.filed is None or (
            self.filed is not None and self.filed.is_same(others.filed)
        )
        return is_filed_alike and self.rows == others.rows and self.firms() is others.firms()


@dataclass(frozen=True, eq=False)
class FiledByPark:
    """The facts with a park's own figures alone, and what the appraisal of all of them tells it."""

    own: ReferenceType[Facts]
    appraisal: tuple[Mapping[str, object], ...]

    def is_same(self, other: "FiledByPark | None") -> bool:
        """Whether nothing was filed that the park's page tells of."""
        if other is None or self.own() is None:
            return False
        return self.own() is other.own() and self.appraisal == other.appraisal


def find_lines(context: PageContext, part: str) -> DrawnLines | None:
    """The lines behind a page or a part of it as they are now; None where those of any fund may stand behind it."""
    if part not in OF_FUNDS | OF_PARKS:
        return None
    try:
        with noting_nothing():
            if part in OF_PARKS:
                slice_ = _open_park(context, part)
                return None if slice_ is None else _know_park(slice_)
            slice_ = _open_slice(context)
            return None if slice_ is None else _know(slice_, slice_.members)
    except LedgerError:
        return None  # whoever draws it is told


def _know(slice_: LedgerSlice, own: Collection[int]) -> DrawnLines | None:
    known, noticed = known_rows(slice_.ledger), slice_.open_cash.last_notices()
    if known is None or noticed is None:
        return None
    funds = reach(slice_, own) | reach_up(slice_, own)
    called = tuple((fund, noticed.get(fund)) for fund in sorted(funds))
    return DrawnLines((known.of(funds), called), ref(firms_alone(slice_).ledger))


def _open_slice(context: PageContext) -> LedgerSlice | None:
    visit, code = context.visit, context.parts.get("code")
    if code is not None:
        scope = fund_scope(code)
        return slice_ledger(visit.book, visit.person.login, scope, context.as_of, context.as_known)
    readable = visit.rights.readable()
    return None if readable.is_city or readable.park_ids else slice_readable(context)


def _open_park(context: PageContext, part: str) -> LedgerSlice | None:
    """The park of a page; nothing where it is that of the city or of funds."""
    visit, code = context.visit, context.parts.get("code")
    if THROUGH in context.query:
        return None
    if part == "/parks/{code}" and code is not None:
        scope = park_scope(code)
    else:
        asked = context.query.get(PARK) if part == "/six-ones" else None
        parks = [one for one in offer_scopes(context) if one.name is ScopeName.PARK]
        found = next((one for one in parks if asked is None or asked in one.codes), None)
        if found is None:
            return None
        scope = found
    return slice_ledger(visit.book, visit.person.login, scope, context.as_of, context.as_known)


def _know_park(slice_: LedgerSlice) -> DrawnLines | None:
    """Its funds are those set up for it, and those that it pays or that are located in it."""
    (park,) = (park.id for park in slice_.facts.parks.values() if park.code in slice_.scope.codes)
    linked = (link.fund_id for link in slice_.facts.park_links if link.park_id == park)
    lines = _know(slice_, {*slice_.members, *linked})
    if lines is None:
        return None
    filed = FiledByPark(ref(facts_of_park(slice_.facts, park)), tuple(appraisal_rows(slice_)))
    return replace(lines, filed=filed)
