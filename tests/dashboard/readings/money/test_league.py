"""The league compares industries by the money in their firms, and the lenses of projects are figures of their own."""

from dashboard.readings.money.deployed_money import invested_entries
from dashboard.readings.money.league import LEAGUES
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.money.leverage_whole import league_table, leverage_table, read_leverage_figures
from dashboard.readings.single import read_single
from funds.kinds import Basis
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, industry_scope, park_scope
from tests.builders import industry, tag
from tests.dashboard.readings.money.leverage_city import leverage_city
from tests.dashboard.readings.return_books import YEAR_END, book_of
from tests.engines import SqliteDatabases

PAID = LeverageOptions(Basis.PAID_IN)
TAGGED = (industry("IC"), industry("ICD", parent="IC"), industry("BIO"), tag("C1", "ICD"))


def tagged_city(sqlite: SqliteDatabases) -> LedgerSlice:
    """The small city with C1 in a part of the industry IC, C2 in none."""
    with book_of(sqlite, *leverage_city(), *TAGGED) as book:
        return slice_ledger(book, "local", CITY, YEAR_END)


def test_industries_are_ranked_by_the_money_in_their_firms(sqlite: SqliteDatabases) -> None:
    city = tagged_city(sqlite)
    rows = [row for row in leverage_table(city, "league", PAID) if row["by"] == "industry"]
    # IC holds its part's firm and stands once; nothing is in BIO.
    assert [(row["code"], row["funds"], row["rank"]) for row in rows] == [("IC", 1, 1)]
    figure = read_single(city.narrow(industry_scope("IC")), "LV04", "paid_in").figure
    assert (rows[0]["LV04"], rows[0]["fiscal"]) == (figure.value, figure.denominator)
    assert not [
        row
        for row in leverage_table(city.narrow(park_scope("P1")), "league", PAID)
        if row["by"] == "industry"
    ]


def test_an_industry_has_the_lenses_of_its_firms_alone(sqlite: SqliteDatabases) -> None:
    part = tagged_city(sqlite).narrow(industry_scope("IC"))
    rows = leverage_table(part, "lens", LeverageOptions())
    assert [(row["lens"], row["basis"]) for row in rows] == [("project", "committed"), ("project", "paid_in")]
    # Of A's two payments one went to the industry's firm.
    assert len(invested_entries(part)) == 1
    assert len(invested_entries(tagged_city(sqlite))) == 2


def test_every_lens_is_a_figure_with_a_passport(sqlite: SqliteDatabases) -> None:
    city = tagged_city(sqlite)
    figures = read_leverage_figures(city)
    for row in leverage_table(city, "lens", LeverageOptions()):
        basis = str(row["basis"])
        if row["lens"] == "project":
            basis = "deployed" if basis == "paid_in" else "deployed_committed"
        for code in ("LV04", "LV05"):
            assert figures.figure(code, basis).value == row[code]


def test_one_league_alone_is_what_stands_in_all_of_them(sqlite: SqliteDatabases) -> None:
    city = tagged_city(sqlite)
    every = leverage_table(city, "league", PAID)
    assert {row["by"] for row in every} == {*LEAGUES}
    for by in LEAGUES:
        assert league_table(city, by, PAID) == tuple(row for row in every if row["by"] == by)
    part = city.narrow(park_scope("P1"))
    assert league_table(part, "fund", PAID) == leverage_table(part, "league", PAID)
    assert league_table(part, "park", PAID) == ()
    assert league_table(city.narrow(industry_scope("IC")), "fund", PAID) == ()
