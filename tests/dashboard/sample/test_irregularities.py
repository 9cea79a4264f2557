"""Everything that is said to be wrong in the made-up city is wrong there, and the page tells of each."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from dashboard.sample import make_city
from dashboard.sample.irregularities import IRREGULARITIES, Irregularity
from funds.drafts import (
    CallNoticeDraft,
    ClaimDraft,
    CommitmentDraft,
    CompanyTagDraft,
    ContributionDraft,
    ExitDraft,
    FundParkDraft,
    InvestmentDraft,
    MarkDraft,
    NatureDraft,
    NavDraft,
    OwnershipDraft,
    ParkIndustryDraft,
)
from funds.kinds import CommitmentChange, Nature
from tests.dashboard.sample.city_drafts import CityDrafts, make_whole_city
from tests.dashboard.sample.fact_checks import UNTIED
from tests.house.tree import ROOT

PAGE = ROOT / "docs" / "sample-city.md"
LAST = date(2026, 9, 30)
Finder = Callable[[CityDrafts, Irregularity], bool]


def _delays(city: CityDrafts, fund: str, investor: str) -> list[int]:
    """Days from the due day to the last money of each call."""
    due = {row.notice_no: row.due_on for row in city.of(CallNoticeDraft, fund) if row.investor == investor}
    paid: dict[str, date] = {}
    for row in city.of(ContributionDraft, fund):
        if row.notice_no in due:
            paid[row.notice_no] = max(paid.get(row.notice_no, date.min), row.received_on)
    return [(paid[number] - due[number]).days for number in paid]


def _part_paid(city: CityDrafts, fund: str, investor: str) -> float:
    """What came of what was due half a year ago."""
    notices = [row for row in city.of(CallNoticeDraft, fund) if row.investor == investor]
    old = {row.notice_no: row.amount_fen for row in notices if row.due_on < LAST - timedelta(400)}
    paid = sum(row.amount_fen for row in city.of(ContributionDraft, fund) if row.notice_no in old)
    return paid / sum(old.values())


def late_money(city: CityDrafts, what: Irregularity) -> bool:
    return all(min(_delays(city, fund, party)) > 290 for fund in what.funds for party in what.parties)


def late_and_short(city: CityDrafts, what: Irregularity) -> bool:
    pairs = zip(what.funds, what.parties, strict=True)
    return all(min(_delays(city, f, p)) > 100 and 0 < _part_paid(city, f, p) < 0.75 for f, p in pairs)


def late_in_parks(city: CityDrafts, what: Irregularity) -> bool:
    social = {row.party for row in city.all(NatureDraft) if row.nature is Nature.SOCIAL}
    for fund in what.funds:
        investors = {row.investor for row in city.of(CallNoticeDraft, fund)} & social
        late = [party for party in investors if min(_delays(city, fund, party), default=0) > 150]
        if len(late) < 2 or any(_part_paid(city, fund, party) > 0.65 for party in late):
            return False
    return {park for fund in what.funds for park in _parks(city, fund)} == set(what.parks)


def idle_cash(city: CityDrafts, what: Irregularity) -> bool:
    [fund] = what.funds
    paid = sum(row.amount_fen for row in city.of(ContributionDraft, fund))
    return city.cash_on(fund, LAST) > 0.4 * paid


def off_industry(city: CityDrafts, what: Irregularity) -> bool:
    main = {row.company: row.industry for row in city.all(CompanyTagDraft) if row.is_primary}
    [fund] = what.funds
    fields = city.funds[fund].fields
    deals = city.of(InvestmentDraft, fund)
    outside = sum(row.amount_fen for row in deals if main[row.company] not in fields)
    return outside * 2 > sum(row.amount_fen for row in deals)


def stale_mark(city: CityDrafts, what: Irregularity) -> bool:
    marks = [row.valued_on for row in city.of(MarkDraft, what.funds[0]) if row.company in what.firms]
    gone = [row for row in city.of(ExitDraft, what.funds[0]) if row.company in what.firms]
    return max(marks) <= LAST - timedelta(270) and not any(row.transferred_ppm == 1_000_000 for row in gone)


def quarter_behind(city: CityDrafts, what: Irregularity) -> bool:
    filed = {row.fund: row.valued_on for row in city.all(NavDraft) if row.investor is None}
    return {fund for fund, day in filed.items() if day < LAST} == set(what.funds)


def untied(_city: CityDrafts, what: Irregularity) -> bool:
    # `check_values` finds every value that does not tie and asks that it be exactly these.
    return {(fund, what.day) for fund in what.funds} == UNTIED


def reviewed(city: CityDrafts, what: Irregularity) -> bool:
    [party] = what.parties
    rows = sorted((r.from_date, r.nature) for r in city.all(NatureDraft) if r.party == party)
    is_investor = any(row.investor == party for row in city.all(ContributionDraft))
    return (
        is_investor
        and [nature for _, nature in rows] == [Nature.SOCIAL, Nature.STATE_OWNED]
        and (rows[1][0] == what.day)
    )


def state_held(city: CityDrafts, what: Irregularity) -> bool:
    natures = {row.party: row.nature for row in city.all(NatureDraft)}
    held = {
        row.owned
        for row in city.all(OwnershipDraft)
        if natures.get(row.owner) is Nature.STATE_OWNED and row.share_ppm > 500_000
    }
    investors = {row.investor for row in city.all(CommitmentDraft)}
    return all(party in held & investors and natures[party] is Nature.SOCIAL for party in what.parties)


def unconfirmed(city: CityDrafts, what: Irregularity) -> bool:
    confirmed = {row.party for row in city.all(NatureDraft)} | set(city.funds)
    return {row.investor for row in city.all(ContributionDraft)} - confirmed == set(what.parties)


def injected(city: CityDrafts, what: Irregularity) -> bool:
    return {row.party for row in city.all(NatureDraft) if row.is_fiscal_injection} == set(what.parties)


def cancelled(city: CityDrafts, what: Irregularity) -> bool:
    rows = [row for row in city.all(CommitmentDraft) if row.kind is CommitmentChange.CANCEL]
    paid = {row.investor for row in city.of(ContributionDraft, what.funds[0])}
    said = [((row.fund,), (row.investor,), row.signed_on) for row in rows]
    return said == [(what.funds, what.parties, what.day)] and not paid & set(what.parties)


def claimed(city: CityDrafts, what: Irregularity) -> bool:
    [fund] = what.funds
    natures = {row.party: row.nature for row in city.all(NatureDraft)}
    end = date(2024, 12, 31)
    paid: Counter[Nature | None] = Counter()
    for row in city.of(ContributionDraft, fund):
        if row.received_on <= end:
            paid[natures.get(row.investor)] += row.amount_fen
    [claim] = [row for row in city.of(ClaimDraft, fund) if row.quarter == "2024-Q4"]
    return claim.social_fen == paid[Nature.SOCIAL] + paid[Nature.STATE_OWNED] > paid[Nature.SOCIAL]


def keyless(city: CityDrafts, what: Irregularity) -> bool:
    return {row.fund for row in city.all(ContributionDraft) if row.business_no is None} == set(what.funds)


def late_start(city: CityDrafts, what: Irregularity) -> bool:
    parks = {park for fund in what.funds for park in _parks(city, fund)}
    return parks == set(what.parks) and all(city.funds[f].established > date(2024, 1, 1) for f in what.funds)


def changed_industry(city: CityDrafts, what: Irregularity) -> bool:
    ended = [(row.park, row.to_date) for row in city.all(ParkIndustryDraft) if row.to_date]
    return ended == [(park, what.day) for park in what.parks]


def _parks(city: CityDrafts, fund: str) -> set[str]:
    return {row.park for row in city.of(FundParkDraft, fund) if row.park is not None}


FINDERS: dict[str, Finder] = {
    "S-01": late_money,
    "S-02": late_and_short,
    "S-03": late_in_parks,
    "S-04": idle_cash,
    "S-05": off_industry,
    "S-06": stale_mark,
    "S-07": quarter_behind,
    "S-08": untied,
    "S-09": reviewed,
    "S-10": state_held,
    "S-11": state_held,
    "S-12": unconfirmed,
    "S-13": injected,
    "S-14": cancelled,
    "S-15": claimed,
    "S-16": keyless,
    "S-17": late_start,
    "S-18": changed_industry,
}


def test_every_irregularity_has_a_finder() -> None:
    assert [what.code for what in IRREGULARITIES] == list(FINDERS)


@pytest.mark.parametrize("what", IRREGULARITIES, ids=lambda what: what.code)
def test_it_is_in_the_whole_city(what: Irregularity) -> None:
    assert FINDERS[what.code](make_whole_city(), what)


@pytest.mark.parametrize(
    "what", [what for what in IRREGULARITIES if what.in_core], ids=lambda what: what.code
)
def test_it_is_in_the_core_where_it_is_said_to_be(what: Irregularity) -> None:
    assert FINDERS[what.code](CityDrafts(make_city()), what)


@pytest.mark.parametrize("what", IRREGULARITIES, ids=lambda what: what.code)
def test_the_page_tells_of_it(what: Irregularity) -> None:
    [line] = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith(f"| {what.code} |")]
    for name in (*what.funds, *what.parties, *what.firms, *what.parks):
        assert name in line
