"""A change that comes with less than its person's rights is kept to what was left of them."""

from collections.abc import Iterator

import pytest

from funds.book import Book
from funds.drafts import Draft
from funds.errors import NotAllowed
from funds.kinds import ScopeKind
from funds.narrowing import Narrowing
from funds.permissions import Action, Scope
from funds.recording import record_fees
from tests.builders import fee, prepared_book
from tests.engines import SqliteDatabases
from tests.funds.recording.period_city import fund_id_of
from tests.funds.recording.proposal_city import proposing_city


@pytest.fixture
def city(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "proposing", proposing_city) as book:
        yield book
    sqlite.drop_made()


def pay(book: Book, within: Narrowing, draft: Draft) -> int:
    with book.change("signatory", "费用") as change:
        change.within = within
        return record_fees(change, [draft]).new  # type: ignore[list-item]


def test_a_narrowed_change_writes_for_its_fund_and_no_other(city: Book) -> None:
    business = frozenset({Action.RECORD_BUSINESS})
    own = Narrowing(business, Scope(ScopeKind.FUND, fund_id_of(city, "F1")))
    assert pay(city, own, fee("F1", 1)) == 1
    before = city.head()
    with pytest.raises(NotAllowed):
        pay(city, own, fee("M", 1))
    with pytest.raises(NotAllowed):
        pay(city, Narrowing(frozenset({Action.READ})), fee("F1", 2))
    assert city.head() == before
