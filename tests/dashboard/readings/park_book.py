"""A small city whose alignment can be worked out by hand: a park with every kind of project, and six others."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from zlib import crc32

from funds.book import Book
from funds.drafts import Draft
from funds.kinds import GovernmentLevel, Nature, ParkRelation, Role, ScopeKind, VehicleType
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, Scope, park_scope
from tests.builders import (
    commitment,
    company,
    contribution,
    day,
    exit_,
    fund,
    fund_park,
    industry,
    investment,
    membership,
    nature,
    park,
    park_industry,
    party,
    person,
    policy,
    prepared_book,
    segment,
    tag,
    wan,
)
from tests.engines import SqliteDatabases

AS_OF = date(2025, 12, 31)
OFFICIAL = "official"
# Of four equal projects of each of these parks' funds, so many are in the leading industry.
OTHERS = {"P3": 0, "P4": 1, "P5": 2, "P6": 3, "P7": 4}


@contextmanager
def park_book(sqlite: SqliteDatabases, more: tuple[Draft, ...] = ()) -> Iterator[Book]:
    """The city, with an official of P1."""
    with prepared_book(sqlite, f"parks-{crc32(repr(more).encode())}", lambda: [*told_city(), *more]) as book:
        yield book


def slice_of(book: Book, scope: Scope = CITY, as_of: date = AS_OF, person: str = "local") -> LedgerSlice:
    """A slice of it, of the whole city if nothing else is said."""
    return slice_ledger(book, person, scope, as_of)


def own_park(book: Book, as_of: date = AS_OF) -> LedgerSlice:
    """P1 as its official sees it."""
    return slice_of(book, park_scope("P1"), as_of, OFFICIAL)


def told_city() -> list[Draft]:
    """P1 leads in IC, since 2023 in BIO, until 2022-07 in EV; F1 is its own, F2 it shares with P2 (60 : 40).

    P1's cost on 2025-12-31, in 万元: C1 650 (IC), C2 500 (EV, which led), C3 300 (BIO, which leads since),
    C5 100 (no tag), and 60 % of F2's 200 in C4 (MAT 60 %, IC 40 %). This year it paid 50, 100 and 120.
    """
    return [
        *(industry(code) for code in ("IC", "BIO", "EV", "MAT")),
        segment("IC", "IC-1", name="设计"),
        *(park(f"P{number}") for number in range(1, 9)),
        park_industry("P1", "IC"),
        park_industry("P1", "BIO", 2, "2023-01-01"),
        park_industry("P1", "EV", 2, "2020-01-01", to_date=day("2022-07-01")),
        park_industry("P2", "MAT"),
        policy("AL04.weight", "2020-01-01", value_e6=500_000),
        *_people(),
        *_own_funds(),
        *_own_deals(),
        *(draft for code, leading in OTHERS.items() for draft in _other_park(code, leading)),
    ]


def _people() -> list[Draft]:
    return [
        party("CITY", "市财政"),
        party("FIRM", "民营甲"),
        nature("CITY", Nature.FISCAL, level=GovernmentLevel.MUNICIPAL),
        nature("FIRM", Nature.SOCIAL),
        person(OFFICIAL),
        membership(OFFICIAL, Role.PARK_OFFICIAL, ScopeKind.PARK, "P1"),
    ]


def _own_funds() -> list[Draft]:
    """F1 gets 1,500 from the mother, 300 from the city and 1,200 from a firm; F2 gets 1,000 from the firm."""
    return [
        fund("M", vehicle_type=VehicleType.CITY_MOTHER, level=GovernmentLevel.MUNICIPAL),
        fund("F1", fields=("IC",)),
        fund("F2", fields=("MAT",)),
        fund("F9", fields=("IC", "BIO")),
        fund_park("M", None),
        fund_park("F1", "P1"),
        fund_park("F2", "P1", 60),
        fund_park("F2", "P2", 40),
        fund_park("F9", None),
        fund_park("F9", "P1", relation=ParkRelation.LOCATED),
        commitment("M", "CITY", 5_000),
        contribution("M", "CITY", 5_000, "2020-02-01"),
        *(
            draft
            for code, giver, amount in (
                ("F1", "M", 1_500),
                ("F1", "CITY", 300),
                ("F1", "FIRM", 1_200),
                ("F2", "FIRM", 1_000),
                ("F9", "FIRM", 400),
            )
            for draft in (commitment(code, giver, amount), contribution(code, giver, amount))
        ),
    ]


def _own_deals() -> list[Draft]:
    return [
        company("C1", park="P1"),
        company("C2", park="P1"),
        company("C3", park="P2"),
        company("C4"),
        company("C5"),
        tag("C1", "IC", segment="IC-1"),
        tag("C2", "EV"),
        tag("C3", "BIO"),
        tag("C4", "MAT", 60),
        tag("C4", "IC", 40),
        investment("F1", "C1", 1_000, "2021-03-01"),
        investment("F1", "C1", 50, "2025-05-01"),
        investment("F1", "C2", 500, "2022-08-01", decided_on=day("2022-06-01")),
        investment("F1", "C3", 300, "2021-06-01"),
        investment("F1", "C5", 100, "2025-03-01"),
        investment("F2", "C4", 200, "2025-02-01"),
        exit_("F1", "C1", 600, "2024-06-30", cost_out_fen=wan(400)),
    ]


def _other_park(code: str, leading: int) -> list[Draft]:
    """A park that leads in IC, with a fund that put 100 into each of four firms in 2022."""
    own, firms = f"G{code}", [f"D{code}{number}" for number in range(4)]
    drafts: list[Draft] = [
        park_industry(code, "IC"),
        fund(own),
        fund_park(own, code),
        commitment(own, "FIRM", 500),
        contribution(own, "FIRM", 500),
    ]
    for number, firm in enumerate(firms):
        drafts += [
            company(firm),
            tag(firm, "IC" if number < leading else "MAT"),
            investment(own, firm, 100, "2022-03-01"),
        ]
    return drafts
