"""A small city with a chain, a gap in it, and firms of the register that could fill it, each for a reason of its own.

P1 leads in IC, whose segments S1 → S2 → S3 run downstream; F1, which P1 set up, holds C1 in S1. S2 and S3 are
gaps. F2 is P2's; it holds D9, which would fit S2. Six more parks lead in IC and hold nothing of interest.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from funds.book import Book
from funds.drafts import Draft
from funds.kinds import Confirmation, Role, ScopeKind, SegmentPosition
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import Scope
from tests.builders import (
    commitment,
    company,
    contribution,
    crosswalk,
    fund,
    fund_park,
    industry,
    investment,
    membership,
    national_industry,
    park,
    park_industry,
    party,
    person,
    policy,
    prepared_book,
    segment,
    segment_edge,
    tag,
)
from tests.engines import SqliteDatabases

AS_OF = date(2025, 12, 31)
OFFICIAL = "official"
OTHERS = tuple(f"P{number}" for number in range(3, 9))


@contextmanager
def chain_book(sqlite: SqliteDatabases) -> Iterator[Book]:
    """The city with an official of P1, and one of P9, which has no fund yet."""
    with prepared_book(sqlite, "chains", told_city) as book:
        yield book


def slice_of(book: Book, scope: Scope, person: str = "local") -> LedgerSlice:
    """A slice of it at the end of 2025."""
    return slice_ledger(book, person, scope, AS_OF)


def told_city() -> list[Draft]:
    """Every draft."""
    return [*_chain(), *_register(), *_people(), *_parks(), *_holdings()]


def _chain() -> list[Draft]:
    up, middle, down = SegmentPosition
    return [
        industry("IC", "集成电路", aliases="芯片"),
        industry("BIO"),
        *(
            national_industry(code, name=name)
            for code, name in (("39", "电子设备"), ("397", "电子器件"), ("3973", "集成电路制造"))
        ),
        segment("IC", "S1", name="材料", position=up),
        segment("IC", "S2", name="设计", position=middle),
        segment("IC", "S2A", name="模拟设计", position=middle, parent="S2"),
        segment("IC", "S3", name="制造", position=down),
        segment("BIO", "T1", name="试剂", position=up),
        segment_edge("IC", "S1", "S2"),
        segment_edge("IC", "S2", "S3"),
        segment_edge("BIO", "T1", "S1", target_industry="IC"),
        crosswalk("IC", "397", is_partial=True),
        crosswalk("IC", "65", confirmation=Confirmation.CONFIRMED),
        crosswalk("IC", "3973", segment="S3", is_partial=True),
    ]


def _register() -> list[Draft]:
    """D1 fits S2 by its tag, D2 by the tag of a part of it, D3 fits S3 by its code, D4 anything of IC by its tag."""
    return [
        company("C1", park="P1"),
        company("D1", park="P2"),
        company("D2", park="P1"),
        company("D3", park="P2", national_code="3973", size_tags="链主企业"),
        company("D4"),
        company("D5", national_code="6510"),
        company("D6", national_code="3971"),
        company("D9", park="P2"),
        tag("C1", "IC", segment="S1"),
        tag("D1", "IC", segment="S2"),
        tag("D2", "IC", segment="S2A"),
        tag("D4", "IC"),
        tag("D9", "IC", segment="S2"),
    ]


def _people() -> list[Draft]:
    return [
        person(OFFICIAL),
        person("newcomer"),
        membership(OFFICIAL, Role.PARK_OFFICIAL, ScopeKind.PARK, "P1"),
        membership("newcomer", Role.PARK_OFFICIAL, ScopeKind.PARK, "P9"),
    ]


def _parks() -> list[Draft]:
    return [
        policy("AL04.weight", "2020-01-01", value_e6=500_000),
        *(park(code) for code in ("P1", "P2", *OTHERS, "P9")),
        *(park_industry(code, "IC") for code in ("P1", "P2", *OTHERS)),
    ]


def _holdings() -> list[Draft]:
    """Each of the other parks put half of its money into IC."""
    drafts: list[Draft] = [party("LP"), company("E1"), company("E2"), tag("E1", "IC"), tag("E2", "BIO")]
    for code, parks in (("F1", "P1"), ("F2", "P2"), *((f"G{one}", one) for one in OTHERS)):
        drafts += [
            fund(code, fields=("IC",)),
            fund_park(code, parks),
            commitment(code, "LP", 500),
            contribution(code, "LP", 500),
        ]
    return [
        *drafts,
        investment("F1", "C1", 100),
        investment("F2", "D9", 100),
        *(investment(f"G{one}", firm, 100) for one in OTHERS for firm in ("E1", "E2")),
    ]
