"""Whose money is in a fund, looked through: the worked example to six digits, sums to the fen, reasons."""

from collections.abc import Iterator
from fractions import Fraction

import pytest

from dashboard.readings.money.composition import composition_rows, read_composition
from funds.book import Book
from funds.kinds import Nature
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, fund_scope
from tests.builders import commitment, day, fund, nature, paid_city, party, wan
from tests.dashboard.cli.goldens import two_tiers
from tests.dashboard.readings.return_books import YEAR_END, book_of
from tests.engines import SqliteDatabases

AS_OF = day("2025-12-31")
Amounts = dict[tuple[object, object], dict[str, object]]


@pytest.fixture
def tiers(sqlite: SqliteDatabases) -> Iterator[Book]:
    """The worked example of two tiers."""
    with book_of(sqlite, *(draft for drafts in two_tiers().values() for draft in drafts)) as book:
        yield book


def read(book: Book, *codes: str) -> LedgerSlice:
    scope = fund_scope(*codes) if codes else CITY
    return slice_ledger(book, "local", scope, AS_OF)


def amounts(slice_: LedgerSlice) -> Amounts:
    rows = read_composition(slice_).table("composition")
    return {(row["basis"], row["nature"]): dict(row) for row in rows}


@pytest.mark.parametrize(
    ("basis", "social_share", "social_to_fiscal"),
    [("committed", 0.566800, 1.869393), ("paid_in", 0.508741, 1.447761)],
)
def test_the_worked_example_comes_out_to_six_digits(
    tiers: Book, basis: str, social_share: float, social_to_fiscal: float
) -> None:
    found = amounts(read(tiers, "A"))
    social, fiscal = (found[basis, kind]["looked_through"] for kind in ("social", "fiscal"))
    total = sum(int(str(row["first_level"])) for (of, _), row in found.items() if of == basis)
    assert float(Fraction(int(str(social)), total)) == pytest.approx(social_share, abs=5e-7)
    assert float(Fraction(int(str(social)), int(str(fiscal)))) == pytest.approx(social_to_fiscal, abs=5e-7)


def test_looking_through_moves_money_of_funds_to_natures_and_loses_not_a_fen(tiers: Book) -> None:
    for code in "MPABC":
        rows = read_composition(read(tiers, code)).table("composition_sum")
        assert [row["first_level"] for row in rows] == [row["looked_through"] for row in rows], code
    found = amounts(read(tiers, "A"))
    assert found["committed", "fund"]["first_level"] == wan(180_000)
    assert found["committed", "fund"]["looked_through"] == 0
    assert found["committed", "fiscal"]["looked_through"] == wan(151_600)


def test_over_several_funds_money_between_them_is_left_out_on_both_sides(tiers: Book) -> None:
    found = amounts(read(tiers))
    assert found["committed", "fund"]["first_level"] == 0
    assert [found["committed", kind]["first_level"] for kind in ("fiscal", "state_owned", "social")] == [
        wan(770_000),
        wan(360_000),
        wan(640_000),
    ]
    assert found["paid_in", "social"]["looked_through"] == wan(300_000)


def test_money_that_nobody_confirmed_stays_apart_through_a_mother(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *paid_city(), nature("LP2", Nature.SOCIAL)) as book:
        found = amounts(slice_ledger(book, "local", fund_scope("F1"), YEAR_END))
    assert found["committed", "undetermined"]["looked_through"] == wan(4_000)
    assert found["committed", "social"]["looked_through"] == wan(2_000)


def test_a_loop_without_outside_money_is_a_reason_and_no_number(sqlite: SqliteDatabases) -> None:
    looped = [
        fund("X"),
        fund("Y"),
        fund("Z"),
        commitment("X", "Y", 100),
        commitment("Y", "X", 50),
        commitment("Z", "X", 10),
    ]
    with book_of(sqlite, *looped) as book:
        reasons = {
            code: {
                row["reason"]
                for row in composition_rows(slice_ledger(book, "local", fund_scope(code), AS_OF))
            }
            for code in "XZ"
        }
        rows = list(composition_rows(slice_ledger(book, "local", fund_scope("X"), AS_OF)))
    assert reasons["X"] == {"look_through.closed_loop", None}  # nothing is paid in: nothing to look through
    assert reasons["Z"] == {"look_through.closed_loop", None}
    committed = [row for row in rows if row["basis"] == "committed"]
    assert {row["looked_through"] for row in committed} == {None}
    assert sum(int(str(row["first_level"])) for row in committed if row["table"] == "composition") == wan(100)


def test_each_fund_has_the_reason_of_its_own_investors(sqlite: SqliteDatabases) -> None:
    drafts = [fund(code) for code in "UVXY"]
    changes = [commitment("X", "Y", 100), commitment("Y", "X", 50), commitment("U", "V", 10)]
    with book_of(sqlite, *drafts, *changes) as book:
        rows = list(composition_rows(slice_ledger(book, "local", fund_scope("U"), AS_OF)))
    assert {row["reason"] for row in rows if row["basis"] == "committed"} == {"look_through.no_money"}


def test_a_fund_without_investors_has_nothing_to_look_through(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, fund("X"), party("LP")) as book:
        rows = list(composition_rows(slice_ledger(book, "local", fund_scope("X"), AS_OF)))
    assert {(row["first_level"], row["looked_through"], row["reason"]) for row in rows} == {(0, 0, None)}
