"""Checks of codes, dates, shares, tags, natures and values; each yields what is wrong in words."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from funds.drafts import (
    BalanceDraft,
    CallNoticeDraft,
    CompanyDraft,
    CompanyTagDraft,
    ContributionDraft,
    ExitDraft,
    FundParkDraft,
    InvestmentDraft,
    MarkDraft,
    MovementDraft,
    NavDraft,
    OwnershipDraft,
    ParkDraft,
    PartyDraft,
    RoundDraft,
    RoundInvestorDraft,
    SegmentDraft,
)
from funds.kinds import BalanceItem, ParkRelation
from funds.policy import load_industries
from tests.dashboard.sample.city_drafts import CityDrafts

WHOLE = 1_000_000
LAST_DAY = date(2026, 9, 30)
AHEAD = {"invest_end", "exit_end", "extension_end", "to_date", "due_on"}
TAKEN_OFF = {BalanceItem.ACCRUED_MANAGEMENT_FEE, BalanceItem.ACCRUED_CARRY, BalanceItem.OTHER_PAYABLE}
UNTIED = {("F08", date(2025, 12, 31))}
"""Seeded: a reported value that does not tie."""
PARTY_FIELDS = ("investor", "transferee", "manager", "custodian", "party", "owned", "fund", "company")


def check_codes(city: CityDrafts) -> Iterator[str]:
    """One space of codes; everything that is referred to is there; business numbers never repeat."""
    codes = Counter(
        [row.code for row in city.all(PartyDraft)]
        + [row.code for row in city.all(CompanyDraft)]
        + [*city.funds]
    )
    yield from (f"code {code} twice" for code, count in codes.items() if count > 1)
    known = {
        **{name: set(codes) for name in PARTY_FIELDS},
        "round": {row.code for row in city.all(RoundDraft)},
        "park": {row.code for row in city.all(ParkDraft)},
        "industry": {row.code for row in load_industries()},
        "notice_no": {row.notice_no for row in city.all(CallNoticeDraft)},
    }
    for kind, rows in city.by_kind.items():
        for name in known.keys() & {item.name for item in fields(kind)}:
            strange = {getattr(row, name) for row in rows} - known[name] - {None}
            yield from (f"{kind.__name__}: no {name} {code}" for code in strange)
    yield from (f"owner {row.owner}" for row in city.all(OwnershipDraft) if row.owner not in codes)
    segments = {(row.industry, row.code) for row in city.all(SegmentDraft)}
    for tag in city.all(CompanyTagDraft):
        if (tag.industry, tag.segment) not in segments:
            yield f"tag of {tag.company}: no segment"
    yield from _repeated_numbers(city)


def _repeated_numbers(city: CityDrafts) -> Iterator[str]:
    numbers = Counter(
        row.business_no
        for rows in city.by_kind.values()
        for row in rows
        if isinstance(row, MovementDraft) and row.business_no
    )
    yield from (f"number {number} twice" for number, count in numbers.items() if count > 1)


def check_days(city: CityDrafts) -> Iterator[str]:
    """Nothing lies ahead, nothing happens to a fund before it is set up, no deal comes after its time."""
    for rows in city.by_kind.values():
        for row in rows:
            fund = city.funds.get(getattr(row, "fund", ""))
            for item in fields(row):
                day = getattr(row, item.name)
                if not isinstance(day, date) or item.name in AHEAD:
                    continue
                if day > LAST_DAY:
                    yield f"{type(row).__name__}: {item.name} {day} lies ahead"
                if fund is not None and day < fund.established:
                    yield f"{type(row).__name__} of {fund.code}: {item.name} {day} too early"
    for deal in city.all(InvestmentDraft):
        end = city.funds[deal.fund].invest_end
        if end is not None and deal.paid_on > end:
            yield f"deal of {deal.fund} on {deal.paid_on}: too late"
        if deal.decided_on is None or deal.decided_on > deal.paid_on:
            yield f"deal of {deal.fund} on {deal.paid_on}: decided after"


def check_shares(city: CityDrafts) -> Iterator[str]:
    """设立 shares, tag weights and owners' parts add up to a whole (owners: at most)."""
    parks: Counter[str] = Counter()
    for row in city.all(FundParkDraft):
        if row.relation is ParkRelation.ESTABLISHED:
            parks[row.fund] += row.share_ppm
    yield from (f"parks of {fund}: {parks[fund]}" for fund in city.funds if parks[fund] != WHOLE)
    weights: Counter[str] = Counter()
    mains: Counter[str] = Counter()
    for tag in city.all(CompanyTagDraft):
        weights[tag.company] += tag.weight_ppm
        mains[tag.company] += tag.is_primary
    for firm in city.all(CompanyDraft):
        if (weights[firm.code], mains[firm.code]) != (WHOLE, 1):
            yield f"tags of {firm.code}: {weights[firm.code]}"
    owners: Counter[str] = Counter()
    for edge in city.all(OwnershipDraft):
        owners[edge.owned] += edge.share_ppm
    yield from (f"owners of {party}" for party, parts in owners.items() if parts > WHOLE)
    doubles = Counter((row.round, row.investor, row.share_origin) for row in city.all(RoundInvestorDraft))
    yield from (f"round investor {key} twice" for key, count in doubles.items() if count > 1)


def check_values(city: CityDrafts) -> Iterator[str]:
    """Every reported value is what marks, stakes, cash and balances say; accounts add up to it."""
    reported = {(r.fund, r.valued_on): r.nav_fen for r in city.all(NavDraft) if r.investor is None}
    accounts: dict[tuple[str, date], dict[str, int]] = defaultdict(dict)
    for row in city.all(NavDraft):
        if row.investor is not None:
            accounts[row.fund, row.valued_on][row.investor] = row.nav_fen
    for (fund, day), nav in reported.items():
        if (fund, day) in accounts and sum(accounts[fund, day].values()) != nav:
            yield f"accounts of {fund} on {day}"
        derived = city.cash_on(fund, day) + _held(city, fund, day) + _filed(city, fund, day)
        for child in city.funds:
            if (child, day) in reported and any(
                row.investor == fund for row in city.of(ContributionDraft, child)
            ):
                whole = reported[child, day]
                derived += accounts.get((child, day), {}).get(fund, _stake(city, child, fund, day, whole))
        if (derived != nav) != ((fund, day) in UNTIED):
            yield f"value of {fund} on {day}: {nav} {derived}"


def _held(city: CityDrafts, fund: str, day: date) -> int:
    """Marks of the day, or the last one of a holding that was not marked since and is still there."""
    gone = {
        row.company
        for row in city.of(ExitDraft, fund)
        if row.transferred_ppm == WHOLE and row.exited_on <= day
    }
    last: dict[str, tuple[date, int]] = {}
    for mark in city.of(MarkDraft, fund):
        if mark.valued_on <= day and mark.company not in gone:
            last[mark.company] = max(
                last.get(mark.company, (date.min, 0)), (mark.valued_on, mark.fair_value_fen)
            )
    return sum(value for _, value in last.values())


def _filed(city: CityDrafts, fund: str, day: date) -> int:
    last: dict[BalanceItem, tuple[date, int]] = {}
    for row in city.of(BalanceDraft, fund):
        if row.filed_on <= day:
            last[row.item] = max(last.get(row.item, (date.min, 0)), (row.filed_on, row.amount_fen))
    less = sum(last[item][1] for item in TAKEN_OFF if item in last)
    return last.get(BalanceItem.OTHER_RECEIVABLE, (day, 0))[1] - less


def _stake(city: CityDrafts, child: str, mother: str, day: date, nav: int) -> int:
    """A mother's part of a child by what was paid in, to the nearest fen."""
    paid = [row for row in city.of(ContributionDraft, child) if row.received_on <= day]
    own = sum(row.amount_fen for row in paid if row.investor == mother)
    total = sum(row.amount_fen for row in paid)
    return (2 * nav * own + total) // (2 * total)
