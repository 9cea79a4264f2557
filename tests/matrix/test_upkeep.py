"""Keeping records, for everybody: each kind of record shows its own, and nobody edits or takes back another's."""

from collections.abc import Callable, Iterator

import pytest

from funds.book import Book, Change
from funds.drafts.edits import EditDraft
from funds.drafts.proposals import ChangedValue
from funds.errors import LedgerError, NotAllowed, NotFound
from funds.models import FundFact, FundTerm
from funds.permissions import Action
from funds.queries.scopes import fund_scope
from funds.queries.standing_facts import list_things
from funds.recording import record_edit
from funds.recording.reversals import preview_reversal
from tests.builders import rows_of
from tests.dashboard.serving import Clock
from tests.engines import SqliteDatabases
from tests.matrix.asking import Desk
from tests.matrix.cells import OWNERS, may_read
from tests.matrix.city import OTHER_FUND, OWN_FUND, SECRET, build_matrix_city
from tests.matrix.identities import Identity, Share, Standing

PATH = "/upkeep"
ASKED = (
    {"tab": "fund", "thing": OWN_FUND},
    {"tab": "fund", "thing": OTHER_FUND},
    {"tab": "term", "thing": OTHER_FUND},
    {"tab": "fund_park", "thing": OTHER_FUND},
    {"tab": "party"},
    {"tab": "company", "thing": "C2"},
    {"tab": "park", "thing": "P2"},
)


def keeps(identity: Identity, code: str) -> bool:
    """Whether somebody keeps the records of a fund."""
    return identity.is_in and identity.holds(Action.RECORD_BUSINESS) and identity.covers_fund(code, OWNERS)


def test_every_kind_of_record_is_open_to_whom_the_table_says(
    desk: Desk, identity: Identity, share: Share
) -> None:
    wrong = []
    for query in share.take(list(ASKED)):
        got = desk.page(identity, PATH, **query)
        may = identity.is_in and identity.holds(Action.RECORD_REFERENCE)
        if query["tab"] in ("fund", "term", "fund_park"):
            may = may and keeps(identity, query["thing"])
        if got.is_fault or got.is_allowed is not may:
            wrong.append(f"{query}: {got.status} {got.is_allowed}")
        if SECRET in got.text and not may_read(identity, fund_scope(OTHER_FUND)):
            wrong.append(f"{query}: tells {SECRET}")
    assert wrong == []


@pytest.fixture(scope="module")
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    made = Book(sqlite.copy_of("matrix city", build_matrix_city), clock=Clock())
    yield made
    made.close()


def put_right(book: Book, fund_id: int) -> Callable[[Change], object]:
    """Correct what a fund is."""
    row = rows_of(book, FundFact, fund_id=fund_id)[-1]
    draft = EditDraft(
        table="fund_fact",
        row_id=row["id"],
        seen_version=book.head().version,
        values=(ChangedValue("filing_no", "SX1"),),
    )
    return lambda change: record_edit(change, draft)


def test_threat_04_an_edit_or_a_preview_asks_for_the_right_over_the_very_row(
    book: Book, identity: Identity, share: Share
) -> None:
    if identity.standing is not Standing.ACTIVE or not identity.login:
        return
    terms = {row["fund_id"]: row["revision_id"] for row in rows_of(book, FundTerm)}
    before, wrong = book.head(), []
    for fund_id, version in share.take(list(terms.items())):
        code = _code_of(book, fund_id)
        acts: dict[str, Callable[[Change], object]] = {
            "edit": put_right(book, fund_id),
            "undo": lambda change, at=version: preview_reversal(change, at),  # type: ignore[misc]
        }
        for name, act in acts.items():
            reverses = version if name == "undo" else None
            try:
                with book.change(identity.login, "try", reverses_id=reverses, dry_run=True) as change:
                    act(change)
                let_in = True
            except (NotAllowed, NotFound):
                let_in = False
            except LedgerError as fault:
                wrong.append(f"{name} {code}: {fault}")
                continue
            if name == "edit" and let_in is not keeps(identity, code):
                wrong.append(f"{name} {code}: {'let in' if let_in else 'refused'}")
            if name == "undo" and let_in and not keeps(identity, code):
                wrong.append(f"{name} {code}: let in")
    assert wrong == []
    assert book.head() == before


def _code_of(book: Book, fund_id: int) -> str:
    with book.look() as look:
        return next(one.code for one in list_things(look, "fund") if one.id == fund_id)
