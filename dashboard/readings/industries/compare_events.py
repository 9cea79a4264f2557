"""What was decided about a park between two days: funds that came or went, industries that lead, tags of its firms."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from dashboard.readings.industries.compare_changes import park_of_scope
from dashboard.readings.portfolio.holdings import held_firms
from funds.kinds import ParkRelation
from funds.queries.attribution import Interval
from funds.queries.facts import Facts
from funds.queries.ledger_slice import LedgerSlice

COMPARE_EVENT = "compare_event"
FUND_JOINED, FUND_LEFT, SHARE_CHANGED = "fund_joined", "fund_left", "share_changed"
LEADING_BEGAN, LEADING_ENDED, TAGGED = "leading_began", "leading_ended", "tagged"
NO_PART = Interval(0, 0)
Row = Mapping[str, object]


def event_rows(left: LedgerSlice, right: LedgerSlice) -> list[Row]:
    """What happened to one park after the earlier day, up to the later; two parks have no such rows."""
    if left.scope != right.scope:
        return []
    earlier, later = sorted((left, right), key=lambda side: side.as_of)
    rows = [*_funds(earlier, later), *_leading(earlier, later), *_tags(earlier, later)]
    return sorted(rows, key=lambda row: str(row["day"] or ""))


def _funds(earlier: LedgerSlice, later: LedgerSlice) -> Iterator[Row]:
    for fund in sorted(set(earlier.members) | set(later.members)):
        was, is_ = (side.members.get(fund, NO_PART) for side in (earlier, later))
        before, after = was.end - was.start, is_.end - is_.start
        if before == after:
            continue
        kind = FUND_JOINED if not before else FUND_LEFT if not after else SHARE_CHANGED
        known = later.facts.funds.get(fund) or earlier.facts.funds[fund]
        shares = {"share_before": before, "share_after": after}
        yield _row(kind, _since(earlier, later, fund), known.code, known.name) | shares


def _since(earlier: LedgerSlice, later: LedgerSlice, fund: int) -> date | None:
    """The day from which the fund's parks are what they are at the later day, if that lies between the two."""
    links = [link for link in later.facts.park_links if link.fund_id == fund]
    days = [link.from_date for link in links if link.relation is ParkRelation.ESTABLISHED]
    return next((day for day in sorted(days, reverse=True) if day > earlier.as_of), None)


def _leading(earlier: LedgerSlice, later: LedgerSlice) -> Iterator[Row]:
    park, facts = park_of_scope(later), later.facts
    for row in facts.leading:
        if row.park_id != park:
            continue
        industry = facts.industries.get(row.industry_id)
        code, name = (industry.code, industry.name) if industry else (None, None)
        for kind, day in ((LEADING_BEGAN, row.from_date), (LEADING_ENDED, row.to_date)):
            if day is not None and earlier.as_of < day <= later.as_of:
                yield _row(kind, day, code, name)


def _tags(earlier: LedgerSlice, later: LedgerSlice) -> Iterator[Row]:
    """Firms that the park's funds had paid into by the earlier day, whose tags are no longer the same."""
    firms = {held.company for held in held_firms(later, set(earlier.members) | set(later.members))}
    known = firms & {held.company for held in held_firms(earlier, earlier.facts.funds)}
    for company in sorted(known):
        was, is_ = (_weights(side.facts, company) for side in (earlier, later))
        if was != is_:
            firm = later.facts.companies[company]
            tags = {"industries_before": was, "industries_after": is_}
            yield _row(TAGGED, None, firm.code, firm.name) | tags


def _weights(facts: Facts, company: int) -> list[str]:
    """The industries of a firm with their weights in percent, the one that speaks for it first."""
    tags = sorted(facts.tags.get(company, ()), key=lambda tag: (not tag.is_primary, -tag.weight_ppm, tag.id))
    known: Iterable[tuple[str, int]] = (
        (facts.industries[tag.industry_id].code, tag.weight_ppm)
        for tag in tags
        if tag.industry_id in facts.industries
    )
    return [f"{code} {weight / 10_000:g}%" for code, weight in known]


def _row(kind: str, day: date | None, code: str | None, name: str | None) -> dict[str, object]:
    told = day.isoformat() if day else None
    return {"table": COMPARE_EVENT, "decision": kind, "day": told, "code": code, "name": name}
