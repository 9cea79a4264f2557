"""What concerns several funds is brought in by anybody and changed only by whoever answers for all of them."""

from collections.abc import Iterator
from typing import Any

import pytest

from funds.book import Book
from funds.drafts import Draft
from funds.errors import NotAllowed, RulesBroken
from funds.models import (
    CompanyFigure,
    Party,
    PartyNature,
    PartyOwnership,
    Replaceable,
    RoundFact,
    RoundInvestor,
)
from funds.recording.corrections import Correction, correct_rows
from tests.builders import (
    company,
    company_figure,
    day,
    investment,
    nature,
    ownership,
    party,
    prepared_book,
    record,
    record_in,
    round_,
    round_investor,
    rows_of,
)
from tests.engines import Databases
from tests.funds.recording.two_sides import MANAGER, ONE, TWO, two_sides


@pytest.fixture
def city(databases: Databases) -> Iterator[Book]:
    """The two sides, on each engine in turn."""
    with prepared_book(databases, "two sides", two_sides) as book:
        yield book


def party_id(book: Book, code: str) -> int:
    """The id behind a code."""
    return int(rows_of(book, Party, code=code)[0]["id"])


def correct(book: Book, by: str, model: type[Replaceable], row: dict[str, Any], **values: object) -> None:
    """Put a row right as somebody."""
    with book.change(by, "correct", "correct") as change:
        correct_rows(change, [Correction(model, row["id"], values)])


def test_anybody_who_records_business_brings_in_a_round(city: Book) -> None:
    for login in (ONE, MANAGER):
        new = [round_(f"NEW-{login}", "C2", 100), round_investor(f"NEW-{login}", "LP3", 100)]
        assert record(city, *new, person=login)["roundinvestor"].new == 1


@pytest.mark.parametrize(
    "drafts",
    [
        [round_investor("R2", "LP2", 1)],
        [ownership("LP2", "LP9", 5)],
        [ownership("FREE", "LP3", 5)],
        [company_figure("C2", "就业")],
        [round_investor("R2", "F1", 50), investment("F1", "C2", 50, round="R2")],
    ],
)
def test_what_concerns_other_funds_is_not_added_to(city: Book, drafts: list[Draft]) -> None:
    before = city.head()
    with pytest.raises(NotAllowed) as refused:
        record(city, *drafts, person=MANAGER)
    assert refused.value.code == "permission.refused_shared"
    assert "F2" not in str(refused.value.params)
    assert city.head() == before


def test_the_official_of_all_its_funds_adds_to_a_round(city: Book) -> None:
    with city.change(ONE, "more investors", dry_run=True) as change:
        record_in(change, round_investor("R1", "LP3", 5))
    record(city, ownership("FREE", "LP2", 5), person=ONE)
    record(city, ownership("FREE", "LP3", 5), person=ONE)  # a fund of both parks is each one's
    with pytest.raises(NotAllowed):
        record(city, round_investor("R1", "LP2", 6), person=TWO)


def test_what_says_the_same_is_no_change(city: Book) -> None:
    again = record(city, round_("R2", "C2", 400), round_investor("R2", "F2", 400), person=MANAGER)
    assert (again["round"].same, again["roundinvestor"].same) == (1, 1)


def test_a_fund_joins_a_round_of_others_only_by_its_list(city: Book) -> None:
    joining = investment("F1", "C2", 50, round="R2")
    with pytest.raises(NotAllowed) as refused:
        record(city, joining, person=MANAGER)
    assert refused.value.code == "permission.refused_round"
    whole = [round_("R2", "C2", 400), round_investor("R2", "F1", 50), joining]
    with pytest.raises(RulesBroken):  # the list says what the total is; who answers for all corrects both
        record(city, *whole)
    record(city, joining)
    with pytest.raises(NotAllowed):  # R2 is now of both sides, and of neither alone
        correct(city, TWO, RoundFact, rows_of(city, RoundFact)[1], name="B轮")
    assert record(city, investment("F1", "C2", 7, "2022-01-01", round="R2"), person=MANAGER)


def test_evidence_of_anybody_may_be_brought_and_waits(city: Book) -> None:
    record(city, nature("LP9", on="2024-01-01"), person=MANAGER)
    (row,) = rows_of(city, PartyNature, party_id=party_id(city, "LP9"))
    assert row["confirmed_by_id"] is None
    with pytest.raises(NotAllowed):  # once there, it is a matter of the fund that LP9 is bound to
        correct(city, MANAGER, PartyNature, row, evidence="改")
    correct(city, TWO, PartyNature, row, evidence="改")


def test_figures_of_a_firm_are_for_its_funds_and_its_park(city: Book) -> None:
    record(city, company_figure("C1", "就业"), person=MANAGER)  # C1 is held by F1
    record(city, company_figure("C2", "就业"), person=TWO)  # C2 lies in P2
    record(city, company_figure("C3", "就业"), person=TWO)  # C3 is held by a fund of both
    record(city, company("C9"), company_figure("C9"), person=MANAGER)  # nobody's yet


def test_a_figure_of_a_firm_that_only_its_park_knows_is_the_parks(city: Book) -> None:
    record(city, company("C8", park="P2"), company_figure("C8"))
    row = rows_of(city, CompanyFigure)[-1]
    with pytest.raises(NotAllowed):
        correct(city, ONE, CompanyFigure, row, source="改")
    correct(city, TWO, CompanyFigure, row, source="改")


def test_what_concerns_nobody_is_put_right_by_who_brought_it(city: Book) -> None:
    record(city, party("NEW"), ownership("OWNER", "NEW", 10), person=MANAGER)
    row = rows_of(city, PartyOwnership, owned_id=party_id(city, "NEW"))[0]
    with pytest.raises(NotAllowed):
        correct(city, TWO, PartyOwnership, row, evidence="改")
    correct(city, MANAGER, PartyOwnership, row, evidence="改", to_date=day("2030-01-01"))


def test_a_round_is_corrected_by_who_answers_for_all_of_it(city: Book) -> None:
    fact, line = rows_of(city, RoundFact)[0], rows_of(city, RoundInvestor)[0]
    for model, row in ((RoundFact, fact), (RoundInvestor, line)):
        with pytest.raises(NotAllowed):
            correct(city, TWO, model, row, **_other(model))
    correct(city, MANAGER, RoundFact, fact, name="B轮")
    correct(city, "local", RoundFact, rows_of(city, RoundFact, name="B轮")[0], name="C轮")


def _other(model: type[Replaceable]) -> dict[str, object]:
    return {"name": "X轮"} if model is RoundFact else {"amount_fen": 1}
