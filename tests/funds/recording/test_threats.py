"""T04: what one may write is asked of the row as it was and as it is to be, whatever verb touches it."""

from collections.abc import Iterator
from typing import Any

import pytest

from funds.book import Book
from funds.errors import NotAllowed
from funds.kinds import Role
from funds.models import (
    BookRow,
    Company,
    CompanyFigure,
    FundPark,
    Membership,
    Park,
    ParkFigure,
    Party,
    PartyNature,
    PartyOwnership,
    Replaceable,
    Round,
    RoundInvestor,
    table_of,
)
from funds.models.row_scopes import ROW_SCOPES, Reach, tables_within
from funds.recording.corrections import FIXED_TARGETS, Correction, correct_rows, correctable
from funds.recording.rests import MODELS
from funds.recording.reversals import reverse_revision
from tests.builders import fund_park, membership, nature, park_figure, person, prepared_book, record, rows_of
from tests.engines import Databases, SqliteDatabases
from tests.funds.recording.two_sides import ONE, TWO, two_sides

# Columns that say whose a row is and that a correction may change: (own value, the other side's) by code.
MOVES: dict[tuple[type[Replaceable], str], tuple[type[BookRow], Any, Any]] = {
    (PartyNature, "party_id"): (Party, "LP2", "LP9"),
    (PartyOwnership, "owned_id"): (Party, "LP2", "LP9"),
    (RoundInvestor, "round_id"): (Round, "R1", "R2"),
    (CompanyFigure, "company_id"): (Company, "C1", "C2"),
    (ParkFigure, "park_id"): (Park, "P1", "P2"),
    (FundPark, "park_id"): (Park, "P1", "P2"),
}
# The owner's funds may read who it owns; it is the owned's evidence all the same.
NOT_WHOSE = {(PartyOwnership, "owner_id")}


def with_waiting_evidence() -> list[Any]:
    """The two sides, and a second figure of each park."""
    return [*two_sides(), park_figure("P1", "S04", value=4), park_figure("P2", "S04", value=4)]


@pytest.fixture
def city(databases: Databases) -> Iterator[Book]:
    """That city, on each engine in turn; each official has brought evidence that nobody has confirmed."""
    with prepared_book(databases, "two sides waiting", with_waiting_evidence) as book:
        record(book, nature("LP2", on="2024-01-01"), person=ONE)
        record(book, nature("LP9", on="2024-01-01"), person=TWO)
        yield book


def id_of(book: Book, model: type[BookRow], code: str) -> int:
    """The id behind a code; a firm's is its party's."""
    if model is Company:
        return int(rows_of(book, Company, party_id=id_of(book, Party, code))[0]["id"])
    return int(rows_of(book, model, code=code)[0]["id"])


def is_tried(model: type[Replaceable], column: str) -> bool:
    """Whether a correction could move a row by this column."""
    return column in correctable(model)


def test_threat_04_every_column_that_says_whose_a_row_is_is_fixed_or_tried() -> None:
    scoped = [MODELS[name] for name in tables_within(Reach.SCOPED) if name in MODELS]
    leading = {(model, way.column) for model in scoped for way in ROW_SCOPES[table_of(model).name].ways} | {
        (FundPark, "park_id")
    }
    assert {pair for pair in leading if is_tried(*pair)} - NOT_WHOSE == set(MOVES)


@pytest.mark.parametrize("name", [n for n in tables_within(Reach.SCOPED) if n in MODELS])
def test_threat_04_no_row_is_moved_into_another_fund_holding_deal_or_commitment(name: str) -> None:
    table = table_of(MODELS[name])
    bound = {c.name for c in table.columns for k in c.foreign_keys if k.column.table.name in FIXED_TARGETS}
    assert bound.isdisjoint(correctable(MODELS[name]))


@pytest.mark.parametrize("pair", MOVES, ids=lambda pair: f"{pair[0].__tablename__}.{pair[1]}")
def test_threat_04_a_row_is_moved_neither_to_the_other_side_nor_from_it(
    city: Book, pair: tuple[type[Replaceable], str]
) -> None:
    (model, column), (thing, own, theirs) = pair, MOVES[pair]
    mine, other = id_of(city, thing, own), id_of(city, thing, theirs)
    before = city.head()
    for login, row_of, to in ((ONE, mine, other), (TWO, mine, other), (ONE, other, mine)):
        row = rows_of(city, model, **{column: row_of})[-1]
        with pytest.raises(NotAllowed), city.change(login, "move", "correct") as change:
            correct_rows(change, [Correction(model, row["id"], {column: to})])
    assert city.head() == before


def test_threat_04_who_answers_for_both_sides_moves_a_row(city: Book) -> None:
    row = rows_of(city, ParkFigure, park_id=2)[-1]
    with city.change("local", "move", "correct") as change:
        correct_rows(change, [Correction(ParkFigure, row["id"], {"park_id": 1})])
    assert rows_of(city, ParkFigure, park_id=1)[-1]["indicator"] == "S04"


def test_threat_04_taking_back_asks_for_what_would_stand_again(city: Book) -> None:
    row = rows_of(city, ParkFigure, park_id=2)[-1]
    with city.change("local", "handed over", "correct") as change:
        correct_rows(change, [Correction(ParkFigure, row["id"], {"park_id": 1})])
    moved = city.head().version
    for login in (ONE, TWO):
        with (
            pytest.raises(NotAllowed),
            city.change(login, "back", "reverse", reverses_id=moved) as change,
        ):
            reverse_revision(change, moved)
    with city.change("local", "back", "reverse", reverses_id=moved) as change:
        assert reverse_revision(change, moved) == 1


@pytest.mark.parametrize(
    "share", [fund_park("F2", "P1", 10, "2025-01-01"), fund_park("F1", "P2", 10, "2025-01-01")]
)
def test_threat_04_a_share_is_for_the_fund_and_the_park(city: Book, share: Any) -> None:
    for login in (ONE, TWO):
        with pytest.raises(NotAllowed):
            record(city, share, person=login)


def test_threat_04_a_role_is_moved_by_who_grants_roles_alone(sqlite: SqliteDatabases) -> None:
    with prepared_book(sqlite, "two sides", two_sides) as book:
        record(book, person("sec"), membership("sec", Role.SECURITY_ADMIN))
        row = next(one for one in rows_of(book, Membership) if one["role"] is Role.PARK_OFFICIAL)
        move = Correction(Membership, row["id"], {"park_id": 2})
        for login in (ONE, TWO):
            with pytest.raises(NotAllowed), book.change(login, "move", "correct") as change:
                correct_rows(change, [move])
        with book.change("sec", "move", "correct") as change:
            assert correct_rows(change, [move])
    sqlite.drop_made()
