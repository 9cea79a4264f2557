"""Draws what people look at first before a server lets anybody in, so that nobody waits until it has been worked out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest
from time import monotonic

from sqlalchemy import or_, select

from dashboard.auth.identity import standing_identity
from dashboard.auth.visit import Visit
from dashboard.pages.frame import draw_page
from dashboard.pages.kept_drawings import KEPT
from dashboard.pages.page import Page, find_page
from funds.book import LOCAL, Book, visible
from funds.models import Membership
from funds.queries.keeping import warm
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY

PATIENCE = 8.0
"""Seconds that a server takes for it before its processes begin, which have it all from there."""
MOST_OWN = 3
OF_THE_CITY = tuple(path for path in KEPT if "{" not in path)
BESIDE_THE_OWN = ("/companies", "/inbox", "/funds")


def warm_pages(book: Book, pages: Sequence[Page], language: str, patience: float) -> int:
    """Draw the first pages of one person of each standing, the first of all before the second of any; how many."""
    until, drawn = monotonic() + patience, 0
    warm(book)
    if not patience or not book.head().version:
        return 0
    city = slice_ledger(book, LOCAL, CITY, book.today())
    visits = _list_visits(book, language)
    rounds = zip_longest(*([(visit, path) for path in _list_paths(visit, city)] for visit in visits))
    for asked in chain.from_iterable(rounds):
        if monotonic() > until:
            break
        # A page that is not theirs would stand in the access log as if they had asked for it.
        if asked is not None and (found := find_page(pages, asked[1])) and found.page.is_for(asked[0]):
            draw_page(asked[0], pages, asked[1], "")
            drawn += 1
    return drawn


def _list_visits(book: Book, language: str) -> list[Visit]:
    """One person of each standing, those first who stand for the most; none for the commands of this machine."""
    today, first, count = book.today(), dict[object, Visit](), Counter[object]()
    with book.look() as look:
        query = select(Membership.person_id).where(
            Membership.from_date <= today,
            or_(Membership.to_date.is_(None), Membership.to_date > today),
            visible(Membership, look.version),
        )
        ids = sorted(set(look.connection.execute(query).scalars()))
        people = [standing_identity(book, look, person, today) for person in ids]
    for person in people:
        if person is not None and person.login != LOCAL:
            visit = Visit(book, person, language, "light")
            standing = frozenset(visit.rights.grants), visit.rights.readable()
            first.setdefault(standing, visit)
            count[standing] += 1
    return [first[standing] for standing, _ in count.most_common()]


def _list_paths(visit: Visit, city: LedgerSlice) -> Iterator[str]:
    readable = visit.rights.readable()
    yield "/"
    if readable.is_city:
        yield from (path for path in OF_THE_CITY if path != "/")
        return
    facts = city.facts
    yield from (f"/parks/{facts.parks[park].code}" for park in sorted(readable.park_ids)[:MOST_OWN])
    yield from (f"/funds/{facts.funds[fund].code}" for fund in sorted(readable.fund_ids)[:MOST_OWN])
    yield from BESIDE_THE_OWN
