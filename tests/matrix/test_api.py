"""Programs of everybody ask for everything: each token opens what the table of rights says, and no word of another's."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from dashboard.api.bearer import ROOT, Pace
from dashboard.api.routes import LISTS, WRITES
from dashboard.auth.api_tokens import TokenDraft, make_token
from funds.book import OPEN
from funds.models import Person
from funds.permissions import CITY, Action
from tests.matrix.asking import Answer, Desk
from tests.matrix.cells import OWNERS, list_questions, may_read
from tests.matrix.city import OTHER_FUND, OWN_FUND, SHARED_FUND
from tests.matrix.identities import Identity, Share, Standing
from tests.matrix.test_cells import judge

NAMES = frozenset({"companies"})
# Each with a code that is not there: whoever has the right gets as far as that, and nothing is written.
LINES: Mapping[str, tuple[str, dict[str, Any]]] = {
    "deals": ("investments", {"company": "C404", "amount": "1.00", "paid_on": "2025-12-31"}),
    "calls": (
        "calls",
        {
            "notice_no": "N404",
            "investor": "LP404",
            "amount": "1.00",
            "noticed_on": "2025-12-01",
            "due_on": "2025-12-31",
        },
    ),
    "contributions": ("contributions", {"investor": "LP404", "amount": "1.00", "received_on": "2025-12-31"}),
    "distributions": (
        "distributions",
        {"investor": "LP404", "amount": "1.00", "paid_on": "2025-12-31", "kind": "gain"},
    ),
    "marks": (
        "marks",
        {"company": "C404", "fair_value": "1.00", "valued_on": "2025-12-31", "method": "other"},
    ),
    "navs": ("navs", {"investor": "LP404", "nav": "1.00", "valued_on": "2025-12-31"}),
}
SENDS = [(name, fund) for name in LINES for fund in (OWN_FUND, OTHER_FUND, SHARED_FUND)]


@pytest.fixture(autouse=True)
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody asks too often here."""
    monkeypatch.setattr(Pace, "take", lambda *_given: None)


@pytest.fixture
def heads(desk: Desk, identity: Identity) -> dict[str, str]:
    """What somebody's program sends with every request; the token of whoever is out has run out too."""
    if not identity.login:
        return {}
    days = 0 if identity.standing is Standing.EXPIRED else 30
    book = desk.served.book
    with book.look(sight=OPEN) as look:
        found = select(Person.id).where(Person.login == identity.login)
        person_id = int(look.connection.execute(found).scalar_one())
    with book.keep() as connection:
        token = make_token(connection, person_id, TokenDraft("matrix", True, CITY, days), book.now())
    return {"Authorization": f"Bearer {token}"}


def ask(desk: Desk, heads: Mapping[str, str], path: str, **query: str) -> Answer:
    """Ask for something."""
    got = desk.served.client().get(f"{ROOT}{path}", query_string=query, headers=heads)
    is_fault = got.status_code not in (200, 401, 403)
    return Answer(got.status_code, got.text, got.status_code == 200, is_fault)


def test_every_report_goes_to_whom_the_table_says(
    desk: Desk, identity: Identity, share: Share, heads: Mapping[str, str]
) -> None:
    day, wrong = desk.served.book.today().isoformat(), []
    for report, scope in share.take(list_questions()):
        got = ask(desk, heads, f"/reports/{report}", as_of=day, scope=scope.label)
        wrong += judge(f"{report} {scope.label}", identity, may_read(identity, scope), got)
    assert wrong == []


def test_every_list_goes_to_whom_the_table_says(
    desk: Desk, identity: Identity, heads: Mapping[str, str]
) -> None:
    wrong = []
    for name, *_ in LISTS:
        needed = Action.READ_TRAIL if name == "revisions" else Action.READ
        # Firms of the register are told by name, there as on their pages.
        called = f"/{name}" if name in NAMES else f"api {name}"
        wrong += judge(called, identity, identity.holds(needed), ask(desk, heads, f"/{name}"))
    assert wrong == []


def test_everybody_may_send_what_the_table_says(
    desk: Desk, identity: Identity, share: Share, heads: Mapping[str, str]
) -> None:
    before, wrong = desk.served.book.head(), []
    for name, fund in share.larger().take(SENDS):
        listed, line = LINES[name]
        body = {"reason": "矩阵", listed: [{**line, "fund": fund}]}
        sent = {**heads, "Idempotency-Key": f"matrix-{name}-{fund}"}
        got = desk.served.client().post(f"{ROOT}/{name}", json=body, headers=sent)
        may = identity.holds(Action.RECORD_BUSINESS) and identity.covers_fund(fund, OWNERS)
        if got.status_code != (422 if may else 403 if identity.is_in else 401):
            wrong.append(f"{name} {fund}: {got.status_code}")
    assert wrong == []
    assert desk.served.book.head() == before


def test_every_kind_of_body_is_sent_for_every_fund() -> None:
    assert LINES.keys() == dict(WRITES).keys()
    assert len(SENDS) == len(WRITES) * 3
