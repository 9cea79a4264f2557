"""What a deal would do is what it does: the figures supposed are the figures once the same drafts are recorded."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date, timedelta
from random import Random

import pytest

from dashboard.readings.answers import Figure
from dashboard.readings.industries.alignment import read_alignment
from dashboard.readings.money.leverage_whole import read_leverage_figures, read_whole_leverage
from dashboard.readings.returns.performance import read_performance
from dashboard.readings.what_if import DRY_POWDER, FIRM, LARGEST, UNFUNDED, measure_deals, read_what_if
from funds.book import Book
from funds.drafts import Draft, PartyDraft, ProjectStageDraft
from funds.errors import NotFound
from funds.kinds import CommitmentChange, Nature, ProjectState, Role, ScopeKind, ShareOrigin
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, Scope, fund_scope, park_scope
from funds.queries.what_if import in_order, suppose
from tests.builders import (
    commitment,
    company,
    contribution,
    day,
    fund,
    fund_park,
    investment,
    local_investment,
    membership,
    nature,
    party,
    person,
    policy,
    prepared_book,
    record,
    round_,
    round_investor,
    tag,
    wan,
    whole_city,
)
from tests.engines import Databases, SqliteDatabases

AS_OF = date(2026, 1, 15)
SCOPES = (CITY, fund_scope("F1"), fund_scope("M"), park_scope("P1"))
FIRMS = ("C1", "C2", "C3")


def build_city() -> list[Draft]:
    return [
        *whole_city(),
        tag("C3", "IC"),
        fund("F2", manager="GP"),
        fund_park("F2", "P2"),
        commitment("F2", "M", 3_000),
        contribution("F2", "M", 2_500, "2020-05-01"),
        contribution("F1", "LP1", 300, "2023-01-10"),
        party("LP3", "民营乙公司"),
        nature("LP3", Nature.SOCIAL, sub_type="民营企业"),
        policy("LV10.later_round_months", value_e6=36_000_000, name="后续轮次月数"),
    ]


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "what-if", build_city) as made:
        yield made
    sqlite.drop_made()


@pytest.fixture
def either(databases: Databases) -> Iterator[Book]:
    """The same on each engine in turn."""
    with prepared_book(databases, "what-if", build_city) as made:
        yield made


def part(book: Book, scope: Scope = CITY, as_of: date = AS_OF) -> LedgerSlice:
    return slice_ledger(book, "local", scope, as_of)


def say(figure: Figure) -> tuple[object, ...]:
    """A figure without the rows behind it, which a supposed one does not have yet."""
    apart = {"entries", "definition_version"}
    return tuple(getattr(figure, one.name) for one in fields(Figure) if one.name not in apart)


def measure(one: LedgerSlice, scopes: tuple[Scope, ...] = SCOPES) -> dict[str, list[tuple[object, ...]]]:
    """Every figure of the readings that money moves, by scope; and the rows of the rounds."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for scope in scopes:
        cut = one.narrow(scope)
        figures = [*read_leverage_figures(cut).figures, *read_alignment(cut, look_through=True).figures]
        figures += read_performance(cut).figures
        if scope.name == "fund":
            figures += measure_deals(cut, "C1")
        rows = [
            tuple(sorted(row.items(), key=str)) for row in read_whole_leverage(cut).table("project_round")
        ]
        found[scope.label] = [*map(say, figures), *rows]
    return found


def make_deal(chance: Random, number: int) -> list[Draft]:
    """A round with other investors and a fund's part, at times of a new firm, an old round, or outside any."""
    on = date(2024, 1, 1) + timedelta(days=chance.randrange(700))
    payer = chance.choice(("F1", "F2"))
    firm = f"N{number}" if chance.random() < 0.5 else chance.choice(FIRMS)
    drafts: list[Draft] = []
    if firm.startswith("N"):
        drafts.append(company(firm, park=chance.choice(("P1", "P2", None))))
        drafts.append(tag(firm, chance.choice(("IC", "BIO")), on="2022-01-01"))
    own, other, old = chance.randrange(1, 60), chance.randrange(1, 500), chance.choice((0, 0, 40))
    pay = {"decided_on": on - timedelta(days=chance.randrange(40))} if chance.random() < 0.7 else {}
    if chance.random() < 0.2:
        return [*drafts, investment(payer, firm, own, on.isoformat(), **pay)]
    code = f"Q{number}"
    parties = [PartyDraft(code=f"X{number}", name=f"新投资方{number}")]
    who = chance.choice(("LP2", "LP3", f"X{number}"))
    listed = [round_investor(code, payer, own), round_investor(code, who, other)]
    listed += [round_investor(code, "LP2", old, ShareOrigin.SECONDARY)] if old else []
    more = {"secondary_fen": wan(old)} if old else {}
    total = own + other + old
    drafts += [*parties, round_(code, firm, total, on.isoformat(), name=f"{number}轮", **more), *listed]
    half = own // 2
    if half and chance.random() < 0.3:  # one deal in two payments
        first = investment(payer, firm, half, on.isoformat(), round=code, **pay)
        return [*drafts, first, investment(payer, firm, own - half, "2025-12-30", round=code)]
    return [*drafts, investment(payer, firm, own, on.isoformat(), round=code, **pay)]


def test_supposed_figures_are_the_figures_once_recorded(
    either: Book, counts: Callable[[int, int], int]
) -> None:
    for number in range(counts(3, 40)):
        drafts = make_deal(Random(number), number)
        supposed = measure(suppose(part(either), in_order(drafts)))
        record(either, *drafts)
        assert measure(part(either)) == supposed, number


def test_money_from_investors_and_recognised_local_investment_are_supposed_too(book: Book) -> None:
    drafts: list[Draft] = [
        commitment("F2", "LP3", 800, "2025-03-01"),
        commitment("F1", "LP2", 100, "2025-03-01", kind=CommitmentChange.DECREASE),
        commitment("F2", "M", 50, "2025-04-01", kind=CommitmentChange.TRANSFER, transferee="LP3"),
        contribution("F2", "LP3", 400, "2025-05-01"),
        contribution("F2", "M", 100, "2025-05-01"),
        local_investment("F2", "C1", 70, "2025-06-01"),
    ]
    before = measure(part(book))
    supposed = measure(suppose(part(book), in_order(drafts)))
    record(book, *drafts)
    assert measure(part(book)) == supposed != before


def test_what_has_not_happened_by_the_day_is_not_supposed(book: Book) -> None:
    early = date(2024, 6, 30)
    drafts: list[Draft] = [
        company("N1"),
        tag("N1", "IC", on="2025-01-01"),
        commitment("F2", "LP3", 800, "2025-03-01"),
        contribution("F2", "LP3", 400, "2025-05-01"),
        round_("Q1", "N1", 100, "2025-02-01"),
        round_investor("Q1", "F1", 100),
        investment("F1", "N1", 100, "2025-02-01", round="Q1"),
        local_investment("F2", "C1", 70, "2025-06-01"),
    ]
    then = suppose(part(book, as_of=early), in_order(drafts))
    assert measure(then) == measure(part(book, as_of=early))
    record(book, *drafts)
    assert measure(part(book, as_of=early)) == measure(then)


def test_a_payment_of_a_round_that_closes_later_is_supposed_by_itself(book: Book) -> None:
    early = date(2024, 6, 30)
    drafts = [
        round_("Q1", "C1", 100, "2025-02-01"),
        round_investor("Q1", "F1", 100),
        investment("F1", "C1", 100, "2024-06-01", round="Q1"),
    ]
    then = measure(suppose(part(book, as_of=early), drafts))
    record(book, *drafts)
    assert measure(part(book, as_of=early)) == then


def test_the_newest_tags_of_a_supposed_firm_hold_and_a_tagged_firm_keeps_its_own(book: Book) -> None:
    drafts: list[Draft] = [
        party("X1"),
        company("X1", "机构X1", park="P1"),
        tag("X1", "BIO", 100, "2024-01-01"),
        tag("X1", "IC", 60, "2025-01-01", is_primary=True, segment="IC-1"),
        tag("X1", "BIO", 40, "2025-01-01"),
        tag("X1", "BIO", 100, "2024-02-01"),
        investment("F1", "X1", 90, "2025-02-01"),
    ]
    supposed = suppose(part(book), drafts)
    recorded = [one for one in drafts if one != tag("X1", "BIO", 100, "2024-02-01")]
    record(book, *recorded)
    assert measure(part(book)) == measure(supposed)
    kept = suppose(part(book), [tag("C1", "BIO", on="2025-01-01")])
    assert kept.facts.tags == part(book).facts.tags


def test_what_the_book_holds_is_not_supposed_twice(book: Book) -> None:
    again = suppose(
        part(book),
        [
            party("LP2", "民营甲公司"),
            company("C1", park="P1"),
            round_("R1", "C3", 1),
            round_investor("R1", "F1", 9),
        ],
    )
    assert measure(again) == measure(part(book))


def test_nothing_is_written_and_the_slice_itself_stays(book: Book) -> None:
    head, whole = book.head(), part(book)
    before = measure(whole)
    suppose(whole, [investment("F1", "C1", 10, "2025-01-01")])
    assert measure(whole) == before
    assert book.head() == head


def test_what_stands_for_nothing_is_refused(book: Book) -> None:
    for drafts, code in (
        ([investment("F9", "C1", 1)], "code.unknown"),
        ([investment("F1", "C9", 1)], "company.unknown"),
        ([round_investor("R1", "LP9", 1)], "code.unknown"),
        ([contribution("F9", "LP2", 1)], "code.unknown"),
        ([company("N1", park="P9")], "park.unknown"),
        ([company("N1"), tag("N1", "NO")], "industry.unknown"),
    ):
        with pytest.raises(NotFound, match=code.replace(".", r"\.")):
            suppose(part(book), drafts)
    stage = ProjectStageDraft(
        fund="F1", company="C1", stage=ProjectState.DECIDED, reached_on=day("2021-01-01")
    )
    with pytest.raises(TypeError, match="ProjectStageDraft"):
        suppose(part(book), in_order([stage]))


def test_the_panel_tells_what_changes_and_what_does_not(book: Book) -> None:
    drafts = [
        company("N1", park="P1"),
        tag("N1", "BIO", on="2025-01-01"),
        investment("F1", "N1", 100, "2025-02-01"),
    ]
    found = read_what_if(part(book), drafts, "F1", "N1")
    moved = {(one.level, one.before.code, one.before.basis): one for one in found.moved}
    cash = moved["fund", DRY_POWDER, "paid_in"]
    assert (cash.before.value, cash.after.value) == (wan(1_988), wan(1_888))
    assert not moved["fund", UNFUNDED, "committed"].is_changed
    firm = moved["fund", FIRM, "committed"]
    assert (firm.before.numerator, firm.after.numerator) == (0, wan(100))
    assert moved["fund", LARGEST, "cost"].is_changed
    aligned = moved["park", "AL01", "cost"]
    assert aligned.is_changed
    assert aligned.place == "P1"
    assert {one.before.code for one in found.changed} >= {"PF16", "PF17", "AL01"}


def test_a_manager_sees_the_fund_and_not_its_park(book: Book) -> None:
    record(book, person("chen"), membership("chen", Role.FUND_MANAGER, ScopeKind.FUND, "F1"))
    own = slice_ledger(book, "chen", fund_scope("F1"), AS_OF)
    found = read_what_if(own, [investment("F1", "C1", 1, "2025-02-01")], "F1", "C1")
    assert {one.level for one in found.moved} == {"fund"}
