"""Which of a fund's days are near or past: the ends that its contract sets, and days named in its clauses."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.readings.portfolio.holdings import held_firms
from funds.kinds import FundStatus
from funds.measures import MICRO
from funds.queries.deal_clauses import BuybackClause
from funds.queries.facts import CompanyFacts, FundFacts
from funds.queries.ledger_slice import LedgerSlice

TERM_DAYS = "expiry.remind_days"
INVESTING = (FundStatus.PREPARING, FundStatus.RAISING, FundStatus.INVESTING)
OVER = (FundStatus.CLOSED, FundStatus.ABANDONED)
_DAY = re.compile(r"((?:19|20|21)\d\d)\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})")


@dataclass(frozen=True)
class Expiring:
    """One day of a fund; `event` is invest_end, exit_end, extension_end, term or buyback, `about` the term's name."""

    fund: FundFacts
    event: str
    day: date
    about: str = ""
    company: CompanyFacts | None = None


def list_expiring(slice_: LedgerSlice, clauses: Sequence[BuybackClause] = ()) -> list[Expiring]:
    """The days of the scope's funds that lie no further ahead than policy says, and what is past and still open.

    A fund that is over has none. The end of investing stays while the fund still says that it invests, the end of
    the life until it is wound up; an extension takes the place of the end that it moves. A day in words is told for
    as long after it as before.
    """
    ahead = timedelta(days=read_term_days(slice_) or 0)
    last, first = slice_.as_of + ahead, slice_.as_of - ahead
    funds = [fund for fund in slice_.member_funds if fund.status not in OVER]
    found = [one for fund in funds for one in _list_ends(fund, slice_.as_of) if one.day <= last]
    found += [one for fund in funds for one in _list_terms(slice_, fund) if first <= one.day <= last]
    found += [one for one in _list_buybacks(slice_, clauses, {fund.id for fund in funds}) if one.day <= last]
    return sorted(found, key=lambda one: (one.day, one.fund.code, one.event, one.about))


def expiring_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """The ends and terms as rows; clauses of deals are told with the deals."""
    for one in list_expiring(slice_):
        yield {
            "table": "expiring",
            "fund": one.fund.code,
            "event": one.event,
            "term": one.about or None,
            "day": one.day.isoformat(),
            "is_ahead": one.day > slice_.as_of,
        }


def read_term_days(slice_: LedgerSlice) -> int | None:
    """How many days ahead policy wants to be reminded; None where it says nothing."""
    rows = [row for row in slice_.facts.policy_rows if row.code == TERM_DAYS and row.holds_on(slice_.as_of)]
    if not rows or rows[-1].value_e6 is None:
        return None
    return rows[-1].value_e6 // MICRO


def find_days(words: str | None) -> list[date]:
    """The days that some words name: 2027-06-30 or 2027年6月30日; what is no day of the calendar is passed over."""
    found = []
    for year, month, day in _DAY.findall(words or ""):
        try:
            found.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return found


def _list_ends(fund: FundFacts, today: date) -> Iterator[Expiring]:
    if fund.invest_end is not None and (fund.invest_end >= today or fund.status in INVESTING):
        yield Expiring(fund, "invest_end", fund.invest_end)
    is_extended = fund.extension_end is not None and (
        fund.exit_end is None or fund.extension_end > fund.exit_end
    )
    if fund.extension_end is not None and is_extended:
        yield Expiring(fund, "extension_end", fund.extension_end)
    elif fund.exit_end is not None:
        yield Expiring(fund, "exit_end", fund.exit_end)


def _list_terms(slice_: LedgerSlice, fund: FundFacts) -> Iterator[Expiring]:
    for term in slice_.facts.terms.get(fund.id, ()):
        for day in find_days(term.words):
            yield Expiring(fund, "term", day, term.name)


def _list_buybacks(
    slice_: LedgerSlice, clauses: Sequence[BuybackClause], funds: set[int]
) -> Iterator[Expiring]:
    """Days in the clauses of holdings that are still held, each once."""
    if not clauses:
        return
    held = {
        (firm.fund, firm.company)
        for firm in held_firms(slice_, funds)
        if firm.course.cost and not firm.course.is_written_off
    }
    told = {
        (clause.fund_id, clause.company_id, day)
        for clause in clauses
        if (clause.fund_id, clause.company_id) in held
        for day in find_days(clause.words)
    }
    for fund, company, day in sorted(told):
        yield Expiring(slice_.facts.funds[fund], "buyback", day, company=slice_.facts.companies[company])
