"""A park that asks for everything before and after another park's deal cannot work out that deal.

The official of P1 holds a firm together with a fund of P2. Whatever P2 does — a deal, a round, a mark, money
paid in — every answer that P1's official can get stays the same to the byte, but for the spread of the other
parks; and that stays the same when the deal is somewhat larger or smaller.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.auth.passwords import add_person_secret
from dashboard.readings.industries.alignment import AlignmentView, TagMode
from dashboard.readings.industries.comparison import FEWEST_OTHERS, QUANTILES, read_quantiles
from dashboard.reports.question import ANSWERS, SCOPES, Question, answer
from funds.book import Book, found_book
from funds.drafts import Draft
from funds.kinds import BookKind, Role, ScopeKind
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import company_scope, fund_scope, industry_scope, park_scope
from migrations import upgrade
from tests.builders import (
    commitment,
    contribution,
    distribution,
    exit_,
    investment,
    mark,
    membership,
    nav,
    person,
    record,
    record_in,
    reported_figure,
    round_,
    round_investor,
)
from tests.dashboard.serving import PASSWORD, Clock, serve
from tests.engines import SqliteDatabases
from tests.matrix.asking import Desk
from tests.matrix.cells import REGISTER, holds, list_places
from tests.matrix.city import MOTHER, OTHER_FUND, OWN_FUND, OWN_PARK, SHARED_FUND, city_drafts
from tests.matrix.identities import Identity

OFFICIAL = Identity("official", Role.PARK_OFFICIAL, ScopeKind.PARK)
DAYS = (date(2022, 12, 31), date(2024, 12, 31), date(2026, 6, 30))
# The moment at which a workbook was written, to the second.
WRITTEN_AT = re.compile(r"<dcterms:.*?</dcterms:\w+>")
# A sample is offered another seed each time.
SEED = re.compile(r'"id": "audit-seed".*?"value": "[0-9a-f]*"')
HASH = re.compile(r"[0-9a-f]{8,}")
# The digits of the amounts in the deals below.
AMOUNTS = ("123", "1,23", "777", "7,77", "654", "6,54")
# The reports that ask how tags count.
BY_MODE = frozenset({"park", "alignment"})
SCOPES_OF_ONES_OWN = (
    park_scope(OWN_PARK),
    fund_scope(OWN_FUND),
    fund_scope(SHARED_FUND),
    fund_scope(OWN_FUND, SHARED_FUND),
    company_scope("C1"),
    industry_scope("IC"),
)
# What somebody beside the other park does; C1 is the firm that both hold.
DEALS: Mapping[str, Sequence[Draft]] = {
    "a deal in a firm of one's own": [investment(OTHER_FUND, "C2", 123, "2024-05-05")],
    "a deal in a firm that both hold": [investment(OTHER_FUND, "C1", 123, "2024-05-05")],
    "a round of a firm that both hold": [
        round_("R9", "C1", 777, "2024-05-05"),
        round_investor("R9", OTHER_FUND, 123),
        round_investor("R9", "LP9", 654),
        investment(OTHER_FUND, "C1", 123, "2024-05-05", round="R9"),
    ],
    "a mark": [investment(OTHER_FUND, "C1", 100, "2021-06-30"), mark(OTHER_FUND, "C1", 123)],
    "money paid in": [contribution(OTHER_FUND, "LP9", 123, "2024-05-05")],
    "money from the mother": [
        commitment(OTHER_FUND, MOTHER, 500),
        contribution(OTHER_FUND, MOTHER, 123, "2024-05-05"),
    ],
    "money given back": [distribution(OTHER_FUND, "LP9", 123, "2024-05-05")],
    "a sale": [exit_(OTHER_FUND, "C2", 123, "2024-05-05", cost_out_fen=50_000_000)],
    "a net asset value": [nav(OTHER_FUND, 1_234, "2025-06-30")],
}
# What the small run tries: the rest differs from these by the kind of row only.
FEW = (
    "a deal in a firm that both hold",
    "a round of a firm that both hold",
    "a mark",
    "money from the mother",
)


@dataclass(frozen=True)
class Seen:
    """Everything that somebody can ask for, by how it was asked: what must stay, and the spread of the others."""

    answers: Mapping[str, str]
    spread: Mapping[str, tuple[Mapping[str, Any], ...]]


def build_before(url: str) -> None:
    """The matrix's city with one official; LP9's and LP2's money is what it was."""
    book = Book(url, clock=Clock())
    upgrade(book.engine)
    found_book(book, BookKind.OWN, "示例市")
    with book.change("local", "first") as change:
        record_in(change, *city_drafts())
    with book.change("local", "people", action="people") as change:
        record_in(
            change,
            person(OFFICIAL.login),
            membership(OFFICIAL.login, Role.PARK_OFFICIAL, ScopeKind.PARK, OWN_PARK),
        )
    add_person_secret(book, OFFICIAL.login, PASSWORD)
    book.close()


@contextmanager
def book_after(databases: SqliteDatabases, drafts: Sequence[Draft]) -> Iterator[Book]:
    """The city after one more change."""
    book = Book(databases.copy_of("before", build_before), clock=Clock())
    record(book, *drafts)
    yield book
    book.close()


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    return SqliteDatabases(tmp_path_factory.mktemp("differencing"))


@pytest.fixture(scope="module")
def before(databases: SqliteDatabases) -> Seen:
    """What is seen when somebody else's change has nothing to do with any fund."""
    with book_after(databases, [reported_figure()]) as book:
        return look_at_all(book)


def look_at_all(book: Book) -> Seen:
    """Every report of one's own scopes, on many days, in every mode."""
    answers: dict[str, str] = {}
    spread: dict[str, tuple[Mapping[str, Any], ...]] = {}
    for day in DAYS:
        for mode in TagMode:
            for scope in SCOPES_OF_ONES_OWN:
                for report in ANSWERS:
                    if scope.name not in SCOPES.get(report, {scope.name}):
                        continue
                    if mode is not TagMode.PRIMARY and report not in BY_MODE:
                        continue
                    # Every report of alignment is asked looked through and of a chosen period as well.
                    asked = Question(report, day, scope, mode=mode, look_through=report in BY_MODE)
                    asked = replace(asked, since=DAYS[0] if report in BY_MODE else None)
                    reading = answer(book, OFFICIAL.login, asked)
                    rows = [row for row in reading.rows if row.get("table") != QUANTILES]
                    told = repr((reading.figures, rows))
                    answers[f"{report} {scope.label} {day} {mode}"] = told
            spread[f"{day} {mode}"] = look_at_spread(book, day, mode)
    return Seen(answers, spread)


def look_at_spread(book: Book, day: date, mode: TagMode) -> tuple[Mapping[str, Any], ...]:
    """How the other parks are spread, as one's own park's page tells it."""
    park = slice_ledger(book, OFFICIAL.login, park_scope(OWN_PARK), day)
    return read_quantiles(park, AlignmentView(mode, look_through=True)).rows


@pytest.mark.parametrize(
    "deal", [pytest.param(deal, marks=() if deal in FEW else pytest.mark.full) for deal in DEALS]
)
def test_no_answer_changes_with_another_parks_deal(
    databases: SqliteDatabases, before: Seen, deal: str
) -> None:
    with book_after(databases, DEALS[deal]) as book:
        after = look_at_all(book)
    assert [name for name, told in before.answers.items() if after.answers[name] != told] == []


def test_the_comparison_would_notice_a_deal_of_ones_own(databases: SqliteDatabases, before: Seen) -> None:
    with book_after(databases, [investment(OWN_FUND, "C1", 123, "2024-05-05")]) as book:
        after = look_at_all(book)
    assert [name for name, told in before.answers.items() if after.answers[name] != told] != []


def test_a_spread_is_told_of_enough_parks_only_and_to_the_percent(before: Seen) -> None:
    told = 0
    for rows in before.spread.values():
        for row in rows:
            assert row.keys() <= {"table", "code", "basis", "n", "p25", "median", "p75", "reason"}
            values = [row[part] for part in ("p25", "median", "p75")]
            assert all(value is None for value in values) or row["n"] >= FEWEST_OTHERS
            known = [value for value in values if value is not None]
            assert all(len(value) <= len("0.12") for value in known)
            told += len(known)
    assert told > 0


@pytest.mark.parametrize("park", ["P2", "P3"])
def test_the_spread_is_the_same_for_a_range_of_amounts(databases: SqliteDatabases, park: str) -> None:
    """A deal outside the leading industry that is a hundredth more or less cannot be told from the spread."""
    fund = OTHER_FUND if park == "P2" else f"G{park}"
    seen = []
    for amount in ("40", "40.01", "40.2"):
        with book_after(databases, [investment(fund, "C3", amount, "2022-01-31")]) as book:
            seen.append([look_at_spread(book, day, mode) for day in DAYS for mode in TagMode])
    assert seen[0] == seen[1]
    assert seen[0] == seen[2]


@pytest.fixture(scope="module")
def pages_before(databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return visit_all(databases, [reported_figure()], tmp_path_factory.mktemp("before"))


@pytest.mark.full
@pytest.mark.parametrize("deal", ["a round of a firm that both hold", "a sale"])
def test_no_page_and_no_file_changes_with_another_parks_deal(
    databases: SqliteDatabases, pages_before: Mapping[str, str], tmp_path: Path, deal: str
) -> None:
    after = visit_all(databases, DEALS[deal], tmp_path)
    changed = {name for name, told in pages_before.items() if after[name] != told}
    assert {name for name in changed if not name.startswith(REGISTER)} == set()
    said = [
        (HASH.sub("", seen[name]).count(part))
        for seen in (pages_before, after)
        for name in changed
        for part in AMOUNTS
    ]
    assert said[: len(said) // 2] == said[len(said) // 2 :], (
        "the trail tells how many rows, never what is in them"
    )


def visit_all(databases: SqliteDatabases, drafts: Sequence[Draft], folder: Path) -> Mapping[str, str]:
    """What the official reads on every page of their own and in every file.

    The spread is among it: these deals leave its quartiles where they were.
    """
    url = databases.copy_of("before", build_before)
    book = Book(url, clock=Clock())
    record(book, *drafts)
    book.close()
    served = serve(url, folder)
    desk = Desk(served)
    desk.admit(OFFICIAL)
    seen: dict[str, str] = {}
    for place in list_places(served.book):
        if holds(OFFICIAL, place.page.needs) and place.rule(OFFICIAL) and place.path != "/account":
            seen[place.path] = SEED.sub("", desk.page(OFFICIAL, place.path).text)
            for table in place.page.tables:
                file = desk.export(OFFICIAL, place.path, table).text
                seen[f"{place.path} {table}"] = WRITTEN_AT.sub("", file)
            for paper in place.page.papers:
                seen[f"{place.path} {paper}"] = desk.paper(OFFICIAL, place.path, paper, "pdf").text
    served.book.close()
    return seen
