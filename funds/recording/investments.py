"""Records what funds pay into firms."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from funds.book import Change, visible
from funds.drafts import InvestmentDraft
from funds.kinds import EntryKind
from funds.models import Deal, DealFact, Entry
from funds.queries.codes import KnownBody, KnownRound
from funds.recording.identities import found_deals, found_holdings
from funds.recording.lookups import id_of, look_up_companies, look_up_rounds
from funds.recording.movements import (
    Family,
    check_positive,
    check_rows,
    entry_line,
    finish,
    open_funds,
    sort_family,
)
from funds.recording.sieve import Recorded, Sieve
from funds.recording.stakeholders import require_listed
from funds.recording.twins import FieldNames, Footprint, Fresh, Sorted

# What was agreed in words.
TERMS = ("buyback", "anti_dilution", "landing")


def record_investments(change: Change, drafts: Sequence[InvestmentDraft]) -> Recorded:
    """Payments of deals: the entry, and beside it what was agreed (决策日, 工具, 持股比例)."""
    sieve = Sieve(change, drafts)
    funds = open_funds(sieve)
    companies = look_up_companies(sieve, "company")
    rounds = look_up_rounds(sieve, "round")
    _check_drafts(sieve, funds, companies, rounds)
    movements = [
        (
            draft,
            Footprint(
                funds[draft.fund].id,
                draft.paid_on,
                EntryKind.INVESTMENT,
                companies[draft.company].party_id,
                draft.amount_fen,
                (
                    ("round", id_of(rounds, draft.round)),
                    ("decided_on", draft.decided_on),
                    ("instrument", draft.instrument),
                    ("stake_ppm", draft.stake_ppm),
                    *((term, getattr(draft, term)) for term in TERMS),
                ),
            ),
        )
        for draft in sieve.drafts
    ]
    _check_rows(sieve, movements)
    result = sort_family(sieve, _family(change.version), movements)
    joining = (
        (fresh.draft.round, rounds[fresh.draft.round].id, fresh.footprint.fund_id)
        for fresh in result.fresh
        if fresh.draft.round is not None
    )
    require_listed(change, sieve.rights, joining)
    return finish(sieve, result, lambda sound: _write(change, sound, companies, rounds))


def _check_drafts(
    sieve: Sieve[InvestmentDraft],
    funds: Mapping[str, KnownBody],
    companies: Mapping[str, KnownBody],
    rounds: Mapping[str, KnownRound],
) -> None:
    check_positive(sieve)
    for draft in sieve.sound():
        company = companies[draft.company]
        if funds[draft.fund].party_id == company.party_id:
            sieve.report(draft, "company", "fund.own_investor", {"fund": draft.fund})
        if draft.round is not None and rounds[draft.round].company_id != company.id:
            params = {"round": draft.round, "company": draft.company}
            sieve.report(draft, "round", "deal.round_of_other_firm", params)


def _check_rows(
    sieve: Sieve[InvestmentDraft], movements: Sequence[tuple[InvestmentDraft, Footprint]]
) -> None:
    check_rows(sieve, DealFact, [(draft, _fact(draft)) for draft, _ in movements])
    # The payment's day stands in both rows and is judged in the first alone.
    lines = [(draft, _line(Fresh(draft, footprint, 1), 0, 0)) for draft, footprint in movements]
    judged = [(draft, {name: line[name] for name in line if name != "moved_on"}) for draft, line in lines]
    check_rows(sieve, Entry, judged)


def _family(version: int) -> Family:
    query = (
        select(
            Entry.id,
            Entry.fund_id,
            Entry.moved_on,
            Entry.counterparty_id,
            Entry.amount_fen,
            Entry.business_no,
            Entry.occurrence,
            Deal.round_id,
            DealFact.decided_on,
            DealFact.instrument,
            DealFact.stake_ppm,
            *(getattr(DealFact, term) for term in TERMS),
        )
        .join(Deal, Deal.id == Entry.deal_id)
        .join(DealFact, DealFact.movement_id == Entry.movement_id)
        .where(Entry.kind == EntryKind.INVESTMENT, visible(DealFact, version))
    )
    return Family(Entry, query, Entry.fund_id, _build, FieldNames("paid_on", "company"))


def _build(row: Any) -> Footprint:
    rest = (
        ("round", row.round_id),
        ("decided_on", row.decided_on),
        ("instrument", row.instrument),
        ("stake_ppm", row.stake_ppm),
        *((term, getattr(row, term)) for term in TERMS),
    )
    kind = EntryKind.INVESTMENT
    return Footprint(row.fund_id, row.moved_on, kind, row.counterparty_id, -row.amount_fen, rest)


def _write(
    change: Change,
    result: Sorted[InvestmentDraft],
    companies: Mapping[str, KnownBody],
    rounds: Mapping[str, KnownRound],
) -> None:
    origins = [fresh.draft.place.origin for fresh in result.fresh]
    pairs = [(fresh.footprint.fund_id, companies[fresh.draft.company].id) for fresh in result.fresh]
    holdings = found_holdings(change, ((*pair, origin) for pair, origin in zip(pairs, origins, strict=True)))
    dealt = [
        (holdings[pair], id_of(rounds, fresh.draft.round))
        for pair, fresh in zip(pairs, result.fresh, strict=True)
    ]
    deals = found_deals(change, ((*pair, origin) for pair, origin in zip(dealt, origins, strict=True)))
    first = change.next_id(Entry)
    lines, facts = [], []
    for place, (fresh, pair) in enumerate(zip(result.fresh, dealt, strict=True)):
        movement = {"movement_id": first + place}
        lines.append(_line(fresh, pair[0], deals[pair]) | movement)
        origin = {"origin": fresh.draft.place.origin}
        facts.append(_fact(fresh.draft) | movement | origin | {"deal_id": deals[pair]})
    change.add(Entry, lines)
    change.add(DealFact, facts)


def _line(fresh: Fresh[InvestmentDraft], holding_id: int, deal_id: int) -> dict[str, object]:
    return entry_line(
        fresh,
        EntryKind.INVESTMENT,
        -fresh.draft.amount_fen,
        counterparty_id=fresh.footprint.counterparty_id,
        holding_id=holding_id,
        deal_id=deal_id,
    )


def _fact(draft: InvestmentDraft) -> dict[str, object]:
    return {
        "decided_on": draft.decided_on,
        "paid_on": draft.paid_on,
        "instrument": draft.instrument,
        "stake_ppm": draft.stake_ppm,
        **{term: getattr(draft, term) for term in TERMS},
    }
