"""What is written out as the template goes to whom the table says: a fund, a park, or all that somebody may read."""

from dashboard.pages.workbook_link import PATH
from funds.permissions import Action
from funds.queries.scopes import fund_scope, park_scope
from tests.matrix.asking import Desk
from tests.matrix.cells import holds, may_read
from tests.matrix.city import NAME, OTHER_FUND, OTHER_PARK, OWN_FUND, OWN_PARK, SECRET
from tests.matrix.identities import Identity
from tests.matrix.test_import_files import words_of


def test_workbooks_of_the_template_go_to_whom_the_table_says(desk: Desk, identity: Identity) -> None:
    client = desk.clients[identity.name]
    expected = {
        "": holds(identity, Action.READ),
        f"?fund={OWN_FUND}": may_read(identity, fund_scope(OWN_FUND)),
        f"?fund={OTHER_FUND}": may_read(identity, fund_scope(OTHER_FUND)),
        f"?park={OWN_PARK}": may_read(identity, park_scope(OWN_PARK)),
        f"?park={OTHER_PARK}": may_read(identity, park_scope(OTHER_PARK)),
        f"?fund={OWN_FUND}&park={OWN_PARK}": False,
        "?fund=F9": False,
    }
    answers = {query: client.get(f"{PATH}{query}") for query in expected}
    wrong = {
        query: got.status_code
        for query, got in answers.items()
        if (got.status_code == 200) is not expected[query]
    }
    assert wrong == {}
    assert all(got.status_code in (200, 302, 403, 404) for got in answers.values())
    told = "\n".join(words_of(got.data) for got in answers.values())
    if may_read(identity, fund_scope(OTHER_FUND)):
        assert SECRET in words_of(answers[f"?fund={OTHER_FUND}"].data)
    else:
        assert SECRET not in told
        assert NAME not in told
