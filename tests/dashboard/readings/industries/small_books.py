"""Small made-up books as slices in memory: parks, a tree of industries, firms with tags, funds that hold funds."""

from collections.abc import Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Any

from hypothesis import strategies as st

from funds.kinds import EntryKind, IndustryCategory, SegmentPosition, VehicleType
from funds.permissions import Readable
from funds.queries.attribution import ALL, WHOLE
from funds.queries.columns import (
    ENTRY_KINDS,
    NOBODY,
    BalanceColumns,
    CommitmentColumns,
    DecisionColumns,
    EntryColumns,
    ExitColumns,
    HoldingColumns,
    IndexColumns,
    MarkColumns,
    NavColumns,
)
from funds.queries.facts import (
    CompanyFacts,
    Facts,
    FundFacts,
    IndustryFacts,
    LeadingIndustry,
    ParkFacts,
    PolicyFacts,
    SegmentFacts,
    Tag,
)
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.loading_columns import Ledger
from funds.queries.scopes import CITY

FIRST, LAST = date(2020, 1, 1), date(2025, 12, 31)
PARKS, FUNDS, FIRMS = (1, 2, 3), (1, 2, 3, 4), (1, 2, 3, 4, 5)
# An industry without a parent leads the tree; 4 lies below 1.
INDUSTRIES = {1: None, 2: None, 3: None, 4: 1}
OUTSIDER = 90
POSITIONS = (SegmentPosition.UPSTREAM, SegmentPosition.DOWNSTREAM, None)

days = st.integers(FIRST.toordinal(), LAST.toordinal()).map(date.fromordinal)
amounts = st.one_of(st.integers(1, 1_000), st.integers(1, 10**13))


@dataclass(frozen=True)
class Deal:
    """A fund's payment into a firm."""

    fund: int
    firm: int
    day: date
    decided: date
    amount: int


@dataclass(frozen=True)
class Stake:
    """What a fund paid into another."""

    mother: int
    child: int
    amount: int


@st.composite
def shares(draw: st.DrawFn) -> dict[int | None, int]:
    """Which parks own a fund; the rest is the city's."""
    cuts = sorted(draw(st.lists(st.integers(0, WHOLE), min_size=2, max_size=2)))
    parts = {1: cuts[0], 2: cuts[1] - cuts[0]}
    return {park: part for park, part in parts.items() if part}


@st.composite
def tags(draw: st.DrawFn) -> tuple[Tag, ...]:
    """None, one, or several tags that make up at most a whole."""
    industries = draw(st.lists(st.sampled_from(sorted(INDUSTRIES)), max_size=3, unique=True))
    found, left = [], WHOLE
    for number, industry in enumerate(industries):
        weight = draw(st.integers(0, left)) if number else draw(st.integers(1, left))
        left -= weight
        segment = draw(st.sampled_from([None, 1, 2, 3]))
        found.append(Tag(number + 1, industry, weight, number == 0, segment))
    return tuple(found)


@st.composite
def slices(draw: st.DrawFn) -> LedgerSlice:
    """The whole city of a small book on some day."""
    as_of = draw(days)
    deals = draw(
        st.lists(
            st.builds(Deal, st.sampled_from(FUNDS), st.sampled_from(FIRMS), days, days, amounts),
            min_size=1,
            max_size=9,
        )
    )
    stakes = draw(
        st.lists(
            st.builds(Stake, st.sampled_from(FUNDS), st.sampled_from(FUNDS), amounts).filter(
                lambda stake: stake.mother != stake.child
            ),
            max_size=5,
        )
    )
    outside = draw(st.lists(amounts, min_size=len(FUNDS), max_size=len(FUNDS)))
    facts = _facts(draw, as_of)
    ledger = _ledger(draw, [deal for deal in deals if deal.day <= as_of], stakes, outside)
    readable = Readable(is_city=True, park_ids=frozenset(), fund_ids=frozenset())
    return LedgerSlice(CITY, as_of, 1, facts, ledger, readable, dict.fromkeys(FUNDS, ALL))


def _fund(fund: int, owners: dict[int | None, int]) -> FundFacts:
    told: dict[str, Any] = dict.fromkeys(one.name for one in fields(FundFacts) if one.default is MISSING)
    known: dict[str, Any] = {"id": fund, "code": f"F{fund}", "name": f"基金{fund}", "party_id": fund}
    known |= {
        "vehicle_type": VehicleType.SUB_FUND,
        "established": FIRST,
        "fields": frozenset(),
        "shares": owners,
    }
    return FundFacts(**{**told, **known})


def _facts(draw: st.DrawFn, as_of: date) -> Facts:
    eras = draw(
        st.lists(st.tuples(st.sampled_from(PARKS), st.sampled_from(sorted(INDUSTRIES)), days), max_size=6)
    )
    return Facts(
        as_of=as_of,
        parties={},
        funds={fund: _fund(fund, draw(shares())) for fund in FUNDS},
        parks={park: ParkFacts(park, f"P{park}", f"园区{park}", None, None) for park in PARKS},
        industries={
            one: IndustryFacts(
                one, f"I{one}", f"产业{one}", parent, draw(st.sampled_from(list(IndustryCategory)))
            )
            for one, parent in INDUSTRIES.items()
        },
        leading=tuple(
            LeadingIndustry(number, park, industry, 1, day, None)
            for number, (park, industry, day) in enumerate(eras)
        ),
        natures={},
        companies={
            firm: CompanyFacts(
                firm,
                f"C{firm}",
                f"企业{firm}",
                50 + firm,
                draw(st.sampled_from([None, *PARKS])),
                None,
                None,
                (),
            )
            for firm in FIRMS
        },
        segments={
            number: SegmentFacts(number, f"S{number}", f"环节{number}", 1, position)
            for number, position in enumerate(POSITIONS, start=1)
        },
        tags={firm: draw(tags()) for firm in FIRMS},
        definitions={},
        policies={"AL04.weight": PolicyFacts(1, "权重", 500_000, None, "示例")},
        park_links=(),
        terms={},
        indexes={},
    )


def _ledger(
    draw: st.DrawFn, deals: Sequence[Deal], stakes: Sequence[Stake], outside: Sequence[int]
) -> Ledger:
    held = sorted({(deal.fund, deal.firm) for deal in deals})
    holding = {pair: number for number, pair in enumerate(held, start=1)}
    entries = [
        _line(
            number,
            deal.fund,
            EntryKind.INVESTMENT,
            -deal.amount,
            deal.day,
            holding[deal.fund, deal.firm],
            number,
        )
        for number, deal in enumerate(deals, start=1)
    ]
    paid = [*((fund, OUTSIDER, amount) for fund, amount in zip(FUNDS, outside, strict=True))]
    paid += [(stake.child, stake.mother, stake.amount) for stake in stakes]
    entries += [
        _line(100 + number, fund, EntryKind.PAID_IN, amount, FIRST, NOBODY, NOBODY, party)
        for number, (fund, party, amount) in enumerate(paid)
    ]
    marked = [number for number in holding.values() if draw(st.booleans())]
    return Ledger(
        commitments=CommitmentColumns.of(
            [(n, fund, OUTSIDER, 10**9, 1) for n, fund in enumerate(FUNDS, start=1)]
        ),
        entries=EntryColumns.of(entries),
        holdings=HoldingColumns.of([(number, *pair) for pair, number in holding.items()]),
        decisions=DecisionColumns.of(
            [
                (
                    number,
                    number,
                    holding[deal.fund, deal.firm],
                    deal.decided.toordinal(),
                    deal.day.toordinal(),
                    None,
                )
                for number, deal in enumerate(deals, start=1)
            ]
        ),
        exits=ExitColumns.of([]),
        marks=MarkColumns.of([(n, n, LAST.toordinal(), draw(amounts)) for n in marked]),
        navs=NavColumns.of([]),
        balances=BalanceColumns.of([]),
        indexes=IndexColumns.of([]),
    )


def _line(
    row: int, fund: int, kind: EntryKind, amount: int, day: date, holding: int, deal: int, party: int = NOBODY
) -> tuple[object, ...]:
    return row, fund, ENTRY_KINDS[kind], amount, day.toordinal(), party, holding, deal, True, False, NOBODY
