"""Transfers between funds and conversions as doors: who may hand them in, for the own and the other side."""

from collections.abc import Callable

import pytest

from funds.book import Change
from funds.drafts.holdings import ConversionDraft, HoldingTransferDraft
from funds.errors import LedgerError, NotAllowed
from funds.permissions import Action
from funds.recording import record_conversions, record_holding_transfers
from tests.builders import day, wan
from tests.matrix.asking import Desk
from tests.matrix.cells import OWNERS
from tests.matrix.city import OTHER_FUND, OWN_FUND, SHARED_FUND
from tests.matrix.identities import IDENTITIES, Identity, Standing

FIRMS = {OWN_FUND: "C1", OTHER_FUND: "C2", SHARED_FUND: "C3"}
Ask = Callable[[Change], object]


def move(seller: str, buyer: str) -> Ask:
    draft = HoldingTransferDraft(
        fund=seller,
        buyer=buyer,
        company=FIRMS[seller],
        transferred_on=day("2025-06-30"),
        amount_fen=wan(1),
        transferred_ppm=1_000_000,
    )
    return lambda change: record_holding_transfers(change, [draft])


def convert(fund: str) -> Ask:
    draft = ConversionDraft(fund=fund, company=FIRMS[fund], converted_on=day("2025-06-30"), instrument="股权")
    return lambda change: record_conversions(change, [draft])


ASKS: dict[str, tuple[Ask, tuple[str, ...]]] = {
    "to the other side": (move(OWN_FUND, OTHER_FUND), (OWN_FUND, OTHER_FUND)),
    "from the other side": (move(OTHER_FUND, OWN_FUND), (OWN_FUND, OTHER_FUND)),
    "within one's own": (move(SHARED_FUND, OWN_FUND), (OWN_FUND, SHARED_FUND)),
    "own conversion": (convert(OWN_FUND), (OWN_FUND,)),
    "other conversion": (convert(OTHER_FUND), (OTHER_FUND,)),
}


def is_allowed(identity: Identity, funds: tuple[str, ...]) -> bool:
    """What the tables of rights say."""
    return identity.holds(Action.RECORD_BUSINESS) and all(identity.covers_fund(one, OWNERS) for one in funds)


def is_taken(desk: Desk, identity: Identity, ask: Ask) -> bool:
    """Whether the right was there; nothing is written."""
    try:
        with desk.served.book.change(identity.login, "matrix", dry_run=True) as change:
            ask(change)
    except NotAllowed:
        return False
    except LedgerError:
        return True
    return True


@pytest.mark.parametrize("name", ASKS)
def test_every_identity_gets_the_answer_of_the_table(desk: Desk, name: str) -> None:
    ask, funds = ASKS[name]
    # sessions are the window's: a verb knows only whether a person is one of the book
    people = [one for one in IDENTITIES if one.login and one.standing in (Standing.ACTIVE, Standing.RETIRED)]
    answers = {one.name: is_taken(desk, one, ask) for one in people}
    assert answers == {one.name: is_allowed(one, funds) for one in people}
    assert set(answers.values()) == {True, False}
