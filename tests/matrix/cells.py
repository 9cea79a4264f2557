"""The cells of the matrix, made from the program's own tables, each with what the table of rights says to it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Table, select

from dashboard.auth.callbacks import SIGNED_IN, Need
from dashboard.pages import PAGES
from dashboard.pages.asked_paper import FORMS
from dashboard.pages.page import Page
from dashboard.reports.question import ANSWERS, SCOPES
from funds.book import Book
from funds.kinds import ScopeKind
from funds.models import Base
from funds.permissions import Action
from funds.queries.scopes import (
    CITY,
    Scope,
    ScopeName,
    company_scope,
    fund_scope,
    industry_scope,
    manager_scope,
    park_scope,
)
from tests.matrix.city import (
    MOTHER,
    OTHER_FUND,
    OTHER_PARK,
    OWN_FUND,
    OWN_PARK,
    SHARED_FUND,
    owners_of_funds,
)
from tests.matrix.identities import Identity

OWNERS = owners_of_funds()
FUNDS = (MOTHER, OWN_FUND, OTHER_FUND, SHARED_FUND)
PARKS = (OWN_PARK, OTHER_PARK)
# The changes that hold lines of the other fund alone, and of the own one alone.
SECRET_VERSION, OWN_VERSION = 4, 5
# What waits for a second person, of either side.
OTHER_PROPOSAL, OWN_PROPOSAL = 1, 2
ASKED: tuple[Scope, ...] = (
    CITY,
    *(park_scope(code) for code in PARKS),
    *(fund_scope(code) for code in FUNDS),
    fund_scope(OWN_FUND, OTHER_FUND),
    manager_scope("GP"),
    manager_scope("GP2"),
)
FUNDS_OF: Mapping[Scope, frozenset[str]] = {
    **{scope: frozenset(scope.codes) for scope in ASKED if scope.name is ScopeName.FUND},
    manager_scope("GP"): frozenset({MOTHER, OWN_FUND, SHARED_FUND}),
    manager_scope("GP2"): frozenset(OWNERS) - {MOTHER, OWN_FUND, SHARED_FUND},
}
# The firm that both sides hold, and one that only the other side has to do with.
FIRMS = ("C1", "C2")
# The industry that leads in one's own park.
INDUSTRY = "IC"
INDUSTRY_FIGURES = (("AL08", "leaders"), ("AL09", "segments"))
FIRM_FIGURES = (("PF10", "fair_value"), ("PF11", "fair_value"))
FIGURES = (
    ("PF01", "committed"),
    ("LV04", "paid_in"),
    ("AL01", "cost"),
    ("AL01", "cost_through"),
    ("PF08", "nav"),
)

# Pages whose tables say no more about rights than those of the own and the other fund.
SAME_TABLES = frozenset(f"/funds/{code}" for code in (MOTHER, SHARED_FUND))

# Where the register's own changes are told: names of firms and institutions are the city's.
REGISTER = ("/trail", "/history")
# Where firms of the register are told by name and code: its pages, and what is asked of one firm.
OF_REGISTER = (*REGISTER, "/companies", "/record-deal")

Rule = Callable[[Identity], bool]


@dataclass(frozen=True)
class Place:
    """One object: the address of a page, and who may see it besides holding the right that the page needs."""

    page: Page
    path: str
    rule: Rule


@dataclass(frozen=True)
class TableCell:
    """A table of a page, for export."""

    place: Place
    table: str
    rule: Rule


def holds(identity: Identity, need: Need) -> bool:
    """Whether somebody holds what a page or a callback needs."""
    return identity.is_in and (need == SIGNED_IN or identity.holds(Action(need)))


def may_read(identity: Identity, scope: Scope) -> bool:
    """Whether somebody may read all of a scope."""
    return identity.holds(Action.READ) and identity.covers(scope, OWNERS, FUNDS_OF)


def _of(scope: Scope) -> Rule:
    return lambda identity: may_read(identity, scope)


def _anybody(_identity: Identity) -> bool:
    return True


def _nobody(_identity: Identity) -> bool:
    return False


def _with_a_park(identity: Identity) -> bool:
    return may_read(identity, CITY) or may_read(identity, park_scope(OWN_PARK))


def _reference(identity: Identity) -> bool:
    return identity.holds(Action.READ)


def _keeps_people(identity: Identity) -> bool:
    return not identity.holds(Action.READ)


def _histories(book: Book) -> Iterator[tuple[str, Rule]]:
    """Rows of every reach: two funds, evidence of the other side, the register, the code book, people."""
    for code, rule in ((OWN_FUND, _of(fund_scope(OWN_FUND))), (OTHER_FUND, _of(fund_scope(OTHER_FUND)))):
        yield f"/history/fund/{_id_of_fund(book, code)}", rule
    yield f"/history/proposal/{OTHER_PROPOSAL}", _of(fund_scope(OTHER_FUND))
    for name in ("mark", "round_fact", "claim", "fund_term", "local_investment"):
        yield f"/history/{name}/{_last(book, name)}", _last_rule(name)
    for name in ("industry", "policy", "company_tag"):
        yield f"/history/{name}/{_last(book, name)}", _reference
    yield f"/history/membership/{_last(book, 'membership')}", _keeps_people
    yield "/history/mark/9", lambda _identity: False


def _last_rule(_name: str) -> Rule:
    return _of(fund_scope(OTHER_FUND))


# How the parts of an address are filled; a page with parts that has no entry here is a fault.
FILLINGS: Mapping[str, Callable[[Book], Iterator[tuple[str, Rule]]]] = {
    "/parks/{code}": lambda _book: ((f"/parks/{code}", _of(park_scope(code))) for code in PARKS),
    "/funds/{code}": lambda _book: ((f"/funds/{code}", _of(fund_scope(code))) for code in FUNDS),
    "/cash/{code}": lambda _book: ((f"/cash/{code}", _of(fund_scope(code))) for code in FUNDS),
    # A workbook on its way is its owner's alone, and nobody here owns one.
    # One that nobody has: a spoilt request may leave a first one behind, which is its sender's.
    "/imports/{id}": lambda _book: iter([("/imports/9999", _nobody)]),
    "/industries/{code}": lambda _book: iter([(f"/industries/{INDUSTRY}", _reference)]),
    "/companies/{code}": lambda _book: ((f"/companies/{code}", _reference) for code in FIRMS),
    "/proposals/{id}": lambda _book: (
        (f"/proposals/{number}", _of(fund_scope(code)))
        for number, code in ((OTHER_PROPOSAL, OTHER_FUND), (OWN_PROPOSAL, OWN_FUND))
    ),
    "/definitions/{code}": lambda _book: iter([("/definitions/LV04", _anybody)]),
    "/trail/{version}": lambda _book: (
        (f"/trail/{version}", _anybody) for version in (SECRET_VERSION, OWN_VERSION)
    ),
    "/history/{table}/{id}": _histories,
}
SIX_ONES, PARK_FIGURES = "/six-ones", "/park-figures"


def _files_for_a_park(identity: Identity) -> bool:
    return identity.holds(Action.RECORD_PARK_FIGURES) and identity.scope is not ScopeKind.FUND


# Pages without parts that show something only to some of those who hold what they need.
NARROWER: Mapping[str, Rule] = {
    "/parks": _with_a_park,
    "/compare": _with_a_park,
    SIX_ONES: _with_a_park,
    PARK_FIGURES: _files_for_a_park,
    "/signing": _of(CITY),
    "/inspection": _of(CITY),
}
# Tables that fewer people get than the page that offers them.
NARROWER_TABLES: Mapping[tuple[str, str], Rule] = {
    **{("/", name): _of(CITY) for name in ("funnel", "parks", "flow", "certainty")},
    **{("/", name): _of(CITY) for name in ("six_ones", "six_ones_grid")},
    **{("/", name): _of(CITY) for name in ("map", "cube", "cube_cell")},
    **{(SIX_ONES, name): _of(CITY) for name in ("six_ones_grid", "appraisal")},
    (f"/trail/{SECRET_VERSION}", "rows"): _of(fund_scope(OTHER_FUND)),
    (f"/trail/{OWN_VERSION}", "rows"): _of(fund_scope(OWN_FUND)),
}


def list_places(book: Book) -> list[Place]:
    """Every page at every object."""
    found = []
    for page in PAGES:
        if "{" in page.path:
            found += [Place(page, path, rule) for path, rule in FILLINGS[page.path](book)]
        else:
            found.append(Place(page, page.path, NARROWER.get(page.path, _anybody)))
    return found


def list_tables(book: Book) -> list[TableCell]:
    """Every table that a page offers for export, at every object that differs in who may read it."""
    return [
        TableCell(place, table, NARROWER_TABLES.get((place.path, table), place.rule))
        for place in list_places(book)
        for table in place.page.tables
        if place.path not in SAME_TABLES
    ]


def list_papers(book: Book) -> list[tuple[Place, str, str]]:
    """Every paper of a page at every object, in every form."""
    return [
        (place, paper, form) for place in list_places(book) for paper in place.page.papers for form in FORMS
    ]


def list_passports() -> list[tuple[Scope, str, str]]:
    """Figures at every scope that a number on a page can have."""
    firms = [(company_scope(code), *figure) for code in FIRMS for figure in FIRM_FIGURES]
    filed = [(scope, "S02", "filed") for scope in (CITY, *map(park_scope, PARKS))]
    chains = [(industry_scope(INDUSTRY), *figure) for figure in INDUSTRY_FIGURES]
    return [*((scope, *figure) for scope in ASKED for figure in FIGURES), *firms, *filed, *chains]


def list_leverage_scopes() -> list[Scope]:
    """Every scope that the page of leverage can be asked for."""
    return [scope for scope in ASKED if scope.name is not ScopeName.COMPANY]


def list_questions() -> list[tuple[str, Scope]]:
    """Every report at every scope that it takes."""
    return [
        (report, scope)
        for report in ANSWERS
        for scope in (*ASKED, industry_scope(INDUSTRY), *map(company_scope, FIRMS))
        if report not in SCOPES or scope.name in SCOPES[report]
    ]


def _id_of_fund(book: Book, code: str) -> int:
    tables = Base.metadata.tables
    fund, party = tables["fund"], tables["party"]
    query = select(fund.c.id).join(party, party.c.id == fund.c.party_id).where(party.c.code == code)
    with book.look() as look:
        return int(look.connection.execute(query).scalar_one())


def _last(book: Book, name: str) -> int:
    table: Table = Base.metadata.tables[name]
    with book.look() as look:
        return int(
            look.connection.execute(select(table.c.id).order_by(table.c.id.desc())).scalars().first() or 0
        )
