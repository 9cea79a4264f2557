"""Looking through goes any number of tiers, stops at what is not the person's, and says why where it cannot tell."""

from collections.abc import Iterator

import pytest

from dashboard.readings.industries.alignment import read_alignment
from dashboard.readings.industries.alignment_through import NOT_YOURS, Parts, reach_funds, through_parts
from dashboard.readings.industries.tag_parts import TagMode
from funds.book import Book
from funds.drafts import Draft
from funds.queries.scopes import fund_scope, park_scope
from tests.builders import commitment, contribution, fee, record, wan
from tests.dashboard.readings.park_book import own_park, park_book, slice_of
from tests.engines import SqliteDatabases

# F1 holds a sixth of GP3, which holds 150 of GP4's 650; GP5 and GP6 hold each other.
STAKES: tuple[Draft, ...] = tuple(
    draft
    for child, mother, amount in (
        ("GP3", "F1", 100),
        ("GP4", "GP3", 150),
        ("GP5", "GP6", 100),
        ("GP6", "GP5", 100),
        ("GP5", "F2", 40),
    )
    for draft in (commitment(child, mother, amount), contribution(child, mother, amount, "2022-06-01"))
)


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with park_book(sqlite, STAKES) as made:
        yield made
    sqlite.drop_made()


def reached(book: Book, *funds: str) -> dict[str, float]:
    """The shares by code."""
    slice_ = slice_of(book, fund_scope(*funds))
    return {slice_.facts.funds[fund].code: share for fund, share in reach_funds(slice_).shares.items()}


def test_shares_are_by_paid_in_capital_tier_by_tier(book: Book) -> None:
    assert reached(book, "F1") == pytest.approx({"GP3": 100 / 600, "GP4": 100 / 600 * 150 / 650})


def test_funds_that_hold_each_other_are_untied(book: Book) -> None:
    """x5 = (40 + 100·x6) ÷ 640 and x6 = 100·x5 ÷ 600."""
    five = 40 / (640 - 100 * 100 / 600)
    assert reached(book, "F2") == pytest.approx({"GP5": five, "GP6": five / 6})


def test_a_fund_of_the_scope_counts_by_itself_and_not_again_through_another(book: Book) -> None:
    assert reached(book, "F1", "GP3") == pytest.approx({"GP4": 150 / 650})
    assert reached(book, "F1", "F2", "GP3", "GP4", "GP5", "GP6") == {}
    assert reach_funds(slice_of(book)).shares == {}


def test_what_was_reached_is_cut_anew_only_when_a_share_or_a_firm_changes(book: Book) -> None:
    def look() -> Parts:
        return through_parts(slice_of(book, fund_scope("F1")), TagMode.PRIMARY)

    first = look()
    record(book, fee("GP3", 1, "2022-07-01"))
    assert look().held is first.held
    record(book, commitment("GP3", "F2", 50), contribution("GP3", "F2", 50, "2022-07-01"))
    second = look()
    assert sum(piece.cost for piece in second.held) < sum(piece.cost for piece in first.held)
    assert len(second.rows) > len(first.rows)


def test_the_mother_reaches_through_every_tier(book: Book) -> None:
    """M paid in 1,500 of F1's 3,000; GP3's four firms cost 100 each and none of them leads."""
    slice_ = slice_of(book, fund_scope("M"))
    parts = through_parts(slice_, TagMode.PRIMARY)
    cost = dict.fromkeys(("F1", "GP3", "GP4"), 0)
    for piece in parts.held:
        cost[slice_.facts.funds[piece.firm.fund].code] += piece.cost

    assert cost == {
        "F1": wan(1_550) // 2,
        "GP3": pytest.approx(wan(400) / 12, abs=4),
        "GP4": pytest.approx(wan(400) / 52, abs=4),
    }


def test_a_parks_scope_is_judged_by_that_park_all_the_way(book: Book) -> None:
    """P1 leads in IC as P4 does: of GP4's four firms one counts, of GP3's none; GP5's two and GP6's three do."""
    figure = read_alignment(slice_of(book, park_scope("P1")), look_through=True).figure(
        "AL01", "cost_through"
    )
    five = 0.6 * 40 / (640 - 100 * 100 / 600)
    sixth, below = 1 / 6, 1 / 26
    leading = 950 + below * 100 + five * 200 + five / 6 * 300
    whole = 1_670 + sixth * 400 + below * 400 + five * 400 + five / 6 * 400

    assert float(str(figure.value)) == pytest.approx(leading / whole, rel=1e-6)
    assert len({name for name in figure.entries if name.startswith("entry:")}) > 10


@pytest.mark.parametrize("code", ["AL01", "AL02", "AL03", "AL05", "AL06", "AL10", "AL11"])
def test_an_official_does_not_see_through_a_fund_that_is_not_theirs(book: Book, code: str) -> None:
    reading = read_alignment(own_park(book), look_through=True)
    told = [one for one in reading.figures if one.code == code and one.basis.endswith("_through")]

    assert told
    assert {(one.value, one.reason) for one in told} <= {
        (None, NOT_YOURS),
        (None, "alignment.parks_of_city_only"),
    }
    assert reading.table("looked_through") == ()
    assert reading.figure("AL01", "cost").value is not None


def test_where_nothing_was_handed_on_looked_through_is_direct(sqlite: SqliteDatabases) -> None:
    with park_book(sqlite) as book:
        reading = read_alignment(own_park(book), look_through=True)
    sqlite.drop_made()

    assert reading.figure("AL01", "cost_through").value == reading.figure("AL01", "cost").value
    assert [row["share"] for row in reading.table("looked_through")] == ["1", "0.6"]
