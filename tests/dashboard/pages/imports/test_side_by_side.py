"""Two tables on the same lines of a sheet, on the pages: counted, decided about and remembered apart."""

from collections.abc import Iterator

import pytest

from dashboard.pages.imports.draft_page import lay_out
from dashboard.pages.imports.draft_store import State, keep_choices
from dashboard.pages.imports.mapping_page import Fields, act_on
from dashboard.pages.imports.mapping_view import NEXT
from funds.intake.choices import Choice
from funds.models import Entry
from tests.builders import prepared_book, rows_of, wan
from tests.dashboard.pages.drawn import text_of
from tests.dashboard.pages.imports.desk import Hand
from tests.dashboard.pages.six_ones_visits import as_sent
from tests.engines import SqliteDatabases
from tests.funds.intake.foreign.beside import BESIDE, LEFT, RIGHT, beside_book, write_beside


@pytest.fixture
def hand(sqlite: SqliteDatabases) -> Iterator[Hand]:
    with prepared_book(sqlite, "tables side by side", beside_book) as made:
        yield Hand(made, "local")


def press_next(hand: Hand, draft: int) -> None:
    assert act_on(hand.desk(draft), Fields({}, {}, {}, {}, {}), NEXT, "") == []
    hand.work()


def test_rows_on_one_line_are_counted_decided_about_and_remembered_apart(hand: Hand) -> None:
    draft = hand.hand_in(write_beside(BESIDE))
    page = hand.context(f"/imports/{draft}", id=str(draft))
    shown = text_of(as_sent(lay_out(page)))
    assert "台账!A2 起，2 行" in shown
    assert "台账!F2 起，3 行" in shown
    press_next(hand, draft)
    outcome = hand.find(draft).outcome
    assert outcome is not None
    assert [one.origin for one in outcome.meetings] == [LEFT, RIGHT]
    (paid,) = [one for one in outcome.sheets if one.title == "投资"]
    assert (paid.read, paid.new, paid.same, paid.alike, paid.runs) == (5, 3, 0, 2, "4–5")
    shown = text_of(as_sent(lay_out(page)))
    assert LEFT in shown
    assert RIGHT in shown
    chosen = {LEFT: Choice.SKIP, RIGHT: Choice.UPDATE}
    keep_choices(hand.book, hand.person, draft, chosen)
    assert hand.find(draft).decided == chosen
    done = hand.record(draft)
    assert done.state is State.DONE
    paid_out = {-row["amount_fen"] for row in rows_of(hand.book, Entry)}
    assert paid_out & {wan(300), wan(301), wan(400), wan(401)} == {wan(300), wan(401)}
