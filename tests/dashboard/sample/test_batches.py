"""Cut by days, the city loses nothing, and what stands before each cut adds up by itself."""

from datetime import date

import pytest

from dashboard.sample import make_city
from dashboard.sample.batches import Batch, cut_city
from dashboard.sample.city import UNTIL
from funds.drafts import ContributionDraft, Draft, InvestmentDraft, MarkDraft, NavDraft, RoundDraft
from tests.dashboard.sample.city_drafts import CityDrafts, make_whole_city
from tests.dashboard.sample.money_checks import (
    check_cash,
    check_commitments,
    check_distributions,
    check_holdings,
    check_notices,
    check_rounds,
)

CUTS = (date(2020, 12, 31), date(2022, 6, 30), date(2025, 12, 31), UNTIL)


@pytest.fixture(scope="module")
def batches() -> list[Batch]:
    return cut_city(make_whole_city().by_kind, CUTS)


def together(batches: list[Batch]) -> dict[type[Draft], list[Draft]]:
    found: dict[type[Draft], list[Draft]] = {}
    for batch in batches:
        for kind, rows in batch.drafts.items():
            found.setdefault(kind, []).extend(rows)
    return found


def test_all_batches_together_are_the_city(batches: list[Batch]) -> None:
    whole, again = make_whole_city().by_kind, together(batches)
    assert whole.keys() == again.keys()
    assert all(sorted(map(repr, whole[kind])) == sorted(map(repr, again[kind])) for kind in whole)
    assert [batch.until for batch in batches] == list(CUTS)
    assert sum(batch.rows for batch in batches) == sum(len(rows) for rows in whole.values())


@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_was_known_at_a_cut_adds_up(batches: list[Batch], count: int) -> None:
    known = CityDrafts(together(batches[:count]))
    checks = (check_commitments, check_notices, check_distributions, check_rounds, check_holdings)
    assert [fault for check in checks for fault in check(known)] == []
    assert [fault for fault in check_cash(known) if not fault.startswith("deposit")] == []


def test_nothing_is_known_before_its_day(batches: list[Batch]) -> None:
    for batch in batches:
        known = CityDrafts(together([batch]))
        assert all(row.received_on <= batch.until for row in known.all(ContributionDraft))
        assert all(row.valued_on <= batch.until for row in known.all(NavDraft))
        assert all(row.paid_on <= batch.until for row in known.all(InvestmentDraft))


def test_a_round_waits_for_the_second_payment_of_a_fund_and_its_marks_wait_with_it() -> None:
    drafts = make_city()
    [first, second] = [
        row for row in drafts[InvestmentDraft] if isinstance(row, InvestmentDraft) and row.fund == "F11"
    ]
    cut = first.paid_on.replace(day=28)
    assert first.paid_on <= cut < second.paid_on
    early, late = (CityDrafts(together([batch])) for batch in cut_city(drafts, (cut, UNTIL)))
    assert first.round not in {row.code for row in early.all(RoundDraft)}
    assert [row.paid_on for row in late.of(InvestmentDraft, "F11")] == [first.paid_on, second.paid_on]
    assert early.of(MarkDraft, "F11") == []


def test_an_empty_stretch_is_no_batch() -> None:
    assert [batch.until for batch in cut_city(make_city(), (UNTIL, date(2027, 12, 31)))] == [UNTIL]
